//! Person names in Latin script: given names, surnames and the words that are neither.
//!
//! The lists are built by `config/names/build.py` from public packages and live in the binary as
//! sorted text; a look-up is a binary search. Other languages' grammars use it for the Latin names
//! in their texts.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

static GIVEN: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lines(include_str!("../../config/names/given.txt")));
static SURNAMES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lines(include_str!("../../config/names/surnames.txt")));
static WORDS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lines(include_str!("../../config/names/words.txt")));

fn lines(text: &'static str) -> Vec<&'static str> {
    text.lines().filter(|line| !line.starts_with('#')).collect()
}

fn has(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
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
    let plain = plain(word);
    let mut parts = plain.split('-');
    let first = parts.next().unwrap_or("");
    let given = has(&GIVEN, &plain) || parts.next().is_some() && has(&GIVEN, first);
    NameWord { given, surname: has(&SURNAMES, &plain), word: is_word(&plain) }
}

/// True for an English word in any of its regular forms.
pub fn is_word(lower: &str) -> bool {
    if has(&WORDS, lower) {
        return true;
    }
    let stem = |suffix: &str, tail: &str| {
        lower.strip_suffix(suffix).is_some_and(|stem| {
            stem.len() > 2 && (has(&WORDS, stem) || has(&WORDS, &format!("{stem}{tail}")))
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
