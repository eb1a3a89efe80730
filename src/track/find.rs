//! Where the tracker looks: moves by person, by the companies at their ends and week, by id.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use super::Tracker;
use super::company::Company;
use super::index::Slot;
use super::keys;
use super::known::{Ends, Known};
use super::name::{Likeness, Name};
use crate::model::Claim;

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
            .filter(|name| name.view().script != first.view().script);
        Some(Person { names: std::iter::once(first).chain(second).collect() })
    }

    /// What the id of the person's move is made of.
    pub(crate) fn key(&self) -> String {
        self.names.first().map_or(String::new(), |name| {
            let (a, b) = name.view().exact_key();
            format!("{a} {b}")
        })
    }

    fn likeness(&self, known: &Known) -> Likeness {
        let mut best = Likeness::Different;
        for name in known.names() {
            for own in &self.names {
                best = best.max(own.view().likeness(&name));
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

impl Tracker {
    pub(crate) fn get(&self, slot: Slot) -> Option<&Known> {
        self.moves.get(slot as usize)
    }

    pub(crate) fn find_id(&self, id: &str) -> Option<Slot> {
        self.index
            .find(keys::id(id))
            .find(|slot| self.get(*slot).is_some_and(|known| &*known.id == id))
    }

    pub(crate) fn insert(&mut self, known: Known) {
        let Ok(slot) = Slot::try_from(self.moves.len()) else { return };
        if known.is_complete() {
            self.held.push(Reverse((known.first_seen, slot)));
            self.index.add(keys::id(&known.id), slot);
        }
        for key in keys::of(&known, self.houses(&known.ends)) {
            self.index.add(key, slot);
        }
        self.moves.push(known);
    }

    pub(crate) fn replace(&mut self, slot: Slot, known: Known) {
        let Some(old) = self.moves.get(slot as usize) else { return };
        if !keys::are_alike(old, &known) {
            let before = keys::of(old, self.houses(&old.ends));
            for key in keys::of(&known, self.houses(&known.ends)) {
                if before.binary_search(&key).is_err() {
                    self.index.add(key, slot);
                }
            }
        }
        if let Some(place) = self.moves.get_mut(slot as usize) {
            *place = known;
        }
    }

    fn houses(&self, ends: &Ends) -> [Option<Company>; 2] {
        [ends.from, ends.to].map(|end| end.map(|end| self.companies.house(end)))
    }

    /// Every move of this person, those of the history and of closed windows among them, in the
    /// order of their slots.
    pub(crate) fn find_person(&self, person: &Person, ends: &Ends) -> Vec<Found> {
        let mut keys: Vec<u64> = Vec::new();
        let houses = self.houses(ends);
        for name in &person.names {
            keys::to_find_person(&name.view(), houses, &mut keys);
        }
        let found = self.slots(keys).into_iter().filter_map(|slot| {
            let likeness = person.likeness(self.get(slot)?);
            (likeness > Likeness::Different).then_some(Found { slot, likeness })
        });
        found.collect()
    }

    /// Moves that may have the same ends, in the weeks around `event`.
    pub(crate) fn find_by_ends(&self, ends: &Ends, event: DateTime<Utc>, named: bool) -> Vec<Slot> {
        self.slots(keys::to_find_ends(self.houses(ends), event, named))
    }

    /// The slots of these keys, each once, in their order.
    fn slots(&self, keys: Vec<u64>) -> Vec<Slot> {
        let mut slots: Vec<Slot> = keys.into_iter().flat_map(|key| self.index.find(key)).collect();
        slots.sort_unstable();
        slots.dedup();
        slots
    }
}
