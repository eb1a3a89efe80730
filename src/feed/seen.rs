//! What a feed is remembered to have shown, and the judgement on what it shows now.
//!
//! Entries vanish and return, guids change between `http` and `https` or on every poll, are reused
//! or shared, dates move and headlines are edited: none of that makes a new article.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::document::{Feed, Hints};
use super::identity::{Keys, article_id, keys, mix};
use super::seen_record::Record;

/// Entries are remembered at least this long, in minutes.
const KEPT_MINUTES: u32 = 30 * 24 * 60;
/// However old, so many times the largest document are remembered.
const KEPT_DOCUMENTS: usize = 4;
/// Small feeds are remembered longer.
const KEPT_AT_LEAST: usize = 64;
/// Most entries remembered, unless one document has more.
const KEPT_AT_MOST: usize = 16_384;
/// Last-seen times are kept to a day, so that an unchanged feed does not change its state.
const SEEN_GRAIN: u32 = 24 * 60;

/// What a feed has shown; part of its state. About 60 bytes an entry, also when stored.
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
    polled: bool,
    #[serde(default, with = "super::seen_record")]
    records: Vec<Record>,
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

/// One document being judged.
pub(crate) struct Session<'a> {
    seen: &'a mut Seen,
    /// Which records were met in this document.
    met: Vec<bool>,
    by_raw: Option<HashMap<u64, usize>>,
    cursor: usize,
    minute: u32,
    known: usize,
    changed: bool,
}

impl<'a> Session<'a> {
    pub(crate) fn begin(seen: &'a mut Seen, now: DateTime<Utc>) -> Self {
        let minute = u32::try_from(now.timestamp() / 60).unwrap_or_default();
        let records = &seen.records;
        let index = || records.iter().enumerate().map(|(at, record)| (record.raw, at)).collect();
        let by_raw = (records.len() > 256).then(index);
        let changed = !seen.polled;
        Self { met: vec![false; records.len()], seen, by_raw, cursor: 0, minute, known: 0, changed }
    }

    /// True, and remembered, when an entry with these bytes was seen before.
    pub(crate) fn knows_bytes(&mut self, raw: u64) -> bool {
        let records = &self.seen.records;
        let found = match &self.by_raw {
            Some(map) => map.get(&raw).copied(),
            None => {
                // Documents keep their order: the next entry is mostly the next record.
                let after = records.iter().skip(self.cursor).position(|record| record.raw == raw);
                let found = after.map(|at| at + self.cursor);
                found.or_else(|| {
                    records.iter().take(self.cursor).position(|record| record.raw == raw)
                })
            }
        };
        let Some(at) = found else { return false };
        self.cursor = at + 1;
        self.meet(at);
        self.known += 1;
        true
    }

    fn is_met(&self, at: usize) -> bool {
        self.met.get(at).copied().unwrap_or_default()
    }

    fn meet(&mut self, at: usize) {
        if let Some(met) = self.met.get_mut(at) {
            *met = true;
        }
        if let Some(record) = self.seen.records.get_mut(at)
            && self.minute.saturating_sub(record.seen) >= SEEN_GRAIN
        {
            record.seen = self.minute;
            self.changed = true;
        }
    }

    /// Judges the entries whose bytes are not known, then forgets what is old enough.
    ///
    /// `feed` may hold only those entries: `unknown` are their indices.
    pub(crate) fn judge(mut self, feed: &Feed, unknown: &[usize], feed_url: &str) -> Judged {
        let keys = keys(feed);
        let index = |key: fn(&Record) -> u64| {
            let mut map: HashMap<u64, Vec<usize>> = HashMap::new();
            for (at, record) in self.seen.records.iter().enumerate().filter(|_| !unknown.is_empty())
            {
                map.entry(key(record)).or_default().push(at);
            }
            map
        };
        let tables = [index(|r| r.keys.id), index(|r| r.keys.link), index(|r| r.keys.words)];
        let mut verdicts: Vec<(usize, Verdict)> = Vec::with_capacity(unknown.len());
        for at in unknown {
            let Some(key) = keys.get(*at) else { continue };
            let verdict = self.find(*key, &tables);
            let verdict = match verdict {
                Verdict::Known(record) if self.is_met(record) => Verdict::Twice,
                other => other,
            };
            if let Verdict::Known(record) = verdict {
                self.meet(record);
            }
            verdicts.push((*at, verdict));
        }
        self.recognise_moved(&keys, &mut verdicts, &tables);
        let judged = self.remember(feed, &keys, &verdicts, feed_url);
        let entries = judged.known + judged.new.len() + judged.edited.len();
        self.forget(entries);
        judged
    }

    /// Finds the record of an entry by guid, then by link.
    fn find(&self, key: Keys, [ids, links, _]: &[HashMap<u64, Vec<usize>>; 3]) -> Verdict {
        let all =
            |map: &HashMap<u64, Vec<usize>>, key: u64| map.get(&key).cloned().unwrap_or_default();
        let record = |at: usize| self.seen.records.get(at).copied().unwrap_or_default();
        let by_id = all(ids, key.id);
        let same = |at: &usize| {
            let known = record(*at).keys;
            let certain = (known.link == key.link && key.link != 0) || known.words == key.words;
            certain || (!self.is_met(*at) && key.resembles(known.title))
        };
        if let Some(at) = by_id.iter().copied().find(|at| same(at)) {
            return Verdict::Known(at);
        }
        if key.other != 0
            && let Some(at) = all(ids, key.other).into_iter().find(|at| same(at))
        {
            return Verdict::Known(at);
        }
        if key.link != 0 {
            let free = |at: &usize| !self.is_met(*at);
            let own = |at: &usize| {
                key.id == key.link
                    || record(*at).keys.id == key.link
                    || key.resembles(record(*at).keys.title)
            };
            let found = all(links, key.link).into_iter().find(|at| free(at) && own(at));
            if let Some(at) = found {
                return Verdict::Known(at);
            }
        }
        if by_id.is_empty() {
            return Verdict::New(key.id);
        }
        // The guid of another article: the words must make the difference.
        let reused = mix(&[key.id, key.link, key.title]);
        match all(ids, reused).first() {
            Some(at) => Verdict::Known(*at),
            None => Verdict::New(reused),
        }
    }

    /// When hardly any entry is recognised but most words are, the feed has moved or makes up its
    /// guids and links on every poll: the words decide.
    fn recognise_moved(
        &mut self,
        keys: &[Keys],
        verdicts: &mut [(usize, Verdict)],
        tables: &[HashMap<u64, Vec<usize>>; 3],
    ) {
        let [_, _, words] = tables;
        let by_words = |at: usize| {
            let key = keys.get(at).filter(|key| key.title != 0)?;
            words.get(&key.words)?.first().copied()
        };
        let recognised =
            verdicts.iter().filter(|(_, v)| matches!(v, Verdict::Known(_))).count() + self.known;
        let strange: Vec<Option<usize>> = verdicts
            .iter()
            .filter(|(_, v)| matches!(v, Verdict::New(_)))
            .map(|(at, _)| by_words(*at))
            .collect();
        let familiar = strange.iter().flatten().count();
        let most = familiar * 2 >= strange.len() && (familiar > 1 || strange.len() == 1);
        if !most || recognised * 10 > familiar {
            return;
        }
        for (at, verdict) in verdicts {
            if let (Verdict::New(_), Some(record)) = (&*verdict, by_words(*at)) {
                *verdict = Verdict::Known(record);
                self.meet(record);
            }
        }
    }

    fn remember(
        &mut self,
        feed: &Feed,
        keys: &[Keys],
        verdicts: &[(usize, Verdict)],
        feed_url: &str,
    ) -> Judged {
        let mut judged = Judged { known: self.known, ..Judged::default() };
        let mut added: HashSet<u64> = HashSet::new();
        for (at, verdict) in verdicts {
            let (Some(key), Some(entry)) = (keys.get(*at).copied(), feed.entries.get(*at)) else {
                continue;
            };
            match *verdict {
                Verdict::Twice => judged.known += 1,
                Verdict::New(id) if !added.insert(id) => judged.known += 1,
                Verdict::New(id) => {
                    let keys = Keys { id, other: 0, ..key };
                    self.seen.records.push(Record { keys, raw: entry.raw, seen: self.minute });
                    self.changed = true;
                    judged.new.push(Sighting { index: *at, id: article_id(feed_url, id) });
                }
                Verdict::Known(record) => {
                    let Some(record) = self.seen.records.get_mut(record) else { continue };
                    if record.raw != entry.raw {
                        self.changed = true;
                    }
                    if record.keys.words == key.words {
                        judged.known += 1;
                    } else {
                        let id = article_id(feed_url, record.keys.id);
                        judged.edited.push(Sighting { index: *at, id });
                    }
                    let link = if key.link == 0 { record.keys.link } else { key.link };
                    record.keys = Keys { id: record.keys.id, other: 0, link, ..key };
                    record.raw = entry.raw;
                    record.seen = self.minute;
                }
            }
        }
        judged.changed = self.changed;
        judged
    }

    fn forget(&mut self, entries: usize) {
        let seen = &mut *self.seen;
        seen.polled = true;
        seen.largest = seen.largest.max(u32::try_from(entries).unwrap_or(u32::MAX));
        let largest = usize::try_from(seen.largest).unwrap_or(usize::MAX);
        let kept = (largest.saturating_mul(KEPT_DOCUMENTS)).max(KEPT_AT_LEAST);
        let most = KEPT_AT_MOST.max(entries);
        if seen.records.len() <= kept.min(most) {
            return;
        }
        let mut ages: Vec<u32> =
            seen.records.iter().map(|r| self.minute.saturating_sub(r.seen)).collect();
        ages.sort_unstable();
        // Whatever is younger than this stays.
        let young = ages.get(kept).copied().unwrap_or(u32::MAX).max(KEPT_MINUTES);
        let young = young.min(ages.get(most).copied().unwrap_or(u32::MAX));
        let minute = self.minute;
        seen.records.retain(|record| minute.saturating_sub(record.seen) <= young);
        let excess = seen.records.len().saturating_sub(most);
        seen.records.drain(..excess);
    }
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// The record at this index.
    Known(usize),
    /// An article that this document has shown already.
    Twice,
    /// Nothing seen so far; its identity.
    New(u64),
}
