//! What a feed is remembered to have shown, and the judgement on what it shows now.
//!
//! Entries vanish and return, guids change between `http` and `https` or on every poll, are reused
//! or shared, dates move and headlines are edited: none of that makes a new article.

use serde::{Deserialize, Serialize};

use super::document::{Feed, Hints};
use super::seen_past::{Past, past_room};
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

/// What a feed has shown; part of its state. 32 bytes for an entry of the last document and 20 for
/// one of the past, 43 and 27 when stored.
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
    /// The entries of the last document.
    #[serde(default, with = "super::seen_record")]
    pub(super) records: Vec<Record>,
    /// Entries that are no longer in it, those that left it first before the others.
    #[serde(default, with = "super::seen_past", skip_serializing_if = "Vec::is_empty")]
    past: Vec<Past>,
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
        self.len() == 0
    }

    /// Number of entries remembered.
    pub fn len(&self) -> usize {
        self.records.len() + self.past.len()
    }

    /// True when the last document judged had this hash.
    pub(crate) fn is_body(&self, body: u64) -> bool {
        self.polled && self.body == body
    }

    pub(crate) fn set_body(&mut self, body: u64) {
        self.body = body;
    }

    /// Becomes equal to `other` where its memory lies.
    pub(crate) fn assign(&mut self, other: &Self) {
        let Self { body, largest, polled, records, past } = other;
        (self.body, self.largest, self.polled) = (*body, *largest, *polled);
        replace(&mut self.records, records, records.len());
        replace(&mut self.past, past, past_room(past.len()));
    }

    /// Puts what is past behind the entries of the last document, to be recognised.
    pub(super) fn recall(&mut self) {
        self.records.extend(self.past.drain(..).map(Record::from));
    }

    /// Ends a document of so many entries: what was not `met` in it is past, and what is old enough
    /// is forgotten. Records behind those of `met` are new.
    pub(super) fn end(&mut self, met: &[bool], entries: usize, now: Quarter) {
        self.polled = true;
        self.largest = self.largest.max(u32::try_from(entries).unwrap_or(u32::MAX));
        let mut at = 0;
        let mut left = Vec::new();
        self.records.retain(|record| {
            let stays = met.get(at).copied().unwrap_or(true);
            at += 1;
            if !stays {
                left.push(*record);
            }
            stays
        });
        let (recalled, just_left): (Vec<Record>, Vec<Record>) =
            left.into_iter().partition(|record| record.is_past());
        self.past.extend(recalled.into_iter().chain(just_left).map(Past::from));
        self.forget_old(entries, now);
        // It is kept until the next new entry, and most of it with a hundred thousand others.
        self.records.shrink_to_fit();
        self.past.shrink_to_fit();
    }

    fn forget_old(&mut self, entries: usize, now: Quarter) {
        let largest = usize::try_from(self.largest).unwrap_or(usize::MAX);
        let kept = (largest.saturating_mul(KEPT_DOCUMENTS)).max(KEPT_AT_LEAST);
        let most = KEPT_AT_MOST.max(entries);
        if self.len() <= kept.min(most) {
            return;
        }
        let present = self.records.iter().map(|record| now.since(record.seen()));
        let past = self.past.iter().map(|past| now.since(past.seen()));
        let mut ages: Vec<u16> = present.chain(past).collect();
        ages.sort_unstable();
        // Whatever is younger than this stays.
        let young = ages.get(kept).copied().unwrap_or(u16::MAX).max(KEPT_QUARTERS);
        let young = young.min(ages.get(most).copied().unwrap_or(u16::MAX));
        self.past.retain(|past| now.since(past.seen()) <= young);
        let excess = self.len().saturating_sub(most).min(self.past.len());
        self.past.drain(..excess);
    }
}

/// Makes `list` equal to `with`, with this much room and no more.
fn replace<T: Copy>(list: &mut Vec<T>, with: &[T], room: usize) {
    list.clear();
    list.reserve_exact(room);
    list.extend_from_slice(with);
    list.shrink_to(room);
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
