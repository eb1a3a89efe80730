//! What is asked after in the course of an article, and answered once.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};

use memchr::memmem;

use super::English;
use super::article::{Article, parts};
use super::beside;
use super::chunk::{Chunk, Item};
use super::hope::{Hope, Sentence};
use super::reading::{Moved, Reading};
use super::tenor;
use super::token::{self, Token};
use super::whole::read_sentences;
use super::words::Words;
use crate::extract::candidate::Passage;
use crate::extract::lexicon::TriggerMention;
use crate::extract::text::{Span, Text};
use crate::model::Field;

/// Who is named in full somewhere in the article.
pub(super) trait Known {
    /// True for the surname or given name of such a person.
    fn knows(&self, lower: &str) -> bool;
}

impl Known for Asked<'_> {
    fn knows(&self, lower: &str) -> bool {
        if self.answer.get().is_some() || self.accents() {
            return self.article().knows(lower);
        }
        // Only the sentences need be read that hold the word.
        let places = self.places(lower);
        places.into_iter().any(|(number, at)| self.names(number, at, lower))
    }
}

/// True for a text with letters beyond ASCII: of a name in such there are many spellings.
fn has_accents(text: &Text) -> bool {
    let mark = |ch: char| ('\u{300}'..='\u{36f}').contains(&ch);
    let accent = |ch: char| !ch.is_ascii() && (ch.is_alphanumeric() || mark(ch));
    !text.norm.is_ascii() && text.norm.contains(accent)
}

/// Knows nobody, and keeps who was asked after.
#[derive(Default)]
struct Unanswered(RefCell<Vec<String>>);

impl Known for Unanswered {
    fn knows(&self, lower: &str) -> bool {
        self.0.borrow_mut().push(lower.to_owned());
        false
    }
}

/// A sentence, read as if nobody were named elsewhere.
struct Alone<'a> {
    chunks: Vec<Chunk<'a>>,
    /// Words that would be a name if the article named somebody so.
    asked: Vec<String>,
}

/// The people of the article, who are looked for only when somebody asks: most articles that hold a
/// trigger tell of nobody.
pub(super) struct Asked<'a> {
    grammar: &'a English,
    passages: &'a [Passage<'a>],
    triggers: &'a [Vec<TriggerMention>],
    answer: OnceCell<Article>,
    figures: OnceCell<bool>,
    accents: OnceCell<bool>,
    plain: Vec<OnceCell<String>>,
    /// The words of each sentence that is read.
    tokens: Vec<Vec<OnceCell<Vec<Token<'a>>>>>,
    alone: Vec<Vec<OnceCell<Alone<'a>>>>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(
        grammar: &'a English,
        passages: &'a [Passage<'a>],
        triggers: &'a [Vec<TriggerMention>],
    ) -> Self {
        fn unread<T>(passage: &Passage<'_>) -> Vec<OnceCell<T>> {
            read_sentences(passage).iter().map(|_| OnceCell::new()).collect()
        }
        Self {
            grammar,
            passages,
            triggers,
            answer: OnceCell::new(),
            figures: OnceCell::new(),
            accents: OnceCell::new(),
            plain: passages.iter().map(|_| OnceCell::new()).collect(),
            tokens: passages.iter().map(unread).collect(),
            alone: passages.iter().map(unread).collect(),
        }
    }

    /// For each sentence of a passage how much may come of the triggers in it.
    pub(super) fn hope(&self, number: usize) -> Vec<Hope> {
        let Some((passage, triggers)) = self.passages.get(number).zip(self.triggers.get(number))
        else {
            return Vec::new();
        };
        let hope = |(index, span): (usize, &Span)| {
            let from = triggers.partition_point(|hit| hit.span.start < span.start);
            let hits = triggers.get(from..).unwrap_or(&[]);
            let within = hits.iter().take_while(|hit| hit.span.end <= span.end).count();
            if within == 0 {
                return Hope::Untold;
            }
            let sentence = Sentence {
                text: &passage.text.norm,
                span: *span,
                tokens: self.tokens(number, index),
                companies: passage.companies,
                words: &self.grammar.words,
            };
            let may_tell = |(at, hit): (usize, &TriggerMention)| {
                sentence.may_tell(hit.span, self.grammar.class(hit.trigger), at + 1 == within)
            };
            // Whoever explains has looked for no cues, and leaves nothing out.
            match passage.cues.is_none() || hits.iter().take(within).enumerate().any(may_tell) {
                true => Hope::Some,
                false => Hope::None,
            }
        };
        read_sentences(passage).iter().enumerate().map(hope).collect()
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

    /// The chunks of a sentence, by the number of its passage and its own.
    pub(super) fn chunks(&self, passage: usize, sentence: usize) -> Cow<'_, [Chunk<'a>]> {
        let Some(alone) = self.alone(passage, sentence) else { return Cow::Borrowed(&[]) };
        if !alone.asked.iter().any(|word| self.knows(word)) {
            return Cow::Borrowed(&alone.chunks);
        }
        Cow::Owned(self.read(passage, sentence, self).unwrap_or_default())
    }

    fn alone(&self, passage: usize, sentence: usize) -> Option<&Alone<'a>> {
        let cell = self.alone.get(passage)?.get(sentence)?;
        Some(cell.get_or_init(|| {
            let asked = Unanswered::default();
            let chunks = self.read(passage, sentence, &asked).unwrap_or_default();
            Alone { chunks, asked: asked.0.into_inner() }
        }))
    }

    fn read(&self, number: usize, index: usize, known: &dyn Known) -> Option<Vec<Chunk<'a>>> {
        let passage = self.passages.get(number)?;
        let reading = Reading {
            grammar: self.grammar,
            passage,
            article: None,
            house: None,
            moved: Moved::default(),
            topic: None,
            sentence: *read_sentences(passage).get(index)?,
            index,
        };
        let triggers = self.triggers.get(number)?;
        Some(reading.chunks(self.tokens(number, index), triggers, passage.text, known))
    }

    /// The article reports figures about many.
    pub(super) fn figures(&self) -> bool {
        *self.figures.get_or_init(|| tenor::counts(self))
    }

    pub(super) fn words(&self) -> &'a Words {
        &self.grammar.words
    }

    pub(super) fn passages(&self) -> &'a [Passage<'a>] {
        self.passages
    }

    /// The words of a passage in lower case, apart by one space; nothing where there is none.
    pub(super) fn plain(&self, number: usize) -> &str {
        let both = self.passages.get(number).zip(self.plain.get(number));
        let plain = |passage: &Passage<'_>| tenor::plain(&passage.text.norm);
        both.map_or("", |(passage, cell)| cell.get_or_init(|| plain(passage)))
    }

    /// Those of title and summary.
    pub(super) fn told(&self) -> impl Iterator<Item = &str> {
        let told = |number: &usize| {
            self.passages.get(*number).is_some_and(|passage| passage.field != Field::Content)
        };
        (0..self.passages.len()).filter(told).map(|number| self.plain(number))
    }

    /// A text has letters beyond ASCII.
    fn accents(&self) -> bool {
        let accents = || self.passages.iter().any(|one| has_accents(one.text));
        *self.accents.get_or_init(accents)
    }

    /// Everything about them.
    pub(super) fn article(&self) -> &Article {
        self.answer.get_or_init(|| self.people())
    }

    /// Where the word stands, with the number of its text, beside what may be another part of a name,
    /// with a capital and nothing behind it. None where it does not stand twice: a name stands once
    /// more than where it is asked after.
    fn places(&self, lower: &str) -> Vec<(usize, usize)> {
        let finder = memmem::Finder::new(lower);
        let (mut count, mut places) = (0, Vec::new());
        for (number, passage) in self.passages.iter().enumerate() {
            let bytes = passage.text.norm.as_bytes();
            for at in finder.find_iter(passage.text.ascii_lower().as_bytes()) {
                let word = Span::new(at, at + lower.len());
                let whole = !bytes.get(at).is_some_and(u8::is_ascii_lowercase)
                    && !bytes.get(word.end).is_some_and(u8::is_ascii_alphanumeric);
                count += usize::from(whole);
                if whole && beside::has_name(passage, word, &self.grammar.words) {
                    places.push((number, at));
                }
            }
        }
        if count < 2 { Vec::new() } else { places }
    }

    /// True where the word that stands at `at` is the surname or given name of a full name.
    fn names(&self, number: usize, at: usize, lower: &str) -> bool {
        let Some(passage) = self.passages.get(number) else { return false };
        let within = |span: &Span| span.start <= at && at < span.end;
        let index = read_sentences(passage).iter().position(within);
        let Some(alone) = index.and_then(|index| self.alone(number, index)) else { return false };
        let mut here = alone.chunks.iter().filter(|chunk| within(&chunk.span));
        here.any(|chunk| {
            matches!(chunk.item, Item::Person { .. })
                && parts(passage.text.get(chunk.span)).any(|part| part == lower)
        })
    }

    /// Finds the full names in the whole article, so that a surname alone can be read.
    fn people(&self) -> Article {
        let mut article = Article::default();
        for (number, passage) in self.passages.iter().enumerate() {
            for (index, sentence) in read_sentences(passage).iter().enumerate() {
                if let Some(Alone { chunks, .. }) = self.alone(number, index) {
                    article.read(passage, sentence.start, chunks);
                }
            }
        }
        article.finish()
    }
}
