//! The log in a folder of this machine: SQLite in WAL mode, one process that writes.
//!
//! Committed means on the disk: a unit that was acknowledged outlives a power failure. Units that
//! wait at the same time share one transaction and its sync. Every topic has one partition. Other
//! processes read beside the one that writes ([`Reader`]) and hand it records ([`submit`]).

mod background;
mod error;
mod headers;
mod inbox;
mod lock;
mod member;
mod outside;
mod reader;
mod schema;
mod upkeep;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};

pub use member::EmbeddedMember;
pub use outside::{Reader, Submitted, holder, open_reader, submit};

use self::lock::Taken;
use self::member::Seats;
use self::reader::Readers;
use self::writer::{Ends, Request, Write, Writer};
use super::{Log, LogError, Membership, Received, Record, Scan, Topic};

/// Where the log is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The folder; made where it is missing.
    pub path: PathBuf,
    /// Size in bytes that the log does not grow beyond; `None` for as large as the disk. At the
    /// limit units are refused as on a full disk, until retention makes room.
    pub max_bytes: Option<u64>,
}

impl Settings {
    /// The settings for a folder, all others at their defaults.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), max_bytes: None }
    }
}

/// The embedded log, open for writing. Clones share it; it ends with the last one of them and of
/// their members.
#[derive(Clone)]
pub struct Embedded {
    shared: Arc<Shared>,
}

struct Shared {
    folder: PathBuf,
    requests: mpsc::Sender<Request>,
    readers: Arc<Readers>,
    ends: Arc<Ends>,
    seats: Arc<Seats>,
    works: Arc<AtomicBool>,
    /// Ends the background thread when it is dropped.
    _background: std::sync::mpsc::Sender<()>,
}

impl Embedded {
    /// Opens the log for writing, and makes it where there is none.
    ///
    /// # Errors
    /// [`LogError::Fatal`] when another process has the folder open (the message names both), when
    /// it cannot be written, and when the file in it is damaged, newer, or not ours.
    pub async fn open(settings: Settings) -> Result<Self, LogError> {
        blocking(move || match Self::try_open(&settings, true)? {
            Opened::Ours(log) => Ok(log),
            Opened::Other(holder) => Err(holder.refuse(&settings.path)),
        })
        .await
    }

    fn try_open(settings: &Settings, patient: bool) -> Result<Opened, LogError> {
        let folder = settings.path.clone();
        let unusable = |error: std::io::Error| {
            LogError::Fatal(format!(
                "the folder {} of the log cannot be used: {error}; it must be a folder that this \
                 user may write in",
                folder.display()
            ))
        };
        std::fs::create_dir_all(&folder).map_err(unusable)?;
        let lock = match lock::take(&folder, patient).map_err(unusable)? {
            Taken::Ours(lock) => lock,
            Taken::Other(holder) => return Ok(Opened::Other(holder)),
        };
        let connection = schema::open_writer(&folder, settings.max_bytes)
            .map_err(|failure| failure.at(&folder))?;
        let works = Arc::new(AtomicBool::new(true));
        let (requests, ends) = Writer::start(connection, folder.clone(), Arc::clone(&works), lock)?;
        let readers = Arc::new(Readers::open(&folder)?);
        let (stop, stopped) = std::sync::mpsc::channel();
        let (weak, path) = (requests.downgrade(), folder.clone());
        std::thread::Builder::new()
            .name("log-upkeep".to_owned())
            .spawn(move || background::run(path, weak, stopped))
            .map_err(|error| LogError::Fatal(format!("no thread for the log: {error}")))?;
        let seats = Arc::default();
        let shared = Shared { folder, requests, readers, ends, seats, works, _background: stop };
        Ok(Opened::Ours(Self { shared: Arc::new(shared) }))
    }

    /// Whether the last unit could be written; false while the disk is full or broken.
    pub fn ready(&self) -> bool {
        self.shared.works.load(Ordering::Relaxed)
    }

    /// The folder of this log.
    pub fn folder(&self) -> &Path {
        &self.shared.folder
    }
}

enum Opened {
    Ours(Embedded),
    Other(lock::Holder),
}

impl Shared {
    async fn ask<T>(
        &self,
        request: Request,
        answer: oneshot::Receiver<Result<T, LogError>>,
    ) -> Result<T, LogError> {
        self.requests.send(request).await.map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }

    async fn write(&self, write: Write) -> Result<(), LogError> {
        let (reply, answer) = oneshot::channel();
        self.ask(Request::Write(write, reply), answer).await
    }

    fn end(&self, topic: Topic) -> Result<watch::Receiver<i64>, LogError> {
        self.ends.get(&topic).map(watch::Sender::subscribe).ok_or_else(closed)
    }
}

fn closed() -> LogError {
    LogError::Fatal("the log is closed".to_owned())
}

/// Runs `work`, which waits for the disk, off the runtime's workers.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, LogError> + Send + 'static,
) -> Result<T, LogError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(closed()),
        },
    }
}

async fn fold<T: Send + 'static>(
    readers: Arc<Readers>,
    scan: Scan,
    start: T,
    mut step: impl FnMut(&mut T, Received) + Send + 'static,
) -> Result<T, LogError> {
    blocking(move || {
        let mut state = start;
        readers.with(|connection| {
            reader::scan(connection, &scan, |received| step(&mut state, received))
        })?;
        Ok(state)
    })
    .await
}

async fn lag(readers: Arc<Readers>) -> Result<Vec<(String, Topic, u64)>, LogError> {
    blocking(move || readers.with(reader::lag)).await
}

impl Log for Embedded {
    type Member = EmbeddedMember;

    async fn join(&self, membership: Membership) -> Result<EmbeddedMember, LogError> {
        if self.shared.requests.is_closed() {
            return Err(closed());
        }
        Ok(EmbeddedMember::new(self.shared.clone(), membership))
    }

    async fn fold<T: Send + 'static>(
        &self,
        scan: Scan,
        start: T,
        step: impl FnMut(&mut T, Received) + Send + 'static,
    ) -> Result<T, LogError> {
        fold(self.shared.readers.clone(), scan, start, step).await
    }

    async fn publish(&self, outputs: Vec<(Topic, Record)>) -> Result<(), LogError> {
        self.shared.write(Write { outputs, ..Write::default() }).await
    }

    async fn lag(&self) -> Result<Vec<(String, Topic, u64)>, LogError> {
        lag(self.shared.readers.clone()).await
    }

    async fn close(&self, limit: Duration) -> Result<(), LogError> {
        let (reply, answer) = oneshot::channel();
        // The last connection to be closed leaves one file behind: let that be the writer's.
        self.shared.readers.close_idle();
        match tokio::time::timeout(limit, self.shared.ask(Request::Close(reply), answer)).await {
            Ok(result) => result,
            Err(_) => Err(LogError::Transient(format!(
                "the log in {} did not close within {limit:?}; what was acknowledged is safe",
                self.shared.folder.display()
            ))),
        }
    }
}
