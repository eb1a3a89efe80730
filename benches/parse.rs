//! What a poll costs beyond the exchange, against feed-rs on the same bytes in the same run.
//!
//! The document is made here: 26 entries of about 7 kB, half of it escaped HTML in CDATA, with text
//! of several scripts. The first entry is new in the "one new" case.
//!
//!     cargo bench --bench parse
//!     PARSE_CORPUS=dir:dir cargo bench --bench parse -- none    # only the worst documents
//!     PARSE_MIB=32 cargo bench --bench parse -- none            # and those as long as any is read
//!
//! Before that, what the worst documents cost: bombs and damaged feeds that are made here, and every
//! file below the folders of `PARSE_CORPUS`. Then what a process takes at most that reads one of the
//! worst documents of `PARSE_MIB`, 15 where it is not set, which is the default limit of a body.

#![allow(clippy::unwrap_used, missing_docs, reason = "a bench may panic")]

#[path = "parse/worst.rs"]
mod worst;

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use chrono::{TimeZone as _, Utc};
use criterion::{BatchSize, Criterion, Throughput, criterion_group};
use talentwire::feed::{Hints, Seen, parse, read};

const SENTENCES: [&str; 4] = [
    "The laboratory said that its head of research would leave at the end of the month &amp; that nobody would follow. ",
    "&lt;p&gt;A second paragraph &lt;a href=\"https://news.example/a?b=c\"&gt;with a link&lt;/a&gt; and some words.&lt;/p&gt; ",
    "연구소는 연구 책임자가 이달 말에 회사를 떠난다고 밝혔다. ",
    "Nothing else was known at the time of writing, and the company gave no further comment on the matter. ",
];

/// A document whose entries have the numbers given, each about 7 kB long.
fn document(entries: impl Iterator<Item = usize>) -> String {
    let mut text = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" ",
        "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Bench</title>",
        "<link>https://news.example/</link><ttl>5</ttl>\n",
    ));
    for number in entries {
        let words: String = SENTENCES.iter().cycle().skip(number % 4).take(24).copied().collect();
        let html = words.replace("&lt;", "<").replace("&gt;", ">");
        writeln!(
            text,
            "<item><title>Entry {number} of the bench &amp; its title</title>\
             <link>https://news.example/articles/{number}?utm_source=rss</link>\
             <guid isPermaLink=\"false\">tag:news.example,2026:{number}</guid>\
             <pubDate>Mon, 23 Nov 2026 08:{:02}:00 GMT</pubDate>\
             <description>{words}</description>\
             <content:encoded><![CDATA[{html}{html}]]></content:encoded></item>",
            number % 60
        )
        .unwrap();
    }
    text.push_str("</channel></rss>\n");
    text
}

fn polls(criterion: &mut Criterion) {
    let now = Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap();
    let hints =
        Hints { feed_url: "https://news.example/rss", content_type: None, encoding: None, now };
    let before = document(1..=25);
    let after = document((1..=26).map(|n| if n == 1 { 26 } else { n - 1 }));
    let mut seen = Seen::default();
    read(before.as_bytes(), &hints, &mut seen).unwrap();
    let reading = read(after.as_bytes(), &hints, &mut seen.clone()).unwrap();
    assert_eq!((reading.new.len(), reading.entries), (1, 26));

    print_ratio(&after, &seen, &hints);
    let mut group = criterion.benchmark_group("poll");
    group.throughput(Throughput::Bytes(before.len() as u64));
    group.bench_function("same_body", |bencher| {
        bencher.iter(|| read(black_box(before.as_bytes()), &hints, &mut seen).unwrap());
    });
    group.throughput(Throughput::Bytes(after.len() as u64));
    group.bench_function("25_known_1_new", |bencher| {
        let setup = || seen.clone();
        let poll = |mut seen: Seen| read(black_box(after.as_bytes()), &hints, &mut seen).unwrap();
        bencher.iter_batched(setup, poll, BatchSize::SmallInput);
    });
    group.bench_function("26_new", |bencher| {
        bencher.iter(|| parse(black_box(after.as_bytes()), &hints).unwrap());
    });
    group.bench_function("26_new_feed_rs", |bencher| {
        bencher.iter(|| feed_rs::parser::parse(black_box(after.as_bytes())).unwrap());
    });
    group.finish();
}

/// Prints what one poll with one new entry reaches, and feed-rs on the same bytes, by turns.
fn print_ratio(after: &str, seen: &Seen, hints: &Hints<'_>) {
    let (mut ours, mut theirs) = (f64::MAX, f64::MAX);
    for _ in 0..300 {
        let mut seen = seen.clone();
        let begun = Instant::now();
        black_box(read(black_box(after.as_bytes()), hints, &mut seen)).unwrap();
        ours = ours.min(begun.elapsed().as_secs_f64());
        let begun = Instant::now();
        black_box(feed_rs::parser::parse(black_box(after.as_bytes()))).unwrap();
        theirs = theirs.min(begun.elapsed().as_secs_f64());
    }
    let rate = |seconds: f64| f64::from(u32::try_from(after.len()).unwrap()) / seconds / 1e6;
    println!(
        "25 known, 1 new: {:.0} MB/s; feed-rs {:.0} MB/s; ratio {:.1}",
        rate(ours),
        rate(theirs),
        theirs / ours
    );
}

/// Documents that cost other parsers seconds: deep, wide, entity-ridden, never closed.
fn bombs() -> Vec<(String, Vec<u8>)> {
    let n = 200_000;
    let item = "<item><title>a</title></item>";
    let entities: String = (1..10)
        .map(|i| format!("<!ENTITY l{i} \"{}\">", format!("&l{};", i - 1).repeat(10)))
        .collect();
    let bombs = [
        ("deep elements", format!("<rss><channel><item>{}", "<div>".repeat(n))),
        ("deep entries", "<item>".repeat(n)),
        ("many attributes", format!("<rss {}><channel>{item}", "a='b' ".repeat(60_000))),
        ("many namespaces", format!("<rss {}><channel>{item}", "xmlns:a='b' ".repeat(20_000))),
        ("many open quotes", format!("<rss><item>{}", "<a b=\"".repeat(n))),
        ("many open comments", format!("<rss><item>{}", "<!--".repeat(n))),
        ("many open CDATA", format!("<rss><item>{}", "<![CDATA[".repeat(n))),
        (
            "a billion laughs",
            format!(
                "<!DOCTYPE x [<!ENTITY l0 \"ha\">{entities}]><rss><item><title>&l9;</title></item></rss>"
            ),
        ),
        (
            "many references",
            format!("<rss><item><title>{}</title></item></rss>", "&#65;&amp;&bad;".repeat(n)),
        ),
        (
            "escaped HTML",
            format!("<rss><item><description>{}</description></item></rss>", "&lt;b".repeat(n)),
        ),
        ("many entries", format!("<rss><channel>{}", item.repeat(100_000))),
        ("deep JSON", "[".repeat(n)),
        ("wide JSON", format!("{{\"items\":[{}{{}}]}}", "{},".repeat(n))),
        ("UTF-16 without a mark", "<\0r\0s\0s\0>\0".repeat(n)),
        (
            "HTML",
            format!("<!doctype html>{}", "<link rel=alternate type=rss href=x>".repeat(50_000)),
        ),
    ];
    bombs.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect()
}

/// A feed with something cut, doubled or put in, 2,000 times.
fn damaged() -> impl Iterator<Item = (String, Vec<u8>)> {
    const DIRT: [&str; 8] = ["<", ">", "&", "\"", "<![CDATA[", "<!--", "</item>", "\u{1}"];
    let sound = document(1..=26).into_bytes();
    let mut dice = 0x2545_f491_4f6c_dd1d_u64;
    let mut throw = move |sides: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        usize::try_from(dice % sides as u64).unwrap()
    };
    (0..2_000).map(move |number| {
        let mut bytes = sound.clone();
        for _ in 0..=throw(4) {
            let at = throw(bytes.len());
            let end = (at + throw(40)).min(bytes.len());
            bytes.splice(at..end, DIRT[throw(DIRT.len())].repeat(throw(4)).into_bytes());
        }
        (format!("damaged feed {number}"), bytes)
    })
}

fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, all) } else { all.push(path) }
    }
}

/// Reads documents that nobody has seen yet, and prints the slowest and the share below it.
fn time(name: &str, documents: impl IntoIterator<Item = (String, Vec<u8>)>) {
    let now = Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap();
    let hints =
        Hints { feed_url: "https://news.example/rss", content_type: None, encoding: None, now };
    let mut times: Vec<(f64, String)> = documents
        .into_iter()
        .map(|(name, bytes)| {
            // The best of three: what other processes take is no cost of the document.
            let once = || {
                let begun = Instant::now();
                black_box(read(&bytes, &hints, &mut Seen::default())).ok();
                begun.elapsed().as_secs_f64() * 1e3
            };
            ((0..3).map(|_| once()).fold(f64::MAX, f64::min), name)
        })
        .collect();
    times.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (Some(last), count) = (times.last(), times.len()) else { return };
    let p99 = times[(count * 99 / 100).min(count - 1)].0;
    println!("{name}: {count} documents, p99 {p99:.1} ms, slowest {:.1} ms ({})", last.0, last.1);
}

/// What this process has taken at most, in bytes.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) * 1024
}

fn mebibytes() -> usize {
    std::env::var("PARSE_MIB").ok().and_then(|mib| mib.parse().ok()).unwrap_or(15)
}

/// Reads one of the worst documents in a process of its own, and prints what that took.
fn weigh(name: &str) {
    let document = worst::document(name, mebibytes() << 20);
    let before = most_memory();
    time(name, [(name.to_owned(), document)]);
    println!("{} {}", before >> 20, most_memory() >> 20);
}

/// Prints, for each of the worst documents, what a process takes that reads it.
fn weigh_all() {
    println!("\nof {} MiB: MiB with the document before it is read, and at most", mebibytes());
    for name in worst::names() {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        let output = child.env("PARSE_ONE", name).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        println!("{}", said.trim().replace('\n', "; "));
    }
}

fn main() {
    if let Ok(name) = std::env::var("PARSE_ONE") {
        return weigh(&name);
    }
    time("damaged feeds", damaged());
    for folder in std::env::var("PARSE_CORPUS").unwrap_or_default().split(':') {
        let mut corpus = Vec::new();
        if !folder.is_empty() {
            files(Path::new(folder), &mut corpus);
            let read = |path: PathBuf| (path.display().to_string(), std::fs::read(path).unwrap());
            time(folder, corpus.into_iter().map(read));
        }
    }
    let bombs = bombs();
    for bomb in &bombs {
        time(&bomb.0, [bomb.clone()]);
    }
    time("all bombs", bombs);
    weigh_all();
    benches();
    Criterion::default().configure_from_args().final_summary();
}

criterion_group!(benches, polls);
