//! What the loops of one receiver share: one reads moves, and one articles where there are mention
//! routes, but the receiver behind both is the same.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use tokio::sync::watch;

use crate::log::Topic;

/// The state of a receiver, over all its loops. Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Common {
    state: Arc<Mutex<State>>,
    /// True while this process, of all of the group, has the receiver.
    has: Arc<watch::Sender<bool>>,
}

#[derive(Default)]
struct State {
    /// Why it is not tried any more.
    disabled: Option<String>,
    /// When the oldest message that waits came in, by topic.
    oldest: BTreeMap<Topic, DateTime<Utc>>,
}

impl Common {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes whether this process has the receiver: the loop over moves finds out, because `moves`
    /// has one partition.
    pub(super) fn have(&self, has: bool) {
        self.has.send_replace(has);
    }

    /// Hears whether this process has the receiver.
    pub(super) fn has(&self) -> watch::Receiver<bool> {
        self.has.subscribe()
    }

    /// Notes that a loop found the receiver to refuse for good.
    pub(super) fn disable(&self, why: &str) {
        self.state().disabled.get_or_insert_with(|| why.to_owned());
    }

    /// Why the receiver is not tried any more, whichever loop found out.
    pub(super) fn disabled(&self) -> Option<String> {
        self.state().disabled.clone()
    }

    /// Notes the oldest message of one loop and returns the oldest of all.
    pub(super) fn oldest(
        &self,
        topic: Topic,
        oldest: Option<DateTime<Utc>>,
    ) -> Option<DateTime<Utc>> {
        let mut state = self.state();
        match oldest {
            Some(at) => state.oldest.insert(topic, at),
            None => state.oldest.remove(&topic),
        };
        state.oldest.values().min().copied()
    }
}
