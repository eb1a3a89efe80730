//! What reading a document takes at most, in memory: each of the worst ones in a process of its own.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use chrono::{TimeZone as _, Utc};
use talentwire::feed::fetch::{FetchError, Fetcher};
use talentwire::feed::polite::{Gates, Politeness};
use talentwire::feed::settings::FeedSettings;
use talentwire::feed::{Hints, ParseError, Seen, read};
use talentwire::model::FeedState;
use talentwire::net::NetError;
use tokio::task::JoinSet;
use url::Url;

use crate::web::{Asked, Reply, Web};

#[path = "../../benches/parse/worst.rs"]
mod worst;

/// Set in the process that reads one document, to its name.
const ONE: &str = "TALENTWIRE_TEST_DOCUMENT";
/// Length of the documents: what is read for long is slow in a debug build.
const SIZE: usize = 2 << 20;
/// Bytes taken for each byte of the document, its own left out. At the default limit of 15 MiB that
/// makes 120 MiB.
const FACTOR: u64 = 8;
/// What does not depend on the document.
const BESIDE: u64 = 4 << 20;

/// The most that this process has taken so far, in bytes; none where the system does not say.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? * 1024)
}

#[test]
fn no_document_takes_more_memory_than_a_few_times_its_length() {
    let program: PathBuf = std::env::current_exe().unwrap();
    let names = worst::names();
    assert!(names.len() >= 40);
    for name in names {
        let output = Command::new(&program)
            .args(["--exact", "feed_memory::of_one_document", "--ignored", "--nocapture"])
            .env(ONE, name)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {said}");
    }
}

#[test]
#[ignore = "started by the test above, in a process of its own"]
fn of_one_document() {
    let Ok(name) = std::env::var(ONE) else { return };
    let document = worst::document(&name, SIZE);
    let Some(before) = most_memory() else { return };
    let now = Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap();
    let hints =
        Hints { feed_url: "https://news.example/rss", content_type: None, encoding: None, now };
    let reading = read(&document, &hints, &mut Seen::default());
    assert_ne!(reading.as_ref().err(), Some(&ParseError::Panicked), "{name}");
    let taken = most_memory().unwrap() - before;
    let most = FACTOR * document.len() as u64 + BESIDE;
    assert!(taken <= most, "{name}: {taken} bytes, of at most {most}");
}

/// Fetches at once, each of which gets more than it may take.
const FETCHES: usize = 200;
/// Half a MiB for each and as much for the buffers of its connection, 64 MiB for those that have grown
/// larger, 128 MiB for everything else in the process. Without a bound it would be 3,000 MiB.
const TOGETHER: u64 = (FETCHES as u64 + 64 + 128) * (1 << 20);

#[test]
fn two_hundred_servers_that_send_as_much_as_they_may_take_little_together() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "feed_memory::of_many_bodies", "--ignored", "--nocapture"])
        .env(ONE, "many")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by the test above, in a process of its own"]
async fn of_many_bodies() {
    if std::env::var_os(ONE).is_none() {
        return;
    }
    let web = Web::start(|_: &Asked| {
        let head = b"HTTP/1.1 200 OK\r\n\r\n<rss><channel>".to_vec();
        Reply::Endless(head, vec![b' '; 64 * 1024], Duration::ZERO)
    });
    let fetcher = Fetcher::new("talentwire/test", FETCHES, Gates::new(Politeness::default()));
    let mut fetches = JoinSet::new();
    for number in 0..FETCHES {
        let (fetcher, url) = (fetcher.clone(), web.url(&format!("/{number}")));
        fetches.spawn(async move {
            let feed = FeedSettings::new(Url::parse(&url).unwrap());
            let feed = FeedSettings { allow_private: true, ..feed };
            let now = Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap();
            fetcher.fetch(&feed, &FeedState::new(&*url, now), now).await.result.unwrap_err()
        });
    }
    let mut larger = 0;
    while let Some(error) = fetches.join_next().await {
        match error.unwrap() {
            FetchError::Net(NetError::TooLarge(_)) => larger += 1,
            FetchError::Net(NetError::Timeout(_)) => {}
            other => panic!("{other}"),
        }
    }
    assert!(larger > 0, "some come to their end");
    let Some(most) = most_memory() else { return };
    println!("{larger} of {FETCHES} were read to their limit; {} MiB at most", most >> 20);
    assert!(most < TOGETHER, "{most} bytes, of at most {TOGETHER}");
}
