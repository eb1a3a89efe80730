//! The judgement on one document: which of its entries are new, edited or known.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::document::Feed;
use super::identity::{Keys, article_id, keys, mix};
use super::seen::{Judged, Seen, Sighting};
use super::seen_record::{Record, Shared};

/// Last-seen times are kept to a day, so that an unchanged feed does not change its state.
const SEEN_GRAIN: u32 = 24 * 60;

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
        let tables = if unknown.is_empty() { Tables::default() } else { Tables::of(self.seen) };
        let mut verdicts: Vec<(usize, Verdict)> = Vec::with_capacity(unknown.len());
        for at in unknown {
            let Some(key) = keys.get(*at) else { continue };
            self.note_sharing(*key, &tables);
            let verdict = match self.find(*key, &tables) {
                Verdict::Known(record) if self.is_met(record) => Verdict::Twice,
                other => other,
            };
            if let Verdict::Known(record) = verdict {
                self.meet(record);
            }
            verdicts.push((*at, verdict));
        }
        self.recognise_moved(&keys, &mut verdicts, &tables);
        let judged = self.remember(feed, &keys, &verdicts, &tables, feed_url);
        let entries = judged.known + judged.new.len() + judged.edited.len();
        self.seen.forget(entries, self.minute);
        judged
    }

    fn record(&self, at: usize) -> Record {
        self.seen.records.get(at).copied().unwrap_or_default()
    }

    /// Learns from another entry of this document with the same id, or the same link, but other
    /// words, that these tell nothing in this feed.
    fn note_sharing(&mut self, key: Keys, tables: &Tables) {
        for at in tables.ids(key.id) {
            let known = self.record(*at).keys;
            // One id and one link, which is not the id itself: one article, listed twice.
            let is_one = known.link == key.link && key.link != 0 && is_listed_twice(key, known);
            if self.is_met(*at) && known.words != key.words && !is_one {
                self.change(*at, |record| record.shared.id = true);
            }
        }
        for at in tables.links(key.link) {
            let known = self.record(*at).keys;
            let is_other = known.id != key.id || key.id == key.link;
            if self.is_met(*at) && known.words != key.words && is_other {
                self.change(*at, |record| record.shared.link = true);
            }
        }
    }

    fn change(&mut self, at: usize, change: impl Fn(&mut Record)) {
        if let Some(record) = self.seen.records.get_mut(at) {
            let before = *record;
            change(record);
            self.changed |= *record != before;
        }
    }

    /// Finds the record of an entry by guid, then by link; by its words where it has neither.
    fn find(&self, key: Keys, tables: &Tables) -> Verdict {
        let by_id = tables.ids(key.id);
        if let Some(at) = by_id.iter().find(|at| self.is_same(key, **at)) {
            return Verdict::Known(*at);
        }
        if let Some(at) = tables.ids(key.other).iter().find(|at| self.is_surely(key, **at)) {
            return Verdict::Known(*at);
        }
        if let Some(at) = tables.links(key.link).iter().find(|at| self.has_moved_to(key, **at)) {
            return Verdict::Known(*at);
        }
        let same_words = |at: &&usize| {
            let known = self.record(**at);
            let no_link = key.link == 0 || (known.shared.link && known.keys.link == key.link);
            no_link && key.title != 0 && !self.is_met(**at)
        };
        if let Some(at) = tables.words(key.words).iter().find(same_words) {
            return Verdict::Known(*at);
        }
        if by_id.is_empty() {
            return Verdict::New(key.id);
        }
        // The guid of another article: the words must make the difference.
        let telling = if key.title == 0 { key.words } else { key.title };
        let reused = mix(&[key.id, key.link, telling]);
        match tables.ids(reused).first() {
            Some(at) => Verdict::Known(*at),
            None => Verdict::New(reused),
        }
    }

    /// True when an entry with the id of a record is its article.
    fn is_same(&self, key: Keys, at: usize) -> bool {
        let Record { keys: known, shared, .. } = self.record(at);
        let is_free = !self.is_met(at);
        if known.words == key.words {
            return true;
        }
        if shared.id {
            return is_free && known.title == key.title && key.title != 0;
        }
        let same_link = known.link == key.link && key.link != 0;
        let is_one = is_free || is_listed_twice(key, known);
        (same_link && is_one) || (is_free && key.resembles(known.title))
    }

    /// The same where the id was found to be shared, or no longer is: nothing is guessed.
    fn is_surely(&self, key: Keys, at: usize) -> bool {
        let Record { keys: known, shared, .. } = self.record(at);
        let same_link = known.link == key.link && key.link != 0 && !shared.link;
        let same_title = known.title == key.title && key.title != 0 && !self.is_met(at);
        key.other != 0 && (known.words == key.words || same_link || same_title)
    }

    /// True when an entry with the link of a record is its article under another guid.
    fn has_moved_to(&self, key: Keys, at: usize) -> bool {
        let Record { keys: known, shared, .. } = self.record(at);
        if key.link == 0 || self.is_met(at) {
            return false;
        }
        if shared.link {
            return known.title == key.title && key.title != 0;
        }
        key.id == key.link || known.id == key.link || key.resembles(known.title)
    }

    /// When hardly any entry is recognised but most words are, the feed has moved or makes up its
    /// guids and links on every poll: the words decide.
    fn recognise_moved(
        &mut self,
        keys: &[Keys],
        verdicts: &mut [(usize, Verdict)],
        tables: &Tables,
    ) {
        let by_words = |at: usize| {
            let key = keys.get(at).filter(|key| key.title != 0)?;
            tables.words(key.words).first().copied()
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

    /// A new entry shares the link of those that were seen to share it.
    fn shared_by_new(&self, key: Keys, tables: &Tables) -> Shared {
        let link = tables.links(key.link).iter().any(|at| self.record(*at).shared.link);
        Shared { id: false, link }
    }

    fn remember(
        &mut self,
        feed: &Feed,
        keys: &[Keys],
        verdicts: &[(usize, Verdict)],
        tables: &Tables,
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
                    let shared = self.shared_by_new(key, tables);
                    let (raw, seen) = (entry.raw, self.minute);
                    self.seen.records.push(Record { keys, raw, seen, shared });
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

/// True where two entries of one document with the same link are one article: a link that is the
/// id itself may be that of a page on which one news follows the other, and needs the same title.
fn is_listed_twice(key: Keys, known: Keys) -> bool {
    let same_title = key.title == known.title && key.title != 0;
    same_title || (key.id != key.link && key.resembles(known.title))
}

/// The records by what they can be found by.
#[derive(Default)]
struct Tables {
    ids: HashMap<u64, Vec<usize>>,
    links: HashMap<u64, Vec<usize>>,
    words: HashMap<u64, Vec<usize>>,
}

impl Tables {
    fn of(seen: &Seen) -> Self {
        let mut tables = Self::default();
        for (at, Record { keys, .. }) in seen.records.iter().enumerate() {
            tables.ids.entry(keys.id).or_default().push(at);
            tables.links.entry(keys.link).or_default().push(at);
            tables.words.entry(keys.words).or_default().push(at);
        }
        tables
    }

    fn ids(&self, id: u64) -> &[usize] {
        self.ids.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// None for an entry without a link.
    fn links(&self, link: u64) -> &[usize] {
        self.links.get(&link).filter(|_| link != 0).map(Vec::as_slice).unwrap_or_default()
    }

    fn words(&self, words: u64) -> &[usize] {
        self.words.get(&words).map(Vec::as_slice).unwrap_or_default()
    }
}
