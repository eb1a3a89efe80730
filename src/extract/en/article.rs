//! What the article as a whole tells about its people.

use std::collections::{HashMap, HashSet};

use super::English;
use super::chunk::{Chunk, Item};
use super::reading::{Reading, read_sentences};
use crate::extract::candidate::Passage;
use crate::extract::latin;
use crate::extract::lexicon::TriggerMention;
use crate::extract::people::People;
use crate::extract::text::Span;
use crate::model::Field;

/// What the article as a whole tells about its people.
#[derive(Debug, Default)]
pub(super) struct Article {
    /// A surname or given name -> the full name.
    full: HashMap<String, String>,
    pub(super) known: HashSet<String>,
    /// The one person the article names, where there is just one.
    pub(super) sole: Option<(Field, Span, String)>,
    names: usize,
}

impl Article {
    fn add(&mut self, passage: &Passage<'_>, chunk: &Chunk) {
        let name = passage.text.get(chunk.span);
        let Some((given, _)) = name.split_once(' ') else { return };
        let surname = name.rsplit(' ').next().unwrap_or(name);
        let new = !self.full.values().any(|known| known == name);
        self.names += usize::from(new);
        if new {
            self.sole = Some((passage.field, chunk.span, name.to_owned()));
        }
        for part in [surname, given] {
            let plain = latin::plain(part);
            if plain.chars().count() > 2 && !(latin::look_up(part).word && part == given) {
                self.full.entry(plain.clone()).or_insert_with(|| name.to_owned());
                self.known.insert(plain);
            }
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

/// Finds the full names in the whole article, so that a surname alone can be read.
pub(super) fn people(
    grammar: &English,
    passages: &[Passage<'_>],
    triggers: &[Vec<TriggerMention>],
) -> Article {
    let mut article = Article::default();
    let none = HashSet::new();
    for (passage, triggers) in passages.iter().zip(triggers) {
        for (index, sentence) in read_sentences(passage).iter().enumerate() {
            let empty = Article::default();
            let reading = Reading {
                grammar,
                passage,
                article: &empty,
                house: None,
                sentence: *sentence,
                index,
            };
            for chunk in reading.chunks(triggers, &none) {
                if matches!(chunk.item, Item::Person { .. }) {
                    article.add(passage, &chunk);
                }
            }
        }
    }
    if article.names != 1 {
        article.sole = None;
    }
    article
}
