//! JSON Feed 1.0 and 1.1, with the liberties that feeds take.

use serde_json::Value;

use super::document::{Entry, Feed, Format, Hints, Repair};
use super::entry::{cut, read_date};
use super::hash::hash;
use super::html::plain;
use super::links;
use super::parse::MAX_ENTRIES;

/// Returns the feed that a JSON text holds, if it is one.
pub(crate) fn read_json(text: &str, hints: &Hints<'_>) -> Option<Feed> {
    let root: Value = serde_json::from_str(text).ok()?;
    let items = root.get("items").and_then(Value::as_array);
    if items.is_none() && !string(&root, "version").is_some_and(|v| v.contains("jsonfeed")) {
        return None;
    }
    let mut feed = Feed {
        format: Format::Json,
        title: plain(&string(&root, "title").unwrap_or_default()),
        lang: string(&root, "language"),
        ..Feed::default()
    };
    feed.self_link = string(&root, "feed_url").map(|url| links::absolute(hints.feed_url, &url));
    let base = if hints.feed_url.is_empty() {
        feed.self_link.clone().unwrap_or_default()
    } else {
        hints.feed_url.to_owned()
    };
    feed.link =
        string(&root, "home_page_url").map(|url| links::normalise(&links::absolute(&base, &url)));
    let hubs = root.get("hubs").and_then(Value::as_array).into_iter().flatten();
    feed.hubs = hubs.filter_map(|hub| string(hub, "url")).take(5).collect();
    let items = items.map(Vec::as_slice).unwrap_or_default();
    if items.len() > MAX_ENTRIES {
        feed.repaired(Repair::TooManyEntries);
    }
    for item in items.iter().take(MAX_ENTRIES).filter(|item| item.is_object()) {
        let mut repairs = Vec::new();
        let entry = read_item(item, &base, hints, &mut repairs);
        feed.entries.push(entry);
        repairs.into_iter().for_each(|repair| feed.repaired(repair));
    }
    Some(feed)
}

fn read_item(item: &Value, base: &str, hints: &Hints<'_>, repairs: &mut Vec<Repair>) -> Entry {
    let html = string(item, "content_html").map(|html| plain(&html));
    let content = html.or_else(|| string(item, "content_text").map(|text| fold_text(&text)));
    let summary = string(item, "summary").map(|text| plain(&text)).unwrap_or_default();
    let guid = string(item, "id");
    let link = string(item, "url").or_else(|| string(item, "external_url"));
    let link = link
        .map(|link| links::absolute(base, &link))
        .or_else(|| guid.clone().filter(|id| links::is_web(id)));
    let published = string(item, "date_published");
    let updated = string(item, "date_modified");
    let authors =
        item.get("authors").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let authors =
        authors.iter().chain(item.get("author")).filter_map(|author| string(author, "name"));
    let updated_at = read_date(updated.as_deref(), hints.now, repairs);
    Entry {
        link: link.map(|link| links::normalise(&link)).filter(|link| !link.is_empty()),
        title: cut(string(item, "title").map(|title| plain(&title)).unwrap_or_default(), 2_000),
        content: content.filter(|content| !content.is_empty() && *content != summary),
        summary: cut(summary, 20_000),
        published: read_date(published.as_deref(), hints.now, repairs).or(updated_at),
        updated: updated_at,
        raw_date: published.or(updated),
        authors: authors
            .map(|name| plain(&name))
            .filter(|name| !name.is_empty())
            .take(20)
            .collect(),
        lang: string(item, "language"),
        raw: hash(item.to_string().as_bytes()),
        guid,
    }
}

/// Plain text that is not HTML: only white space is folded.
fn fold_text(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A string, or a number written where a string belongs.
fn string(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
