//! What poll remembers of one feed between two polls.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// State of one feed; compacted by feed URL.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeedState {
    /// Version of this record.
    #[serde(default = "super::schema")]
    pub schema: u16,
    /// URL of the feed as configured.
    pub feed: String,
    /// `ETag`, byte for byte (RFC 9110 §8.8.3).
    #[serde(default)]
    pub etag: Option<String>,
    /// `Last-Modified`, byte for byte (RFC 9110 §8.8.2).
    #[serde(default)]
    pub last_modified: Option<String>,
    /// When the next poll is due.
    pub next_poll: DateTime<Utc>,
    /// When a poll last succeeded.
    #[serde(default)]
    pub last_success: Option<DateTime<Utc>>,
    /// Consecutive failures.
    #[serde(default)]
    pub failures: u32,
}
