//! What poll knows of one feed, and its record on `feed-state`.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

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
    /// Host of the feed, which decides the partition.
    pub host: Arc<str>,
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
            partition_by: Some(self.host.as_ref().to_owned()),
        })
    }

    /// Returns a copy that is allocated here, by the one task that keeps what is known of all feeds.
    ///
    /// What the threads allocate that read documents lies scattered between what they free again:
    /// kept as it is, 100,000 feeds came to take half as much memory again.
    pub(super) fn copied(&self, before: &Self) -> Self {
        let same = Arc::ptr_eq(&self.seen, &before.seen);
        let seen = if same { Arc::clone(&before.seen) } else { Arc::new(Seen::clone(&self.seen)) };
        Self { state: self.state.clone(), seen, host: Arc::clone(&before.host) }
    }

    /// Reads a record's value; `None` for one that a newer version wrote or that is damaged.
    pub fn from_value(value: &[u8]) -> Option<(FeedState, Seen)> {
        let state: FeedState = serde_json::from_slice(value).ok()?;
        let only: OnlySeen = serde_json::from_slice(value).ok()?;
        (state.schema <= SCHEMA).then_some((state, only.seen))
    }
}

/// Writes any record as JSON.
pub(super) fn json(value: &impl Serialize) -> Result<Vec<u8>, LogError> {
    serde_json::to_vec(value)
        .map_err(|error| LogError::Fatal(format!("a record cannot be written as JSON: {error}")))
}

/// Reads the states of the `wanted` feeds from their partitions.
pub(super) async fn read<L: Log>(
    log: &L,
    partitions: Vec<i32>,
    wanted: HashSet<String>,
) -> Result<HashMap<String, (FeedState, Seen)>, LogError> {
    let scan = Scan { topic: Topic::FeedState, partitions: Some(partitions), since: None };
    log.fold(scan, HashMap::new(), move |states, received| {
        if !wanted.contains(&received.key) {
            return;
        }
        match received.value.as_deref().map(Known::from_value) {
            None => {
                states.remove(&received.key);
            }
            Some(Some(known)) => {
                states.insert(received.key, known);
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
