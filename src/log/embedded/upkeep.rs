//! Retention and compaction, in slices so small that no commit waits long behind one.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, TransactionBehavior};

use super::error::Failure;
use crate::log::topic::{Cleanup, Topic};

/// Records looked at in one slice.
const SLICE: i64 = 256;
/// How long a tombstone is kept, so that readers that lag see it.
const TOMBSTONES: TimeDelta = TimeDelta::days(7);

/// A little work for the writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slice {
    /// Delete what the topic's cleanup says.
    Clean(Topic),
    /// Forget that this inbox file was published: it is removed.
    Forget(String),
}

/// Does one slice; true where another one would find more to do.
pub(super) fn run(
    connection: &mut Connection,
    slice: &Slice,
    now: DateTime<Utc>,
) -> Result<bool, Failure> {
    match slice {
        Slice::Forget(name) => {
            connection.execute("DELETE FROM inbox WHERE name = ?1", [name])?;
            Ok(false)
        }
        Slice::Clean(topic) => match topic.cleanup() {
            Cleanup::Delete(age) => {
                let age = TimeDelta::from_std(age).unwrap_or(TimeDelta::MAX);
                retain(connection, *topic, before(now, age))
            }
            Cleanup::Compact => compact(connection, *topic, before(now, TOMBSTONES)),
        },
    }
}

fn before(now: DateTime<Utc>, age: TimeDelta) -> i64 {
    now.checked_sub_signed(age).unwrap_or(DateTime::UNIX_EPOCH).timestamp_millis()
}

fn retain(connection: &Connection, topic: Topic, cutoff: i64) -> Result<bool, Failure> {
    let name = topic.name();
    let deleted = connection
        .prepare_cached(&format!(
            "DELETE FROM \"{name}\" WHERE offset IN \
             (SELECT offset FROM \"{name}\" WHERE at < ?1 ORDER BY at LIMIT ?2)"
        ))?
        .execute((cutoff, SLICE))?;
    Ok(i64::try_from(deleted).is_ok_and(|deleted| deleted == SLICE))
}

/// Looks at the next records that were not looked at before, and deletes the older ones of the
/// same key. The work is that of the new records, however large the topic is.
fn compact(connection: &mut Connection, topic: Topic, cutoff: i64) -> Result<bool, Failure> {
    let name = topic.name();
    let (from, end): (i64, i64) = connection
        .prepare_cached("SELECT compacted, next FROM topics WHERE name = ?1")?
        .query_row([name], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let to = end.min(from.saturating_add(SLICE));
    if from < to {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction
            .prepare_cached(&format!(
                "DELETE FROM \"{name}\" WHERE offset IN \
                 (SELECT older.offset FROM \"{name}\" AS newer JOIN \"{name}\" AS older \
                  ON older.key = newer.key AND older.offset < newer.offset \
                  WHERE newer.offset >= ?1 AND newer.offset < ?2)"
            ))?
            .execute((from, to))?;
        transaction
            .prepare_cached("UPDATE topics SET compacted = ?2 WHERE name = ?1")?
            .execute((name, to))?;
        transaction.commit()?;
    }
    // Only where compaction went by: what the tombstone deletes is gone by then.
    let tombstones = connection
        .prepare_cached(&format!(
            "DELETE FROM \"{name}\" WHERE offset IN \
             (SELECT offset FROM \"{name}\" WHERE value IS NULL AND at < ?1 AND offset < ?2 \
              LIMIT ?3)"
        ))?
        .execute((cutoff, to, SLICE))?;
    Ok(to < end || i64::try_from(tombstones).is_ok_and(|deleted| deleted == SLICE))
}
