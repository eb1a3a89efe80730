//! JSON Feed 1.0 and 1.1, with the liberties that feeds take.

use super::document::{Entry, Feed, Format, Hints, Repair};
use super::entry::{CONTENT, SUMMARY, TITLE, cut, read_date};
use super::hash::hash;
use super::html::plain;
use super::json_parts::Fields;
use super::links;
use super::parse::MAX_ENTRIES;

/// Of a feed.
const ROOT: &[&str] =
    &["version", "title", "language", "feed_url", "home_page_url", "hubs", "items"];
/// Of an entry.
const ITEM: &[&str] = &[
    "id",
    "url",
    "external_url",
    "title",
    "content_html",
    "content_text",
    "summary",
    "date_published",
    "date_modified",
    "authors",
    "author",
    "language",
];
/// Of a person.
const AUTHOR: &[&str] = &["name"];
/// Authors of one entry.
const MOST_AUTHORS: usize = 20;
const MOST_HUBS: usize = 5;

/// Returns the feed that a JSON text holds, if it is one.
pub(crate) fn read_json(text: &str, hints: &Hints<'_>) -> Option<Feed> {
    let root = Fields::of(text, ROOT)?;
    let items = root.objects("items", ITEM, MAX_ENTRIES);
    if items.is_none() && !root.string("version").is_some_and(|v| v.contains("jsonfeed")) {
        return None;
    }
    let mut feed = Feed {
        format: Format::Json,
        title: plain(&root.string("title").unwrap_or_default()),
        lang: root.string("language"),
        ..Feed::default()
    };
    feed.self_link = root.string("feed_url").map(|url| links::absolute(hints.feed_url, &url));
    let base = if hints.feed_url.is_empty() {
        feed.self_link.clone().unwrap_or_default()
    } else {
        hints.feed_url.to_owned()
    };
    feed.link =
        root.string("home_page_url").map(|url| links::normalise(&links::absolute(&base, &url)));
    let hubs = root.objects("hubs", &["url"], MOST_HUBS).unwrap_or_default().objects;
    feed.hubs = hubs.iter().filter_map(|(_, hub)| hub.string("url")).collect();
    let items = items.unwrap_or_default();
    let found = [
        (items.has_more, Repair::TooManyEntries),
        (root.truncated, Repair::Truncated),
        (!root.after.trim().is_empty(), Repair::Surroundings),
    ];
    found.into_iter().filter(|(is, _)| *is).for_each(|(_, repair)| feed.repaired(repair));
    for (item, fields) in items.objects {
        let mut repairs = Vec::new();
        let entry = read_item(item, &fields, &base, hints, &mut repairs);
        feed.entries.push(entry);
        repairs.into_iter().for_each(|repair| feed.repaired(repair));
    }
    Some(feed)
}

fn read_item(
    raw: &str,
    item: &Fields<'_>,
    base: &str,
    hints: &Hints<'_>,
    repairs: &mut Vec<Repair>,
) -> Entry {
    let html = item.string("content_html").map(|html| plain(&html));
    let content = html.or_else(|| item.string("content_text").map(|text| fold_text(&text)));
    let summary = item.string("summary").map(|text| plain(&text)).unwrap_or_default();
    let guid = item.string("id");
    let link = item.string("url").or_else(|| item.string("external_url"));
    let link = link
        .map(|link| links::absolute(base, &link))
        .or_else(|| guid.clone().filter(|id| links::is_web(id)));
    let published = item.string("date_published");
    let updated = item.string("date_modified");
    let authors = item.objects("authors", AUTHOR, MOST_AUTHORS).unwrap_or_default().objects;
    let author = item.get("author").and_then(|author| Fields::of(author, AUTHOR));
    let authors = authors.into_iter().map(|(_, author)| author).chain(author);
    let name = |author: Fields<'_>| Some(plain(&author.string("name")?));
    let updated_at = read_date(updated.as_deref(), hints.now, repairs);
    Entry {
        link: link.map(|link| links::normalise(&link)).filter(|link| !link.is_empty()),
        title: cut(item.string("title").map(|title| plain(&title)).unwrap_or_default(), TITLE),
        content: content
            .filter(|content| !content.is_empty() && *content != summary)
            .map(|content| cut(content, CONTENT)),
        summary: cut(summary, SUMMARY),
        published: read_date(published.as_deref(), hints.now, repairs).or(updated_at),
        updated: updated_at,
        raw_date: published.or(updated),
        authors: authors
            .filter_map(name)
            .filter(|name| !name.is_empty())
            .take(MOST_AUTHORS)
            .collect(),
        lang: item.string("language"),
        raw: hash(raw.as_bytes()),
        guid,
    }
}

/// Plain text that is not HTML: only white space is folded.
fn fold_text(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
