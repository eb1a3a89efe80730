//! A transactional producer: one transaction after the other, each outcome known or said to be
//! in doubt. Every call blocks; only threads made for it call here.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rdkafka::ClientConfig;
use rdkafka::consumer::ConsumerGroupMetadata;
use rdkafka::error::{KafkaError, KafkaResult, RDKafkaErrorCode};
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use rdkafka::topic_partition_list::TopicPartitionList;

use super::beat::Beat;
use super::context::Context;
use super::failure::{failure, is_fenced, is_lost};
use super::retire;
use super::settings::{MAX_RECORD, TRANSACTION};
use crate::log::{LogError, Record};

/// One blocking call takes about this long at most; then it is repeated.
const CALL: Duration = Duration::from_secs(5);
/// A transaction that took longer than this was ended by the broker.
const LIMIT: Duration = TRANSACTION;

/// A record and the place it goes to.
pub(super) struct Outgoing {
    /// Topic with its prefix.
    pub(super) topic: String,
    /// Partition.
    pub(super) partition: i32,
    /// The record.
    pub(super) record: Record,
}

/// Why a transaction did not commit.
pub(super) enum Failed {
    /// Nothing was committed; the producer goes on.
    Aborted(LogError),
    /// Nothing was committed; the producer must be built anew.
    Broken(LogError),
    /// Nothing was committed: another producer has taken over.
    Fenced,
    /// It may have been committed or not; the producer must be built anew, which settles it.
    InDoubt(String),
}

/// A transactional producer that is ready to begin.
pub(super) struct Transactions {
    producer: Option<BaseProducer<Context>>,
    beat: Beat,
}

impl Transactions {
    /// Builds the producer. Ends a transaction that an earlier one with the same id left open,
    /// and keeps that one from beginning another.
    pub(super) fn open(config: &ClientConfig, beat: Beat) -> Result<Self, LogError> {
        use rdkafka::config::FromClientConfigAndContext as _;
        let producer = BaseProducer::from_config_and_context(config, Context::default())
            .map_err(|error| failure("making a producer", &error))?;
        let transactions = Self { producer: Some(producer), beat };
        let deadline = Instant::now() + LIMIT;
        transactions
            .repeat(deadline, |producer| producer.init_transactions(CALL))
            .map_err(|error| transactions.failure("starting transactions", &error))?;
        Ok(transactions)
    }

    /// Commits records and offsets as one transaction.
    pub(super) fn commit(
        &self,
        records: &[Outgoing],
        offsets: Option<(&TopicPartitionList, &ConsumerGroupMetadata)>,
    ) -> Result<(), Failed> {
        let deadline = Instant::now() + LIMIT;
        if let Some(large) = records.iter().find(|out| size(&out.record) > MAX_RECORD) {
            return Err(Failed::Aborted(LogError::Fatal(format!(
                "Kafka: a record of {} has {} bytes; the limit is {MAX_RECORD}",
                large.topic,
                size(&large.record)
            ))));
        }
        self.with(|producer| producer.begin_transaction())
            .map_err(|error| self.broken("beginning a transaction", &error))?;
        for record in records {
            self.send(record, deadline)?;
        }
        if let Some((offsets, group)) = offsets {
            self.repeat(deadline, |producer| {
                producer.send_offsets_to_transaction(offsets, group, CALL)
            })
            .map_err(|error| self.abort("adding offsets to a transaction", &error))?;
        }
        // Written out before the commit is asked for: until here an abort is certain to be one.
        self.drain(deadline).map_err(|error| self.abort("writing records", &error))?;
        self.finish()
    }

    fn finish(&self) -> Result<(), Failed> {
        let deadline = Instant::now() + LIMIT;
        let Err(error) = self.repeat(deadline, |producer| producer.commit_transaction(CALL)) else {
            return Ok(());
        };
        match &error {
            // The coordinator's answer: it was not committed.
            KafkaError::Transaction(inner) if inner.txn_requires_abort() => {
                Err(self.abort("committing a transaction", &error))
            }
            _ => Err(Failed::InDoubt(self.failure("committing a transaction", &error).to_string())),
        }
    }

    /// Waits until every record is written. `flush` of the crate would do, but sleeps in steps of
    /// a tenth of a second.
    fn drain(&self, deadline: Instant) -> KafkaResult<()> {
        while self.with(|producer| Ok(producer.in_flight_count()))? > 0 {
            if Instant::now() > deadline {
                return Err(KafkaError::Flush(RDKafkaErrorCode::OperationTimedOut));
            }
            self.with(|producer| {
                producer.poll(Duration::from_millis(1));
                Ok(())
            })?;
        }
        Ok(())
    }

    fn send(&self, out: &Outgoing, deadline: Instant) -> Result<(), Failed> {
        let mut headers = OwnedHeaders::new_with_capacity(out.record.headers.len());
        for (key, value) in &out.record.headers {
            headers = headers.insert(Header { key, value: Some(value) });
        }
        let mut record = BaseRecord::to(&out.topic)
            .partition(out.partition)
            .key(out.record.key.as_bytes())
            .headers(headers);
        if let Some(value) = &out.record.value {
            record = record.payload(value.as_slice());
        }
        loop {
            let full = KafkaError::MessageProduction(RDKafkaErrorCode::QueueFull);
            match self.with(|producer| match producer.send(record) {
                Ok(()) => Ok(None),
                Err((error, back)) if error == full => Ok(Some(back)),
                Err((error, _)) => Err(error),
            }) {
                Ok(None) => return Ok(()),
                Ok(Some(_)) if Instant::now() > deadline => {
                    return Err(self.abort("queueing records", &full));
                }
                Ok(Some(back)) => record = back,
                Err(error) => return Err(self.abort("queueing records", &error)),
            }
            // Delivery reports make room.
            if let Some(producer) = &self.producer {
                producer.poll(Duration::from_millis(5));
            }
        }
    }

    /// Gives the transaction up.
    fn abort(&self, doing: &str, error: &KafkaError) -> Failed {
        if is_fenced(error) {
            return Failed::Fenced;
        }
        let why = match is_lost(error) {
            true => LogError::Lost,
            false => self.failure(doing, error),
        };
        let deadline = Instant::now() + LIMIT;
        match self.repeat(deadline, abort) {
            Ok(()) => Failed::Aborted(why),
            Err(_) => Failed::Broken(why),
        }
    }

    fn broken(&self, doing: &str, error: &KafkaError) -> Failed {
        match is_fenced(error) {
            true => Failed::Fenced,
            false => Failed::Broken(self.failure(doing, error)),
        }
    }

    fn failure(&self, doing: &str, error: &KafkaError) -> LogError {
        let told = self.producer.as_ref().and_then(|producer| producer.context().problem());
        match (failure(doing, error), told) {
            (LogError::Transient(text), Some(told)) => {
                LogError::Transient(format!("{text}; {told}"))
            }
            (other, _) => other,
        }
    }

    fn with<T>(
        &self,
        call: impl FnOnce(&BaseProducer<Context>) -> KafkaResult<T>,
    ) -> KafkaResult<T> {
        self.beat.now();
        // Only `drop` takes the producer out.
        match &self.producer {
            Some(producer) => call(producer),
            None => Err(KafkaError::Canceled),
        }
    }

    /// Repeats a call as long as librdkafka says that it is right to.
    fn repeat(
        &self,
        deadline: Instant,
        call: impl Fn(&BaseProducer<Context>) -> KafkaResult<()>,
    ) -> KafkaResult<()> {
        loop {
            match self.with(&call) {
                Err(KafkaError::Transaction(error))
                    if error.is_retriable() && Instant::now() < deadline =>
                {
                    std::thread::sleep(Duration::from_millis(20));
                }
                result => return result,
            }
        }
    }
}

impl Drop for Transactions {
    fn drop(&mut self) {
        if let Some(producer) = self.producer.take() {
            retire(producer);
        }
    }
}

/// Aborts. It waits for the reports of what was under way, which somebody must take meanwhile.
fn abort(producer: &BaseProducer<Context>) -> KafkaResult<()> {
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                producer.poll(Duration::from_millis(20));
            }
        });
        let result = producer.abort_transaction(CALL);
        done.store(true, Ordering::Relaxed);
        result
    })
}

fn size(record: &Record) -> usize {
    let headers: usize = record.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
    record.key.len() + record.value.as_ref().map_or(0, Vec::len) + headers
}
