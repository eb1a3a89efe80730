//! What is the same article, and what is a new one, whatever a feed does with its ids.

use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use talentwire::feed::{Hints, Reading, Seen, read};

const FEED: &str = "https://news.example/rss";

/// An item; an empty field leaves its element out.
#[derive(Clone)]
pub(crate) struct Item {
    pub(crate) guid: String,
    pub(crate) link: String,
    pub(crate) title: String,
    pub(crate) text: String,
    date: String,
}

pub(crate) fn item(guid: &str, link: &str, title: &str, text: &str) -> Item {
    let date = "Mon, 23 Nov 2026 08:18:00 GMT".to_owned();
    Item { guid: guid.into(), link: link.into(), title: title.into(), text: text.into(), date }
}

fn rss(items: &[Item]) -> String {
    let element = |name: &str, value: &str| match value {
        "" => String::new(),
        value => format!("<{name}>{value}</{name}>"),
    };
    let items: String = items
        .iter()
        .map(|item| {
            let fields = [
                ("guid", &item.guid),
                ("link", &item.link),
                ("title", &item.title),
                ("description", &item.text),
                ("pubDate", &item.date),
            ];
            let fields: String = fields.iter().map(|(name, value)| element(name, value)).collect();
            format!("<item>{fields}</item>")
        })
        .collect();
    format!(
        "<rss version='2.0'><channel><title>News</title><link>https://news.example/</link>{items}</channel></rss>"
    )
}

/// A feed that is polled.
pub(crate) struct Polls {
    pub(crate) seen: Seen,
    pub(crate) now: DateTime<Utc>,
}

impl Polls {
    pub(crate) fn new() -> Self {
        let now = Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap();
        Self { seen: Seen::default(), now }
    }

    pub(crate) fn poll(&mut self, items: &[Item]) -> Reading {
        self.now += TimeDelta::minutes(5);
        let hints = Hints { feed_url: FEED, content_type: None, encoding: None, now: self.now };
        // Through its stored form, as after a restart.
        self.seen = serde_json::from_str(&serde_json::to_string(&self.seen).unwrap()).unwrap();
        read(rss(items).as_bytes(), &hints, &mut self.seen).unwrap()
    }

    /// Polls and expects so many new articles and edits.
    #[track_caller]
    pub(crate) fn expect(&mut self, items: &[Item], new: usize, edited: usize) -> Reading {
        let reading = self.poll(items);
        let titles: Vec<&str> = reading.new.iter().map(|article| article.title.as_str()).collect();
        assert_eq!((reading.new.len(), reading.edited.len()), (new, edited), "new: {titles:?}");
        reading
    }
}

pub(crate) fn three() -> Vec<Item> {
    vec![
        item("1", "https://news.example/a", "Head of research leaves Gana", "She goes in May."),
        item(
            "2",
            "https://news.example/b",
            "Dara opens an office in Seoul",
            "It is the third one.",
        ),
        item("3", "https://news.example/c", "A new chip for phones", "It is small."),
    ]
}

pub(crate) fn with(items: &[Item], change: impl Fn(usize, &mut Item)) -> Vec<Item> {
    let mut items = items.to_vec();
    items.iter_mut().enumerate().for_each(|(index, item)| change(index, item));
    items
}

#[test]
fn an_entry_is_new_once_and_gone_and_back_it_is_known() {
    let mut polls = Polls::new();
    let items = three();
    polls.expect(&items, 3, 0);
    polls.expect(&items, 0, 0);
    polls.expect(&items[..1], 0, 0);
    polls.now += TimeDelta::days(29);
    polls.expect(&items, 0, 0);
    polls.expect(&[], 0, 0);
    polls.expect(&items, 0, 0);
}

#[test]
fn one_guid_on_every_item_hides_none_of_them() {
    let mut polls = Polls::new();
    let items = with(&three(), |_, item| item.guid = "https://news.example/".into());
    polls.expect(&items[1..], 2, 0);
    polls.expect(&items, 1, 0);
    polls.expect(&items[..2], 0, 0);
    polls.expect(&items[..1], 0, 0);
}

#[test]
fn an_article_listed_twice_without_a_guid_stays_one_on_every_poll() {
    let link = "https://news.example/a";
    let long = item("", link, "Head of research leaves Gana", "She goes in May, says the firm.");
    let short = item("", link, "Head of research leaves Gana", "She goes.");
    let mut polls = Polls::new();
    polls.expect(&[short.clone(), long.clone()], 1, 0);
    let another = item("", "https://news.example/b", "A new chip for phones", "It is small.");
    assert_eq!(polls.poll(&[another, short, long]).new.len(), 1);
}

#[test]
fn one_guid_on_items_without_link_and_title_hides_none_of_them() {
    let note = |text: &str| item("same", "", "", text);
    let texts = ["The head of research leaves.", "A new head of research arrives.", "A third."];
    let [first, second, third] = texts.map(note);
    let mut polls = Polls::new();
    assert_eq!(polls.poll(std::slice::from_ref(&first)).new.len(), 1);
    let two = polls.poll(&[second.clone(), first.clone()]);
    assert_eq!((two.new.len(), two.edited.len()), (1, 0), "the second is no edit of the first");
    assert_eq!(two.new[0].summary, texts[1]);
    let three = polls.poll(&[third.clone(), second.clone(), first]);
    assert_eq!((three.new.len(), three.edited.len()), (1, 0));
    let left = polls.poll(&[third, second]);
    assert_eq!((left.new.len(), left.edited.len()), (0, 0));
}

#[test]
fn entries_that_differ_only_beyond_their_beginning_are_told_apart_on_every_poll() {
    let beginning = "The same paragraph opens each of these notes. ".repeat(20);
    let notes = |texts: &[&str]| -> Vec<Item> {
        texts.iter().map(|text| item("", "", "", &format!("{beginning}{text}"))).collect()
    };
    let mut polls = Polls::new();
    polls.expect(&notes(&["One ends so.", "Another ends otherwise.", "One ends so."]), 2, 0);
    polls.expect(&notes(&["Another ends otherwise.", "One ends so."]), 0, 0);
    polls.expect(&notes(&["A third one.", "Another ends otherwise.", "One ends so."]), 1, 0);
}

#[test]
fn one_link_on_every_item_hides_none_of_them() {
    let mut polls = Polls::new();
    let items = with(&three(), |_, item| item.link = "https://news.example/latest".into());
    polls.expect(&items[1..], 2, 0);
    polls.expect(&items, 1, 0);
}

#[test]
fn guids_that_flip_between_http_and_https_are_the_same() {
    let mut polls = Polls::new();
    let items = with(&three(), |index, item| item.guid = format!("http://news.example/?p={index}"));
    polls.expect(&items, 3, 0);
    polls.expect(&with(&items, |_, item| item.guid = item.guid.replace("http:", "https:")), 0, 0);
}

#[test]
fn guids_that_change_on_every_poll_are_not_trusted() {
    let mut polls = Polls::new();
    for poll in 0..5 {
        let items = with(&three(), |index, item| item.guid = format!("random-{poll}-{index}"));
        polls.expect(&items, if poll == 0 { 3 } else { 0 }, 0);
    }
}

#[test]
fn guids_and_links_that_change_on_every_poll_leave_the_words() {
    let mut polls = Polls::new();
    for poll in 0..5 {
        let mut items = three();
        items.extend(
            (0..poll).map(|n| item("", "", &format!("Story {n} breaks in town {n}"), "New.")),
        );
        let items = with(&items, |index, item| {
            item.guid = format!("random-{poll}-{index}");
            item.link = format!("https://news.example/{poll}/{index}");
        });
        polls.expect(&items, if poll == 0 { 3 } else { 1 }, 0);
    }
}

#[test]
fn a_reused_guid_is_another_article() {
    let mut polls = Polls::new();
    let first = polls.expect(&three(), 3, 0);
    polls.now += TimeDelta::days(31);
    let mut items = three();
    items[0] = item("1", "https://news.example/z", "Storm closes harbour", "Ships wait outside.");
    let second = polls.expect(&items, 1, 0);
    assert_ne!(first.new[0].id, second.new[0].id);
    polls.expect(&items, 0, 0);
    items[0].text = "Ships wait outside still.".into();
    polls.expect(&items, 0, 1);
}

#[test]
fn an_edited_headline_is_an_edit_of_the_same_article() {
    let mut polls = Polls::new();
    let first = polls.expect(&three(), 3, 0);
    let mut items = three();
    items[0].title = "Head of research leaves Gana for Dara".into();
    items[0].link = "https://news.example/a-for-dara".into();
    let second = polls.expect(&items, 0, 1);
    assert_eq!(second.edited[0].id, first.new[0].id);
    assert_eq!(second.edited[0].title, items[0].title);
    polls.expect(&items, 0, 0);
}

#[test]
fn case_punctuation_dates_and_markup_are_no_edit() {
    let mut polls = Polls::new();
    polls.expect(&three(), 3, 0);
    let items = with(&three(), |_, item| {
        item.title = format!("{}!", item.title.to_uppercase());
        item.date = "Tue, 24 Nov 2026 10:00:00 GMT".into();
        item.text = format!("&lt;p&gt;{}&lt;/p&gt;", item.text);
    });
    polls.expect(&items, 0, 0);
}

#[test]
fn without_a_guid_the_link_counts_and_tracking_parameters_do_not() {
    let mut polls = Polls::new();
    let items = with(&three(), |_, item| item.guid.clear());
    polls.expect(&items, 3, 0);
    let items = with(&items, |index, item| {
        item.link = format!("{}?utm_source=poll{index}", item.link.replace("https", "http"));
        item.title = format!("Updated {index}: all words differ");
    });
    polls.expect(&items, 0, 3);
}

#[test]
fn without_guid_and_link_the_title_counts() {
    let mut polls = Polls::new();
    let items = with(&three(), |_, item| {
        item.guid.clear();
        item.link.clear();
    });
    polls.expect(&items, 3, 0);
    let items = with(&items, |_, item| item.text = format!("Corrected. {}", item.text));
    polls.expect(&items, 0, 3);
}

#[test]
fn the_same_story_twice_in_a_document_is_one_article() {
    let mut polls = Polls::new();
    let mut items = three();
    items.push(items[0].clone());
    items[3].text = "Another teaser.".into();
    polls.expect(&items, 3, 0);
    polls.expect(&items, 0, 0);
}

#[test]
fn a_feed_of_one_entry_that_keeps_its_guid_still_brings_news() {
    let mut polls = Polls::new();
    let day = |title: &str, link: &str| vec![item("today", link, title, "")];
    polls.expect(&day("Harbour closed by storm", "https://news.example/1"), 1, 0);
    polls.expect(&day("Parliament elects a speaker", "https://news.example/2"), 1, 0);
    polls.expect(&day("Parliament elects a speaker", "https://news.example/2"), 0, 0);
}

#[test]
fn a_feed_that_moves_to_another_host_brings_nothing_new() {
    let mut polls = Polls::new();
    polls.expect(&three(), 3, 0);
    let items = with(&three(), |index, item| {
        item.link = item.link.replace("news.example", "news.test");
        item.guid = format!("tag:news.test,{index}");
    });
    polls.expect(&items, 0, 0);
}

#[test]
fn a_flood_is_remembered_whole() {
    let mut polls = Polls::new();
    polls.expect(&three(), 3, 0);
    let many: Vec<Item> = (0..3_000)
        .map(|n| {
            item(
                &format!("g{n}"),
                &format!("https://news.example/{n}"),
                &format!("Story number {n} of many"),
                "Text",
            )
        })
        .collect();
    polls.expect(&many, 3_000, 0);
    polls.expect(&three(), 0, 0);
    polls.expect(&many, 0, 0);
}

#[test]
fn memory_is_bounded_but_thirty_days_and_four_documents_are_kept() {
    let mut polls = Polls::new();
    for day in 0..200 {
        let items: Vec<Item> = (0..10)
            .map(|n| {
                item(
                    &format!("{day}-{n}"),
                    &format!("https://news.example/{day}/{n}"),
                    &format!("Story {n} of day {day}"),
                    "",
                )
            })
            .collect();
        polls.expect(&items, 10, 0);
        polls.now += TimeDelta::days(1);
    }
    assert!((300..=330).contains(&polls.seen.len()), "{}", polls.seen.len());
}

#[test]
fn a_crash_before_the_commit_gives_the_same_ids_again() {
    let mut polls = Polls::new();
    polls.expect(&three()[1..], 2, 0);
    let before = polls.seen.clone();
    let first = polls.expect(&three(), 1, 0);
    polls.seen = before;
    let second = polls.expect(&three(), 1, 0);
    assert_eq!(first.new[0].id, second.new[0].id);
}

#[test]
fn a_login_page_leaves_the_memory_as_it_was() {
    let mut polls = Polls::new();
    polls.expect(&three(), 3, 0);
    let before = polls.seen.clone();
    let hints = Hints { feed_url: FEED, content_type: None, encoding: None, now: polls.now };
    read(b"<!doctype html><html><title>Log in</title></html>", &hints, &mut polls.seen)
        .unwrap_err();
    read(b"", &hints, &mut polls.seen).unwrap_err();
    assert_eq!(polls.seen, before);
}
