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

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};
    use rusqlite::Connection;

    use super::{Slice, run};
    use crate::log::Topic;
    use crate::log::embedded::schema;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn log() -> (tempfile::TempDir, Connection) {
        let folder = tempfile::tempdir().unwrap();
        let connection = schema::open_writer(folder.path(), None).unwrap();
        (folder, connection)
    }

    /// Adds records, (key, value), a second apart, the last one now.
    fn add(log: &Connection, topic: Topic, records: &[(&str, Option<&str>)]) {
        let name = topic.name();
        let start: i64 = log
            .query_row("SELECT next FROM topics WHERE name = ?1", [name], |row| row.get(0))
            .unwrap();
        let end = start + i64::try_from(records.len()).unwrap();
        for (offset, (key, value)) in (start..).zip(records) {
            let at = NOW.timestamp_millis() - 1000 * (end - 1 - offset);
            let value = value.map(str::as_bytes);
            let sql = format!("INSERT INTO \"{name}\" VALUES (?1, ?2, ?3, ?4, NULL)");
            log.execute(&sql, (offset, at, key, value)).unwrap();
        }
        log.execute("UPDATE topics SET next = ?2 WHERE name = ?1", (name, end)).unwrap();
    }

    fn clean(log: &mut Connection, topic: Topic, now: DateTime<Utc>) -> u32 {
        let mut slices = 1;
        while run(log, &Slice::Clean(topic), now).unwrap() {
            slices += 1;
        }
        slices
    }

    fn left(log: &Connection, topic: Topic) -> Vec<i64> {
        let sql = format!("SELECT offset FROM \"{}\" ORDER BY offset", topic.name());
        let mut statement = log.prepare(&sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn compaction_keeps_the_last_record_of_each_key() {
        let (_folder, mut log) = log();
        let record = |key| (key, Some("value"));
        add(&log, Topic::Moves, &["a", "b", "a", "c", "a"].map(record));
        clean(&mut log, Topic::Moves, NOW);
        assert_eq!(left(&log, Topic::Moves), [1, 3, 4]);
        add(&log, Topic::Moves, &["b", "d"].map(record));
        clean(&mut log, Topic::Moves, NOW);
        assert_eq!(left(&log, Topic::Moves), [3, 4, 5, 6]);
    }

    #[test]
    fn a_tombstone_removes_its_key_at_once_and_itself_after_a_week() {
        let (_folder, mut log) = log();
        add(&log, Topic::Moves, &[("a", Some("1")), ("b", Some("1")), ("a", None)]);
        clean(&mut log, Topic::Moves, NOW);
        assert_eq!(left(&log, Topic::Moves), [1, 2]);
        clean(&mut log, Topic::Moves, NOW + TimeDelta::days(6));
        assert_eq!(left(&log, Topic::Moves), [1, 2]);
        clean(&mut log, Topic::Moves, NOW + TimeDelta::days(8));
        assert_eq!(left(&log, Topic::Moves), [1]);
    }

    #[test]
    fn a_large_topic_is_compacted_in_slices_and_only_once() {
        let (_folder, mut log) = log();
        let keys: Vec<String> = (0..1000).map(|number| format!("key {}", number % 10)).collect();
        let records: Vec<_> = keys.iter().map(|key| (key.as_str(), Some("value"))).collect();
        add(&log, Topic::FeedState, &records);
        assert_eq!(clean(&mut log, Topic::FeedState, NOW), 4);
        assert_eq!(left(&log, Topic::FeedState), (990..1000).collect::<Vec<_>>());
        assert_eq!(clean(&mut log, Topic::FeedState, NOW), 1);
    }

    #[test]
    fn retention_deletes_what_is_older_than_the_topic_keeps() {
        let (_folder, mut log) = log();
        let records = vec![("key", Some("value")); 600];
        add(&log, Topic::Articles, &records);
        let keeps = TimeDelta::days(30);
        clean(&mut log, Topic::Articles, NOW + keeps - TimeDelta::hours(1));
        assert_eq!(left(&log, Topic::Articles).len(), 600);
        // The last ten records are at most nine seconds old.
        let now = NOW + keeps - TimeDelta::milliseconds(9500);
        assert_eq!(clean(&mut log, Topic::Articles, now), 3);
        assert_eq!(left(&log, Topic::Articles), (590..600).collect::<Vec<_>>());
        let next: i64 = log
            .query_row("SELECT next FROM topics WHERE name = 'articles'", [], |row| row.get(0))
            .unwrap();
        assert_eq!(next, 600, "offsets are not used again");
    }
}
