//! Ten thousand damaged feeds (RELIABILITY's table, row 12): none makes the reader panic or costs
//! it more than milliseconds, and an entry that is broken takes no other with it.
//!
//! Deterministic: a failure names the number of its mutant.

use std::collections::HashSet;

use chrono::{TimeZone as _, Utc};
use talentwire::feed::{Feed, Hints, ParseError, Seen, parse, read};

/// Mutants in a run of each test.
const MUTANTS: usize = 5_000;
/// Entries of a document.
const ENTRIES: usize = 12;
/// What damaged feeds are full of.
const DIRT: [&str; 24] = [
    "<",
    ">",
    "&",
    "\"",
    "'",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "</item>",
    "<item>",
    "</entry>",
    "<entry>",
    "</title>",
    "<title>",
    "<?xml encoding='utf-16'?>",
    "&#0;",
    "&bogus;",
    "\u{1}",
    "\u{fffe}",
    "{",
    "\"items\":[",
    "<rss",
    "</channel></rss>",
];

/// Dice that fall the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).unwrap()
    }

    /// Damages one place of `bytes`, at or after `from` and before `to`.
    fn damage(&mut self, bytes: &mut Vec<u8>, from: usize, to: usize) {
        let at = from + self.below(to - from);
        let end = (at + self.below(30)).min(to);
        let dirt = DIRT[self.below(DIRT.len())].as_bytes();
        match self.below(6) {
            0 => drop(bytes.drain(at..end)),
            1 => drop(bytes.splice(at..at, dirt.repeat(1 + self.below(3)))),
            2 => drop(bytes.splice(at..end, dirt.iter().copied())),
            3 => bytes[at] = u8::try_from(self.below(256)).unwrap(),
            4 => bytes[at] ^= 1 << self.below(8),
            _ => {
                let part = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, part));
            }
        }
    }
}

fn title(number: usize) -> String {
    const SUBJECTS: [&str; 4] = ["The harbour", "도서관", "A comet", "研究室"];
    format!("{} makes news for the {number}th time", SUBJECTS[number % SUBJECTS.len()])
}

fn entry(number: usize, format: &str) -> String {
    let (title, link) = (title(number), format!("https://outlet.example/{number}?a=b&amp;c=d"));
    let text = "Some words, <b>bold</b> ones &amp; others. ".repeat(1 + number % 3);
    let escaped = text.replace('<', "&lt;");
    match format {
        "atom" => format!(
            "<entry><id>tag:outlet.example,2026:{number}</id><title type='html'>{title}</title>\
             <link rel='alternate' href='{link}'/><updated>2026-11-23T08:{number:02}:00Z</updated>\
             <summary type='html'>{escaped}</summary></entry>"
        ),
        "json" => format!(
            "{{\"id\":\"{number}\",\"url\":\"https://outlet.example/{number}\",\
             \"title\":\"{title}\",\"content_html\":\"{}\"}}",
            text.replace('"', "'")
        ),
        _ => format!(
            "<item><title><![CDATA[{title}]]></title><link>{link}</link>\
             <guid isPermaLink=\"false\">{number}</guid><description>{escaped}</description>\
             <content:encoded><![CDATA[<p>{text}</p>]]></content:encoded>\
             <pubDate>Mon, 23 Nov 2026 08:{number:02}:00 GMT</pubDate></item>"
        ),
    }
}

/// A sound document, and where each of its entries is.
fn document(format: &str) -> (Vec<u8>, Vec<(usize, usize)>) {
    let (head, between, tail) = match format {
        "atom" => {
            ("<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>", "", "</feed>")
        }
        "rdf" => (
            "<rdf:RDF xmlns='http://purl.org/rss/1.0/' xmlns:content='c' xmlns:rdf='r'>\
             <channel><title>T</title></channel>",
            "\n",
            "</rdf:RDF>",
        ),
        "json" => ("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[", ",", "]}"),
        _ => (
            "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' \
             xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>T</title>",
            "\n",
            "</channel></rss>",
        ),
    };
    let mut bytes = head.as_bytes().to_vec();
    let mut places = Vec::new();
    for number in 0..ENTRIES {
        if number > 0 {
            bytes.extend_from_slice(between.as_bytes());
        }
        let from = bytes.len();
        bytes.extend_from_slice(entry(number, format).as_bytes());
        places.push((from, bytes.len()));
    }
    bytes.extend_from_slice(tail.as_bytes());
    (bytes, places)
}

fn hints() -> Hints<'static> {
    let now = Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap();
    Hints { feed_url: "https://outlet.example/rss", content_type: None, encoding: None, now }
}

/// Processor time of this thread, so that a busy machine changes nothing.
fn cpu_nanoseconds() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|word| word.parse().ok()).unwrap_or(0)
}

fn titles(feed: &Feed) -> HashSet<&str> {
    feed.entries.iter().map(|entry| entry.title.as_str()).collect()
}

#[test]
fn whatever_is_damaged_is_read_or_refused_in_milliseconds() {
    let documents = ["rss", "atom", "rdf", "json"].map(|format| document(format).0);
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut times = Vec::with_capacity(MUTANTS);
    for number in 0..MUTANTS {
        let mut bytes = documents[dice.below(documents.len())].clone();
        for _ in 0..=dice.below(12) {
            let length = bytes.len();
            dice.damage(&mut bytes, 0, length);
        }
        if dice.below(8) == 0 {
            bytes.truncate(dice.below(bytes.len()));
        }
        if dice.below(8) == 0 {
            bytes =
                String::from_utf8_lossy(&bytes).encode_utf16().flat_map(u16::to_be_bytes).collect();
        }
        let begun = cpu_nanoseconds();
        let mut seen = Seen::default();
        let reading = read(&bytes, &hints(), &mut seen);
        times.push(cpu_nanoseconds() - begun);
        assert_ne!(reading.err(), Some(ParseError::Panicked), "mutant {number}");
        assert_ne!(parse(&bytes, &hints()).err(), Some(ParseError::Panicked), "mutant {number}");
    }
    times.sort_unstable();
    let p99 = times[MUTANTS * 99 / 100];
    assert!(p99 < 50_000_000, "p99 is {p99} ns");
}

#[test]
fn a_broken_entry_takes_no_other_with_it() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut intact, mut found, mut worst) = (0, 0, Vec::new());
    for number in 0..MUTANTS {
        let (mut bytes, places) = document(["rss", "atom", "rdf"][number % 3]);
        let broken = dice.below(ENTRIES);
        let (from, mut to) = places[broken];
        for _ in 0..=dice.below(3) {
            let before = bytes.len();
            dice.damage(&mut bytes, from, to.max(from + 1));
            to = to + bytes.len() - before;
        }
        let feed = parse(&bytes, &hints()).unwrap_or_default();
        let titles = titles(&feed);
        let others = (0..ENTRIES).filter(|other| *other != broken).map(title);
        let lost = others.filter(|other| !titles.contains(other.as_str())).count();
        intact += ENTRIES - 1;
        found += ENTRIES - 1 - lost;
        if lost > 0 {
            worst.push((lost, number, String::from_utf8_lossy(&bytes[from..to]).into_owned()));
        }
    }
    worst.sort();
    let share = found as f64 / f64::from(u32::try_from(intact).unwrap());
    let worst: Vec<_> = worst.iter().rev().take(3).collect();
    println!("{share:.5} of the intact entries were read; worst: {worst:#?}");
    assert!(share >= 0.99, "{share} of the intact entries; worst: {worst:#?}");
}
