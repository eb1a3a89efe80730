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

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use rdkafka::config::FromClientConfigAndContext as _;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaError;
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};
use tokio::sync::oneshot;
use tracing::{debug, info, warn};

use super::context::{Change, Context};
use super::failure::failure;
use super::member::{Command, State};
use super::producer::{Failed, Outgoing, Transactions};
use super::read::received;
use super::{ASSIGNMENT, Cluster, retire, unique};
use crate::log::{Event, LogError, Membership, Received, Unit};

/// Longest wait for one answer.
const CALL: Duration = Duration::from_secs(10);
/// How often the consumer is polled while the stage asks for nothing.
const KEEP_ALIVE: Duration = Duration::from_millis(500);
/// Longest time between two looks at whether the stage still waits.
const GLANCE: Duration = Duration::from_millis(100);
/// Records that wait here before partitions are paused.
const BUFFER: usize = 2000;
/// After this long without a record the consumer is made to ask again from where it stands:
/// librdkafka is known to stop fetching after brokers or leaders changed.
const NUDGE: Duration = Duration::from_secs(30);
/// A batch ends after this many bytes of values, whatever number of records was asked for.
const BATCH_BYTES: usize = 8 << 20;

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

    // What arrives.

    fn next(
        &mut self,
        max: usize,
        wait: Duration,
        reply: &mut oneshot::Sender<Result<Event, LogError>>,
    ) -> Result<Event, LogError> {
        if self.consumer.is_none() {
            self.start()?;
        }
        let deadline = Instant::now() + wait;
        loop {
            match self.pending.pop_front() {
                Some(Pending::Change(change)) => return self.hand_over(change),
                Some(Pending::Record(record)) => return Ok(self.batch(record, max)),
                None => {}
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if self.pump(left.min(GLANCE))? {
                continue;
            }
            if left.is_zero() || reply.is_closed() {
                self.nudge();
                return Ok(Event::Idle);
            }
        }
    }

    /// Polls once; true where something came.
    fn pump(&mut self, wait: Duration) -> Result<bool, LogError> {
        self.state.beat.now();
        self.flow()?;
        let topic = self.membership.topic;
        let polled = match self.consumer()?.poll(wait) {
            Some(Ok(message)) => Some(Ok(received(topic, &message))),
            Some(Err(error)) => Some(Err(error)),
            None => None,
        };
        let mut came = self.take_changes();
        match polled {
            Some(Ok(record)) => {
                if !self.membership.assignment_only && self.owned.contains(&record.partition) {
                    self.came.insert(record.partition, record.offset + 1);
                    self.heard = Instant::now();
                    self.pending.push_back(Pending::Record(record));
                    came = true;
                }
            }
            Some(Err(error @ KafkaError::MessageConsumptionFatal(_))) => {
                self.rejoin();
                return Err(LogError::Transient(failure("reading records", &error).to_string()));
            }
            Some(Err(error)) => match failure("reading records", &error) {
                fatal @ LogError::Fatal(_) => return Err(fatal),
                // librdkafka goes on by itself.
                other => debug!("{other}"),
            },
            None => {}
        }
        Ok(came)
    }

    /// Takes what the last poll said about partitions; true where there was something.
    fn take_changes(&mut self) -> bool {
        let mut came = false;
        while let Some(change) = self.consumer.as_ref().and_then(|c| c.context().change()) {
            came = true;
            match &change {
                Change::Assigned(partitions) => self.owned.extend(partitions),
                Change::Revoked(partitions) => {
                    self.owned.retain(|owned| !partitions.contains(owned));
                    self.progress.retain(|owned, _| !partitions.contains(owned));
                    self.came.retain(|owned, _| !partitions.contains(owned));
                    self.pending.retain(|pending| match pending {
                        Pending::Record(record) => !partitions.contains(&record.partition),
                        Pending::Change(_) => true,
                    });
                    self.publish_owned();
                }
            }
            debug!(group = self.membership.group, topic = self.topic, ?change, "rebalanced");
            self.pending.push_back(Pending::Change(change));
        }
        came
    }

    /// Pauses while much waits here, resumes when it is taken.
    fn flow(&mut self) -> Result<(), LogError> {
        if self.membership.assignment_only {
            return Ok(());
        }
        let full = self.pending.len() >= BUFFER;
        let act = match (self.paused, full) {
            (false, true) => BaseConsumer::pause,
            (true, false) if self.pending.len() < BUFFER / 2 => BaseConsumer::resume,
            _ => return Ok(()),
        };
        let list = self.list(self.owned.iter().map(|partition| (*partition, Offset::Invalid)))?;
        act(self.consumer()?, &list).map_err(|error| failure("pausing", &error))?;
        self.paused = !self.paused;
        Ok(())
    }

    fn keep_alive(&mut self) {
        if self.consumer.is_none() {
            return;
        }
        while self.pending.len() < BUFFER {
            match self.pump(Duration::ZERO) {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => return debug!("{error}"),
            }
        }
        // Full: still polled, for the group's sake; paused partitions give nothing.
        if let Err(error) = self.pump(Duration::ZERO) {
            debug!("{error}");
        }
    }

    fn batch(&mut self, first: Received, max: usize) -> Event {
        let mut bytes = first.value.as_ref().map_or(0, Vec::len);
        let mut records = vec![first];
        while records.len() < max && bytes < BATCH_BYTES {
            match self.pending.pop_front() {
                Some(Pending::Record(record)) => {
                    bytes += record.value.as_ref().map_or(0, Vec::len);
                    records.push(record);
                }
                Some(change) => {
                    self.pending.push_front(change);
                    break;
                }
                // What fails here fails again at the next call, and is said there.
                None => match self.pump(Duration::ZERO) {
                    Ok(true) => {}
                    _ => break,
                },
            }
        }
        // What a rebalance took away while the batch was collected is not handed out.
        records.retain(|record| self.owned.contains(&record.partition));
        match records.is_empty() {
            true => Event::Idle,
            false => Event::Records(records),
        }
    }

    /// Prepares what the stage is told: a new partition only once nothing of its previous owner
    /// is pending.
    fn hand_over(&mut self, change: Change) -> Result<Event, LogError> {
        let partitions = match change {
            Change::Revoked(partitions) => return Ok(Event::Revoked(partitions)),
            Change::Assigned(partitions) => partitions,
        };
        match self.prepare(&partitions) {
            Ok(()) => {
                self.publish_owned();
                Ok(Event::Assigned(partitions))
            }
            Err(error) => {
                let again = Pending::Change(Change::Assigned(partitions));
                self.pending.push_front(again);
                Err(error)
            }
        }
    }

    fn prepare(&mut self, partitions: &[i32]) -> Result<(), LogError> {
        self.ready_producer()?;
        let list = self.list(partitions.iter().map(|partition| (*partition, Offset::Invalid)))?;
        self.state.beat.now();
        let committed = self
            .consumer()?
            .committed_offsets(list, CALL)
            .map_err(|error| failure("asking for committed offsets", &error))?;
        for element in committed.elements() {
            let next = match element.offset() {
                Offset::Offset(next) => Some(next),
                _ => None,
            };
            if self.owned.contains(&element.partition()) {
                self.progress.insert(element.partition(), next);
            }
        }
        Ok(())
    }

    fn put_back(&mut self, unheard: Result<Event, LogError>) {
        match unheard {
            Ok(Event::Records(records)) => {
                let records = records.into_iter().filter(|r| self.owned.contains(&r.partition));
                let records: Vec<_> = records.map(Pending::Record).collect();
                records.into_iter().rev().for_each(|record| self.pending.push_front(record));
            }
            Ok(Event::Assigned(partitions)) => {
                self.pending.push_front(Pending::Change(Change::Assigned(partitions)));
            }
            Ok(Event::Revoked(partitions)) => {
                self.pending.push_front(Pending::Change(Change::Revoked(partitions)));
            }
            Ok(Event::Idle) | Err(_) => {}
        }
    }

    fn publish_owned(&self) {
        self.state.own(self.progress.keys().copied().collect());
    }

    // What is committed.

    fn commit(&mut self, unit: Unit) -> Result<(), LogError> {
        let foreign = |partition: &i32| !self.progress.contains_key(partition);
        let lost = unit.done.iter().any(|done| foreign(&done.partition));
        let result = match lost || self.progress.is_empty() {
            true => Err(LogError::Lost),
            false => self.transact(&unit),
        };
        match &result {
            Ok(()) if !self.membership.assignment_only => {
                for done in &unit.done {
                    self.progress.entry(done.partition).and_modify(|next| *next = Some(done.next));
                }
            }
            Ok(()) => {}
            Err(_) => self.rewind(),
        }
        result
    }

    fn transact(&mut self, unit: &Unit) -> Result<(), LogError> {
        self.ready_producer()?;
        let records: Vec<Outgoing> = unit
            .outputs
            .iter()
            .map(|(topic, record)| Outgoing {
                topic: self.cluster.settings.topic(*topic),
                partition: self.cluster.partitions.of(*topic, record),
                record: record.clone(),
            })
            .collect();
        let mark = unique();
        let offsets = self.offsets(unit, &mark)?;
        let group = self.consumer()?.group_metadata().ok_or_else(super::closed)?;
        let Some((_, producer)) = &self.producer else { return Err(super::closed()) };
        match producer.commit(&records, Some((&offsets, &group))) {
            Ok(()) => Ok(()),
            Err(Failed::Aborted(error)) => Err(error),
            Err(Failed::Broken(error)) => {
                self.producer = None;
                Err(error)
            }
            Err(Failed::Fenced) => {
                self.rejoin();
                Err(LogError::Lost)
            }
            Err(Failed::InDoubt(why)) => {
                self.producer = None;
                self.settle(&offsets, &mark, &why)
            }
        }
    }

    /// The offsets of a unit, each with a mark by which the unit is known again. A unit without
    /// positions repeats where the group stands, for the sake of the fencing.
    fn offsets(&self, unit: &Unit, mark: &str) -> Result<TopicPartitionList, LogError> {
        let only = self.membership.assignment_only;
        let list = if only || unit.done.is_empty() {
            let stand = |next: &Option<i64>| Offset::Offset(next.filter(|_| !only).unwrap_or(0));
            self.list(self.progress.iter().map(|(partition, next)| (*partition, stand(next))))?
        } else {
            let done = unit.done.iter();
            self.list(done.map(|done| (done.partition, Offset::Offset(done.next))))?
        };
        let mark = if only { format!("{ASSIGNMENT} {mark}") } else { mark.to_owned() };
        let partitions: Vec<i32> = list.elements().iter().map(|e| e.partition()).collect();
        for partition in partitions {
            if let Some(mut element) = list.find_partition(&self.topic, partition) {
                element.set_metadata(&mark);
            }
        }
        Ok(list)
    }

    /// Finds out whether a unit was committed whose answer never came. A new producer with the
    /// same id makes the broker end the transaction one way or the other; then the mark in the
    /// committed offsets tells which. Until the brokers answer, nothing else could be done.
    fn settle(
        &mut self,
        offsets: &TopicPartitionList,
        mark: &str,
        why: &str,
    ) -> Result<(), LogError> {
        warn!("a unit is in doubt, finding out what became of it: {why}");
        loop {
            if self.state.stopped() {
                return Err(LogError::Transient(format!("closed while in doubt: {why}")));
            }
            // Keeps our place in the group, and tells when we lose it.
            if let Err(error) = self.pump(Duration::from_millis(200)) {
                debug!("{error}");
            }
            let ours = offsets.elements().iter().all(|e| self.owned.contains(&e.partition()));
            if !ours {
                return Err(LogError::Lost);
            }
            match self.ready_producer().and_then(|()| self.marked(offsets, mark)) {
                Ok(true) => {
                    info!("the unit in doubt was committed");
                    return Ok(());
                }
                Ok(false) => {
                    info!("the unit in doubt was not committed");
                    return Err(LogError::Transient(why.to_owned()));
                }
                Err(fatal @ LogError::Fatal(_)) => return Err(fatal),
                Err(error) => debug!("{error}"),
            }
        }
    }

    fn marked(&self, offsets: &TopicPartitionList, mark: &str) -> Result<bool, LogError> {
        let partitions = offsets.elements();
        let list = self.list(partitions.iter().map(|e| (e.partition(), Offset::Invalid)))?;
        self.state.beat.now();
        let committed = self
            .consumer()?
            .committed_offsets(list, CALL)
            .map_err(|error| failure("asking for committed offsets", &error))?;
        Ok(committed.elements().iter().any(|element| element.metadata().ends_with(mark)))
    }

    fn ready_producer(&mut self) -> Result<(), LogError> {
        let Some(lowest) = self.owned.first().copied() else { return Err(LogError::Lost) };
        if self.producer.as_ref().is_some_and(|(partition, _)| *partition == lowest) {
            return Ok(());
        }
        self.producer = None;
        let settings = &self.cluster.settings;
        let id = format!("{}.{}.{lowest}", settings.group(&self.membership.group), self.topic);
        let producer = Transactions::open(&settings.producer(&id), self.state.beat.clone())?;
        self.producer = Some((lowest, producer));
        Ok(())
    }

    /// Goes back to what was committed, so that everything after it comes again.
    fn rewind(&mut self) {
        if self.membership.assignment_only || self.progress.is_empty() {
            return;
        }
        let progress = &self.progress;
        self.pending.retain(|pending| match pending {
            Pending::Record(record) => !progress.contains_key(&record.partition),
            Pending::Change(_) => true,
        });
        self.came.clear();
        let sought = self.seek();
        if let Err(error) = sought {
            debug!("joining the group again: {error}");
            self.rejoin();
        }
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
