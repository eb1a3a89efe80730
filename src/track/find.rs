//! Where the tracker looks: moves by person and by id.

use std::cmp::Reverse;

use super::Tracker;
use super::brief::Brief;
use super::ends::{self, Houses, Pair};
use super::id::MoveId;
use super::index::Slot;
use super::keys;
use super::known::{Ends, Known};
use super::name::{Likeness, Name};
use super::sound::Print;
use crate::model::Claim;

/// The person of a claim: the name, and the spelling of the article where that is another one.
pub(crate) struct Person {
    /// As written, and taken apart.
    names: Vec<(String, Name)>,
}

impl Person {
    pub(crate) fn of(claim: &Claim) -> Option<Person> {
        let parse = |written: &str| Some((written.to_owned(), Name::parse(written)?));
        let first = claim.person.as_deref().and_then(parse)?;
        let written = claim.person_as_written.as_deref();
        let second = written
            .filter(|written| Some(*written) != claim.person.as_deref())
            .and_then(parse)
            .filter(|(_, name)| name.view().script != first.1.view().script);
        Some(Person { names: std::iter::once(first).chain(second).collect() })
    }

    /// What the id of the person's move is made of.
    pub(crate) fn key(&self) -> String {
        self.names.first().map_or(String::new(), |(_, name)| {
            let (a, b) = name.view().exact_key();
            format!("{a} {b}")
        })
    }

    /// The name that is written so.
    pub(crate) fn find(&self, written: &str) -> Option<&Name> {
        self.names.iter().find(|(own, _)| own == written).map(|(_, name)| name)
    }

    /// How much the person and that of a move have in common. A surname or an initial among the
    /// spellings of the move stands for its full name: it does not open the move to everybody of that
    /// surname.
    fn likeness(&self, known: &Known) -> Likeness {
        let mut best = Likeness::Different;
        let mut contradicted = false;
        for name in known.names() {
            for own in self.names.iter().map(|(_, name)| name.view()) {
                let likeness = own.likeness(&name);
                if likeness == Likeness::Same {
                    return likeness;
                }
                let comparable =
                    own.script == name.script && !own.is_partial() && !name.is_partial();
                contradicted |= comparable && likeness == Likeness::Different;
                best = best.max(likeness);
            }
        }
        if contradicted { Likeness::Different } else { best }
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
        let wanted = MoveId::new(id);
        let mut slots = self.index.list(keys::id(&wanted)).map(|(slot, _)| slot);
        slots.find(|slot| self.get(*slot).is_some_and(|known| known.id == wanted))
    }

    /// Takes a new move; `None` where there is no room for more.
    pub(crate) fn insert(&mut self, known: Known) -> Option<Slot> {
        let slot = Slot::try_from(self.moves.len()).ok()?;
        if known.is_complete() {
            self.held.push(Reverse((known.first_seen, slot)));
            self.index.add(keys::id(&known.id), slot, Print::ANY);
        }
        let houses = self.houses(&known.ends);
        for (key, print) in keys::of(&known, houses) {
            self.index.add(key, slot, print);
        }
        if !known.history {
            let brief = Brief::of(&known);
            ends::of(&known, houses)
                .into_iter()
                .for_each(|key| self.by_ends.add_in_order(key, slot, brief));
        }
        self.pairs.push(Pair::of(houses));
        self.moves.push(known);
        Some(slot)
    }

    pub(crate) fn replace(&mut self, slot: Slot, known: Known) {
        let Some(old) = self.moves.get(slot as usize) else { return };
        let (before, houses) = (self.houses(&old.ends), self.houses(&known.ends));
        if !old.is_person_of(&known) || before != houses {
            for (key, print) in keys::added(old, before, &known, houses) {
                self.index.add(key, slot, print);
            }
        }
        let brief = Brief::of(&known);
        if brief != Brief::of(old) || before != houses {
            ends::of(&known, houses)
                .into_iter()
                .for_each(|key| self.by_ends.add_in_order(key, slot, brief));
        }
        if let Some(pair) = self.pairs.get_mut(slot as usize) {
            *pair = Pair::of(houses);
        }
        if let Some(place) = self.moves.get_mut(slot as usize) {
            *place = known;
        }
    }

    pub(crate) fn houses(&self, ends: &Ends) -> Houses {
        [ends.from, ends.to].map(|end| end.map(|end| self.words.companies.house(end)))
    }

    /// True where a house of the claim stands at either end of the move: less than a full name says
    /// nothing without one.
    fn shares_house(&self, slot: Slot, houses: Houses) -> bool {
        let own = self.get(slot).map(|known| self.houses(&known.ends)).unwrap_or_default();
        own.into_iter().flatten().any(|house| houses.contains(&Some(house)))
    }

    /// Moves whose person may be this one and which a claim with these ends may be about, those of
    /// the history and of closed windows among them, in the order of their slots.
    pub(crate) fn find_near(&self, person: &Person, ends: &Ends) -> Vec<Slot> {
        let own = Pair::of(self.houses(ends));
        self.look_up(person, ends, |pair| !pair.is_apart_from(own))
    }

    /// Those of them that have every end of the claim, as far as houses tell.
    pub(crate) fn with_all_ends(&self, near: &[Slot], ends: &Ends) -> Vec<Slot> {
        let own = Pair::of(self.houses(ends));
        let has_all =
            |slot: &Slot| self.pairs.get(*slot as usize).is_some_and(|pair| pair.has_all_of(own));
        near.iter().copied().filter(has_all).collect()
    }

    /// Every move of this person, whatever its ends.
    pub(crate) fn find_all(&self, person: &Person, ends: &Ends) -> Vec<Found> {
        self.whose_person_is(person, &self.look_up(person, ends, |_| true), ends)
    }

    /// The slots that the index has for this person and that have such ends, each once, in their
    /// order.
    fn look_up(&self, person: &Person, ends: &Ends, is: impl Fn(Pair) -> bool) -> Vec<Slot> {
        let mut keys = Vec::with_capacity(32);
        let houses = self.houses(ends);
        for (_, name) in &person.names {
            keys::to_find_person(&name.view(), houses, &mut keys);
        }
        let mut slots = Vec::with_capacity(16);
        for (list, print) in self.index.lists(&keys) {
            let fits = self.index.of(list).filter(|(_, own)| own.fits(print));
            let near = |slot: &Slot| self.pairs.get(*slot as usize).is_some_and(|pair| is(*pair));
            slots.extend(fits.map(|(slot, _)| slot).filter(near));
        }
        slots.sort_unstable();
        slots.dedup();
        slots
    }

    /// Those of the moves that are of this person.
    pub(crate) fn whose_person_is(
        &self,
        person: &Person,
        slots: &[Slot],
        ends: &Ends,
    ) -> Vec<Found> {
        let houses = self.houses(ends);
        let near: Vec<(Slot, &Known)> =
            slots.iter().filter_map(|slot| Some((*slot, self.get(*slot)?))).collect();
        // The names lie all over the memory. Asked for one after the other without a look at the
        // answers, they come together.
        std::hint::black_box(near.iter().filter(|(_, known)| known.is_named()).count());
        std::hint::black_box(near.iter().map(|(_, known)| known.size_of_names()).sum::<usize>());
        let found = near.into_iter().filter_map(|(slot, known)| {
            let likeness = person.likeness(known);
            let counts = match likeness {
                Likeness::Same => true,
                Likeness::Partial => self.shares_house(slot, houses),
                Likeness::Different => false,
            };
            counts.then_some(Found { slot, likeness })
        });
        found.collect()
    }
}
