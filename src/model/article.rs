//! An article: one entry of a feed, normalised.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How an article came in; decides whether it may wake anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrival {
    /// A new entry of a feed that was polled before.
    #[default]
    Live,
    /// An entry of a feed's very first poll: remembered, not alerted.
    Seed,
    /// A known entry whose text changed: tagged again, silently.
    Edit,
    /// The synthetic article that proves the pipeline alive.
    Canary,
}

/// One entry of a feed: absolute URL, UTC times, plain text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Version of this record.
    #[serde(default = "super::schema")]
    pub schema: u16,
    /// A function of the feed and the entry's identity; the same on every poll.
    pub id: String,
    /// URL of the feed as configured.
    pub feed: String,
    /// Who publishes: the feed's title, or its host.
    pub outlet: String,
    /// Absolute, normalised link of the entry.
    pub url: Option<String>,
    /// Plain text.
    pub title: String,
    /// Plain text.
    #[serde(default)]
    pub summary: String,
    /// Plain text of the whole article, where the feed or its page gave one.
    #[serde(default)]
    pub content: Option<String>,
    /// When the outlet says it was published; never later than `first_seen`.
    pub published: Option<DateTime<Utc>>,
    /// When the outlet says it was last changed.
    #[serde(default)]
    pub updated: Option<DateTime<Utc>>,
    /// Names of the authors.
    #[serde(default)]
    pub authors: Vec<String>,
    /// Language by the feed or the entry, as BCP 47; the tagger decides by the text.
    #[serde(default)]
    pub lang: Option<String>,
    /// When this installation first saw the entry.
    pub first_seen: DateTime<Utc>,
    /// How it came in.
    #[serde(default)]
    pub arrival: Arrival,
}

/// What later records keep of the article they come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleRef {
    /// Id of the article.
    pub id: String,
    /// URL of the feed as configured.
    pub feed: String,
    /// Who publishes.
    pub outlet: String,
    /// Absolute link.
    pub url: Option<String>,
    /// Plain text.
    pub title: String,
    /// Language that the tagger found.
    pub lang: Option<String>,
    /// When the outlet says it was published.
    pub published: Option<DateTime<Utc>>,
    /// When this installation first saw it.
    pub first_seen: DateTime<Utc>,
    /// How it came in.
    #[serde(default)]
    pub arrival: Arrival,
}

impl Article {
    /// Returns what later records keep of this article, with the language that was found.
    pub fn reference(&self, lang: Option<String>) -> ArticleRef {
        ArticleRef {
            id: self.id.clone(),
            feed: self.feed.clone(),
            outlet: self.outlet.clone(),
            url: self.url.clone(),
            title: self.title.clone(),
            lang,
            published: self.published,
            first_seen: self.first_seen,
            arrival: self.arrival,
        }
    }
}
