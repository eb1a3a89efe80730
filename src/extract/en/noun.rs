//! Nouns that say "moved": departure, resignation, appointment.

use super::chunk::Item;
use super::class::Class;
use super::ends::Ends;
use super::left::is_lately;
use super::phrase::{Phrase, Reader};
use super::reading::{Parts, Reading, pattern};
use super::subject::Between;
use crate::extract::candidate::End;
use crate::model::{Field, Kind};

impl Reading<'_> {
    /// "Ada Gray's departure from Gana", "announced her resignation".
    pub(super) fn noun(&self, reader: &Reader<'_>, index: usize, class: Class) -> Option<Parts> {
        let noun = reader.lower(index);
        let last = noun.rsplit(' ').next().unwrap_or(noun);
        let new = matches!(noun.split(' ').next(), Some("new" | "next" | "incoming"));
        if new || matches!(last, "hire" | "recruit" | "catch" | "addition" | "signing") {
            return self.newcomer(reader, index);
        }
        let last_day = is_last_day(noun);
        if last_day && !is_told_of(reader.lower(index + 1)) {
            return None;
        }
        let left = without_modifiers(reader, index);
        let mut between = Between::default();
        let mut score = 0.85;
        let owner = reader.before(left);
        let of = reader.lower(index).ends_with(" of");
        let owned = owner.is_some_and(|chunk| chunk.item == Item::Poss);
        let phrase = if of {
            reader.phrase_after(index + 1)
        } else if owned {
            reader.phrase_before(left.saturating_sub(1))
        } else if reader.lower(index + 1) == "of" {
            reader.phrase_after(index + 2)
        } else if owner.is_some_and(|chunk| matches!(chunk.lower.as_str(), "his" | "her" | "their"))
        {
            between.pronoun = true;
            let announced = last_day
                || (left.saturating_sub(6)..left)
                    .any(|at| reader.words.is("confirm", reader.lower(at)));
            if !announced {
                between.had = true;
            }
            self.announcer(reader, left).or_else(|| self.nearest_person(reader, left))
        } else if owner.is_some_and(|chunk| {
            matches!(chunk.lower.as_str(), "a" | "an" | "announces" | "announced" | "reveals")
        }) {
            // "Ada Gray announced a sudden departure".
            self.announcer(reader, left)
        } else if owner.is_some_and(|chunk| announces(reader, &chunk.lower)) {
            // "Ada Gray announces departure".
            self.announcer(reader, left)
        } else if self.passage.field == Field::Title {
            score = 0.75;
            let mut before = reader.phrase_before(index).filter(Phrase::is_people);
            if let Some(phrase) = before.as_mut().filter(|phrase| phrase.persons.is_empty()) {
                reader.latest(phrase);
            }
            before.or_else(|| reader.past_colon_of(left, index))
        } else {
            None
        }?;
        let party =
            ["party", "plan", "plans", "age", "home", "savings", "fund", "package", "benefits"];
        if !phrase.is_people()
            || party.contains(&reader.lower(index + 1))
            || is_probed(reader, index)
        {
            return None;
        }
        let mut phrase = phrase;
        phrase.plural |= phrase.persons.is_empty() && reader.lower(index).ends_with('s');
        let mut ends = Ends { end: index + 1, ..Ends::default() };
        let tail = if of || reader.lower(index + 1) == "of" { phrase.end } else { index + 1 };
        reader.tail(tail, class, &self.classes(), &mut ends);
        let kind = if class == Class::Departure {
            let told = self.passage.field == Field::Title
                || between.pronoun
                || !owned && !phrase.persons.is_empty();
            let lately = last_day && (index + 2..index + 4).any(|at| is_lately(reader, at));
            score -= self.departed(&phrase, told || lately, &mut ends);
            Kind::Left
        } else {
            let owner = self.hirer(reader, left).filter(|to| Some(to) != ends.from.as_ref());
            ends.to = ends.to.take().or(owner);
            self.arrived(&phrase, of, &mut ends);
            Kind::Joined
        };
        let before = (phrase.first.min(left).saturating_sub(3)..phrase.first.min(left))
            .filter(|at| reader.lower(at + 1) != "suit")
            .any(|at| reader.words.is("subordinator", reader.lower(at)));
        // "On the heels of the exit of Bo Field".
        let near = left.saturating_sub(5)..left;
        let wake = near.into_iter().any(|at| {
            matches!(reader.lower(at), "heels" | "wake" | "aftermath")
                && reader.lower(at + 1) == "of"
        });
        // "Gana's head takes over after its chief's exit to Dara": told for the first time.
        let onward = self.passage.field == Field::Title
            && ends.from.is_some()
            && matches!(ends.to, Some(End::Listed(_)));
        between.had |= (before || wake) && !onward;
        Some(Parts { phrase, between, ends, class, kind, score, pattern: pattern(class) })
    }

    /// The company that a departure is from; gives how much less sure that makes it.
    fn departed(&self, phrase: &Phrase, told: bool, ends: &mut Ends) -> f64 {
        if ends.from.is_some() {
            return 0.0;
        }
        ends.from = phrase.org.clone().or_else(|| self.moved.from.clone());
        // "Loss of Ada Gray another setback for Gana".
        ends.to = ends.to.take().filter(|to| Some(to) != ends.from.as_ref());
        match (phrase.org.is_some(), told) {
            (true, _) => 0.0,
            (false, true) => 0.1,
            (false, false) => 0.35,
        }
    }

    /// "Gana's hiring of Ada Gray", "Gana confirmed the hire of Ada Gray": the company that hires.
    fn hirer(&self, reader: &Reader<'_>, left: usize) -> Option<End> {
        let owner = match reader.item(left.checked_sub(1)?)? {
            Item::Poss => left.checked_sub(2)?,
            _ => {
                let says = |at: &usize| reader.words.is("say", reader.lower(*at));
                (left.saturating_sub(3)..left).rev().find(says)?.checked_sub(1)?
            }
        };
        match reader.item(owner)? {
            Item::Org { company, product: false } => Some(End::Listed(company)),
            _ => None,
        }
    }

    /// The companies that an arrival is at and from.
    fn arrived(&self, phrase: &Phrase, of: bool, ends: &mut Ends) {
        ends.to = ends.to.take().or_else(|| self.moved.to.clone());
        let origin = phrase.org.clone().filter(|org| of && Some(org) != ends.to.as_ref());
        ends.from = ends.from.take().or(origin);
    }

    /// "Ada Gray and Bo Field both announced their": those who say so.
    fn announcer(&self, reader: &Reader<'_>, owner: usize) -> Option<Phrase> {
        let says = |at: &usize| announces(reader, reader.lower(*at));
        let verb = (owner.saturating_sub(4)..owner).rev().find(says)?;
        let inside = |at: usize| !matches!(reader.item(at), Some(Item::Stop | Item::Comma));
        let phrase = reader.subject(verb).phrase.filter(|_| (verb..owner).all(inside))?;
        let office = self.passage.field == Field::Title
            && phrase.role.is_some()
            && !phrase.plural
            && matches!(phrase.org, Some(End::Listed(_)));
        (!phrase.persons.is_empty() || office).then_some(phrase)
    }

    pub(super) fn nearest_person(&self, reader: &Reader<'_>, index: usize) -> Option<Phrase> {
        let person = |at: &usize| matches!(reader.item(*at), Some(Item::Person { .. }));
        let nearest = (0..index).rev().find(person);
        // "Ada Gray, who succeeded Bo Field, said that Friday is her last day".
        let first = (0..index)
            .find(person)
            .filter(|at| reader.item(at + 1) == Some(Item::Comma) && reader.lower(at + 2) == "who");
        match first.or(nearest) {
            Some(at) => reader.phrase_before(at + 1),
            None => {
                let sole = self.sole_person();
                let role =
                    |at: &usize| matches!(reader.item(*at), Some(Item::Role { plural: false }));
                let opening =
                    (0..index.min(5)).find(role).and_then(|at| reader.phrase_before(at + 1));
                match (sole, opening) {
                    // "Gana's research chief said that Friday would be her last day".
                    (Some(sole), Some(opening)) if opening.first == 0 => {
                        Some(Phrase { persons: sole.persons, ..opening })
                    }
                    (sole, _) => sole,
                }
            }
        }
    }
}

/// A verb by which a departure is told.
fn announces(reader: &Reader<'_>, verb: &str) -> bool {
    const HANDS: &[&str] = &[
        "tenders",
        "tendered",
        "submits",
        "submitted",
        "hands",
        "handed",
        "makes",
        "made",
        "plans",
        "plots",
        "readies",
        "planning",
    ];
    reader.words.is("say", verb) || HANDS.contains(&verb)
}

/// "A probe into Gana's hiring of Ada Gray": the news is the probe.
fn is_probed(reader: &Reader<'_>, index: usize) -> bool {
    let probes = [
        "probe",
        "probes",
        "probing",
        "investigation",
        "investigates",
        "inquiry",
        "review",
        "reviews",
        "scrutiny",
        "scrutinises",
        "scrutinizes",
        "lawsuit",
        "complaint",
        "antitrust",
    ];
    (index.saturating_sub(9)..index).any(|at| probes.contains(&reader.lower(at)))
}

fn is_last_day(noun: &str) -> bool {
    matches!(noun, "last day" | "final day" | "last working day")
}

/// Behind "last day": of a person's work, not of anything else.
fn is_told_of(next: &str) -> bool {
    const NEXT: &[&str] = &[
        "", ".", ",", "at", "as", "was", "had", "has", "is", "will", "would", "after", "this",
        "last", "next",
    ];
    NEXT.contains(&next)
}

/// Where the noun begins with the words that describe it: "a sudden departure".
fn without_modifiers(reader: &Reader<'_>, index: usize) -> usize {
    let mut left = index;
    while reader.before(left).is_some_and(|chunk| {
        chunk.item == Item::Word
            && !reader.words.is_function(&chunk.lower)
            && left + 3 > index
            && left > 0
    }) {
        left -= 1;
    }
    left
}
