//! A move: the real-world event that claims from many articles report.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::claim::{Kind, Status};

/// Id of the move that canary articles become: one key, so that compaction keeps one record.
pub const CANARY: &str = "canary";

/// What a revision brought that deserves attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// First report that alerts, or that a seeded feed made known.
    New,
    /// The destination became known.
    Destination,
    /// The origin became known.
    Origin,
    /// The name became known.
    Person,
    /// A rumour or report was confirmed by the person or the company.
    Confirmed,
    /// Denied by the person or the company.
    Denied,
    /// The person went back.
    Reversed,
    /// An end was wrong before.
    Corrected,
}

impl ChangeKind {
    /// Every value, in declaration order.
    pub const ALL: &'static [ChangeKind] = &[
        ChangeKind::New,
        ChangeKind::Destination,
        ChangeKind::Origin,
        ChangeKind::Person,
        ChangeKind::Confirmed,
        ChangeKind::Denied,
        ChangeKind::Reversed,
        ChangeKind::Corrected,
    ];

    /// The word of the wire format.
    pub fn label(self) -> &'static str {
        match self {
            ChangeKind::New => "new",
            ChangeKind::Destination => "destination",
            ChangeKind::Origin => "origin",
            ChangeKind::Person => "person",
            ChangeKind::Confirmed => "confirmed",
            ChangeKind::Denied => "denied",
            ChangeKind::Reversed => "reversed",
            ChangeKind::Corrected => "corrected",
        }
    }
}

/// One noteworthy revision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The revision that brought it.
    pub revision: u32,
    /// What it brought.
    pub kind: ChangeKind,
    /// When, by the first-seen time of the article that caused it.
    pub at: DateTime<Utc>,
    /// Id of the claim that caused it.
    pub cause: String,
}

/// One article that reports the move.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Absolute link.
    pub url: Option<String>,
    /// Headline.
    pub title: String,
    /// Who publishes.
    pub outlet: String,
    /// Language of the article.
    pub lang: Option<String>,
    /// When the outlet says it was published.
    pub published: Option<DateTime<Utc>>,
    /// The sentence that says it.
    pub quote: String,
    /// The words in the quote that say "moved".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub trigger: String,
}

/// Whether a move may wake anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attention {
    /// Fresh and good enough.
    Alert,
    /// First seen during an outage and older than `max_age`: goes into one digest message.
    Digest,
    /// Seeded, well known, suppressed or stale: recorded only.
    #[default]
    Silent,
}

/// A real-world move: all claims merged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Move {
    /// Version of this record.
    #[serde(default = "super::schema")]
    pub schema: u16,
    /// A function of the first claim; never changes.
    pub id: String,
    /// Counts up from 1 with every change.
    pub revision: u32,
    /// How many people; above 1 for an unnamed group, and for a group of whom one is named by now.
    pub count: u32,
    /// When this installation first saw a report.
    pub first_seen: DateTime<Utc>,
    /// Earliest publication time among the reports.
    pub first_published: Option<DateTime<Utc>>,
    /// As in [`super::Claim`].
    pub person: Option<String>,
    /// As in [`super::Claim`].
    pub from: Option<String>,
    /// As in [`super::Claim`].
    pub to: Option<String>,
    /// As in [`super::Claim`].
    pub role: Option<String>,
    /// As in [`super::Claim`].
    pub kind: Kind,
    /// As in [`super::Claim`].
    pub status: Status,
    /// As in [`super::Claim`].
    pub confidence: f64,
    /// Display name of `from`.
    pub from_name: Option<String>,
    /// Display name of `to`.
    pub to_name: Option<String>,
    /// The articles, the first one first: the first three and the latest two.
    pub reports: Vec<Report>,
    /// How many articles report it, those included that `reports` no longer holds.
    #[serde(default)]
    pub report_count: u32,
    /// Noteworthy revisions, oldest first.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// Whether it may wake anybody.
    #[serde(default)]
    pub attention: Attention,
    /// Every spelling of the person's name seen.
    #[serde(default)]
    pub spellings: Vec<String>,
    /// First-seen time of the latest report.
    pub last_seen: DateTime<Utc>,
    /// The ids of the latest claims merged, shortened: a claim that comes twice changes nothing.
    #[serde(default)]
    pub merged: Vec<u32>,
}

impl Move {
    /// True when a revision told the world, or a seeded feed, of this move.
    pub fn is_announced(&self) -> bool {
        self.changes.iter().any(|change| change.kind == ChangeKind::New)
    }

    /// True when the person went back: the move counts for nobody.
    pub fn is_reversed(&self) -> bool {
        self.changes.iter().any(|change| change.kind == ChangeKind::Reversed)
    }
}
