//! How much a claim weighs, before it is compared with any move.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::Settings;
use crate::model::{Arrival, Attention, ClaimRecord, Kind, Status, Suppressed};

/// What a claim may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Make a move, complete it, raise its status.
    Full,
    /// Make a silent move; beside a move that rests on more it is only another report.
    Weak,
    /// Deny a move.
    Denial,
    /// Nothing: it tells of no move, or of one long ago.
    None,
}

/// A claim's times and weight, by the rules for odd clocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judged {
    pub(crate) weight: Weight,
    /// First seen; never later than now, and now where the clock of the poller was not set.
    pub(crate) seen: DateTime<Utc>,
    /// Published; absent where the outlet's date makes no sense, never later than `seen`.
    pub(crate) published: Option<DateTime<Utc>>,
    /// Whom a move made of this claim alone may wake.
    pub(crate) attention: Attention,
    /// True where such a move counts as told: alerted, in a digest, seeded or too old.
    pub(crate) announces: bool,
}

impl Judged {
    /// When it happened, as far as the article tells.
    pub(crate) fn event(&self) -> DateTime<Utc> {
        self.published.unwrap_or(self.seen)
    }
}

/// Judges a claim.
///
/// Clocks: a time before 2000 counts as unset (a feed that says 1970, a machine without a clock),
/// one in the future as now.
///
/// Attention: only a live article wakes anybody. It alerts up to `max_age` after publication, goes
/// to the digest up to `window`, and is recorded silently after that. A seeded article makes the
/// move known; an edited article does not, so that the next live one may still alert.
pub(crate) fn judge(record: &ClaimRecord, settings: &Settings, now: DateTime<Utc>) -> Judged {
    let sane = |time: &DateTime<Utc>| time.timestamp() >= 946_684_800;
    let seen = Some(record.article.first_seen).filter(sane).unwrap_or(now).min(now);
    let published = record.article.published.filter(sane).map(|published| published.min(seen));
    let weight = weight(record);
    let age = now - published.unwrap_or(seen);
    let attention = match record.article.arrival {
        _ if weight != Weight::Full => Attention::Silent,
        Arrival::Seed | Arrival::Edit | Arrival::Canary => Attention::Silent,
        Arrival::Live if age <= delta(settings.max_age) => Attention::Alert,
        Arrival::Live if age <= delta(settings.window) => Attention::Digest,
        Arrival::Live => Attention::Silent,
    };
    let announces =
        weight == Weight::Full && matches!(record.article.arrival, Arrival::Live | Arrival::Seed);
    Judged { weight, seen, published, attention, announces }
}

fn weight(record: &ClaimRecord) -> Weight {
    let claim = &record.claim;
    match claim.suppressed {
        Some(Suppressed::LowConfidence | Suppressed::Unwatched | Suppressed::Promotion) => {
            Weight::Weak
        }
        None | Some(Suppressed::Negated) if claim.status == Status::Denied => Weight::Denial,
        None if claim.alert && claim.kind != Kind::Promoted => Weight::Full,
        None => Weight::Weak,
        Some(_) => Weight::None,
    }
}

/// A duration of the settings as a difference of times.
pub(crate) fn delta(duration: Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX)
}
