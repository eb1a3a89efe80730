//! Keys of feeds and how they are polled.

use super::{DAY, Key, Kind, MINUTE, key};

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
    key(
        "url",
        Kind::Text,
        None,
        "Address of the feed; a name and password in it, as in https://ann:password@example.org/rss, are shown nowhere.",
    ),
    key("title", Kind::Text, None, "Name shown as the outlet; default: the feed's own title."),
];
