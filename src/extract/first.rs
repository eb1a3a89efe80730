//! The first tier: what a text may hold, before anything of it is read.
//!
//! One pass looks for the names of all companies and the cues of all languages at once. Most
//! articles name no company and end here, with their keywords at most.

use std::cell::Cell;
use std::sync::Arc;

use super::company::Gazetteer;
use super::script;
use super::sieve::Sieve;
use super::text::Span;

/// Finds names and cues.
#[derive(Debug)]
pub(crate) struct First {
    gazetteer: Arc<Gazetteer>,
    sieve: Sieve,
    /// How many patterns are names; the cues follow.
    names: usize,
    /// For each cue the number of its language.
    languages: Vec<u8>,
}

/// What the first tier saw in a text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Seen {
    /// A company may be named; nothing else was looked for then.
    pub(crate) named: bool,
    /// A bit for each language that a cue was seen of.
    cues: u64,
}

impl Seen {
    /// True where a cue of the language with this number was seen.
    pub(crate) fn cue(self, language: u8) -> bool {
        self.cues >> language & 1 == 1
    }
}

impl First {
    /// Builds the table over the names and the cues of each language, in the order of their
    /// numbers.
    pub(crate) fn new(gazetteer: &Arc<Gazetteer>, cues: &[Vec<String>]) -> Self {
        let names = gazetteer.openings().count();
        let all = (0_u8..)
            .zip(cues)
            .flat_map(|(language, cues)| cues.iter().map(move |cue| (language, cue.as_str())));
        let languages = all.clone().map(|(language, _)| language).collect();
        let sieve = Sieve::new(gazetteer.openings().chain(all.map(|(_, cue)| cue)));
        Self { gazetteer: Arc::clone(gazetteer), sieve, names, languages }
    }

    /// Looks through `text`, which hides nothing (see `normalise::hides`).
    pub(crate) fn look(&self, text: &str) -> Seen {
        let cues = Cell::new(0);
        let named = self.sieve.any(text, &|index, span| self.judge(text, index, span, &cues));
        Seen { named, cues: cues.get() }
    }

    /// True for a name; notes a cue.
    fn judge(&self, text: &str, index: usize, span: Span, cues: &Cell<u64>) -> bool {
        match index.checked_sub(self.names).and_then(|cue| self.languages.get(cue)) {
            None => self.gazetteer.may_stand(index, text, span),
            Some(language) => {
                if script::ends_word(text, span) {
                    cues.set(cues.get() | 1 << (language & 63));
                }
                false
            }
        }
    }
}
