//! Which of Kafka's errors may pass, and their words.

use rdkafka::error::{KafkaError, RDKafkaErrorCode as Code};
use rdkafka::types::RDKafkaConfRes;

use crate::log::LogError;

/// Says what failed, and whether trying again can help.
pub(super) fn failure(doing: &str, error: &KafkaError) -> LogError {
    if let Some((key, why)) = refused(error) {
        return LogError::Fatal(format!("[log.kafka] {key} {why}"));
    }
    let text = format!("Kafka: {doing}: {}", words(error));
    match error.rdkafka_error_code() {
        Some(
            Code::TransactionalIdAuthorizationFailed
            | Code::GroupAuthorizationFailed
            | Code::TopicAuthorizationFailed
            | Code::ClusterAuthorizationFailed
            | Code::UnsupportedVersion
            | Code::UnsupportedFeature
            | Code::InvalidTopic
            | Code::InvalidTransactionTimeout
            | Code::MessageSizeTooLarge,
        ) => LogError::Fatal(text),
        _ if matches!(error, KafkaError::ClientCreation(_)) => LogError::Fatal(text),
        _ => LogError::Transient(text),
    }
}

/// The option that librdkafka refused, and why. Never with the value, which librdkafka's own words
/// hold: it may be a password.
pub(super) fn refused(error: &KafkaError) -> Option<(&str, &'static str)> {
    let KafkaError::ClientConfig(kind, _, key, _) = error else { return None };
    Some(match kind {
        RDKafkaConfRes::RD_KAFKA_CONF_UNKNOWN => (
            key,
            "is no option of librdkafka; its CONFIGURATION.md lists the options and their values",
        ),
        _ => (
            key,
            "has a value that librdkafka does not allow; its CONFIGURATION.md lists the options and \
             their values",
        ),
    })
}

/// True where the broker says that the partitions of this member are another's now.
pub(super) fn is_lost(error: &KafkaError) -> bool {
    matches!(
        error.rdkafka_error_code(),
        Some(
            Code::IllegalGeneration
                | Code::UnknownMemberId
                | Code::FencedInstanceId
                | Code::RebalanceInProgress
        )
    )
}

/// True where another producer took over the transactions of this one.
pub(super) fn is_fenced(error: &KafkaError) -> bool {
    matches!(
        error.rdkafka_error_code(),
        Some(Code::Fenced | Code::ProducerFenced | Code::InvalidProducerEpoch)
    )
}

fn words(error: &KafkaError) -> String {
    match error {
        KafkaError::Transaction(error) => error.string(),
        other => match other.rdkafka_error_code() {
            Some(code) => code.to_string(),
            None => other.to_string(),
        },
    }
}
