//! Person names in Latin script: given names, surnames and the words that are neither.
//!
//! The lists are built by `config/names/build.py` from public packages and live in the binary as
//! text, with a table of hashes beside it. Other languages' grammars use it for the Latin names
//! in their texts.

use std::borrow::Cow;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::listed::Set;

/// The lists of names and words, in one table.
static LISTS: LazyLock<Set> = LazyLock::new(|| {
    Set::of(&[
        include_str!("../../config/names/given.txt"),
        include_str!("../../config/names/surnames.txt"),
        include_str!("../../config/names/words.txt"),
    ])
});

/// The marks that the lists give their words.
const GIVEN: u8 = 1;
const SURNAME: u8 = 1 << 1;
const WORD: u8 = 1 << 2;

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
    let lists = &*LISTS;
    let marks = lists.marks(&plain);
    let first = || plain.split_once('-').map_or(0, |(first, _)| lists.marks(first));
    NameWord {
        given: marks & GIVEN != 0 || first() & GIVEN != 0,
        surname: marks & SURNAME != 0,
        word: marks & WORD != 0 || has_stem(lists, &plain),
    }
}

/// As [`NameWord::sure_given`] of what [`look_up`] finds: of a word that is no given name, as most are,
/// nothing else is asked.
pub(crate) fn is_sure_given(word: &str) -> bool {
    let lists = &*LISTS;
    let first = word.split('-').next().unwrap_or("");
    let known = !word.is_ascii() || [word, first].iter().any(|word| lists.marks(word) & GIVEN != 0);
    known && look_up(word).sure_given()
}

/// True for an English word in any of its regular forms.
pub fn is_word(lower: &str) -> bool {
    let lists = &*LISTS;
    lists.marks(lower) & WORD != 0 || has_stem(lists, lower)
}

/// True for a regular form of a word.
fn has_stem(lists: &Set, lower: &str) -> bool {
    let known = |word: &str| lists.marks(word) & WORD != 0;
    let stem = |suffix: &str, tail: &str| {
        lower.strip_suffix(suffix).is_some_and(|stem| {
            stem.len() > 2
                && (known(stem) || !tail.is_empty() && lists.marks_joined(stem, tail) & WORD != 0)
        })
    };
    // Most words end otherwise.
    match lower.as_bytes().last() {
        Some(b's') => stem("s", "") || stem("es", "") || stem("ies", "y") || stem("ers", "e"),
        Some(b'd') => stem("ed", "e"),
        Some(b'g') => stem("ing", "e"),
        Some(b'r') => stem("er", "e") || stem("ier", "y"),
        Some(b'y') => stem("ly", ""),
        _ => false,
    }
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
