//! A delivery: how far one receiver got with one move. The records of the compacted topic
//! `deliveries`, and how their keys are spelt:
//!
//! | key | value |
//! |---|---|
//! | `<receiver>/<subject>` | [`Delivery`] |
//! | `<receiver>/` | [`ReceiverState`] |
//! | `inbox/<receiver>/<id>` | [`Errand`]: what other processes ask of a receiver |
//! | `silence/<id>` | `notify::route::Silence` |

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Names that no receiver may have, because keys of `deliveries` begin with them.
pub const RESERVED_NAMES: [&str; 2] = ["silence", "inbox"];

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
    /// Last revision that a post was begun for, unless it was seen not to arrive.
    pub intended: u32,
    /// Last revision that the receiver acknowledged; 0 for none.
    pub delivered: u32,
    /// Last revision that was given up and went to `dead-letters`; 0 for none.
    #[serde(default)]
    pub dead: u32,
    /// Attempts to tell the next revision that failed so far.
    #[serde(default)]
    pub attempts: u32,
    /// When the first of them began; `None` where all is told.
    #[serde(default)]
    pub since: Option<DateTime<Utc>>,
    /// Slack channel of the first message (bot token only).
    #[serde(default)]
    pub channel: Option<String>,
    /// Slack timestamp of the first message (bot token only).
    #[serde(default)]
    pub ts: Option<String>,
    /// True where that message tells of several moves, so that it must not be edited.
    #[serde(default)]
    pub grouped: bool,
    /// What was told, for keyword alerts: the same story is not told again.
    #[serde(default)]
    pub story: Option<Story>,
    /// When this record was written.
    pub at: DateTime<Utc>,
}

/// A story that a keyword alert told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Normalised URL.
    pub url: Option<String>,
    /// Headline.
    pub title: String,
}

/// What a receiver must still know after a restart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReceiverState {
    /// Version of this record.
    #[serde(default = "super::schema")]
    pub schema: u16,
    /// When this receiver first ran: older history is not sent to it.
    pub born: DateTime<Utc>,
    /// It asked for no post before this time (`Retry-After`).
    #[serde(default)]
    pub not_before: Option<DateTime<Utc>>,
}

/// What other processes ask of a receiver; deleted once done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "errand", rename_all = "snake_case")]
pub enum Errand {
    /// Try a dead letter again.
    Retry {
        /// Topic of the original record: `moves` or `tagged`.
        topic: String,
        /// The original record.
        record: serde_json::Value,
    },
    /// Tell the people behind this receiver that another one is out of order.
    Notice {
        /// One sentence.
        text: String,
        /// When it was written.
        at: DateTime<Utc>,
    },
}

impl Delivery {
    /// Returns the state of a receiver that has not heard of this subject yet.
    pub fn new(receiver: &str, subject: &str, at: DateTime<Utc>) -> Self {
        Self {
            schema: super::SCHEMA,
            receiver: receiver.to_owned(),
            subject: subject.to_owned(),
            intended: 0,
            delivered: 0,
            dead: 0,
            attempts: 0,
            since: None,
            channel: None,
            ts: None,
            grouped: false,
            story: None,
            at,
        }
    }

    /// The key of its record.
    pub fn key(&self) -> String {
        delivery_key(&self.receiver, &self.subject)
    }

    /// True where a post was begun and nobody knows whether it arrived.
    pub fn is_in_doubt(&self) -> bool {
        self.intended > self.delivered && self.intended > self.dead
    }
}

/// The key of the delivery of `subject` to `receiver`.
pub fn delivery_key(receiver: &str, subject: &str) -> String {
    format!("{receiver}/{subject}")
}

/// The key of an errand for `receiver`.
pub fn inbox_key(receiver: &str, id: &str) -> String {
    format!("inbox/{receiver}/{id}")
}

/// The key of a silence.
pub fn silence_key(id: &str) -> String {
    format!("silence/{id}")
}
