//! How far the groups are behind. Every call blocks.

use std::collections::{BTreeMap, HashMap};

use rdkafka::config::FromClientConfigAndContext as _;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaError;
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use super::context::Context;
use super::failure::failure;
use super::partition::Partitions;
use super::read::{CALL, Hand};
use super::settings::Settings;
use super::{ASSIGNMENT, retire};
use crate::log::{LogError, Topic};

/// Groups that are this close to the end are counted record by record, because the markers that
/// transactions leave behind take up offsets too.
const CLOSE: i64 = 64;

/// Computes how far groups are behind, with clients kept from call to call.
#[derive(Default)]
pub(super) struct Lags {
    groups: HashMap<String, BaseConsumer<Context>>,
    watcher: Option<BaseConsumer<Context>>,
    /// Records found between two offsets, by topic and partition.
    counted: BTreeMap<(Topic, i32), (i64, i64, u64)>,
}

impl Lags {
    /// Returns what each group with our prefix has still before it.
    pub(super) fn get(
        &mut self,
        settings: &Settings,
        partitions: &Partitions,
    ) -> Result<Vec<(String, Topic, u64)>, LogError> {
        let mut lags = Vec::new();
        for group in self.names(settings)? {
            let mut of_group = BTreeMap::new();
            for (topic, partition, next) in self.committed(settings, partitions, &group)? {
                let lag = self.before(settings, topic, partition, next)?;
                *of_group.entry(topic).or_insert(0) += lag;
            }
            lags.extend(of_group.into_iter().map(|(topic, lag)| (group.clone(), topic, lag)));
        }
        lags.sort();
        Ok(lags)
    }

    fn watcher(&mut self, settings: &Settings) -> Result<&BaseConsumer<Context>, LogError> {
        if self.watcher.is_none() {
            let config = settings.consumer("reader");
            let watcher = BaseConsumer::from_config_and_context(&config, Context::default())
                .map_err(|error| failure("making a consumer", &error))?;
            self.watcher = Some(watcher);
        }
        self.watcher.as_ref().ok_or_else(super::closed)
    }

    fn names(&mut self, settings: &Settings) -> Result<Vec<String>, LogError> {
        let list = self
            .watcher(settings)?
            .fetch_group_list(None, CALL)
            .map_err(|error| failure("asking for the groups", &error))?;
        let ours = |name: &str| name.strip_prefix(&settings.topic_prefix).map(str::to_owned);
        Ok(list.groups().iter().filter_map(|group| ours(group.name())).collect())
    }

    fn committed(
        &mut self,
        settings: &Settings,
        partitions: &Partitions,
        group: &str,
    ) -> Result<Vec<(Topic, i32, i64)>, LogError> {
        let asking = |error: &KafkaError| failure("asking for the offsets of a group", error);
        if !self.groups.contains_key(group) {
            let config = settings.consumer(group);
            let consumer = BaseConsumer::from_config_and_context(&config, Context::default())
                .map_err(|error| asking(&error))?;
            self.groups.insert(group.to_owned(), consumer);
        }
        let Some(consumer) = self.groups.get(group) else { return Ok(Vec::new()) };
        let mut list = TopicPartitionList::new();
        for topic in Topic::ALL {
            for partition in 0..partitions.count(topic) {
                list.add_partition(&settings.topic(topic), partition);
            }
        }
        let list = consumer.committed_offsets(list, CALL).map_err(|error| asking(&error))?;
        let mut committed = Vec::new();
        for topic in Topic::ALL {
            for element in list.elements_for_topic(&settings.topic(topic)) {
                if let Offset::Offset(next) = element.offset()
                    && !element.metadata().starts_with(ASSIGNMENT)
                {
                    committed.push((topic, element.partition(), next));
                }
            }
        }
        Ok(committed)
    }

    fn before(
        &mut self,
        settings: &Settings,
        topic: Topic,
        partition: i32,
        next: i64,
    ) -> Result<u64, LogError> {
        let name = settings.topic(topic);
        let (start, end) = self
            .watcher(settings)?
            .fetch_watermarks(&name, partition, CALL)
            .map_err(|error| failure("asking for the end of a partition", &error))?;
        let next = next.max(start);
        let distance = end.saturating_sub(next).max(0);
        if distance == 0 || distance > CLOSE {
            return Ok(distance.unsigned_abs());
        }
        if let Some((from, to, count)) = self.counted.get(&(topic, partition))
            && (*from, *to) == (next, end)
        {
            return Ok(*count);
        }
        let mut list = TopicPartitionList::new();
        list.add_partition_offset(&name, partition, Offset::Offset(next))
            .map_err(|error| failure("choosing partitions", &error))?;
        let mut count = 0;
        Hand::new(settings)?.read(topic, &list, |_| count += 1)?;
        self.counted.insert((topic, partition), (next, end, count));
        Ok(count)
    }
}

impl Drop for Lags {
    fn drop(&mut self) {
        self.groups.drain().for_each(|(_, consumer)| retire(consumer));
        if let Some(watcher) = self.watcher.take() {
            retire(watcher);
        }
    }
}
