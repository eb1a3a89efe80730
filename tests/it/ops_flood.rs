//! Scrapes in bad taste: thousands at once, and one while the daemon ends.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use crate::ops::wait_for;
use crate::support::daemon::Daemon;
use crate::support::site::{Answer, Site, rss};

/// Scrapes on one connection until `stop`; returns how many answers were whole.
fn scrape(address: &str, stop: &AtomicBool) -> u64 {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let (mut count, mut text) = (0, Vec::new());
    let mut piece = [0; 65_536];
    while !stop.load(Ordering::Relaxed) {
        stream.write_all(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        let end = loop {
            let so_far = String::from_utf8_lossy(&text);
            if let Some((head, _)) = so_far.split_once("\r\n\r\n") {
                assert!(head.starts_with("HTTP/1.1 200"), "{head}");
                let length = head.to_lowercase();
                let length = length.split("content-length: ").nth(1).unwrap();
                let length: usize = length.lines().next().unwrap().parse().unwrap();
                if text.len() >= head.len() + 4 + length {
                    break head.len() + 4 + length;
                }
            }
            let read = stream.read(&mut piece).unwrap();
            assert!(read > 0, "the answer broke off");
            text.extend_from_slice(piece.get(..read).unwrap());
        };
        text.drain(..end);
        count += 1;
    }
    count
}

fn resident_kib(daemon: &Daemon) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", daemon.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// A daemon on a feed that reports a new move a second, and what was posted.
fn busy(post_takes: Duration) -> (Daemon, Arc<AtomicU64>) {
    let posts = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&posts);
    let begun = std::time::Instant::now();
    let names = ["Marta", "Jonas", "Greta", "Pavel", "Rosa", "Hugo", "Ines", "Karim", "Vera"];
    let site = Site::start(move |path, _| {
        if path != "/feed" {
            count.fetch_add(1, Ordering::Relaxed);
            return Answer::new(200, "ok").after(post_takes);
        }
        let last = begun.elapsed().as_secs();
        let entry = |n: u64| {
            let first = names.get(usize::try_from(n).unwrap() % names.len()).unwrap();
            // Letters, not digits: people have no numbers.
            let tail = char::from(b'a' + u8::try_from(n / 9 % 26).unwrap());
            (format!("m{n}"), format!("{first} Falk{tail}berg leaves OpenAI for Anthropic"), 0)
        };
        Answer::new(200, rss(&(last.saturating_sub(20)..=last).map(entry).collect::<Vec<_>>()))
    });
    let text = format!(
        "[poll]\nallow_private_networks = true\n[[feed]]\nurl = {:?}\ninterval = \"200ms\"\n\
         full_text = false\n[[receiver]]\nname = \"hook\"\ntype = \"webhook\"\nurl = {:?}\n\
         [[route]]\nreceiver = \"hook\"\n",
        site.url("/feed"),
        site.url("/hook")
    );
    (Daemon::start(&text), posts)
}

#[test]
fn a_flood_of_scrapes_neither_stops_deliveries_nor_eats_memory() {
    let (daemon, posts) = busy(Duration::ZERO);
    wait_for("a first alert", || (posts.load(Ordering::Relaxed) > 0).then_some(()));
    let stop = Arc::new(AtomicBool::new(false));
    let before = resident_kib(&daemon);
    let scrapers: Vec<_> = (0..32)
        .map(|_| {
            let (address, stop) = (daemon.address.clone(), Arc::clone(&stop));
            std::thread::spawn(move || scrape(&address, &stop))
        })
        .collect();
    let told = posts.load(Ordering::Relaxed);
    wait_for("five more alerts", || (posts.load(Ordering::Relaxed) >= told + 5).then_some(()));
    stop.store(true, Ordering::Relaxed);
    let scrapes: u64 = scrapers.into_iter().map(|it| it.join().unwrap()).sum();
    assert!(scrapes > 500, "only {scrapes} scrapes: no flood");
    let grown = resident_kib(&daemon).saturating_sub(before);
    assert!(grown < 32 * 1024, "{grown} KiB more after {scrapes} scrapes");
}

#[test]
fn a_scrape_while_it_ends_is_whole_or_refused() {
    let (mut daemon, posts) = busy(Duration::from_secs(2));
    wait_for("a post under way", || (posts.load(Ordering::Relaxed) > 0).then_some(()));
    let address = daemon.address.clone();
    let over = Arc::new(AtomicBool::new(false));
    let ended = Arc::clone(&over);
    let scraper = std::thread::spawn(move || {
        let (mut whole, mut draining) = (0, false);
        while !ended.load(Ordering::Relaxed) {
            let ask = |path: &str| -> Option<(String, String)> {
                let mut stream = TcpStream::connect(&address).ok()?;
                write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .ok()?;
                let mut answer = String::new();
                stream.read_to_string(&mut answer).ok()?;
                let (head, body) = answer.split_once("\r\n\r\n")?;
                Some((head.to_lowercase(), body.to_owned()))
            };
            if let Some((head, body)) = ask("/metrics") {
                assert!(head.contains(&format!("content-length: {}", body.len())), "{head}");
                whole += 1;
            }
            draining |= ask("/readyz").is_some_and(|(head, body)| {
                head.starts_with("http/1.1 503") && body.contains("draining")
            });
        }
        (whole, draining)
    });
    let status = daemon.stop();
    over.store(true, Ordering::Relaxed);
    let (whole, draining) = scraper.join().unwrap();
    assert!(status.success(), "{status}\n{}", daemon.log());
    assert!(whole > 0 && draining, "{whole} scrapes while it ended; draining seen: {draining}");
}
