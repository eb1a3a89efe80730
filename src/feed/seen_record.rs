//! One remembered entry, and its stored form.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::{Deserialize, Deserializer, Serializer};

use super::identity::Keys;

/// Length of a packed record.
const RECORD: usize = 44;

/// One remembered entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Record {
    pub(crate) keys: Keys,
    /// Hash of the entry's bytes when last seen.
    pub(crate) raw: u64,
    /// Minutes since 1970.
    pub(crate) seen: u32,
    /// What of it was seen on other entries of one document, too.
    pub(crate) shared: Shared,
}

/// What an entry was seen to share with others of one document: it tells no entry from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Shared {
    /// Its id, mostly a guid.
    pub(crate) id: bool,
    /// Its link.
    pub(crate) link: bool,
}

/// The highest bits of the minutes hold [`Shared`]; the rest is enough until the year 4011.
const SHARED_ID: u32 = 1 << 31;
const SHARED_LINK: u32 = 1 << 30;

/// Packs records into base64: JSON would need three times the space.
pub(crate) fn serialize<S: Serializer>(
    records: &[Record],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut bytes = Vec::with_capacity(records.len() * RECORD);
    for record in records {
        let Keys { id, link, title, words, .. } = record.keys;
        for key in [id, link, title, words, record.raw] {
            bytes.extend_from_slice(&key.to_le_bytes());
        }
        let shared_id = if record.shared.id { SHARED_ID } else { 0 };
        let shared_link = if record.shared.link { SHARED_LINK } else { 0 };
        let seen = record.seen & !(SHARED_ID | SHARED_LINK) | shared_id | shared_link;
        bytes.extend_from_slice(&seen.to_le_bytes());
    }
    serializer.serialize_str(&STANDARD_NO_PAD.encode(bytes))
}

/// The reverse of [`serialize`].
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Record>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let bytes = STANDARD_NO_PAD.decode(text).map_err(serde::de::Error::custom)?;
    let (records, rest) = bytes.as_chunks::<RECORD>();
    if !rest.is_empty() {
        return Err(serde::de::Error::custom(format!(
            "seen entries: {} bytes too many",
            rest.len()
        )));
    }
    Ok(records.iter().map(record).collect())
}

fn record(bytes: &[u8; RECORD]) -> Record {
    let (keys, seen) = bytes.as_slice().split_at(RECORD - 4);
    let (words, _) = keys.as_chunks::<8>();
    let mut words = words.iter().map(|word| u64::from_le_bytes(*word));
    let mut next = || words.next().unwrap_or_default();
    let keys = Keys { id: next(), other: 0, link: next(), title: next(), words: next() };
    let seen = u32::from_le_bytes(<[u8; 4]>::try_from(seen).unwrap_or_default());
    let shared = Shared { id: seen & SHARED_ID != 0, link: seen & SHARED_LINK != 0 };
    Record { keys, raw: next(), seen: seen & !(SHARED_ID | SHARED_LINK), shared }
}
