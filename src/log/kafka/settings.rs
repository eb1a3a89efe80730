//! Settings of the Kafka backend, and the client configurations made of them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use rdkafka::ClientConfig;
use rdkafka::config::RDKafkaLogLevel;

use super::failure::refused;
use crate::model::Secret;

/// Largest record in bytes, on the topics and in the clients.
pub(super) const MAX_RECORD: usize = 8 << 20;
/// Longest life of a transaction. One that a killed process left open holds back the readers of
/// its partitions for at most this long.
pub(super) const TRANSACTION: Duration = Duration::from_secs(15);
/// Options that the guarantees of the log rest on.
const OURS: &[&str] = &[
    "acks",
    "request.required.acks",
    "bootstrap.servers",
    "metadata.broker.list",
    "enable.auto.commit",
    "auto.commit.enable",
    "enable.auto.offset.store",
    "enable.idempotence",
    "enable.partition.eof",
    "auto.offset.reset",
    "group.id",
    "group.instance.id",
    "group.protocol",
    "isolation.level",
    "max.in.flight",
    "max.in.flight.requests.per.connection",
    "partition.assignment.strategy",
    "transactional.id",
];

/// How the brokers are reached.
#[derive(Clone, Default)]
pub struct Settings {
    /// `host:port`, several separated by commas.
    pub brokers: String,
    /// Begins the name of every topic, group and transaction.
    pub topic_prefix: String,
    /// Name of this process among those that run the same stages, where it is the same after a
    /// restart (a pod of a stateful set): a restarted process then takes its partitions back at
    /// once. No two living processes may have the same one.
    pub instance: Option<String>,
    /// Replicas of topics that are created; `None` for what the broker is configured to.
    pub replication: Option<i32>,
    /// Encryption and authentication.
    pub security: Security,
    /// Any option of librdkafka besides those that the guarantees rest on. Values may be secret.
    pub options: BTreeMap<String, String>,
}

/// Encryption and authentication towards the brokers.
#[derive(Clone, Default)]
pub struct Security {
    /// Encrypt; implied by the other TLS settings.
    pub tls: bool,
    /// File with the certificates of the authorities to trust, in PEM; the system's where absent.
    pub ca_file: Option<PathBuf>,
    /// File with our own certificate, in PEM.
    pub certificate_file: Option<PathBuf>,
    /// File with the key to it, in PEM.
    pub key_file: Option<PathBuf>,
    /// Password of the key.
    pub key_password: Option<Secret>,
    /// User name and password.
    pub sasl: Option<Sasl>,
}

/// A user name and a password.
#[derive(Clone)]
pub struct Sasl {
    /// `PLAIN`, `SCRAM-SHA-256` or `SCRAM-SHA-512`.
    pub mechanism: String,
    /// User name.
    pub username: String,
    /// Password.
    pub password: Secret,
}

impl Settings {
    /// The settings for brokers, all others at their defaults.
    pub fn at(brokers: impl Into<String>) -> Self {
        Self { brokers: brokers.into(), topic_prefix: "talentwire.".to_owned(), ..Self::default() }
    }

    /// Returns what is wrong, as (key below `[log.kafka]`, what would be right).
    pub fn problems(&self) -> Vec<(String, String)> {
        let mut problems = Vec::new();
        let mut add = |key: &str, what: &str| problems.push((key.to_owned(), what.to_owned()));
        if self.brokers.trim().is_empty() {
            add("brokers", "is empty; it must be `host:port`, several separated by commas");
        }
        let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        if self.topic_prefix.len() > 200 || !self.topic_prefix.chars().all(legal) {
            add("topic_prefix", "may hold up to 200 of a-z, A-Z, 0-9, `.`, `_` and `-`");
        }
        if let Some(sasl) = &self.security.sasl
            && !["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"].contains(&sasl.mechanism.as_str())
        {
            add("sasl.mechanism", "must be PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512");
        }
        if self.security.certificate_file.is_some() != self.security.key_file.is_some() {
            add("tls", "needs both the certificate file and the key file, or neither");
        }
        for (key, value) in &self.options {
            if OURS.contains(&key.as_str()) {
                let what = "is set by talentwire, whose guarantees rest on it; remove it";
                add(&format!("options.{key}"), what);
            } else if let Err(error) = ClientConfig::new().set(key, value).create_native_config()
                && let Some((_, why)) = refused(&error)
            {
                add(&format!("options.{key}"), why);
            }
        }
        problems
    }

    /// What every client has.
    pub(super) fn client(&self) -> ClientConfig {
        let mut config = ClientConfig::new();
        config
            .set("bootstrap.servers", &self.brokers)
            .set("client.id", "talentwire")
            .set("socket.keepalive.enable", "true")
            // Found again soon after an outage, without a storm.
            .set("reconnect.backoff.max.ms", "5000")
            .set("broker.address.ttl", "10000")
            .set_log_level(RDKafkaLogLevel::Info);
        self.secure(&mut config);
        for (key, value) in &self.options {
            config.set(key, value);
        }
        config
    }

    fn secure(&self, config: &mut ClientConfig) {
        let security = &self.security;
        let mut file = |key: &str, file: &Option<PathBuf>| {
            if let Some(file) = file {
                config.set(key, file.to_string_lossy());
            }
            file.is_some()
        };
        let tls = file("ssl.ca.location", &security.ca_file)
            | file("ssl.certificate.location", &security.certificate_file)
            | file("ssl.key.location", &security.key_file)
            | security.tls;
        if let Some(password) = &security.key_password {
            config.set("ssl.key.password", password.expose());
        }
        if let Some(sasl) = &security.sasl {
            config
                .set("sasl.mechanism", &sasl.mechanism)
                .set("sasl.username", &sasl.username)
                .set("sasl.password", sasl.password.expose());
        }
        let protocol = match (tls, security.sasl.is_some()) {
            (false, false) => return,
            (true, false) => "ssl",
            (false, true) => "sasl_plaintext",
            (true, true) => "sasl_ssl",
        };
        config.set("security.protocol", protocol);
    }

    /// A transactional producer.
    pub(super) fn producer(&self, transactional_id: &str) -> ClientConfig {
        let mut config = self.client();
        config
            .set("transactional.id", transactional_id)
            .set("transaction.timeout.ms", TRANSACTION.as_millis().to_string())
            .set("enable.idempotence", "true")
            .set("acks", "all")
            // Brokers take whatever sequence number comes first from a producer that a partition
            // does not know (KAFKA-15591). With more in flight, a first batch that is refused for a
            // moment, by a new topic or a new leader, is overtaken by the second one, and librdkafka
            // takes the success of that for the success of both: the transaction commits without
            // the first batch.
            .set("max.in.flight.requests.per.connection", "1")
            .set("message.max.bytes", (MAX_RECORD + 4096).to_string());
        // A unit's records are queued at once and then waited for: nothing is gained by waiting long.
        default(&mut config, "linger.ms", "1");
        // The broker asks for patience between two transactions, for a few milliseconds; the
        // default of 100 would be most of the time that a unit takes. It grows to a second.
        default(&mut config, "retry.backoff.ms", "10");
        default(&mut config, "compression.type", "zstd");
        default(&mut config, "queue.buffering.max.kbytes", "65536");
        config
    }

    /// A consumer; `group` without the prefix.
    pub(super) fn consumer(&self, group: &str) -> ClientConfig {
        let mut config = self.client();
        config
            .set("group.id", self.group(group))
            .set("enable.auto.commit", "false")
            .set("enable.auto.offset.store", "false")
            .set("auto.offset.reset", "earliest")
            .set("isolation.level", "read_committed")
            // What stays with a member keeps its state in memory and its work in hand.
            .set("partition.assignment.strategy", "cooperative-sticky");
        // How long the partitions of a killed process wait for the next one.
        default(&mut config, "session.timeout.ms", "10000");
        default(&mut config, "queued.max.messages.kbytes", "16384");
        default(&mut config, "queued.min.messages", "1000");
        config
    }

    /// Name of a group on the brokers.
    pub(super) fn group(&self, group: &str) -> String {
        format!("{}{group}", self.topic_prefix)
    }

    /// Name of a topic on the brokers.
    pub(super) fn topic(&self, topic: crate::log::Topic) -> String {
        format!("{}{}", self.topic_prefix, topic.name())
    }
}

fn default(config: &mut ClientConfig, key: &str, value: &str) {
    if config.get(key).is_none() {
        config.set(key, value);
    }
}
