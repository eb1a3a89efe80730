//! Who comes to the company that the story is about: takes over, joins from, comes along.

use super::chunk::Item;
use super::class::Class;
use super::ends::Ends;
use super::going::Going;
use super::left::left_before;
use super::object::Object;
use super::phrase::{Phrase, Reader};
use super::reading::{FOLLOWS, Parts, Reading, pattern};
use super::subject::{Between, Subject};
use crate::extract::candidate::End;
use crate::model::{Field, Kind};

impl Reading<'_> {
    /// "Bo Field follows", "chief Ada Gray follows Bo Field out".
    pub(super) fn follows(
        &self,
        reader: &Reader<'_>,
        index: usize,
        phrase: Phrase,
        between: Between,
    ) -> Option<Parts> {
        if !phrase.is_people() || phrase.organisation {
            return None;
        }
        let out = (index + 2..index + 5).any(|at| reader.lower(at).starts_with("out"));
        let from = phrase.org.clone().or_else(|| self.house.clone()).filter(|_| out);
        let (class, kind) = (Class::Leave, Kind::Left);
        let pattern = if from.is_some() { pattern(class) } else { FOLLOWS };
        let ends = Ends { from, end: index + 1, ..Ends::default() };
        Some(Parts { phrase, between, ends, class, kind, score: 0.8, pattern })
    }

    /// "Gana's chief retires as former Dara executive takes over".
    pub(super) fn takes_over(
        &self,
        reader: &Reader<'_>,
        index: usize,
        phrase: Phrase,
        between: Between,
    ) -> Option<Parts> {
        if !matches!(reader.object(index + 1).0, Object::None) {
            return self.takes_over_at(reader, index, phrase, between);
        }
        let to = self.house.clone().filter(|to| phrase.org.as_ref() != Some(to))?;
        let from = phrase.org.clone().filter(|from| matches!(from, End::Listed(_)))?;
        let ends = Ends { from: Some(from), to: Some(to), end: index + 1, ..Ends::default() };
        let (class, kind, score) = (Class::Join, Kind::Joined, 0.75);
        // "Gana's counsel to retire, Dara's top lawyer to take over".
        let after_exit = (0..index).any(|at| {
            matches!(reader.item(at), Some(Item::Trigger(trigger))
                if self.classes()(trigger) == Class::Leave)
        });
        let outsider = phrase.former || after_exit || !phrase.persons.is_empty();
        outsider.then_some(Parts {
            phrase,
            between,
            ends,
            class,
            kind,
            score,
            pattern: pattern(class),
        })
    }

    /// "Fresh from Gana, Ada Gray takes over design at Dara".
    pub(super) fn takes_over_at(
        &self,
        reader: &Reader<'_>,
        index: usize,
        phrase: Phrase,
        between: Between,
    ) -> Option<Parts> {
        let at = (index + 1..index + 6).find(|at| reader.lower(*at) == "at")?;
        let (Object::Org { end: to @ End::Listed(_), loose: false }, end) = reader.object(at + 1)
        else {
            return None;
        };
        let going = Going { reader, index, class: Class::Join, phrase: &phrase, score: 0.8 };
        let left = left_before(&going, Some(&to));
        let own = phrase.org.clone().filter(|org| phrase.former && *org != to);
        let from = Some(left.or(own)?);
        let ends = Ends { from, to: Some(to), end, ..Ends::default() };
        let (class, kind, score) = (Class::Join, Kind::Joined, 0.8);
        Some(Parts { phrase, between, ends, class, kind, score, pattern: pattern(class) })
    }

    /// "She is joined by Bo Field, a Gana engineer, and Cy Hill": they go where she goes.
    pub(super) fn joined_by(
        &self,
        reader: &Reader<'_>,
        index: usize,
        subject: Subject,
    ) -> Option<Parts> {
        let mut phrase = reader.phrase_after(index + 1).unwrap_or_default();
        if phrase.persons.is_empty() {
            // "By three others: Bo Field, Cy Hill and ...".
            phrase.persons = reader.names_listed(index);
        }
        if phrase.persons.is_empty() {
            return None;
        }
        let people = subject.phrase.as_ref().is_some_and(|phrase| !phrase.organisation);
        let goes = subject.between.be && (people || subject.between.pronoun);
        let between = Between { pronoun: false, ..subject.between };
        let ends = Ends { from: phrase.org.clone(), end: phrase.end, ..Ends::default() };
        let (class, kind, score) = (Class::Leave, Kind::Left, 0.8);
        goes.then_some(Parts { phrase, between, ends, class, kind, score, pattern: FOLLOWS })
    }

    /// "She joins from Dara": to the company that the title is about.
    pub(super) fn arrives_from(
        &self,
        reader: &Reader<'_>,
        index: usize,
        phrase: Phrase,
        between: Between,
    ) -> Option<Parts> {
        if let Some(parts) = newcomer(reader, index, phrase.clone(), between) {
            return Some(parts);
        }
        // "Comes from" tells of a career as well.
        let came =
            ["comes", "came", "coming"].iter().any(|verb| reader.lower(index).starts_with(verb));
        let (Object::Org { end: from, loose: false }, end) = reader.object(index + 1) else {
            return None;
        };
        let to = self.moved.to.clone().filter(|to| *to != from && !came)?;
        if self.passage.field != Field::Summary || phrase.persons.is_empty() {
            return None;
        }
        let ends = Ends { from: Some(from), to: Some(to), end, ..Ends::default() };
        let (class, kind, score) = (Class::Join, Kind::Joined, 0.8);
        Some(Parts { phrase, between, ends, class, kind, score, pattern: pattern(class) })
    }
}

/// "Gana's new chief comes from Dara": she is where the role is, and was where the verb says.
pub(super) fn newcomer(
    reader: &Reader<'_>,
    index: usize,
    phrase: Phrase,
    between: Between,
) -> Option<Parts> {
    let new = |at: usize| matches!(reader.lower(at), "new" | "next" | "first" | "incoming");
    let new = (phrase.first.saturating_sub(1)..phrase.end).any(new) && phrase.role.is_some();
    let (Object::Org { end: from, loose: false }, end) = reader.object(index + 1) else {
        return None;
    };
    let to = Some(phrase.org.clone().filter(|org| new && *org != from)?);
    let ends = Ends { from: Some(from), to, end, ..Ends::default() };
    let (class, kind, score) = (Class::Join, Kind::Joined, 0.85);
    Some(Parts { phrase, between, ends, class, kind, score, pattern: pattern(class) })
}

/// "Takes over", "steps in", "will succeed her".
pub(super) fn succeeds(verb: &str) -> bool {
    const STEMS: &[&str] =
        &["take", "took", "taking", "steps in", "succe", "will succeed", "replace", "will replace"];
    const TAILS: &[&str] = &[" over", " place", " him", " her", " in"];
    STEMS.iter().any(|stem| verb.starts_with(stem)) && TAILS.iter().any(|tail| verb.ends_with(tail))
}
