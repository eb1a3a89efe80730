//! What a receiver is told, before any receiver puts it into its own words.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::model::{ChangeKind, Move, Tagged};

/// The event types of the generic webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// The first message about a move; once in its life.
    Reported,
    /// Something noteworthy became known.
    Updated,
    /// The person or the company says that it is not so.
    Denied,
    /// An article names a company or keyword.
    Mentioned,
}

impl Event {
    /// The word of the wire format.
    pub fn label(self) -> &'static str {
        match self {
            Self::Reported => "move.reported",
            Self::Updated => "move.updated",
            Self::Denied => "move.denied",
            Self::Mentioned => "article.mentioned",
        }
    }
}

/// The word of the wire format for what an update brings; `None` for a first report and a denial,
/// which the event's type says already.
pub fn change_label(change: ChangeKind) -> Option<&'static str> {
    match change {
        ChangeKind::New | ChangeKind::Denied => None,
        ChangeKind::Destination => Some("destination"),
        ChangeKind::Origin => Some("origin"),
        ChangeKind::Person => Some("person"),
        ChangeKind::Confirmed => Some("confirmed"),
        ChangeKind::Reversed => Some("reversed"),
        ChangeKind::Corrected => Some("corrected"),
    }
}

/// News about one move.
#[derive(Debug, Clone, PartialEq)]
pub struct MoveNews {
    /// The move as it is told; its revision is the one of the message.
    pub mv: Arc<Move>,
    /// First report, update or denial.
    pub event: Event,
    /// What it brings.
    pub change: ChangeKind,
    /// When that became known.
    pub at: DateTime<Utc>,
}

/// One item of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum News {
    /// A move.
    Move(MoveNews),
    /// An article that a mention route asked for.
    Mention(Arc<Tagged>),
}

impl News {
    /// The event type of the wire format.
    pub fn event(&self) -> Event {
        match self {
            Self::Move(news) => news.event,
            Self::Mention(_) => Event::Mentioned,
        }
    }

    /// When what it tells became known to this installation.
    pub fn at(&self) -> DateTime<Utc> {
        match self {
            Self::Move(news) => news.at,
            Self::Mention(tagged) => tagged.article.first_seen,
        }
    }

    /// When the first outlet published it.
    pub fn published(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Move(news) => news.mv.first_published,
            Self::Mention(tagged) => tagged.article.published,
        }
    }
}

/// Why several news share a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gathered {
    /// They waited while the receiver did not answer, or came faster than it takes messages.
    Backlog,
    /// They were first seen late, after an outage of this installation.
    Late,
    /// The route's rate cap held them back.
    Overflow,
    /// Quiet hours held them back.
    Quiet,
}

impl Gathered {
    /// The head line of a message with `count` news.
    pub fn title(self, count: usize) -> String {
        let news = if count == 1 { "alert" } else { "alerts" };
        match self {
            Self::Backlog => format!("{count} {news} that waited"),
            Self::Late => format!("{count} older {news}, first seen after an outage"),
            Self::Overflow => format!("{count} more {news} (rate cap)"),
            Self::Quiet => format!("{count} {news} from the quiet hours"),
        }
    }
}

/// One message.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// One news, as a card.
    One(News),
    /// Several, a line each.
    Many(Gathered, Vec<News>),
    /// A sentence from talentwire itself, for whoever runs it.
    Notice(String),
    /// A synthetic article, first seen at this time, came through the whole pipeline.
    Canary(DateTime<Utc>),
}

impl Message {
    /// What talentwire itself says: a notice, or that the canary came through; empty for news.
    pub fn sentence(&self, now: DateTime<Utc>) -> String {
        match self {
            Self::Notice(text) => text.clone(),
            Self::Canary(at) => canary_says(*at, now),
            Self::One(_) | Self::Many(_, _) => String::new(),
        }
    }
}

/// What a canary says at `now`, where its article was first seen at `at`: that all is well, and
/// that nobody moved.
fn canary_says(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let took = (now - at).num_seconds().max(0);
    let took = if took < 120 { format!("{took} s") } else { format!("{} min", took / 60) };
    format!("Canary: talentwire works. A synthetic article came through in {took}; nobody moved.")
}
