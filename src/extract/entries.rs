//! Patterns by the keys that they are looked up by.

use std::cmp::Reverse;

use super::key::{bucket, key_of};
use super::octet::{LOWER, eight};
use super::text::Span;

/// Buckets of entries.
const BUCKETS: usize = 4096;

/// Patterns and where to find those with a key.
#[derive(Debug, Clone)]
pub(super) struct Entries {
    patterns: Vec<String>,
    /// By bucket, of one bucket the longest first.
    entries: Vec<Entry>,
    /// For each bucket the first of its entries, and one past the end.
    buckets: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    key: u64,
    /// The first eight bytes of the pattern, as far as it goes.
    opening: u64,
    mask: u64,
    /// The last eight bytes of a longer one.
    closing: u64,
    pattern: u32,
    len: u32,
}

impl Entry {
    /// False where the pattern surely does not end behind its place `at`: many have their first
    /// words in common.
    #[inline]
    fn closes(&self, bytes: &[u8], at: usize) -> bool {
        let past = (self.len as usize).checked_sub(8);
        past.is_none_or(|past| eight(bytes, at + past) | LOWER == self.closing)
    }
}

impl Entries {
    /// Those of the patterns that begin like a word.
    pub(super) fn new(patterns: Vec<String>) -> Self {
        let entry = |(index, pattern): (u32, &String)| {
            let key = key_of(pattern)?;
            let mask = match pattern.len() {
                len @ 0..8 => (1 << (8 * len)) - 1,
                _ => u64::MAX,
            };
            let opening = (eight(pattern.as_bytes(), 0) | LOWER) & mask;
            let closing = eight(pattern.as_bytes(), pattern.len().saturating_sub(8)) | LOWER;
            let len = u32::try_from(pattern.len()).ok()?;
            Some(Entry { key, mask, opening, closing, pattern: index, len })
        };
        let mut entries: Vec<Entry> = (0_u32..).zip(&patterns).filter_map(entry).collect();
        let len = |entry: &Entry| patterns.get(entry.pattern as usize).map_or(0, String::len);
        // Of two patterns at one place the longer is tried first.
        entries.sort_by_key(|entry| (bucket(entry.key), Reverse(len(entry))));
        let before = |wanted: usize| entries.partition_point(|entry| bucket(entry.key) < wanted);
        let buckets = (0..=BUCKETS).map(|at| u32::try_from(before(at)).unwrap_or(0)).collect();
        Self { patterns, entries, buckets }
    }

    /// True where there is no pattern at all.
    pub(super) fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// The keys.
    pub(super) fn keys(&self) -> impl Iterator<Item = u64> {
        self.entries.iter().map(|entry| entry.key)
    }

    /// The indexes of the patterns that begin like no word.
    pub(super) fn odd(&self) -> Vec<u32> {
        let odd = |pattern: &String| !pattern.is_empty() && key_of(pattern).is_none();
        let all = (0_u32..).zip(&self.patterns);
        all.filter(|(_, pattern)| odd(pattern)).map(|(index, _)| index).collect()
    }

    /// The longest pattern with this key that stands at `at` and that `accept` takes, given its index
    /// and where it stands; `eight` are the bytes there in lower case.
    #[inline(never)]
    pub(super) fn with_key(
        &self,
        text: &str,
        at: usize,
        key: u64,
        eight: u64,
        accept: &mut impl FnMut(usize, Span) -> bool,
    ) -> Option<(usize, Span)> {
        let bucket = bucket(key);
        let from = *self.buckets.get(bucket)? as usize;
        let to = *self.buckets.get(bucket + 1)? as usize;
        let entries = self.entries.get(from..to)?.iter();
        let same = entries.filter(|entry| {
            eight & entry.mask == entry.opening
                && entry.key == key
                && entry.closes(text.as_bytes(), at)
        });
        same.filter_map(|entry| self.matches(text, at, entry.pattern))
            .find(|(index, span)| accept(*index, *span))
    }

    /// The pattern with this index, where it stands at `at`.
    pub(super) fn matches(&self, text: &str, at: usize, index: u32) -> Option<(usize, Span)> {
        let index = index as usize;
        let pattern = self.patterns.get(index)?.as_bytes();
        let span = Span::new(at, at + pattern.len());
        let found = text.as_bytes().get(span.start..span.end)?;
        found.eq_ignore_ascii_case(pattern).then_some((index, span))
    }
}
