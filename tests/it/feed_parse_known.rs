//! What is known is skipped before it is parsed, and nothing else changes by that.

use chrono::{TimeZone as _, Utc};
use proptest::prelude::*;
use talentwire::feed::{Hints, Seen, judge, parse, read};
use talentwire::model::{Arrival, Article};

const TOPICS: [&str; 6] = [
    "quarterly results of the makers of chips",
    "an open model for speech in nine languages",
    "연구소가 새 모형을 공개했다고 밝혔다",
    "what the new rules on training data mean",
    "a data centre under the northern fjord",
    "robots that fold the laundry of a hotel",
];

fn hints() -> Hints<'static> {
    let now = Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap();
    Hints { feed_url: "https://news.example/rss", content_type: None, encoding: None, now }
}

fn document(entries: &[usize]) -> String {
    let entry = |number: &usize| {
        let topic = TOPICS[number % TOPICS.len()];
        format!(
            "<item><title>No. {number}: {topic} &amp; more</title>\
             <link>https://news.example/{number}?utm_source=rss</link><guid>tag:{number}</guid>\
             <pubDate>Mon, 23 Nov 2026 08:{:02}:00 GMT</pubDate>\
             <description><![CDATA[<p>Part {number} of the series.</p>]]></description></item>\n",
            number % 60
        )
    };
    let entries: String = entries.iter().map(entry).collect();
    format!(
        "<rss version='2.0'><channel><title>N</title><link>https://news.example/</link>{entries}</channel></rss>"
    )
}

/// New and edited articles by way of the whole parse.
fn by_whole_parse(document: &[u8], seen: &mut Seen) -> (Vec<Article>, Vec<Article>) {
    let Ok(feed) = parse(document, &hints()) else { return Default::default() };
    let judged = judge(&feed, seen, &hints());
    let articles = |sightings: Vec<talentwire::feed::seen::Sighting>, arrival: Arrival| {
        let article = |found: talentwire::feed::seen::Sighting| {
            feed.entries[found.index].article(&feed, &hints(), found.id, arrival)
        };
        sightings.into_iter().map(article).collect::<Vec<_>>()
    };
    (articles(judged.new, Arrival::Live), articles(judged.edited, Arrival::Edit))
}

#[track_caller]
fn check(before: &[u8], after: &[u8]) -> usize {
    let (mut quick, mut whole) = (Seen::default(), Seen::default());
    for document in [before, after, before] {
        let got = read(document, &hints(), &mut quick).map(|it| (it.new, it.edited));
        let want = by_whole_parse(document, &mut whole);
        assert_eq!(got.unwrap_or_default(), want);
    }
    quick.len()
}

#[test]
fn one_new_entry_among_known_ones_is_the_article_that_the_whole_parse_gives() {
    let known: Vec<usize> = (1..=25).collect();
    let more: Vec<usize> = std::iter::once(26).chain(1..=25).collect();
    let remembered = check(document(&known).as_bytes(), document(&more).as_bytes());
    assert_eq!(remembered, 26);
}

proptest! {
    #[test]
    fn whatever_comes_goes_and_moves_the_articles_are_those_of_the_whole_parse(
        before in proptest::sample::subsequence((0..40).collect::<Vec<usize>>(), 0..26),
        after in proptest::sample::subsequence((0..40).collect::<Vec<usize>>(), 0..26),
    ) {
        check(document(&before).as_bytes(), document(&after).as_bytes());
    }

    #[test]
    fn a_damaged_document_gives_the_articles_of_the_whole_parse(
        cuts in proptest::collection::vec((0..5_000_usize, 0..40_usize, "[<>&\"'/a-c ;#0-9가]{0,6}"), 1..6),
    ) {
        let before: Vec<usize> = (1..20).collect();
        let mut bytes = document(&(0..20).collect::<Vec<usize>>()).into_bytes();
        for (at, length, insert) in cuts {
            let at = at.min(bytes.len());
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, insert.bytes());
        }
        check(document(&before).as_bytes(), &bytes);
    }
}
