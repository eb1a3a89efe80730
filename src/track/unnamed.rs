//! People whom an article does not name: "OpenAI's policy head", "three researchers".
//!
//! An unnamed claim joins the named move that explains it, and a name that comes later completes the
//! unnamed move. Of a group, the first name takes over the group's move, which then stands for that
//! person and the others; each further name is a move of its own and takes one off that number.

use chrono::TimeDelta;

use super::fit::{self, CORRECTION, Fit};
use super::id::MoveId;
use super::index::Slot;
use super::keys;
use super::known::Known;
use super::role::{Comparison, Roles};
use super::verdict::Verdict;
use super::{Incoming, Tracker, reports};
use crate::model::Kind::Promoted;
use crate::model::Move;
use crate::model::Status;

/// With one end in common and no role to compare, only reports this close are of one person.
const CLOSE: TimeDelta = TimeDelta::days(2);

/// The claims of one article are seen within this time.
pub(crate) const AT_ONCE: TimeDelta = TimeDelta::minutes(1);

/// How well an unnamed claim and a move go together, best last.
pub(crate) type Closeness = (bool, bool, usize, bool, bool);

impl Tracker {
    pub(crate) fn merge_unnamed(&mut self, incoming: &Incoming<'_>) -> Verdict {
        let best = self.closest(incoming, true).max(self.closest(incoming, false));
        match best.map(|(_, slot)| slot) {
            Some(slot) => self.join(slot, incoming, Fit::Explains, false),
            None => {
                let claim = &incoming.record.claim;
                let part = |part: &Option<String>| part.clone().unwrap_or_default();
                let who = [part(&claim.from), part(&claim.to), part(&claim.role)].join(">");
                self.begin(incoming, &format!("{who}>{}", claim.count))
            }
        }
    }

    /// The move that explains an unnamed claim best, or that a named one completes; of equals the
    /// one with the last id, so that the order of the claims does not matter.
    fn closest<'a>(
        &'a self,
        incoming: &Incoming<'_>,
        named: bool,
    ) -> Option<((Closeness, &'a MoveId), Slot)> {
        let (told, claim) = (&incoming.told, &incoming.record.claim);
        let mut roles = Comparison::new(claim.role.as_deref(), &self.words.roles);
        let mut best: Option<((Closeness, &MoveId), Slot)> = None;
        for (key, _) in keys::to_find_ends(self.houses(&told.ends), told.event, named) {
            for slot in self.index.slots(key) {
                let Some(brief) = self.briefs.get(slot as usize) else { continue };
                let said = (told, &incoming.judged, claim.count);
                let at_most = brief.at_most(&self.words.companies, said, &mut roles);
                let worse = |((best, id), _): &((Closeness, &MoveId), Slot)| {
                    at_most.is_some_and(|at_most| !brief.beats(at_most, *best, id.head()))
                };
                if at_most.is_none()
                    || brief.is_named() != named
                    || best.as_ref().is_some_and(worse)
                {
                    continue;
                }
                let found = self.get(slot).and_then(|known| {
                    Some(((self.explains(known, incoming, &mut roles)?, &known.id), slot))
                });
                best = best.max(found);
            }
        }
        best
    }

    /// How well the move explains an unnamed claim; `None` where they are about different people.
    fn explains(
        &self,
        known: &Known,
        incoming: &Incoming<'_>,
        roles: &mut Comparison<'_>,
    ) -> Option<Closeness> {
        let told = &incoming.told;
        let apart = (told.event - known.event()).abs();
        if !self.is_active(known, &incoming.judged)
            || apart > CORRECTION
            || (known.kind == Promoted) != (told.kind == Promoted)
            || !fit::no_conflict(&self.words.companies, known, told)
        {
            return None;
        }
        let shared = fit::shared_ends(&self.words.companies, known, told);
        if shared == 0 {
            return None;
        }
        let claim = &incoming.record.claim;
        // "700 employees do not leave" says nothing of the one who does.
        if claim.count > 1 && told.status == Status::Denied && known.is_named() {
            return None;
        }
        let same_article = self.is_in_article(known, incoming);
        let roles = roles.with(known.role);
        let adds = !fit::adds_no_end(known, told);
        let both = shared == 2;
        let group = claim.count > 1 || known.count > 1;
        let fits = match roles {
            Roles::Agree => true,
            Roles::Differ => group && both,
            Roles::Unknown if both => true,
            Roles::Unknown => (apart <= CLOSE || same_article) && (!adds || !known.is_named()),
        };
        let counts = claim.count == known.count || known.is_named() || apart <= CLOSE;
        let groups = (claim.count > 1) == (known.count > 1);
        let named = known.is_named();
        (fits && counts).then_some((same_article, roles == Roles::Agree, shared, groups, named))
    }

    /// True where the claim's article reports the move.
    fn is_in_article(&self, known: &Known, incoming: &Incoming<'_>) -> bool {
        (incoming.judged.seen - known.last_seen).abs() <= AT_ONCE
            && reports::same_article(known, incoming.record)
    }

    /// The unnamed move that a named claim completes.
    pub(crate) fn find_unnamed(&self, incoming: &Incoming<'_>) -> Option<Slot> {
        self.closest(incoming, false).map(|(_, slot)| slot)
    }

    /// The move of a group, one of whom is named already, that the claim names another one of.
    pub(crate) fn find_group(&self, incoming: &Incoming<'_>) -> Option<Slot> {
        let told = &incoming.told;
        self.find_by_ends(&told.ends, told.event, false)
            .into_iter()
            .filter_map(|slot| {
                let known = self.get(slot).filter(|known| known.is_named() && known.count > 1)?;
                let near = (told.event - known.event()).abs() <= CORRECTION;
                let same = near
                    && self.is_active(known, &incoming.judged)
                    && fit::no_conflict(&self.words.companies, known, told)
                    && fit::shared_ends(&self.words.companies, known, told) > 0;
                same.then_some((&known.id, slot))
            })
            .max()
            .map(|(_, slot)| slot)
    }

    /// Takes one person off a group, silently: that person has a move of their own now.
    pub(crate) fn take_one_from(&mut self, slot: Slot, incoming: &Incoming<'_>) -> Option<Move> {
        let mut of = self.get(slot)?.to_move(&self.words)?;
        of.count = of.count.saturating_sub(1).max(1);
        of.revision += 1;
        of.last_seen = of.last_seen.max(incoming.judged.seen);
        self.publish(slot, &mut of);
        Some(of)
    }
}
