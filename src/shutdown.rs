//! Signals, and the bounded end of the process.
//!
//! The first SIGTERM or SIGINT asks for a drain, the second ends the process at once. SIGHUP asks
//! for a reload.

use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinSet;
use tracing::{error, info, warn};

use crate::model::counted;

/// What the operator asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// SIGTERM or SIGINT: finish what is under way, then end.
    Stop,
    /// SIGHUP: read the configuration again.
    Reload,
}

/// The signals that the daemon listens to.
pub struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hangup: Signal,
}

impl Signals {
    /// Starts listening; from here on the signals no longer end the process by themselves.
    ///
    /// # Errors
    /// When the operating system refuses a handler.
    pub fn listen() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for the next request.
    pub async fn next(&mut self) -> Request {
        tokio::select! {
            _ = self.terminate.recv() => Request::Stop,
            _ = self.interrupt.recv() => Request::Stop,
            _ = self.hangup.recv() => Request::Reload,
        }
    }
}

/// How a drain ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drained {
    /// Every task ended by itself, without an error.
    Clean,
    /// A task failed, or the limit or a second signal cut the rest off.
    Cut,
}

/// One request may arrive twice: `timeout` and shells signal the process and then its whole group.
/// No person asks again this soon.
const ECHO: Duration = Duration::from_millis(300);

/// Waits for every task, at most `grace`, and not beyond a second stop request.
pub async fn drain<E: std::fmt::Display + 'static>(
    mut tasks: JoinSet<(&'static str, Result<(), E>)>,
    signals: &mut Signals,
    grace: Duration,
) -> Drained {
    let begun = tokio::time::Instant::now();
    let deadline = tokio::time::sleep(grace);
    tokio::pin!(deadline);
    let mut outcome = Drained::Clean;
    loop {
        tokio::select! {
            ended = tasks.join_next() => match ended {
                None => return outcome,
                Some(Ok((name, Ok(())))) => info!(task = name, "`{name}` drained"),
                Some(Ok((name, Err(cause)))) => {
                    error!(task = name, error = %cause, "`{name}` failed while draining: {cause}");
                    outcome = Drained::Cut;
                }
                Some(Err(cause)) => {
                    error!(error = %cause, "a task panicked while draining");
                    outcome = Drained::Cut;
                }
            },
            () = &mut deadline => {
                warn!(left = tasks.len(), "drain limit of {grace:?} reached; ending {}", counted(tasks.len(), "task"));
                tasks.abort_all();
                return Drained::Cut;
            }
            request = signals.next() => if request == Request::Stop && begun.elapsed() > ECHO {
                warn!("second stop request: ending at once");
                tasks.abort_all();
                return Drained::Cut;
            }
        }
    }
}
