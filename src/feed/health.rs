//! From the end of a poll to the feed's next state: validators, redirects, rhythm, health.
//!
//! Pure: the clock is an argument. The caller commits the state together with the articles.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::document::ParseError;
use super::fetch::{Body, Fetch, FetchError, Fetched};
use super::read::Reading;
use super::schedule::{self, Verdict};
use crate::model::{FeedState, Health, Redirected};

/// A fetch that takes longer, on average, makes a feed slow.
const SLOW_MS: u32 = 5_000;
/// How long a feed has to answer 410 before it is parked; and how far apart permanent redirects
/// have to lie to count.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Permanent redirects, a day apart, after which the new address is used.
const PROOFS: u32 = 3;
/// Longest cause that is kept, in characters.
const MAX_CAUSE: usize = 300;

/// Why a poll brought nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PollError {
    /// No document.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// A document that is no feed.
    #[error(transparent)]
    Parse(#[from] ParseError),
}

impl PollError {
    /// Value of a metric label.
    pub fn label(&self) -> &'static str {
        match self {
            PollError::Fetch(error) => error.label(),
            PollError::Parse(error) => error.label(),
        }
    }

    fn verdict(&self) -> Verdict {
        match self {
            PollError::Fetch(error) => error.verdict(),
            PollError::Parse(_) => Verdict::Failed,
        }
    }

    fn is_gone(&self) -> bool {
        matches!(self, PollError::Fetch(FetchError::Status { status: 410, .. }))
    }
}

/// What one poll came to.
#[derive(Debug)]
pub enum Outcome<'a> {
    /// 304.
    NotModified(&'a Fetched),
    /// A document was read; perhaps the same as before.
    Read(&'a Fetched, &'a Reading),
    /// Neither.
    Failed(&'a PollError),
}

/// What the poll means for those who watch.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    /// How the schedule goes on.
    pub verdict: Verdict,
    /// The state before, where the feed's health changed.
    pub was: Option<Health>,
    /// True where the state holds something that must be written with the articles; else writing
    /// it may wait a little.
    pub weighty: bool,
    /// What was odd, as metric labels.
    pub oddities: Vec<&'static str>,
}

/// Brings `state` up to date after a poll that ended at `now`.
pub fn settle(
    state: &mut FeedState,
    fetch: &Fetch,
    outcome: &Outcome<'_>,
    now: DateTime<Utc>,
) -> Settled {
    let mut settled =
        Settled { verdict: Verdict::Good, was: None, weighty: false, oddities: Vec::new() };
    state.polls = state.polls.saturating_add(1);
    state.last_poll = Some(now);
    let took = u32::try_from(fetch.took.as_millis()).unwrap_or(u32::MAX);
    state.took_ms = if state.polls <= 1 { took } else { state.took_ms / 4 * 3 + took / 4 };
    let (health, cause) = match outcome {
        Outcome::Failed(error) => {
            settled.weighty = state.failures == 0;
            failed(state, error, now, &mut settled)
        }
        Outcome::NotModified(fetched) => {
            state.conditional = state.conditional.saturating_add(1);
            take_validators(state, fetched);
            succeeded(state, fetch, now, &mut settled)
        }
        Outcome::Read(fetched, reading) => {
            take_document(state, fetched, reading, now, &mut settled);
            succeeded(state, fetch, now, &mut settled)
        }
    };
    if health != state.health {
        settled.was = Some(state.health);
        settled.weighty = true;
        state.health = health;
        state.health_since = Some(now);
    }
    state.cause = cause.map(|cause| cause.chars().take(MAX_CAUSE).collect());
    settled
}

fn failed(
    state: &mut FeedState,
    error: &PollError,
    now: DateTime<Utc>,
    settled: &mut Settled,
) -> (Health, Option<String>) {
    state.failures = state.failures.saturating_add(1);
    settled.verdict = error.verdict();
    let cause = Some(error.to_string());
    if error.is_gone() {
        let since = *state.gone_since.get_or_insert(now);
        if (now - since).to_std().is_ok_and(|gone| gone >= A_DAY) {
            settled.verdict = Verdict::Parked;
            return (Health::Gone, cause);
        }
        return (Health::Down, cause);
    }
    state.gone_since = None;
    let health = match error {
        PollError::Parse(_) => Health::Parse,
        PollError::Fetch(error) if error.is_refusal() => Health::Blocked,
        // One lost answer is the network's daily life, not a state of the feed.
        PollError::Fetch(_) if state.failures < 2 && state.last_success.is_some() => {
            return (state.health, state.cause.clone());
        }
        PollError::Fetch(_) => Health::Down,
    };
    (health, cause)
}

fn succeeded(
    state: &mut FeedState,
    fetch: &Fetch,
    now: DateTime<Utc>,
    settled: &mut Settled,
) -> (Health, Option<String>) {
    state.failures = 0;
    state.gone_since = None;
    state.last_success = Some(now);
    believe_redirect(state, fetch, now, settled);
    if schedule::is_stale(state, now) {
        let rhythm = state.rhythm.and_then(|gap| Duration::try_from_secs_f64(gap).ok());
        let silence = state.last_new.and_then(|last| (now - last).to_std().ok());
        let cause = format!(
            "nothing new for {}, though it used to publish every {}",
            schedule::spoken(silence.unwrap_or_default()),
            schedule::spoken(rhythm.unwrap_or_default()),
        );
        return (Health::Stale, Some(cause));
    }
    if state.took_ms > SLOW_MS {
        return (Health::Slow, Some(format!("a fetch takes {} ms on average", state.took_ms)));
    }
    (Health::Ok, None)
}

/// A permanent redirect is believed when it was seen three times, a day apart each.
fn believe_redirect(
    state: &mut FeedState,
    fetch: &Fetch,
    now: DateTime<Utc>,
    settled: &mut Settled,
) {
    let Some(to) = fetch.permanent.as_ref().map(ToString::to_string) else {
        state.redirected = None;
        return;
    };
    let before = state.redirected.take().filter(|before| before.to == to);
    let next = match before {
        None => Redirected { to, counted: now, times: 1 },
        Some(before) if (now - before.counted).to_std().is_ok_and(|age| age >= A_DAY) => {
            Redirected { to, counted: now, times: before.times + 1 }
        }
        Some(before) => before,
    };
    if next.times >= PROOFS {
        settled.oddities.push("moved");
        settled.weighty = true;
        state.address = Some(next.to);
    } else {
        state.redirected = Some(next);
    }
}

fn take_validators(state: &mut FeedState, fetched: &Fetched) {
    // A 304 may leave them out, and then the old ones stand (RFC 9110 §15.4.5).
    if fetched.etag.is_some() {
        state.etag.clone_from(&fetched.etag);
    }
    if fetched.last_modified.is_some() {
        state.last_modified.clone_from(&fetched.last_modified);
    }
    state.wishes.fresh_for = fetched.fresh_for;
}

fn take_document(
    state: &mut FeedState,
    fetched: &Fetched,
    reading: &Reading,
    now: DateTime<Utc>,
    settled: &mut Settled,
) {
    let first = state.last_success.is_none();
    let same_validators = (fetched.etag.is_some() || fetched.last_modified.is_some())
        && fetched.etag == state.etag
        && fetched.last_modified == state.last_modified;
    if fetched.full && same_validators && !reading.new.is_empty() && state.conditional > 0 {
        settled.oddities.push("validators_lie");
        state.validators_lie = true;
    }
    if !first && reading.entries > 1 && reading.new.len() == reading.entries {
        // Nothing of the last document is left in this one: what came between was never seen.
        settled.oddities.push("gap");
    }
    settled.weighty |= reading.changed || first || fetched.etag != state.etag;
    if fetched.full {
        state.last_full = Some(now);
        state.conditional = 0;
    } else {
        state.conditional = state.conditional.saturating_add(1);
    }
    // A 200 replaces what it does not name: an old ETag would belong to another document.
    state.etag.clone_from(&fetched.etag);
    state.last_modified.clone_from(&fetched.last_modified);
    state.wishes.fresh_for = fetched.fresh_for;
    if let Some(feed) = &reading.feed {
        settled.oddities.extend(feed.repairs.iter().map(|repair| repair.label()));
        describe(state, feed, reading.entries);
        state.hubs.extend(fetched.hubs.iter().cloned());
        state.hubs.sort();
        state.hubs.dedup();
    }
    if first {
        schedule::seeded(state, reading.new.iter().filter_map(|new| new.published).collect());
    } else if !reading.new.is_empty() {
        schedule::arrived(state, now);
    }
}

/// Keeps what the document says about itself.
fn describe(state: &mut FeedState, feed: &super::Feed, entries: usize) {
    if !feed.title.is_empty() {
        state.title.clone_from(&feed.title);
    }
    state.format = format!("{}, {}", feed.format.label(), feed.encoding);
    state.entries = u32::try_from(entries).unwrap_or(u32::MAX);
    state.hubs.clone_from(&feed.hubs);
    let minutes = feed.ttl.unwrap_or(0).max(feed.update_minutes.unwrap_or(0));
    state.wishes.every = minutes.saturating_mul(60);
    let bits = |numbers: &[u8], limit: u8| {
        numbers.iter().filter(|n| **n < limit).fold(0_u32, |bits, n| bits | 1 << n)
    };
    state.wishes.skip_hours = bits(&feed.skip_hours, 24);
    state.wishes.skip_days = u8::try_from(bits(&feed.skip_days, 7)).unwrap_or_default();
}

/// Returns what came of a fetch as far as it decides on parsing.
pub fn document(fetch: &Fetch) -> Option<(&bytes::Bytes, Option<&str>)> {
    match &fetch.result {
        Ok(Fetched { body: Body::Document { bytes, content_type }, .. }) => {
            Some((bytes, content_type.as_deref()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
