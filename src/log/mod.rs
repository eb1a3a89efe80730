//! The log between the stages: topics, consumer groups, and the unit of work.
//!
//! A stage opens a [`Member`] of a consumer group, takes records from it, and commits a [`Unit`]:
//! what it publishes, its new state and the input positions, together or not at all. All durable
//! state is in topics; a stage rebuilds its memory with [`Log::fold`] when it is given partitions.
//!
//! Two backends: `embedded` (SQLite in a folder, one process) and `kafka`.

pub mod embedded;
pub mod kafka;
pub mod topic;

use std::future::Future;
use std::time::Duration;

use chrono::{DateTime, Utc};

pub use topic::Topic;

/// One record as a stage hands it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Decides the partition and, on compacted topics, what replaces what.
    pub key: String,
    /// `None` deletes the key from a compacted topic (a tombstone).
    pub value: Option<Vec<u8>>,
    /// Names and values of headers.
    pub headers: Vec<(String, Vec<u8>)>,
    /// What the partition is the hash of, where it is not the key (`feed-state`: the feed's host).
    pub partition_by: Option<String>,
}

/// One record as it came from the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Where it came from.
    pub topic: Topic,
    /// Partition, from 0.
    pub partition: i32,
    /// Offset of this record.
    pub offset: i64,
    /// When it was published.
    pub timestamp: DateTime<Utc>,
    /// Its key; empty where it had none.
    pub key: String,
    /// Its value; `None` for a tombstone.
    pub value: Option<Vec<u8>>,
    /// Its headers.
    pub headers: Vec<(String, Vec<u8>)>,
}

/// How far a group is done with one partition: `next` is the offset of the first record not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Partition, from 0.
    pub partition: i32,
    /// First offset that is not done.
    pub next: i64,
}

/// What commits together or not at all.
#[derive(Debug, Clone, Default)]
pub struct Unit {
    /// Records to publish.
    pub outputs: Vec<(Topic, Record)>,
    /// Input positions to store for the group.
    pub done: Vec<Position>,
}

/// What a member of a group hears.
#[derive(Debug)]
pub enum Event {
    /// These partitions are now ours; rebuild their state before asking again.
    Assigned(Vec<i32>),
    /// These partitions are no longer ours; forget their state. Nothing of them can be committed.
    Revoked(Vec<i32>),
    /// Records in order of offset within each partition.
    Records(Vec<Received>),
    /// Nothing arrived within the time given.
    Idle,
}

/// Which records of a topic to read.
#[derive(Debug, Clone)]
pub struct Scan {
    /// The topic.
    pub topic: Topic,
    /// Only these partitions; `None` for all.
    pub partitions: Option<Vec<i32>>,
    /// Only records published at or after this time.
    pub since: Option<DateTime<Utc>>,
}

/// How a member wants to consume.
#[derive(Debug, Clone)]
pub struct Membership {
    /// Name of the consumer group, such as `tag` or `notify.slack-moves`.
    pub group: String,
    /// The topic consumed.
    pub topic: Topic,
    /// True where records are not consumed but only the partitions are shared out (`poll` on
    /// `feed-state`): [`Member::next`] then never gives [`Event::Records`].
    pub assignment_only: bool,
}

/// Why the log failed. What to do is decided by the variant.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// May succeed when tried again: nothing of the unit was committed.
    #[error("{0}")]
    Transient(String),
    /// A partition of the unit is no longer ours: nothing was committed, drop the batch.
    #[error("the partition was given to another member; nothing was committed")]
    Lost,
    /// The folder or the broker's answer is wrong for good; the process must end.
    #[error("{0}")]
    Fatal(String),
}

/// One open log.
pub trait Log: Clone + Send + Sync + 'static {
    /// A member of a consumer group of this log.
    type Member: Member;

    /// Joins a consumer group. The first thing that [`Member::next`] gives is an assignment.
    fn join(
        &self,
        membership: Membership,
    ) -> impl Future<Output = Result<Self::Member, LogError>> + Send;

    /// Folds over the records from the start of the topic (or `since`) to its end at the time of
    /// the call. On compacted topics superseded records may still appear, always in order.
    fn fold<T: Send + 'static>(
        &self,
        scan: Scan,
        start: T,
        step: impl FnMut(&mut T, Received) + Send + 'static,
    ) -> impl Future<Output = Result<T, LogError>> + Send;

    /// Publishes outside of any group, all or nothing.
    fn publish(
        &self,
        outputs: Vec<(Topic, Record)>,
    ) -> impl Future<Output = Result<(), LogError>> + Send;

    /// Returns how many records each consumer group still has before it, as (group, topic, lag).
    fn lag(&self) -> impl Future<Output = Result<Vec<(String, Topic, u64)>, LogError>> + Send;

    /// Flushes and closes within `limit`.
    fn close(&self, limit: Duration) -> impl Future<Output = Result<(), LogError>> + Send;
}

/// A member of a consumer group.
pub trait Member: Send + 'static {
    /// Waits at most `wait` for the next event, with at most `max` records in it.
    ///
    /// # Errors
    /// [`LogError::Transient`] may be asked again; [`LogError::Fatal`] ends the stage.
    fn next(
        &mut self,
        max: usize,
        wait: Duration,
    ) -> impl Future<Output = Result<Event, LogError>> + Send;

    /// Commits a unit of work. After an error nothing of it is visible to any reader, and
    /// [`Member::next`] gives the uncommitted records again.
    fn commit(&mut self, unit: Unit) -> impl Future<Output = Result<(), LogError>> + Send;

    /// Leaves the group.
    fn close(self) -> impl Future<Output = ()> + Send;

    /// The partitions that are ours now.
    fn assigned(&self) -> Vec<i32>;

    /// Returns the partition of `topic` that `key` belongs to.
    fn partition_of(&self, topic: Topic, key: &str) -> i32;
}
