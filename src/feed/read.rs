//! The common case, fast: a poll that finds nothing new, or one new entry among known ones.

use crate::model::{Arrival, Article};

use super::document::{Feed, Hints, ParseError};
use super::entry::read_entry;
use super::hash::hash;
use super::parse::{Opened, guarded, open};
use super::seen::{Judged, Seen, Sighting};
use super::session::Session;

/// What one answer brought.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// The feed; its entries are only those that had to be looked into. Absent for a same body.
    pub feed: Option<Feed>,
    /// Articles of entries never seen before, in document order, with `Arrival::Live`.
    pub new: Vec<Article>,
    /// Articles of known entries whose words changed, with `Arrival::Edit`.
    pub edited: Vec<Article>,
    /// Number of entries in the document; 0 for a same body.
    pub entries: usize,
    /// True when `seen` has changed enough to be written; else writing it may wait.
    pub changed: bool,
}

/// Reads a document and returns the articles that `seen` does not know, which it then does.
///
/// The same as [`super::parse()`] and [`super::judge`], but a same body costs a hash, and entries
/// whose bytes are known are not parsed. `seen` is changed only when this succeeds; keep the old
/// one until the articles are committed.
///
/// # Errors
/// As [`super::parse()`].
pub fn read(document: &[u8], hints: &Hints<'_>, seen: &mut Seen) -> Result<Reading, ParseError> {
    let body = hash(document);
    if seen.is_body(body) {
        return Ok(Reading::default());
    }
    guarded(|| {
        let (feed, judged) = match open(document, hints)? {
            Opened::Xml { mut feed, text, spans, context } => {
                let mut session = Session::begin(seen, hints.now);
                for span in spans {
                    let Some(entry) = text.get(span) else { continue };
                    let raw = hash(entry.as_bytes());
                    if session.knows_bytes(raw) {
                        continue;
                    }
                    let (entry, repairs) = read_entry(entry, raw, &context, hints);
                    feed.entries.push(entry);
                    repairs.into_iter().for_each(|repair| feed.repaired(repair));
                }
                let unknown: Vec<usize> = (0..feed.entries.len()).collect();
                let judged = session.judge(&feed, &unknown, hints.feed_url);
                (feed, judged)
            }
            Opened::Complete(feed) => {
                let judged = super::judge(&feed, seen, hints);
                (feed, judged)
            }
        };
        seen.set_body(body);
        Ok(reading(feed, judged, hints))
    })
}

fn reading(feed: Feed, judged: Judged, hints: &Hints<'_>) -> Reading {
    let articles = |sightings: Vec<Sighting>, arrival: Arrival| {
        let article = |Sighting { index, id }| {
            Some(feed.entries.get(index)?.article(&feed, hints, id, arrival))
        };
        sightings.into_iter().filter_map(article).collect::<Vec<_>>()
    };
    Reading {
        entries: judged.known + judged.new.len() + judged.edited.len(),
        new: articles(judged.new, Arrival::Live),
        edited: articles(judged.edited, Arrival::Edit),
        changed: judged.changed,
        feed: Some(feed),
    }
}
