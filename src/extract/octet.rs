//! Eight bytes of text at a time, as one number: each mask has the high bit of a byte set where that
//! byte is what the mask is for.

/// The high bit of each byte.
pub(crate) const HIGH: u64 = 0x8080_8080_8080_8080;
/// The bit that tells ASCII lower case from upper.
pub(crate) const LOWER: u64 = 0x2020_2020_2020_2020;

/// Eight spaces.
const SPACES: u64 = LOWER;

/// The eight bytes from `at`, spaces past the end.
#[inline]
pub(crate) fn eight(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..at + 8).and_then(<[u8]>::first_chunk::<8>) {
        Some(eight) => u64::from_le_bytes(*eight),
        None => last(bytes, at),
    }
}

/// The same at the end of the text.
#[inline(never)]
fn last(bytes: &[u8], at: usize) -> u64 {
    let past = (at + 8).saturating_sub(bytes.len());
    match bytes.last_chunk::<8>() {
        Some(eight) if past < 8 => {
            u64::from_le_bytes(*eight) >> (8 * past) | SPACES << (8 * (8 - past))
        }
        Some(_) => SPACES,
        None => {
            let rest = bytes.get(at..).unwrap_or(&[]);
            rest.iter().rev().fold(SPACES, |word, byte| word << 8 | u64::from(*byte))
        }
    }
}

/// True where all bytes are ASCII: sooner told than byte by byte, which `is_ascii` goes through the end
/// of a text.
#[inline]
pub(crate) fn is_ascii(bytes: &[u8]) -> bool {
    let (eights, rest) = bytes.as_chunks::<8>();
    let all = eights.iter().fold(0, |all, eight| all | u64::from_le_bytes(*eight));
    let end = match bytes.last_chunk::<8>() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    (all | end) & HIGH == 0
}

/// ASCII bytes between `low` and `high`, which are no more than 0x7f.
#[inline]
fn between(word: u64, low: u8, high: u8) -> u64 {
    let spread = |byte: u8| u64::from(byte) * 0x0101_0101_0101_0101;
    let seven = word & !HIGH;
    let (from, past) = (seven + spread(0x80 - low), seven + spread(0x7f - high));
    from & !past & !word & HIGH
}

/// ASCII letters and digits.
#[inline]
pub(crate) fn letters_or_digits(word: u64) -> u64 {
    between(word | LOWER, b'a', b'z') | between(word, b'0', b'9')
}

/// True for the first byte of a character beyond ASCII.
#[inline]
pub(crate) fn is_lead(byte: u8) -> bool {
    byte >= 0xc0
}

/// True for the first byte of most syllables of Hangul, given the second.
#[inline]
pub(crate) fn is_hangul(first: u8, second: u8) -> bool {
    matches!(first, 0xeb | 0xec)
        | (first == 0xea) & (second >= 0xb0)
        | (first == 0xed) & (second <= 0x9d)
}

#[cfg(test)]
mod tests {
    use super::{eight, is_ascii, letters_or_digits};

    #[test]
    fn masks_agree_with_the_standard_library_for_every_byte() {
        for byte in 0..=u8::MAX {
            let word = u64::from_le_bytes([byte, b'@', byte, b'[', byte, 0xff, byte, 0]);
            let bit = |mask: u64| (mask >> 7 & 1 == 1, mask >> 55 & 1 == 1);
            let same = |is: bool| (is, is);
            assert_eq!(bit(letters_or_digits(word)), same(byte.is_ascii_alphanumeric()), "{byte}");
        }
    }

    #[test]
    fn a_byte_beyond_ascii_is_seen_wherever_it_stands() {
        for len in 0..20 {
            let mut bytes = vec![0x7f; len];
            assert!(is_ascii(&bytes), "{len}");
            for at in 0..len {
                bytes[at] = 0x80;
                assert!(!is_ascii(&bytes), "{len} {at}");
                bytes[at] = 0x7f;
            }
        }
    }

    #[test]
    fn eight_bytes_are_filled_up_with_spaces() {
        for len in 0..20_u8 {
            let bytes: Vec<u8> = (0..len).collect();
            for at in 0..24 {
                let mut want = [b' '; 8];
                want.iter_mut().zip(bytes.iter().skip(at)).for_each(|(to, byte)| *to = *byte);
                assert_eq!(eight(&bytes, at).to_le_bytes(), want, "{len} {at}");
            }
        }
    }
}
