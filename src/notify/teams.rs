//! Microsoft Teams by the address of a Power Automate workflow: an Adaptive Card.
//!
//! <https://adaptivecards.io/explorer/>, version 1.4, at most 28 kB. The old connectors are being
//! retired; a workflow answers 202.

use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use serde_json::{Value, json};

use super::card::Card;
use super::error::DeliveryError;
use super::markdown::{line, quoted, safe, sentence, status};
use super::message::{Message, News};
use super::receiver::{Body, Form, Habits, Ids, Letter, Posted, Receiver};
use super::template::{Template, Values};
use super::tone::Tone;
use super::wire::{Wire, taken};

/// Most characters of one text block, so that a card of twenty stays below 28 kB.
const BLOCK: usize = 900;

/// A Teams channel or chat.
pub struct Teams {
    wire: Wire,
    template: Option<Template>,
}

impl Teams {
    /// A receiver at the workflow's address.
    pub fn new(wire: Wire, template: Option<Template>) -> Self {
        Self { wire, template }
    }
}

fn block(text: &str) -> Value {
    json!({"type": "TextBlock", "text": text, "wrap": true})
}

fn subtle(text: &str) -> Value {
    json!({"type": "TextBlock", "text": text, "wrap": true, "isSubtle": true})
}

fn colour(tone: Tone) -> &'static str {
    match tone {
        Tone::Confirmed => "Good",
        Tone::Rumoured => "Warning",
        Tone::Denied | Tone::Reversed => "Attention",
        Tone::Reported => "Accent",
        Tone::Plain => "Default",
    }
}

fn envelope(body: Vec<Value>, actions: Vec<Value>) -> Value {
    let mut card = json!({
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "msteams": {"width": "Full"},
        "body": body,
    });
    if let (Some(object), false) = (card.as_object_mut(), actions.is_empty()) {
        object.insert("actions".to_owned(), Value::Array(actions));
    }
    json!({"type": "message", "attachments": [{
        "contentType": "application/vnd.microsoft.card.adaptive",
        "contentUrl": null,
        "content": card,
    }]})
}

fn one(news: &News, now: DateTime<Utc>) -> Value {
    let card = Card::new(news, now);
    let mut body = vec![
        json!({"type": "TextBlock", "text": safe(&card.headline, 400), "wrap": true,
            "size": "Large", "weight": "Bolder"}),
        json!({"type": "TextBlock", "text": status(&card), "wrap": true,
            "color": colour(card.tone), "weight": "Bolder"}),
    ];
    body.extend(card.quote.as_ref().map(|quote| block(&format!("“{}”", quoted(quote)))));
    let mut actions = Vec::new();
    if let Some(line) = card.quoted_line() {
        body.push(subtle(&safe(&line, 300)));
    }
    if let Some(first) = &card.first {
        let mut text = first.with_age(&safe(&first.outlet, 200));
        if let Some(more) = card.others(|outlet| safe(outlet, 100)) {
            text.push_str(&format!(" · {more}"));
        }
        body.push(subtle(&text));
    }
    let url = card.to_read().and_then(|source| source.url.as_ref());
    actions.extend(
        url.map(|url| json!({"type": "Action.OpenUrl", "title": "Read the article", "url": url})),
    );
    envelope(body, actions)
}

fn message(letter: &Letter) -> Value {
    match &letter.message {
        Message::One(news) => one(news, letter.now),
        Message::Many(why, news) => {
            let mut body = vec![json!({"type": "TextBlock", "text": why.title(news.len()),
                "wrap": true, "weight": "Bolder"})];
            body.extend(news.iter().map(|it| block(&line(it, letter.now, 400))));
            envelope(body, Vec::new())
        }
        Message::Notice(_) | Message::Canary(_) => {
            envelope(vec![block(&sentence(&letter.message, letter.now, BLOCK))], Vec::new())
        }
    }
}

impl Receiver for Teams {
    fn habits(&self) -> Habits {
        Habits { ids: Ids::None, group: 20, interval: Duration::from_secs(1) }
    }

    fn render(&self, letter: &Letter) -> Result<Body, DeliveryError> {
        if letter.form == Form::Plain {
            let text = super::plain::text(&letter.message, letter.now, BLOCK);
            return Ok(Body::one(envelope(vec![block(&safe(&text, 2 * BLOCK))], Vec::new())));
        }
        match (&self.template, &letter.message) {
            (Some(own), Message::One(news)) => {
                let text = own.render(&Values::new(news, letter.now))?;
                Ok(Body::one(envelope(vec![block(&text)], Vec::new())))
            }
            _ => Ok(Body::one(message(letter))),
        }
    }

    fn post<'a>(
        &'a self,
        letter: &'a Letter,
        body: Body,
    ) -> BoxFuture<'a, Result<Posted, DeliveryError>> {
        Box::pin(self.wire.deliver(body, letter.now, taken))
    }
}
