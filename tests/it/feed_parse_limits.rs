//! What is read of documents that are cut off, or far larger than honest ones: what is whole, and no
//! more than there is time for.

use std::fmt::Write as _;

use chrono::{TimeZone as _, Utc};
use talentwire::feed::parse::MAX_ENTRIES;
use talentwire::feed::{Feed, Hints, ParseError, Repair, parse};

fn read(document: &str) -> Result<Feed, ParseError> {
    let now = Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap();
    let hints =
        Hints { feed_url: "https://news.example/rss", content_type: None, encoding: None, now };
    parse(document.as_bytes(), &hints)
}

#[track_caller]
fn titles(document: &str, want: &[&str]) -> Feed {
    let feed = read(document).unwrap();
    let got: Vec<&str> = feed.entries.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(got, want);
    feed
}

#[test]
fn a_json_feed_that_is_cut_off_gives_its_whole_items() {
    let whole = r#"{"version": "https://jsonfeed.org/version/1.1", "items": [
        {"id": "1", "title": "One }]", "tags": ["a"]}, {"id": "2", "title": "Two"}]}"#;
    titles(whole, &["One }]", "Two"]);
    let cut = whole.strip_suffix("o\"}]}").unwrap();
    let feed = titles(cut, &["One }]"]);
    assert_eq!(feed.repairs, [Repair::Truncated]);
    let feed = titles(&format!("{whole}<script>"), &["One }]", "Two"]);
    assert_eq!(feed.repairs, [Repair::Surroundings]);
}

#[test]
fn one_bad_item_of_a_json_feed_costs_one_item() {
    let items = r#"{"items": [{"id": "1", "title": "One"}, {"id": "2" "title": "Two"}, 7,
        {"id": "3", "title": "Three \ud83d\ude00 \ud83d"},]}"#;
    titles(items, &["One", "Three 😀 \u{fffd}"]);
    for no_feed in ["{\"items\": 7}", "{items: []}", "[1, 2]", "{\"error\": \"not found\"}"] {
        assert!(matches!(read(no_feed), Err(ParseError::NotAFeed { .. })), "{no_feed}");
    }
}

#[test]
fn of_too_many_entries_the_first_are_read() {
    let mut xml = String::from("<rss><channel><title>T</title>");
    let mut json = String::from("{\"title\": \"T\", \"items\": [0");
    for n in 0..MAX_ENTRIES + 9 {
        write!(xml, "<item><title>Item {n}</title></item>").unwrap();
        write!(json, ", {{\"title\": \"Item {n}\"}}").unwrap();
    }
    for (document, most) in [(xml + "</channel></rss>", 0), (json + "]}", 1)] {
        let feed = read(&document).unwrap();
        assert_eq!((feed.entries.len(), feed.title.as_str()), (MAX_ENTRIES - most, "T"));
        assert_eq!(feed.entries[77].title, "Item 77");
        assert_eq!(feed.repairs, [Repair::TooManyEntries]);
    }
}

#[test]
fn after_a_long_text_full_of_tags_an_entry_goes_on() {
    let text = "<p>Some <b>words</b></p>".repeat(40_000);
    let document = format!(
        "<rss><channel><item><title>One</title><description>{text}</description>\
         <link>https://news.example/1</link></item><item><title>Two</title></item></channel></rss>"
    );
    let feed = titles(&document, &["One", "Two"]);
    assert_eq!(feed.entries[0].link.as_deref(), Some("https://news.example/1"));
    assert!(feed.entries[0].summary.starts_with("Some words Some words"));
    let never_closed = document.replace("</description>", "");
    let feed = titles(&never_closed, &["One", "Two"]);
    assert_eq!(feed.entries[1].link, None);
}

#[test]
fn a_tag_with_thousands_of_attributes_is_one_tag() {
    let attributes = "a='>' ".repeat(900);
    let document = format!(
        "<rss {attributes}><channel><item {attributes}><title>One</title></item></channel>"
    );
    titles(&document, &["One"]);
    titles(&document.replace("a='>' ", "a='b' b=\"c\" "), &["One"]);
}
