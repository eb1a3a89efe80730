//! By what an entry is recognised among those that were seen: guid, link, words, in that order, and
//! only as far as each tells entries of this feed apart.

use std::collections::HashMap;

use super::Session;
use crate::feed::identity::{ID, Keys, mix};
use crate::feed::seen::Seen;
use crate::feed::seen_record::Shared;

impl Session<'_> {
    /// Learns from another entry of this document with the same id, or the same link, but other
    /// words, that these tell nothing in this feed.
    pub(super) fn note_sharing(&mut self, key: Keys, tables: &Tables) {
        for at in tables.ids(key.id) {
            if self.is_met(*at) && !self.is_in_document(key, *at) {
                self.share(*at, Shared { id: true, link: false });
            }
        }
        for at in tables.links(key.link) {
            let known = self.record(*at).keys();
            let is_other = known.id != key.id || key.is_link_of(key);
            if self.is_met(*at) && known.words != key.words && is_other {
                self.share(*at, Shared { id: false, link: true });
            }
        }
    }

    /// True when an entry with the id of a record that was met is that article, listed twice: by
    /// what is remembered of it, of which a cut document may have left little, or by what this
    /// document shows of it.
    fn is_in_document(&self, key: Keys, at: usize) -> bool {
        let remembered = self.record(at).keys();
        let mut ways = [remembered, self.shown.get(&at).copied().unwrap_or(remembered)].into_iter();
        ways.any(|first| is_listed_again(key, first))
    }

    fn share(&mut self, at: usize, shared: Shared) {
        if let Some(record) = self.seen.records.get_mut(at) {
            let before = *record;
            record.share(shared);
            self.changed |= *record != before;
        }
    }

    /// Finds the record of an entry by guid, then by link; by its words where it has neither.
    pub(super) fn find(&self, key: Keys, tables: &Tables) -> Verdict {
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
            let (shared, link) = (known.shared().link, known.keys().link);
            // Alone among known entries, one without a guid does not show that its link is shared.
            let untold = link == 0 && key.is_link_of(key);
            let no_link = key.link == 0 || (shared && link == key.link) || untold;
            no_link && key.title != 0 && !self.is_met(**at)
        };
        if let Some(at) = tables.words(key.words).iter().find(same_words) {
            return Verdict::Known(*at);
        }
        if by_id.is_empty() {
            return Verdict::New(key.id);
        }
        let reused = reused(key);
        match tables.ids(reused).first() {
            Some(at) => Verdict::Known(*at),
            None => Verdict::New(reused),
        }
    }

    /// True when an entry with the id of a record is its article.
    fn is_same(&self, key: Keys, at: usize) -> bool {
        let record = self.record(at);
        let (known, shared) = (record.keys(), record.shared());
        if known.words == key.words || self.shown.get(&at).is_some_and(|k| k.words == key.words) {
            return true;
        }
        if self.is_met(at) {
            return !shared.id && self.is_in_document(key, at);
        }
        if shared.id {
            return key.has_title_of(known);
        }
        let same_link = known.link == key.link && key.link != 0;
        same_link || key.resembles(known)
    }

    /// The same where the id was found to be shared, or no longer is: nothing is guessed.
    fn is_surely(&self, key: Keys, at: usize) -> bool {
        let record = self.record(at);
        let (known, shared) = (record.keys(), record.shared());
        let same_link = known.link == key.link && key.link != 0 && !shared.link;
        let same_title = key.has_title_of(known) && !self.is_met(at);
        key.other != 0 && (known.words == key.words || same_link || same_title)
    }

    /// True when an entry with the link of a record is its article under another guid.
    fn has_moved_to(&self, key: Keys, at: usize) -> bool {
        let record = self.record(at);
        let (known, shared) = (record.keys(), record.shared());
        if key.link == 0 || self.is_met(at) {
            return false;
        }
        if shared.link {
            return key.has_title_of(known);
        }
        key.is_link_of(key) || known.is_link_of(key) || key.resembles(known)
    }

    /// When hardly any entry is recognised but most words are, the feed has moved or makes up its
    /// guids and links on every poll: the words decide.
    pub(super) fn recognise_moved(
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
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The record at this index.
    Known(usize),
    /// An article that this document has shown already.
    Twice,
    /// Nothing seen so far; its identity.
    New(u64),
}

/// The identity of an entry that has the id of another article: the words make the difference.
pub(super) fn reused(key: Keys) -> u64 {
    let telling = if key.title == 0 { key.words.into() } else { key.title };
    mix(&[key.id, key.link.into(), telling]) & ID
}

/// True where an entry is one that its document has shown before, under the same id.
pub(super) fn is_listed_again(key: Keys, first: Keys) -> bool {
    let same_link = key.link == first.link && key.link != 0;
    key.words == first.words || (same_link && is_listed_twice(key, first))
}

/// True where two entries of one document with the same link are one article: a link that is the
/// id itself may be that of a page on which one news follows the other, and needs the same title.
fn is_listed_twice(key: Keys, known: Keys) -> bool {
    key.has_title_of(known) || (!key.is_link_of(key) && key.resembles(known))
}

/// The records by what they can be found by.
#[derive(Default)]
pub(super) struct Tables {
    ids: HashMap<u64, Vec<usize>>,
    links: HashMap<u32, Vec<usize>>,
    words: HashMap<u32, Vec<usize>>,
}

impl Tables {
    pub(super) fn of(seen: &Seen) -> Self {
        let mut tables = Self::default();
        for (at, record) in seen.records.iter().enumerate() {
            let keys = record.keys();
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
    pub(super) fn links(&self, link: u32) -> &[usize] {
        self.links.get(&link).filter(|_| link != 0).map(Vec::as_slice).unwrap_or_default()
    }

    fn words(&self, words: u32) -> &[usize] {
        self.words.get(&words).map(Vec::as_slice).unwrap_or_default()
    }
}
