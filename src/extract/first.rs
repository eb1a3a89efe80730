//! The first tier: one pass over a text for the names of all companies and the cues of its
//! language.
//!
//! Most articles name no company and end here, with their keywords at most; for the others the pass
//! has found all that [`Gazetteer`] needs to judge.

use std::sync::Arc;

use super::candidate::Cue;
use super::company::{Found, Gazetteer};
use super::script;
use super::sieve::Sieve;
use super::votes;

/// Finds names and cues.
#[derive(Debug)]
pub(crate) struct First {
    gazetteer: Arc<Gazetteer>,
    sieve: Sieve,
    /// How many patterns are names; the cues follow.
    names: usize,
}

/// What the first tier saw in the texts of an article.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// Names in order, each the longest at its place, weak ones among them; with the number of
    /// their text.
    pub(crate) names: Vec<(usize, Found)>,
    /// True where a cue was seen; of those within a word of Hangul only behind a name, and some.
    pub(crate) cue: bool,
    /// Those of each text that may be a keyword, in order, of several at one place the longest
    /// first.
    pub(crate) cues: [Vec<Cue>; 3],
    /// How many words of title and summary are common in foreign languages; rather too many.
    pub(crate) foreign: usize,
}

impl First {
    /// Builds the table over the names and the cues of a language.
    pub(crate) fn new(gazetteer: &Arc<Gazetteer>, cues: &[String]) -> Self {
        let names = gazetteer.names().count();
        let patterns = gazetteer.names().chain(cues.iter().map(String::as_str));
        let sieve = Sieve::new(patterns).counting(votes::foreign_words());
        Self { gazetteer: Arc::clone(gazetteer), sieve, names }
    }

    /// Looks through the normalised texts of an article, title and summary first, and adds to what
    /// was seen.
    pub(crate) fn look(&self, texts: &[&str; 3], seen: &mut Seen) {
        for (number, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let foreign = self.look_at(number, text, seen);
            seen.foreign += if number < 2 { foreign } else { 0 };
        }
    }

    fn look_at(&self, number: usize, text: &str, seen: &mut Seen) -> usize {
        let mut name_end = 0;
        self.sieve.each(text, |index, span| match index.checked_sub(self.names) {
            None if span.start < name_end => {}
            None => {
                if let Some(found) = self.gazetteer.judge(index, text, span) {
                    name_end = span.end;
                    seen.names.extend(found.map(|found| (number, found)));
                    // Behind a name another word may begin, though Hangul goes on.
                    if !seen.cue && script::is_inside(text, span.end) {
                        self.sieve.at(text, span.end, |index, span| {
                            seen.cue |= index >= self.names && script::ends_word(text, span);
                        });
                    }
                }
            }
            Some(cue) => {
                let ends = script::ends_word(text, span);
                seen.cue |= ends;
                if ends && !script::is_inside(text, span.start) {
                    seen.cues.get_mut(number).into_iter().for_each(|cues| cues.push((cue, span)));
                }
            }
        })
    }
}
