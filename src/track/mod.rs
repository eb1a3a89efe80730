//! Merges claims into moves: one move per real-world event, whatever outlets and languages report it.
//!
//! In: claims, one after the other, and the moves of the compacted topic after a restart. Out: the
//! revisions of moves to publish, and why. Pure: the clock is an argument.
//!
//! Guarantees. The same claims in the same order give byte-identical moves. Claims in another order
//! give the same set of moves, with these exceptions, where the order is all there is to judge by:
//! - a denial that comes before the first report is overruled by it; after it, it denies the move;
//! - partial claims of two moves of one person ("left A", "joined C" of A -> B and B -> C);
//! - two claims of one article that say opposite things of one person: the first one counts;
//! - a return that comes before the departure ("joined A" before "left A") is a move of its own;
//! - ids differ where two moves of one person, or of two people of one name, begin in one month,
//!   where a month ends between the first claims, and where the first claim names nobody or
//!   spells the name in another script;
//! - an article that is too old to alert is only too old if it comes first.
//!
//! A tracker that is restored from its published moves continues as if nothing had happened,
//! whatever the order of the records.
//!
//! Elsewhere: which claims are good enough to wake a person in `extract`; who is woken in `notify`.

mod apply;
pub(crate) mod company;
mod find;
mod fit;
pub mod history;
mod index;
mod judge;
mod keys;
mod known;
pub mod lifecycle;
mod name;
mod packed;
mod past;
mod role;
mod sound;
mod unnamed;
mod verdict;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;

use chrono::{DateTime, Utc};

pub use company::Relation;
pub use history::History;
pub use lifecycle::State;
pub use verdict::{Outcome, Verdict};

use self::apply::Joining;
use self::company::Companies;
use self::find::Person;
use self::fit::{Fit, Told};
use self::index::{Index, Slot};
use self::judge::{Judged, Weight, delta};
use self::known::{Ends, Known};
use self::role::Signature;
use crate::model::{Arrival, ClaimRecord, Kind, Move};

/// How the tracker merges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Claims whose articles are first seen (and published) within this time of each other may tell
    /// of one move; default 30 days.
    pub window: Duration,
    /// Older articles do not alert; default 48 hours.
    pub max_age: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            window: Duration::from_secs(30 * 24 * 3600),
            max_age: Duration::from_secs(48 * 3600),
        }
    }
}

/// Every known move, and the rules by which claims join them.
pub struct Tracker {
    settings: Settings,
    companies: Companies,
    moves: Vec<Known>,
    index: Index,
    /// Moves whose reports are still held, the oldest on top.
    held: BinaryHeap<Reverse<(DateTime<Utc>, Slot)>>,
}

impl Tracker {
    /// Makes a tracker that knows only the past moves of `history`.
    pub fn new(settings: Settings, history: &History, companies: &[Relation]) -> Self {
        let mut tracker = Tracker {
            settings,
            companies: Companies::new(companies),
            moves: Vec::new(),
            index: Index::default(),
            held: BinaryHeap::new(),
        };
        for past in &history.moves {
            let mut find =
                |name: &Option<String>| name.as_deref().map(|name| tracker.companies.find(name));
            let ends = Ends { from: find(&past.from), to: find(&past.to) };
            let known = Known::past(&past.person, &past.names, ends, past.kind, past.date);
            tracker.insert(known);
        }
        tracker
    }

    /// How many moves are held, those of the history left out.
    pub fn len(&self) -> usize {
        self.moves.iter().filter(|known| !known.history).count()
    }

    /// True when no move is held.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes back a move that was published, in any order; of two revisions the later one stays.
    pub fn restore(&mut self, published: &Move) {
        let known = Known::new(published, &mut self.companies, None);
        match self.find_id(&published.id) {
            Some(slot) => {
                let older = self.get(slot).is_some_and(|old| old.revision() < known.revision());
                if older {
                    self.replace(slot, known);
                }
            }
            None => {
                self.insert(known);
            }
        }
    }

    /// Merges one claim and says what to publish and why.
    ///
    /// Named rules for odd claims: a time before 2000 or in the future (`judge`); from = to
    /// (`Contradiction`); a claim that comes twice (`Duplicate`); no end at all (`Unidentified`).
    pub fn merge(&mut self, record: &ClaimRecord, now: DateTime<Utc>) -> Verdict {
        let judged = judge::judge(record, &self.settings, now);
        if record.article.arrival == Arrival::Canary {
            let canary = apply::canary(record, &judged);
            return Verdict { outcome: Outcome::Canary, moves: vec![canary] };
        }
        self.forget(now);
        let claim = &record.claim;
        let mut find = |name: &Option<String>| {
            name.as_deref().filter(|name| !name.trim().is_empty()).map(|n| self.companies.find(n))
        };
        let told = Told {
            ends: Ends { from: find(&claim.from), to: find(&claim.to) },
            kind: claim.kind,
            status: claim.status,
            event: judged.event(),
        };
        if let Some(outcome) = self.refuse(&told, &judged) {
            return Verdict::nothing(outcome);
        }
        let role = Signature::of(claim.role.as_deref());
        let incoming = Incoming { record, judged, told, role };
        match Person::of(claim) {
            Some(person) => self.merge_named(&incoming, &person),
            None if claim.role.is_none() && claim.count < 2 && !told.ends.both() => {
                Verdict::nothing(Outcome::Unidentified)
            }
            None => self.merge_unnamed(&incoming),
        }
    }

    /// Why a claim goes no further, whatever is known.
    fn refuse(&self, told: &Told, judged: &Judged) -> Option<Outcome> {
        if judged.weight == Weight::None {
            return Some(Outcome::NotAMove);
        }
        match (told.ends.from, told.ends.to) {
            (Some(a), Some(b)) if told.kind != Kind::Promoted && self.companies.same(a, b) => {
                Some(Outcome::Contradiction)
            }
            (None, None) if told.kind != Kind::Founded => Some(Outcome::Unidentified),
            _ => None,
        }
    }

    fn merge_named(&mut self, incoming: &Incoming<'_>, person: &Person) -> Verdict {
        let people = self.find_person(person, &incoming.told.ends);
        let (fit, slot) = self.best_fit(&people, incoming);
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

    /// The move of this person that the claim fits best, by content alone.
    fn best_fit(&self, people: &[find::Found], incoming: &Incoming<'_>) -> (Fit, Option<Slot>) {
        let told = &incoming.told;
        let active =
            |slot: Slot| self.get(slot).filter(|known| self.is_active(known, &incoming.judged));
        let latest = people
            .iter()
            .filter_map(|found| active(found.slot))
            .filter(|known| known.reversed_at.is_none() && known.kind != Kind::Promoted)
            .map(Known::event)
            .max();
        let mut best = (Fit::Other, None);
        let mut best_key = None;
        for found in people {
            let Some(known) = active(found.slot) else { continue };
            let shared = fit::shared_ends(&self.companies, known, told);
            let mut fit = fit::fit(&self.companies, known, told);
            if fit == Fit::SaysOtherwise {
                let same = apply::same_outlet(known, incoming.record);
                fit = if same { Fit::Corrects } else { Fit::Other };
            }
            let allowed = match fit {
                Fit::Other | Fit::SaysOtherwise => false,
                Fit::Explains => found.is_sure() || shared > 0,
                Fit::Reverses => {
                    found.is_sure()
                        && (Some(known.event()) == latest || known.reversed_at.is_some())
                }
                Fit::Completes | Fit::Corrects | Fit::Contradicted => found.is_sure(),
            };
            let key = (fit, shared, found.likeness, known.event(), &known.id);
            if allowed && best_key.as_ref().is_none_or(|best| key > *best) {
                best = (fit, Some(found.slot));
                best_key = Some(key);
            }
        }
        best
    }

    /// True where the same article told that the person joins the company that the claim says they
    /// leave: what is news in it was told first, and this is how they had left before.
    fn is_turned_round(&self, people: &[find::Found], incoming: &Incoming<'_>) -> bool {
        let Some(from) = incoming.told.ends.from else { return false };
        people.iter().filter_map(|found| self.get(found.slot)).any(|known| {
            self.is_active(known, &incoming.judged)
                && known.ends.to.is_some_and(|to| self.companies.agree(to, from))
                && apply::same_article(known, incoming.record)
        })
    }

    /// Makes a move of a claim that fits none.
    fn begin(&mut self, incoming: &Incoming<'_>, who: &str) -> Verdict {
        let event = incoming.told.event;
        let mut earlier = 0;
        let mut id = apply::id_of(who, event, earlier);
        while self.find_id(&id).is_some() && earlier < 1000 {
            earlier += 1;
            id = apply::id_of(who, event, earlier);
        }
        let mut new = apply::begin(id, incoming.record, &incoming.judged);
        let known = Known::new(&new, &mut self.companies, None);
        self.add_names(&mut new, &known.ends);
        self.insert(known);
        Verdict { outcome: Outcome::New, moves: vec![new] }
    }

    /// Writes a claim into a known move.
    fn join(&mut self, slot: Slot, incoming: &Incoming<'_>, fit: Fit, names: bool) -> Verdict {
        let Some(known) = self.get(slot) else { return Verdict::nothing(Outcome::KnownMove) };
        if known.has_merged(apply::short(&incoming.record.id)) {
            return Verdict::nothing(Outcome::Duplicate);
        }
        let Some(mut of) = known.to_move(&self.companies) else {
            return Verdict::nothing(Outcome::KnownMove);
        };
        let joining = Joining { record: incoming.record, judged: &incoming.judged, fit, names };
        let Some(applied) = joining.apply(&mut of, &mut self.companies) else {
            return Verdict::nothing(Outcome::Duplicate);
        };
        self.publish(slot, &mut of);
        let outcome = applied.kind.map_or(Outcome::MoreEvidence, Outcome::from);
        Verdict { outcome, moves: vec![of] }
    }

    /// Remembers a revision and gives it the display names of its ends.
    fn publish(&mut self, slot: Slot, of: &mut Move) {
        let before = self.moves.get(slot as usize);
        let known = Known::new(of, &mut self.companies, before);
        self.add_names(of, &known.ends);
        self.replace(slot, known);
    }

    fn add_names(&self, of: &mut Move, ends: &Ends) {
        of.from_name = ends.from.map(|end| self.companies.name(end).to_owned());
        of.to_name = ends.to.map(|end| self.companies.name(end).to_owned());
    }

    /// True while a claim with these times may join the move.
    fn is_active(&self, known: &Known, judged: &Judged) -> bool {
        let window = delta(self.settings.window);
        !known.history
            && known.is_complete()
            && (judged.seen - known.first_seen).abs() <= window
            && (judged.event() - known.event()).abs() <= window
    }

    /// Drops the reports of moves that no claim can join any more. Twice the window, because
    /// claims may come out of order.
    fn forget(&mut self, now: DateTime<Utc>) {
        let limit = now - delta(self.settings.window) * 2;
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

/// A claim on its way through the rules.
pub(crate) struct Incoming<'a> {
    record: &'a ClaimRecord,
    judged: Judged,
    told: Told,
    role: Signature,
}
