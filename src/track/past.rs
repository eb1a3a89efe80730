//! Past moves of a person: does a claim tell one of them again?

use chrono::{DateTime, TimeDelta, Utc};

use super::company::Company;
use super::find::Found;
use super::index::Slot;
use super::judge::delta;
use super::known::Known;
use super::verdict::Outcome;
use super::{Tracker, fit};
use crate::model::{Kind, Status};

/// An article may be a little older than the month or day that the history gives.
const EARLY: TimeDelta = TimeDelta::days(3);

impl Tracker {
    /// The claim tells a single past move again: both its ends are that move's, and the person has
    /// not gone back to the origin since. A return that is news now does not count: its articles
    /// are where the first move is told again.
    pub(crate) fn recap(&self, people: &[Found], told: &fit::Told) -> Option<Outcome> {
        let from = told.ends.from?;
        told.ends.to?;
        self.past(people, told)
            .find(|past| {
                fit::no_conflict(&self.words.companies, past, told)
                    && fit::adds_no_end(past, told)
                    && !self.since(people, past.event(), |later| {
                        let to = later.ends.to;
                        (later.history || self.is_over(later, told))
                            && to.is_some_and(|to| self.words.companies.agree(to, from))
                    })
            })
            .map(outcome_of)
    }

    /// Each end that the claim names is known from the past: the person left the origin and has not
    /// gone back since; joined the destination, and has not left or gone elsewhere since.
    pub(crate) fn known_ends(&self, people: &[Found], told: &fit::Told) -> Option<Outcome> {
        let agree =
            |a: Option<Company>, b: Company| a.is_some_and(|a| self.words.companies.agree(a, b));
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
        self.get(slot).is_some_and(|known| fit::shared_ends(&self.words.companies, known, told) > 0)
    }

    fn is_over(&self, known: &Known, told: &fit::Told) -> bool {
        told.event - known.event() > delta(self.settings.window) || !known.is_complete()
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
