//! What librdkafka tells us from inside: log lines, errors, rebalances, delivery reports.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use rdkafka::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{BaseConsumer, Consumer, ConsumerContext, Rebalance};
use rdkafka::error::KafkaError;
use rdkafka::message::DeliveryResult;
use rdkafka::producer::ProducerContext;
use rdkafka::topic_partition_list::TopicPartitionList;
use tracing::{debug, error};

/// A change of what a member owns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// These partitions came.
    Assigned(Vec<i32>),
    /// These partitions went.
    Revoked(Vec<i32>),
}

/// What one client tells.
#[derive(Default)]
pub(super) struct Context {
    /// Partitions are paused as they come: nothing is consumed.
    assignment_only: bool,
    changes: Mutex<VecDeque<Change>>,
    problem: Mutex<Option<String>>,
}

impl Context {
    /// What the consumer of a member tells.
    pub(super) fn of_member(assignment_only: bool) -> Self {
        Self { assignment_only, ..Self::default() }
    }

    /// Takes the oldest change that was not yet taken.
    pub(super) fn change(&self) -> Option<Change> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    /// Takes what the client last complained of.
    pub(super) fn problem(&self) -> Option<String> {
        self.problem.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn complain(&self, problem: String) {
        *self.problem.lock().unwrap_or_else(PoisonError::into_inner) = Some(problem);
    }
}

impl ClientContext for Context {
    /// librdkafka repeats itself while a broker is away; what matters reaches the log through
    /// the errors of this module, once.
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        match level {
            RDKafkaLogLevel::Emerg | RDKafkaLogLevel::Alert | RDKafkaLogLevel::Critical => {
                error!(target: "librdkafka", "{facility}: {message}");
            }
            _ => debug!(target: "librdkafka", "{facility}: {message}"),
        }
    }

    fn error(&self, error: KafkaError, reason: &str) {
        debug!(target: "librdkafka", "{error}: {reason}");
        self.complain(reason.to_owned());
    }
}

impl ConsumerContext for Context {
    fn pre_rebalance(&self, _: &BaseConsumer<Self>, rebalance: &Rebalance<'_>) {
        if let Rebalance::Revoke(list) = rebalance {
            self.push(list, Change::Revoked);
        }
    }

    fn post_rebalance(&self, consumer: &BaseConsumer<Self>, rebalance: &Rebalance<'_>) {
        let Rebalance::Assign(list) = rebalance else { return };
        if self.assignment_only
            && let Err(error) = consumer.pause(list)
        {
            debug!("pausing failed, the records are dropped instead: {error}");
        }
        self.push(list, Change::Assigned);
    }
}

impl Context {
    fn push(&self, list: &TopicPartitionList, change: fn(Vec<i32>) -> Change) {
        let mut partitions: Vec<i32> =
            list.elements().iter().map(|element| element.partition()).collect();
        if partitions.is_empty() {
            return;
        }
        partitions.sort_unstable();
        let mut changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        changes.push_back(change(partitions));
    }
}

impl ProducerContext for Context {
    type DeliveryOpaque = ();

    fn delivery(&self, result: &DeliveryResult<'_>, (): ()) {
        if let Err((error, _)) = result {
            self.complain(error.to_string());
        }
    }
}
