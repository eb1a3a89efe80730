//! Every key of `talentwire.toml`: kind, default, limits, meaning.
//!
//! One source for three uses: [`super::section::Section`] checks against it, the configuration
//! reference in `docs/` is generated from it, and a test holds the commented file against it.

mod delivery;
mod polling;

pub use delivery::{MATCH, NOTIFY, RECEIVER, ROUTE};
pub use polling::{FEED_ONLY, POLL, POLL_ONLY};

/// What a key's value may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A list of texts; a single text counts as a list of one.
    Texts,
    /// `true` or `false`.
    Bool,
    /// A whole number within limits.
    Integer(i64, i64),
    /// A number within limits.
    Number(f64, f64),
    /// A duration such as "5m", within limits in milliseconds.
    Duration(u64, u64),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A list of these words.
    SomeOf(&'static [&'static str]),
    /// A table or a list of tables, with keys of its own.
    Table,
}

/// One key.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its name within the section.
    pub name: &'static str,
    /// What its value may be.
    pub kind: Kind,
    /// Its default as the file would spell it, without quotes.
    pub default: Option<&'static str>,
    /// What it means.
    pub doc: &'static str,
}

const fn key(
    name: &'static str,
    kind: Kind,
    default: Option<&'static str>,
    doc: &'static str,
) -> Key {
    Key { name, kind, default, doc }
}

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// The top level.
pub const ROOT: &[Key] = &[
    key("log", Kind::Table, None, "Where records are kept between the stages."),
    key("http", Kind::Table, None, "The read-only HTTP server."),
    key("poll", Kind::Table, None, "How feeds are polled; any of its keys can be set per feed."),
    key("rules", Kind::Table, None, "Companies, people, lexicons, history; default: built in."),
    key("track", Kind::Table, None, "How reports become moves."),
    key("notify", Kind::Table, None, "How alerts are delivered."),
    key("canary", Kind::Table, None, "A synthetic article that proves the pipeline alive."),
    key("shutdown", Kind::Table, None, "How the daemon ends."),
    key("feed", Kind::Table, None, "One feed; repeat the section for more."),
    key("receiver", Kind::Table, None, "One place that alerts go to; repeat for more."),
    key("route", Kind::Table, None, "Which moves go to which receiver; the first match wins."),
];

/// `[log]`.
pub const LOG: &[Key] = &[
    key(
        "backend",
        Kind::OneOf(&["embedded", "kafka"]),
        Some("embedded"),
        "Embedded: SQLite in a folder, one process. Kafka: any broker of its protocol.",
    ),
    key(
        "path",
        Kind::Text,
        Some("data"),
        "Embedded: the folder, relative to the working directory.",
    ),
    key("kafka", Kind::Table, None, "Kafka: how to reach the brokers."),
];

/// `[log.kafka]`.
pub const KAFKA: &[Key] = &[
    key(
        "brokers",
        Kind::Text,
        Some("localhost:9092"),
        "Comma-separated host:port of the first brokers to ask.",
    ),
    key(
        "topic_prefix",
        Kind::Text,
        Some("talentwire."),
        "Put before every topic and consumer group.",
    ),
    key(
        "instance",
        Kind::Text,
        None,
        "Name of this process, stable over restarts; default: the host's name. Two processes must not share one.",
    ),
    key(
        "replication",
        Kind::Integer(1, 10),
        Some("1"),
        "Replication factor of topics that are created; 3 in a cluster.",
    ),
    key(
        "security",
        Kind::OneOf(&["plaintext", "ssl", "sasl_plaintext", "sasl_ssl"]),
        Some("plaintext"),
        "How connections are protected.",
    ),
    key(
        "ca_file",
        Kind::Text,
        None,
        "PEM file of the authority that signed the brokers' certificates.",
    ),
    key("certificate_file", Kind::Text, None, "PEM file of our certificate, for mutual TLS."),
    key("key_file", Kind::Text, None, "PEM file of our private key, for mutual TLS."),
    key(
        "sasl_mechanism",
        Kind::OneOf(&["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]),
        None,
        "SASL mechanism.",
    ),
    key("username", Kind::Text, None, "SASL user."),
    key("password", Kind::Text, None, "SASL password; better password_file or password_env."),
    key("password_file", Kind::Text, None, "File that holds the SASL password."),
    key("password_env", Kind::Text, None, "Environment variable that holds the SASL password."),
    key(
        "key_password",
        Kind::Text,
        None,
        "Password of the private key; better key_password_file or key_password_env.",
    ),
    key("key_password_file", Kind::Text, None, "File that holds the password of the private key."),
    key("key_password_env", Kind::Text, None, "Environment variable that holds it."),
    key("options", Kind::Table, None, "Any librdkafka setting, passed on as it is."),
];

/// `[http]`.
pub const HTTP: &[Key] = &[
    key(
        "listen",
        Kind::Text,
        Some("127.0.0.1:9469"),
        "Address and port of /metrics, /livez, /readyz, /healthz and /api/v1; port 0 takes a free one.",
    ),
    key("enabled", Kind::Bool, Some("true"), "false: no server."),
];

/// `[rules]`.
pub const RULES: &[Key] = &[
    key("companies", Kind::Text, None, "Companies with their names in all languages."),
    key("people", Kind::Text, None, "Known people with their names in all scripts."),
    key("lexicon", Kind::Text, None, "Folder with one lexicon a language, such as en.toml."),
    key(
        "history",
        Kind::Text,
        None,
        "Well-known past moves, which never alert; an empty file means none.",
    ),
];

/// `[track]`.
pub const TRACK: &[Key] = &[key(
    "window",
    Kind::Duration(HOUR, 365 * DAY),
    Some("30d"),
    "Reports of one person's move within this time are one move.",
)];

/// `[canary]`.
pub const CANARY: &[Key] = &[
    key(
        "interval",
        Kind::Duration(SECOND, 7 * DAY),
        None,
        "Send a synthetic article through the pipeline this often, for the metric talentwire_canary_age_seconds; without it there is no canary.",
    ),
    key(
        "receiver",
        Kind::Text,
        None,
        "Name of a receiver that is told of each canary; the metric then counts from its answer. Without it nobody is told.",
    ),
];

/// `[shutdown]`.
pub const SHUTDOWN: &[Key] = &[key(
    "grace",
    Kind::Duration(0, HOUR),
    Some("20s"),
    "Time to finish what is under way after SIGTERM.",
)];

/// Every section with its keys, as the reference shows them.
pub const SECTIONS: &[(&str, &[&[Key]])] = &[
    ("[log]", &[LOG]),
    ("[log.kafka]", &[KAFKA]),
    ("[http]", &[HTTP]),
    ("[poll]", &[POLL, POLL_ONLY]),
    ("[rules]", &[RULES]),
    ("[track]", &[TRACK]),
    ("[notify]", &[NOTIFY]),
    ("[canary]", &[CANARY]),
    ("[shutdown]", &[SHUTDOWN]),
    ("[[feed]]", &[FEED_ONLY, POLL]),
    ("[[receiver]]", &[RECEIVER]),
    ("[[route]]", &[ROUTE]),
    ("match = { ... }", &[MATCH]),
];
