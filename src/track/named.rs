//! People whom an article names: which move of theirs is a claim about?

use chrono::{DateTime, Utc};

use super::find::{Found, Person};
use super::fit::{self, Fit};
use super::id::MoveId;
use super::index::Slot;
use super::judge::Weight;
use super::known::Known;
use super::name::Likeness;
use super::verdict::{Outcome, Verdict};
use super::{Incoming, Tracker, reports};
use crate::model::Kind;

/// How well a move fits a claim, the strongest reason first.
struct Best<'a> {
    fit: Fit,
    /// How many ends both have.
    shared: usize,
    likeness: Likeness,
    event: DateTime<Utc>,
    id: &'a MoveId,
    slot: Slot,
}

impl Best<'_> {
    fn key(&self) -> (Fit, usize, Likeness, DateTime<Utc>, &MoveId) {
        (self.fit, self.shared, self.likeness, self.event, self.id)
    }
}

impl Tracker {
    pub(crate) fn merge_named(&mut self, incoming: &Incoming<'_>, person: &Person) -> Verdict {
        let ends = &incoming.told.ends;
        let near = self.find_near(person, ends);
        if let Some(slot) = self.explained_wholly(person, &near, incoming) {
            return self.join(slot, incoming, Fit::Explains, false);
        }
        let people = self.whose_person_is(person, &near, ends);
        let (fit, slot) = match self.best_fit(person, &people, incoming) {
            Some(best) => (best.fit, Some(best.slot)),
            None => (Fit::Other, None),
        };
        let weight = incoming.judged.weight;
        if let (Fit::Explains, Some(slot)) = (fit, slot) {
            return self.join(slot, incoming, fit, false);
        }
        if weight == Weight::Denial {
            return self.begin(incoming, &person.key());
        }
        if self.is_turned_round(&people, incoming) {
            return Verdict::nothing(Outcome::Contradicted);
        }
        if let Some(outcome) = self.recap(&people, &incoming.told) {
            return Verdict::nothing(outcome);
        }
        if let (Fit::Completes, Some(slot)) = (fit, slot) {
            return self.join(slot, incoming, fit, false);
        }
        if let Some(outcome) = self.known_ends(&people, &incoming.told) {
            return Verdict::nothing(outcome);
        }
        match (fit, slot) {
            (Fit::Reverses, Some(slot)) => return self.join(slot, incoming, fit, false),
            (Fit::Corrects, Some(slot)) if weight == Weight::Full => {
                return self.join(slot, incoming, fit, false);
            }
            (Fit::Corrects | Fit::Contradicted, Some(_)) => {
                return Verdict::nothing(Outcome::Contradicted);
            }
            _ => {}
        }
        if weight != Weight::Full {
            return self.begin(incoming, &person.key());
        }
        if let Some(slot) = self.find_unnamed(incoming) {
            return self.join(slot, incoming, Fit::Explains, true);
        }
        let group = self.find_group(incoming);
        let mut verdict = self.begin(incoming, &person.key());
        verdict.moves.extend(group.and_then(|slot| self.take_one_from(slot, incoming)));
        verdict
    }

    /// The move that explains the claim and has every end of it: no other one fits better, so that
    /// most claims need no look at the many people who sound alike.
    fn explained_wholly(
        &self,
        person: &Person,
        near: &[Slot],
        incoming: &Incoming<'_>,
    ) -> Option<Slot> {
        let ends = &incoming.told.ends;
        let people = self.whose_person_is(person, &self.with_all_ends(near, ends), ends);
        self.best_fit(person, &people, incoming)
            .filter(|best| best.fit == Fit::Explains && best.shared == ends.count())
            .map(|best| best.slot)
    }

    /// The move of this person that the claim fits best, by content alone.
    fn best_fit(
        &self,
        person: &Person,
        people: &[Found],
        incoming: &Incoming<'_>,
    ) -> Option<Best<'_>> {
        let told = &incoming.told;
        let mut latest = None;
        let mut best: Option<Best<'_>> = None;
        for found in people {
            let Some(known) = self.active(found.slot, incoming) else { continue };
            let shared = fit::shared_ends(&self.words.companies, known, told);
            let mut fit = fit::fit(&self.words.companies, known, told);
            if fit == Fit::SaysOtherwise {
                let same = reports::same_outlet(known, incoming.record);
                fit = if same { Fit::Corrects } else { Fit::Other };
            }
            let allowed = match fit {
                Fit::Other | Fit::SaysOtherwise => false,
                Fit::Explains => found.is_sure() || shared > 0,
                Fit::Reverses => {
                    let mut is_latest = || {
                        let latest = latest.get_or_insert_with(|| self.latest(person, incoming));
                        Some(known.event()) == *latest
                    };
                    found.is_sure() && (known.reversed_at.is_some() || is_latest())
                }
                Fit::Completes | Fit::Corrects | Fit::Contradicted => found.is_sure(),
            };
            let (likeness, event, id) = (found.likeness, known.event(), &known.id);
            let own = Best { fit, shared, likeness, event, id, slot: found.slot };
            if allowed && best.as_ref().is_none_or(|best| own.key() > best.key()) {
                best = Some(own);
            }
        }
        best
    }

    fn active(&self, slot: Slot, incoming: &Incoming<'_>) -> Option<&Known> {
        self.get(slot).filter(|known| self.is_active(known, &incoming.judged))
    }

    /// When the person moved last.
    fn latest(&self, person: &Person, incoming: &Incoming<'_>) -> Option<DateTime<Utc>> {
        self.find_all(person, &incoming.told.ends)
            .iter()
            .filter_map(|found| self.active(found.slot, incoming))
            .filter(|known| known.reversed_at.is_none() && known.kind != Kind::Promoted)
            .map(Known::event)
            .max()
    }

    /// True where the same article told that the person joins the company that the claim says they
    /// leave: what is news in it was told first, and this is how they had left before.
    fn is_turned_round(&self, people: &[Found], incoming: &Incoming<'_>) -> bool {
        let Some(from) = incoming.told.ends.from else { return false };
        people.iter().filter_map(|found| self.get(found.slot)).any(|known| {
            self.is_active(known, &incoming.judged)
                && known.ends.to.is_some_and(|to| self.words.companies.agree(to, from))
                && reports::same_article(known, incoming.record)
        })
    }
}
