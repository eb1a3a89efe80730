//! What the article as a whole tells about its people.

use std::cell::OnceCell;

use memchr::memmem;

use super::English;
use super::chunk::{Chunk, Item};
use super::reading::{Moved, Reading};
use super::tenor;
use super::token::{self, Token};
use super::whole::read_sentences;
use super::words::Words;
use crate::extract::candidate::Passage;
use crate::extract::fast::{FastMap, FastSet};
use crate::extract::latin;
use crate::extract::lexicon::TriggerMention;
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
    fn add(&mut self, words: &Words, passage: &Passage<'_>, chunk: &Chunk<'_>) {
        let name = passage.text.get(chunk.span);
        let Some((given, _)) = name.split_once(' ') else { return };
        let surname = name.rsplit(' ').next().unwrap_or(name);
        let new = !self.full.values().any(|known| known == name);
        self.names += usize::from(new);
        if new {
            self.sole = Some(name.to_owned());
        }
        for part in [surname, given] {
            let plain = latin::plain(part);
            // "Bo" of "Bo Liefeng".
            let eastern = part == given && words.is("eastern_surname", &plain);
            if (plain.chars().count() > 2 || eastern)
                && !(latin::look_up(part).word && part == given)
            {
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

/// Who is named in full somewhere in the article.
pub(super) trait Known {
    /// True for the surname or given name of such a person.
    fn knows(&self, lower: &str) -> bool;
}

impl Known for Asked<'_> {
    /// A name stands once more than where it is asked after: for a word that stands only once,
    /// nobody needs to be looked for.
    fn knows(&self, lower: &str) -> bool {
        if self.answer.get().is_none() && !self.repeats(lower) {
            return false;
        }
        self.article().known.contains(&latin::plain(lower))
    }
}

/// The people of the article, who are looked for only when somebody asks: most articles that hold a
/// trigger tell of nobody.
pub(super) struct Asked<'a> {
    grammar: &'a English,
    passages: &'a [Passage<'a>],
    triggers: &'a [Vec<TriggerMention>],
    answer: OnceCell<Article>,
    figures: OnceCell<bool>,
    /// The words of each sentence that is read.
    tokens: Vec<Vec<OnceCell<Vec<Token<'a>>>>>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(
        grammar: &'a English,
        passages: &'a [Passage<'a>],
        triggers: &'a [Vec<TriggerMention>],
    ) -> Self {
        let none = |passage| vec![OnceCell::new(); read_sentences(passage).len()];
        let tokens = passages.iter().map(none).collect();
        let (answer, figures) = (OnceCell::new(), OnceCell::new());
        Self { grammar, passages, triggers, answer, figures, tokens }
    }

    /// The words of a sentence, by the number of its passage and its own.
    pub(super) fn tokens(&self, passage: usize, sentence: usize) -> &[Token<'a>] {
        let cell = self.tokens.get(passage).and_then(|cells| cells.get(sentence));
        let read = || {
            let passage = self.passages.get(passage)?;
            Some(token::tokens(passage.text, *passage.text.sentences.get(sentence)?))
        };
        cell.map_or(&[], |cell| cell.get_or_init(|| read().unwrap_or_default()))
    }

    /// The article reports figures about many.
    pub(super) fn figures(&self) -> bool {
        *self.figures.get_or_init(|| tenor::counts(self.grammar, self.passages))
    }

    /// Everything about them.
    pub(super) fn article(&self) -> &Article {
        self.answer.get_or_init(|| self.people())
    }

    /// False where no text has the word twice, with a capital and nothing behind it. Beyond ASCII a
    /// name has many spellings; a dash or dots tell of none.
    fn repeats(&self, lower: &str) -> bool {
        let texts = || self.passages.iter().map(|passage| passage.text);
        let odd = |ch: char| !ch.is_ascii() && !matches!(ch, '\u{2010}'..='\u{2027}');
        if texts().any(|text| !text.norm.is_ascii() && text.norm.contains(odd)) {
            return true;
        }
        let mut places = texts().flat_map(|text| {
            let bytes = text.norm.as_bytes();
            let whole = |at: &usize| {
                !bytes.get(*at).is_some_and(u8::is_ascii_lowercase)
                    && !bytes.get(*at + lower.len()).is_some_and(u8::is_ascii_alphanumeric)
            };
            memmem::find_iter(text.ascii_lower().as_bytes(), lower).filter(whole)
        });
        places.nth(1).is_some()
    }

    /// Finds the full names in the whole article, so that a surname alone can be read.
    fn people(&self) -> Article {
        let mut article = Article::default();
        for (number, (passage, triggers)) in self.passages.iter().zip(self.triggers).enumerate() {
            for (index, sentence) in read_sentences(passage).iter().enumerate() {
                let reading = Reading {
                    grammar: self.grammar,
                    passage,
                    article: None,
                    house: None,
                    moved: Moved::default(),
                    topic: None,
                    sentence: *sentence,
                    index,
                };
                let chunks = reading.chunks(self.tokens(number, index), triggers);
                for chunk in chunks.iter().filter(|one| matches!(one.item, Item::Person { .. })) {
                    article.add(&self.grammar.words, passage, chunk);
                }
                let names = lead(passage, &chunks);
                if !names.is_empty() {
                    let (field, start) = (passage.field, sentence.start);
                    article.leads.push(Lead { field, start, names });
                }
            }
        }
        if article.names != 1 {
            article.sole = None;
        }
        article
    }
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
