//! What a feed is remembered to have shown, and the judgement on what it shows now.
//!
//! Entries vanish and return, guids change between `http` and `https` or on every poll, are reused
//! or shared, dates move and headlines are edited: none of that makes a new article.

use serde::{Deserialize, Serialize};

use super::document::{Feed, Hints};
use super::seen_record::{Quarter, Record};
use super::session::Session;

/// Entries are remembered at least this long, in quarters of a day.
const KEPT_QUARTERS: u16 = 30 * Quarter::DAY;
/// However old, so many times the largest document are remembered.
const KEPT_DOCUMENTS: usize = 4;
/// Small feeds are remembered longer.
const KEPT_AT_LEAST: usize = 64;
/// Most entries remembered, unless one document has more.
const KEPT_AT_MOST: usize = 16_384;

/// What a feed has shown; part of its state. 32 bytes an entry, 43 when stored.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// Hash of the last document.
    #[serde(default, skip_serializing_if = "is_zero")]
    body: u64,
    /// Entries of the largest document.
    #[serde(default)]
    largest: u32,
    /// True once a document was judged.
    #[serde(default)]
    pub(super) polled: bool,
    #[serde(default, with = "super::seen_record")]
    pub(super) records: Vec<Record>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_zero(value: &u64) -> bool {
    *value == 0
}

impl Seen {
    /// True until a document was judged: what comes now is the first poll.
    pub fn is_first(&self) -> bool {
        !self.polled
    }

    /// True when nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Number of entries remembered.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// True when the last document judged had this hash.
    pub(crate) fn is_body(&self, body: u64) -> bool {
        self.polled && self.body == body
    }

    pub(crate) fn set_body(&mut self, body: u64) {
        self.body = body;
    }

    /// Ends a document of so many entries: what is old enough is forgotten.
    pub(super) fn forget(&mut self, entries: usize, now: Quarter) {
        self.forget_old(entries, now);
        // It is kept until the next new entry, and most of it with a hundred thousand others.
        self.records.shrink_to_fit();
    }

    fn forget_old(&mut self, entries: usize, now: Quarter) {
        let seen = self;
        seen.polled = true;
        seen.largest = seen.largest.max(u32::try_from(entries).unwrap_or(u32::MAX));
        let largest = usize::try_from(seen.largest).unwrap_or(usize::MAX);
        let kept = (largest.saturating_mul(KEPT_DOCUMENTS)).max(KEPT_AT_LEAST);
        let most = KEPT_AT_MOST.max(entries);
        if seen.records.len() <= kept.min(most) {
            return;
        }
        let mut ages: Vec<u16> = seen.records.iter().map(|r| now.since(r.seen())).collect();
        ages.sort_unstable();
        // Whatever is younger than this stays.
        let young = ages.get(kept).copied().unwrap_or(u16::MAX).max(KEPT_QUARTERS);
        let young = young.min(ages.get(most).copied().unwrap_or(u16::MAX));
        seen.records.retain(|record| now.since(record.seen()) <= young);
        let excess = seen.records.len().saturating_sub(most);
        seen.records.drain(..excess);
    }
}

/// An entry that deserves attention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// Index into the feed's entries.
    pub index: usize,
    /// Id of the article; for an edit, the one it was published with.
    pub id: String,
}

/// The judgement on a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// Never seen before, in document order.
    pub new: Vec<Sighting>,
    /// Seen with other words.
    pub edited: Vec<Sighting>,
    /// Number of entries seen before with the same words.
    pub known: usize,
    /// True when `seen` has changed enough to be written.
    pub changed: bool,
}

/// Judges every entry of a feed, and remembers it.
pub fn judge(feed: &Feed, seen: &mut Seen, hints: &Hints<'_>) -> Judged {
    let mut session = Session::begin(seen, hints.now);
    let unknown: Vec<usize> = (0..feed.entries.len())
        .filter(|index| {
            !feed.entries.get(*index).is_some_and(|entry| session.knows_bytes(entry.raw))
        })
        .collect();
    session.judge(feed, &unknown, hints.feed_url)
}
