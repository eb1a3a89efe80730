//! What a member commits: units as transactions, and what is done where one fails.

use std::time::Duration;

use rdkafka::consumer::Consumer;
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};
use tracing::{debug, info, warn};

use super::{CALL, Pending, Worker};
use crate::log::kafka::failure::failure;
use crate::log::kafka::producer::{Failed, Outgoing, Transactions};
use crate::log::kafka::{ASSIGNMENT, closed, unique};
use crate::log::{LogError, Unit};

impl Worker {
    pub(super) fn commit(&mut self, unit: Unit) -> Result<(), LogError> {
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
        let group = self.consumer()?.group_metadata().ok_or_else(closed)?;
        let Some((_, producer)) = &self.producer else { return Err(closed()) };
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

    pub(super) fn ready_producer(&mut self) -> Result<(), LogError> {
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
    pub(super) fn rewind(&mut self) {
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
}
