//! An address that alerts are posted to: its pace, and whether it is this process that posts there.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::{Mutex, watch};

use crate::notify::retry::plus;

/// An address, shared by the receivers behind it: two names for one Slack webhook have one pace.
///
/// Of all processes of the group one posts there. Which one is decided by the first of the receivers
/// in the order of their names: whoever has its partition of `moves` has all of them.
pub struct Address {
    receivers: Vec<String>,
    interval: Duration,
    /// When it may be posted to next; whoever holds it has the one post that is in flight.
    free: Mutex<Option<DateTime<Utc>>>,
    /// True while it is this process that posts there.
    ours: watch::Sender<bool>,
}

impl Address {
    /// The address behind `receivers`, to which two posts are at least `interval` apart.
    pub fn of(receivers: impl IntoIterator<Item = String>, interval: Duration) -> Arc<Self> {
        let mut receivers: Vec<String> = receivers.into_iter().collect();
        receivers.sort();
        let ours = watch::Sender::new(false);
        Arc::new(Self { receivers, interval, free: Mutex::default(), ours })
    }

    /// The names of the receivers behind it.
    pub(super) fn receivers(&self) -> &[String] {
        &self.receivers
    }

    /// Least time between two posts.
    pub(super) fn interval(&self) -> Duration {
        self.interval
    }

    /// When it may be posted to next.
    pub(super) fn free(&self) -> &Mutex<Option<DateTime<Utc>>> {
        &self.free
    }

    /// True where `receiver` decides which process posts there.
    pub(super) fn is_decided_by(&self, receiver: &str) -> bool {
        self.receivers.first().is_some_and(|first| first == receiver)
    }

    /// Notes that this process posts there from now on. Nobody knows when the one before posted
    /// last, so the first post waits as if that had been now; and until `asked`, where a receiver
    /// behind the address asked for rest.
    pub(super) async fn take_over(&self, now: DateTime<Utc>, asked: Option<DateTime<Utc>>) {
        if *self.ours.borrow() {
            return;
        }
        let mut free = self.free.lock().await;
        *free = (*free).max(Some(plus(now, self.interval))).max(asked);
        self.ours.send_replace(true);
    }

    /// Notes that another process may post there now.
    pub(super) fn give_up(&self) {
        self.ours.send_replace(false);
    }

    /// Hears whether this process posts there.
    pub(super) fn ours(&self) -> watch::Receiver<bool> {
        self.ours.subscribe()
    }
}
