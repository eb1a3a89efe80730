//! How a claim fits a move of the same person.
//!
//! | move \ claim | A -> | -> B | A -> B | -> A | A -> C |
//! |---|---|---|---|---|---|
//! | A ->   | explains | completes | explains | reverses | explains |
//! | -> B   | completes | explains | explains | (other) | (other) |
//! | A -> B | explains | explains | explains | reverses | corrects, or the next move |
//!
//! The same person, inside the window; A, B and C are different houses.

use chrono::{DateTime, TimeDelta, Utc};

use super::company::{Companies, Company};
use super::known::{Ends, Known};
use crate::model::{Kind, Status};

/// Two reports on where somebody goes are about one move when they are this close.
pub(crate) const CORRECTION: TimeDelta = TimeDelta::days(7);
/// How long after somebody went back reports still mean the first departure.
const AFTER_REVERSAL: TimeDelta = TimeDelta::days(3);

/// What a claim says of the move that it is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// Another move.
    Other,
    /// The same move with another destination, said with less certainty.
    Contradicted,
    /// The same move with another destination, said with as much certainty: the correction of an
    /// outlet if it contradicts itself, else the next move.
    SaysOtherwise,
    /// The same move with another destination, said with more certainty.
    Corrects,
    /// The person went back to the origin.
    Reverses,
    /// The claim has the end that the move lacks, and they share none.
    Completes,
    /// They share an end.
    Explains,
}

/// What the comparison needs of a claim.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    pub(crate) ends: Ends,
    pub(crate) kind: Kind,
    pub(crate) status: Status,
    pub(crate) event: DateTime<Utc>,
}

/// How one end of the claim compares with the same end of the move.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Same,
    Differ,
    OnlyMove,
    OnlyClaim,
    Neither,
}

fn end(companies: &Companies, of_move: Option<Company>, of_claim: Option<Company>) -> End {
    match (of_move, of_claim) {
        (Some(a), Some(b)) if companies.agree(a, b) => End::Same,
        (Some(_), Some(_)) => End::Differ,
        (Some(_), None) => End::OnlyMove,
        (None, Some(_)) => End::OnlyClaim,
        (None, None) => End::Neither,
    }
}

/// Compares a claim with a move of the same person inside the window.
pub(crate) fn fit(companies: &Companies, known: &Known, told: &Told) -> Fit {
    let over = known.reversed_at.is_some_and(|at| told.event > at + AFTER_REVERSAL);
    if over || (known.kind == Kind::Promoted) != (told.kind == Kind::Promoted) {
        return Fit::Other;
    }
    let from = end(companies, known.ends.from, told.ends.from);
    let to = end(companies, known.ends.to, told.ends.to);
    let agree = |a: Option<Company>, b: Option<Company>| {
        a.zip(b).is_some_and(|(a, b)| companies.agree(a, b))
    };
    let back = || agree(known.ends.from, told.ends.to) && told.event >= known.event();
    match (from, to) {
        // The same destination with another origin is one move; an outlet has the origin wrong.
        (_, End::Same) => Fit::Explains,
        (End::Same, End::Differ) => other_destination(known, told),
        (End::Same, _) => Fit::Explains,
        (End::OnlyMove, End::OnlyClaim) if agree(known.ends.from, told.ends.to) => {
            if back() {
                Fit::Reverses
            } else {
                Fit::Other
            }
        }
        (End::OnlyMove, End::OnlyClaim) => Fit::Completes,
        (End::OnlyClaim, End::OnlyMove) if agree(known.ends.to, told.ends.from) => Fit::Other,
        (End::OnlyClaim, End::OnlyMove) => Fit::Completes,
        (End::OnlyMove | End::Differ, End::Differ | End::OnlyClaim) if back() => Fit::Reverses,
        (End::OnlyMove, End::Differ) => other_destination(known, told),
        // A founding without a name yet.
        (End::OnlyMove | End::Neither, End::Neither) if both_founded(known, told) => Fit::Explains,
        (End::Neither, End::OnlyClaim | End::OnlyMove) if both_founded(known, told) => {
            Fit::Completes
        }
        (End::OnlyClaim, End::Neither) if both_founded(known, told) => Fit::Completes,
        _ => Fit::Other,
    }
}

fn both_founded(known: &Known, told: &Told) -> bool {
    known.kind == Kind::Founded && told.kind == Kind::Founded
}

fn other_destination(known: &Known, told: &Told) -> Fit {
    if (told.event - known.event()).abs() > CORRECTION {
        return Fit::Other;
    }
    match certainty(told.status).cmp(&certainty(known.status)) {
        std::cmp::Ordering::Less => Fit::Contradicted,
        std::cmp::Ordering::Equal => Fit::SaysOtherwise,
        std::cmp::Ordering::Greater => Fit::Corrects,
    }
}

fn certainty(status: Status) -> u8 {
    match status {
        Status::Denied => 0,
        Status::Rumoured => 1,
        Status::Reported => 2,
        Status::Confirmed => 3,
    }
}

/// How many ends of the claim the move has too.
pub(crate) fn shared_ends(companies: &Companies, known: &Known, told: &Told) -> usize {
    known.ends.shared(&told.ends, companies)
}

impl Ends {
    /// How many ends both have.
    pub(crate) fn shared(&self, other: &Ends, companies: &Companies) -> usize {
        let same = |a, b| usize::from(end(companies, a, b) == End::Same);
        same(self.from, other.from) + same(self.to, other.to)
    }
}

/// True where no end of the claim contradicts the move's.
pub(crate) fn no_conflict(companies: &Companies, known: &Known, told: &Told) -> bool {
    end(companies, known.ends.from, told.ends.from) != End::Differ
        && end(companies, known.ends.to, told.ends.to) != End::Differ
}

/// True where the claim has no end that the move lacks.
pub(crate) fn adds_no_end(known: &Known, told: &Told) -> bool {
    (told.ends.from.is_none() || known.ends.from.is_some())
        && (told.ends.to.is_none() || known.ends.to.is_some())
}
