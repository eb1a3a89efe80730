//! When a feed is due: pure functions of its settings, its state and the clock.
//!
//! A feed's own rhythm sets its interval. With a given number of polls to spend, the mean delay
//! over all feeds is smallest when each interval goes with the square root of the time between
//! entries; `interval` is what a feed with one entry a day gets. What the feed wishes (ttl,
//! skipHours, max-age, ...) only lengthens a wait, and never beyond `max_interval`.

use std::time::Duration;

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};

use super::settings::FeedSettings;
use crate::model::{FeedState, Wishes};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How often a feed that answered 410 for a day is asked whether it is back.
pub const PARKED: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// Longest `Retry-After` that is believed.
pub const MAX_RETRY_AFTER: Duration = DAY;
/// After a longer downtime, overdue polls are spread over this at most.
pub const MAX_SPREAD: Duration = Duration::from_secs(15 * 60);
/// How long a feed is polled faster after something new came.
pub const WARM: Duration = Duration::from_secs(15 * 60);
/// New feeds are asked for the first time at this pace.
const FIRST_POLLS_PER_SECOND: u32 = 20;

/// The limits between which a feed's interval adapts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// What a feed with one entry a day gets.
    pub interval: Duration,
    /// Never more often.
    pub min: Duration,
    /// Never longer.
    pub max: Duration,
}

impl Pace {
    /// The pace of a feed; an `interval` outside of its limits moves them.
    pub fn of(feed: &FeedSettings) -> Self {
        Self {
            interval: feed.interval,
            min: feed.min_interval.min(feed.interval),
            max: feed.max_interval.max(feed.interval),
        }
    }
}

/// How a poll ended, as far as the schedule cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A document was read, or nothing had changed.
    Good,
    /// No answer, or none that is a feed.
    Failed,
    /// The server does not want us now: 403, 429, 503, a challenge.
    Refused {
        /// `Retry-After`, where given.
        retry_after: Option<Duration>,
    },
    /// 410 for more than a day.
    Parked,
}

/// Returns how long to wait from the start of the last poll to the next one.
///
/// `state` is the state *after* the last poll: its failures count. The result lies between
/// `pace.min` and `pace.max`, but for [`Verdict::Parked`] and for a longer `Retry-After`.
pub fn next_wait(pace: Pace, state: &FeedState, verdict: Verdict, now: DateTime<Utc>) -> Duration {
    let dice = hash(&state.feed, state.polls);
    match verdict {
        Verdict::Parked => PARKED,
        Verdict::Good => {
            let own = jitter(heated(pace, state, now), dice).clamp(pace.min, pace.max);
            wished(own, &state.wishes, now, pace.max)
        }
        Verdict::Failed => backoff(pace, state.failures, dice),
        Verdict::Refused { retry_after } => {
            let own = backoff(pace, state.failures.saturating_add(2), dice);
            // Jitter above the server's word only: asking earlier would break it.
            let told = retry_after.map(|wait| wait.min(MAX_RETRY_AFTER));
            told.map_or(own, |wait| own.max(wait + wait.mul_f64(fraction(dice) / 10.0)))
        }
    }
}

/// Returns the interval that fits a rhythm of one entry every `gap`.
pub fn adaptive(pace: Pace, gap: Option<Duration>) -> Duration {
    let Some(gap) = gap else { return pace.interval.clamp(pace.min, pace.max) };
    let factor = (gap.as_secs_f64() / DAY.as_secs_f64()).sqrt().min(1e6);
    pace.interval.mul_f64(factor).clamp(pace.min, pace.max)
}

/// Returns the time between entries: the average, or the present silence where that is longer.
pub fn gap(state: &FeedState, now: DateTime<Utc>) -> Option<Duration> {
    let average = state.rhythm.filter(|seconds| seconds.is_finite() && *seconds >= 0.0)?;
    let average = Duration::try_from_secs_f64(average).unwrap_or(DAY);
    let silence = state.last_new.and_then(|last| (now - last).to_std().ok()).unwrap_or_default();
    Some(average.max(silence))
}

/// The adaptive interval, shortened while something is going on.
fn heated(pace: Pace, state: &FeedState, now: DateTime<Utc>) -> Duration {
    let own = adaptive(pace, gap(state, now));
    // A mark further ahead than it can have been set comes from a clock that was wrong.
    let glows = |until: Option<DateTime<Utc>>| {
        until.is_some_and(|until| now < until && until <= now + to_delta(WARM))
    };
    if glows(state.hot_until) {
        pace.min
    } else if glows(state.warm_until) {
        (own.min(pace.interval) / 2).max(pace.min)
    } else {
        own
    }
}

/// Lengthens `wait` to what the feed wishes, at most to `max`.
fn wished(wait: Duration, wishes: &Wishes, now: DateTime<Utc>, max: Duration) -> Duration {
    let asked = Duration::from_secs(wishes.every.max(wishes.fresh_for).into());
    let wait = wait.max(asked.min(max));
    let mut due = after(now, wait);
    // A week has 168 hours; a feed that skips all of them is polled at `max`.
    for _ in 0..168 {
        let hour = wishes.skip_hours & (1 << due.hour()) != 0;
        let day = wishes.skip_days & (1 << due.weekday().num_days_from_monday()) != 0;
        if !hour && !day {
            break;
        }
        let into = TimeDelta::seconds(i64::from(due.minute() * 60 + due.second()));
        due = (due - into).checked_add_signed(TimeDelta::hours(1)).unwrap_or(due);
    }
    (due - now).to_std().unwrap_or(wait).clamp(wait, max.max(wait))
}

/// Grows with each failure by one interval: many feeds come back after days, and an
/// exponential wait would miss that.
fn backoff(pace: Pace, failures: u32, dice: u64) -> Duration {
    let steps = failures.clamp(1, 10_000);
    jitter(pace.interval.saturating_mul(steps).min(pace.max), dice).clamp(pace.min, pace.max)
}

/// Returns when, from now, a feed that was never polled is polled first: `new` feeds are spread
/// over a pace that neither a resolver nor a link notices.
pub fn first_slot(feed: &str, interval: Duration, new: usize) -> Duration {
    let window =
        Duration::from_secs(1) * u32::try_from(new).unwrap_or(u32::MAX) / FIRST_POLLS_PER_SECOND;
    slot(feed, window.min(interval))
}

/// Returns when, from now, a feed is due whose state was read from the log.
///
/// What became overdue while nobody polled is spread over the time it is overdue, at most over
/// `interval` and a quarter of an hour. A clock that was set back makes no feed wait longer than
/// it had to.
pub fn resume(pace: Pace, state: &FeedState, now: DateTime<Utc>) -> Duration {
    match (state.next_poll - now).to_std() {
        Ok(left) => {
            let meant = state.last_poll.and_then(|last| (state.next_poll - last).to_std().ok());
            // The settings may have become shorter since; a failing feed keeps its wait.
            let longest = if state.failures == 0 { pace.max } else { PARKED };
            left.min(meant.unwrap_or(pace.max)).min(longest)
        }
        Err(_) => {
            let overdue = (now - state.next_poll).to_std().unwrap_or_default();
            catch_up(&state.feed, pace.interval, overdue)
        }
    }
}

/// Returns when, from now, a poll is made that is `overdue` because nobody polled.
pub fn catch_up(feed: &str, interval: Duration, overdue: Duration) -> Duration {
    slot(feed, overdue.min(interval).min(MAX_SPREAD))
}

/// Returns the part of `window` that belongs to a feed, the same every time.
fn slot(feed: &str, window: Duration) -> Duration {
    window.mul_f64(fraction(hash(feed, 0)))
}

/// Returns `wait`, up to a tenth longer or shorter.
fn jitter(wait: Duration, dice: u64) -> Duration {
    wait.mul_f64(0.9 + 0.2 * fraction(dice))
}

/// Maps 64 bits to [0, 1).
fn fraction(dice: u64) -> f64 {
    f64::from(u32::try_from(dice >> 32).unwrap_or_default()) / (f64::from(u32::MAX) + 1.0)
}

/// A number that looks random and is the same every time.
fn hash(feed: &str, turn: u64) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(feed.as_bytes());
    hasher.update(&turn.to_le_bytes());
    let mut first = [0; 8];
    for (to, from) in first.iter_mut().zip(hasher.finalize().as_bytes()) {
        *to = *from;
    }
    u64::from_le_bytes(first)
}

/// Takes a new arrival into the rhythm, and keeps the feed warm for a while.
pub fn arrived(state: &mut FeedState, now: DateTime<Utc>) {
    if let Some(last) = state.last_new {
        let gap = (now - last).as_seconds_f64().max(0.0);
        state.rhythm = Some(state.rhythm.map_or(gap, |old| old * 0.7 + gap * 0.3));
    }
    state.last_new = Some(now);
    state.arrivals = state.arrivals.saturating_add(1);
    state.warm_until = Some(now + to_delta(WARM));
}

/// Learns the rhythm from the dates of a first document.
pub fn seeded(state: &mut FeedState, mut published: Vec<DateTime<Utc>>) {
    published.sort_unstable();
    let newest = published.split_off(published.len().saturating_sub(20));
    if let (Some(first), Some(last)) = (newest.first(), newest.last()) {
        state.last_new = Some(*last);
        let gaps = newest.len().saturating_sub(1);
        if gaps >= 2 {
            #[expect(clippy::cast_precision_loss, reason = "at most 19")]
            let mean = (*last - *first).as_seconds_f64() / gaps as f64;
            state.rhythm = Some(mean.max(1.0));
        }
    }
}

/// Marks a feed that named a watched company: it is polled as fast as allowed for a while.
pub fn ignite(state: &mut FeedState, now: DateTime<Utc>) {
    state.hot_until = Some(now + to_delta(WARM));
}

/// True when the feed has been silent for much longer than its rhythm promises.
pub fn is_stale(state: &FeedState, now: DateTime<Utc>) -> bool {
    let (Some(rhythm), Some(last)) = (state.rhythm, state.last_new) else { return false };
    let silence = (now - last).as_seconds_f64();
    state.polls > 3 && silence > rhythm * 8.0 + 2.0 * DAY.as_secs_f64()
}

/// Returns the delay that `Retry-After` asks for: seconds, or an HTTP date (RFC 9110 §10.2.3).
pub fn retry_after(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<f64>() {
        let seconds = seconds.clamp(0.0, MAX_RETRY_AFTER.as_secs_f64());
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let wait = (super::dates::http(value)? - now).to_std().unwrap_or_default();
    Some(wait.min(MAX_RETRY_AFTER))
}

fn to_delta(duration: Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX / 4)
}

/// Returns the time after `wait`, and a day that never comes instead of an overflow.
pub fn after(now: DateTime<Utc>, wait: Duration) -> DateTime<Utc> {
    now.checked_add_signed(to_delta(wait)).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Returns a duration as a person writes it: `5m`, `1h30m`, `2d`.
pub fn spoken(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match duration {
        d if d < Duration::from_secs(1) => format!("{}ms", d.as_millis()),
        d if d < MINUTE => format!("{seconds}s"),
        d if d < HOUR => two(seconds, 60, "m", "s"),
        d if d < DAY => two(seconds / 60, 60, "h", "m"),
        _ => two(seconds / 3600, 24, "d", "h"),
    }
}

fn two(value: u64, base: u64, large: &str, small: &str) -> String {
    match value % base {
        0 => format!("{}{large}", value / base),
        rest => format!("{}{large}{rest}{small}", value / base),
    }
}

#[cfg(test)]
mod tests;
