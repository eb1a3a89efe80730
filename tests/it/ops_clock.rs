//! A clock that jumps under the running daemon (RELIABILITY's table, row 10): polls go on at their
//! pace, each move is still told once, and no age runs away. The clock is that of libfaketime;
//! monotonic time goes on as it does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::ops::{skip, wait_for};
use crate::support::daemon::Daemon;
use crate::support::site::{Answer, Site, rss};

const NAMES: [&str; 9] =
    ["Marta", "Jonas", "Greta", "Pavel", "Rosa", "Hugo", "Ines", "Karim", "Vera"];

fn library() -> Option<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib").ok()?.filter_map(Result::ok);
    let paths = folders.map(|folder| folder.path().join("faketime/libfaketimeMT.so.1"));
    paths.into_iter().find(|path| path.exists())
}

/// Time between two polls of the feed.
const INTERVAL: Duration = Duration::from_millis(200);
/// Where the clock goes; after each, moves are waited for.
const JUMPS: [&str; 4] = ["+1h", "-1d", "+1d", "+0"];

/// How often each person was told of.
type Told = Arc<Mutex<BTreeMap<String, usize>>>;

/// A feed that reports a new move every other second and counts its polls, and what its receiver
/// heard.
fn site(polls: &Arc<AtomicUsize>) -> (Site, Told) {
    let (told, polls) = (Told::default(), Arc::clone(polls));
    let heard = Arc::clone(&told);
    let begun = Instant::now();
    let site = Site::start(move |path, body| {
        if path != "/feed" {
            let body: serde_json::Value = serde_json::from_str(body).unwrap();
            let person = body["data"]["person"].as_str().unwrap_or_default().to_owned();
            *heard.lock().unwrap().entry(person).or_default() += 1;
            return Answer::new(200, "ok");
        }
        polls.fetch_add(1, Ordering::SeqCst);
        let last = usize::try_from(begun.elapsed().as_secs() / 2).unwrap();
        let entry = |n: usize| {
            let tail = char::from(b'a' + u8::try_from(n / NAMES.len() % 26).unwrap());
            let name = NAMES.get(n % NAMES.len()).unwrap();
            (format!("m{n}"), format!("{name} Falk{tail}berg leaves OpenAI for Anthropic"), 0)
        };
        Answer::new(200, rss(&(last.saturating_sub(20)..=last).map(entry).collect::<Vec<_>>()))
    });
    (site, told)
}

fn start(site: &Site, library: &Path, clock: &Path) -> Daemon {
    let text = format!(
        "[poll]\nallow_private_networks = true\n[canary]\ninterval = \"1s\"\n\
         [[feed]]\nurl = {:?}\ninterval = \"{}ms\"\nfull_text = false\n\
         [[receiver]]\nname = \"hook\"\ntype = \"webhook\"\nurl = {:?}\n\
         [[route]]\nreceiver = \"hook\"\n",
        site.url("/feed"),
        INTERVAL.as_millis(),
        site.url("/hook")
    );
    Daemon::start_with(&text, |command| {
        command
            .env("LD_PRELOAD", library)
            .env("FAKETIME_TIMESTAMP_FILE", clock)
            .env("FAKETIME_NO_CACHE", "1")
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
            .env("DONT_FAKE_MONOTONIC", "1")
    })
}

#[test]
fn a_clock_that_jumps_neither_stops_the_flow_nor_tells_anything_twice() {
    let Some(library) = library() else {
        return skip("libfaketime is not installed (Debian: package faketime)");
    };
    let folder = tempfile::tempdir().unwrap();
    let clock = folder.path().join("clock");
    std::fs::write(&clock, "+0").unwrap();
    let polls = Arc::new(AtomicUsize::new(0));
    let (site, told) = site(&polls);
    let begun = Instant::now();
    let daemon = start(&site, &library, &clock);
    let count = || told.lock().unwrap().len();
    let three_more = |when: &str| {
        let before = count();
        wait_for(when, || (count() >= before + 3).then_some(()));
    };
    three_more("alerts before the clock jumps");
    for jump in JUMPS {
        std::fs::write(&clock, jump).unwrap();
        three_more(jump);
        let age = daemon.value("talentwire_canary_age_seconds");
        assert!(age < 60.0, "the canary seems {age} s old after {jump}");
        let late = daemon.value("talentwire_poll_lateness_seconds_sum");
        assert!(late < 600.0, "polls seem {late} s late after {jump}");
    }
    let most = begun.elapsed().as_millis() / INTERVAL.as_millis() + 2;
    let polls = polls.load(Ordering::SeqCst);
    assert!(polls as u128 <= most, "{polls} polls, {most} at that pace");
    let told = told.lock().unwrap();
    let twice: Vec<_> = told.iter().filter(|(_, times)| **times > 1).collect();
    assert!(twice.is_empty(), "told twice: {twice:?}");
}
