//! The second opinion: feed-rs, asked where the tolerant reader finds no entry.
//!
//! Its ids are not taken over where it made them up (they may be random), its dates go through
//! [`super::dates`], and whatever it does with odd input stays inside the caller's guard.

use feed_rs::model;
use feed_rs::parser::Builder;

use super::dates;
use super::document::{Entry, Feed, Hints, Repair};
use super::entry::{CONTENT, SUMMARY, TITLE, cut};
use super::hash::hash;
use super::html::plain;
use super::links;

/// What marks an id that feed-rs would have made up.
const NO_ID: &str = "\u{0}no id";

/// Longest document that it is asked about: it takes up to fifteen times as much memory, and what has
/// no entry that the tolerant reader finds is seldom long.
const LONGEST: usize = 256 * 1024;

/// Reads a document with feed-rs; none unless it finds entries.
pub(crate) fn read_second(text: &str, hints: &Hints<'_>) -> Option<Feed> {
    if text.len() > LONGEST {
        return None;
    }
    let parser = Builder::new()
        .base_uri(Some(hints.feed_url).filter(|url| !url.is_empty()))
        .id_generator(|_, _, _| NO_ID.to_owned())
        .timestamp_parser(dates::parse)
        .build();
    let read = parser
        .parse(without_prolog(text)?.as_bytes())
        .ok()
        .filter(|feed| !feed.entries.is_empty())?;
    let mut feed = Feed {
        title: read.title.map(|title| plain(&title.content)).unwrap_or_default(),
        link: first_link(&read.links),
        lang: read.language,
        entries: read.entries.into_iter().map(|entry| entry_of(entry, hints)).collect(),
        ..Feed::default()
    };
    feed.repaired(Repair::SecondReader);
    Some(feed)
}

/// The document without its prolog: quick-xml panics on an encoding named where it expects none,
/// and the text is UTF-8 anyway. None where there is another one inside.
fn without_prolog(text: &str) -> Option<&str> {
    let rest = match text.find("<?xml") {
        Some(start) => text.get(start..)?.split_once("?>")?.1,
        None => text,
    };
    (!rest.contains("<?xml")).then_some(rest)
}

fn entry_of(entry: model::Entry, hints: &Hints<'_>) -> Entry {
    let clamp = |date: chrono::DateTime<chrono::Utc>| date.min(hints.now);
    let text = |text: model::Text| plain(&text.content);
    let mut out = Entry {
        guid: Some(entry.id).filter(|id| id != NO_ID && !id.is_empty()),
        link: first_link(&entry.links),
        title: cut(entry.title.map(text).unwrap_or_default(), TITLE),
        summary: cut(entry.summary.map(text).unwrap_or_default(), SUMMARY),
        content: entry
            .content
            .and_then(|content| content.body)
            .map(|body| cut(plain(&body), CONTENT)),
        published: entry.published.or(entry.updated).map(clamp),
        updated: entry.updated.map(clamp),
        authors: entry.authors.into_iter().filter_map(|author| author.name).collect(),
        lang: entry.language,
        ..Entry::default()
    };
    let parts = [&out.title, &out.summary, out.link.as_ref().unwrap_or(&out.title)];
    out.raw = hash(parts.map(String::as_str).join("\n").as_bytes());
    out
}

fn first_link(links: &[model::Link]) -> Option<String> {
    let page = |link: &&model::Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    links.iter().find(page).map(|link| links::normalise(&link.href))
}
