//! One entry that has left its document in 20 bytes: nearly all that a feed remembers, and seldom
//! needed, because few entries come back.
//!
//! Its bytes are not remembered; when it returns it is parsed and recognised by its id, link and
//! words, of which 40, 32 and 32 bits are kept, and 40 for the words of its title.

use serde::{Deserializer, Serializer};

use super::identity::{Keys, past_title};
use super::seen_record::{Quarter, Record, Shared};
use super::stored::{Stored, decoded, stored};

/// Length of a stored record.
const RECORD: usize = 20;
/// What stored records begin with.
const FORM: &str = "1:";

const SHARED_ID: u32 = 1 << 1;
const SHARED_LINK: u32 = 1;

/// Room for so many entries of the past: one that leaves its document now and then should not make
/// the others move, which leaves holes between those of 100,000 feeds.
pub(super) fn past_room(entries: usize) -> usize {
    entries.next_multiple_of(8)
}

/// One remembered entry that is not in the last document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Past {
    link: u32,
    words: u32,
    /// The lower bits.
    id: u32,
    /// The lower bits.
    title: u32,
    /// From the top: 8 more bits of the id, 8 of the title, the day when last seen, what is shared.
    rest: u32,
}

fn low(word: u64) -> u32 {
    u32::try_from(word & u64::from(u32::MAX)).unwrap_or_default()
}

impl From<Record> for Past {
    fn from(record: Record) -> Self {
        let (keys, shared) = (record.keys(), record.shared());
        let (id, title) = (keys.id, past_title(keys.title));
        let day = u32::from(record.seen().day()) << 2;
        let flags =
            if shared.id { SHARED_ID } else { 0 } | if shared.link { SHARED_LINK } else { 0 };
        Self {
            link: keys.link,
            words: keys.words,
            id: low(id),
            title: low(title),
            rest: low(id >> 32) << 24 | low(title >> 32) << 16 | day | flags,
        }
    }
}

impl From<Past> for Record {
    fn from(past: Past) -> Self {
        let Past { link, words, id, title, rest } = past;
        let whole = |high: u32, low: u32| u64::from(high & 0xff) << 32 | u64::from(low);
        let (id, title) = (whole(rest >> 24, id), whole(rest >> 16, title));
        let keys = Keys { id, other: 0, link, title, words, past: true };
        let shared = Shared { id: rest & SHARED_ID != 0, link: rest & SHARED_LINK != 0 };
        Record::past(keys, past.seen(), shared)
    }
}

impl Past {
    /// When it was last seen: the end of that day, so that it is never forgotten early.
    pub(crate) fn seen(self) -> Quarter {
        Quarter::end_of(u16::try_from(self.rest >> 2 & 0x3fff).unwrap_or_default())
    }

    fn to_bytes(self) -> [u8; RECORD] {
        let mut bytes = [0; RECORD];
        let words = [self.link, self.words, self.id, self.title, self.rest];
        for (to, word) in bytes.as_chunks_mut().0.iter_mut().zip(words) {
            *to = word.to_le_bytes();
        }
        bytes
    }

    fn from_bytes(bytes: &[u8; RECORD]) -> Self {
        let mut words = [0; 5];
        for (to, word) in words.iter_mut().zip(bytes.as_chunks().0) {
            *to = u32::from_le_bytes(*word);
        }
        let [link, words, id, title, rest] = words;
        Self { link, words, id, title, rest }
    }
}

/// Writes records as base64.
pub(crate) fn serialize<S: Serializer>(past: &[Past], serializer: S) -> Result<S::Ok, S::Error> {
    let bytes: Vec<u8> = past.iter().flat_map(|past| past.to_bytes()).collect();
    serializer.serialize_str(&stored(FORM, &bytes))
}

/// The reverse of [`serialize`].
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Past>, D::Error> {
    deserializer.deserialize_str(Stored(|text| match text.strip_prefix(FORM) {
        Some(coded) => decoded(coded, past_room, Past::from_bytes),
        None => Err("past entries: unknown form".to_owned()),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Serialize, serde::Deserialize)]
    struct Kept(#[serde(with = "super")] Vec<Past>);

    fn record() -> Record {
        let keys = Keys {
            id: 0xba_9876_5432,
            link: 7,
            title: 1 << 63 | 1 << 39 | 1,
            words: u32::MAX,
            ..Keys::default()
        };
        let seen = Quarter::of("2026-11-29T01:00:00Z".parse().unwrap());
        Record::new(keys, 5, seen, Shared { id: true, link: false })
    }

    #[test]
    fn an_entry_of_the_past_is_20_bytes_and_keeps_by_what_it_is_recognised() {
        assert_eq!(size_of::<Past>(), RECORD);
        let back = Record::from(Past::from(record()));
        let (keys, was) = (back.keys(), record().keys());
        assert!(keys.past && back.is_past() && !back.has_raw(5));
        assert!(was.has_title_of(keys) && keys.has_title_of(was));
        assert_eq!((keys.id, keys.link, keys.words), (was.id, was.link, was.words));
        assert_eq!(back.shared(), Shared { id: true, link: false });
        let evening = Quarter::of("2026-11-29T23:00:00Z".parse().unwrap());
        assert_eq!(back.seen(), evening, "the day is kept, and it is not forgotten early");
        assert_eq!(Past::from(back), Past::from(record()), "past twice is past once");
    }

    #[test]
    fn it_comes_back_from_the_log_as_it_was() {
        let past = vec![Past::from(record()), Past::default()];
        let text = serde_json::to_string(&Kept(past.clone())).unwrap();
        let Kept(back) = serde_json::from_str(&text).unwrap();
        assert_eq!(back, past);
        for damaged in ["\"\"", "\"1:AAAA\"", "\"2:\"", "\"1:?\""] {
            assert!(serde_json::from_str::<Kept>(damaged).is_err(), "{damaged}");
        }
    }
}
