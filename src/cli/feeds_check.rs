//! `talentwire feeds check`: everything that a feed says about itself, and what is wrong with it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::feeds_advice::{advice, told};
use crate::feed::fetch::{Body, Fetch, Fetcher};
use crate::feed::health::{self, Outcome, PollError};
use crate::feed::schedule::{self, Pace};
use crate::feed::settings::FeedSettings;
use crate::feed::{Hints, Reading};
use crate::model::FeedState;
use crate::stage::poll::key_of;

/// Everything that one fetch says about a feed.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Checked {
    /// Address as given.
    pub url: String,
    /// True where it can be polled.
    pub ok: bool,
    /// Why not.
    pub error: Option<String>,
    /// What a person can do about it.
    pub advice: Option<String>,
    /// Title.
    pub title: String,
    /// Format and encoding.
    pub format: String,
    /// Number of entries.
    pub entries: usize,
    /// Bytes after decompression.
    pub bytes: usize,
    /// Milliseconds of the fetch.
    pub took_ms: u128,
    /// The newest date of an entry.
    pub newest: Option<DateTime<Utc>>,
    /// Seconds between entries, on average.
    pub rhythm: Option<f64>,
    /// How often it would be polled.
    pub interval: String,
    /// How it says that nothing has changed: `etag`, `last-modified`.
    pub validators: Vec<&'static str>,
    /// True where a second request with these was answered 304.
    pub honours_validators: Option<bool>,
    /// WebSub hubs.
    pub hubs: Vec<String>,
    /// Where a permanent redirect leads.
    pub moved_to: Option<String>,
    /// What was odd but was dealt with, and what a person could improve.
    pub problems: Vec<String>,
}

/// Fetches a feed once, and once more with its validators, and says everything about it.
pub(super) async fn check(fetcher: &Fetcher, feed: &FeedSettings, now: DateTime<Utc>) -> Checked {
    let mut state = FeedState::new(key_of(feed), now);
    let fetch = fetcher.fetch(feed, &state, now).await;
    let mut checked = Checked {
        url: key_of(feed),
        took_ms: fetch.took.as_millis(),
        moved_to: fetch.permanent.as_ref().map(crate::net::shown),
        ..Checked::default()
    };
    let reading = match read_document(feed, &fetch, now) {
        Ok(reading) => reading,
        Err(error) => {
            checked.error = Some(error.to_string());
            checked.advice = advice(&error);
            return checked;
        }
    };
    let Ok(fetched) = &fetch.result else { return checked };
    health::settle(&mut state, &fetch, &Outcome::Read(fetched, &reading), now);
    checked.ok = true;
    checked.bytes = match &fetched.body {
        Body::Document { bytes, .. } => bytes.len(),
        Body::NotModified => 0,
    };
    checked.entries = reading.entries;
    checked.newest = reading.new.iter().filter_map(|article| article.published).max();
    checked.title.clone_from(&state.title);
    checked.format.clone_from(&state.format);
    checked.rhythm = state.rhythm;
    checked.hubs.clone_from(&state.hubs);
    let own = schedule::adaptive(Pace::of(feed), schedule::gap(&state, now));
    let wished = Duration::from_secs(state.wishes.every.max(state.wishes.fresh_for).into());
    let interval = own.max(wished.min(feed.max_interval));
    checked.interval = schedule::spoken(Duration::from_secs(interval.as_secs()));
    checked.validators.extend(fetched.etag.as_ref().map(|_| "etag"));
    checked.validators.extend(fetched.last_modified.as_ref().map(|_| "last-modified"));
    if !checked.validators.is_empty() {
        let second = fetcher.fetch(feed, &state, now).await;
        checked.honours_validators =
            second.result.ok().map(|fetched| fetched.body == Body::NotModified);
    }
    checked.problems = problems(&checked, &reading, wished, feed);
    checked
}

fn read_document(
    feed: &FeedSettings,
    fetch: &Fetch,
    now: DateTime<Utc>,
) -> Result<Reading, PollError> {
    if let Err(error) = &fetch.result {
        return Err(error.clone().into());
    }
    let (bytes, content_type) = health::document(fetch).unzip();
    let feed_url = key_of(feed);
    let hints = Hints {
        feed_url: &feed_url,
        content_type: content_type.flatten(),
        encoding: feed.encoding.as_deref(),
        now,
    };
    let bytes = bytes.map_or(&[][..], |bytes| bytes);
    Ok(crate::feed::read(bytes, &hints, &mut crate::feed::Seen::default())?)
}

/// What a person could improve: at the feed, or in the configuration.
fn problems(
    checked: &Checked,
    reading: &Reading,
    wished: Duration,
    feed: &FeedSettings,
) -> Vec<String> {
    let repairs = reading.feed.iter().flat_map(|document| &document.repairs);
    let mut problems: Vec<String> = repairs.map(|repair| told(*repair).to_owned()).collect();
    if let Some(to) = &checked.moved_to {
        problems.push(format!("moved for good; configure {to} instead"));
    }
    let of_all = |lacks: fn(&crate::model::Article) -> bool| {
        checked.entries > 0 && reading.new.iter().all(lacks)
    };
    if checked.entries == 0 {
        problems.push("it has no entries at present".to_owned());
    }
    if of_all(|article| article.published.is_none()) {
        problems.push("no entry has a date: it counts as published when first seen".to_owned());
    }
    if of_all(|article| article.url.is_none()) {
        problems.push("no entry has a link".to_owned());
    }
    if checked.validators.is_empty() {
        problems.push("no ETag and no Last-Modified: every poll loads the whole document".into());
    } else if checked.honours_validators == Some(false) {
        problems.push("its validators do nothing: every poll loads the whole document".to_owned());
    }
    if wished > feed.max_interval {
        problems.push(format!(
            "asks to be polled every {} only; max_interval caps that at {}",
            schedule::spoken(wished),
            schedule::spoken(feed.max_interval),
        ));
    }
    problems
}
