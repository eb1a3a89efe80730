//! Slack by bot token: ids in the message's metadata, the first message edited and answered in its
//! thread when more becomes known.
//!
//! <https://docs.slack.dev/reference/methods/chat.postMessage>, `chat.update`,
//! `conversations.history`, `conversations.replies`. The token needs `chat:write`, and
//! `channels:history` (or `groups:history`) to settle what is in doubt after a crash.

use std::time::Duration;

use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use url::Url;

use super::error::{DeliveryError, seconds_to_wait};
use super::message::{Event, Message, News};
use super::receiver::{Body, Form, Habits, Ids, Letter, Posted, Receiver};
use super::slack::{body_of, by_word};
use super::slack_card::follow_up;
use super::template::Template;
use super::wire::{Reply, Wire, by_status};

/// Where Slack's API is.
pub const API: &str = "https://slack.com/api/";
/// The type of our metadata.
const EVENT: &str = "talentwire_alert";
/// How far before the first attempt to look for a message: clocks differ.
const SKEW: Duration = Duration::from_secs(120);
/// Pages of history that are looked at.
const PAGES: usize = 5;

/// A Slack channel behind a bot token.
pub struct SlackBot {
    api: Wire,
    channel: String,
    template: Option<Template>,
}

impl SlackBot {
    /// A receiver that posts to `channel` (its id) through the API at `api`.
    pub fn new(api: Wire, channel: &str, template: Option<Template>) -> Self {
        Self { api, channel: channel.to_owned(), template }
    }

    fn method(&self, name: &str, query: &[(&str, &str)]) -> Result<Wire, DeliveryError> {
        let mut url: Url = self.api.url().clone();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{base}/{name}"));
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(self.api.at(url))
    }

    async fn call(
        &self,
        name: &str,
        body: &Value,
        letter: &Letter,
    ) -> Result<Value, DeliveryError> {
        let wire = self.method(name, &[])?;
        judge(&wire.post(body.to_string(), &[], letter.now).await?)
    }

    /// Edits the first message. What is not there any more cannot be edited, and need not be.
    async fn update(&self, body: &Value, letter: &Letter) -> Result<(), DeliveryError> {
        const GONE: [&str; 5] = [
            "message_not_found",
            "cant_update_message",
            "edit_window_closed",
            "update_failed",
            "thread_not_found",
        ];
        match self.call("chat.update", body, letter).await {
            Err(DeliveryError::Unavailable { why, .. }) if GONE.contains(&why.as_str()) => Ok(()),
            other => other.map(|_| ()),
        }
    }

    async fn look(&self, letter: &Letter) -> Result<Option<Posted>, DeliveryError> {
        let since = letter.since.timestamp() - i64::try_from(SKEW.as_secs()).unwrap_or(0);
        let oldest = since.max(0).to_string();
        let mut cursor = String::new();
        for _ in 0..PAGES {
            let mut query = vec![
                ("channel", self.channel.as_str()),
                ("oldest", oldest.as_str()),
                ("limit", "100"),
                ("include_all_metadata", "true"),
                ("inclusive", "true"),
            ];
            let mut method = "conversations.history";
            if let Some(thread) = &letter.thread {
                method = "conversations.replies";
                query.push(("ts", thread.ts.as_str()));
            }
            if !cursor.is_empty() {
                query.push(("cursor", cursor.as_str()));
            }
            let answer = judge(&self.method(method, &query)?.get(letter.now).await?)?;
            if let Some(posted) = self.among(&answer, letter) {
                return Ok(Some(posted));
            }
            let next = answer.pointer("/response_metadata/next_cursor").and_then(Value::as_str);
            match next {
                Some(next) if !next.is_empty() => cursor = next.to_owned(),
                _ => break,
            }
        }
        Ok(None)
    }

    fn among(&self, answer: &Value, letter: &Letter) -> Option<Posted> {
        let messages = answer.get("messages")?.as_array()?;
        let ours = messages.iter().find(|message| {
            let ids = message.pointer("/metadata/event_payload/ids").and_then(Value::as_array);
            ids.is_some_and(|ids| ids.iter().any(|id| id.as_str() == Some(letter.id())))
        })?;
        let ts = ours.get("ts")?.as_str()?.to_owned();
        let thread = letter.thread.is_none().then(|| (self.channel.clone(), ts));
        Some(Posted { thread })
    }

    fn addressed(&self, mut body: Value, letter: &Letter) -> Value {
        if let Some(object) = body.as_object_mut() {
            object.insert("channel".to_owned(), json!(self.channel));
            let payload = json!({"event_type": EVENT, "event_payload": {"ids": letter.ids}});
            object.insert("metadata".to_owned(), payload);
        }
        body
    }
}

/// Sorts an answer of the Web API.
fn judge(reply: &Reply) -> Result<Value, DeliveryError> {
    let answer = reply.json();
    if reply.status == 200 && answer.get("ok") == Some(&Value::Bool(true)) {
        return Ok(answer);
    }
    let word = answer.get("error").and_then(Value::as_str).unwrap_or("");
    let known = if reply.status < 500 { by_word(reply.status, word) } else { None };
    if reply.status == 429 || matches!(known, Some(DeliveryError::RateLimited { .. })) {
        let said = answer.get("retry_after").and_then(Value::as_f64).and_then(seconds_to_wait);
        return Err(DeliveryError::RateLimited { retry_after: reply.retry_after.or(said) });
    }
    if let Some(error) = known {
        return Err(error);
    }
    if reply.status != 200 {
        return Err(by_status(reply, &[403, 404, 410]));
    }
    // A word is shown only where it looks like one: it may be anything.
    let plain = word.len() < 64 && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let why = if plain { word.to_owned() } else { String::new() };
    Err(DeliveryError::Unavailable { status: 200, retry_after: reply.retry_after, why })
}

impl Receiver for SlackBot {
    fn habits(&self) -> Habits {
        Habits { ids: Ids::Lists, ..super::slack::HABITS }
    }

    fn render(&self, letter: &Letter) -> Result<Body, DeliveryError> {
        let whole = body_of(letter, self.template.as_ref())?;
        let (Some(thread), Message::One(news)) = (&letter.thread, &letter.message) else {
            return Ok(Body { calls: vec![("chat.postMessage", self.addressed(whole, letter))] });
        };
        let mut calls = Vec::new();
        let first = matches!(news, News::Move(it) if it.event == Event::Reported);
        if !thread.grouped && !first {
            let mut update = whole.clone();
            if let Some(object) = update.as_object_mut() {
                object.insert("channel".to_owned(), json!(thread.channel));
                object.insert("ts".to_owned(), json!(thread.ts));
            }
            calls.push(("chat.update", update));
        }
        let reply = match letter.form {
            Form::Rich => follow_up(news, letter.now),
            Form::Plain => whole,
        };
        let mut reply = self.addressed(reply, letter);
        if let Some(object) = reply.as_object_mut() {
            object.insert("thread_ts".to_owned(), json!(thread.ts));
        }
        calls.push(("chat.postMessage", reply));
        Ok(Body { calls })
    }

    fn post<'a>(
        &'a self,
        letter: &'a Letter,
        body: Body,
    ) -> BoxFuture<'a, Result<Posted, DeliveryError>> {
        Box::pin(async move {
            let mut posted = Posted::default();
            for (method, call) in &body.calls {
                if *method == "chat.update" {
                    self.update(call, letter).await?;
                    continue;
                }
                let answer = self.call(method, call, letter).await?;
                let ts = answer.get("ts").and_then(Value::as_str);
                let channel = answer.get("channel").and_then(Value::as_str);
                if let (Some(ts), None) = (ts, &letter.thread) {
                    let channel = channel.unwrap_or(&self.channel).to_owned();
                    posted.thread = Some((channel, ts.to_owned()));
                }
            }
            Ok(posted)
        })
    }

    fn find<'a>(
        &'a self,
        letter: &'a Letter,
    ) -> BoxFuture<'a, Result<Option<Posted>, DeliveryError>> {
        Box::pin(self.look(letter))
    }
}
