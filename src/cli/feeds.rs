//! `talentwire feeds list`: the state of every feed, those in trouble first.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use super::logs::ReadLog;
use super::table::{clip, render};
use crate::feed::schedule;
use crate::feed::settings::FeedSettings;
use crate::log::{LogError, Scan, Topic};
use crate::model::{FeedState, Health, counted};
use crate::stage::poll::key_of;

/// Reads the states of all feeds that were ever polled.
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
    Ok(states.into_values().collect())
}

/// Keeps what is configured, those in trouble first: states of feeds that were removed stay in the
/// log.
pub fn only_configured(states: Vec<FeedState>, feeds: &[Arc<FeedSettings>]) -> Vec<FeedState> {
    let mut states: std::collections::HashMap<String, FeedState> =
        states.into_iter().map(|state| (state.feed.clone(), state)).collect();
    let mut kept: Vec<FeedState> = feeds
        .iter()
        .map(|feed| {
            let key = key_of(feed);
            states.remove(&key).unwrap_or_else(|| FeedState::new(key, DateTime::UNIX_EPOCH))
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
        serde_json::to_writer(&mut *out, &bare(state.clone()))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// A table for people.
///
/// # Errors
/// When the output cannot be written.
pub fn list(states: &[FeedState], now: DateTime<Utc>, out: &mut impl Write) -> io::Result<()> {
    let header = ["state", "since", "polled", "next", "new", "rhythm", "feed", "cause"];
    let rows: Vec<Vec<String>> = states.iter().map(|state| row(state, now)).collect();
    out.write_all(render(&header, &rows).as_bytes())?;
    let sick = states.iter().filter(|s| !matches!(s.health, Health::Ok | Health::New)).count();
    let new = states.iter().filter(|state| state.polls == 0).count();
    write!(out, "{}, {sick} of them in trouble", counted(states.len(), "feed"))?;
    match new {
        0 => writeln!(out),
        new => writeln!(out, ", {new} not polled yet"),
    }
}

fn row(state: &FeedState, now: DateTime<Utc>) -> Vec<String> {
    let ago = |time: Option<DateTime<Utc>>| {
        time.map_or("-".to_owned(), |time| format!("{} ago", apart(now - time)))
    };
    let next = match state.polls {
        0 => "-".to_owned(),
        _ if state.next_poll - now < TimeDelta::seconds(1) => "now".to_owned(),
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
        clip(&state.feed, 60),
        clip(state.cause.as_deref().unwrap_or_default(), 80),
    ]
}

/// A state as it may be shown: a redirect keeps the name and password of the address.
pub(crate) fn bare(mut state: FeedState) -> FeedState {
    let to = state.redirected.as_mut().map(|it| &mut it.to);
    for url in [state.address.as_mut(), to].into_iter().flatten() {
        if let Ok(found) = Url::parse(url) {
            *url = crate::net::shown(&found);
        }
    }
    state
}

fn apart(delta: TimeDelta) -> String {
    // Whole seconds: nobody reads milliseconds in a table.
    match delta.num_seconds().unsigned_abs() {
        0 => "0s".to_owned(),
        seconds => schedule::spoken(Duration::from_secs(seconds)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(url: &str) -> Arc<FeedSettings> {
        Arc::new(FeedSettings::new(Url::parse(url).unwrap()))
    }

    #[test]
    fn a_redirect_shows_no_password() {
        let address = Some("https://ann:secret@c.example/rss".to_owned());
        let state = FeedState { address, ..FeedState::new("https://b.example/", Utc::now()) };
        let mut page = Vec::new();
        list_json(&[state], &mut page).unwrap();
        let page = String::from_utf8(page).unwrap();
        assert!(page.contains("https://c.example/rss") && !page.contains("secret"), "{page}");
    }

    #[test]
    fn the_table_puts_feeds_in_trouble_first_and_hides_passwords() {
        let now: DateTime<Utc> = "2026-03-04T12:00:00Z".parse().unwrap();
        let well =
            FeedState { health: Health::Ok, polls: 1, ..FeedState::new("https://a.example/", now) };
        let sick = FeedState {
            health: Health::Blocked,
            cause: Some("Cloudflare refuses us with a challenge".to_owned()),
            last_poll: Some(now - TimeDelta::seconds(90)),
            next_poll: now + TimeDelta::minutes(5),
            polls: 3,
            ..FeedState::new("https://b.example/", now)
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
}
