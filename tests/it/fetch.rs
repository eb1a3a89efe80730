//! Fetching: conditional, bounded, and never where a redirect must not lead.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use talentwire::feed::challenge::Guard;
use talentwire::feed::fetch::{Body, Fetch, FetchError, Fetched, Fetcher};
use talentwire::feed::polite::{Gates, Politeness};
use talentwire::feed::settings::FeedSettings;
use talentwire::model::FeedState;
use talentwire::net::NetError;
use url::Url;

use crate::web::{Asked, Reply, Web};

const DOCUMENT: &str = "<rss version='2.0'><channel><title>T</title></channel></rss>";

fn now() -> DateTime<Utc> {
    "2026-03-04T12:00:00Z".parse().unwrap()
}

fn feed(url: &str) -> FeedSettings {
    FeedSettings {
        allow_private: true,
        timeout: Duration::from_secs(5),
        max_body: 1024 * 1024,
        ..FeedSettings::new(Url::parse(url).unwrap())
    }
}

fn fetcher() -> Fetcher {
    Fetcher::new("talentwire/test (+https://example.org/bot)", 8, Gates::new(Politeness::default()))
}

fn fresh(url: &str) -> FeedState {
    FeedState::new(url, now())
}

/// Fetches a feed that was never fetched before.
async fn fetch(url: &str) -> Fetch {
    fetcher().fetch(&feed(url), &fresh(url), now()).await
}

async fn failure(url: &str) -> FetchError {
    fetch(url).await.result.expect_err("the fetch must fail")
}

fn validated(url: &str, fetched: &Fetched) -> FeedState {
    FeedState {
        etag: fetched.etag.clone(),
        last_modified: fetched.last_modified.clone(),
        last_full: Some(now()),
        last_success: Some(now()),
        ..fresh(url)
    }
}

#[tokio::test]
async fn validators_come_back_byte_for_byte() {
    const ETAG: &[u8] = b"W/\"odd \xe9\xf6 'quotes\" -gzip";
    const DATE: &[u8] = b"Mon, 02 Mar 2026 7:1:9 +0000 (about)";
    let web = Web::start(|asked: &Asked| {
        let same = asked.header("if-none-match") == Some(ETAG)
            && asked.header("if-modified-since") == Some(DATE);
        let reply = if same { Reply::status(304) } else { Reply::ok(DOCUMENT) };
        reply.with("etag", ETAG).with("last-modified", DATE)
    });
    let url = web.url("/feed");
    let first = fetch(&url).await.result.unwrap();
    assert!(first.full && matches!(first.body, Body::Document { .. }));
    let second = fetcher().fetch(&feed(&url), &validated(&url, &first), now()).await;
    assert_eq!(second.result.unwrap().body, Body::NotModified);
}

#[tokio::test]
async fn a_document_that_changes_twice_in_one_second_is_fetched_again() {
    const CHANGED: &str = "Wed, 04 Mar 2026 12:00:00 GMT";
    let web = Web::start(|asked: &Asked| {
        let reply = match asked.header("if-modified-since") {
            Some(since) if since == CHANGED.as_bytes() => Reply::status(304),
            _ => Reply::ok(DOCUMENT),
        };
        let date = match asked.path.as_str() {
            "/in-that-second" => CHANGED,
            "/a-second-later" => "Wed, 04 Mar 2026 12:00:01 GMT",
            "/wrong-clock" => "Wed, 04 Mar 2026 11:00:00 GMT",
            _ => return reply.with("last-modified", CHANGED),
        };
        reply.with("last-modified", CHANGED).with("date", date)
    });
    for (path, kept) in
        [("/in-that-second", false), ("/a-second-later", true), ("/wrong-clock", false)]
    {
        let fetched = fetch(&web.url(path)).await.result.unwrap();
        assert_eq!(fetched.last_modified.is_some(), kept, "{path}");
    }
    // Without a Date our own clock stands in for the server's.
    let url = web.url("/no-date");
    for (seconds, kept) in [(0, false), (1, true)] {
        let later = now() + TimeDelta::seconds(seconds);
        let fetched = fetcher().fetch(&feed(&url), &fresh(&url), later).await.result.unwrap();
        assert_eq!(fetched.last_modified.is_some(), kept, "after {seconds} s");
    }
    let weak = fetch(&web.url("/in-that-second")).await.result.unwrap();
    let again = fetcher().fetch(&feed(&url), &validated(&url, &weak), now()).await.result.unwrap();
    assert!(matches!(again.body, Body::Document { .. }), "the second version would be missed");
}

#[tokio::test]
async fn after_a_day_or_fifty_polls_or_a_lie_the_fetch_has_no_condition() {
    let web = Web::start(|_: &Asked| Reply::ok(DOCUMENT).with("etag", "\"same\""));
    let url = web.url("/feed");
    let first = fetch(&url).await.result.unwrap();
    let known = validated(&url, &first);
    let cases = [
        (known.clone(), true),
        (FeedState { last_full: Some(now() - TimeDelta::hours(25)), ..known.clone() }, false),
        (FeedState { last_full: Some(now() + TimeDelta::hours(25)), ..known.clone() }, false),
        (FeedState { conditional: 50, ..known.clone() }, false),
        (FeedState { validators_lie: true, ..known }, false),
    ];
    for (state, conditional) in cases {
        let fetched = fetcher().fetch(&feed(&url), &state, now()).await.result.unwrap();
        assert_eq!(fetched.full, !conditional);
        let asked = web.asked().pop().unwrap();
        assert_eq!(asked.header("if-none-match").is_some(), conditional, "{state:?}");
    }
}

#[tokio::test]
async fn the_user_agent_and_the_accepted_encodings_are_honest() {
    let web = Web::start(|_: &Asked| Reply::ok(DOCUMENT));
    fetch(&web.url("/feed")).await.result.unwrap();
    let asked = web.asked().pop().unwrap();
    let text = |name| String::from_utf8_lossy(asked.header(name).unwrap()).into_owned();
    assert!(text("user-agent").contains("+https://example.org/bot"));
    for encoding in ["gzip", "br", "zstd"] {
        assert!(text("accept-encoding").contains(encoding), "{encoding}");
    }
    assert!(asked.header("cookie").is_none() && asked.header("referer").is_none());
}

#[tokio::test]
async fn a_bomb_is_given_up_at_the_limit_of_the_decoded_size() {
    let web = Web::start(|asked: &Asked| match asked.path.as_str() {
        "/gzip" => Reply::ok(include_bytes!("../data/fetch/zeros-64MiB.gz").as_slice())
            .with("content-encoding", "gzip"),
        "/zstd" => Reply::ok(include_bytes!("../data/fetch/zeros-64MiB.zst").as_slice())
            .with("content-encoding", "zstd"),
        _ => Reply::Endless(
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".into(),
            b"4000\r\n".iter().chain(&[b'a'; 0x4000]).chain(b"\r\n").copied().collect(),
            Duration::ZERO,
        ),
    });
    for path in ["/gzip", "/zstd", "/endless"] {
        let error = failure(&web.url(path)).await;
        assert_eq!(error, FetchError::Net(NetError::TooLarge(1024 * 1024)), "{path}");
    }
}

#[tokio::test]
async fn slow_silent_and_broken_servers_are_typed_failures() {
    let web = Web::start(|asked: &Asked| match asked.path.as_str() {
        "/trickle" => Reply::Endless(
            "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n".into(),
            vec![b'a'],
            Duration::from_millis(5),
        ),
        "/silent" => Reply::Silence(Duration::from_secs(3)),
        "/cut" => Reply::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n<rss".to_vec()),
        "/not-gzip" => Reply::ok(DOCUMENT).with("content-encoding", "gzip"),
        "/headers" => {
            Reply::Endless("HTTP/1.1 200 OK\r\n".into(), vec![b'a'; 8192], Duration::ZERO)
        }
        _ => Reply::Raw(b"220 smtp.example.org ESMTP\r\n".to_vec()),
    });
    for (path, want) in [
        ("/trickle", "timeout"),
        ("/silent", "timeout"),
        ("/cut", "body"),
        ("/not-gzip", "body"),
        ("/headers", "protocol"),
        ("/smtp", "protocol"),
    ] {
        let url = web.url(path);
        let hasty = FeedSettings { timeout: Duration::from_millis(500), ..feed(&url) };
        let error = fetcher().fetch(&hasty, &fresh(&url), now()).await.result.expect_err(path);
        assert_eq!(error.label(), want, "{path}: {error}");
    }
}

#[tokio::test]
async fn five_redirects_are_followed_and_six_are_not() {
    let web = Web::start(|asked: &Asked| match asked.path.trim_start_matches('/').parse::<u32>() {
        Ok(0) | Err(_) => Reply::ok(DOCUMENT),
        Ok(left) => Reply::redirect(302, &format!("/{}", left - 1)),
    });
    assert!(fetch(&web.url("/5")).await.result.is_ok());
    assert_eq!(failure(&web.url("/6")).await, FetchError::TooManyRedirects);
}

#[tokio::test]
async fn only_an_unbroken_row_of_permanent_redirects_says_that_the_feed_moved() {
    let web = Web::start(|asked: &Asked| match asked.path.as_str() {
        "/moved" => Reply::redirect(301, "/moved-again"),
        "/moved-again" => Reply::redirect(308, "/feed"),
        "/half" => Reply::redirect(301, "/for-now"),
        "/for-now" => Reply::redirect(307, "/feed"),
        "/other" => Reply::redirect(302, "/moved"),
        "/lost" => Reply::redirect(301, "/nothing"),
        "/nothing" => Reply::status(404),
        _ => Reply::ok(DOCUMENT),
    });
    for (path, want) in [
        ("/moved", Some("/feed")),
        ("/half", Some("/for-now")),
        ("/other", None),
        ("/feed", None),
        ("/lost", None),
    ] {
        let moved = fetch(&web.url(path)).await.permanent;
        assert_eq!(moved.as_ref().map(Url::path), want, "{path}");
    }
}

#[tokio::test]
async fn redirects_to_forbidden_places_are_refused() {
    const PLACES: &str = include_str!("../data/fetch/forbidden-redirects.txt");
    let places: Vec<&str> = PLACES.lines().filter(|line| !line.starts_with('#')).collect();
    let targets = places.clone();
    let web = Web::start(move |asked: &Asked| {
        let index: usize = asked.path.trim_start_matches('/').parse().unwrap();
        Reply::redirect(301, targets[index])
    });
    for (index, place) in places.iter().enumerate() {
        let fetch = fetch(&web.url(&format!("/{index}"))).await;
        let error = fetch.result.expect_err(place);
        assert!(
            matches!(error, FetchError::Net(NetError::Blocked(_)) | FetchError::Location),
            "{place}: {error}"
        );
        assert_eq!(fetch.permanent, None, "{place} must not be remembered");
    }
    assert_eq!(web.asked().len(), places.len(), "each redirect was asked for once");
}

#[tokio::test]
async fn name_and_password_stay_with_their_host() {
    let web = Web::start(|asked: &Asked| match asked.path.as_str() {
        "/here" => Reply::redirect(302, "/end"),
        path => path.strip_prefix("/to/").map_or_else(
            || Reply::ok(DOCUMENT),
            |port| Reply::redirect(302, &format!("http://localhost:{port}/end")),
        ),
    });
    let port = web.address.port();
    for (path, carried) in [("/here".to_owned(), true), (format!("/to/{port}"), false)] {
        let url = format!("http://ann:secret@127.0.0.1:{port}{path}");
        fetch(&url).await.result.unwrap();
        let last = web.asked().pop().unwrap();
        assert_eq!(last.path, "/end");
        assert_eq!(last.header("authorization").is_some(), carried, "{path}");
    }
}

#[tokio::test]
async fn a_feed_that_refuses_says_for_how_long_and_who() {
    let web = Web::start(|asked: &Asked| match asked.path.as_str() {
        "/limit" => Reply::status(429).with("retry-after", "120"),
        "/date" => Reply::status(503).with("retry-after", "Wed, 04 Mar 2026 12:10:00 GMT"),
        "/cloudflare" => Reply::status(403).with("cf-mitigated", "challenge"),
        "/page" => Reply::ok("<!DOCTYPE html><title>Just a moment...</title>"),
        _ => Reply::ok("<rss><channel><title>Just a moment...</title></channel></rss>"),
    });
    let wait = |seconds| Some(Duration::from_secs(seconds));
    assert_eq!(
        failure(&web.url("/limit")).await,
        FetchError::Status { status: 429, retry_after: wait(120) }
    );
    assert_eq!(
        failure(&web.url("/date")).await,
        FetchError::Status { status: 503, retry_after: wait(600) }
    );
    for path in ["/cloudflare", "/page"] {
        let error = failure(&web.url(path)).await;
        let guard = Guard::Cloudflare;
        assert_eq!(error, FetchError::Challenge { guard, retry_after: None }, "{path}");
        assert!(error.to_string().contains("Cloudflare"));
    }
    assert!(fetch(&web.url("/feed-about-it")).await.result.is_ok());
}

#[tokio::test]
async fn what_the_answer_says_about_freshness_and_hubs_is_kept() {
    let web = Web::start(|asked: &Asked| {
        let reply = Reply::ok(DOCUMENT);
        match asked.path.as_str() {
            "/max-age" => reply.with("cache-control", "public, max-age=900").with("age", "300"),
            "/expires" => reply
                .with("date", "Wed, 04 Mar 2026 12:00:00 GMT")
                .with("expires", "Wed, 04 Mar 2026 12:30:00 GMT"),
            "/never" => reply.with("cache-control", "max-age=600, no-cache"),
            _ => reply.with("link", "<https://hub.example.org/>; rel=\"hub\", </x>; rel=self"),
        }
    });
    for (path, seconds) in [("/max-age", 600), ("/expires", 1800), ("/never", 0), ("/hub", 0)] {
        let fetched = fetch(&web.url(path)).await.result.unwrap();
        assert_eq!(fetched.fresh_for, seconds, "{path}");
        let hubs: &[&str] = if path == "/hub" { &["https://hub.example.org/"] } else { &[] };
        assert_eq!(fetched.hubs, hubs, "{path}");
    }
}
