//! People whom an article does not name: "OpenAI's policy head", "three researchers".
//!
//! An unnamed claim joins the named move that explains it, and a name that comes later completes the
//! unnamed move. Of a group, the first name takes over the group's move, which then stands for that
//! person and the others; each further name is a move of its own and takes one off that number.

use chrono::TimeDelta;

use super::brief::{Asked, Sieve, units};
use super::ends;
use super::fit::{self, CORRECTION, Fit};
use super::id::MoveId;
use super::index::Slot;
use super::known::Known;
use super::role::{Comparison, Roles};
use super::verdict::Verdict;
use super::{Incoming, Tracker, reports};
use crate::model::Kind::Promoted;
use crate::model::Move;
use crate::model::Status;

/// With one end in common and no role to compare, only reports this close are of one person.
pub(crate) const CLOSE: TimeDelta = TimeDelta::days(2);

/// The claims of one article are seen within this time.
const AT_ONCE: TimeDelta = TimeDelta::minutes(1);

/// How well an unnamed claim and a move go together, best last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Closeness(u8);

impl Closeness {
    /// The reasons, the strongest first; `shared` is at most 2.
    pub(crate) fn new(
        same_article: bool,
        roles_agree: bool,
        shared: usize,
        groups: bool,
        named: bool,
    ) -> Self {
        let shared = u8::try_from(shared.min(3)).unwrap_or(3);
        let first = u8::from(same_article) << 1 | u8::from(roles_agree);
        Closeness(first << 4 | shared << 2 | u8::from(groups) << 1 | u8::from(named))
    }
}

/// A move that explains a claim, and how well.
pub(crate) type Closest<'a> = ((Closeness, &'a MoveId), Slot);

/// What of an unnamed claim is worked out once, for moves with a name and those without one.
struct Asking<'a> {
    roles: Comparison<'a>,
    /// Moves that may have a report of the claim's article.
    in_article: Vec<Slot>,
}

impl<'a> Asking<'a> {
    fn of(incoming: &Incoming<'a>, tracker: &'a Tracker) -> Self {
        let (claim, article) = (&incoming.record.claim, &incoming.record.article);
        let (url, outlet, title) = (article.url.as_deref(), &article.outlet, &article.title);
        Asking {
            roles: Comparison::new(claim.role.as_deref(), &tracker.words.roles),
            in_article: tracker.articles.find(url, outlet, title),
        }
    }
}

impl Tracker {
    pub(crate) fn merge_unnamed(&mut self, incoming: &Incoming<'_>) -> Verdict {
        let asking = Asking::of(incoming, self);
        let best =
            self.closest(incoming, &asking, true).max(self.closest(incoming, &asking, false));
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
        asking: &Asking<'_>,
        named: bool,
    ) -> Option<Closest<'a>> {
        let (told, claim) = (&incoming.told, &incoming.record.claim);
        // "700 employees do not leave" says nothing of the one who does.
        if named && claim.count > 1 && told.status == Status::Denied {
            return None;
        }
        let asked = Asked {
            event: units(told.event),
            group: claim.count > 1,
            promoted: told.kind == Promoted,
            named,
        };
        let mut sieve = Sieve::new(asked, asking.roles.clone());
        let mut best: Option<Closest<'_>> = None;
        for slot in &asking.in_article {
            best = best.max(self.closeness(*slot, incoming, named, &mut sieve.roles));
        }
        for look in ends::to_find(self.houses(&told.ends), told.event, named) {
            sieve.turn_to(look);
            let entries = self.by_ends.entries_in_order(look.key);
            best = sieve
                .sift(&entries, best, |slot, roles| self.closeness(slot, incoming, named, roles));
        }
        best
    }

    fn closeness<'a>(
        &'a self,
        slot: Slot,
        incoming: &Incoming<'_>,
        named: bool,
        roles: &mut Comparison<'_>,
    ) -> Option<Closest<'a>> {
        let known = self.get(slot).filter(|known| known.is_named() == named)?;
        Some(((self.explains(known, incoming, roles)?, &known.id), slot))
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
        let agree = roles == Roles::Agree;
        (fits && counts).then(|| Closeness::new(same_article, agree, shared, groups, named))
    }

    /// True where the claim's article reports the move.
    fn is_in_article(&self, known: &Known, incoming: &Incoming<'_>) -> bool {
        (incoming.judged.seen - known.last_seen).abs() <= AT_ONCE
            && reports::same_article(known, incoming.record)
    }

    /// The unnamed move that a named claim completes.
    pub(crate) fn find_unnamed(&self, incoming: &Incoming<'_>) -> Option<Slot> {
        self.closest(incoming, &Asking::of(incoming, self), false).map(|(_, slot)| slot)
    }

    /// The move of a group, one of whom is named already, that the claim names another one of.
    pub(crate) fn find_group(&self, incoming: &Incoming<'_>) -> Option<Slot> {
        let told = &incoming.told;
        ends::to_find(self.houses(&told.ends), told.event, false)
            .iter()
            .flat_map(|look| self.by_ends.list(look.key))
            .filter(|(_, brief)| brief.may_be_named_group())
            .filter_map(|(slot, _)| {
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
        self.publish(slot, &mut of, None);
        Some(of)
    }
}
