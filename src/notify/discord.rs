//! Discord by webhook: one embed a card, nobody mentioned whatever the text says.
//!
//! <https://discord.com/developers/docs/resources/webhook#execute-webhook>. Limits: content 2000,
//! title 256, description 4096, 10 embeds of 6000 in all. Many invalid requests ban the address,
//! so 401, 403 and 404 disable the receiver at once.

use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use serde_json::{Value, json};

use super::card::{Card, Source};
use super::error::{DeliveryError, seconds_to_wait};
use super::markdown::{line, quoted, safe, sentence, status};
use super::message::{Message, News};
use super::receiver::{Body, Form, Habits, Ids, Letter, Posted, Receiver};
use super::template::{Template, Values};
use super::text::cut;
use super::wire::{Reply, Wire, taken};

/// Most characters of the text above the embeds.
const CONTENT: usize = 2000;
/// Most characters of an embed's title.
const TITLE: usize = 256;
/// Most characters of an embed's description that we use; Discord takes 4096.
const DESCRIPTION: usize = 3500;

/// A Discord channel.
pub struct Discord {
    wire: Wire,
    template: Option<Template>,
}

impl Discord {
    /// A receiver at the webhook's address.
    pub fn new(wire: Wire, template: Option<Template>) -> Self {
        Self { wire, template }
    }
}

fn frame(content: &str, embeds: Value) -> Value {
    json!({"content": content, "embeds": embeds, "allowed_mentions": {"parse": []}})
}

fn linked(source: &Source) -> String {
    let outlet = safe(&source.outlet, 120);
    source.url.as_ref().map_or(outlet.clone(), |url| format!("[{outlet}](<{url}>)"))
}

/// Who is quoted, who was first, who else: with links as far as they fit into `room` bytes.
fn sources(card: &Card, room: usize) -> String {
    let mut lines = Vec::new();
    let mut left = room;
    let named = card.quoted_from.iter().map(|from| ("Quoted from ", from));
    for (before, source) in named.chain(card.first.iter().map(|first| ("", first))) {
        let line = |outlet: &str| format!("{before}{}", source.with_age(outlet));
        // Half of the room at most, so that each of them has a place.
        let linked = Some(line(&linked(source))).filter(|line| line.len() <= left / 2);
        let line = linked.unwrap_or_else(|| line(&safe(&source.outlet, 120)));
        left = left.saturating_sub(line.len() + 1);
        lines.push(line);
    }
    if card.more_count > 0 {
        let mut more = format!("+{} more", card.more_count);
        for next in card.more.iter().map(linked) {
            if more.len() + next.len() + 2 < left {
                more.push_str(", ");
                more.push_str(&next);
            }
        }
        lines.push(more);
    }
    lines.join("\n")
}

fn embed(news: &News, now: DateTime<Utc>) -> Value {
    let card = Card::new(news, now);
    let mut lines = vec![status(&card)];
    lines.extend(card.quote.as_ref().map(|quote| format!("> {}", quoted(quote))));
    // Bytes are at least as many as the units that Discord counts.
    let used: usize = lines.iter().map(|line| line.len() + 1).sum();
    lines.push(sources(&card, DESCRIPTION.saturating_sub(used)));
    let mut embed = json!({
        "title": safe(&card.headline, TITLE),
        "description": lines.join("\n"),
        "color": card.tone.colour(),
    });
    let url = card.to_read().and_then(|source| source.url.clone());
    if let (Some(object), Some(url)) = (embed.as_object_mut(), url) {
        object.insert("url".to_owned(), json!(url));
    }
    embed
}

fn message(letter: &Letter) -> Value {
    match &letter.message {
        Message::One(news) => {
            let line = Card::new(news, letter.now).line();
            frame(&safe(&line, CONTENT), json!([embed(news, letter.now)]))
        }
        Message::Many(why, news) => {
            let lines: Vec<String> = news.iter().map(|it| line(it, letter.now, 170)).collect();
            let embed = json!({"title": why.title(news.len()), "description": lines.join("\n")});
            frame("", json!([embed]))
        }
        Message::Notice(_) | Message::Canary(_) => {
            frame(&sentence(&letter.message, letter.now, CONTENT), json!([]))
        }
    }
}

impl Receiver for Discord {
    fn habits(&self) -> Habits {
        Habits { ids: Ids::None, group: 20, interval: Duration::from_secs(1) }
    }

    fn render(&self, letter: &Letter) -> Result<Body, DeliveryError> {
        if letter.form == Form::Plain {
            let text = super::plain::text(&letter.message, letter.now, CONTENT / 2);
            return Ok(Body::one(frame(&safe(&text, CONTENT), json!([]))));
        }
        match (&self.template, &letter.message) {
            (Some(own), Message::One(news)) => {
                let text = own.render(&Values::new(news, letter.now))?;
                Ok(Body::one(frame(&cut(&text, CONTENT), json!([]))))
            }
            _ => Ok(Body::one(message(letter))),
        }
    }

    fn post<'a>(
        &'a self,
        letter: &'a Letter,
        body: Body,
    ) -> BoxFuture<'a, Result<Posted, DeliveryError>> {
        Box::pin(self.wire.deliver(body, letter.now, judge))
    }
}

/// A refusal for rate also says in its body how long to wait, more exactly.
fn judge(reply: &Reply) -> Result<(), DeliveryError> {
    match taken(reply) {
        Err(DeliveryError::RateLimited { retry_after }) => {
            let said = reply.json().get("retry_after").and_then(Value::as_f64);
            let retry_after = retry_after.max(said.and_then(seconds_to_wait));
            Err(DeliveryError::RateLimited { retry_after })
        }
        other => other,
    }
}
