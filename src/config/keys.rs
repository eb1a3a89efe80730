//! Every key of `talentwire.toml`: kind, default, limits, meaning.
//!
//! One source for three uses: [`super::section::Section`] checks against it, the configuration
//! reference in `docs/` is generated from it, and a test holds the commented file against it.

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

/// `[poll]`; also allowed in `[[feed]]`.
pub const POLL: &[Key] = &[
    key(
        "interval",
        Kind::Duration(100, 7 * DAY),
        Some("5m"),
        "Time between two polls of a feed. Where it is not set, it adapts to each feed between min_interval and max_interval; an interval that is set is kept, unless max_interval is set beside it. Lower than 1m only for feeds on loopback.",
    ),
    key(
        "min_interval",
        Kind::Duration(100, 7 * DAY),
        Some("1m"),
        "Never poll a feed more often; lower than 1m only for feeds on loopback.",
    ),
    key(
        "max_interval",
        Kind::Duration(100, 30 * DAY),
        Some("1h"),
        "Never wait longer, whatever the feed asks for.",
    ),
    key(
        "first_poll",
        Kind::OneOf(&["seed", "alert"]),
        Some("seed"),
        "seed: entries of a feed's very first poll are remembered, not alerted; alert: those younger than max_age are alerted, and those without a date, whose age nobody knows, are not.",
    ),
    key(
        "max_age",
        Kind::Duration(MINUTE, 365 * DAY),
        Some("48h"),
        "Older moves are recorded, never alerted.",
    ),
    key(
        "allow_private_networks",
        Kind::Bool,
        Some("false"),
        "Allow feeds and webhooks on loopback, private and link-local addresses.",
    ),
    key(
        "full_text",
        Kind::Bool,
        Some("true"),
        "Fetch the page of an article that names a watched company when the feed gives no text.",
    ),
    key(
        "encoding",
        Kind::Text,
        None,
        "Character encoding, where a feed lies about it, such as \"euc-kr\".",
    ),
    key(
        "connect_timeout",
        Kind::Duration(100, MINUTE),
        Some("5s"),
        "Give up connecting after this time.",
    ),
    key(
        "timeout",
        Kind::Duration(500, 10 * MINUTE),
        Some("20s"),
        "Give up a fetch after this time.",
    ),
    key(
        "max_body_mib",
        Kind::Integer(1, 256),
        Some("15"),
        "Largest feed document after decompression, in MiB.",
    ),
];

/// Keys of `[poll]` that are not per feed.
pub const POLL_ONLY: &[Key] = &[
    key("feeds", Kind::Text, None, "An OPML file of further feeds, relative to this file."),
    key("concurrency", Kind::Integer(1, 4096), Some("64"), "Fetches under way at once."),
    key(
        "user_agent",
        Kind::Text,
        None,
        "How we introduce ourselves to feeds. Put a contact address into it: without one, publishers learn the name and version of the program, and the address of its project where its build has one.",
    ),
];

/// Keys of `[[feed]]` beside those of `[poll]`.
pub const FEED_ONLY: &[Key] = &[
    key("url", Kind::Text, None, "Address of the feed."),
    key("title", Kind::Text, None, "Name shown as the outlet; default: the feed's own title."),
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

/// `[notify]`.
pub const NOTIFY: &[Key] = &[
    key(
        "timeout",
        Kind::Duration(100, 5 * MINUTE),
        Some("15s"),
        "Give up one post after this time.",
    ),
    key(
        "max_age",
        Kind::Duration(MINUTE, 30 * DAY),
        Some("72h"),
        "Keep trying to deliver a move for this long; then it goes to dead-letters.",
    ),
];

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

/// `[[receiver]]`.
pub const RECEIVER: &[Key] = &[
    key(
        "name",
        Kind::Text,
        None,
        "Name, used by routes, metrics and the consumer group; letters, digits, '-' and '_'.",
    ),
    key(
        "type",
        Kind::OneOf(&["slack", "webhook", "discord", "teams", "ntfy", "console"]),
        None,
        "What kind of receiver.",
    ),
    key(
        "url",
        Kind::Text,
        None,
        "Address to post to (a secret for most kinds: better url_file or url_env).",
    ),
    key("url_file", Kind::Text, None, "File that holds the address."),
    key("url_env", Kind::Text, None, "Environment variable that holds the address."),
    key(
        "token",
        Kind::Text,
        None,
        "Bot token (slack) or access token (ntfy); better token_file or token_env.",
    ),
    key("token_file", Kind::Text, None, "File that holds the token."),
    key("token_env", Kind::Text, None, "Environment variable that holds the token."),
    key("channel", Kind::Text, None, "slack with a bot token: id of the channel."),
    key(
        "secret",
        Kind::Texts,
        None,
        "webhook: signing secrets, such as \"whsec_...\"; several during rotation.",
    ),
    key("secret_file", Kind::Text, None, "File that holds signing secrets, one a line."),
    key(
        "secret_env",
        Kind::Text,
        None,
        "Environment variable that holds signing secrets, separated by spaces.",
    ),
    key(
        "allow_private_networks",
        Kind::Bool,
        None,
        "Overrides [poll] allow_private_networks for this receiver.",
    ),
    key(
        "template",
        Kind::Text,
        None,
        "File with a template (minijinja) that replaces the built-in card; not for webhook.",
    ),
    key(
        "ops",
        Kind::Bool,
        Some("false"),
        "Also send notices about talentwire itself here, such as a disabled receiver; where no receiver asks for them, the first other one that people read gets them.",
    ),
];

/// `[[route]]`.
pub const ROUTE: &[Key] = &[
    key("receiver", Kind::Text, None, "Name of the receiver."),
    key(
        "on",
        Kind::OneOf(&["move", "mention"]),
        Some("move"),
        "move: alerts about moves; mention: plain company and keyword matching on articles, each story once.",
    ),
    key(
        "match",
        Kind::Table,
        None,
        "All matchers given must match; none given matches everything.",
    ),
    key("continue", Kind::Bool, Some("false"), "true: later routes are tried as well."),
    key(
        "quiet_hours",
        Kind::Text,
        None,
        "Hold alerts in this time of day, such as \"22:00-07:00\"; they go out in one message afterwards.",
    ),
    key("utc_offset", Kind::Text, Some("+00:00"), "Time zone of quiet_hours."),
    key(
        "max_per_hour",
        Kind::Integer(1, 100_000),
        None,
        "At most this many alerts an hour; the rest goes out as a digest.",
    ),
];

/// `match` of a route.
pub const MATCH: &[Key] = &[
    key("company", Kind::Texts, None, "Company ids at either end."),
    key("from", Kind::Texts, None, "Company ids left."),
    key("to", Kind::Texts, None, "Company ids joined."),
    key(
        "kind",
        Kind::SomeOf(&["joined", "left", "moved", "founded", "promoted"]),
        None,
        "Kinds of move.",
    ),
    key(
        "status",
        Kind::SomeOf(&["rumoured", "reported", "confirmed", "denied"]),
        None,
        "How sure the source is.",
    ),
    key("person", Kind::Texts, None, "Names of people."),
    key("role", Kind::Texts, None, "Words in the role."),
    key(
        "seniority",
        Kind::SomeOf(&["founder", "executive", "director", "staff"]),
        None,
        "How high the role is.",
    ),
    key("lang", Kind::Texts, None, "Languages of the report."),
    key("feed", Kind::Texts, None, "Feeds (outlet or URL) of the report."),
    key("keyword", Kind::Texts, None, "on = \"mention\": words in title or summary."),
    key("min_confidence", Kind::Number(0.0, 1.0), None, "Lowest confidence."),
];

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
