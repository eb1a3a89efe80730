//! What the article as a whole tells about its people.

use super::chunk::{Chunk, Item};
use crate::extract::candidate::Passage;
use crate::extract::fast::{FastMap, FastSet};
use crate::extract::latin;
use crate::extract::people::People;
use crate::model::Field;

/// What the article as a whole tells about its people.
#[derive(Debug, Default)]
pub(super) struct Article {
    /// A surname or given name -> the full name.
    full: FastMap<String, String>,
    known: FastSet<String>,
    /// The one person the article names, where there is just one.
    pub(super) sole: Option<String>,
    names: usize,
    /// Whom each sentence speaks of first.
    pub(super) leads: Vec<Lead>,
}

/// Those whom a sentence is about.
#[derive(Debug)]
pub(super) struct Lead {
    pub(super) field: Field,
    /// Where the sentence begins.
    pub(super) start: usize,
    pub(super) names: Vec<String>,
}

impl Article {
    /// What a sentence says of its people, given its chunks.
    pub(super) fn read(&mut self, passage: &Passage<'_>, start: usize, chunks: &[Chunk<'_>]) {
        for chunk in chunks.iter().filter(|one| matches!(one.item, Item::Person { .. })) {
            self.add(passage, chunk);
        }
        let names = lead(passage, chunks);
        if !names.is_empty() {
            self.leads.push(Lead { field: passage.field, start, names });
        }
    }

    /// The same after its last sentence.
    pub(super) fn finish(mut self) -> Self {
        if self.names != 1 {
            self.sole = None;
        }
        self
    }

    /// True for the surname or given name of somebody named in full.
    pub(super) fn knows(&self, lower: &str) -> bool {
        self.known.contains(&latin::plain(lower))
    }

    fn add(&mut self, passage: &Passage<'_>, chunk: &Chunk<'_>) {
        let name = passage.text.get(chunk.span);
        if !name.contains(' ') {
            return;
        }
        let new = !self.full.values().any(|known| known == name);
        self.names += usize::from(new);
        if new {
            self.sole = Some(name.to_owned());
        }
        for plain in parts(name) {
            self.full.entry(plain.clone()).or_insert_with(|| name.to_owned());
            self.known.insert(plain);
        }
    }

    /// The full name behind a name as written.
    pub(super) fn full_name(&self, written: &str, people: &People) -> String {
        if written.contains(' ') {
            return written.to_owned();
        }
        let here = self.full.get(&latin::plain(written)).map(String::as_str);
        here.or_else(|| people.by_surname(written)).unwrap_or(written).to_owned()
    }
}

/// The surname and the given name that may stand for a full name, in plain letters.
pub(super) fn parts(name: &str) -> impl Iterator<Item = String> {
    let ends = name.split_once(' ').zip(name.rsplit_once(' '));
    let ends = ends.map(|((given, _), (_, surname))| [(surname, surname == given), (given, true)]);
    ends.into_iter().flatten().filter_map(|(part, given)| {
        let plain = latin::plain(part);
        // "Bo" of "Bo Liefeng".
        let eastern = given && plain.len() == 2 && latin::look_up(&plain).surname;
        let long = plain.chars().count() > 2 || eastern;
        (long && !(given && latin::look_up(part).word)).then_some(plain)
    })
}

/// The names that come first in a sentence; not an owner's, and nobody by whom something is done.
fn lead(passage: &Passage<'_>, chunks: &[Chunk<'_>]) -> Vec<String> {
    let item = |at: usize| chunks.get(at).map(|chunk| chunk.item);
    let person = |at: &usize| matches!(item(*at), Some(Item::Person { .. }));
    let leads = |at: &usize| {
        let before = at.checked_sub(1).and_then(|at| chunks.get(at));
        let by =
            before.is_some_and(|chunk| matches!(chunk.lower.as_str(), "by" | "with" | "under"));
        person(at) && !by && item(at + 1) != Some(Item::Poss)
    };
    let Some(first) = (0..chunks.len()).find(leads) else { return Vec::new() };
    let mut names = Vec::new();
    let mut at = first;
    while let Some(chunk) = chunks.get(at).filter(|_| person(&at)) {
        names.push(passage.text.get(chunk.span).to_owned());
        let glue = |at: &usize| matches!(item(*at), Some(Item::And | Item::Comma));
        at = (at + 1..at + 3).take_while(glue).last().map_or(at + 1, |glue| glue + 1);
    }
    names
}
