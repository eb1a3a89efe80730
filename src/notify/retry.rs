//! When to try again: the schedule of one message, and the health of its receiver. Pure.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::error::DeliveryError;

/// The waits of Standard Webhooks between two attempts for one message.
const SCHEDULE: [u64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// How far jitter moves a wait either way, in parts of a thousand.
const JITTER: u64 = 200;
/// First pause of a receiver that failed; doubles up to [`MAX_PAUSE`].
const PAUSE: Duration = Duration::from_secs(5);
/// Longest pause of a receiver while other messages wait for their first attempt.
const MAX_PAUSE: Duration = Duration::from_secs(60);
/// Pause after a refusal for rate that does not say how long.
const RATE_PAUSE: Duration = Duration::from_secs(60);

/// How long to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Time from the first attempt until a message is given up and goes to `dead-letters`.
    pub max_age: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { max_age: Duration::from_secs(72 * 60 * 60) }
    }
}

impl Patience {
    /// True where a message whose first attempt was at `since` is given up at `now`.
    pub fn is_over(&self, since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        now >= plus(since, self.max_age)
    }

    /// When to try a message again that failed `attempts` times (from 1): by the schedule of
    /// Standard Webhooks, and a last time when its age is up.
    pub fn next_attempt(
        &self,
        id: &str,
        attempts: u32,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> DateTime<Utc> {
        let index = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
        let seconds = SCHEDULE.get(index).or(SCHEDULE.last()).copied().unwrap_or(86_400);
        let wait = jittered(Duration::from_secs(seconds), id, attempts);
        plus(now, wait).min(plus(since, self.max_age)).max(now)
    }
}

/// Moves a wait by up to a fifth either way; the same for the same id and attempt.
fn jittered(wait: Duration, id: &str, attempt: u32) -> Duration {
    let hash = crate::model::content_id(&["jitter", id, &attempt.to_string()]);
    let hash = u64::from_str_radix(hash.get(..8).unwrap_or("0"), 16).unwrap_or(0);
    let parts = 1_000 - JITTER + hash % (2 * JITTER + 1);
    wait.mul_f64(parts as f64 / 1_000.0)
}

/// Adds a duration; the end of time where that overflows.
pub(crate) fn plus(at: DateTime<Utc>, wait: Duration) -> DateTime<Utc> {
    let wait = TimeDelta::from_std(wait).unwrap_or(TimeDelta::MAX);
    at.checked_add_signed(wait).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Whether a receiver can be tried at all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Health {
    /// Failures without a success between them.
    pub failures: u32,
    /// No post before this time.
    pub hold: Option<DateTime<Utc>>,
    /// The part of `hold` that the receiver asked for itself.
    pub asked: Option<DateTime<Utc>>,
    /// Why it is not tried any more until the next reload or restart.
    pub disabled: Option<String>,
}

impl Health {
    /// Notes that a message arrived.
    pub fn succeeded(&mut self) {
        *self = Self { asked: self.asked, ..Self::default() };
    }

    /// Notes that an attempt failed for a reason that lies with the receiver.
    pub fn failed(&mut self, error: &DeliveryError, name: &str, now: DateTime<Utc>) {
        let doubled = PAUSE.saturating_mul(2_u32.saturating_pow(self.failures.min(16)));
        let mut pause = jittered(doubled.min(MAX_PAUSE), name, self.failures);
        self.failures = self.failures.saturating_add(1);
        match (error, error.retry_after()) {
            (_, Some(asked)) => {
                let until = plus(now, asked);
                self.asked = self.asked.max(Some(until));
                pause = pause.max(asked);
            }
            (DeliveryError::RateLimited { .. }, None) => pause = pause.max(RATE_PAUSE),
            (_, None) => {}
        }
        self.hold = Some(plus(now, pause)).max(self.asked);
    }

    /// Takes over what the receiver asked for before a restart.
    pub fn ask(&mut self, until: DateTime<Utc>) {
        self.asked = self.asked.max(Some(until));
        self.hold = self.hold.max(Some(until));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> DateTime<Utc> {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_message_is_tried_by_the_schedule_of_standard_webhooks_for_72_hours() {
        let patience = Patience::default();
        let (mut now, mut waits) = (start(), Vec::new());
        for attempt in 1.. {
            if patience.is_over(start(), now) {
                break;
            }
            let next = patience.next_attempt("m-1", attempt, start(), now);
            waits.push((next - now).num_seconds());
            now = next;
        }
        assert!((4..=6).contains(&waits[0]), "{waits:?}");
        assert!((240..=360).contains(&waits[1]), "{waits:?}");
        assert!((1440..=2160).contains(&waits[2]), "{waits:?}");
        assert_eq!((now - start()).num_hours(), 72, "the last attempt is at the end: {waits:?}");
    }

    #[test]
    fn what_the_receiver_asked_for_is_never_shortened() {
        let mut health = Health::default();
        let asks = |seconds| DeliveryError::RateLimited {
            retry_after: Some(Duration::from_secs(seconds)),
        };
        health.failed(&asks(900), "slack", start());
        health.failed(&DeliveryError::Connect(String::new()), "slack", start());
        assert!(health.hold >= Some(plus(start(), Duration::from_secs(900))));
        health.failed(&asks(0), "slack", start());
        assert!(health.hold > Some(start()), "zero seconds still back off");
    }
}
