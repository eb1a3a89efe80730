//! The thread of one member: it alone talks to the member's consumer and producer.
//!
//! The consumer is polled whatever the stage does, so that a slow stage does not lose its place in
//! the group; what arrives meanwhile waits here, and when it is much the partitions are paused.
//!
//! Fencing. Every unit carries offsets of the group with the member's generation (KIP-447): a
//! member that was given up for dead cannot commit any more. The transactional id is made of
//! group, topic and the lowest partition owned: no two living members share it, a restarted one
//! gets it again and so ends at once what its predecessor left open, and nobody has to configure
//! it. Before a partition is handed to the stage its committed offset is fetched, which the broker
//! answers only when no transaction of the previous owner is pending on it.

mod commit;
mod receive;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use rdkafka::config::FromClientConfigAndContext as _;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};
use tracing::debug;

use super::context::{Change, Context};
use super::failure::failure;
use super::member::{Command, State};
use super::producer::Transactions;
use super::{Cluster, retire};
use crate::log::{LogError, Membership, Received};

/// Longest wait for one answer.
const CALL: Duration = Duration::from_secs(10);
/// How often the consumer is polled while the stage asks for nothing.
const KEEP_ALIVE: Duration = Duration::from_millis(500);
/// After this long without a record the consumer is made to ask again from where it stands:
/// librdkafka is known to stop fetching after brokers or leaders changed.
const NUDGE: Duration = Duration::from_secs(30);

/// What the stage will hear, in order.
enum Pending {
    Change(Change),
    Record(Received),
}

pub(super) struct Worker {
    cluster: Arc<Cluster>,
    membership: Membership,
    /// Name of the topic on the brokers.
    topic: String,
    state: Arc<State>,
    consumer: Option<BaseConsumer<Context>>,
    producer: Option<(i32, Transactions)>,
    pending: VecDeque<Pending>,
    /// What the group gave us, as of the last poll.
    owned: BTreeSet<i32>,
    /// What the stage knows of, with the committed offset where there is one.
    progress: BTreeMap<i32, Option<i64>>,
    /// The offset after the last record that came of each partition.
    came: BTreeMap<i32, i64>,
    /// When the last record came, or the consumer was last nudged.
    heard: Instant,
    paused: bool,
}

impl Worker {
    pub(super) fn new(cluster: Arc<Cluster>, membership: Membership, state: Arc<State>) -> Self {
        let topic = cluster.settings.topic(membership.topic);
        Self {
            cluster,
            membership,
            topic,
            state,
            consumer: None,
            producer: None,
            pending: VecDeque::new(),
            owned: BTreeSet::new(),
            progress: BTreeMap::new(),
            came: BTreeMap::new(),
            heard: Instant::now(),
            paused: false,
        }
    }

    /// Joins the group.
    pub(super) fn start(&mut self) -> Result<(), LogError> {
        let settings = &self.cluster.settings;
        let mut config = settings.consumer(&self.membership.group);
        if let Some(instance) = &settings.instance {
            config.set("group.instance.id", format!("{instance}.{}", self.topic));
        }
        let assignment_only = self.membership.assignment_only;
        let context = Context::of_member(assignment_only);
        let consumer = BaseConsumer::from_config_and_context(&config, context)
            .map_err(|error| failure("making a consumer", &error))?;
        let result = consumer.subscribe(&[&self.topic]);
        self.consumer = Some(consumer);
        result.map_err(|error| failure("joining a group", &error))
    }

    /// Serves the member until it is closed or dropped.
    pub(super) fn run(mut self, commands: &Receiver<Command>) {
        let farewell = loop {
            self.state.beat.now();
            match commands.recv_timeout(KEEP_ALIVE) {
                Ok(Command::Next { reply, .. }) if reply.is_closed() => {}
                Ok(Command::Next { max, wait, mut reply }) => {
                    let result = self.next(max.max(1), wait, &mut reply);
                    if let Err(unheard) = reply.send(result) {
                        self.put_back(unheard);
                    }
                }
                Ok(Command::Commit { unit, reply }) => {
                    let result = self.commit(unit);
                    // Where nobody waits, `next` goes on from what was committed.
                    if reply.send(result).is_err() {
                        self.rewind();
                    }
                }
                Ok(Command::Close { reply }) => break Some(reply),
                Err(RecvTimeoutError::Timeout) => self.keep_alive(),
                Err(RecvTimeoutError::Disconnected) => break None,
            }
        };
        drop(self.producer.take());
        drop(self.consumer.take());
        if let Some(reply) = farewell {
            reply.send(()).ok();
        }
    }

    fn consumer(&self) -> Result<&BaseConsumer<Context>, LogError> {
        self.consumer.as_ref().ok_or_else(super::closed)
    }

    /// Fetches again after a long silence. Does no harm where there was nothing to hear.
    fn nudge(&mut self) {
        if self.membership.assignment_only || self.heard.elapsed() < NUDGE {
            return;
        }
        self.heard = Instant::now();
        if let Err(error) = self.seek() {
            debug!("{error}");
        }
    }

    /// Makes the consumer fetch from behind what came, else from what was committed.
    fn seek(&self) -> Result<(), LogError> {
        let at = |(partition, committed): (&i32, &Option<i64>)| {
            let next = self.came.get(partition).copied().or(*committed);
            (*partition, next.map_or(Offset::Beginning, Offset::Offset))
        };
        let list = self.list(self.progress.iter().map(at))?;
        if list.count() == 0 {
            return Ok(());
        }
        self.state.beat.now();
        let sought = self
            .consumer()?
            .seek_partitions(list, CALL)
            .map_err(|error| failure("going back", &error))?;
        let failed = sought.elements().iter().find_map(|element| element.error().err());
        failed.map_or(Ok(()), |error| Err(failure("going back", &error)))
    }

    /// Leaves the group and joins it again, with nothing in hand.
    fn rejoin(&mut self) {
        self.producer = None;
        if let Some(consumer) = self.consumer.take() {
            retire(consumer);
        }
        let known: Vec<i32> = self.progress.keys().copied().collect();
        self.pending.clear();
        self.owned.clear();
        self.progress.clear();
        self.came.clear();
        self.paused = false;
        self.publish_owned();
        if !known.is_empty() {
            self.pending.push_back(Pending::Change(Change::Revoked(known)));
        }
        // Where this fails, `next` tries again and says so.
        if let Err(error) = self.start() {
            debug!("{error}");
        }
    }

    fn list(
        &self,
        offsets: impl Iterator<Item = (i32, Offset)>,
    ) -> Result<TopicPartitionList, LogError> {
        let mut list = TopicPartitionList::new();
        for (partition, offset) in offsets {
            list.add_partition_offset(&self.topic, partition, offset)
                .map_err(|error| failure("naming partitions", &error))?;
        }
        Ok(list)
    }
}
