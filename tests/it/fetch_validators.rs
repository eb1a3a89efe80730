//! Servers whose validators do not change with the document: when an edit is seen all the same.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use talentwire::feed::fetch::Fetcher;
use talentwire::feed::health::{self, Outcome, settle};
use talentwire::feed::polite::{Gates, Politeness};
use talentwire::feed::settings::FeedSettings;
use talentwire::feed::{Hints, Seen, read};
use talentwire::model::FeedState;
use url::Url;

use crate::web::{Asked, Reply, Web};

/// The second in which the file is written, twice.
const SECOND: &str = "Wed, 04 Mar 2026 12:00:00 GMT";
/// The same number to the bases of 16 and 36.
const HEX: &str = "69a81ec0";
const BASE_36: &str = "tbdio0";

fn written() -> DateTime<Utc> {
    "2026-03-04T12:00:00Z".parse().unwrap()
}

/// A document; all versions below ten are equally long.
fn document(version: usize) -> String {
    format!(
        "<rss version='2.0'><channel><title>T</title><item><guid>v{version}</guid>\
         <title>Version {version} of this story</title></item></channel></rss>"
    )
}

/// A feed that is polled, with what is kept between polls.
struct Polled {
    fetcher: Fetcher,
    feed: FeedSettings,
    state: FeedState,
    seen: Seen,
}

impl Polled {
    fn new(url: &str) -> Self {
        Self {
            fetcher: Fetcher::new("talentwire/test", 1, Gates::new(Politeness::default())),
            feed: FeedSettings {
                allow_private: true,
                ..FeedSettings::new(Url::parse(url).unwrap())
            },
            state: FeedState::new(url, written()),
            seen: Seen::default(),
        }
    }

    /// Polls at a time; returns the titles of new articles.
    async fn poll(&mut self, now: DateTime<Utc>) -> Vec<String> {
        let fetch = self.fetcher.fetch(&self.feed, &self.state, now).await;
        let fetched = fetch.result.clone().unwrap();
        let url = self.feed.url.as_str();
        let hints = Hints { feed_url: url, content_type: None, encoding: None, now };
        let reading =
            health::document(&fetch).map(|(bytes, _)| read(bytes, &hints, &mut self.seen).unwrap());
        let outcome = match &reading {
            Some(reading) => Outcome::Read(&fetched, reading),
            None => Outcome::NotModified(&fetched),
        };
        settle(&mut self.state, &fetch, &outcome, now);
        reading.map_or(Vec::new(), |it| it.new.into_iter().map(|new| new.title).collect())
    }
}

/// A server whose document is at `version`, and whose `ETag` is always the same; with a
/// `Last-Modified` or without.
fn server(version: &Arc<AtomicUsize>, etag: String, dated: bool) -> Web {
    let version = Arc::clone(version);
    Web::start(move |asked: &Asked| {
        let same = asked.header("if-none-match") == Some(etag.as_bytes());
        let same = same || (dated && asked.header("if-modified-since") == Some(SECOND.as_bytes()));
        let reply = match same {
            true => Reply::status(304),
            false => Reply::ok(document(version.load(Ordering::SeqCst))),
        };
        let reply = reply.with("etag", etag.clone());
        if dated { reply.with("last-modified", SECOND) } else { reply }
    })
}

#[tokio::test]
async fn an_etag_of_the_second_of_the_answer_is_not_relied_on() {
    let version = Arc::new(AtomicUsize::new(1));
    for etag in [
        format!("\"{HEX}-7b\""),
        format!("W/\"{}-7B\"", HEX.to_uppercase()),
        format!("\"7b-{}\"", written().timestamp()),
        format!("\"{BASE_36}3f\""),
    ] {
        version.store(1, Ordering::SeqCst);
        let web = server(&version, etag.clone(), true);
        let mut polled = Polled::new(&web.url("/feed"));
        assert_eq!(polled.poll(written()).await.len(), 1);
        version.store(2, Ordering::SeqCst);
        let next = polled.poll(written() + TimeDelta::minutes(5)).await;
        assert_eq!(next, ["Version 2 of this story"], "{etag}");
        polled.poll(written() + TimeDelta::minutes(10)).await;
        let asked = web.asked().pop().unwrap();
        assert!(asked.header("if-none-match").is_some(), "old enough now: {etag}");
    }
}

#[tokio::test]
async fn an_etag_of_the_content_is_kept_although_the_date_is_of_this_second() {
    let web = server(&Arc::new(AtomicUsize::new(1)), "\"5d41402abc4b2a76\"".to_owned(), true);
    let mut polled = Polled::new(&web.url("/feed"));
    polled.poll(written()).await;
    polled.poll(written() + TimeDelta::seconds(1)).await;
    let asked = web.asked().pop().unwrap();
    assert!(asked.header("if-none-match").is_some() && asked.header("if-modified-since").is_none());
}

#[tokio::test]
async fn an_edit_that_no_validator_shows_is_seen_after_fifty_polls_or_a_day_and_the_next_at_once() {
    for (minutes, most) in [(5, 51), (60, 25)] {
        let version = Arc::new(AtomicUsize::new(1));
        let web = server(&version, "\"always the same\"".to_owned(), false);
        let mut polled = Polled::new(&web.url("/feed"));
        let mut now = written();
        assert_eq!(polled.poll(now).await.len(), 1);
        version.store(2, Ordering::SeqCst);
        let mut polls = 0;
        loop {
            now += TimeDelta::minutes(minutes);
            polls += 1;
            match polled.poll(now).await.as_slice() {
                [] => assert!(polls < most, "not seen by poll {polls}, {minutes} min apart"),
                [title] => break assert_eq!(title, "Version 2 of this story"),
                other => panic!("{other:?}"),
            }
        }
        assert!(polled.state.validators_lie, "found out after {polls} polls");
        version.store(3, Ordering::SeqCst);
        let next = polled.poll(now + TimeDelta::minutes(minutes)).await;
        assert_eq!(next, ["Version 3 of this story"]);
    }
}
