//! One entry of the last document in 32 bytes, in memory as in the record of its feed.
//!
//! 100,000 feeds remember some ten million entries, and each number only has to tell the entries of
//! one feed apart. Entries that have left their document take less, see `seen_past`.

use chrono::{DateTime, Utc};
use serde::{Deserializer, Serializer};

use super::identity::{ID, Keys, short};
use super::stored::{Stored, decoded, exactly, stored};

/// Length of a stored record.
const RECORD: usize = 32;
/// What stored records begin with; the first form had nothing before its base64.
const FORM: &str = "2:";
/// Length of a record of the first form.
const FIRST_FORM: usize = 44;

/// Bits of an entry's hash that are kept: one in 10^12 entries is mistaken for another. 0 stands for
/// an entry of the past, of whose bytes nothing is kept.
const RAW: u64 = (1 << 46) - 1;
const RAW_AT: u32 = 18;
const SHARED_ID: u64 = 1 << 17;
const SHARED_LINK: u64 = 1 << 16;
const SEEN: u64 = u16::MAX as u64;

/// The bits of an entry's hash that a record keeps.
pub(crate) fn kept_of(raw: u64) -> u64 {
    (raw & RAW).max(1)
}

/// A time as a number of quarters of a day since 2026; until 2070.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Quarter(u16);

impl Quarter {
    /// Quarters in a day.
    pub(crate) const DAY: u16 = 4;
    const SECONDS: i64 = 6 * 60 * 60;
    const FIRST: i64 = 1_767_225_600;

    /// A clock that is wrong by decades gives the first or the last one.
    pub(crate) fn of(time: DateTime<Utc>) -> Self {
        Self::of_seconds(time.timestamp())
    }

    fn of_seconds(unix: i64) -> Self {
        let quarters = (unix - Self::FIRST).div_euclid(Self::SECONDS).max(0);
        Self(u16::try_from(quarters).unwrap_or(u16::MAX))
    }

    /// The day, since 2026.
    pub(crate) fn day(self) -> u16 {
        self.0 / Self::DAY
    }

    /// The last quarter of a day.
    pub(crate) fn end_of(day: u16) -> Self {
        Self(day.saturating_mul(Self::DAY).saturating_add(Self::DAY - 1))
    }

    /// Quarters that have begun since `earlier`; 0 where that is later.
    pub(crate) fn since(self, earlier: Self) -> u16 {
        self.0.saturating_sub(earlier.0)
    }
}

/// One remembered entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Record {
    id: u64,
    title: u64,
    link: u32,
    words: u32,
    /// From the top: 46 bits of the hash of the entry's bytes, what is shared, when last seen.
    rest: u64,
}

/// What an entry was seen to share with others of one document: it tells no entry from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Shared {
    /// Its id, mostly a guid.
    pub(crate) id: bool,
    /// Its link.
    pub(crate) link: bool,
}

impl Record {
    /// An entry with these keys, the hash `raw` of its bytes, seen at `seen`.
    pub(crate) fn new(keys: Keys, raw: u64, seen: Quarter, shared: Shared) -> Self {
        let mut record = Self::past(keys, seen, shared);
        record.set_raw(raw);
        record
    }

    /// An entry that is not in its document, of whose bytes nothing is known.
    pub(crate) fn past(keys: Keys, seen: Quarter, shared: Shared) -> Self {
        let Keys { id, link, title, words, .. } = keys;
        let mut record = Self { id, title, link, words, rest: u64::from(seen.0) };
        record.share(shared);
        record
    }

    /// True where nothing is known of its bytes: it has left its document.
    pub(crate) fn is_past(self) -> bool {
        self.raw() == 0
    }

    /// By what it is recognised.
    pub(crate) fn keys(self) -> Keys {
        let Self { id, title, link, words, .. } = self;
        Keys { id, other: 0, link, title, words, past: self.is_past() }
    }

    /// Takes over everything of `keys` but the id.
    pub(crate) fn set_keys(&mut self, keys: Keys) {
        (self.title, self.link, self.words) = (keys.title, keys.link, keys.words);
    }

    /// True where its bytes had the hash `raw` when it was last seen.
    pub(crate) fn has_raw(self, raw: u64) -> bool {
        self.raw() == kept_of(raw)
    }

    /// What is kept of the hash of its bytes.
    pub(crate) fn raw(self) -> u64 {
        self.rest >> RAW_AT
    }

    pub(crate) fn set_raw(&mut self, raw: u64) {
        self.rest = kept_of(raw) << RAW_AT | self.rest & !(RAW << RAW_AT);
    }

    /// When it was last seen.
    pub(crate) fn seen(self) -> Quarter {
        Quarter(u16::try_from(self.rest & SEEN).unwrap_or(u16::MAX))
    }

    pub(crate) fn set_seen(&mut self, seen: Quarter) {
        self.rest = self.rest & !SEEN | u64::from(seen.0);
    }

    pub(crate) fn shared(self) -> Shared {
        Shared { id: self.rest & SHARED_ID != 0, link: self.rest & SHARED_LINK != 0 }
    }

    /// Remembers that it shares this as well.
    pub(crate) fn share(&mut self, shared: Shared) {
        self.rest |= if shared.id { SHARED_ID } else { 0 };
        self.rest |= if shared.link { SHARED_LINK } else { 0 };
    }

    fn to_bytes(self) -> [u8; RECORD] {
        let low = u64::from(self.link) | u64::from(self.words) << 32;
        let mut bytes = [0; RECORD];
        for (to, word) in
            bytes.as_chunks_mut().0.iter_mut().zip([self.id, self.title, low, self.rest])
        {
            *to = word.to_le_bytes();
        }
        bytes
    }

    fn from_bytes(bytes: &[u8; RECORD]) -> Self {
        let [id, title, low, rest] = words(bytes);
        let [link, words] = [low & u64::from(u32::MAX), low >> 32];
        let half = |word: u64| u32::try_from(word).unwrap_or_default();
        // Earlier ones had 64 bits.
        Self { id: id & ID, title, link: half(link), words: half(words), rest }
    }

    /// Reads five words and the minutes since 1970, of which the highest two bits are what is shared.
    fn from_first_form(bytes: &[u8; FIRST_FORM]) -> Self {
        let [id, link, title, words, raw] = words(bytes);
        let minutes = bytes.last_chunk().map_or(0, |last| u32::from_le_bytes(*last));
        let shared = Shared { id: minutes >> 31 != 0, link: minutes >> 30 & 1 != 0 };
        let seen = Quarter::of_seconds(i64::from(minutes & (u32::MAX >> 2)) * 60);
        let link = if link == 0 { 0 } else { short(link) };
        let keys = Keys { id: id & ID, other: 0, link, title, words: short(words), past: false };
        Self::new(keys, raw, seen, shared)
    }
}

/// The first words of a record.
fn words<const N: usize>(bytes: &[u8]) -> [u64; N] {
    let mut found = [0; N];
    for (to, word) in found.iter_mut().zip(bytes.as_chunks().0) {
        *to = u64::from_le_bytes(*word);
    }
    found
}

/// Writes records as base64: JSON would need three times the space.
pub(crate) fn serialize<S: Serializer>(
    records: &[Record],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let bytes: Vec<u8> = records.iter().flat_map(|record| record.to_bytes()).collect();
    serializer.serialize_str(&stored(FORM, &bytes))
}

/// The reverse of [`serialize`]; reads the first form, too.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Record>, D::Error> {
    deserializer.deserialize_str(Stored(|text| match text.strip_prefix(FORM) {
        Some(coded) => decoded(coded, exactly, Record::from_bytes),
        None => decoded(text, exactly, Record::from_first_form),
    }))
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD_NO_PAD;

    use super::*;

    fn time(text: &str) -> Quarter {
        Quarter::of(text.parse().unwrap())
    }

    #[derive(serde::Serialize, serde::Deserialize)]
    struct Kept(#[serde(with = "super")] Vec<Record>);

    #[test]
    fn a_record_is_32_bytes_and_comes_back_from_the_log_as_it_was() {
        assert_eq!(size_of::<Record>(), RECORD);
        let keys = Keys { id: ID, other: 0, link: 7, title: 1 << 63, words: u32::MAX, past: false };
        let seen = time("2026-11-29T18:00:00Z");
        let one = Record::new(keys, u64::MAX, seen, Shared { id: true, link: false });
        let other = Record::new(Keys::default(), 1 << 45, Quarter::default(), Shared::default());
        let text = serde_json::to_string(&Kept(vec![one, other])).unwrap();
        let Kept(back) = serde_json::from_str(&text).unwrap();
        assert_eq!(back, [one, other]);
        assert_eq!((back[0].keys(), back[0].seen()), (keys, seen));
        assert!(back[0].has_raw(u64::MAX) && !back[0].has_raw(0) && back[1].has_raw(1 << 45));
        assert_eq!(back[0].shared(), Shared { id: true, link: false });
    }

    #[test]
    fn the_first_form_is_still_read() {
        let mut bytes = Vec::new();
        for word in [5_u64, 6 << 32 | 9, 7, 8 << 32 | 4, 0xffff_0000_0000_0001] {
            bytes.extend_from_slice(&word.to_le_bytes());
        }
        let minutes = u32::try_from(1_795_975_200_i64 / 60).unwrap();
        bytes.extend_from_slice(&(minutes | 1 << 30).to_le_bytes());
        let text = format!("\"{}\"", STANDARD_NO_PAD.encode(bytes));
        let Kept(back) = serde_json::from_str(&text).unwrap();
        let keys = Keys { id: 5, other: 0, link: 9, title: 7, words: 4, past: false };
        let seen = time("2026-11-29T18:00:00Z");
        let raw = 0xffff_0000_0000_0001;
        assert_eq!(back, [Record::new(keys, raw, seen, Shared { id: false, link: true })]);
        assert!(serde_json::from_str::<Kept>("\"2:AAAA\"").is_err());
    }

    #[test]
    fn a_wrong_clock_gives_the_first_or_the_last_quarter() {
        assert_eq!(time("1999-01-01T00:00:00Z"), Quarter(0));
        assert_eq!(time("2400-01-01T00:00:00Z"), Quarter(u16::MAX));
        assert_eq!(time("2026-01-02T05:00:00Z").since(time("2026-01-01T00:00:00Z")), 4);
        assert_eq!(Quarter(1).since(Quarter(3)), 0);
    }
}
