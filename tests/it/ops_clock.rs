//! A clock that jumps under the running daemon, twenty times (RELIABILITY's table, row 10): polls go on at their
//! pace, each move is still told once, and no age runs away. The clock is that of libfaketime;
//! monotonic time goes on as it does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::ops::{skip, wait_for};
use crate::support::daemon::Daemon;
use crate::support::site::{Answer, Site};

const NAMES: [&str; 9] =
    ["Marta", "Jonas", "Greta", "Pavel", "Rosa", "Hugo", "Ines", "Karim", "Vera"];

fn library() -> Option<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib").ok()?.filter_map(Result::ok);
    let paths = folders.map(|folder| folder.path().join("faketime/libfaketimeMT.so.1"));
    paths.into_iter().find(|path| path.exists())
}

/// Time between two polls of the feed.
const INTERVAL: Duration = Duration::from_millis(200);
/// Time between two moves that the feed reports.
const NEWS: Duration = Duration::from_millis(300);
/// Where the clock goes from the true time, forth and back; after each, moves are waited for.
const JUMPS: [Jump; 20] = [
    Jump::Set("+1h"),
    Jump::Set("+0"),
    Jump::Set("-1h"),
    Jump::Set("+1d"),
    Jump::Set("-1d"),
    Jump::Set("+0"),
    Jump::Set("+1"),
    Jump::Set("-1"),
    Jump::Set("+61"),
    Jump::Set("-61"),
    Jump::Set("+2h"),
    Jump::Set("-2h"),
    Jump::Asleep("+8h"),
    Jump::Asleep("+20h"),
    Jump::Set("+0"),
    Jump::Set("+30d"),
    Jump::Set("-30d"),
    Jump::Set("+400d"),
    Jump::Set("-400d"),
    Jump::Set("+0"),
];

/// How the clock comes to show another time.
#[derive(Debug, Clone, Copy)]
enum Jump {
    /// Somebody sets it.
    Set(&'static str),
    /// The machine sleeps meanwhile.
    Asleep(&'static str),
}

impl Jump {
    fn happen(self, daemon: &Daemon, clock: &Path) {
        match self {
            Jump::Set(to) => set(clock, to),
            Jump::Asleep(to) => {
                daemon.signal("-STOP");
                set(clock, to);
                std::thread::sleep(INTERVAL);
                daemon.signal("-CONT");
            }
        }
    }
}

/// Sets the clock at once: an empty file would be a time as well.
fn set(clock: &Path, to: &str) {
    let next = clock.with_extension("next");
    std::fs::write(&next, to).unwrap();
    std::fs::rename(next, clock).unwrap();
}

/// How often each person was told of.
type Told = Arc<Mutex<BTreeMap<String, usize>>>;

/// A feed that reports new moves and counts its polls, and what its receiver heard.
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
        let last = usize::try_from(begun.elapsed().as_millis() / NEWS.as_millis()).unwrap();
        let items: String = (last.saturating_sub(40)..=last).map(item).collect();
        Answer::new(200, format!("<rss><channel><title>Gazette</title>{items}</channel></rss>"))
    });
    (site, told)
}

/// A report of the move of a person whom no other one names. Every other one has a date, by which it
/// may seem too old to be told where the clock is far ahead.
fn item(n: usize) -> String {
    let letter = |first: u8, n: usize| char::from(first + u8::try_from(n % 26).unwrap());
    let (name, rest) = (NAMES.get(n % NAMES.len()).unwrap(), n / NAMES.len());
    let surname = format!("{}alk{}berg", letter(b'A', rest / 26 + 5), letter(b'a', rest));
    let date = match n % 2 {
        0 => format!("<pubDate>{}</pubDate>", chrono::Utc::now().to_rfc2822()),
        _ => String::new(),
    };
    format!(
        "<item><guid>m{n}</guid><title>{name} {surname} leaves OpenAI for Anthropic</title>\
         <link>https://outlet.example/m{n}</link>{date}</item>"
    )
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
    let two_more = |when: &str| {
        let before = count();
        wait_for(when, || (count() >= before + 2).then_some(()));
    };
    two_more("alerts before the clock jumps");
    for jump in JUMPS {
        jump.happen(&daemon, &clock);
        two_more(&format!("{jump:?}"));
        let age = daemon.value("talentwire_canary_age_seconds");
        assert!(age < 60.0, "the canary seems {age} s old after {jump:?}");
        let late = daemon.value("talentwire_poll_lateness_seconds_sum");
        assert!(late < 600.0, "polls seem {late} s late after {jump:?}");
    }
    let most = begun.elapsed().as_millis() / INTERVAL.as_millis() + 2;
    let polls = polls.load(Ordering::SeqCst);
    assert!(polls as u128 <= most, "{polls} polls, {most} at that pace");
    let told = told.lock().unwrap();
    let twice: Vec<_> = told.iter().filter(|(_, times)| **times > 1).collect();
    assert!(twice.is_empty(), "told twice: {twice:?}");
}
