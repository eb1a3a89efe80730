//! Writes what a claim says into a move.

use chrono::{DateTime, Utc};

use super::company::{Companies, Company};
use super::find::Person;
use super::fit::Fit;
use super::judge::{Judged, Weight};
use super::known::{Known, Words};
use super::lifecycle::State;
use super::reports::add_report;
use super::spellings::add_spelling;
use crate::model::{Attention, Change, ChangeKind, ClaimRecord, Kind, Move, Status};

/// Claim ids remembered.
const MERGED: usize = 64;

/// A claim on its way into a move.
pub(crate) struct Joining<'a> {
    pub(crate) record: &'a ClaimRecord,
    pub(crate) judged: &'a Judged,
    pub(crate) person: Option<&'a Person>,
    pub(crate) fit: Fit,
    /// The claim has the name of the unnamed person whom the move is about.
    pub(crate) names: bool,
}

impl Joining<'_> {
    /// Writes the claim into the move. Returns the most noteworthy change, or `None` where nothing
    /// at all changed; then the move is as it was.
    pub(crate) fn apply(
        &self,
        of: &mut Move,
        before: &Known,
        words: &mut Words,
    ) -> Option<Applied> {
        let was_announced = of.is_announced();
        let kinds = match self.judged.weight {
            Weight::Full if was_announced => self.add_to_told(of, &mut words.companies),
            Weight::Full => self.add_to_untold(of),
            Weight::Weak if !was_announced => self.add_weak(of, &mut words.companies),
            Weight::Denial => self.deny(of),
            Weight::Weak | Weight::None => Vec::new(),
        };
        add_spelling(of, self.record, before.parsed(self.person));
        add_report(of, self.record);
        if before.says_all_of(of, words) {
            return None;
        }
        remember(of, self.record);
        of.first_seen = of.first_seen.min(self.judged.seen);
        of.last_seen = of.last_seen.max(self.judged.seen);
        of.first_published = match (of.first_published, self.judged.published) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        of.revision += 1;
        for kind in &kinds {
            note(of, *kind, self.record, self.judged.seen);
        }
        self.wake(of, was_announced, &kinds);
        Some(Applied { kind: kinds.first().copied() })
    }

    /// A claim of full weight meets a move that was told before.
    fn add_to_told(&self, of: &mut Move, companies: &mut Companies) -> Vec<ChangeKind> {
        let claim = &self.record.claim;
        let mut kinds = Vec::new();
        if self.fit == Fit::Reverses {
            if !of.is_reversed() {
                kinds.push(ChangeKind::Reversed);
            }
            return kinds;
        }
        if self.names && of.person.is_none() {
            of.person.clone_from(&claim.person);
            kinds.push(ChangeKind::Person);
        }
        let stronger = self.fit == Fit::Corrects || claim.status > of.status;
        match fill(&mut of.to, claim.to.as_deref(), companies, self.fit == Fit::Corrects) {
            Filled::New => kinds.push(ChangeKind::Destination),
            Filled::Corrected => kinds.push(ChangeKind::Corrected),
            Filled::Same => {}
        }
        match fill(&mut of.from, claim.from.as_deref(), companies, stronger) {
            Filled::New => kinds.push(ChangeKind::Origin),
            Filled::Corrected => kinds.push(ChangeKind::Corrected),
            Filled::Same => {}
        }
        let (state, change) = State::of(of).after(claim.status);
        of.status = state.status().unwrap_or(of.status);
        kinds.extend(change);
        self.fill_rest(of);
        kinds
    }

    /// A claim of full weight meets a move that rested on weak ones: it speaks for all of them.
    fn add_to_untold(&self, of: &mut Move) -> Vec<ChangeKind> {
        let claim = &self.record.claim;
        of.from.clone_from(&claim.from);
        of.to.clone_from(&claim.to);
        of.status = claim.status;
        of.kind = claim.kind;
        of.role = claim.role.clone().or(of.role.take());
        of.person = claim.person.clone().or(of.person.take());
        of.confidence = claim.confidence;
        of.kind = kind_of(of, claim.kind);
        if self.judged.announces { vec![ChangeKind::New] } else { Vec::new() }
    }

    fn add_weak(&self, of: &mut Move, companies: &mut Companies) -> Vec<ChangeKind> {
        let claim = &self.record.claim;
        if matches!(self.fit, Fit::Reverses | Fit::Corrects) {
            return Vec::new();
        }
        fill(&mut of.to, claim.to.as_deref(), companies, false);
        fill(&mut of.from, claim.from.as_deref(), companies, false);
        of.status = State::of(of).after(claim.status).0.status().unwrap_or(of.status);
        if of.person.is_none() && self.names {
            of.person.clone_from(&claim.person);
        }
        self.fill_rest(of);
        Vec::new()
    }

    fn deny(&self, of: &mut Move) -> Vec<ChangeKind> {
        let (state, change) = State::of(of).after(Status::Denied);
        of.status = state.status().unwrap_or(of.status);
        change.filter(|_| of.is_announced()).into_iter().collect()
    }

    fn fill_rest(&self, of: &mut Move) {
        let claim = &self.record.claim;
        if of.role.is_none() {
            of.role.clone_from(&claim.role);
        }
        of.confidence = of.confidence.max(claim.confidence);
        if claim.person.is_none() && of.person.is_none() {
            of.count = of.count.max(claim.count);
        }
        of.kind = kind_of(of, claim.kind);
    }

    /// Decides whom the move may wake from now on. Repetition wakes nobody: a move that was told
    /// silently wakes only for news, one that nobody was told of wakes as new.
    fn wake(&self, of: &mut Move, was_announced: bool, kinds: &[ChangeKind]) {
        let news = kinds.iter().any(|kind| {
            matches!(
                kind,
                ChangeKind::Destination
                    | ChangeKind::Confirmed
                    | ChangeKind::Reversed
                    | ChangeKind::Corrected
            )
        });
        let fresh = self.judged.attention;
        of.attention = match (of.attention, fresh) {
            (Attention::Alert, _) => Attention::Alert,
            (old, _) if was_announced && !news => old,
            (Attention::Digest, Attention::Silent) => Attention::Digest,
            (_, fresh) => fresh,
        };
    }
}

/// What [`Joining::apply`] did.
pub(crate) struct Applied {
    /// The most noteworthy change; `None` for one more report.
    pub(crate) kind: Option<ChangeKind>,
}

/// How an end was filled.
#[derive(PartialEq, Eq)]
enum Filled {
    New,
    Corrected,
    Same,
}

/// Fills one end by what a claim says: an empty one, by a name that says more, or by force.
fn fill(
    end: &mut Option<String>,
    said: Option<&str>,
    companies: &mut Companies,
    force: bool,
) -> Filled {
    let Some(said) = said else { return Filled::Same };
    let Some(old) = end.as_deref() else {
        *end = Some(said.to_owned());
        return Filled::New;
    };
    let (a, b): (Company, Company) = (companies.find(said), companies.find(old));
    if companies.agree(a, b) {
        if companies.says_more(a, b) {
            *end = Some(said.to_owned());
        }
        Filled::Same
    } else if force {
        *end = Some(said.to_owned());
        Filled::Corrected
    } else {
        Filled::Same
    }
}

/// The kind by the ends that are known; a founding stays one.
pub(super) fn kind_of(of: &Move, said: Kind) -> Kind {
    match (of.kind, said) {
        (Kind::Promoted, _) | (_, Kind::Promoted) => Kind::Promoted,
        (Kind::Founded, _) | (_, Kind::Founded) => Kind::Founded,
        _ => match (&of.from, &of.to) {
            (Some(_), Some(_)) => Kind::Moved,
            (None, Some(_)) => Kind::Joined,
            (Some(_), None) => Kind::Left,
            (None, None) => said,
        },
    }
}

pub(super) fn note(of: &mut Move, kind: ChangeKind, record: &ClaimRecord, at: DateTime<Utc>) {
    of.changes.push(Change { revision: of.revision, kind, at, cause: record.id.clone() });
}

pub(super) fn remember(of: &mut Move, record: &ClaimRecord) {
    if of.merged.len() >= MERGED {
        of.merged.remove(0);
    }
    of.merged.push(short(&record.id));
}

/// The beginning of an id as a number; ids are hashes, so that it is as good as any other part.
pub(crate) fn short(id: &str) -> u32 {
    let digits = id.char_indices().nth(8).map_or(id, |(end, _)| id.split_at(end).0);
    u32::from_str_radix(digits, 16).unwrap_or_else(|_| {
        id.bytes().fold(0x811c_9dc5, |hash: u32, b| (hash ^ u32::from(b)).wrapping_mul(0x0100_0193))
    })
}
