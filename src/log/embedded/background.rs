//! The thread that takes in the inbox and keeps retention and compaction going.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tracing::warn;

use super::inbox::{self, Waiting};
use super::upkeep::Slice;
use super::writer::{Request, Write};
use crate::log::{LogError, Topic};

/// How often the inbox is looked at.
const TICK: Duration = Duration::from_secs(1);
/// Every how many ticks old records are cleaned up.
const CLEAN_EVERY: u32 = 10;
/// Pause between two slices, for commits.
const PAUSE: Duration = Duration::from_millis(5);

/// Runs until `stop` is dropped or the log is closed.
pub(super) fn run(folder: PathBuf, requests: mpsc::WeakSender<Request>, stop: Receiver<()>) {
    let background = Background { folder, requests, stop };
    let mut last_problem = String::new();
    for tick in 0_u32.. {
        let done = background.take_in().and_then(|()| match tick % CLEAN_EVERY {
            0 => background.clean(),
            _ => Ok(()),
        });
        match done {
            Ok(()) => last_problem.clear(),
            Err(Stop::Ended) => return,
            Err(Stop::Problem(problem)) if problem == last_problem => {}
            Err(Stop::Problem(problem)) => {
                warn!("upkeep of the log waits: {problem}");
                last_problem = problem;
            }
        }
        if background.pause(TICK).is_err() {
            return;
        }
    }
}

/// Why a round ended early.
enum Stop {
    /// The log is closed.
    Ended,
    /// Tried again in the next round.
    Problem(String),
}

impl From<LogError> for Stop {
    fn from(error: LogError) -> Self {
        Self::Problem(error.to_string())
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Problem(format!("the inbox cannot be read: {error}"))
    }
}

struct Background {
    folder: PathBuf,
    requests: mpsc::WeakSender<Request>,
    stop: Receiver<()>,
}

impl Background {
    fn pause(&self, length: Duration) -> Result<(), Stop> {
        match self.stop.recv_timeout(length) {
            Err(RecvTimeoutError::Timeout) => Ok(()),
            _ => Err(Stop::Ended),
        }
    }

    fn ask<T>(
        &self,
        request: impl FnOnce(oneshot::Sender<Result<T, LogError>>) -> Request,
    ) -> Result<T, Stop> {
        let (reply, answer) = oneshot::channel();
        let requests = self.requests.upgrade().ok_or(Stop::Ended)?;
        requests.blocking_send(request(reply)).map_err(|_| Stop::Ended)?;
        drop(requests);
        Ok(answer.blocking_recv().map_err(|_| Stop::Ended)??)
    }

    fn take_in(&self) -> Result<(), Stop> {
        for name in inbox::names(&self.folder)? {
            match inbox::read(&self.folder, &name)? {
                Waiting::Whole(outputs) => {
                    let file = Some(name.clone());
                    let write = Write { outputs, file, ..Write::default() };
                    self.ask(|reply| Request::Write(write, reply))?;
                    inbox::remove(&self.folder, &name)?;
                    self.ask(|reply| Request::Upkeep(Slice::Forget(name), reply))?;
                }
                Waiting::Unreadable(why) => {
                    let aside = inbox::put_aside(&self.folder, &name)?;
                    warn!("records left in the inbox cannot be read ({why}): {}", aside.display());
                }
            }
        }
        Ok(())
    }

    fn clean(&self) -> Result<(), Stop> {
        for topic in Topic::ALL {
            while self.ask(|reply| Request::Upkeep(Slice::Clean(topic), reply))? {
                self.pause(PAUSE)?;
            }
        }
        Ok(())
    }
}
