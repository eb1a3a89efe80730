//! `talentwire send-test`: a sample alert through the real delivery path.

use chrono::{DateTime, Utc};

use crate::net::Client;
use crate::notify::build::ReceiverSettings;
use crate::notify::error::DeliveryError;
use crate::notify::message::Message;
use crate::notify::protocol::message_id;
use crate::notify::receiver::{Form, Letter};
use crate::notify::sample;

/// Sends the sample alert once and says what came of it.
///
/// # Errors
/// Why it did not arrive, and what would mend it. No secret is in it.
pub async fn send_test(
    settings: &ReceiverSettings,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<String, String> {
    let name = &settings.name;
    let receiver =
        settings.build(client).map_err(|problem| format!("receiver `{name}`: {problem}"))?;
    let letter = Letter {
        ids: vec![message_id(&sample::sample_move(now).id, 1)],
        message: Message::One(sample::news(now)),
        form: Form::Rich,
        now,
        since: now,
        thread: None,
    };
    let sent = async {
        let body = receiver.render(&letter)?;
        receiver.post(&letter, body).await
    };
    match sent.await {
        Ok(posted) => {
            let place = posted.thread.map(|(channel, ts)| format!(" (message {ts} in {channel})"));
            Ok(format!(
                "`{name}` ({}) took the sample alert{}",
                settings.kind(),
                place.unwrap_or_default()
            ))
        }
        Err(error) => Err(format!("`{name}` did not take the sample alert: {}", advice(&error))),
    }
}

fn advice(error: &DeliveryError) -> String {
    let what = match error {
        DeliveryError::Timeout(_) | DeliveryError::Connect(_) | DeliveryError::Aborted(_) => {
            "check the address, the network and, for addresses of your own network, \
             allow_private_networks"
        }
        DeliveryError::RateLimited { .. } => "wait a minute and try again",
        DeliveryError::Unavailable { .. } => {
            "the daemon would try again by its schedule; check the receiver's own logs"
        }
        DeliveryError::Rejected { .. } | DeliveryError::Render(_) => {
            "check the template, and the receiver's idea of a message"
        }
        DeliveryError::Refused { .. } => "check that the address, token and channel still exist",
    };
    format!("{error}; {what}")
}
