//! What a word and the patterns that begin with it are looked up by.

use super::octet::{HIGH, LOWER, eight, letters_or_digits};

/// Factor of a multiplicative hash.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
/// The first seven bytes.
const SEVEN: u64 = 0xff_ffff_ffff_ffff;
/// The first six: two Han characters or Hangul syllables.
const SIX: u64 = 0xffff_ffff_ffff;
/// The first five: a short word and what follows it.
const FIVE: u64 = 0xff_ffff_ffff;
/// The first three: one of them.
const THREE: u64 = 0xff_ffff;

/// What of the first eight bytes is the key, by the length of the ASCII word that they begin with;
/// zero where they begin with no such word.
static KEY: [u64; 9] = [SIX, 0xff, 0xffff, THREE, 0xffff_ffff, FIVE, SIX, SEVEN, u64::MAX];
/// What else may be the key: of a pattern of one character, or of one that goes on after its first
/// word. Many go on after "will".
static OTHER_KEY: [u64; 9] = [THREE, FIVE, FIVE, FIVE, SIX, SEVEN, u64::MAX, SEVEN, u64::MAX];

/// The key of the place whose first eight bytes are given, of which `len` are the ASCII word there.
#[inline]
pub(super) fn key(eight: u64, len: usize) -> u64 {
    (eight | LOWER) & KEY.get(len).copied().unwrap_or(u64::MAX)
}

/// The other key of the same place.
#[inline]
pub(super) fn other_key(eight: u64, len: usize) -> u64 {
    (eight | LOWER) & OTHER_KEY.get(len).copied().unwrap_or(u64::MAX)
}

/// What a pattern is looked up by; `None` where it does not begin like a word.
pub(super) fn key_of(pattern: &str) -> Option<u64> {
    let bytes = pattern.as_bytes();
    let first = *bytes.first()?;
    let eight = eight(bytes, 0);
    let mask = match (word_len(eight), bytes.len()) {
        (0, _) if first.is_ascii() => return None,
        (0, 0..=2) => return None,
        (0, 3..=5) => THREE,
        (1..=3, 5..) => FIVE,
        (4, 6..) => SIX,
        (5, 7..) => SEVEN,
        (6, 8..) => u64::MAX,
        (len, _) => *KEY.get(len)?,
    };
    Some((eight | LOWER) & mask)
}

/// The length of the ASCII word that these bytes begin with, eight at most.
pub(super) fn word_len(eight: u64) -> usize {
    let past = !letters_or_digits(eight) & HIGH;
    past.trailing_zeros() as usize / 8
}

/// The 17 bits of a key that tables go by; `factor` is one of [`factors`].
#[inline]
pub(super) fn hash(key: u64, factor: u64) -> usize {
    (key.wrapping_mul(factor) >> 47) as usize
}

/// Some factors to choose from.
pub(super) fn factors() -> impl Iterator<Item = u64> {
    std::iter::successors(Some(FACTOR), |factor| Some(factor.wrapping_mul(FACTOR))).take(24)
}

/// Twelve bits of the hash of a key.
#[inline]
pub(super) fn bucket(key: u64) -> usize {
    hash(key, FACTOR) >> 5
}
