//! What a poll costs beyond the exchange, against feed-rs on the same bytes in the same run.
//!
//! The document is made here: 26 entries of about 7 kB, half of it escaped HTML in CDATA, with text
//! of several scripts. The first entry is new in the "one new" case.

#![allow(clippy::unwrap_used, missing_docs, reason = "a bench may panic")]

use std::fmt::Write as _;
use std::hint::black_box;

use chrono::{TimeZone as _, Utc};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
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

criterion_group!(benches, polls);
criterion_main!(benches);
