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
mod articles;
mod begin;
mod brief;
pub(crate) mod company;
mod ends;
mod find;
mod fit;
pub mod history;
mod id;
mod index;
mod judge;
mod keys;
mod known;
pub mod lifecycle;
mod name;
mod named;
mod packed;
mod past;
mod reports;
mod rest;
mod revise;
mod role;
mod sound;
mod spellings;
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

use self::articles::Articles;
use self::brief::Brief;
use self::company::Companies;
use self::ends::Pair;
use self::find::Person;
use self::fit::Told;
use self::index::{Index, Slot};
use self::judge::{Judged, Weight};
use self::known::{Ends, Known, Words};
use self::sound::Print;
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
    words: Words,
    moves: Vec<Known>,
    /// The houses at their ends, each at its move's slot.
    pairs: Vec<Pair>,
    /// The same moves by person and by id.
    index: Index<Print>,
    /// Those that may be news, by their ends and the week.
    by_ends: Index<Brief>,
    articles: Articles,
    /// Moves whose reports are still held, the oldest on top.
    held: BinaryHeap<Reverse<(DateTime<Utc>, Slot)>>,
}

impl Tracker {
    /// Makes a tracker that knows only the past moves of `history`.
    pub fn new(settings: Settings, history: &History, companies: &[Relation]) -> Self {
        let mut tracker = Tracker {
            settings,
            words: Words { companies: Companies::new(companies), ..Words::default() },
            moves: Vec::new(),
            pairs: Vec::new(),
            index: Index::default(),
            by_ends: Index::default(),
            articles: Articles::default(),
            held: BinaryHeap::new(),
        };
        for past in &history.moves {
            let mut find = |name: &Option<String>| {
                name.as_deref().map(|name| tracker.words.companies.find(name))
            };
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
        let known = Known::new(published, &mut self.words, None, None);
        let slot = match self.find_id(&published.id) {
            Some(slot) => {
                let older = self.get(slot).is_some_and(|old| old.revision() < known.revision());
                if !older {
                    return;
                }
                self.replace(slot, known);
                Some(slot)
            }
            None => self.insert(known),
        };
        let Some(slot) = slot else { return };
        for report in &published.reports {
            self.articles.add(report.url.as_deref(), &report.outlet, &report.title, slot);
        }
    }

    /// Merges one claim and says what to publish and why.
    ///
    /// Named rules for odd claims: a time before 2000 or in the future (`judge`); from = to
    /// (`Contradiction`); a claim that comes twice (`Duplicate`); no end at all (`Unidentified`).
    pub fn merge(&mut self, record: &ClaimRecord, now: DateTime<Utc>) -> Verdict {
        let judged = judge::judge(record, &self.settings, now);
        if record.article.arrival == Arrival::Canary {
            let canary = begin::canary(record, &judged);
            return Verdict { outcome: Outcome::Canary, moves: vec![canary] };
        }
        self.forget(now);
        let claim = &record.claim;
        let mut find = |name: &Option<String>| {
            name.as_deref()
                .filter(|name| !name.trim().is_empty())
                .map(|n| self.words.companies.find(n))
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
        let person = Person::of(claim);
        let incoming = Incoming { record, judged, told, person: person.as_ref() };
        match &person {
            Some(person) => self.merge_named(&incoming, person),
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
            (Some(a), Some(b))
                if told.kind != Kind::Promoted && self.words.companies.same(a, b) =>
            {
                Some(Outcome::Contradiction)
            }
            (None, None) if told.kind != Kind::Founded => Some(Outcome::Unidentified),
            _ => None,
        }
    }
}

/// A claim on its way through the rules.
pub(crate) struct Incoming<'a> {
    record: &'a ClaimRecord,
    judged: Judged,
    told: Told,
    person: Option<&'a Person>,
}
