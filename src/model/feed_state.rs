//! What poll remembers of one feed between two polls, beside the entries it has seen.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How a feed does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// Never polled.
    #[default]
    New,
    /// Answers, and publishes in its rhythm.
    Ok,
    /// Answers, but takes long.
    Slow,
    /// Answers, but is silent for much longer than its own rhythm.
    Stale,
    /// Refuses us: a challenge, a rate limit, a login.
    Blocked,
    /// Answered 410 for more than a day: polled once a week.
    Gone,
    /// Answers with something that is no feed.
    Parse,
    /// Does not answer, or with an error.
    Down,
}

impl Health {
    /// Every state, in the order of the table.
    pub const ALL: [Health; 8] = [
        Health::New,
        Health::Ok,
        Health::Slow,
        Health::Stale,
        Health::Blocked,
        Health::Gone,
        Health::Parse,
        Health::Down,
    ];

    /// Value of a metric label, and of the table.
    pub fn label(self) -> &'static str {
        match self {
            Health::New => "new",
            Health::Ok => "ok",
            Health::Slow => "slow",
            Health::Stale => "stale",
            Health::Blocked => "blocked",
            Health::Gone => "gone",
            Health::Parse => "parse",
            Health::Down => "down",
        }
    }
}

/// When a feed wishes not to be polled; each of it only lengthens a wait.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// The longest of `ttl` and `sy:updatePeriod`/`sy:updateFrequency`, in seconds.
    #[serde(default)]
    pub every: u32,
    /// `Cache-Control: max-age` or `Expires` of the last answer, in seconds.
    #[serde(default)]
    pub fresh_for: u32,
    /// `skipHours`: bit `n` is hour `n` of the day in UTC.
    #[serde(default)]
    pub skip_hours: u32,
    /// `skipDays`: bit 0 is Monday.
    #[serde(default)]
    pub skip_days: u8,
}

/// A permanent redirect on its way to being believed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redirected {
    /// Where it points.
    pub to: String,
    /// When it was last counted; the next one counts 24 hours later at the earliest.
    pub counted: DateTime<Utc>,
    /// How often it was counted.
    pub times: u32,
}

/// State of one feed; compacted by feed URL.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeedState {
    /// Version of this record.
    #[serde(default = "super::schema")]
    pub schema: u16,
    /// URL of the feed as configured.
    pub feed: String,
    /// `ETag`, byte for byte (RFC 9110 §8.8.3), each byte as the character of that number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// `Last-Modified`, byte for byte (RFC 9110 §8.8.2), likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// When the next poll is due.
    pub next_poll: DateTime<Utc>,
    /// When a poll last ended.
    #[serde(default)]
    pub last_poll: Option<DateTime<Utc>>,
    /// When a poll last succeeded.
    #[serde(default)]
    pub last_success: Option<DateTime<Utc>>,
    /// Polls so far.
    #[serde(default)]
    pub polls: u64,
    /// Consecutive failures.
    #[serde(default)]
    pub failures: u32,
    /// When a document was last fetched without condition.
    #[serde(default)]
    pub last_full: Option<DateTime<Utc>>,
    /// Conditional fetches since then.
    #[serde(default)]
    pub conditional: u32,
    /// True once the document had changed under unchanged validators: they are no longer used.
    #[serde(default)]
    pub validators_lie: bool,
    /// A permanent redirect that is not yet believed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirected: Option<Redirected>,
    /// The address that a believed redirect has led to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// When the first of a row of 410 answers came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone_since: Option<DateTime<Utc>>,
    /// When an entry last was new.
    #[serde(default)]
    pub last_new: Option<DateTime<Utc>>,
    /// Moving average of the time between new entries, in seconds.
    #[serde(default)]
    pub rhythm: Option<f64>,
    /// How often an entry was new, the first poll apart.
    #[serde(default)]
    pub arrivals: u32,
    /// Polled faster until then, because something new came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warm_until: Option<DateTime<Utc>>,
    /// Polled as fast as allowed until then, because a watched company was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hot_until: Option<DateTime<Utc>>,
    /// When the feed wishes not to be polled.
    #[serde(default)]
    pub wishes: Wishes,
    /// How the feed does.
    #[serde(default)]
    pub health: Health,
    /// Since when.
    #[serde(default)]
    pub health_since: Option<DateTime<Utc>>,
    /// Why, where it is not ok.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// Moving average of the time a fetch takes, in milliseconds.
    #[serde(default)]
    pub took_ms: u32,
    /// Title of the feed.
    #[serde(default)]
    pub title: String,
    /// Format and encoding of the last document, such as `RSS, UTF-8`.
    #[serde(default)]
    pub format: String,
    /// Entries in the last document.
    #[serde(default)]
    pub entries: u32,
    /// WebSub hubs that the feed names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hubs: Vec<String>,
}

impl FeedState {
    /// The state of a feed that was never polled and is due at `next_poll`.
    pub fn new(feed: impl Into<String>, next_poll: DateTime<Utc>) -> Self {
        Self {
            schema: super::SCHEMA,
            feed: feed.into(),
            etag: None,
            last_modified: None,
            next_poll,
            last_poll: None,
            last_success: None,
            polls: 0,
            failures: 0,
            last_full: None,
            conditional: 0,
            validators_lie: false,
            redirected: None,
            address: None,
            gone_since: None,
            last_new: None,
            rhythm: None,
            arrivals: 0,
            warm_until: None,
            hot_until: None,
            wishes: Wishes::default(),
            health: Health::New,
            health_since: None,
            cause: None,
            took_ms: 0,
            title: String::new(),
            format: String::new(),
            entries: 0,
            hubs: Vec::new(),
        }
    }
}
