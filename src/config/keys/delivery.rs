//! Keys of receivers, routes and how alerts are delivered.

use super::{DAY, Key, Kind, MINUTE, key};

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
    key("company", Kind::Texts, None, "Companies at either end, by id or any listed name."),
    key("from", Kind::Texts, None, "Companies left, likewise."),
    key("to", Kind::Texts, None, "Companies joined, likewise."),
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
