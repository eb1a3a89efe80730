//! The grammar of English.

use super::candidate::{Candidate, Grammar, Passage};
use super::lexicon::Lexicon;
use super::text::{Span, Text};
use crate::model::Problems;

/// What a trigger of `lexicon/en.toml` may do.
const CLASSES: &[&str] = &["join"];
/// The word lists that the grammar reads.
const LISTS: &[&str] = &[];

/// The grammar of English.
#[derive(Debug)]
pub struct English {
    lexicon: Lexicon,
}

impl English {
    /// Reads `lexicon/en.toml`; `None` where a problem was found.
    pub fn parse(file: &str, text: &str, problems: &mut Problems) -> Option<Self> {
        Some(Self { lexicon: Lexicon::parse(file, text, CLASSES, LISTS, problems)? })
    }
}

impl Grammar for English {
    fn candidates(&self, _passages: &[Passage<'_>]) -> Vec<Candidate> {
        Vec::new()
    }

    fn keywords(&self, text: &Text) -> Vec<String> {
        self.lexicon.keywords(text)
    }

    fn cues(&self) -> Vec<String> {
        self.lexicon.forms().map(str::to_owned).collect()
    }

    fn triggers(&self, text: &Text) -> Vec<Span> {
        self.lexicon.find(text).iter().map(|hit| hit.span).collect()
    }
}
