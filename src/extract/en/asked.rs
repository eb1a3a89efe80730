//! What is asked after in the course of an article, and answered once.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};

use memchr::memmem;

use super::English;
use super::article::Article;
use super::beside;
use super::chunk::Chunk;
use super::reading::{Moved, Reading};
use super::tenor;
use super::token::{self, Token};
use super::whole::read_sentences;
use crate::extract::candidate::Passage;
use crate::extract::lexicon::TriggerMention;
use crate::extract::text::{Span, Text};

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
        self.article().knows(lower)
    }
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
            tokens: passages.iter().map(unread).collect(),
            alone: passages.iter().map(unread).collect(),
        }
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
        *self.figures.get_or_init(|| tenor::counts(self.grammar, self.passages))
    }

    /// Everything about them.
    pub(super) fn article(&self) -> &Article {
        self.answer.get_or_init(|| self.people())
    }

    /// False where no text has the word twice, with a capital and nothing behind it, or nowhere
    /// beside another part of a name. Beyond ASCII a name has many spellings; a dash or dots tell of
    /// none.
    fn repeats(&self, lower: &str) -> bool {
        let odd = |ch: char| !ch.is_ascii() && !matches!(ch, '\u{2010}'..='\u{2027}');
        let odd = |text: &Text| !text.norm.is_ascii() && text.norm.contains(odd);
        if self.passages.iter().any(|passage| odd(passage.text)) {
            return true;
        }
        let finder = memmem::Finder::new(lower);
        let (mut places, mut full) = (0, false);
        for passage in self.passages {
            let bytes = passage.text.norm.as_bytes();
            for at in finder.find_iter(passage.text.ascii_lower().as_bytes()) {
                let word = Span::new(at, at + lower.len());
                let whole = !bytes.get(at).is_some_and(u8::is_ascii_lowercase)
                    && !bytes.get(word.end).is_some_and(u8::is_ascii_alphanumeric);
                places += usize::from(whole);
                full |= whole && beside::has_name(passage, word, &self.grammar.words);
            }
        }
        places > 1 && full
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
