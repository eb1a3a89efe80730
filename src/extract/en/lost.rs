//! Whom a company listed nowhere loses, and whoever says so of herself.

use super::chunk::Item;
use super::class::Class;
use super::ends::Ends;
use super::phrase::{Phrase, Reader};
use super::reading::{Parts, Reading, pattern};
use super::subject::Subject;
use crate::extract::candidate::End;
use crate::model::Kind;

impl Reading<'_> {
    /// "Her start-up loses co-founder Ada Gray to Gana": a company listed nowhere loses her.
    pub(super) fn lost_to(
        &self,
        reader: &Reader<'_>,
        index: usize,
        phrase: Phrase,
        subject: Subject,
    ) -> Option<Parts> {
        let house = reader.before(index).is_some_and(|chunk| {
            reader.words.is("house", &chunk.lower) || reader.words.is("startup", &chunk.lower)
        });
        let mut ends = Ends { end: phrase.end, ..Ends::default() };
        reader.tail(phrase.end, Class::Lose, &self.classes(), &mut ends);
        // "Zeta loses its finance chief to Gana".
        let named = reader.named_house(index).filter(|_| phrase.role.is_some());
        ends.from = phrase.org.clone().or_else(|| named.clone());
        let house = house || named.is_some() && reader.lower(index).starts_with("los");
        let goes = house && matches!(ends.to, Some(End::Listed(_))) && ends.to != ends.from;
        let (class, kind, between) = (Class::Lose, Kind::Joined, subject.between);
        goes.then_some(Parts {
            phrase,
            between,
            ends,
            class,
            kind,
            score: 0.8,
            pattern: pattern(class),
        })
    }

    /// "Ada Gray says Gana fired her": the one who says so.
    pub(super) fn says_of_herself(
        &self,
        reader: &Reader<'_>,
        index: usize,
        class: Class,
    ) -> Option<Phrase> {
        let her = matches!(reader.lower(index + 1), "him" | "her" | "them");
        let house = matches!(reader.item(index.checked_sub(1)?)?, Item::Org { product: false, .. });
        let over = match reader.item(index + 2) {
            None => true,
            Some(Item::Word) => reader.words.is_function(reader.lower(index + 2)),
            Some(item) => matches!(item, Item::Stop | Item::Comma),
        };
        let says = |at: &usize| reader.words.is("say", reader.lower(*at));
        let verb = (index.saturating_sub(4)..index).rev().find(says)?;
        if !(class == Class::Fire && her && house && over) {
            return None;
        }
        let phrase = reader.subject(verb).phrase.filter(|one| one.is_people() && !one.plural)?;
        Some(Phrase { end: index + 2, ..phrase })
    }
}
