//! The grammar of Korean.
//!
//! Korean puts the verb last and marks its arguments with particles, so a clause is read from its
//! end: the trigger's form says whether anything is asserted, then the particles before it say who
//! moves (가, 는), from where (에서, 를 떠나, 출신) and where to (로, 에). Headlines leave the particles
//! out; there position decides. No morphological analyser: words are split into noun and particle
//! by final consonant, verbs into stem and ending by letter.

mod act;
mod article;
mod away;
mod breath;
mod career;
mod chinese_name;
mod claim;
mod classes;
mod column;
mod deal;
mod elsewhere;
mod employer;
mod ending;
mod further;
mod going;
mod hangul;
mod headline;
mod house;
mod identify;
mod incoming;
mod korean_name;
mod latin_name;
mod learned;
mod lists;
mod mark;
mod mover;
mod name;
mod naming;
mod newpost;
mod nobody;
mod node;
mod nominal;
mod number;
mod object;
mod onward;
mod owner;
mod parallel;
mod particle;
mod person;
mod phrase;
mod piece;
mod place;
mod post;
mod posted;
mod quote;
mod reader;
mod serving;
mod shadows;
mod short_name;
mod signs;
mod sound;
mod sounding;
mod stranger;
mod syllable;
mod take;
mod tells;
mod terse;
mod title;
mod token;
mod told;
mod topic;
mod transliterated;
mod trigger;
mod triggers;
mod unnamed;
mod verdict;
mod whole;
mod words;

use std::sync::Arc;

use self::node::Node;
use self::person::Reading;
use self::reader::Date;
use self::trigger::Trigger;
use self::words::Words;
use super::candidate::{Candidate, Cue, Grammar, Passage, Signs};
use super::company::CompanyMention;
use super::fields::is_short;
use super::people::People;
use super::regression::Model;
use super::text::{Span, Text};
use crate::model::{Field, Problems};

/// Nodes of one sentence that are read; the rest of a longer one is no sentence.
const MAX_NODES: usize = 400;

/// The grammar of Korean.
#[derive(Debug)]
pub struct Korean {
    words: Words,
    people: Arc<People>,
    model: Model,
}

impl Korean {
    /// Reads `lexicon/ko.toml`; `None` where a problem was found.
    pub fn parse(
        file: &str,
        text: &str,
        people: &Arc<People>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let words = Words::parse(file, text, people, problems)?;
        let text = include_str!("../../../config/models/ko.txt");
        let model = Model::parse("models/ko.txt", text, problems)?;
        Some(Self { words, people: Arc::clone(people), model })
    }

    fn nodes<'a>(&self, passage: &Passage<'a>, sentence: Span) -> Vec<Node<'a>> {
        let date = Date { year: passage.year, month: passage.month };
        let mut tokens = token::tokens(passage.text, sentence, passage.companies);
        tokens.truncate(MAX_NODES);
        reader::nodes(&self.words, &self.people, passage.text, &tokens, &date)
    }

    fn reading<'a>(&'a self, passage: &Passage<'a>) -> Reading<'a> {
        Reading {
            words: &self.words,
            people: &self.people,
            text: passage.text,
            title: passage.field == Field::Title,
        }
    }
}

impl Grammar for Korean {
    fn candidates(&self, passages: &[Passage<'_>]) -> Vec<Candidate> {
        let mut found = self.read(passages);
        learned::complete(self, passages, &mut found);
        found
    }

    fn signs(&self, passages: &[Passage<'_>]) -> Signs {
        learned::signs(self, passages, &self.read(passages))
    }

    fn keywords(&self, text: &Text) -> Vec<String> {
        let mut keywords: Vec<String> = Vec::new();
        for (_, entry) in self.find(text) {
            if let Some(trigger) = self.words.lexicon.triggers.get(usize::from(entry))
                && !keywords.contains(&trigger.keyword)
            {
                keywords.push(trigger.keyword.clone());
            }
        }
        keywords
    }

    fn told_by(&self, text: &str, cues: &[Cue]) -> Option<Vec<&str>> {
        // A trigger begins a word, and so does every cue that is given.
        let places = cues.chunk_by(|(_, one), (_, next)| one.start == next.start);
        let triggers = places.filter_map(|place| self.words.trigger_at(text, place));
        let keyword = |trigger: Trigger| {
            let entry = self.words.lexicon.triggers.get(usize::from(trigger.entry))?;
            Some(entry.keyword.as_str())
        };
        Some(triggers.filter_map(keyword).collect())
    }

    fn cues(&self) -> Vec<String> {
        self.words.triggers.cues()
    }

    fn needs_keyword(&self) -> bool {
        true
    }

    fn is_terse(&self, title: &str, companies: &[CompanyMention]) -> bool {
        self.is_verbless(title, companies)
    }

    fn sounds_like_news(&self, texts: &[&str; 3]) -> bool {
        let [title, summary, _] = *texts;
        // Of a long text the grammar gets less than is here.
        let long = !texts.iter().all(|text| is_short(text));
        long || learned::may_be_news(self, [title, summary])
    }

    fn triggers(&self, text: &Text) -> Vec<Span> {
        self.find(text).into_iter().map(|(span, _)| span).collect()
    }
}

impl Korean {
    /// The triggers of a text with their entries in the lexicon.
    fn find(&self, text: &Text) -> Vec<(Span, u16)> {
        let no_companies: &[CompanyMention] = &[];
        let whole = Span::new(0, text.norm.len());
        let mut found = Vec::new();
        let mut before: Option<&str> = None;
        for token in token::tokens(text, whole, no_companies) {
            if token.class == token::Class::Hangul
                && let Some(trigger) = self.words.trigger(token.text, before)
            {
                found.push((token.span, trigger.entry));
            }
            before = Some(token.text);
        }
        found
    }
}
