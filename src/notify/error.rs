//! Why one attempt to deliver failed, and what follows from it.

use std::time::Duration;

use chrono::{DateTime, Utc};

/// A receiver may ask for at most this long a pause; longer ones count as this.
pub const MAX_RETRY_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// Why one attempt failed. The variant decides what happens next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// Nobody knows whether the message arrived.
    #[error("no answer within {0:?}")]
    Timeout(Duration),
    /// The message did not leave.
    #[error("{0}")]
    Connect(String),
    /// The connection ended before the answer did; nobody knows whether the message arrived.
    #[error("{0}")]
    Aborted(String),
    /// 429, or the receiver's own words for it.
    #[error("receiver asks for fewer messages{}", asked(.retry_after))]
    RateLimited {
        /// How long it wants to be left alone.
        retry_after: Option<Duration>,
    },
    /// 5xx and any other answer that may change by itself.
    #[error("receiver answered {status}{}", describe(.why))]
    Unavailable {
        /// HTTP status.
        status: u16,
        /// How long it wants to be left alone.
        retry_after: Option<Duration>,
        /// The receiver's word for it, from a closed list or empty.
        why: String,
    },
    /// This message will never be accepted; others may be.
    #[error("receiver does not accept the message: {status}{}", describe(.why))]
    Rejected {
        /// HTTP status.
        status: u16,
        /// The receiver's word for it.
        why: String,
    },
    /// The receiver is gone, or does not accept anything from us.
    #[error("{}", refused(*.status, .why))]
    Refused {
        /// HTTP status, 0 where it was not asked at all.
        status: u16,
        /// The receiver's word for it.
        why: String,
    },
    /// The message could not be put into words.
    #[error("template: {0}")]
    Render(String),
}

fn asked(retry_after: &Option<Duration>) -> String {
    retry_after.map_or_else(String::new, |wait| format!(", and for {} s of rest", wait.as_secs()))
}

fn describe(why: &str) -> String {
    if why.is_empty() { String::new() } else { format!(", {why}") }
}

fn refused(status: u16, why: &str) -> String {
    match status {
        // It was not asked: the reason is ours.
        0 => why.to_owned(),
        // Slack says no with a status that says yes.
        200 if !why.is_empty() => format!("receiver refuses for good: {why}"),
        _ => format!("receiver refuses for good: {status}{}", describe(why)),
    }
}

impl DeliveryError {
    /// True where the same message may succeed later.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Timeout(_)
            | Self::Connect(_)
            | Self::Aborted(_)
            | Self::RateLimited { .. }
            | Self::Unavailable { .. } => true,
            Self::Rejected { .. } | Self::Refused { .. } | Self::Render(_) => false,
        }
    }

    /// True where nobody said what became of the message.
    pub fn is_unanswered(&self) -> bool {
        matches!(self, Self::Timeout(_) | Self::Aborted(_))
    }

    /// True where the message may have arrived all the same: an answer that never came, one that
    /// fails after the fact (5xx), or a success that is not the receiver's own.
    pub fn is_ambiguous(&self) -> bool {
        match self {
            Self::Timeout(_) | Self::Aborted(_) => true,
            Self::Unavailable { status, .. } => *status >= 500 || (200..300).contains(status),
            Self::Connect(_)
            | Self::RateLimited { .. }
            | Self::Rejected { .. }
            | Self::Refused { .. }
            | Self::Render(_) => false,
        }
    }

    /// The value of the metric's label.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Timeout(_) => "timeout",
            Self::Connect(_) => "connect",
            Self::Aborted(_) => "aborted",
            Self::RateLimited { .. } => "rate_limited",
            Self::Unavailable { .. } => "unavailable",
            Self::Rejected { .. } => "rejected",
            Self::Refused { .. } => "refused",
            Self::Render(_) => "render",
        }
    }

    /// How long the receiver wants to be left alone, where it said so.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after } | Self::Unavailable { retry_after, .. } => {
                *retry_after
            }
            _ => None,
        }
    }
}

/// Reads `Retry-After` (RFC 9110 §10.2.3): seconds, or a date. Fractions of a second, as Discord
/// sends them, are rounded up. Negative and unreadable values count as absent, a date that has
/// passed as no wait, and anything longer than [`MAX_RETRY_AFTER`] as that.
pub fn parse_retry_after(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<f64>() {
        return seconds_to_wait(seconds);
    }
    let date = DateTime::parse_from_rfc2822(value).ok()?;
    let wait = (date.with_timezone(&Utc) - now).to_std().unwrap_or(Duration::ZERO);
    Some(wait.min(MAX_RETRY_AFTER))
}

/// The same rules for a number of seconds.
pub fn seconds_to_wait(seconds: f64) -> Option<Duration> {
    if !seconds.is_finite() || seconds < 0.0 {
        return None;
    }
    let longest = MAX_RETRY_AFTER.as_secs_f64();
    Some(Duration::from_secs_f64(seconds.min(longest).ceil()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_read_as_the_table_says() {
        let now: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
        let table = include_str!("../../tests/data/notify/retry_after.txt");
        for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (value, want) = line.split_once(" -> ").expect(line);
            let want = match want.trim() {
                "absent" => None,
                seconds => Some(Duration::from_secs(seconds.parse().expect(line))),
            };
            assert_eq!(parse_retry_after(value, now), want, "{line}");
        }
    }
}
