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

/// What would mend it; for Slack's own words what they mean.
fn advice(error: &DeliveryError) -> String {
    let what = match error {
        DeliveryError::Refused { why, .. } if slack_advice(why).is_some() => {
            slack_advice(why).unwrap_or_default()
        }
        DeliveryError::Refused { status: 0, .. } => "see `talentwire check`",
        DeliveryError::RateLimited { retry_after: Some(_) } => "wait as long and try again",
        DeliveryError::Unavailable { status: 200..400, .. } => {
            "check the address: something else than the receiver answers there, and redirects are \
             not followed"
        }
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

fn slack_advice(word: &str) -> Option<&'static str> {
    Some(match word {
        "not_in_channel" => "invite the bot to the channel: /invite @talentwire",
        "channel_not_found" => {
            "check `channel`: its id stands at the end of *About* in its details, and a private \
             channel is seen by a bot only once it is invited"
        }
        "channel_is_archived" | "is_archived" => "the channel is archived; choose another one",
        "missing_scope" => {
            "give the app the scope chat:write under *OAuth & Permissions* and install it again"
        }
        "invalid_auth" | "not_authed" | "token_revoked" | "token_expired" | "account_inactive" => {
            "the token is not valid any more; copy the one that begins with xoxb- again"
        }
        "no_service" | "no_active_hooks" | "invalid_token" => {
            "the webhook was removed, or its address is not copied whole; make a new one"
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_slack_comes_with_what_it_means() {
        let refused = |status, why: &str| DeliveryError::Refused { status, why: why.to_owned() };
        assert!(advice(&refused(200, "not_in_channel")).ends_with("/invite @talentwire"));
        assert!(advice(&refused(403, "")).contains("refuses for good: 403; check that"));
        let local = advice(&refused(0, "the host has a loopback address"));
        assert!(local.starts_with("the host has a loopback address;"), "{local}");
    }
}
