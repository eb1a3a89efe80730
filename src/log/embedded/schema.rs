//! The tables of the embedded log, and how its connections are opened.
//!
//! One table per topic (`offset`, `at` in milliseconds since 1970, `key`, `value`, `headers`);
//! `topics` holds the next offset and how far compaction got; `positions` what each group is done
//! with; `inbox` the names of the files that were published but perhaps not yet removed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::error::Failure;
use crate::log::topic::{Cleanup, Topic};

/// Marks the file as ours ("TWLG").
const APPLICATION: i32 = 0x5457_4c47;
/// Version of the tables; a newer one is refused, an older one would be migrated here.
const VERSION: i32 = 1;
/// Longest wait for another connection's lock; only recovery after a crash holds one.
const BUSY: Duration = Duration::from_secs(5);

/// The database file inside the log's folder.
pub(super) fn file(folder: &Path) -> PathBuf {
    folder.join("log.db")
}

/// Opens the writer's connection, and creates the tables in a new folder.
pub(super) fn open_writer(folder: &Path, max_bytes: Option<u64>) -> Result<Connection, Failure> {
    let connection = Connection::open_with_flags(
        file(folder),
        OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(64);
    // FULL: the write-ahead log is synced before a commit is answered, so that a unit outlives a
    // power failure. NORMAL would lose the last ones; it saves 0.3 ms per group of units.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;",
    )?;
    create(&connection)?;
    if let Some(bytes) = max_bytes {
        let page: i64 = connection.query_row("PRAGMA page_size", [], |row| row.get(0))?;
        let pages = i64::try_from(bytes).unwrap_or(i64::MAX) / page.max(1);
        connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
    }
    Ok(connection)
}

/// Opens a connection that only reads.
pub(super) fn open_reader(folder: &Path) -> Result<Connection, Failure> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file(folder), flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

/// Checks that the file is ours and of a version that this program reads.
pub(super) fn check(connection: &Connection) -> Result<(), Failure> {
    match versions(connection)? {
        (APPLICATION, VERSION) => Ok(()),
        (APPLICATION, version) => Err(Failure::Version { found: version, known: VERSION }),
        _ => Err(Failure::NotOurs),
    }
}

fn versions(connection: &Connection) -> Result<(i32, i32), Failure> {
    let application = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let version = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok((application, version))
}

fn create(connection: &Connection) -> Result<(), Failure> {
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables > 0 {
        return check(connection);
    }
    let mut sql = String::from(
        "BEGIN IMMEDIATE;
         CREATE TABLE topics (
             name TEXT PRIMARY KEY, next INTEGER NOT NULL, compacted INTEGER NOT NULL
         ) STRICT, WITHOUT ROWID;
         CREATE TABLE positions (
             member_group TEXT NOT NULL, topic TEXT NOT NULL, next INTEGER NOT NULL,
             PRIMARY KEY (member_group, topic)
         ) STRICT, WITHOUT ROWID;
         CREATE TABLE inbox (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;",
    );
    for topic in Topic::ALL {
        sql.push_str(&create_topic(topic));
    }
    sql.push_str(&format!(
        "PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
    ));
    connection.execute_batch(&sql)?;
    Ok(())
}

fn create_topic(topic: Topic) -> String {
    let name = topic.name();
    let indexes = match topic.cleanup() {
        Cleanup::Delete(_) => format!("CREATE INDEX \"{name} at\" ON \"{name}\" (at);"),
        Cleanup::Compact => format!(
            "CREATE INDEX \"{name} key\" ON \"{name}\" (key);
             CREATE INDEX \"{name} tombstones\" ON \"{name}\" (at) WHERE value IS NULL;"
        ),
    };
    format!(
        "CREATE TABLE \"{name}\" (
             offset INTEGER PRIMARY KEY, at INTEGER NOT NULL, key TEXT NOT NULL,
             value BLOB, headers BLOB
         ) STRICT;
         {indexes}
         INSERT INTO topics (name, next, compacted) VALUES ('{name}', 0, 0);"
    )
}
