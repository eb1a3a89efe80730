//! How many feeds one machine polls: the whole poll stage against a fake server of its own process.
//!
//!     cargo bench --bench poll
//!     POLL_FEEDS=100000 POLL_INTERVAL=900 POLL_SECONDS=120 cargo bench --bench poll
//!
//! Every feed is a host of its own (127.0.0.0/8), known from earlier polls, with 25 entries; its
//! document changes every two hours, and unchanged ones are answered 304. Prints the share of
//! polls that began in time, processor time, and memory of the polling process; and what a poll
//! that finds nothing new costs beside the HTTP exchange.

// Measuring code stops at the first surprise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use talentwire::feed::fetch::{Body, Fetch, Fetched};
use talentwire::feed::health::{Outcome, settle};
use talentwire::feed::polite::Politeness;
use talentwire::feed::schedule::{self, Pace, Verdict};
use talentwire::feed::settings::{FeedSettings, PollSettings};
use talentwire::feed::{Hints, Seen};
use talentwire::log::embedded::{Embedded, Settings};
use talentwire::log::{Log, Topic};
use talentwire::metrics::Metrics;
use talentwire::model::FeedState;
use talentwire::stage::poll::{self, Known, Poller};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use url::Url;

/// Seconds after which a feed has one more entry.
const CHANGES_EVERY: u64 = 7200;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    if std::env::args().any(|argument| argument == "--serve") {
        runtime.block_on(serve());
        return;
    }
    cost_of_nothing_new();
    let mut server = Command::new(std::env::current_exe().unwrap())
        .arg("--serve")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let output = server.stdout.take().unwrap();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(output), &mut line).unwrap();
    runtime.block_on(measure(line.trim().parse().unwrap()));
    server.kill().unwrap();
    server.wait().unwrap();
}

/// The number of a feed's newest entry at a time.
fn version(feed: u64, unix: u64) -> u64 {
    (unix + feed * 7919 % CHANGES_EVERY) / CHANGES_EVERY
}

fn document(feed: u64, version: u64) -> String {
    let mut page = format!("<rss version=\"2.0\"><channel><title>Feed {feed}</title>");
    for entry in (version.saturating_sub(24)..=version).rev() {
        write!(
            page,
            "<item><guid isPermaLink=\"false\">{feed}-{entry}</guid><title>Entry {entry} of feed \
             {feed}</title><link>https://outlet.example/{feed}/{entry}</link><description>{}\
             </description></item>",
            "A sentence of some length about nothing in particular. ".repeat(10)
        )
        .unwrap();
    }
    page.push_str("</channel></rss>");
    page
}

/// The fake feeds: one socket for all of 127.0.0.0/8; prints its port.
async fn serve() {
    let listener = TcpListener::bind("0.0.0.0:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap().port());
    let mut connections = JoinSet::new();
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            connections.spawn(answer(stream));
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn answer(mut stream: TcpStream) -> Option<()> {
    let mut buffer = Vec::with_capacity(1024);
    loop {
        buffer.clear();
        while memchr::memmem::find(&buffer, b"\r\n\r\n").is_none() {
            if stream.read_buf(&mut buffer).await.ok()? == 0 {
                return None;
            }
        }
        let head = String::from_utf8_lossy(&buffer);
        let feed: u64 = head.split(' ').nth(1)?.trim_start_matches('/').parse().ok()?;
        let version = version(feed, u64::try_from(Utc::now().timestamp()).ok()?);
        let etag = format!("\"{version}\"");
        let reply = if head.contains(&format!("if-none-match: {etag}")) {
            format!("HTTP/1.1 304 Not Modified\r\netag: {etag}\r\n\r\n")
        } else {
            let body = document(feed, version);
            format!(
                "HTTP/1.1 200 OK\r\netag: {etag}\r\ncontent-type: application/rss+xml\r\n\
                 content-length: {}\r\n\r\n{body}",
                body.len()
            )
        };
        stream.write_all(reply.as_bytes()).await.ok()?;
    }
}

fn feed_settings(feed: u64, port: u16, interval: Duration) -> FeedSettings {
    let (a, b, c) = (feed / 62_500 + 1, feed / 250 % 250, feed % 250 + 1);
    let url = Url::parse(&format!("http://127.{a}.{b}.{c}:{port}/{feed}")).unwrap();
    FeedSettings {
        allow_private: true,
        interval,
        min_interval: interval,
        max_interval: interval,
        ..FeedSettings::new(url)
    }
}

/// What an earlier poll would have left: state and entries of a feed.
fn known(feed: u64, settings: &FeedSettings, now: DateTime<Utc>, wait: Duration) -> Known {
    let version = version(feed, u64::try_from(now.timestamp()).unwrap());
    let mut seen = Seen::default();
    let url = settings.url.as_str();
    let hints = Hints { feed_url: url, content_type: None, encoding: None, now };
    talentwire::feed::read(document(feed, version).as_bytes(), &hints, &mut seen).unwrap();
    let state = FeedState {
        etag: Some(format!("\"{version}\"")),
        last_full: Some(now),
        last_success: Some(now),
        last_poll: Some(now),
        polls: 10,
        ..FeedState::new(url, schedule::after(now, wait))
    };
    Known { state, seen: Arc::new(seen), host: settings.host().into() }
}

async fn measure(port: u16) {
    let feeds = setting("POLL_FEEDS", 100_000);
    let interval = Duration::from_secs(setting("POLL_INTERVAL", 900));
    let seconds = Duration::from_secs(setting("POLL_SECONDS", 60));
    let folder = tempfile::tempdir().unwrap();
    let log = Embedded::open(Settings::at(folder.path())).await.unwrap();
    let list: Vec<FeedSettings> =
        (0..feeds).map(|feed| feed_settings(feed, port, interval)).collect();
    let now = Utc::now();
    for (chunk, part) in list.chunks(2_000).enumerate() {
        let outputs = part.iter().enumerate().map(|(index, settings)| {
            let feed = chunk as u64 * 2_000 + index as u64;
            #[expect(clippy::cast_precision_loss, reason = "a share")]
            let share = (feed * 7919 % feeds) as f64 / feeds as f64;
            let known =
                known(feed, settings, now, Duration::from_secs(20) + interval.mul_f64(share));
            (Topic::FeedState, known.record().unwrap())
        });
        log.publish(outputs.collect()).await.unwrap();
    }
    println!("{feeds} feeds prepared in {} s", (Utc::now() - now).num_seconds());
    let metrics = Metrics::new().unwrap();
    let (_keep, feeds) = watch::channel(Arc::new(list));
    let poller = Poller {
        feeds,
        settings: PollSettings::default(),
        politeness: Politeness::default(),
        candidate: Arc::new(|_| false),
        metrics: metrics.clone(),
    };
    let stop = CancellationToken::new();
    let mut tasks = JoinSet::new();
    tasks.spawn(poll::run(log.clone(), poller, stop.clone()));
    let to_first = (now + TimeDelta::seconds(22) - Utc::now()).to_std().unwrap_or_default();
    tokio::time::sleep(to_first).await;
    let (cpu, count) = (cpu_seconds(), polls(&metrics));
    let begun = Instant::now();
    tokio::time::sleep(seconds).await;
    let (took, used) = (begun.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    let done = polls(&metrics) - count;
    println!("{done} polls in {took:.0} s = {:.0}/s", done as f64 / took);
    println!("processor: {:.3} cores, {:.0} us a poll", used / took, used * 1e6 / done as f64);
    println!("memory: {} now, {} at most", status("VmRSS"), status("VmHWM"));
    for (bound, share) in lateness(&metrics) {
        println!("begun within {bound} s of the due time: {:.3} %", share * 100.0);
    }
    stop.cancel();
    tasks.join_next().await.unwrap().unwrap().unwrap();
    log.close(Duration::from_secs(10)).await.unwrap();
}

fn polls(metrics: &Metrics) -> u64 {
    metrics.poll_lateness_seconds.get_sample_count()
}

/// Share of polls by lateness, of all polls.
fn lateness(metrics: &Metrics) -> Vec<(f64, f64)> {
    let families = metrics.registry.gather();
    let family = families.iter().find(|f| f.name().ends_with("poll_lateness_seconds")).unwrap();
    let histogram = family.get_metric()[0].get_histogram();
    let total = histogram.get_sample_count() as f64;
    let buckets = histogram.get_bucket().iter().take(4);
    buckets.map(|b| (b.upper_bound(), b.cumulative_count() as f64 / total)).collect()
}

/// Processor time of this process so far.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks: f64 = fields[11..13].iter().map(|field| field.parse::<f64>().unwrap()).sum();
    ticks / 100.0
}

fn status(name: &str) -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
}

/// Processor time of what a poll does beside the HTTP exchange, when nothing is new.
fn cost_of_nothing_new() {
    const TURNS: u32 = 20_000;
    let now = Utc::now();
    let settings = feed_settings(1, 80, Duration::from_secs(900));
    let mut known = known(1, &settings, now, Duration::ZERO);
    let body = document(1, version(1, u64::try_from(now.timestamp()).unwrap()));
    let fetched = |body| Fetched {
        body,
        full: false,
        etag: Some("\"1\"".to_owned()),
        last_modified: None,
        fresh_for: 0,
        hubs: Vec::new(),
    };
    let fetch = Fetch {
        result: Ok(fetched(Body::NotModified)),
        permanent: None,
        took: Duration::from_millis(1),
    };
    let answer = fetched(Body::NotModified);
    let mut poll = |same_body: bool| {
        let mut state = known.state.clone();
        if same_body {
            let url = settings.url.as_str();
            let hints = Hints { feed_url: url, content_type: None, encoding: None, now };
            let mut seen = Seen::clone(&known.seen);
            let reading = talentwire::feed::read(body.as_bytes(), &hints, &mut seen).unwrap();
            settle(&mut state, &fetch, &Outcome::Read(&answer, &reading), now);
            known.seen = Arc::new(seen);
        } else {
            settle(&mut state, &fetch, &Outcome::NotModified(&answer), now);
        }
        black_box(schedule::next_wait(Pace::of(&settings), &state, Verdict::Good, now));
        known.state = state;
        black_box(known.record().unwrap());
    };
    for (name, same_body) in [("304", false), ("the same body of 18 kB", true)] {
        let begun = cpu_seconds();
        (0..TURNS).for_each(|_| poll(same_body));
        let each = (cpu_seconds() - begun) * 1e6 / f64::from(TURNS);
        println!("{name}: {each:.1} us beside the HTTP exchange, record included");
    }
}
