//! The one thread that writes: units that wait at the same time share one transaction.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::Utc;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use tokio::sync::{mpsc, oneshot, watch};

use super::error::Failure;
use super::headers;
use super::reader::PARTITION;
use super::upkeep::{self, Slice};
use crate::log::{LogError, Position, Record, Topic};

/// Units that wait at the same time are committed together, up to this many.
const GROUP: usize = 256;
/// Requests that may wait; those who ask for more wait until there is room.
const QUEUE: usize = 512;

/// Where the answer to a request goes.
type Reply<T> = oneshot::Sender<Result<T, LogError>>;

/// What is written together or not at all.
#[derive(Debug, Default)]
pub(super) struct Write {
    /// Records to publish.
    pub(super) outputs: Vec<(Topic, Record)>,
    /// The group and the topic that `done` is about.
    pub(super) seat: Option<(String, Topic)>,
    /// Positions of the group.
    pub(super) done: Vec<Position>,
    /// Name of the inbox file that this came from; nothing is written when it was seen before.
    pub(super) file: Option<String>,
}

/// What the writer is asked.
pub(super) enum Request {
    /// Write this.
    Write(Write, Reply<()>),
    /// Where a group continues; answered in turn, so that what it wrote before is counted.
    Resume(String, Topic, Reply<i64>),
    /// Clean up a little; answers whether there is more to do.
    Upkeep(Slice, Reply<bool>),
    /// Write out everything and end.
    Close(Reply<()>),
}

/// The next offset of each topic, as the members see it.
pub(super) type Ends = BTreeMap<Topic, watch::Sender<i64>>;

/// State of the writer's thread.
pub(super) struct Writer {
    connection: Connection,
    folder: PathBuf,
    next: BTreeMap<Topic, i64>,
    ends: Arc<Ends>,
    /// Whether the last unit could be written; false on a full or broken disk.
    works: Arc<AtomicBool>,
    /// Held as long as this thread may write.
    lock: File,
}

impl Writer {
    /// Starts the thread. Returns where requests go, and the ends of the topics.
    pub(super) fn start(
        connection: Connection,
        folder: PathBuf,
        works: Arc<AtomicBool>,
        lock: File,
    ) -> Result<(mpsc::Sender<Request>, Arc<Ends>), LogError> {
        let next = read_ends(&connection).map_err(|failure| failure.at(&folder))?;
        let ends: Ends =
            next.iter().map(|(topic, next)| (*topic, watch::Sender::new(*next))).collect();
        let ends = Arc::new(ends);
        let (sender, receiver) = mpsc::channel(QUEUE);
        let writer = Self { connection, folder, next, ends: ends.clone(), works, lock };
        std::thread::Builder::new()
            .name("log-writer".to_owned())
            .spawn(move || writer.run(receiver))
            .map_err(|error| LogError::Fatal(format!("no thread for the log: {error}")))?;
        Ok((sender, ends))
    }

    fn run(mut self, mut requests: mpsc::Receiver<Request>) {
        let mut group = Vec::new();
        let mut after = None;
        while let Some(first) = requests.blocking_recv() {
            let mut waiting = Some(first);
            while let Some(request) = waiting.take() {
                match request {
                    Request::Write(write, reply) => group.push((write, reply)),
                    other => {
                        after = Some(other);
                        break;
                    }
                }
                if group.len() < GROUP {
                    waiting = requests.try_recv().ok();
                }
            }
            self.write(std::mem::take(&mut group));
            match after.take() {
                Some(Request::Close(reply)) => return self.close(reply),
                Some(request) => self.answer(request),
                None => {}
            }
        }
        drop(self.lock);
    }

    fn answer(&mut self, request: Request) {
        match request {
            Request::Resume(group, topic, reply) => {
                let result = resume(&self.connection, &group, topic);
                send(reply, result.map_err(|failure| failure.at(&self.folder)));
            }
            Request::Upkeep(slice, reply) => {
                let result = upkeep::run(&mut self.connection, &slice, Utc::now());
                send(reply, result.map_err(|failure| failure.at(&self.folder)));
            }
            // Taken by `run` before.
            Request::Write(..) | Request::Close(_) => {}
        }
    }

    /// Commits a group in one transaction. Where that fails, each unit is tried alone, so that
    /// one that is too large for the disk does not take the others with it.
    fn write(&mut self, group: Vec<(Write, Reply<()>)>) {
        let units: Vec<&Write> = group.iter().map(|(write, _)| write).collect();
        if units.is_empty() {
            return;
        }
        let together = self.transact(&units);
        if let (Err(failure), [_]) = (&together, units.as_slice()) {
            let error = failure.at(&self.folder);
            group.into_iter().for_each(|(_, reply)| send(reply, Err(copy(&error))));
            return;
        }
        for (write, reply) in group {
            let result = match &together {
                Ok(()) => Ok(()),
                Err(_) => self.transact(&[&write]).map_err(|failure| failure.at(&self.folder)),
            };
            send(reply, result);
        }
    }

    fn transact(&mut self, units: &[&Write]) -> Result<(), Failure> {
        let done = self.try_transact(units);
        self.works.store(done.is_ok(), Ordering::Relaxed);
        done
    }

    fn try_transact(&mut self, units: &[&Write]) -> Result<(), Failure> {
        let mut next = self.next.clone();
        // Rolls back when it is dropped before the commit.
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for unit in units {
            apply(&transaction, unit, &mut next)?;
        }
        for (topic, next) in &next {
            if self.next.get(topic) != Some(next) {
                transaction
                    .prepare_cached("UPDATE topics SET next = ?2 WHERE name = ?1")?
                    .execute((topic.name(), next))?;
            }
        }
        transaction.commit()?;
        self.next = next;
        for (topic, next) in &self.next {
            if let Some(end) = self.ends.get(topic) {
                end.send_if_modified(|end| std::mem::replace(end, *next) != *next);
            }
        }
        Ok(())
    }

    fn close(self, reply: Reply<()>) {
        let Self { connection, folder, lock, .. } = self;
        let emptied = connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .map_err(|error| Failure::from(error).at(&folder));
        let closed = connection.close().map_err(|(_, error)| Failure::from(error).at(&folder));
        drop(lock);
        send(reply, emptied.and(closed));
    }
}

/// Answers; nobody may be waiting any more, which changes nothing.
fn send<T>(reply: Reply<T>, result: Result<T, LogError>) {
    drop(reply.send(result));
}

fn copy(error: &LogError) -> LogError {
    match error {
        LogError::Transient(text) => LogError::Transient(text.clone()),
        LogError::Lost => LogError::Lost,
        LogError::Fatal(text) => LogError::Fatal(text.clone()),
    }
}

fn read_ends(connection: &Connection) -> Result<BTreeMap<Topic, i64>, Failure> {
    let mut statement = connection.prepare("SELECT next FROM topics WHERE name = ?1")?;
    let mut ends = BTreeMap::new();
    for topic in Topic::ALL {
        ends.insert(topic, statement.query_row([topic.name()], |row| row.get(0))?);
    }
    Ok(ends)
}

fn apply(
    transaction: &Transaction<'_>,
    write: &Write,
    next: &mut BTreeMap<Topic, i64>,
) -> Result<(), Failure> {
    if let Some(file) = &write.file {
        let mut statement =
            transaction.prepare_cached("INSERT OR IGNORE INTO inbox (name) VALUES (?1)")?;
        if statement.execute([file])? == 0 {
            return Ok(());
        }
    }
    let at = Utc::now().timestamp_millis();
    for (topic, record) in &write.outputs {
        let offset = next.entry(*topic).or_default();
        transaction
            .prepare_cached(&format!(
                "INSERT INTO \"{}\" (offset, at, key, value, headers) VALUES (?1, ?2, ?3, ?4, ?5)",
                topic.name()
            ))?
            .execute((*offset, at, &record.key, &record.value, headers::encode(&record.headers)))?;
        *offset += 1;
    }
    if let Some((group, topic)) = &write.seat {
        for done in write.done.iter().filter(|done| done.partition == PARTITION) {
            transaction
                .prepare_cached(
                    "INSERT INTO positions (member_group, topic, next) VALUES (?1, ?2, ?3) \
                     ON CONFLICT DO UPDATE SET next = excluded.next",
                )?
                .execute((group, topic.name(), done.next))?;
        }
    }
    Ok(())
}

/// Returns where the group continues. A group that is new begins at the start, and is recorded
/// so that its lag shows from then on.
fn resume(connection: &Connection, group: &str, topic: Topic) -> Result<i64, Failure> {
    let known: Option<i64> = connection
        .prepare_cached("SELECT next FROM positions WHERE member_group = ?1 AND topic = ?2")?
        .query_row((group, topic.name()), |row| row.get(0))
        .optional()?;
    if let Some(next) = known {
        return Ok(next);
    }
    connection
        .prepare_cached("INSERT INTO positions (member_group, topic, next) VALUES (?1, ?2, 0)")?
        .execute((group, topic.name()))?;
    Ok(0)
}
