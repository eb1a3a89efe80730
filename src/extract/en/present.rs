//! People whom a noun presents: "Gana's latest hire is Ada Gray".

use super::chunk::Item;
use super::class::Class;
use super::ends::Ends;
use super::phrase::Reader;
use super::reading::{Parts, Reading, pattern};
use super::subject::Between;
use crate::extract::candidate::End;
use crate::model::Kind;

impl Reading<'_> {
    /// "Gana's latest hire: Ada Gray", "Ada Gray is Gana's newest recruit".
    pub(super) fn newcomer(&self, reader: &Reader<'_>, index: usize) -> Option<Parts> {
        let owner = (index.saturating_sub(3)..index)
            .rev()
            .find(|at| reader.item(*at) == Some(Item::Poss))?;
        let house = match reader.item(owner.checked_sub(1)?)? {
            Item::Org { company, product: false } => End::Listed(company),
            _ => return None,
        };
        let tie = |at: usize| matches!(reader.lower(at), ":" | "is" | "," | "was");
        let before = owner.checked_sub(2);
        let phrase = match before.filter(|at| reader.lower(*at) == "is") {
            Some(is) => reader.phrase_before(is)?,
            None if tie(index + 1) => reader.phrase_after(index + 2)?,
            None => return None,
        };
        if phrase.persons.is_empty() || phrase.org.as_ref() == Some(&house) {
            return None;
        }
        let mut ends = Ends { end: phrase.end.max(index + 1), ..Ends::default() };
        let origin = phrase.org.clone();
        ends.to = Some(house);
        ends.from = origin;
        let class = Class::Arrival;
        let (between, kind) = (Between::default(), Kind::Joined);
        Some(Parts { phrase, between, ends, class, kind, score: 0.85, pattern: pattern(class) })
    }
}
