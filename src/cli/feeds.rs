//! `talentwire feeds`: the state of every feed, a close look at one, OPML in and out.

use std::io::{self, Write};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use url::Url;

use super::logs::ReadLog;
use super::table::{clip, render};
use crate::feed::fetch::{Body, Fetch, Fetcher};
use crate::feed::health::{self, Outcome, PollError};
use crate::feed::opml::{Opml, OpmlError, Outline};
use crate::feed::schedule::{self, Pace};
use crate::feed::settings::FeedSettings;
use crate::feed::{Feed, Hints, Reading};
use crate::log::{LogError, Scan, Topic};
use crate::model::{FeedState, Health};

/// Reads the states of all feeds, those in trouble first.
///
/// # Errors
/// When the log cannot be read.
pub async fn read(log: &ReadLog) -> Result<Vec<FeedState>, LogError> {
    let scan = Scan { topic: Topic::FeedState, partitions: None, since: None };
    let states = log
        .fold(scan, std::collections::BTreeMap::new(), |states, received| {
            let Some(value) = received.value else {
                states.remove(&received.key);
                return;
            };
            if let Ok(state) = serde_json::from_slice::<FeedState>(&value) {
                states.insert(received.key, state);
            }
        })
        .await?;
    let mut states: Vec<FeedState> = states.into_values().collect();
    let well = |state: &FeedState| matches!(state.health, Health::Ok | Health::New);
    states.sort_by(|a, b| (well(a), &a.feed).cmp(&(well(b), &b.feed)));
    Ok(states)
}

/// Keeps what is configured: states of feeds that were removed stay in the log.
pub fn only_configured(states: Vec<FeedState>, feeds: &[FeedSettings]) -> Vec<FeedState> {
    let mut states: std::collections::HashMap<String, FeedState> =
        states.into_iter().map(|state| (state.feed.clone(), state)).collect();
    let mut kept: Vec<FeedState> = feeds
        .iter()
        .map(|feed| {
            let never = || FeedState::new(feed.url.as_str(), DateTime::UNIX_EPOCH);
            states.remove(feed.url.as_str()).unwrap_or_else(never)
        })
        .collect();
    let well = |state: &FeedState| matches!(state.health, Health::Ok | Health::New);
    kept.sort_by(|a, b| (well(a), &a.feed).cmp(&(well(b), &b.feed)));
    kept
}

/// One JSON state a line.
///
/// # Errors
/// When the output cannot be written.
pub fn list_json(states: &[FeedState], out: &mut impl Write) -> io::Result<()> {
    for state in states {
        serde_json::to_writer(&mut *out, state)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// A table for people.
///
/// # Errors
/// When the output cannot be written.
pub fn list(states: &[FeedState], now: DateTime<Utc>, out: &mut impl Write) -> io::Result<()> {
    let header = ["state", "since", "polled", "next", "new", "every", "feed", "cause"];
    let rows: Vec<Vec<String>> = states.iter().map(|state| row(state, now)).collect();
    out.write_all(render(&header, &rows).as_bytes())?;
    let sick = states.iter().filter(|s| !matches!(s.health, Health::Ok | Health::New)).count();
    writeln!(out, "{} feeds, {} of them in trouble", states.len(), sick)
}

fn row(state: &FeedState, now: DateTime<Utc>) -> Vec<String> {
    let ago = |time: Option<DateTime<Utc>>| {
        time.map_or("-".to_owned(), |time| format!("{} ago", apart(now - time)))
    };
    let next = match state.polls {
        0 => "-".to_owned(),
        _ if state.next_poll <= now => "now".to_owned(),
        _ => format!("in {}", apart(state.next_poll - now)),
    };
    let rhythm = state.rhythm.and_then(|gap| Duration::try_from_secs_f64(gap).ok());
    vec![
        state.health.label().to_owned(),
        state.health_since.map_or("-".to_owned(), |since| apart(now - since)),
        ago(state.last_poll),
        next,
        ago(state.last_new),
        rhythm.map_or("-".to_owned(), schedule::spoken),
        clip(&shown(&state.feed), 60),
        clip(state.cause.as_deref().unwrap_or_default(), 80),
    ]
}

/// An address without user name and password.
fn shown(url: &str) -> String {
    Url::parse(url).map_or_else(|_| url.to_owned(), |url| crate::net::shown(&url))
}

fn apart(delta: TimeDelta) -> String {
    // Whole seconds: nobody reads milliseconds in a table.
    schedule::spoken(Duration::from_secs(delta.num_seconds().unsigned_abs()))
}

/// Everything that one fetch says about a feed.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Checked {
    /// Address as given.
    pub url: String,
    /// True where it can be polled.
    pub ok: bool,
    /// Why not.
    pub error: Option<String>,
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
pub async fn check(fetcher: &Fetcher, feed: &FeedSettings, now: DateTime<Utc>) -> Checked {
    let mut state = FeedState::new(feed.url.as_str(), now);
    let fetch = fetcher.fetch(feed, &state, now).await;
    let mut checked = Checked {
        url: crate::net::shown(&feed.url),
        took_ms: fetch.took.as_millis(),
        moved_to: fetch.permanent.as_ref().map(crate::net::shown),
        ..Checked::default()
    };
    let reading = match read_document(feed, &fetch, now) {
        Ok(reading) => reading,
        Err(error) => {
            checked.error = Some(error.to_string());
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
    checked.problems = problems(&checked, reading.feed.as_ref(), &reading, wished, feed);
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
    let hints = Hints {
        feed_url: feed.url.as_str(),
        content_type: content_type.flatten(),
        encoding: feed.encoding.as_deref(),
        now,
    };
    let bytes = bytes.map_or(&[][..], |bytes| bytes);
    Ok(crate::feed::read(bytes, &hints, &mut crate::feed::Seen::default())?)
}

fn problems(
    checked: &Checked,
    document: Option<&Feed>,
    reading: &Reading,
    wished: Duration,
    feed: &FeedSettings,
) -> Vec<String> {
    let mut problems = Vec::new();
    for repair in document.iter().flat_map(|document| &document.repairs) {
        problems.push(format!("repaired: {}", repair.label()));
    }
    if let Some(to) = &checked.moved_to {
        problems.push(format!("moved for good; configure {to} instead"));
    }
    if checked.entries == 0 {
        problems.push("the document has no entries".to_owned());
    }
    if checked.entries > 0 && reading.new.iter().all(|article| article.published.is_none()) {
        problems.push("no entry has a date; old entries look as new as new ones".to_owned());
    }
    if checked.entries > 0 && reading.new.iter().all(|article| article.url.is_none()) {
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

/// Writes what was found out, for people.
///
/// # Errors
/// When the output cannot be written.
pub fn print_checked(checked: &Checked, out: &mut impl Write) -> io::Result<()> {
    if let Some(error) = &checked.error {
        return writeln!(out, "FAIL {}\n     {error}", checked.url);
    }
    writeln!(out, "ok   {}", checked.url)?;
    writeln!(
        out,
        "     {} ({}), {} entries, {} bytes in {} ms",
        clip(&checked.title, 60),
        checked.format,
        checked.entries,
        checked.bytes,
        checked.took_ms
    )?;
    let rhythm = checked.rhythm.and_then(|gap| Duration::try_from_secs_f64(gap).ok());
    let rhythm = rhythm.map_or("unknown".to_owned(), schedule::spoken);
    let newest = checked.newest.map_or("undated".to_owned(), |date| date.to_rfc3339());
    writeln!(
        out,
        "     one entry every {rhythm}, newest {newest}; polled every {}",
        checked.interval
    )?;
    let honours = match checked.honours_validators {
        Some(true) => " (honoured)",
        Some(false) => " (ignored)",
        None => "",
    };
    let validators = checked.validators.join(" and ");
    let validators = if validators.is_empty() { "none" } else { &validators };
    writeln!(out, "     validators: {validators}{honours}")?;
    for hub in &checked.hubs {
        writeln!(out, "     hub: {}", clip(hub, 80))?;
    }
    for problem in &checked.problems {
        writeln!(out, "     note: {problem}")?;
    }
    Ok(())
}

/// Adds the feeds of the OPML text `from` to the OPML text `into`; returns the new text and how
/// many feeds were added.
///
/// # Errors
/// Where either is no OPML; the flag says whether it was `into`.
pub fn import(into: &str, from: &str) -> Result<(String, usize), (bool, OpmlError)> {
    let mut ours = match into.trim() {
        "" => Opml::default(),
        text => Opml::parse(text).map_err(|error| (true, error))?,
    };
    let theirs = Opml::parse(from).map_err(|error| (false, error))?;
    let added = ours.merge(&theirs);
    Ok((ours.write(), added))
}

/// Writes feeds as OPML: those of the configured OPML text with all that it says, then `others`.
///
/// # Errors
/// Where the text is no OPML.
pub fn export(opml: Option<&str>, others: &[FeedSettings]) -> Result<String, OpmlError> {
    let mut all = opml.map(Opml::parse).transpose()?.unwrap_or_default();
    if all.head.is_empty() {
        all.head.push(("title".to_owned(), "talentwire feeds".to_owned()));
    }
    let outlines = others.iter().map(outline).collect();
    all.merge(&Opml { outlines, ..Opml::default() });
    Ok(all.write())
}

/// The outline of a configured feed: whatever differs from the defaults becomes an attribute.
fn outline(feed: &FeedSettings) -> Outline {
    let default = FeedSettings::new(feed.url.clone());
    let title = feed.title.as_deref().unwrap_or(feed.url.as_str());
    let mut outline = Outline::feed(feed.url.as_str(), title);
    if let Some(lang) = &feed.lang {
        outline.attributes.push(("language".to_owned(), lang.clone()));
    }
    for (key, is, was) in [
        ("interval", feed.interval, default.interval),
        ("min_interval", feed.min_interval, default.min_interval),
        ("max_interval", feed.max_interval, default.max_interval),
        ("max_age", feed.max_age, default.max_age),
        ("connect_timeout", feed.connect_timeout, default.connect_timeout),
        ("timeout", feed.timeout, default.timeout),
    ] {
        if is != was {
            outline.set(key, &exactly(is));
        }
    }
    if feed.first_poll != default.first_poll {
        outline.set("first_poll", "alert");
    }
    if feed.allow_private {
        outline.set("allow_private_networks", "true");
    }
    if !feed.full_text {
        outline.set("full_text", "false");
    }
    if let Some(encoding) = &feed.encoding {
        outline.set("encoding", encoding);
    }
    if feed.max_body != default.max_body {
        outline.set("max_body_mib", &(feed.max_body >> 20).max(1).to_string());
    }
    outline
}

/// A duration with a single unit, which every reader of the configuration understands.
fn exactly(duration: Duration) -> String {
    let millis = duration.as_millis();
    for (unit, size) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000)] {
        if millis >= size && millis.is_multiple_of(size) {
            return format!("{}{unit}", millis / size);
        }
    }
    format!("{millis}ms")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(url: &str) -> FeedSettings {
        FeedSettings::new(Url::parse(url).unwrap())
    }

    #[test]
    fn the_table_puts_feeds_in_trouble_first_and_hides_passwords() {
        let now: DateTime<Utc> = "2026-03-04T12:00:00Z".parse().unwrap();
        let well = FeedState { health: Health::Ok, ..FeedState::new("https://a.example/", now) };
        let sick = FeedState {
            health: Health::Blocked,
            cause: Some("Cloudflare refuses us with a challenge".to_owned()),
            last_poll: Some(now - TimeDelta::seconds(90)),
            next_poll: now + TimeDelta::minutes(5),
            polls: 3,
            ..FeedState::new("https://ann:secret@b.example/", now)
        };
        let feeds = [feed("https://a.example/"), feed("https://ann:secret@b.example/")];
        let states = only_configured(vec![well, sick], &feeds);
        let mut page = Vec::new();
        list(&states, now, &mut page).unwrap();
        let page = String::from_utf8(page).unwrap();
        let first = page.lines().nth(1).unwrap();
        for word in ["blocked", "1m30s ago", "in 5m", "https://b.example/", "Cloudflare"] {
            assert!(first.contains(word), "{word} in {first}");
        }
        assert!(!page.contains("secret"));
        assert!(page.ends_with("2 feeds, 1 of them in trouble\n"));
    }

    #[test]
    fn an_export_keeps_the_opml_and_adds_the_settings_of_other_feeds() {
        let opml = "<opml><body><outline text='F'><outline text='A' xmlUrl='https://a.example/' \
                    x:y='kept'/></outline></body></opml>";
        let mut other = feed("https://b.example/rss");
        other.interval = Duration::from_secs(120);
        other.encoding = Some("euc-kr".to_owned());
        let written = export(Some(opml), &[feed("https://a.example/"), other]).unwrap();
        let read = Opml::parse(&written).unwrap();
        assert_eq!(read.feeds().len(), 2);
        assert!(written.contains("x:y=\"kept\""));
        let settings = read.feeds().remove(1).settings;
        assert_eq!(settings, [("interval", "2m"), ("encoding", "euc-kr")]);
    }

    #[test]
    fn durations_are_written_so_that_nothing_is_lost() {
        for (millis, want) in [(90_000, "90s"), (200, "200ms"), (172_800_000, "2d"), (0, "0ms")] {
            assert_eq!(exactly(Duration::from_millis(millis)), want);
        }
    }
}
