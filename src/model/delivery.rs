//! A delivery: how far one receiver got with one move.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// State of one receiver and one move; compacted by `receiver` + move id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    /// Version of this record.
    #[serde(default = "super::schema")]
    pub schema: u16,
    /// Name of the receiver.
    pub receiver: String,
    /// Id of the move, or of the story for keyword alerts.
    pub subject: String,
    /// Last revision that a post was begun for.
    pub intended: u32,
    /// Last revision that the receiver acknowledged; 0 for none.
    pub delivered: u32,
    /// Slack channel of the first message (bot token only).
    #[serde(default)]
    pub channel: Option<String>,
    /// Slack timestamp of the first message (bot token only).
    #[serde(default)]
    pub ts: Option<String>,
    /// When this record was written.
    pub at: DateTime<Utc>,
}
