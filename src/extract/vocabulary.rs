//! How much each word says of a text, added up: for a first look at an article, word by word.
//!
//! Only words of ASCII letters and digits count, each once. Weights are whole hundredths, so that the
//! order of the words does not matter.

use super::block::{self, Inner};
use super::key::word_len;
use super::octet::{LOWER, eight};

/// Places for words; a few for each.
const SLOTS: usize = 1 << 13;

/// The words and their weights.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    slots: Box<[Slot]>,
    bias: i32,
}

/// A word by 16 bits of its hash beside its place: of ten thousand other words about one is mistaken
/// for it. Free where they are zero.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    tag: u16,
    hundredths: i16,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self { slots: vec![Slot::default(); SLOTS].into_boxed_slice(), bias: 0 }
    }
}

impl Vocabulary {
    /// What counts for all.
    pub(crate) fn set_bias(&mut self, hundredths: i16) {
        self.bias = i32::from(hundredths);
    }

    /// Adds a word; false where there is no room left. Others than those of ASCII letters and digits
    /// are left out.
    pub(crate) fn add(&mut self, word: &str, hundredths: i16) -> bool {
        if word.is_empty() || !word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return true;
        }
        let bytes = word.as_bytes();
        let (mut at, tag) = place(hash(bytes, 0, eight(bytes, 0)));
        for _ in 0..SLOTS / 8 {
            match self.slots.get_mut(at) {
                Some(slot) if slot.tag == 0 || slot.tag == tag => {
                    *slot = Slot { tag, hundredths };
                    return true;
                }
                _ => at = (at + 1) % SLOTS,
            }
        }
        false
    }

    /// What the word says, which is in lower case.
    pub(crate) fn weight(&self, word: &str) -> i32 {
        let mut sum = self.sum();
        sum.add(word);
        sum.hundredths() - self.bias
    }

    /// Nothing added up yet.
    pub(crate) fn sum(&self) -> Sum<'_> {
        Sum { vocabulary: self, seen: [0; SLOTS / 64], hundredths: self.bias }
    }
}

/// The weights of some texts added up.
#[derive(Debug, Clone)]
pub(crate) struct Sum<'v> {
    vocabulary: &'v Vocabulary,
    /// A bit for each slot whose word was counted.
    seen: [u64; SLOTS / 64],
    hundredths: i32,
}

impl Sum<'_> {
    /// The sum so far.
    pub(crate) fn hundredths(&self) -> i32 {
        self.hundredths
    }

    /// Adds the words of `text`.
    pub(crate) fn add(&mut self, text: &str) {
        let bytes = text.as_bytes();
        block::any_start(
            bytes,
            0,
            |byte| byte.is_ascii_alphanumeric(),
            |_| false,
            Inner { first: |_, _| false, parting: |_| false },
            |_| true,
            |at, eight| {
                self.count(hash(bytes, at, eight));
                false
            },
        );
    }

    #[inline]
    fn count(&mut self, hash: u64) {
        let (mut at, tag) = place(hash);
        while let Some(slot) = self.vocabulary.slots.get(at).filter(|slot| slot.tag != 0) {
            if slot.tag == tag {
                let (word, bit) = (at / 64, 1 << (at % 64));
                if let Some(seen) = self.seen.get_mut(word).filter(|seen| **seen & bit == 0) {
                    *seen |= bit;
                    self.hundredths += i32::from(slot.hundredths);
                }
                return;
            }
            at = (at + 1) % SLOTS;
        }
    }
}

/// The slot that a word is looked for in first, and its tag.
#[inline]
fn place(hash: u64) -> (usize, u16) {
    ((hash >> 51) as usize, (hash >> 32) as u16 | 1)
}

/// Hashes the word that begins at `at` with the given bytes, in lower case: eight of them at a time.
#[inline]
fn hash(bytes: &[u8], mut at: usize, mut first: u64) -> u64 {
    let mix =
        |hash: u64, eight: u64| (hash.rotate_left(5) ^ eight).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut hash = 0;
    loop {
        let len = word_len(first);
        if len < 8 {
            return mix(hash, (first | LOWER) & ((1 << (8 * len)) - 1));
        }
        hash = mix(hash, first | LOWER);
        at += 8;
        first = eight(bytes, at);
    }
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;

    fn vocabulary() -> Vocabulary {
        let mut words = Vocabulary::default();
        words.set_bias(-210);
        for (word, hundredths) in [("a", 1), ("joins", 20), ("superintelligence", 300), ("41", -7)]
        {
            assert!(words.add(word, hundredths));
        }
        words
    }

    #[track_caller]
    fn check(text: &str, want: i32) {
        let words = vocabulary();
        let mut sum = words.sum();
        sum.add(text);
        assert_eq!(sum.hundredths(), want - 210, "{text}");
    }

    #[test]
    fn words_add_up_once_each_whatever_their_case() {
        check("Joins a lab; JOINS a", 21);
        check("Superintelligence (41), superintelligences", 293);
        check("superintelligent joinsé-joins", 20);
        check("", 0);
    }

    #[test]
    fn there_is_room_for_some_thousand_words() {
        let mut words = Vocabulary::default();
        let added = (0..7_000).filter(|at| words.add(&format!("word{at}"), 1)).count();
        assert_eq!(added, 7_000);
        let mut sum = words.sum();
        (0..8_000).for_each(|at| sum.add(&format!("word{at}")));
        assert!((6_990..7_010).contains(&sum.hundredths()));
    }
}
