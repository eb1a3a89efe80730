//! What arrives at a member: records, and partitions that come and go.

use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::topic_partition_list::Offset;
use tokio::sync::oneshot;
use tracing::debug;

use super::{CALL, Pending, Worker};
use crate::log::kafka::context::Change;
use crate::log::kafka::failure::failure;
use crate::log::kafka::read::received;
use crate::log::{Event, LogError, Received};

/// Longest time between two looks at whether the stage still waits.
const GLANCE: Duration = Duration::from_millis(100);
/// Records that wait here before partitions are paused.
const BUFFER: usize = 500;
/// A batch ends after this many bytes of values, whatever number of records was asked for.
const BATCH_BYTES: usize = 8 << 20;

impl Worker {
    pub(super) fn next(
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
    pub(super) fn pump(&mut self, wait: Duration) -> Result<bool, LogError> {
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
            Some(Ok(record)) if self.wants(&record) => {
                self.keep(record);
                came = true;
            }
            Some(Err(KafkaError::MessageConsumptionFatal(RDKafkaErrorCode::FencedInstanceId))) => {
                return Err(self.same_instance());
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
            Some(Ok(_)) | None => {}
        }
        Ok(came)
    }

    fn same_instance(&self) -> LogError {
        let instance = self.cluster.settings.instance.as_deref().unwrap_or_default();
        LogError::Fatal(format!(
            "another process runs as [log.kafka] instance `{instance}` and has taken over: give \
             each process a name of its own"
        ))
    }

    fn wants(&self, record: &Received) -> bool {
        !self.membership.assignment_only && self.owned.contains(&record.partition)
    }

    fn keep(&mut self, record: Received) {
        self.came.insert(record.partition, record.offset + 1);
        self.heard = Instant::now();
        self.pending.push_back(Pending::Record(record));
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

    pub(super) fn keep_alive(&mut self) {
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

    pub(super) fn put_back(&mut self, unheard: Result<Event, LogError>) {
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

    pub(super) fn publish_owned(&self) {
        self.state.own(self.progress.keys().copied().collect());
    }
}
