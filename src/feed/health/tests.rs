//! What a feed's state becomes after polls of every kind.

use bytes::Bytes;
use chrono::TimeDelta;
use url::Url;

use super::*;
use crate::feed::Feed;
use crate::feed::challenge::Guard;
use crate::model::{Arrival, Article};

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// A feed that is polled step by step; times are minutes.
struct Story {
    state: FeedState,
    now: DateTime<Utc>,
}

impl Story {
    fn begin() -> Self {
        let now = "2026-03-04T12:00:00Z".parse().unwrap();
        Self { state: FeedState::new("https://outlet.example/rss", now), now }
    }

    fn settle(&mut self, minutes: i64, fetch: &Fetch, outcome: &Outcome<'_>) -> Settled {
        self.now += TimeDelta::minutes(minutes);
        settle(&mut self.state, fetch, outcome, self.now)
    }

    fn fails(&mut self, minutes: i64, error: impl Into<PollError>) -> Settled {
        let error = error.into();
        let fetch = Fetch { result: Err(FetchError::Location), ..fetch(None) };
        self.settle(minutes, &fetch, &Outcome::Failed(&error))
    }

    fn reads(&mut self, minutes: i64, new: usize) -> Settled {
        self.reads_via(minutes, new, &fetch(None))
    }

    fn reads_via(&mut self, minutes: i64, new: usize, fetch: &Fetch) -> Settled {
        let date = self.now + TimeDelta::minutes(minutes);
        let reading = Reading {
            feed: Some(Feed { ttl: Some(10), ..Feed::default() }),
            new: (0..new).map(|n| article(n, date)).collect(),
            entries: new,
            changed: new > 0,
            ..Reading::default()
        };
        let fetched = fetch.result.clone().unwrap();
        self.settle(minutes, fetch, &Outcome::Read(&fetched, &reading))
    }
}

fn article(n: usize, date: DateTime<Utc>) -> Article {
    Article {
        schema: 1,
        id: n.to_string(),
        feed: String::new(),
        outlet: String::new(),
        url: None,
        title: String::new(),
        summary: String::new(),
        content: None,
        published: Some(date),
        updated: None,
        authors: Vec::new(),
        lang: None,
        first_seen: date,
        arrival: Arrival::Live,
    }
}

/// A full fetch of a document with an ETag.
fn fetch(permanent: Option<&str>) -> Fetch {
    let fetched = Fetched {
        body: Body::Document { bytes: Bytes::new(), content_type: None },
        full: true,
        etag: Some("\"e\"".to_owned()),
        last_modified: None,
        fresh_for: 0,
        hubs: Vec::new(),
    };
    Fetch {
        result: Ok(fetched),
        permanent: permanent.map(|to| Url::parse(to).unwrap()),
        took: Duration::from_millis(100),
    }
}

fn status(status: u16) -> FetchError {
    FetchError::Status { status, retry_after: None }
}

#[test]
fn a_change_of_health_is_told_once() {
    let mut story = Story::begin();
    assert_eq!(story.reads(0, 3).was, Some(Health::New));
    assert_eq!(story.reads(5, 0).was, None);
    assert_eq!(story.fails(5, status(500)).was, None, "one lost answer changes nothing");
    assert_eq!(story.fails(5, status(500)).was, Some(Health::Ok));
    assert_eq!(story.fails(5, status(502)).was, None);
    assert_eq!(story.state.health, Health::Down);
    assert!(story.state.cause.as_deref().unwrap().contains("502 Bad Gateway"));
    assert_eq!(story.reads(5, 0).was, Some(Health::Down));
    assert_eq!((story.state.health, story.state.failures), (Health::Ok, 0));
    assert_eq!(story.state.cause, None);
}

#[test]
fn who_blocks_is_named() {
    let mut story = Story::begin();
    story.reads(0, 1);
    let settled =
        story.fails(5, FetchError::Challenge { guard: Guard::Cloudflare, retry_after: None });
    assert_eq!(settled.verdict, Verdict::Refused { retry_after: None });
    assert_eq!(story.state.health, Health::Blocked);
    assert!(story.state.cause.as_deref().unwrap().contains("Cloudflare"));
    story.fails(5, ParseError::Html { feeds: Vec::new() });
    assert_eq!(story.state.health, Health::Parse);
}

#[test]
fn a_feed_is_parked_when_it_answers_gone_for_a_day_and_only_then() {
    let mut story = Story::begin();
    story.reads(0, 1);
    assert_eq!(story.fails(0, status(410)).verdict, Verdict::Failed);
    assert_eq!(story.fails(23 * HOUR, status(410)).verdict, Verdict::Failed);
    story.reads(5, 0);
    assert_eq!(story.fails(2 * HOUR, status(410)).verdict, Verdict::Failed, "it was back");
    assert_eq!(story.fails(DAY, status(410)).verdict, Verdict::Parked);
    assert_eq!(story.state.health, Health::Gone);
    for error in [404, 500, 403, 429] {
        let mut story = Story::begin();
        for _ in 0..100 {
            assert_ne!(story.fails(DAY, status(error)).verdict, Verdict::Parked, "{error}");
        }
    }
}

#[test]
fn a_permanent_redirect_is_believed_after_three_days_and_one_miss_starts_anew() {
    let moved = fetch(Some("https://new.example/rss"));
    let mut story = Story::begin();
    for _ in 0..20 {
        story.reads_via(HOUR, 0, &moved);
    }
    assert_eq!(story.state.address, None, "twenty polls in a day are one proof");
    story.reads_via(DAY, 0, &moved);
    story.reads_via(DAY, 0, &moved);
    assert_eq!(story.state.address.as_deref(), Some("https://new.example/rss"));

    let mut story = Story::begin();
    story.reads_via(0, 0, &moved);
    story.reads_via(DAY, 0, &moved);
    story.reads(HOUR, 0);
    story.reads_via(DAY, 0, &moved);
    story.reads_via(DAY, 0, &fetch(Some("https://other.example/")));
    story.reads_via(DAY, 0, &moved);
    assert_eq!(story.state.address, None);
}

#[test]
fn validators_that_lie_are_found_out_by_the_full_fetch() {
    let mut story = Story::begin();
    story.reads(0, 3);
    let fetched = fetch(None).result.unwrap();
    story.settle(5, &fetch(None), &Outcome::NotModified(&fetched));
    assert_eq!(story.state.conditional, 1);
    let settled = story.reads(DAY, 1);
    assert_eq!(settled.oddities, ["validators_lie"]);
    assert!(story.state.validators_lie);
}

#[test]
fn an_answer_without_validators_clears_those_of_another_document() {
    let mut story = Story::begin();
    story.reads(0, 1);
    assert!(story.state.etag.is_some());
    let mut bare = fetch(None);
    if let Ok(fetched) = &mut bare.result {
        fetched.etag = None;
    }
    story.reads_via(5, 1, &bare);
    assert_eq!(story.state.etag, None);
}

#[test]
fn the_first_document_gives_the_rhythm_and_later_ones_arrivals() {
    let mut story = Story::begin();
    story.reads(0, 5);
    assert_eq!(story.state.arrivals, 0);
    story.reads(HOUR, 1);
    assert_eq!(story.state.arrivals, 1);
    assert!(story.state.rhythm.is_some() && story.state.warm_until.is_some());
    assert_eq!(story.state.wishes.every, 600);
}

#[test]
fn silence_beyond_the_rhythm_is_stale() {
    let mut story = Story::begin();
    story.reads(0, 1);
    for _ in 0..5 {
        story.reads(HOUR, 1);
    }
    assert_eq!(story.state.health, Health::Ok);
    assert_eq!(story.reads(4 * DAY, 0).was, Some(Health::Ok));
    assert_eq!(story.state.health, Health::Stale);
    assert!(story.state.cause.as_deref().unwrap().contains("nothing new for 4d"));
    story.reads(HOUR, 1);
    assert_eq!(story.state.health, Health::Ok);
}

#[test]
fn a_feed_that_takes_long_is_slow() {
    let mut story = Story::begin();
    let slow = Fetch { took: Duration::from_secs(8), ..fetch(None) };
    story.reads_via(0, 1, &slow);
    assert_eq!(story.state.health, Health::Slow);
}

#[test]
fn a_document_without_one_entry_of_the_last_is_a_gap_but_a_first_one_is_not() {
    let mut story = Story::begin();
    assert!(!story.reads(0, 20).oddities.contains(&"gap"));
    assert!(!story.reads(5, 0).oddities.contains(&"gap"));
    assert!(story.reads(5, 20).oddities.contains(&"gap"));
}
