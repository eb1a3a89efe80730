//! The topics on the brokers: found, or made with the right cleanup policy.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, ResourceSpecifier, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::config::FromClientConfig as _;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::RDKafkaErrorCode;
use tracing::{info, warn};

use super::context::Context;
use super::failure::failure;
use super::partition::Partitions;
use super::settings::{MAX_RECORD, Settings};
use crate::log::LogError;
use crate::log::topic::{Cleanup, Topic};

/// Longest wait for one answer.
const CALL: Duration = Duration::from_secs(5);
/// Longest wait for new topics to be ready.
const READY: Duration = Duration::from_secs(30);
/// How long a tombstone is kept, so that readers that lag see it.
const TOMBSTONES: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Finds the topics on the brokers and makes those that are missing. Blocks.
pub(super) fn ensure(
    settings: &Settings,
    client: &BaseConsumer<Context>,
    runtime: &tokio::runtime::Handle,
) -> Result<Partitions, LogError> {
    let existing = partitions(settings, client)?;
    let missing: Vec<Topic> =
        Topic::ALL.into_iter().filter(|topic| !existing.0.contains_key(topic)).collect();
    let admin = AdminClient::from_config(&settings.client())
        .map_err(|error| failure("making a client", &error))?;
    let result = runtime.block_on(async {
        warn_of_cleanup(settings, &admin, &existing).await;
        create(settings, &admin, &missing).await
    });
    super::retire(admin);
    result?;
    let deadline = Instant::now() + READY;
    loop {
        let found = partitions(settings, client)?;
        if Topic::ALL.iter().all(|topic| found.0.contains_key(topic)) {
            return Ok(found);
        }
        if Instant::now() > deadline {
            return Err(LogError::Transient("Kafka: the new topics have no leader yet".to_owned()));
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Returns the topics that exist and can be used.
fn partitions(settings: &Settings, client: &BaseConsumer<Context>) -> Result<Partitions, LogError> {
    let metadata = client.fetch_metadata(None, CALL).map_err(|error| {
        match (failure("asking for the topics", &error), client.context().problem()) {
            (LogError::Transient(text), Some(told)) => {
                LogError::Transient(format!("{text}; {told}"))
            }
            (other, _) => other,
        }
    })?;
    let mut partitions = BTreeMap::new();
    for topic in Topic::ALL {
        let name = settings.topic(topic);
        let found = metadata.topics().iter().find(|found| found.name() == name);
        let Some(found) = found.filter(|found| found.error().is_none()) else { continue };
        let led = found.partitions().iter().all(|partition| partition.leader() >= 0);
        if let Ok(count) = i32::try_from(found.partitions().len())
            && count > 0
            && led
        {
            partitions.insert(topic, count);
        }
    }
    Ok(Partitions(partitions))
}

/// What a topic is made with.
fn configuration(topic: Topic) -> Vec<(&'static str, String)> {
    let mut entries = vec![("max.message.bytes", (MAX_RECORD + 4096).to_string())];
    match topic.cleanup() {
        Cleanup::Delete(age) => {
            entries.push(("cleanup.policy", "delete".to_owned()));
            entries.push(("retention.ms", age.as_millis().to_string()));
        }
        Cleanup::Compact => {
            entries.push(("cleanup.policy", "compact".to_owned()));
            // Only closed segments are compacted, and these topics fill theirs slowly.
            entries.push(("segment.ms", "3600000".to_owned()));
            entries.push(("min.cleanable.dirty.ratio", "0.1".to_owned()));
            entries.push(("delete.retention.ms", TOMBSTONES.as_millis().to_string()));
        }
    }
    entries
}

async fn create(
    settings: &Settings,
    admin: &AdminClient<DefaultClientContext>,
    missing: &[Topic],
) -> Result<(), LogError> {
    if missing.is_empty() {
        return Ok(());
    }
    let described: Vec<_> = missing
        .iter()
        .map(|topic| (settings.topic(*topic), topic.partitions(), configuration(*topic)))
        .collect();
    // -1: what the broker is configured to.
    let replicas = settings.replication.unwrap_or(-1);
    let topics: Vec<NewTopic<'_>> = described
        .iter()
        .map(|(name, partitions, entries)| {
            let topic = NewTopic::new(name, *partitions, TopicReplication::Fixed(replicas));
            entries.iter().fold(topic, |topic, (key, value)| topic.set(key, value))
        })
        .collect();
    let options = AdminOptions::new().operation_timeout(Some(READY)).request_timeout(Some(READY));
    let results = admin
        .create_topics(&topics, &options)
        .await
        .map_err(|error| failure("making the topics", &error))?;
    for result in results {
        match result {
            Ok(name) => info!("made the topic `{name}`"),
            // Another process was faster.
            Err((_, RDKafkaErrorCode::TopicAlreadyExists)) => {}
            Err((name, code)) => {
                return Err(LogError::Transient(format!(
                    "Kafka: the topic `{name}` cannot be made: {code}; make it yourself, or allow \
                     this user to"
                )));
            }
        }
    }
    Ok(())
}

/// Topics that exist are left as they are; a cleanup policy that breaks a promise is said.
async fn warn_of_cleanup(
    settings: &Settings,
    admin: &AdminClient<DefaultClientContext>,
    existing: &Partitions,
) {
    let names: Vec<(Topic, String)> =
        existing.0.keys().map(|topic| (*topic, settings.topic(*topic))).collect();
    let resources: Vec<_> = names.iter().map(|(_, name)| ResourceSpecifier::Topic(name)).collect();
    if resources.is_empty() {
        return;
    }
    let options = AdminOptions::new().request_timeout(Some(CALL));
    let Ok(described) = admin.describe_configs(&resources, &options).await else { return };
    for ((topic, name), resource) in names.iter().zip(described) {
        let policy = resource.ok().and_then(|resource| {
            resource.get("cleanup.policy").and_then(|entry| entry.value.clone())
        });
        let Some(policy) = policy else { continue };
        if let Some(warning) = wrong_cleanup(*topic, name, &policy) {
            warn!("{warning}");
        }
    }
}

fn wrong_cleanup(topic: Topic, name: &str, policy: &str) -> Option<String> {
    let consequence = match topic.cleanup() {
        Cleanup::Compact if policy != "compact" => {
            "state would be deleted with age, and articles or alerts repeated"
        }
        Cleanup::Delete(_) if policy.contains("compact") => {
            "records of the same key would replace each other"
        }
        _ => return None,
    };
    let right = match topic.cleanup() {
        Cleanup::Compact => "compact",
        Cleanup::Delete(_) => "delete",
    };
    Some(format!(
        "the topic `{name}` has cleanup.policy={policy}: {consequence}; set it to `{right}`"
    ))
}

#[cfg(test)]
mod tests {
    use super::wrong_cleanup;
    use crate::log::Topic;

    #[test]
    fn a_wrong_cleanup_policy_is_named_with_its_consequence() {
        let warning = wrong_cleanup(Topic::Moves, "talentwire.moves", "delete").unwrap();
        assert!(warning.contains("`talentwire.moves` has cleanup.policy=delete"), "{warning}");
        assert!(warning.contains("set it to `compact`"), "{warning}");
        assert!(wrong_cleanup(Topic::Moves, "m", "compact,delete").is_some());
        assert!(wrong_cleanup(Topic::Articles, "a", "compact").is_some());
        assert_eq!(wrong_cleanup(Topic::Moves, "m", "compact"), None);
        assert_eq!(wrong_cleanup(Topic::Articles, "a", "delete"), None);
    }
}
