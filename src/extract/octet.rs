//! Eight bytes of text at a time: where letters, digits and characters begin.
//!
//! Each mask has the high bit of a byte set where that byte is what the mask is for.

/// The high bit of each byte.
pub(crate) const HIGH: u64 = 0x8080_8080_8080_8080;
/// The bit that tells ASCII lower case from upper.
pub(crate) const LOWER: u64 = 0x2020_2020_2020_2020;

/// The eight bytes from `at`, zeros past the end.
#[inline]
pub(crate) fn eight(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        Some(eight) => u64::from_le_bytes(*eight),
        None => last(bytes, at),
    }
}

fn last(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or(&[]);
    rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// ASCII bytes between `low` and `high`, which are no more than 0x7f.
#[inline]
fn between(word: u64, low: u8, high: u8) -> u64 {
    let spread = |byte: u8| u64::from(byte) * 0x0101_0101_0101_0101;
    let seven = word & !HIGH;
    let (from, past) = (seven + spread(0x80 - low), seven + spread(0x7f - high));
    from & !past & !word & HIGH
}

/// ASCII letters.
#[inline]
pub(crate) fn letters(word: u64) -> u64 {
    between(word | LOWER, b'a', b'z')
}

/// ASCII letters and digits.
#[inline]
pub(crate) fn letters_or_digits(word: u64) -> u64 {
    letters(word) | between(word, b'0', b'9')
}

/// First bytes of characters beyond ASCII.
#[inline]
pub(crate) fn leads(word: u64) -> u64 {
    word & word << 1 & HIGH
}

/// Printing ASCII other than `&`: bytes that normalising leaves as they are.
#[inline]
pub(crate) fn plain(word: u64) -> u64 {
    between(word, 0x20, 0x7e) & !between(word, b'&', b'&')
}

/// Calls `see` with the position of each first byte of a character beyond ASCII, until it
/// answers true; returns whether it did.
pub(crate) fn any_lead(bytes: &[u8], mut see: impl FnMut(usize) -> bool) -> bool {
    for at in (0..bytes.len()).step_by(8) {
        let mut mask = leads(eight(bytes, at));
        while mask != 0 {
            if see(at + mask.trailing_zeros() as usize / 8) {
                return true;
            }
            mask &= mask - 1;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{any_lead, eight, leads, letters, letters_or_digits, plain};

    /// The bytes of `text` that `mask` marks.
    fn marked(text: &str, mask: fn(u64) -> u64) -> Vec<usize> {
        let found = mask(eight(text.as_bytes(), 0));
        (0..8).filter(|at| found >> (at * 8 + 7) & 1 == 1).collect()
    }

    #[test]
    fn masks_agree_with_the_standard_library_for_every_byte() {
        for byte in 0..=u8::MAX {
            let word = u64::from_le_bytes([byte, b'@', byte, b'[', byte, 0xff, byte, 0]);
            let bit = |mask: u64| (mask >> 7 & 1 == 1, mask >> 55 & 1 == 1);
            let same = |is: bool| (is, is);
            assert_eq!(bit(letters(word)), same(byte.is_ascii_alphabetic()), "{byte}");
            assert_eq!(bit(letters_or_digits(word)), same(byte.is_ascii_alphanumeric()), "{byte}");
            assert_eq!(bit(leads(word)), same(byte >= 0xc0), "{byte}");
            let printing = (0x20..0x7f).contains(&byte) && byte != b'&';
            assert_eq!(bit(plain(word)), same(printing), "{byte}");
        }
    }

    #[test]
    fn characters_are_found_where_they_begin() {
        assert_eq!(marked("a é가", leads), [2, 4]);
        let mut seen = Vec::new();
        any_lead("Gana가 떠났다".as_bytes(), |at| {
            seen.push(at);
            false
        });
        assert_eq!(seen, [4, 8, 11, 14]);
    }
}
