//! Feeds that lie (RELIABILITY's table, row 11): whatever a feed does with its ids, links, dates and
//! order over fifty polls, each story is one article.
//!
//! A feed that lies about everything at once leaves only its words; that is tried as well.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use talentwire::feed::{Hints, Seen, read};

const POLLS: usize = 50;
/// Entries of a whole document.
const WINDOW: usize = 12;
/// A new story comes every third poll.
const EVERY: usize = 3;

/// What a feed does wrong, one choice each.
#[derive(Debug, Clone, Copy)]
struct Lies {
    guid: Guid,
    link: Link,
    date: Date,
    shape: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Guid {
    Honest,
    Absent,
    SameForAll,
    FlipsScheme,
    NewEachPoll,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Link {
    Honest,
    Absent,
    Tracked,
    FlipsScheme,
    SameForAll,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Date {
    Honest,
    Absent,
    Past,
    Future,
    EachPoll,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    Newest,
    Reordered,
    HalfThenFull,
    Login,
    Edited,
}

/// The words of a story, unlike those of any other.
fn words(story: usize) -> (String, String) {
    const TITLES: [&str; 18] = [
        "Oslo opens a laboratory under the fjord",
        "Busan teachers win a chess cup",
        "Why bread prices fell in October",
        "A new bridge for Osaka's commuters",
        "Library lends telescopes to children",
        "Farmers near Lyon plant olives",
        "Two comets cross the winter sky",
        "Porto restores its oldest tram",
        "How a choir learned sign language",
        "Lake Biwa freezes for the first time",
        "Robots sort glass in Taipei",
        "Mayor of Quito rides to work by bus",
        "Engineers silence a humming dam",
        "Students map every well in Accra",
        "The last lighthouse keeper retires",
        "Bees return to the station roof",
        "An orchestra plays for the whales",
        "Volunteers count butterflies in May",
    ];
    let title = TITLES[story].to_owned();
    (title, format!("It is number {story} of its kind, says somebody who should know."))
}

fn item(lies: Lies, story: usize, poll: usize) -> String {
    let scheme = |flips: bool| if flips && poll % 2 == 1 { "http" } else { "https" };
    let (title, text) = words(story);
    let text = match lies.shape {
        Shape::Edited => format!("{text} Version {poll}."),
        _ => text,
    };
    let guid = match lies.guid {
        Guid::Honest => format!("tag:outlet.example,2026:{story}"),
        Guid::Absent => String::new(),
        Guid::SameForAll => "https://outlet.example/".to_owned(),
        Guid::FlipsScheme => format!("{}://outlet.example/?p={story}", scheme(true)),
        Guid::NewEachPoll => format!("{story}-{poll}"),
    };
    let link = match lies.link {
        Link::Honest => format!("https://outlet.example/story/{story}"),
        Link::Absent => String::new(),
        Link::Tracked => format!("https://outlet.example/story/{story}?utm_source=rss{poll}"),
        Link::FlipsScheme => format!("{}://outlet.example/story/{story}", scheme(true)),
        Link::SameForAll => "https://outlet.example/news".to_owned(),
    };
    let date = match lies.date {
        Date::Honest => format!("Mon, 23 Nov 2026 {:02}:{:02}:00 GMT", story / 60, story % 60),
        Date::Absent => String::new(),
        Date::Past => "Thu, 01 Jan 1970 00:00:00 GMT".to_owned(),
        Date::Future => "Thu, 01 Jan 2099 00:00:00 GMT".to_owned(),
        Date::EachPoll => format!("Mon, 23 Nov 2026 {:02}:{:02}:00 GMT", poll / 60, poll % 60),
    };
    let element = |name: &str, value: &str| match value {
        "" => String::new(),
        value => format!("<{name}>{value}</{name}>"),
    };
    format!(
        "<item>{}{}{}{}{}</item>",
        element("guid", &guid),
        element("link", &link),
        element("title", &title),
        element("description", &text),
        element("pubDate", &date)
    )
}

/// The document of one poll, and the newest story that it holds; none for a login page.
fn document(lies: Lies, poll: usize) -> Option<String> {
    let newest = poll / EVERY + 1;
    let mut stories: Vec<usize> = (newest.saturating_sub(WINDOW - 1)..=newest).rev().collect();
    match lies.shape {
        Shape::Reordered => {
            let turn = poll % stories.len();
            stories.rotate_left(turn);
        }
        Shape::HalfThenFull if poll % 2 == 1 => stories.truncate((stories.len() / 2).max(2)),
        Shape::Login if poll % 4 == 3 => return None,
        _ => {}
    }
    let items: String = stories.into_iter().map(|story| item(lies, story, poll)).collect();
    Some(format!(
        "<rss version='2.0'><channel><title>Outlet</title><link>https://outlet.example/</link>\
         {items}</channel></rss>"
    ))
}

/// Polls a lying feed and returns how often each story came as a new article.
fn replay(lies: Lies) -> HashMap<String, usize> {
    let start: DateTime<Utc> = Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap();
    let mut seen = Seen::default();
    let mut count = HashMap::new();
    for poll in 0..POLLS {
        let now = start + TimeDelta::minutes(5) * i32::try_from(poll).unwrap();
        let hints = Hints {
            feed_url: "https://outlet.example/rss",
            content_type: None,
            encoding: None,
            now,
        };
        let login = "<!DOCTYPE html><html><body>Please log in</body></html>".to_owned();
        let page = document(lies, poll);
        let expected = page.is_some();
        let reading = read(page.unwrap_or(login).as_bytes(), &hints, &mut seen);
        assert_eq!(reading.is_ok(), expected, "{lies:?}, poll {poll}");
        for article in reading.map(|reading| reading.new).unwrap_or_default() {
            assert!(article.published.is_none_or(|date| date <= now), "{lies:?}: {article:?}");
            *count.entry(article.title).or_insert(0) += 1;
        }
    }
    count
}

fn all_lies() -> Vec<Lies> {
    use Guid as G;
    let guids = [G::Honest, G::Absent, G::SameForAll, G::FlipsScheme, G::NewEachPoll];
    let links = [Link::Honest, Link::Absent, Link::Tracked, Link::FlipsScheme, Link::SameForAll];
    let dates = [Date::Honest, Date::Absent, Date::Past, Date::Future, Date::EachPoll];
    let shapes =
        [Shape::Newest, Shape::Reordered, Shape::HalfThenFull, Shape::Login, Shape::Edited];
    let mut all = Vec::new();
    for guid in guids {
        for link in links {
            for date in dates {
                all.extend(shapes.map(|shape| Lies { guid, link, date, shape }));
            }
        }
    }
    all
}

/// Nothing of an entry stays from one poll to the next but half of its words: such a feed repeats
/// itself, and at least loses nothing.
fn keeps_nothing(lies: Lies) -> bool {
    lies.guid == Guid::NewEachPoll
        && matches!(lies.link, Link::Absent | Link::SameForAll)
        && lies.shape == Shape::Edited
}

#[test]
fn each_story_of_a_lying_feed_is_one_article() {
    let stories = (POLLS - 1) / EVERY + 2;
    let mut wrong = Vec::new();
    let all = all_lies();
    assert_eq!(all.len(), 625);
    for lies in all {
        let count = replay(lies);
        let lost = stories.saturating_sub(count.len());
        let twice = count.values().filter(|times| **times > 1).count();
        if lost > 0 || (twice > 0 && !keeps_nothing(lies)) {
            wrong.push(format!("{lies:?}: {lost} lost, {twice} more than once"));
        }
    }
    assert!(wrong.is_empty(), "{} of 625:\n{}", wrong.len(), wrong.join("\n"));
}
