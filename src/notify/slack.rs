//! Slack by incoming webhook: no ids, no edits, one message a second.
//!
//! <https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks>. The answer is 200
//! and exactly `ok`; all else is sorted by the words in its body.

use std::time::Duration;

use futures_util::future::BoxFuture;

use super::error::{DeliveryError, seconds_to_wait};
use super::message::{Event, Message, News};
use super::receiver::{Body, Form, Habits, Ids, Letter, Posted, Receiver};
use super::template::Template;
use super::wire::{Reply, Wire, by_status};
use super::{slack_card, template};

/// Words that say that this message is not accepted.
const REJECTED: &[&str] = &[
    "invalid_payload",
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_attachments",
    "missing_text_or_fallback_or_attachments",
    "no_text",
    "msg_too_long",
    "msg_blocks_too_long",
    "too_many_attachments",
    "invalid_arguments",
    "invalid_metadata_format",
    "metadata_too_large",
];
/// Words that say that the receiver is gone or refuses us.
const REFUSED: &[&str] = &[
    "no_service",
    "no_active_hooks",
    "no_team",
    "team_disabled",
    "invalid_token",
    "action_prohibited",
    "posting_to_general_channel_denied",
    "channel_not_found",
    "channel_is_archived",
    "user_not_found",
    "not_in_channel",
    "is_archived",
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "missing_scope",
    "not_allowed_token_type",
    "restricted_action",
    "access_denied",
];

/// A Slack channel behind an incoming webhook.
pub struct SlackWebhook {
    wire: Wire,
    template: Option<Template>,
}

impl SlackWebhook {
    /// A receiver at the webhook's address.
    pub fn new(wire: Wire, template: Option<Template>) -> Self {
        Self { wire, template }
    }
}

/// How Slack wants to be treated.
pub(crate) const HABITS: Habits =
    Habits { ids: Ids::None, group: 20, interval: Duration::from_secs(1) };

/// The message in the form asked for, by the template where there is one.
pub(crate) fn body_of(
    letter: &Letter,
    own: Option<&Template>,
) -> Result<serde_json::Value, DeliveryError> {
    if letter.form == Form::Plain {
        return Ok(slack_card::plain(&letter.message, letter.now));
    }
    match (own, &letter.message) {
        (Some(own), Message::One(news)) => {
            let text = own.render(&template::Values::new(news, letter.now))?;
            Ok(serde_json::json!({"text": text, "unfurl_links": false, "unfurl_media": false}))
        }
        _ => Ok(slack_card::message(&letter.message, letter.now)),
    }
}

/// What Slack's own word for an error means; `None` for a word that is not known.
pub(crate) fn by_word(status: u16, word: &str) -> Option<DeliveryError> {
    let why = || word.to_owned();
    if REJECTED.contains(&word) {
        return Some(DeliveryError::Rejected { status, why: why() });
    }
    if REFUSED.contains(&word) {
        return Some(DeliveryError::Refused { status, why: why() });
    }
    matches!(word, "rate_limited" | "ratelimited" | "message_limit_exceeded")
        .then_some(DeliveryError::RateLimited { retry_after: None })
}

/// Sorts an answer of an incoming webhook.
fn judge(reply: &Reply) -> Result<(), DeliveryError> {
    let body = reply.body.trim();
    if reply.status == 200 && body == "ok" {
        return Ok(());
    }
    if reply.status == 429 {
        // Older answers say it in the body.
        let said = reply.json().get("retry_after").and_then(serde_json::Value::as_f64);
        let retry_after = reply.retry_after.or_else(|| said.and_then(seconds_to_wait));
        return Err(DeliveryError::RateLimited { retry_after });
    }
    if reply.status < 500
        && let Some(error) = by_word(reply.status, body)
    {
        return Err(error);
    }
    match by_status(reply, &[403, 404, 410]) {
        DeliveryError::Unavailable { status: status @ 200..400, retry_after, .. } => {
            let why = "which is not how an incoming webhook answers".to_owned();
            Err(DeliveryError::Unavailable { status, retry_after, why })
        }
        error => Err(error),
    }
}

impl Receiver for SlackWebhook {
    fn habits(&self) -> Habits {
        HABITS
    }

    fn render(&self, letter: &Letter) -> Result<Body, DeliveryError> {
        // A webhook cannot edit: an update is a short message of its own.
        let body = match &letter.message {
            Message::One(news @ News::Move(it))
                if it.event != Event::Reported
                    && letter.form == Form::Rich
                    && self.template.is_none() =>
            {
                slack_card::follow_up(news, letter.now)
            }
            _ => body_of(letter, self.template.as_ref())?,
        };
        Ok(Body::one(body))
    }

    fn post<'a>(
        &'a self,
        letter: &'a Letter,
        body: Body,
    ) -> BoxFuture<'a, Result<Posted, DeliveryError>> {
        Box::pin(self.wire.deliver(body, letter.now, judge))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_sorted_as_the_table_says() {
        let table = include_str!("../../tests/data/notify/slack_answers.txt");
        for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (answer, want) = line.split_once(" -> ").expect(line);
            let (status, body) = answer.split_once(' ').unwrap_or((answer, ""));
            let status = status.parse().expect(line);
            let reply = Reply { status, retry_after: None, body: body.to_owned() };
            let got = match judge(&reply) {
                Ok(_) => "delivered".to_owned(),
                Err(DeliveryError::RateLimited { retry_after: Some(wait) }) => {
                    format!("rate_limited {}", wait.as_secs())
                }
                Err(error) => error.label().to_owned(),
            };
            assert_eq!(got, want.trim(), "{line}");
        }
    }
}
