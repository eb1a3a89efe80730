//! The judgement on one document: which of its entries are new, edited or known.

mod recognise;

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use self::recognise::{Tables, Verdict, is_listed_again, reused};
use super::document::Feed;
use super::identity::{Keys, article_id, keys};
use super::seen::{Judged, Seen, Sighting};
use super::seen_record::{Quarter, Record, Shared, kept_of};

/// Last-seen times are kept to a day, so that an unchanged feed does not change its state.
const SEEN_GRAIN: u16 = Quarter::DAY;

/// One document being judged.
pub(crate) struct Session<'a> {
    seen: &'a mut Seen,
    /// Which records were met in this document.
    met: Vec<bool>,
    /// What the document shows of records under other bytes.
    shown: HashMap<usize, Keys>,
    by_raw: Option<HashMap<u64, usize>>,
    cursor: usize,
    now: Quarter,
    known: usize,
    changed: bool,
}

impl<'a> Session<'a> {
    pub(crate) fn begin(seen: &'a mut Seen, now: DateTime<Utc>) -> Self {
        let now = Quarter::of(now);
        let records = &seen.records;
        let index = || records.iter().enumerate().map(|(at, record)| (record.raw(), at)).collect();
        let by_raw = (records.len() > 256).then(index);
        let changed = !seen.polled;
        let met = vec![false; records.len()];
        Self { met, shown: HashMap::new(), seen, by_raw, cursor: 0, now, known: 0, changed }
    }

    /// True, and remembered, when an entry with these bytes was seen before.
    pub(crate) fn knows_bytes(&mut self, raw: u64) -> bool {
        let records = &self.seen.records;
        let found = match &self.by_raw {
            Some(map) => map.get(&kept_of(raw)).copied(),
            None => {
                // Documents keep their order: the next entry is mostly the next record.
                let after = records.iter().skip(self.cursor).position(|one| one.has_raw(raw));
                let found = after.map(|at| at + self.cursor);
                found.or_else(|| records.iter().take(self.cursor).position(|one| one.has_raw(raw)))
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
            && self.now.since(record.seen()) >= SEEN_GRAIN
        {
            record.set_seen(self.now);
            self.changed = true;
        }
    }

    /// Judges the entries whose bytes are not known, then forgets what is old enough.
    ///
    /// `feed` may hold only those entries: `unknown` are their indices.
    pub(crate) fn judge(mut self, feed: &Feed, unknown: &[usize], feed_url: &str) -> Judged {
        let keys = keys(feed);
        if !unknown.is_empty() {
            self.seen.recall();
            self.met.resize(self.seen.records.len(), false);
        }
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
                self.shown.insert(record, *key);
            }
            verdicts.push((*at, verdict));
        }
        self.recognise_moved(&keys, &mut verdicts, &tables);
        let judged = self.remember(feed, &keys, &verdicts, &tables, feed_url);
        let entries = judged.known + judged.new.len() + judged.edited.len();
        self.seen.end(&self.met, entries, self.now);
        judged
    }

    fn record(&self, at: usize) -> Record {
        self.seen.records.get(at).copied().unwrap_or_default()
    }

    /// A new entry shares the link of those that were seen to share it.
    fn shared_by_new(&self, key: Keys, tables: &Tables) -> Shared {
        let link = tables.links(key.link).iter().any(|at| self.record(*at).shared().link);
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
        let mut added: HashMap<u64, Keys> = HashMap::new();
        for (at, verdict) in verdicts {
            let (Some(key), Some(entry)) = (keys.get(*at).copied(), feed.entries.get(*at)) else {
                continue;
            };
            match *verdict {
                Verdict::Twice => judged.known += 1,
                Verdict::New(id) => {
                    let Some(id) = identity(id, key, &added) else {
                        judged.known += 1;
                        continue;
                    };
                    added.insert(id, key);
                    let shared = self.shared_by_new(key, tables);
                    let record = Record::new(Keys { id, ..key }, entry.raw, self.now, shared);
                    self.seen.records.push(record);
                    self.changed = true;
                    judged.new.push(Sighting { index: *at, id: article_id(feed_url, id) });
                }
                Verdict::Known(record) => {
                    let Some(record) = self.seen.records.get_mut(record) else { continue };
                    let before = record.keys();
                    self.changed |= !record.has_raw(entry.raw);
                    if before.words == key.words {
                        judged.known += 1;
                    } else {
                        let id = article_id(feed_url, before.id);
                        judged.edited.push(Sighting { index: *at, id });
                    }
                    // Alone among known entries, one does not show that its link is shared.
                    let untold = key.link == 0 || (before.link == 0 && key.is_link_of(key));
                    let link = if untold { before.link } else { key.link };
                    record.set_keys(Keys { link, ..key });
                    record.set_raw(entry.raw);
                    record.set_seen(self.now);
                }
            }
        }
        judged.changed = self.changed;
        judged
    }
}

/// The identity of a new entry beside those that its document has `added`; none where it is listed
/// again. The same as a later document would find out entry by entry.
fn identity(id: u64, key: Keys, added: &HashMap<u64, Keys>) -> Option<u64> {
    match added.get(&id) {
        None => Some(id),
        Some(first) if is_listed_again(key, *first) => None,
        Some(_) => Some(reused(key)).filter(|id| !added.contains_key(id)),
    }
}
