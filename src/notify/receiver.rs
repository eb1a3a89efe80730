//! What every kind of receiver offers: put a letter into its words, post it, look it up.

use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use serde_json::Value;

use super::error::DeliveryError;
use super::message::Message;

/// How a receiver recognises what it was already sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ids {
    /// It ignores an id that it has seen: posting again is harmless.
    Ignores,
    /// It can be asked whether it has an id.
    Lists,
    /// It knows no ids: posting again may be seen twice.
    None,
}

/// How a receiver wants to be treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habits {
    /// How it recognises what it was already sent.
    pub ids: Ids,
    /// Most news in one message; 1 where every news is a message.
    pub group: usize,
    /// Least time between two posts to the same address.
    pub interval: Duration,
}

/// How much markup a letter may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// All that the receiver understands.
    #[default]
    Rich,
    /// Text only: the second try after the receiver did not accept the first.
    Plain,
}

/// The message that tells of a move for the first time, where later ones can refer to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// Channel.
    pub channel: String,
    /// Timestamp, which is the message's name.
    pub ts: String,
    /// True where it tells of several moves, so that it must not be edited.
    pub grouped: bool,
}

/// One message on its way to one receiver.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// The ids of its news; the same on every retry. Never empty.
    pub ids: Vec<String>,
    /// What it says.
    pub message: Message,
    /// How much markup.
    pub form: Form,
    /// The time of this attempt.
    pub now: DateTime<Utc>,
    /// When the first attempt began.
    pub since: DateTime<Utc>,
    /// The message that it continues.
    pub thread: Option<Thread>,
}

impl Letter {
    /// The id of a letter with one news.
    pub fn id(&self) -> &str {
        self.ids.first().map_or("", String::as_str)
    }
}

/// What a receiver gave back for a letter that arrived.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Posted {
    /// Where later messages can refer to it.
    pub thread: Option<(String, String)>,
}

/// A letter in the receiver's words: the calls to make, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// Name of the call (empty where there is only one address) and what is sent.
    pub calls: Vec<(&'static str, Value)>,
}

impl Body {
    /// A body of one call.
    pub fn one(value: Value) -> Self {
        Self { calls: vec![("", value)] }
    }
}

/// A kind of receiver with its address.
pub trait Receiver: Send + Sync + 'static {
    /// How it wants to be treated.
    fn habits(&self) -> Habits;

    /// Puts a letter into the receiver's words. Pure.
    ///
    /// # Errors
    /// [`DeliveryError::Render`] where a template fails.
    fn render(&self, letter: &Letter) -> Result<Body, DeliveryError>;

    /// Posts a letter, once.
    fn post<'a>(
        &'a self,
        letter: &'a Letter,
        body: Body,
    ) -> BoxFuture<'a, Result<Posted, DeliveryError>>;

    /// Looks for a letter that may have arrived; asked only where `Ids::Lists`.
    fn find<'a>(
        &'a self,
        _letter: &'a Letter,
    ) -> BoxFuture<'a, Result<Option<Posted>, DeliveryError>> {
        Box::pin(async { Ok(None) })
    }
}
