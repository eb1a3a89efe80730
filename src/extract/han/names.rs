//! The Chinese name model: surnames, characters of given names, transliterations.

use serde::Deserialize;

use crate::extract::fast::FastSet;
use crate::model::Problems;
use crate::model::problem::line_of;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNames {
    surnames: String,
    rare_surnames: String,
    compound_surnames: Vec<String>,
    given_likely: String,
    given_never: String,
    foreign: String,
    words: Vec<String>,
}

/// Which characters make a Chinese name.
#[derive(Debug, Clone)]
pub(crate) struct ChineseNames {
    surnames: FastSet<char>,
    rare: FastSet<char>,
    compound: Vec<String>,
    likely: FastSet<char>,
    never: FastSet<char>,
    foreign: FastSet<char>,
    words: FastSet<String>,
}

impl ChineseNames {
    /// Reads `names/zh.toml`; `None` where a problem was found.
    pub(crate) fn parse(file: &str, text: &str, problems: &mut Problems) -> Option<Self> {
        match toml::from_str::<RawNames>(text) {
            Ok(raw) => Some(Self {
                surnames: raw.surnames.chars().collect(),
                rare: raw.rare_surnames.chars().collect(),
                compound: raw.compound_surnames,
                likely: raw.given_likely.chars().collect(),
                never: raw.given_never.chars().collect(),
                foreign: raw.foreign.chars().collect(),
                words: raw.words.into_iter().collect(),
            }),
            Err(error) => {
                let line = error.span().map(|span| line_of(text, span.start));
                problems.add(file, line, "", error.message());
                None
            }
        }
    }

    /// How well `name` (simplified) fits as a Chinese name: `None` where it cannot be one,
    /// below zero where it needs cues.
    pub(crate) fn fit(&self, name: &str) -> Option<i32> {
        let count = name.chars().count();
        let mut chars = name.chars();
        let first = chars.next()?;
        if let Some(given) = self.compound.iter().find_map(|own| name.strip_prefix(own.as_str())) {
            let count = given.chars().count();
            return (1..=2).contains(&count).then(|| 1 + self.given(given));
        }
        if !(2..=3).contains(&count) {
            return None;
        }
        let surname = match (self.surnames.contains(&first), self.rare.contains(&first)) {
            (true, _) => 0,
            (_, true) => -1,
            _ => return None,
        };
        let word = if self.words.contains(name) { -3 } else { 0 };
        let short = if count == 2 { -1 } else { 0 };
        let head: String = name.chars().take(2).collect();
        let headed = if count == 3 && self.words.contains(&head) { -1 } else { 0 };
        Some(surname + word + short + headed + self.given(chars.as_str()))
    }

    fn given(&self, given: &str) -> i32 {
        let score = |ch: char| match (self.likely.contains(&ch), self.never.contains(&ch)) {
            (true, _) => 1,
            (_, true) => -1,
            _ => 0,
        };
        let total: i32 = given.chars().map(score).sum();
        total.min(1)
    }

    /// True for what begins with a surname of two characters.
    pub(crate) fn has_compound(&self, text: &str) -> bool {
        self.compound.iter().any(|own| text.starts_with(own.as_str()))
    }

    /// True for a usual surname.
    pub(crate) fn is_surname(&self, ch: char) -> bool {
        self.surnames.contains(&ch)
    }

    /// True for a character that transliterates foreign names.
    pub(crate) fn is_foreign(&self, ch: char) -> bool {
        self.foreign.contains(&ch)
    }
}
