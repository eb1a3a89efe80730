//! What a company does to a person: hires, fires, loses; active and passive.

use super::chunk::Item;
use super::class::Class;
use super::employer::{employer, is_board};
use super::ends::Ends;
use super::hired::{hired, is_bare, is_got};
use super::phrase::{Phrase, Reader};
use super::reading::{Parts, Reading, pattern};
use super::subject::Subject;
use crate::extract::candidate::End;
use crate::model::Kind;

impl Reading<'_> {
    /// Hires, fires, loses; active and passive.
    pub(super) fn transitive(
        &self,
        reader: &Reader<'_>,
        index: usize,
        class: Class,
        subject: Subject,
    ) -> Option<Parts> {
        let lower = reader.lower(index);
        if lower.ends_with(" by") {
            return self.succeeded(reader, index, subject);
        }
        // "Gana's poaching effort": a noun, of which nobody is told.
        if lower.ends_with("ing") && reader.item(index.wrapping_sub(1)) == Some(Item::Poss) {
            return None;
        }
        if lower.starts_with("raid") || lower.ends_with(" on") && lower.starts_with("swoop") {
            return self.raid(reader, index, &subject);
        }
        const WITH: &[&str] =
            &["fill", "replaces", "strengthen", "bolster", "beef", "shore", "entrust"];
        if WITH.iter().any(|stem| lower.starts_with(stem)) {
            return self.fills(reader, index, &subject);
        }
        if lower.ends_with("ties with") && leaves_a_company(reader, index, &subject) {
            return self.intransitive(reader, index, Class::Leave, subject, false);
        }
        let participle = is_participle(lower);
        let people = subject
            .phrase
            .as_ref()
            .is_some_and(|phrase| phrase.is_people() && !is_board(reader, phrase));
        let object = reader.phrase_after(index + 1);
        let owns = |phrase: &Phrase| !phrase.persons.is_empty();
        let active_object = object.as_ref().is_some_and(owns);
        if participle && class != Class::Lose && (subject.between.be || people && !active_object) {
            return self.passive(reader, index, class, subject);
        }
        let reflexive = || self.says_of_herself(reader, index, class);
        let mut phrase = object.or_else(reflexive)?;
        if !phrase.is_people() {
            return None;
        }
        self.named_after_colon(reader, &mut phrase);
        if is_opening(lower, &phrase) || talks_of_else(reader, lower, &phrase) {
            return None;
        }
        let along = matches!(reader.lower(phrase.end), "back" | "aboard" | "in" | "over" | "on");
        if lower == "brings" && (phrase.persons.is_empty() || !along) {
            return None;
        }
        let first_employer = reader.poached_by(phrase.end, &self.classes());
        let (employer, listed) = match employer(reader, index, &subject) {
            Some(employer) => (employer, true),
            None if self.says_house(reader, index) => (self.house.clone()?, false),
            // "The founder loses another Gana executive".
            None if class == Class::Lose && matches!(phrase.org, Some(End::Listed(_))) => {
                (phrase.org.clone()?, true)
            }
            // "The additions include Dara's Ada Gray", "opens with Dara's Ada Gray in charge".
            None if is_roll(lower) || lower == "with" => (self.house.clone()?, false),
            None if lower.starts_with("welcom") => (self.welcomed_to(reader, &phrase)?, true),
            None if class == Class::Lose => return self.lost_to(reader, index, phrase, subject),
            None => (self.unlisted_employer(reader, index, &phrase)?, false),
        };
        if is_relative(reader, &subject) && !matches!(reader.lower(index + 1), "her" | "him") {
            return None;
        }
        let guessed = !listed || subject.between.it;
        if guessed && phrase.org.as_ref() == Some(&employer) {
            return None;
        }
        if is_bare(reader, lower, &phrase) || is_got(reader, lower, &phrase) {
            return None;
        }
        let tail_class = if class == Class::Hire { Class::Arrival } else { class };
        let mut ends = Ends { end: phrase.end, ..Ends::default() };
        if let Some(first) = first_employer.filter(|_| class == Class::Hire) {
            ends.from = Some(first);
        } else {
            reader.tail(phrase.end, tail_class, &self.classes(), &mut ends);
        }
        let mut score = 0.9;
        let kind = if class == Class::Hire {
            let within = phrase.org.clone().or_else(|| reader.brand_of(&phrase));
            let own = match (&within, &employer) {
                (Some(End::Unlisted(brand)), End::Listed(company)) => {
                    let company = self.passage.gazetteer.company(*company);
                    company.is_some_and(|company| reader.is_house_of(brand, &company.id))
                }
                _ => false,
            };
            if own { Kind::Promoted } else { hired(reader, lower, &phrase, employer, &mut ends)? }
        } else {
            ends.from = Some(employer);
            Kind::Left
        };
        if guessed {
            score -= if ends.from.is_some() && ends.to.is_some() { 0.1 } else { 0.15 };
        }
        phrase.former = false;
        Some(Parts {
            phrase,
            between: subject.between,
            ends,
            class,
            kind,
            score,
            pattern: pattern(class),
        })
    }

    /// "Names a new CTO: Ada Gray": the name behind the colon.
    fn named_after_colon(&self, reader: &Reader<'_>, phrase: &mut Phrase) {
        if phrase.persons.is_empty()
            && !phrase.plural
            && reader.lower(phrase.end) == ":"
            && let Some(named) = reader.phrase_after(phrase.end + 1)
            && !named.persons.is_empty()
        {
            phrase.persons = named.persons;
            phrase.org = named.org.or_else(|| phrase.org.take());
            phrase.end = named.end;
        }
    }

    /// "Will be succeeded by Gana's Bo Field": a newcomer, where another company is named.
    fn succeeded(&self, reader: &Reader<'_>, index: usize, subject: Subject) -> Option<Parts> {
        let phrase = reader.phrase_after(index + 1)?;
        let employer =
            subject.phrase.and_then(|phrase| phrase.org).or_else(|| self.house.clone())?;
        let origin = phrase.org.clone().filter(|org| *org != employer);
        let origin = Some(origin.filter(|org| matches!(org, End::Listed(_)))?);
        let ends = Ends { from: origin, to: Some(employer), end: phrase.end, ..Ends::default() };
        let (class, kind) = (Class::Hire, Kind::Joined);
        let between = subject.between;
        Some(Parts { phrase, between, ends, class, kind, score: 0.75, pattern: pattern(class) })
    }
}

/// "Ada Gray cuts ties with Gana".
fn leaves_a_company(reader: &Reader<'_>, index: usize, subject: &Subject) -> bool {
    let people = |phrase: &Phrase| phrase.is_people() && !phrase.organisation;
    subject.phrase.as_ref().is_some_and(people)
        && matches!(reader.item(index + 1), Some(Item::Org { product: false, .. }))
}

/// "In talks with Dara's chip chief about a deal": about no job.
fn talks_of_else(reader: &Reader<'_>, verb: &str, phrase: &Phrase) -> bool {
    const TALKS: &[&str] = &["talks", "talking", "negotiat", "discussions"];
    let offered = |at: usize| {
        matches!(reader.lower(at), "job" | "role" | "post" | "position" | "move" | "join")
    };
    let one = !phrase.plural && !is_board(reader, phrase);
    verb.ends_with(" with")
        && TALKS.iter().any(|word| verb.contains(word))
        && !(one && (phrase.end..phrase.end + 7).any(offered))
}

/// "The additions include", "departures include": those of the title's company.
fn is_roll(form: &str) -> bool {
    form.ends_with(" include") || form.ends_with(" includes") || form.ends_with(" included")
}

/// "Plans to hire a head of safety": an opening, nobody's move.
fn is_opening(verb: &str, phrase: &Phrase) -> bool {
    matches!(verb, "hire" | "recruit" | "appoint" | "to name" | "name")
        && phrase.persons.is_empty()
        && phrase.org.is_none()
        && !phrase.former
}

/// "Hired", "brought in", "let go".
pub(super) fn is_participle(form: &str) -> bool {
    is_irregular(form)
        || form.split(' ').next().is_some_and(|verb| verb.ends_with("ed"))
        || matches!(form, "let go" | "chosen" | "put")
}

/// Participles that do not end in "ed".
fn is_irregular(verb: &str) -> bool {
    const VERBS: &[&str] = &["brought", "taken", "won", "stolen", "drawn", "sought"];
    VERBS.contains(&verb.split(' ').next().unwrap_or(""))
}

/// "The warnings Gana fired Ada Gray over": a relative clause without its pronoun.
fn is_relative(reader: &Reader<'_>, subject: &Subject) -> bool {
    subject.phrase.as_ref().is_some_and(|phrase| {
        let before = reader.before(phrase.first);
        phrase.organisation
            && before.is_some_and(|chunk| {
                chunk.item == Item::Word
                    && !chunk.cap
                    && chunk.lower.ends_with('s')
                    && !reader.words.is_function(&chunk.lower)
                    && !reader.words.is("house", &chunk.lower)
            })
    })
}
