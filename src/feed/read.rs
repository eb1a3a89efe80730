//! The common case, fast: a poll that finds nothing new, or one new entry among known ones.

use crate::model::Article;

use super::document::{Feed, Hints, ParseError};
use super::seen::Seen;

/// What one answer brought.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// The feed; its entries are only those that had to be looked into. Absent for a same body.
    pub feed: Option<Feed>,
    /// Articles of entries never seen before, in document order, with `Arrival::Live`.
    pub new: Vec<Article>,
    /// Articles of known entries whose words changed, with `Arrival::Edit`.
    pub edited: Vec<Article>,
    /// Number of entries in the document.
    pub entries: usize,
    /// True when `seen` has changed enough to be written; else writing it may wait.
    pub changed: bool,
}

/// Reads a document and returns the articles that `seen` does not know, which it then does.
///
/// The same as [`super::parse()`] and [`super::judge`], but a same body costs a hash, and entries whose
/// bytes are known are not parsed. `seen` is changed only when this succeeds; keep the old one
/// until the articles are committed.
///
/// # Errors
/// As [`super::parse()`].
pub fn read(document: &[u8], hints: &Hints<'_>, seen: &mut Seen) -> Result<Reading, ParseError> {
    let feed = super::parse(document, hints)?;
    let judged = super::judge(&feed, seen, hints);
    let article = |(index, id, arrival): (usize, String, _)| {
        Some(feed.entries.get(index)?.article(&feed, hints, id, arrival))
    };
    let new = judged.new.into_iter().map(|s| (s.index, s.id, crate::model::Arrival::Live));
    let edited = judged.edited.into_iter().map(|s| (s.index, s.id, crate::model::Arrival::Edit));
    Ok(Reading {
        new: new.filter_map(article).collect(),
        edited: edited.filter_map(article).collect(),
        entries: feed.entries.len(),
        changed: judged.changed,
        feed: Some(feed),
    })
}
