//! From any document to a [`Feed`].
//!
//! One tolerant reader for every XML format, so that a feed that is broken today and mended
//! tomorrow gives the same entries. feed-rs is asked where it finds nothing.

use std::borrow::Cow;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::decode::{Decoded, decode};
use super::document::{Feed, Hints, ParseError, Repair};
use super::entry::{Context, read_entry};
use super::hash::hash;
use super::head::{Root, read_head, root};
use super::json::read_json;
use super::outline::{Outline, outline};
use super::second::read_second;

/// Largest document that is read, in bytes.
pub const MAX_BYTES: usize = 32 << 20;
/// Most entries of one document that are read.
pub const MAX_ENTRIES: usize = 8_192;

/// Returns the feed that a document holds.
///
/// # Errors
/// See [`ParseError`].
pub fn parse(document: &[u8], hints: &Hints<'_>) -> Result<Feed, ParseError> {
    guarded(|| match open(document, hints)? {
        Opened::Complete(feed) => Ok(feed),
        Opened::Xml { mut feed, text, spans, context } => {
            for entry in spans.into_iter().filter_map(|span| text.get(span)) {
                let (entry, repairs) = read_entry(entry, hash(entry.as_bytes()), &context, hints);
                feed.entries.push(entry);
                repairs.into_iter().for_each(|repair| feed.repaired(repair));
            }
            Ok(feed)
        }
    })
}

/// Runs a parser; a panic becomes an error, so that one feed cannot end the rest.
pub(crate) fn guarded<T>(parser: impl FnOnce() -> Result<T, ParseError>) -> Result<T, ParseError> {
    catch_unwind(AssertUnwindSafe(parser)).unwrap_or(Err(ParseError::Panicked))
}

/// A document of which the head is read.
pub(crate) enum Opened<'a> {
    /// XML: the entries, whose places in the text are given, are still to be read.
    Xml { feed: Feed, text: Cow<'a, str>, spans: Vec<Range<usize>>, context: Context },
    /// JSON, or what the second reader found: complete.
    Complete(Feed),
}

/// Decodes a document and reads its head.
pub(crate) fn open<'a>(document: &'a [u8], hints: &Hints<'_>) -> Result<Opened<'a>, ParseError> {
    if document.len() > MAX_BYTES {
        return Err(ParseError::TooLarge { bytes: document.len(), limit: MAX_BYTES });
    }
    let Decoded { text, encoding, lied } = decode(document, hints.content_type, hints.encoding);
    let start =
        text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    if start.is_empty() {
        return Err(ParseError::Empty);
    }
    if start.starts_with(['{', '['])
        && let Some(mut feed) = read_json(start, hints)
    {
        feed.encoding = encoding;
        return Ok(Opened::Complete(feed));
    }
    let cut = outline(&text);
    let root = root(&text);
    if cut.entries.is_empty()
        && root != Root::Html
        && let Ok(Some(feed)) = guarded(|| Ok(read_second(&text, hints)))
    {
        return Ok(Opened::Complete(Feed { encoding, ..feed }));
    }
    let format = match root {
        Root::Feed(format) => format,
        Root::Html if cut.entries.is_empty() => return Err(html_error(&text, hints)),
        _ if cut.entries.is_empty() => return Err(not_a_feed(start)),
        _ => super::document::Format::Rss,
    };
    let mut feed = Feed { format, encoding, ..Feed::default() };
    note_repairs(&mut feed, &text, &cut, lied);
    let context = read_head(&cut, hints.feed_url, &mut feed);
    let spans = cut.entries;
    Ok(Opened::Xml { feed, text, spans, context })
}

fn note_repairs(feed: &mut Feed, text: &str, cut: &Outline<'_>, lied: bool) {
    let found = [
        (lied, Repair::Encoding),
        (!text.starts_with('<'), Repair::Surroundings),
        (cut.broken, Repair::Markup),
        (cut.truncated, Repair::Truncated),
        (cut.too_many, Repair::TooManyEntries),
    ];
    found.into_iter().filter(|(is, _)| *is).for_each(|(_, repair)| feed.repaired(repair));
}

fn not_a_feed(start: &str) -> ParseError {
    let start: String =
        start.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    ParseError::NotAFeed { start: start.split_whitespace().collect::<Vec<_>>().join(" ") }
}

/// A web page; the feeds that it announces (`<link rel="alternate">`).
fn html_error(text: &str, hints: &Hints<'_>) -> ParseError {
    use super::salvage::{Piece, Pieces};
    let mut feeds = Vec::new();
    for piece in Pieces::new(text).take(20_000) {
        let Piece::Open(tag) = piece else { continue };
        if !tag.name.eq_ignore_ascii_case("link") || feeds.len() >= 10 {
            continue;
        }
        let is = |name: &str, words: &[&str]| {
            tag.attribute(name).is_some_and(|value| {
                words.iter().any(|word| value.to_ascii_lowercase().contains(word))
            })
        };
        if is("rel", &["alternate", "feed"])
            && is("type", &["rss", "atom", "feed+json", "rdf+xml"])
            && let Some(href) = tag.attribute("href")
        {
            feeds.push(super::links::absolute(hints.feed_url, &href));
        }
    }
    ParseError::Html { feeds }
}
