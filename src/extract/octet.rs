//! Eight bytes of text at a time: where letters, digits and characters begin.
//!
//! Each mask has the high bit of a byte set where that byte is what the mask is for.

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

#[cold]
fn last(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or(&[]);
    rest.iter().rev().fold(SPACES, |word, byte| word << 8 | u64::from(*byte))
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

/// The text in steps of eight bytes, each with its position; the last filled up with spaces.
#[inline]
pub(crate) fn eights(bytes: &[u8]) -> impl Iterator<Item = (usize, u64)> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let at = next;
        next += 8;
        (at < bytes.len()).then(|| (at, eight(bytes, at)))
    })
}

/// The positions of the bytes that a mask marks, from the position of its first byte on.
#[inline]
pub(crate) fn marked(at: usize, mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (mask != 0).then(|| at + mask.trailing_zeros() as usize / 8)?;
        mask &= mask - 1;
        Some(place)
    })
}

#[cfg(test)]
mod tests {
    use super::{eights, leads, letters, letters_or_digits, marked, plain};

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
        let text = "Gana가 떠났다";
        let begin = eights(text.as_bytes()).flat_map(|(at, word)| marked(at, leads(word)));
        assert_eq!(begin.collect::<Vec<_>>(), [4, 8, 11, 14]);
        assert_eq!(eights(b"").count(), 0);
    }
}
