//! Whom a pronoun may mean.

use std::cell::OnceCell;

use super::article::Article;
use super::asked::Asked;
use crate::extract::candidate::Candidate;
use crate::extract::text::Span;
use crate::model::Field;

/// A place in the article: its field, and the byte where a sentence begins.
type Place = (u8, usize);

/// Whom a pronoun in one sentence may mean: those whose move was told last, or those whom a later
/// sentence is about. The sentences are read for them only when a pronoun asks.
#[derive(Debug)]
pub(super) struct Topic {
    here: Place,
    /// The sentence before this one that told a move last, and whose.
    told: Option<(Place, Vec<String>)>,
    names: OnceCell<Vec<String>>,
}

impl Topic {
    /// By the moves found so far, for a sentence of `field`.
    pub(super) fn told(found: &[Candidate], field: Field, sentence: Span) -> Self {
        let here = place(field, sentence.start);
        let last = found
            .iter()
            .rev()
            .find(|one| one.person.is_some() && place(one.field, one.sentence.start) < here);
        let told = last.map(|last| {
            let told = |one: &&Candidate| one.field == last.field && one.sentence == last.sentence;
            let mut names: Vec<String> =
                found.iter().filter(told).filter_map(|one| one.person.clone()).collect();
            names.dedup();
            (place(last.field, last.sentence.start), names)
        });
        Self { here, told, names: OnceCell::new() }
    }

    /// Their names.
    pub(super) fn names(&self, article: &Asked<'_>) -> &[String] {
        self.names.get_or_init(|| self.look(article.article()))
    }

    fn look(&self, article: &Article) -> Vec<String> {
        let lead =
            article.leads.iter().rev().find(|lead| place(lead.field, lead.start) < self.here);
        match (&self.told, lead) {
            (Some((told, names)), lead)
                if lead.is_none_or(|lead| place(lead.field, lead.start) <= *told) =>
            {
                names.clone()
            }
            (_, Some(lead)) => lead.names.clone(),
            _ => Vec::new(),
        }
    }
}

fn place(field: Field, start: usize) -> Place {
    (field as u8, start)
}
