//! Ids of moves in little room.

use std::fmt;

/// An id as the tracker remembers it: the 16 bytes that its digits stand for, or its text where it
/// has other digits. Ids of moves compare as their texts do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MoveId {
    Digest([u8; 16]),
    Text(Box<str>),
}

impl MoveId {
    pub(crate) fn new(id: &str) -> MoveId {
        digest(id.as_bytes()).map_or_else(|| MoveId::Text(id.into()), MoveId::Digest)
    }
}

/// The bytes that 32 digits stand for; `None` for any other text.
fn digest(digits: &[u8]) -> Option<[u8; 16]> {
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; 16];
    let (pairs, rest) = digits.as_chunks::<2>();
    if pairs.len() != bytes.len() || !rest.is_empty() {
        return None;
    }
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = value(*high)? << 4 | value(*low)?;
    }
    Some(bytes)
}

impl MoveId {
    /// The first 4 bytes; digests compare as they do, unless they are equal.
    pub(crate) fn head(&self) -> Option<u32> {
        match self {
            MoveId::Digest(bytes) => {
                bytes.first_chunk::<4>().map(|bytes| u32::from_be_bytes(*bytes))
            }
            MoveId::Text(_) => None,
        }
    }
}

impl fmt::Display for MoveId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MoveId::Digest(bytes) => {
                let digit = |half: u8| if half < 10 { b'0' + half } else { b'a' - 10 + half };
                let mut digits = [0; 32];
                for (pair, byte) in digits.as_chunks_mut::<2>().0.iter_mut().zip(bytes) {
                    *pair = [digit(byte >> 4), digit(byte & 0xf)];
                }
                f.write_str(std::str::from_utf8(&digits).unwrap_or_default())
            }
            MoveId::Text(text) => f.write_str(text),
        }
    }
}

impl Ord for MoveId {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        match (self, other) {
            (MoveId::Digest(a), MoveId::Digest(b)) => a.cmp(b),
            _ => self.to_string().cmp(&other.to_string()),
        }
    }
}

impl PartialOrd for MoveId {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_out_as_they_went_in_and_compare_as_their_texts() {
        let ids = [
            "0123456789abcdef0123456789abcdef",
            "f123456789abcdef0123456789abcdef",
            "0123456789ABCDEF0123456789abcdef",
            "+123456789abcdef0123456789abcdef",
            "canary",
            "",
        ];
        for a in ids {
            assert_eq!(MoveId::new(a).to_string(), a);
            for b in ids {
                assert_eq!(MoveId::new(a).cmp(&MoveId::new(b)), a.cmp(b), "{a} and {b}");
            }
        }
    }
}
