//! What poll knows of one feed, and its record on `feed-state`.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::feed::Seen;
use crate::log::{Log, LogError, Record, Scan, Topic};
use crate::model::{FeedState, SCHEMA};

/// A feed's state and the entries that it has shown.
#[derive(Debug, Clone)]
pub struct Known {
    /// Everything but the entries.
    pub state: FeedState,
    /// The entries.
    pub seen: Arc<Seen>,
}

#[derive(Serialize)]
struct Written<'a> {
    #[serde(flatten)]
    state: &'a FeedState,
    seen: &'a Seen,
}

/// Two readings of the same bytes are faster than one through `flatten`.
#[derive(Deserialize)]
struct OnlySeen {
    #[serde(default)]
    seen: Seen,
}

impl Known {
    /// The record that replaces the feed's state.
    ///
    /// # Errors
    /// [`LogError::Fatal`] when the state cannot be written as JSON, which no state can cause.
    pub fn record(&self) -> Result<Record, LogError> {
        Ok(Record {
            key: self.state.feed.clone(),
            value: Some(json(&Written { state: &self.state, seen: &self.seen })?),
            headers: Vec::new(),
            partition_by: Some(self.host()),
        })
    }

    /// Host of the feed, which decides the partition.
    fn host(&self) -> String {
        let url = Url::parse(&self.state.feed).ok();
        url.as_ref().and_then(Url::host_str).unwrap_or_default().to_owned()
    }

    /// Becomes what a poll has made of it, where its own memory lies.
    ///
    /// What other threads allocate lies scattered between what they free again, and what is freed of
    /// another thread's is not theirs to take: with everything replaced, 100,000 feeds came to take half
    /// as much memory again.
    pub(super) fn take_over(&mut self, new: Self) {
        let Self { state, seen } = new;
        if !Arc::ptr_eq(&self.seen, &seen) {
            match Arc::get_mut(&mut self.seen) {
                Some(mine) => mine.assign(&seen),
                None => self.seen = Arc::new(Seen::clone(&seen)),
            }
        }
        let old = std::mem::replace(&mut self.state, state);
        let state = &mut self.state;
        keep(&mut state.feed, old.feed);
        keep(&mut state.etag, old.etag);
        keep(&mut state.last_modified, old.last_modified);
        keep(&mut state.address, old.address);
        keep(&mut state.cause, old.cause);
        keep(&mut state.title, old.title);
        keep(&mut state.format, old.format);
        keep(&mut state.hubs, old.hubs);
    }

    /// Reads a record's value; `None` for one that a newer version wrote or that is damaged.
    pub fn from_value(value: &[u8]) -> Option<Self> {
        let state: FeedState = serde_json::from_slice(value).ok()?;
        let OnlySeen { seen } = serde_json::from_slice(value).ok()?;
        (state.schema <= SCHEMA).then(|| Self { state, seen: Arc::new(seen) })
    }
}

/// Puts the old value back where the new one is the same.
fn keep<T: PartialEq>(new: &mut T, old: T) {
    if *new == old {
        *new = old;
    }
}

/// Writes any record as JSON.
pub(super) fn json(value: &impl Serialize) -> Result<Vec<u8>, LogError> {
    serde_json::to_vec(value)
        .map_err(|error| LogError::Fatal(format!("a record cannot be written as JSON: {error}")))
}

/// What is known of feeds, by what they are called on the log.
pub(super) type States = HashMap<Arc<str>, Arc<Known>>;

/// Reads the states of the `wanted` feeds from their partitions.
///
/// Each is put at once where it stays: what is moved about leaves holes.
pub(super) async fn read<L: Log>(
    log: &L,
    partitions: Vec<i32>,
    wanted: HashSet<Arc<str>>,
) -> Result<States, LogError> {
    let scan = Scan { topic: Topic::FeedState, partitions: Some(partitions), since: None };
    log.fold(scan, HashMap::new(), move |states, received| {
        let Some(key) = wanted.get(received.key.as_str()) else { return };
        match received.value.as_deref().map(Known::from_value) {
            None => {
                states.remove(key);
            }
            Some(Some(known)) => {
                states.insert(Arc::clone(key), Arc::new(known));
            }
            Some(None) => tracing::warn!(
                feed = received.key,
                "the state of feed `{}` cannot be read; its entries count as seen for the first time",
                received.key
            ),
        }
    })
    .await
}
