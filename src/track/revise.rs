//! Writes revisions of moves into the store, and forgets what no claim can change any more.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use super::apply::{self, Joining};
use super::begin;
use super::find::Person;
use super::fit::Fit;
use super::index::Slot;
use super::judge::{Judged, delta};
use super::known::{Ends, Known};
use super::verdict::{Outcome, Verdict};
use super::{Incoming, Tracker};
use crate::model::Move;

impl Tracker {
    /// Makes a move of a claim that fits none.
    pub(crate) fn begin(&mut self, incoming: &Incoming<'_>, who: &str) -> Verdict {
        let event = incoming.told.event;
        let mut earlier = 0;
        let mut id = begin::id_of(who, event, earlier);
        while self.find_id(&id).is_some() && earlier < 1000 {
            earlier += 1;
            id = begin::id_of(who, event, earlier);
        }
        let mut new = begin::begin(id, incoming.record, &incoming.judged, incoming.person);
        let known = Known::new(&new, &mut self.words, None, incoming.person);
        self.add_names(&mut new, &known.ends);
        if let Some(slot) = self.insert(known) {
            self.report(slot, incoming);
        }
        Verdict { outcome: Outcome::New, moves: vec![new] }
    }

    /// Writes a claim into a known move.
    pub(crate) fn join(
        &mut self,
        slot: Slot,
        incoming: &Incoming<'_>,
        fit: Fit,
        names: bool,
    ) -> Verdict {
        let Some(known) = self.moves.get(slot as usize) else {
            return Verdict::nothing(Outcome::KnownMove);
        };
        if known.has_merged(apply::short(&incoming.record.id)) {
            return Verdict::nothing(Outcome::Duplicate);
        }
        let Some(mut of) = known.to_move(&self.words) else {
            return Verdict::nothing(Outcome::KnownMove);
        };
        let joining = Joining {
            record: incoming.record,
            judged: &incoming.judged,
            person: incoming.person,
            fit,
            names,
        };
        let Some(applied) = joining.apply(&mut of, known, &mut self.words) else {
            return Verdict::nothing(Outcome::Duplicate);
        };
        self.publish(slot, &mut of, incoming.person);
        self.report(slot, incoming);
        let outcome = applied.kind.map_or(Outcome::MoreEvidence, Outcome::from);
        Verdict { outcome, moves: vec![of] }
    }

    fn report(&mut self, slot: Slot, incoming: &Incoming<'_>) {
        let article = &incoming.record.article;
        self.articles.add(article.url.as_deref(), &article.outlet, &article.title, slot);
    }

    /// Remembers a revision and gives it the display names of its ends.
    pub(crate) fn publish(&mut self, slot: Slot, of: &mut Move, person: Option<&Person>) {
        let before = self.moves.get(slot as usize);
        let known = Known::new(of, &mut self.words, before, person);
        self.add_names(of, &known.ends);
        self.replace(slot, known);
    }

    fn add_names(&self, of: &mut Move, ends: &Ends) {
        of.from_name = ends.from.map(|end| self.words.companies.name(end).to_owned());
        of.to_name = ends.to.map(|end| self.words.companies.name(end).to_owned());
    }

    /// True while a claim with these times may join the move.
    pub(crate) fn is_active(&self, known: &Known, judged: &Judged) -> bool {
        let window = delta(self.settings.window);
        !known.history
            && known.is_complete()
            && (judged.seen - known.first_seen).abs() <= window
            && (judged.event() - known.event()).abs() <= window
    }

    /// Drops the reports of moves that no claim can join any more. Twice the window, because
    /// claims may come out of order.
    pub(crate) fn forget(&mut self, now: DateTime<Utc>) {
        let age = delta(self.settings.window) * 2;
        self.articles.forget(now, age);
        let limit = now - age;
        while let Some(Reverse((seen, slot))) = self.held.peek().copied() {
            if seen >= limit {
                break;
            }
            self.held.pop();
            if let Some(known) = self.moves.get_mut(slot as usize) {
                known.forget_reports();
            }
        }
    }
}
