//! The generic webhook: JSON by POST with the headers of Standard Webhooks.
//!
//! <https://github.com/standard-webhooks/standard-webhooks>: `webhook-id` is the same on every
//! retry, `webhook-timestamp` is the attempt's, `webhook-signature` is HMAC-SHA256 over
//! `id.timestamp.body`, once for every secret while secrets rotate. 410 disables the receiver.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use futures_util::future::BoxFuture;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::error::DeliveryError;
use super::message::{Message, News, change_label};
use super::receiver::{Body, Habits, Ids, Letter, Posted, Receiver};
use super::wire::{Wire, by_status};
use crate::model::Secret;

/// Most reports in one body, so that it stays within the 20 kB that the standard advises.
const REPORTS: usize = 20;
/// Mark of a secret in base64.
const PREFIX: &str = "whsec_";

/// A key that signs.
#[derive(Clone)]
struct Key(Vec<u8>);

impl Key {
    fn new(secret: &Secret) -> Result<Self, String> {
        let bytes = match secret.expose().strip_prefix(PREFIX) {
            Some(encoded) => BASE64
                .decode(encoded)
                .map_err(|_| format!("a secret that begins with {PREFIX} must go on in base64"))?,
            None => secret.expose().as_bytes().to_vec(),
        };
        if bytes.is_empty() {
            return Err("a signing secret is empty".to_owned());
        }
        Ok(Self(bytes))
    }

    fn sign(&self, id: &str, timestamp: i64, body: &str) -> String {
        // HMAC takes a key of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return String::new() };
        for part in [id, ".", &timestamp.to_string(), ".", body] {
            mac.update(part.as_bytes());
        }
        format!("v1,{}", BASE64.encode(mac.finalize().into_bytes()))
    }
}

/// A program that takes moves.
pub struct Webhook {
    wire: Wire,
    keys: Vec<Key>,
}

impl Webhook {
    /// A receiver at `wire` that is signed to with every one of `secrets`.
    ///
    /// # Errors
    /// What is wrong with a secret.
    pub fn new(wire: Wire, secrets: &[Secret]) -> Result<Self, String> {
        let keys = secrets.iter().map(Key::new).collect::<Result<_, _>>()?;
        Ok(Self { wire, keys })
    }

    fn headers(&self, letter: &Letter, body: &str) -> Vec<(&'static str, String)> {
        let timestamp = letter.now.timestamp();
        let mut headers = vec![
            ("webhook-id", letter.id().to_owned()),
            ("webhook-timestamp", timestamp.to_string()),
        ];
        if !self.keys.is_empty() {
            let signatures: Vec<String> =
                self.keys.iter().map(|key| key.sign(letter.id(), timestamp, body)).collect();
            headers.push(("webhook-signature", signatures.join(" ")));
        }
        headers
    }
}

fn payload(letter: &Letter) -> Value {
    let news = match &letter.message {
        Message::One(news) => news,
        // `Habits::group` is 1; a notice is no event of the contract.
        Message::Many(_, _) | Message::Notice(_) => {
            let text = super::plain::text(&letter.message, letter.now, 4000);
            return json!({
                "type": "talentwire.notice", "timestamp": letter.since, "data": {"text": text},
            });
        }
        // The same on every attempt: nothing in it counts from now.
        Message::Canary(at) => {
            return json!({
                "type": "talentwire.canary", "timestamp": at, "data": {"text": "talentwire works; nobody moved"},
            });
        }
    };
    let mut body = json!({"type": news.event().label(), "timestamp": news.at()});
    let (change, data) = match news {
        News::Move(news) => {
            let mut mv = news.mv.as_ref().clone();
            mv.reports.splice(REPORTS.min(mv.reports.len()).., []);
            (change_label(news.change), serde_json::to_value(&mv))
        }
        News::Mention(tagged) => (None, serde_json::to_value(tagged.as_ref())),
    };
    if let Some(object) = body.as_object_mut() {
        if let Some(change) = change {
            object.insert("change".to_owned(), json!(change));
        }
        object.insert("data".to_owned(), data.unwrap_or(Value::Null));
    }
    body
}

impl Receiver for Webhook {
    fn habits(&self) -> Habits {
        Habits { ids: Ids::Ignores, group: 1, interval: Duration::from_millis(100) }
    }

    fn render(&self, letter: &Letter) -> Result<Body, DeliveryError> {
        Ok(Body::one(payload(letter)))
    }

    fn post<'a>(
        &'a self,
        letter: &'a Letter,
        body: Body,
    ) -> BoxFuture<'a, Result<Posted, DeliveryError>> {
        Box::pin(async move {
            for (_, call) in body.calls {
                let body = call.to_string();
                let headers = self.headers(letter, &body);
                let reply = self.wire.post(body, &headers, letter.now).await?;
                if !reply.is_success() {
                    return Err(judge(&reply));
                }
            }
            Ok(Posted::default())
        })
    }
}

/// The standard retries everything but 410: a receiver in the middle of its own deployment
/// answers 404 or 400 for a while.
fn judge(reply: &super::wire::Reply) -> DeliveryError {
    match by_status(reply, &[410]) {
        DeliveryError::Rejected { status, why } => {
            DeliveryError::Unavailable { status, retry_after: reply.retry_after, why }
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the Standard Webhooks documentation.
    #[test]
    fn the_signature_is_the_one_of_the_standard() {
        let secret = Secret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let signature = Key::new(&secret).unwrap().sign(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_that_is_not_base64_is_reported_without_showing_it() {
        let problem = Key::new(&Secret::new("whsec_!!!hush")).err().unwrap();
        assert!(problem.contains("base64") && !problem.contains("hush"), "{problem}");
    }
}
