//! Reading: batches for members, folds on one snapshot, lag.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row};

use super::error::Failure;
use super::{headers, schema};
use crate::log::topic::{Cleanup, Topic};
use crate::log::{LogError, Received, Scan};

/// The only partition of every topic.
pub(super) const PARTITION: i32 = 0;
/// A batch ends after this many bytes of values, whatever number of records was asked for.
const BATCH_BYTES: usize = 8 << 20;

/// Connections that read; each is used by one call at a time and kept for the next.
pub(super) struct Readers {
    folder: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    /// Checks that `folder` holds a log.
    pub(super) fn open(folder: &Path) -> Result<Self, LogError> {
        let readers = Self { folder: folder.to_owned(), idle: Mutex::default() };
        readers.with(schema::check)?;
        Ok(readers)
    }

    /// Closes the connections that are not in use.
    pub(super) fn close_idle(&self) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Runs `read` on a connection of its own. Blocks on the disk.
    pub(super) fn with<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Failure>,
    ) -> Result<T, LogError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let at = |failure: Failure| failure.at(&self.folder);
        let connection = match idle {
            Some(connection) => connection,
            None => schema::open_reader(&self.folder).map_err(at)?,
        };
        let result = read(&connection).map_err(at);
        // A connection that failed is not used again.
        if result.is_ok() {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
        result
    }
}

/// Returns at most `max` records of `topic` from `start` on, and at least one if there is one.
pub(super) fn batch(
    connection: &Connection,
    topic: Topic,
    start: i64,
    max: usize,
) -> Result<Vec<Received>, Failure> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT offset, at, key, value, headers FROM \"{}\" WHERE offset >= ?1 ORDER BY offset \
         LIMIT ?2",
        topic.name()
    ))?;
    let mut rows = statement.query((start, i64::try_from(max).unwrap_or(i64::MAX)))?;
    let (mut records, mut bytes) = (Vec::new(), 0);
    while bytes < BATCH_BYTES
        && let Some(row) = rows.next()?
    {
        let record = received(topic, row)?;
        bytes += record.value.as_ref().map_or(0, Vec::len);
        records.push(record);
    }
    Ok(records)
}

/// Calls `step` with every record of `scan`, all on one snapshot of the log: what is compacted
/// away in the meantime is still seen.
pub(super) fn scan(
    connection: &Connection,
    scan: &Scan,
    mut step: impl FnMut(Received),
) -> Result<(), Failure> {
    if scan.partitions.as_ref().is_some_and(|wanted| !wanted.contains(&PARTITION)) {
        return Ok(());
    }
    let name = scan.topic.name();
    let since = scan.since.map(|since| since.timestamp_millis());
    // Times follow the offsets but for steps of the clock: begin at the first that is late enough.
    let first = match (since, scan.topic.cleanup()) {
        (Some(since), Cleanup::Delete(_)) => connection
            .prepare_cached(&format!("SELECT min(offset) FROM \"{name}\" WHERE at >= ?1"))?
            .query_row([since], |row| row.get::<_, Option<i64>>(0))?,
        _ => Some(0),
    };
    let Some(first) = first else { return Ok(()) };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT offset, at, key, value, headers FROM \"{name}\" \
         WHERE offset >= ?1 AND at >= ?2 ORDER BY offset"
    ))?;
    let mut rows = statement.query((first, since.unwrap_or(i64::MIN)))?;
    while let Some(row) = rows.next()? {
        step(received(scan.topic, row)?);
    }
    Ok(())
}

/// Returns what each group has still before it.
pub(super) fn lag(connection: &Connection) -> Result<Vec<(String, Topic, u64)>, Failure> {
    let mut statement = connection.prepare_cached(
        "SELECT member_group, topic, next FROM positions ORDER BY member_group, topic",
    )?;
    let mut rows = statement.query([])?;
    let mut lags = Vec::new();
    while let Some(row) = rows.next()? {
        let (name, next): (String, i64) = (row.get(1)?, row.get(2)?);
        if let Some(topic) = Topic::ALL.into_iter().find(|topic| topic.name() == name) {
            lags.push((row.get(0)?, topic, before(connection, topic, next)?));
        }
    }
    Ok(lags)
}

fn before(connection: &Connection, topic: Topic, next: i64) -> Result<u64, Failure> {
    let name = topic.name();
    let sql = match topic.cleanup() {
        // Without holes between its first and its last offset: no need to count.
        Cleanup::Delete(_) => format!(
            "SELECT coalesce(max(0, (SELECT max(offset) FROM \"{name}\") + 1 - \
             max(?1, (SELECT min(offset) FROM \"{name}\"))), 0)"
        ),
        Cleanup::Compact => format!("SELECT count(*) FROM \"{name}\" WHERE offset >= ?1"),
    };
    let count: i64 = connection.prepare_cached(&sql)?.query_row([next], |row| row.get(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

fn received(topic: Topic, row: &Row<'_>) -> Result<Received, Failure> {
    let headers = match row.get_ref(4)?.as_blob_or_null().map_err(rusqlite::Error::from)? {
        Some(bytes) => headers::decode(bytes).ok_or(Failure::Headers)?,
        None => Vec::new(),
    };
    Ok(Received {
        topic,
        partition: PARTITION,
        offset: row.get(0)?,
        timestamp: DateTime::<Utc>::from_timestamp_millis(row.get(1)?).unwrap_or_default(),
        key: row.get(2)?,
        value: row.get(3)?,
        headers,
    })
}
