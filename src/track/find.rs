//! Where the tracker looks: moves by person, by company and week, by id.

use std::cmp::Reverse;

use chrono::{DateTime, TimeDelta, Utc};

use super::company::Company;
use super::index::{self, Slot};
use super::known::{Ends, Known};
use super::name::{Likeness, Name, Script};
use super::verdict::Outcome;
use super::{Tracker, fit};
use crate::model::{Claim, Kind, Status};

/// Families of keys.
const ID: u64 = 1;
const EXACT: u64 = 2;
const SOUND_LATIN: u64 = 3;
const SOUND_OTHER: u64 = 4;
const SURNAME: u64 = 5;
const SURNAME_SOUND: u64 = 6;
const PARTIAL: u64 = 7;
const NAMED_END: u64 = 8;
const UNNAMED_END: u64 = 9;

/// An article may be a little older than the month or day that the history gives.
const EARLY: TimeDelta = TimeDelta::days(3);

/// The person of a claim: the name, and the spelling of the article where that is another one.
pub(crate) struct Person {
    names: Vec<Name>,
}

impl Person {
    pub(crate) fn of(claim: &Claim) -> Option<Person> {
        let first = claim.person.as_deref().and_then(Name::parse)?;
        let written = claim.person_as_written.as_deref();
        let second = written
            .filter(|written| Some(*written) != claim.person.as_deref())
            .and_then(Name::parse)
            .filter(|name| name.script != first.script);
        Some(Person { names: std::iter::once(first).chain(second).collect() })
    }

    /// What the id of the person's move is made of.
    pub(crate) fn key(&self) -> String {
        self.names.first().map_or(String::new(), |name| {
            let (a, b) = name.exact_key();
            format!("{a} {b}")
        })
    }

    fn likeness(&self, known: &Known) -> Likeness {
        let mut best = Likeness::Different;
        for name in known.names() {
            for own in &self.names {
                best = best.max(own.likeness(&name));
            }
            if best == Likeness::Same {
                break;
            }
        }
        best
    }
}

/// A move of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) slot: Slot,
    pub(crate) likeness: Likeness,
}

impl Found {
    /// True where the name alone tells who it is.
    pub(crate) fn is_sure(self) -> bool {
        self.likeness == Likeness::Same
    }
}

fn exact(name: &Name) -> u64 {
    let (a, b) = name.exact_key();
    index::key(EXACT, &[index::text(a), index::text(b)])
}

fn week(event: DateTime<Utc>) -> i64 {
    event.timestamp().div_euclid(7 * 24 * 3600)
}

impl Tracker {
    pub(crate) fn get(&self, slot: Slot) -> Option<&Known> {
        self.moves.get(slot as usize)
    }

    pub(crate) fn find_id(&self, id: &str) -> Option<Slot> {
        self.index
            .find(index::key(ID, &[index::text(id)]))
            .find(|slot| self.get(*slot).is_some_and(|known| &*known.id == id))
    }

    pub(crate) fn insert(&mut self, known: Known) {
        let Ok(slot) = Slot::try_from(self.moves.len()) else { return };
        if known.is_complete() {
            self.held.push(Reverse((known.first_seen, slot)));
            self.index.add(index::key(ID, &[index::text(&known.id)]), slot);
        }
        self.add_keys(slot, &known);
        self.moves.push(known);
    }

    pub(crate) fn replace(&mut self, slot: Slot, known: Known) {
        let Some(old) = self.moves.get(slot as usize) else { return };
        if !old.is_found_like(&known) || week(old.event()) != week(known.event()) {
            self.add_keys(slot, &known);
        }
        if let Some(place) = self.moves.get_mut(slot as usize) {
            *place = known;
        }
    }

    fn add_keys(&mut self, slot: Slot, known: &Known) {
        let houses = self.houses(&known.ends);
        for name in known.names() {
            self.index.add(exact(&name), slot);
            let latin = name.script == Script::Latin;
            for key in name.sound_keys() {
                let family = if latin { SOUND_LATIN } else { SOUND_OTHER };
                self.index.add(index::key(family, &[key]), slot);
            }
            let [sound, other] = name.surname_keys();
            for house in houses.into_iter().flatten() {
                let surname = index::text(name.surname());
                self.index.add(index::key(SURNAME, &[surname, house.number()]), slot);
                let family = if name.is_partial() { PARTIAL } else { SURNAME_SOUND };
                for sound in [Some(sound), (other != sound).then_some(other)].into_iter().flatten()
                {
                    self.index.add(index::key(family, &[sound.into(), house.number()]), slot);
                }
            }
        }
        if known.history {
            return;
        }
        let unnamed = !known.is_named() || known.count > 1;
        for (side, house) in (0..).zip(houses) {
            let Some(house) = house else { continue };
            let week = week(known.event()).cast_unsigned();
            if unnamed {
                self.index.add(index::key(UNNAMED_END, &[side, house.number(), week]), slot);
            }
            if known.is_named() {
                self.index.add(index::key(NAMED_END, &[side, house.number(), week]), slot);
            }
        }
    }

    fn houses(&self, ends: &Ends) -> [Option<Company>; 2] {
        [ends.from, ends.to].map(|end| end.map(|end| self.companies.house(end)))
    }

    /// Every move of this person, those of the history and of closed windows among them, in the
    /// order of their slots.
    pub(crate) fn find_person(&self, person: &Person, ends: &Ends) -> Vec<Found> {
        let mut slots: Vec<Slot> = Vec::new();
        let houses = self.houses(ends);
        for name in &person.names {
            slots.extend(self.index.find(exact(name)));
            let families: &[u64] = match name.script {
                _ if name.is_single() => &[],
                Script::Latin => &[SOUND_OTHER],
                _ => &[SOUND_LATIN, SOUND_OTHER],
            };
            for key in name.sound_keys() {
                for family in families {
                    slots.extend(self.index.find(index::key(*family, &[key])));
                }
            }
            let [sound, other] = name.surname_keys();
            let sounds = [Some(sound), (other != sound).then_some(other)];
            for house in houses.into_iter().flatten() {
                let surname = index::text(name.surname());
                slots.extend(self.index.find(index::key(SURNAME, &[surname, house.number()])));
                for sound in sounds.into_iter().flatten() {
                    let parts = [sound.into(), house.number()];
                    slots.extend(self.index.find(index::key(PARTIAL, &parts)));
                    if name.is_partial() {
                        slots.extend(self.index.find(index::key(SURNAME_SOUND, &parts)));
                    }
                }
            }
        }
        slots.sort_unstable();
        slots.dedup();
        let found = slots.into_iter().filter_map(|slot| {
            let likeness = person.likeness(self.get(slot)?);
            (likeness > Likeness::Different).then_some(Found { slot, likeness })
        });
        found.collect()
    }

    /// Moves with one of these ends in the weeks around `event`.
    pub(crate) fn find_by_ends(&self, ends: &Ends, event: DateTime<Utc>, named: bool) -> Vec<Slot> {
        let family = if named { NAMED_END } else { UNNAMED_END };
        let mut slots: Vec<Slot> = Vec::new();
        for (side, house) in (0..).zip(self.houses(ends)) {
            let Some(house) = house else { continue };
            for week in week(event) - 1..=week(event) + 1 {
                let parts = [side, house.number(), week.cast_unsigned()];
                slots.extend(self.index.find(index::key(family, &parts)));
            }
        }
        slots.sort_unstable();
        slots.dedup();
        slots
    }

    /// The claim tells a single past move again: both its ends are that move's, and the person has
    /// not gone back to the origin since. A return that is news now does not count: its articles
    /// are where the first move is told again.
    pub(crate) fn recap(&self, people: &[Found], told: &fit::Told) -> Option<Outcome> {
        let from = told.ends.from?;
        told.ends.to?;
        self.past(people, told)
            .find(|past| {
                fit::no_conflict(&self.companies, past, told)
                    && fit::adds_no_end(past, told)
                    && !self.since(people, past.event(), |later| {
                        let to = later.ends.to;
                        (later.history || self.is_over(later, told))
                            && to.is_some_and(|to| self.companies.agree(to, from))
                    })
            })
            .map(outcome_of)
    }

    /// Each end that the claim names is known from the past: the person left the origin and has not
    /// gone back since; joined the destination, and has not left or gone elsewhere since.
    pub(crate) fn known_ends(&self, people: &[Found], told: &fit::Told) -> Option<Outcome> {
        let agree = |a: Option<Company>, b: Company| a.is_some_and(|a| self.companies.agree(a, b));
        let left = told.ends.from.map(|from| {
            self.past(people, told).find(|past| {
                agree(past.ends.from, from)
                    && !self.since(people, past.event(), |later| agree(later.ends.to, from))
            })
        });
        let joined = told.ends.to.map(|to| {
            self.past(people, told).find(|past| {
                agree(past.ends.to, to)
                    && !self.since(people, past.event(), |later| agree(later.ends.from, to))
            })
        });
        match (left, joined) {
            (Some(left), Some(joined)) => left.and(joined).map(outcome_of),
            (Some(one), None) | (None, Some(one)) => one.map(outcome_of),
            (None, None) => None,
        }
    }

    /// Past moves of the person that a claim of this time may tell again. A rumour or a denied move
    /// is none: when it comes true, that is news.
    fn past<'a>(
        &'a self,
        people: &'a [Found],
        told: &'a fit::Told,
    ) -> impl Iterator<Item = &'a Known> {
        people
            .iter()
            .filter(|found| found.is_sure() || self.shares_end(found.slot, told))
            .filter_map(|found| self.get(found.slot))
            .filter(|known| known.history || (known.announced && self.is_over(known, told)))
            .filter(|known| known.reversed_at.is_none() && known.kind != Kind::Promoted)
            .filter(|known| {
                matches!(known.status, Status::Reported | Status::Confirmed)
                    || (known.status == Status::Rumoured && told.status == Status::Rumoured)
            })
            .filter(|known| told.event >= known.event() - EARLY && told.kind != Kind::Promoted)
            // Who left a company long ago may found one now, before it has a name.
            .filter(|known| {
                told.kind != Kind::Founded || told.ends.to.is_some() || known.kind == Kind::Founded
            })
    }

    fn shares_end(&self, slot: Slot, told: &fit::Told) -> bool {
        self.get(slot).is_some_and(|known| fit::shared_ends(&self.companies, known, told) > 0)
    }

    fn is_over(&self, known: &Known, told: &fit::Told) -> bool {
        told.event - known.event() > super::delta(self.settings.window) || !known.is_complete()
    }

    /// True where a later move of the person is as asked for.
    fn since(&self, people: &[Found], event: DateTime<Utc>, is: impl Fn(&Known) -> bool) -> bool {
        people
            .iter()
            .filter_map(|found| self.get(found.slot))
            .any(|known| known.event() > event && is(known))
    }
}

fn outcome_of(past: &Known) -> Outcome {
    if past.history { Outcome::KnownHistory } else { Outcome::KnownMove }
}
