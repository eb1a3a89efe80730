//! Reading outside of any group. Every call blocks.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use rdkafka::config::FromClientConfigAndContext as _;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaError;
use rdkafka::message::{BorrowedMessage, Headers as _, Message as _};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use super::context::Context;
use super::failure::failure;
use super::partition::Partitions;
use super::retire;
use super::settings::{Settings, TRANSACTION};
use crate::log::{LogError, Received, Scan, Topic};

/// Longest wait for one answer.
pub(super) const CALL: Duration = Duration::from_secs(10);
/// A fold that hears nothing for this long gives up.
const SILENCE: Duration = Duration::from_secs(60);

/// Copies a message, so that its memory in librdkafka is freed at once.
pub(super) fn received(topic: Topic, message: &BorrowedMessage<'_>) -> Received {
    let headers = message.headers().map_or_else(Vec::new, |headers| {
        headers
            .iter()
            .map(|header| (header.key.to_owned(), header.value.unwrap_or_default().to_vec()))
            .collect()
    });
    let millis = message.timestamp().to_millis().unwrap_or_default();
    Received {
        topic,
        partition: message.partition(),
        offset: message.offset(),
        timestamp: DateTime::<Utc>::from_timestamp_millis(millis).unwrap_or_default(),
        key: String::from_utf8_lossy(message.key().unwrap_or_default()).into_owned(),
        value: message.payload().map(<[u8]>::to_vec),
        headers,
    }
}

/// A consumer that is assigned by hand, closed in the background when it is dropped.
pub(super) struct Hand(Option<BaseConsumer<Context>>);

impl Hand {
    pub(super) fn new(settings: &Settings) -> Result<Self, LogError> {
        // It joins no group; librdkafka wants a name all the same.
        let mut config = settings.consumer("reader");
        config.set("enable.partition.eof", "true");
        let consumer = BaseConsumer::from_config_and_context(&config, Context::default())
            .map_err(|error| failure("making a consumer", &error))?;
        Ok(Self(Some(consumer)))
    }

    fn get(&self) -> Result<&BaseConsumer<Context>, LogError> {
        self.0.as_ref().ok_or_else(super::closed)
    }

    /// Reads from the given offsets to the end of each partition, which is behind everything
    /// that was committed before the call.
    pub(super) fn read(
        &self,
        topic: Topic,
        from: &TopicPartitionList,
        mut step: impl FnMut(Received),
    ) -> Result<(), LogError> {
        let consumer = self.get()?;
        let reading = |error: &KafkaError| failure("reading records", error);
        consumer.assign(from).map_err(|error| reading(&error))?;
        let mut open: Vec<i32> =
            from.elements().iter().map(|element| element.partition()).collect();
        let mut heard = Instant::now();
        while !open.is_empty() {
            match consumer.poll(Duration::from_millis(100)) {
                Some(Ok(message)) => {
                    heard = Instant::now();
                    if open.contains(&message.partition()) {
                        step(received(topic, &message));
                    }
                }
                Some(Err(KafkaError::PartitionEOF(partition))) => {
                    heard = Instant::now();
                    open.retain(|open| *open != partition);
                }
                Some(Err(error)) if matches!(failure("", &error), LogError::Fatal(_)) => {
                    return Err(reading(&error));
                }
                _ if heard.elapsed() > SILENCE => {
                    let told = consumer.context().problem().unwrap_or_default();
                    return Err(LogError::Transient(format!(
                        "Kafka: nothing of the topic {} for {SILENCE:?}: {told}",
                        topic.name()
                    )));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        if let Some(consumer) = self.0.take() {
            retire(consumer);
        }
    }
}

/// Where a partition ends for readers of committed records, and where it really ends.
fn ends(
    committed: &BaseConsumer<Context>,
    all: &BaseConsumer<Context>,
    topic: &str,
    partition: i32,
) -> Result<(i64, i64), LogError> {
    let ask = |client: &BaseConsumer<Context>| {
        client
            .fetch_watermarks(topic, partition, CALL)
            .map(|(_, end)| end)
            .map_err(|error| failure("asking for the end of a partition", &error))
    };
    Ok((ask(committed)?, ask(all)?))
}

/// Folds over the committed records of a topic. A transaction that is open at the time of the
/// call hides what was committed behind its first record, perhaps by ourselves: its end is
/// waited for.
pub(super) fn fold(
    settings: &Settings,
    partitions: &Partitions,
    scan: &Scan,
    step: impl FnMut(Received),
) -> Result<(), LogError> {
    let all: Vec<i32> = (0..partitions.count(scan.topic)).collect();
    let wanted: Vec<i32> = match &scan.partitions {
        Some(wanted) => all.into_iter().filter(|partition| wanted.contains(partition)).collect(),
        None => all,
    };
    if wanted.is_empty() {
        return Ok(());
    }
    let hand = Hand::new(settings)?;
    wait_for_open_transactions(settings, hand.get()?, scan.topic, &wanted)?;
    let from = starts(settings, hand.get()?, scan, &wanted)?;
    let since = scan.since.map(|since| since.timestamp_millis());
    let mut step = step;
    hand.read(scan.topic, &from, |record| {
        if since.is_none_or(|since| record.timestamp.timestamp_millis() >= since) {
            step(record);
        }
    })
}

fn wait_for_open_transactions(
    settings: &Settings,
    committed: &BaseConsumer<Context>,
    topic: Topic,
    wanted: &[i32],
) -> Result<(), LogError> {
    let mut config = settings.consumer("reader");
    config.set("isolation.level", "read_uncommitted");
    let all = BaseConsumer::from_config_and_context(&config, Context::default())
        .map_err(|error| failure("making a consumer", &error))?;
    let name = settings.topic(topic);
    let deadline = Instant::now() + 3 * TRANSACTION;
    let mut result = Ok(());
    'wanted: for partition in wanted {
        let mut goal = None;
        loop {
            match ends(committed, &all, &name, *partition) {
                Ok((stable, end)) if stable >= *goal.get_or_insert(end) => break,
                Ok(_) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(20)),
                Ok(_) => {
                    let text = format!("Kafka: a transaction on {name} stays open");
                    result = Err(LogError::Transient(text));
                    break 'wanted;
                }
                // New topics have no leader for a moment.
                Err(LogError::Transient(_)) if Instant::now() < deadline => {
                    std::thread::sleep(Duration::from_millis(100));
                }
                Err(error) => {
                    result = Err(error);
                    break 'wanted;
                }
            }
        }
    }
    retire(all);
    result
}

fn starts(
    settings: &Settings,
    consumer: &BaseConsumer<Context>,
    scan: &Scan,
    wanted: &[i32],
) -> Result<TopicPartitionList, LogError> {
    let name = settings.topic(scan.topic);
    let offset = scan
        .since
        .map_or(Offset::Beginning, |since| Offset::Offset(since.timestamp_millis().max(0)));
    let mut list = TopicPartitionList::new();
    for partition in wanted {
        list.add_partition_offset(&name, *partition, offset)
            .map_err(|error| failure("choosing partitions", &error))?;
    }
    match scan.since {
        None => Ok(list),
        Some(_) => consumer
            .offsets_for_times(list, CALL)
            .map_err(|error| failure("asking for offsets by time", &error)),
    }
}
