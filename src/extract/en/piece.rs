//! What stands between two stops of a headline without a verb.

use super::chunk::Item;
use super::class::Class;
use super::ends::Ends;
use super::phrase::{Phrase, Reader};
use super::reading::{Parts, pattern};
use super::subject::Between;
use crate::extract::candidate::End;
use crate::model::Kind;

/// What stands between two stops.
pub(super) struct Piece<'a, 'r> {
    pub(super) reader: &'a Reader<'r>,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Piece<'_, '_> {
    pub(super) fn company(&self, at: usize) -> Option<End> {
        match self.reader.item(at)? {
            Item::Org { company, product: false } => Some(End::Listed(company)),
            _ => None,
        }
    }

    /// Whoever stands from the beginning of the piece up to chunk `end`.
    pub(super) fn who_before(&self, end: usize) -> Option<Phrase> {
        let phrase = self.reader.phrase_before(end).filter(Phrase::is_people)?;
        let lead = |at: usize| {
            matches!(self.reader.lower(at), "the" | "a" | "an" | "exclusive" | "another" | "report")
        };
        let opens = (self.start..phrase.first).all(lead);
        (opens && !phrase.organisation).then_some(phrase)
    }

    /// Nothing follows that makes the company's name a part of something else.
    pub(super) fn closes(&self, at: usize) -> bool {
        let reader = self.reader;
        let tail = |at: usize| {
            reader.words.is("say", reader.lower(at))
                || reader.words.is("hedge_source", reader.lower(at))
        };
        match reader.item(at) {
            None => true,
            Some(Item::Stop) => {
                reader.lower(at) != ":"
                    && (at + 1 >= reader.chunks.len() || reader.lower(at) != "!")
                    && !matches!(reader.lower(at), "?")
            }
            Some(Item::Comma) => {
                (at + 1..at + 5).any(tail) || !reader.gapped(at, &["to"]).is_empty()
            }
            _ => matches!(reader.lower(at), "as" | "in" | "after" | "amid"),
        }
    }
}

pub(super) fn parts(phrase: Phrase, ends: Ends, class: Class) -> Parts {
    let kind = if class == Class::Leave { Kind::Left } else { Kind::Joined };
    let between = Between::default();
    Parts { phrase, between, ends, class, kind, score: 0.8, pattern: pattern(class) }
}
