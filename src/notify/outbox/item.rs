//! One message that waits, and what is taken out for one post.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::model::Move;
use crate::model::delivery::{Delivery, Story};
use crate::notify::message::{Gathered, News};
use crate::notify::receiver::{Form, Letter};
use crate::notify::story::story_of;

/// Where a record stands in its topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Partition.
    pub partition: i32,
    /// Offset.
    pub offset: i64,
}

/// What an item says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    News(News),
    Notice(String),
    /// A synthetic article that was first seen at this time.
    Canary(DateTime<Utc>),
}

/// One message that waits.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Unique in this outbox.
    pub(super) serial: u64,
    /// Move id or story id.
    pub(super) subject: String,
    /// The revision that is told.
    pub(super) revision: u32,
    /// The revision of the newest version seen.
    pub(super) latest: u32,
    /// Id of the message.
    pub(super) id: String,
    pub(super) content: Content,
    /// `None` for errands, which no position waits for.
    pub(super) place: Option<Place>,
    /// The route that took it.
    pub(super) route: Option<usize>,
    /// Held back and told together.
    pub(super) lane: Option<Gathered>,
    /// Not before this time.
    pub(super) due: DateTime<Utc>,
    pub(super) queued: DateTime<Utc>,
    /// When the first attempt began.
    pub(super) since: Option<DateTime<Utc>>,
    pub(super) attempts: u32,
    pub(super) form: Form,
    /// Must not share a message: the group it was in was not accepted.
    pub(super) alone: bool,
    /// It may have arrived already.
    pub(super) doubt: bool,
    /// Its last attempt was left in doubt, which is not counted yet.
    pub(super) open: bool,
    /// Key of the errand that brought it.
    pub(super) errand: Option<String>,
    /// What to look at once this is settled.
    pub(super) later: Option<(Arc<Move>, Option<Place>)>,
}

impl Item {
    /// Takes over what the log says of earlier attempts; of the last one a crash may hide the end.
    pub(super) fn resume(&mut self, known: &Delivery) {
        self.doubt = known.is_in_doubt();
        self.open = self.doubt;
        self.attempts = known.attempts;
        self.since = known.since;
    }

    /// What a keyword alert tells.
    pub(super) fn story(&self) -> Option<Story> {
        match &self.content {
            Content::News(News::Mention(tagged)) => Some(story_of(&tagged.article)),
            Content::News(News::Move(_)) | Content::Notice(_) | Content::Canary(_) => None,
        }
    }

    /// True where the log keeps how far it got.
    pub(super) fn has_delivery(&self) -> bool {
        !matches!(self.content, Content::Notice(_))
    }

    /// Where the original record belongs.
    pub(super) fn topic(&self) -> &'static str {
        match self.content {
            Content::News(News::Mention(_)) => "tagged",
            Content::News(News::Move(_)) | Content::Notice(_) | Content::Canary(_) => "moves",
        }
    }
}

/// What is taken out for one post.
#[derive(Debug, Clone)]
pub struct Batch {
    /// The letter to post.
    pub letter: Letter,
    /// True where the receiver is to be asked first whether it has the letter.
    pub look_up: bool,
    /// How many of its messages their last attempt left in doubt.
    pub doubtful: u64,
    /// How many of its messages may be seen twice because of this post.
    pub possible_duplicates: u64,
    pub(super) serials: Vec<u64>,
}

/// A record to commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Of the topic `deliveries`; without a value it deletes the key.
    Delivery {
        /// Key.
        key: String,
        /// JSON.
        value: Option<Vec<u8>>,
    },
    /// Of the topic `dead-letters`.
    DeadLetter {
        /// Key of the original record.
        key: String,
        /// The original record.
        value: Vec<u8>,
        /// Where it comes from and what became of it.
        headers: Vec<(&'static str, String)>,
    },
}

impl Output {
    /// A record of `deliveries`.
    pub fn delivery<T: serde::Serialize>(key: String, value: &T) -> Self {
        // Plain data with string keys always serialises.
        Self::Delivery { key, value: serde_json::to_vec(value).ok() }
    }
}

/// What a post came to.
#[derive(Debug, Default)]
pub struct Finished {
    /// To be committed, with the positions.
    pub outputs: Vec<Output>,
    /// The news that arrived.
    pub delivered: Vec<News>,
    /// How many messages were given up.
    pub dead: u64,
    /// True where the receiver has just been disabled.
    pub disabled: bool,
}
