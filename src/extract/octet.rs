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

/// Calls `see` with each place where a run of the bytes that `within` marks begins, or a byte that
/// `also` marks, and with the eight bytes there, until it answers true; only places where `may`
/// answers true of the place and its bytes. Sixty-four bytes are judged before the first place of
/// them is tried, and all those are tried before the first is seen: hardly a branch is left that
/// depends on the text.
#[inline(always)]
pub(crate) fn any_start(
    bytes: &[u8],
    from: usize,
    within: impl Fn(u64) -> u64,
    also: impl Fn(u64) -> u64,
    mut may: impl FnMut(usize, u64) -> bool,
    mut see: impl FnMut(usize, u64) -> bool,
) -> bool {
    // What stands before `from` belongs to the first run or does not.
    let before = from.checked_sub(1).and_then(|at| bytes.get(at));
    let mut carry = before.map_or(0, |byte| within(u64::from(*byte)) & 0x80);
    let mut block = from;
    while block < bytes.len() {
        let mut starts = 0;
        for step in 0..8 {
            let at = block + 8 * step;
            if at >= bytes.len() {
                break;
            }
            let word = eight(bytes, at);
            let run = within(word);
            starts |= squeeze(run & !(run << 8 | carry) | also(word)) << (8 * step);
            carry = run >> 56;
        }
        let mut seen = 0;
        while starts != 0 {
            let bit = starts.trailing_zeros();
            starts &= starts - 1;
            let place = block + bit as usize;
            seen |= u64::from(may(place, eight(bytes, place))) << bit;
        }
        while seen != 0 {
            let place = block + seen.trailing_zeros() as usize;
            seen &= seen - 1;
            if see(place, eight(bytes, place)) {
                return true;
            }
        }
        block += 64;
    }
    false
}

/// The high bits of eight bytes, side by side.
#[inline]
fn squeeze(mask: u64) -> u64 {
    (mask >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
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
    use super::{any_start, eights, leads, letters, letters_or_digits, marked, plain};

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

    #[test]
    fn words_are_found_where_they_begin_in_texts_of_any_length() {
        let text = "Ada Gray, 42, joined Gana가 X. ".repeat(9);
        let bytes = text.as_bytes();
        let word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        for from in [0, 1, 5, 70] {
            let begins = |at: &usize| word(*at) && !(*at > 0 && word(at - 1)) || bytes[*at] >= 0xc0;
            let want: Vec<usize> = (from..bytes.len()).filter(begins).collect();
            let mut seen = Vec::new();
            let not_third = |at: usize| at % 3 != 0;
            any_start(
                bytes,
                from,
                letters_or_digits,
                leads,
                |at, _| not_third(at),
                |at, _| {
                    seen.push(at);
                    false
                },
            );
            let want: Vec<usize> = want.into_iter().filter(|at| not_third(*at)).collect();
            assert_eq!(seen, want, "from {from}");
        }
    }
}
