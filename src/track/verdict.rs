//! What the tracker decided about one claim.

use crate::model::{ChangeKind, Move};

/// Why a claim changed what it changed, or nothing. The values of a metric's label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// A move that was not known; its `attention` says whether anybody hears of it.
    New,
    /// Another article on a known move, and nothing new in it.
    MoreEvidence,
    /// The destination became known.
    Destination,
    /// The origin became known.
    Origin,
    /// The name became known.
    Person,
    /// Confirmed by the person or the company.
    Confirmed,
    /// Denied by the person or the company.
    Denied,
    /// The person went back.
    Reversed,
    /// An end was wrong before.
    Corrected,
    /// A move of `history.toml`: nothing is recorded.
    KnownHistory,
    /// A move that this installation knew before its window closed: nothing is recorded.
    KnownMove,
    /// The same claim, or the same article served again.
    Duplicate,
    /// A weaker claim that contradicts a stronger one about the same move, or a later one of the same
    /// article that says the opposite.
    Contradicted,
    /// The claim contradicts itself: from = to.
    Contradiction,
    /// The tagger found that it is no move, or one of long ago.
    NotAMove,
    /// Neither an origin nor a destination, or neither a name nor a role.
    Unidentified,
    /// The synthetic claim that proves the pipeline alive.
    Canary,
}

impl Outcome {
    /// Every value, in declaration order.
    pub const ALL: &'static [Outcome] = &[
        Outcome::New,
        Outcome::MoreEvidence,
        Outcome::Destination,
        Outcome::Origin,
        Outcome::Person,
        Outcome::Confirmed,
        Outcome::Denied,
        Outcome::Reversed,
        Outcome::Corrected,
        Outcome::KnownHistory,
        Outcome::KnownMove,
        Outcome::Duplicate,
        Outcome::Contradicted,
        Outcome::Contradiction,
        Outcome::NotAMove,
        Outcome::Unidentified,
        Outcome::Canary,
    ];

    /// The value of the metric's label.
    pub fn label(self) -> &'static str {
        match self {
            Outcome::New => "new",
            Outcome::MoreEvidence => "more_evidence",
            Outcome::Destination => "destination",
            Outcome::Origin => "origin",
            Outcome::Person => "person",
            Outcome::Confirmed => "confirmed",
            Outcome::Denied => "denied",
            Outcome::Reversed => "reversed",
            Outcome::Corrected => "corrected",
            Outcome::KnownHistory => "known_history",
            Outcome::KnownMove => "known_move",
            Outcome::Duplicate => "duplicate",
            Outcome::Contradicted => "contradicted",
            Outcome::Contradiction => "contradiction",
            Outcome::NotAMove => "not_a_move",
            Outcome::Unidentified => "unidentified",
            Outcome::Canary => "canary",
        }
    }
}

impl From<ChangeKind> for Outcome {
    fn from(kind: ChangeKind) -> Self {
        match kind {
            ChangeKind::New => Outcome::New,
            ChangeKind::Destination => Outcome::Destination,
            ChangeKind::Origin => Outcome::Origin,
            ChangeKind::Person => Outcome::Person,
            ChangeKind::Confirmed => Outcome::Confirmed,
            ChangeKind::Denied => Outcome::Denied,
            ChangeKind::Reversed => Outcome::Reversed,
            ChangeKind::Corrected => Outcome::Corrected,
        }
    }
}

/// What the tracker decided about one claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Why.
    pub outcome: Outcome,
    /// The revisions to publish: none, one, or two where a name explains one of an unnamed group.
    pub moves: Vec<Move>,
}

impl Verdict {
    /// A verdict that publishes nothing.
    pub(crate) fn nothing(outcome: Outcome) -> Self {
        Verdict { outcome, moves: Vec::new() }
    }
}
