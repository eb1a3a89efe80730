//! What a receiver is to be told of a move next. Pure.
//!
//! Per move a receiver goes through: *intended* (committed), post, *delivered* (committed). An
//! intent without a delivery is in doubt after a crash; where the receiver knows ids it is settled
//! under the same id, elsewhere it is posted again and counted.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::message::{Event, MoveNews};
use crate::model::delivery::Delivery;
use crate::model::moves::Attention;
use crate::model::{Change, ChangeKind, Move};

/// Why there is nothing to tell. The labels are those of the metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Nothing {
    /// Everything noteworthy was told, or given up.
    Told,
    /// The move is recorded only.
    Silent,
    /// It is older than what this receiver wants to hear of.
    Old,
}

impl Nothing {
    /// The value of the metric's label.
    pub fn label(self) -> &'static str {
        match self {
            Self::Told => "told",
            Self::Silent => "silent",
            Self::Old => "old",
        }
    }
}

/// Returns the news that a receiver lacks, or why it lacks none.
///
/// Nothing delivered yet: the move is reported, once in its life, if it may wake anybody.
/// Otherwise its newest noteworthy change after the last revision delivered. `horizon` is the
/// time before which a receiver wants to hear of nothing.
///
/// # Errors
/// Why there is nothing to tell.
pub fn next_news(
    mv: &Arc<Move>,
    known: Option<&Delivery>,
    horizon: DateTime<Utc>,
) -> Result<MoveNews, Nothing> {
    let (delivered, dead) = known.map_or((0, 0), |known| (known.delivered, known.dead));
    let newest = newest_change(mv, delivered.max(dead), mv.revision);
    if delivered == 0 {
        if mv.attention == Attention::Silent {
            return Err(Nothing::Silent);
        }
        // After a dead letter only something new is worth another beginning.
        let change = match newest {
            Some(change) => change.clone(),
            None if dead == 0 => first_report(mv),
            None => return Err(Nothing::Told),
        };
        if change.at < horizon {
            return Err(Nothing::Old);
        }
        return Ok(news(mv, Event::Reported, &change));
    }
    let change = newest.ok_or(Nothing::Told)?;
    if change.at < horizon {
        return Err(Nothing::Old);
    }
    Ok(news(mv, event_of(change.kind), change))
}

/// Returns the news that a receiver may or may not have got before a crash: under the revision
/// that was intended, whatever the move has become since.
pub fn doubtful_news(mv: &Arc<Move>, known: &Delivery) -> MoveNews {
    let mut same = mv.as_ref().clone();
    same.revision = known.intended;
    let change = newest_change(mv, known.delivered, known.intended).cloned();
    let change = change.unwrap_or_else(|| first_report(mv));
    let event = if known.delivered == 0 { Event::Reported } else { event_of(change.kind) };
    news(&Arc::new(same), event, &change)
}

/// The id of a message: the same on every retry, on every machine.
pub fn message_id(subject: &str, revision: u32) -> String {
    format!("{subject}-{revision}")
}

fn newest_change(mv: &Move, after: u32, up_to: u32) -> Option<&Change> {
    let fits = |change: &&Change| change.revision > after && change.revision <= up_to;
    mv.changes.iter().filter(fits).max_by_key(|change| change.revision)
}

fn first_report(mv: &Move) -> Change {
    let change = mv.changes.iter().max_by_key(|change| change.revision).cloned();
    change.unwrap_or_else(|| Change {
        revision: mv.revision,
        kind: ChangeKind::New,
        at: mv.first_seen,
        cause: String::new(),
    })
}

fn event_of(kind: ChangeKind) -> Event {
    if kind == ChangeKind::Denied { Event::Denied } else { Event::Updated }
}

fn news(mv: &Arc<Move>, event: Event, change: &Change) -> MoveNews {
    // A first report brings nothing but itself, even where the move grew before it was told.
    let kind = if event == Event::Reported { ChangeKind::New } else { change.kind };
    MoveNews { mv: mv.clone(), event, change: kind, at: change.at }
}
