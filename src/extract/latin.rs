//! Person names in Latin script: given names, surnames and the words that are neither.
//!
//! The lists are built by `config/names/build.py` from public packages and live in the binary as
//! text, with a table of hashes beside it. Other languages' grammars use it for the Latin names
//! in their texts.

use std::borrow::Cow;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

static GIVEN: LazyLock<Set> =
    LazyLock::new(|| Set::new(include_str!("../../config/names/given.txt")));
static SURNAMES: LazyLock<Set> =
    LazyLock::new(|| Set::new(include_str!("../../config/names/surnames.txt")));
static WORDS: LazyLock<Set> =
    LazyLock::new(|| Set::new(include_str!("../../config/names/words.txt")));

/// The lines of a text, found by their hash.
pub(super) struct Set {
    text: &'static str,
    /// Where in the text a line begins, and the one after its end; both zero where free.
    slots: Vec<(u32, u32)>,
}

impl Set {
    pub(super) fn new(text: &'static str) -> Self {
        let ends = || memchr::memchr_iter(b'\n', text.as_bytes());
        let mut set = Self { text, slots: vec![(0, 0); ends().count().next_power_of_two() * 2] };
        let mut start = 0;
        for end in ends() {
            let word = text.get(start..end).unwrap_or("");
            if !word.is_empty() && !word.starts_with('#') {
                set.add(start, word);
            }
            start = end + 1;
        }
        set
    }

    fn add(&mut self, start: usize, word: &str) {
        let end = start + word.len();
        let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end)) else { return };
        let mut slot = self.slot([word, ""]);
        while let Some(taken) = self.slots.get_mut(slot) {
            if *taken == (0, 0) {
                *taken = (start, end);
                return;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// The slot where a word of two parts is looked for first.
    fn slot(&self, parts: [&str; 2]) -> usize {
        let bytes = parts.into_iter().flat_map(str::bytes);
        let mixed = bytes.fold(0_u64, |hash, byte| {
            (hash.rotate_left(5) ^ u64::from(byte)).wrapping_mul(0x517c_c1b7_2722_0a95)
        });
        (mixed >> 32) as usize & (self.slots.len() - 1)
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.has_joined(word, "")
    }

    /// True where the set has the word that the two parts make.
    fn has_joined(&self, head: &str, tail: &str) -> bool {
        let mut slot = self.slot([head, tail]);
        while let Some((start, end)) = self.slots.get(slot).filter(|(_, end)| *end > 0) {
            let word = self.text.get(*start as usize..*end as usize).unwrap_or("");
            if word.strip_prefix(head) == Some(tail) {
                return true;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        false
    }
}

/// What a capitalised word is likely to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameWord {
    /// Known as a given name.
    pub given: bool,
    /// Known as a surname.
    pub surname: bool,
    /// A common English word.
    pub word: bool,
}

impl NameWord {
    /// True for a word in no list: a rare name, or a brand.
    pub fn unknown(self) -> bool {
        !self.given && !self.surname && !self.word
    }

    /// True where the word is hardly anything but a given name.
    pub fn sure_given(self) -> bool {
        self.given && !self.word
    }

    /// True where the word may end a name: a surname, or no English word.
    pub fn may_end(self) -> bool {
        self.surname || !self.word
    }
}

/// Looks `word` up in all lists, without regard to case and accents.
pub fn look_up(word: &str) -> NameWord {
    let lower = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    let plain = if lower { Cow::Borrowed(word) } else { Cow::Owned(plain(word)) };
    let mut parts = plain.split('-');
    let first = parts.next().unwrap_or("");
    let given = GIVEN.has(&plain) || parts.next().is_some() && GIVEN.has(first);
    NameWord { given, surname: SURNAMES.has(&plain), word: is_word(&plain) }
}

/// True for an English word in any of its regular forms.
pub fn is_word(lower: &str) -> bool {
    if WORDS.has(lower) {
        return true;
    }
    let stem = |suffix: &str, tail: &str| {
        lower.strip_suffix(suffix).is_some_and(|stem| {
            stem.len() > 2 && (WORDS.has(stem) || !tail.is_empty() && WORDS.has_joined(stem, tail))
        })
    };
    stem("s", "")
        || stem("es", "")
        || stem("ies", "y")
        || stem("ed", "e")
        || stem("ing", "e")
        || stem("er", "e")
        || stem("ers", "e")
        || stem("ly", "")
        || stem("ier", "y")
}

/// Lower case without accents, the form of the lists.
pub fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let folded = word.nfd().filter(|ch| !('\u{300}'..='\u{36f}').contains(ch));
    folded.flat_map(char::to_lowercase).collect()
}

/// As [`plain`], without a copy of what is plain already; `lower` is in lower case.
pub fn folded(lower: &str) -> Cow<'_, str> {
    if lower.is_ascii() { Cow::Borrowed(lower) } else { Cow::Owned(plain(lower)) }
}

#[cfg(test)]
mod tests {
    use super::{is_word, look_up};

    #[test]
    fn names_are_told_from_words() {
        assert!(look_up("Jakub").sure_given());
        assert!(look_up("René").given);
        assert!(look_up("Jean-Paul").given);
        assert!(look_up("Smith").surname);
        assert!(look_up("Xqzt").unknown());
        assert!(is_word("departures") && is_word("hiring") && is_word("companies"));
        assert!(!look_up("Murati").word);
    }
}
