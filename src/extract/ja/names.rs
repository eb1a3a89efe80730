//! The Japanese name model: surnames in kanji, given names in katakana.

use serde::Deserialize;

use crate::extract::fast::FastSet;
use crate::model::Problems;
use crate::model::problem::line_of;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNames {
    surnames: String,
    given: String,
}

/// Which words make a name in a Japanese text.
#[derive(Debug, Clone)]
pub(super) struct JapaneseNames {
    surnames: FastSet<String>,
    given: FastSet<String>,
}

impl JapaneseNames {
    /// Reads `names/ja.toml`; `None` where a problem was found.
    pub(super) fn parse(file: &str, text: &str, problems: &mut Problems) -> Option<Self> {
        let set = |words: &str| words.split_whitespace().map(str::to_owned).collect();
        match toml::from_str::<RawNames>(text) {
            Ok(raw) => Some(Self { surnames: set(&raw.surnames), given: set(&raw.given) }),
            Err(error) => {
                let line = error.span().map(|span| line_of(text, span.start));
                problems.add(file, line, "", error.message());
                None
            }
        }
    }

    /// True for a given name in katakana.
    pub(super) fn is_given(&self, word: &str) -> bool {
        self.given.contains(word)
    }

    /// True for a surname of two or three characters and a given name of one to three, or a
    /// surname alone where `alone`.
    pub(super) fn is_name(&self, word: &str, alone: bool) -> bool {
        let ends = word.char_indices().map(|(at, ch)| at + ch.len_utf8());
        let total = word.chars().count();
        ends.enumerate().any(|(index, end)| {
            let (surname, given) = (index + 1, total - index - 1);
            let fits = if given == 0 {
                alone
            } else {
                surname >= 2 && given <= 3 || surname == 1 && given == 2
            };
            fits && surname <= 3 && word.get(..end).is_some_and(|head| self.surnames.contains(head))
        })
    }
}
