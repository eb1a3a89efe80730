//! ntfy: a push message to a phone, published as JSON.
//!
//! <https://docs.ntfy.sh/publish/#publish-as-json>. The last part of the address is the topic; a
//! message holds 4,096 bytes, a longer one would become a file.

use std::time::Duration;

use futures_util::future::BoxFuture;
use serde_json::{Value, json};

use super::card::Card;
use super::error::DeliveryError;
use super::message::Message;
use super::receiver::{Body, Habits, Ids, Letter, Posted, Receiver};
use super::template::{Template, Values};
use super::tone::Tone;
use super::wire::{Wire, taken};

/// Most bytes of a message, with room for an ellipsis.
const BYTES: usize = 4_000;

/// A topic of an ntfy server.
pub struct Ntfy {
    wire: Wire,
    topic: String,
    template: Option<Template>,
}

impl Ntfy {
    /// A receiver at `https://server/topic`.
    ///
    /// # Errors
    /// What is wrong with the address.
    pub fn new(wire: Wire, template: Option<Template>) -> Result<Self, String> {
        let mut url = wire.url().clone();
        let path = url.path().trim_matches('/').to_owned();
        let (base, topic) = path.rsplit_once('/').unwrap_or(("", &path));
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if topic.is_empty() || !topic.chars().all(fits) {
            return Err("the address must end in a topic, as in https://ntfy.sh/my-topic".into());
        }
        url.set_path(base);
        url.set_query(None);
        Ok(Self { wire: wire.at(url), topic: topic.to_owned(), template })
    }
}

/// Cuts to a number of bytes without splitting a character.
fn cut_bytes(text: &str, max: usize) -> String {
    if text.len() <= max {
        return text.to_owned();
    }
    let end = text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= max);
    let end = end.last().unwrap_or(0);
    format!("{}…", text.get(..end).unwrap_or("").trim_end())
}

impl Receiver for Ntfy {
    fn habits(&self) -> Habits {
        Habits { ids: Ids::None, group: 20, interval: Duration::from_secs(1) }
    }

    fn render(&self, letter: &Letter) -> Result<Body, DeliveryError> {
        let text = match (&self.template, &letter.message) {
            (Some(own), Message::One(news)) => own.render(&Values::new(news, letter.now))?,
            _ => super::plain::text(&letter.message, letter.now, BYTES),
        };
        let mut title = "talentwire".to_owned();
        let mut body = json!({"topic": self.topic});
        if let (Message::Canary(_), Some(object)) = (&letter.message, body.as_object_mut()) {
            // A canary wakes nobody.
            object.insert("priority".to_owned(), json!(1));
        }
        if let (Message::One(news), Some(object)) = (&letter.message, body.as_object_mut()) {
            let card = Card::new(news, letter.now);
            let loud = matches!(card.tone, Tone::Confirmed | Tone::Reported);
            object.insert("priority".to_owned(), json!(if loud { 4 } else { 3 }));
            if let Some(url) = card.to_read().and_then(|source| source.url.clone()) {
                object.insert("click".to_owned(), json!(url));
            }
            title = card.headline;
        }
        if let Some(object) = body.as_object_mut() {
            // The first line is the title already.
            let rest = text.strip_prefix(&title).unwrap_or(&text).trim_start();
            object.insert("message".to_owned(), Value::from(cut_bytes(rest, BYTES)));
            object.insert("title".to_owned(), Value::from(title));
        }
        Ok(Body::one(body))
    }

    fn post<'a>(
        &'a self,
        letter: &'a Letter,
        body: Body,
    ) -> BoxFuture<'a, Result<Posted, DeliveryError>> {
        Box::pin(self.wire.deliver(body, letter.now, taken))
    }
}
