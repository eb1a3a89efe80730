//! The grammar of Chinese, simplified and traditional.
//!
//! A text is folded to simplified characters of the same length, cut into tokens (`han::token`),
//! its people are found (`people`), the clauses are read into events (`read`), the events
//! resolved into candidates (`resolve`), and what title and summary say united (`han::unite`).

mod people;
mod read;

use std::sync::Arc;

use self::people::Finder;
use super::candidate::{Candidate, Grammar, Passage};
use super::han::event::{self, CLASSES, Frame};
use super::han::fold::Fold;
use super::han::names::ChineseNames;
use super::han::person::Person;
use super::han::token::{self, Token};
use super::han::words::{Word, Words};
use super::han::{resolve, unite};
use super::lexicon::Lexicon;
use super::people::People;
use super::text::{Span, Text};
use crate::model::Problems;

/// The word lists that the grammar reads.
const LISTS: &[(&str, Word)] = &[
    ("role", Word::Role),
    ("staff", Word::Staff),
    ("team", Word::Team),
    ("bystander", Word::Bystander),
    ("former", Word::Former),
    ("from", Word::From),
    ("to", Word::To),
    ("passive", Word::Passive),
    ("take", Word::Take),
    ("preposition", Word::Prep),
    ("aspect", Word::Aspect),
    ("announce", Word::Announce),
    ("verb", Word::Verb),
    ("negation", Word::Negation),
    ("denial", Word::Denial),
    ("hedge", Word::Hedge),
    ("condition", Word::Condition),
    ("speech", Word::Speech),
    ("report", Word::Report),
    ("recap", Word::Recap),
    ("story", Word::Story),
    ("earlier", Word::Earlier),
    ("recent", Word::Recent),
    ("supposition", Word::Supposition),
    ("and", Word::And),
    ("of", Word::Of),
    ("after", Word::After),
    ("alliance", Word::Alliance),
    ("board", Word::Board),
    ("institution", Word::Institution),
    ("serve", Word::Serve),
    ("pronoun", Word::Pronoun),
    ("self", Word::Self_),
    ("firm", Word::Firm),
    ("statistics", Word::Statistics),
    ("sabbatical", Word::Sabbatical),
    ("honorific", Word::Honorific),
    ("many", Word::Many),
    ("nothing", Word::Nothing),
];

/// The grammar of Chinese.
#[derive(Debug)]
pub struct Chinese {
    lexicon: Lexicon,
    frames: Vec<Frame>,
    words: Words,
    fold: Fold,
    names: ChineseNames,
    people: Arc<People>,
}

impl Chinese {
    /// Reads `lexicon/zh.toml`; `None` where a problem was found.
    pub fn parse(
        file: &str,
        text: &str,
        people: &Arc<People>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let lists: Vec<&str> = LISTS.iter().map(|(name, _)| *name).collect();
        let lexicon = Lexicon::parse(file, text, CLASSES, &lists, problems)?;
        let fold = Fold::parse(include_str!("../../../config/names/zh-fold.txt"));
        let words = Words::build(file, &lexicon, LISTS, |form| fold.fold(form), problems)?;
        let names = include_str!("../../../config/names/zh.toml");
        let names = ChineseNames::parse("names/zh.toml", names, problems)?;
        let frames = lexicon.triggers.iter().map(|trigger| event::frame(&trigger.class)).collect();
        Some(Self { lexicon, frames, words, fold, names, people: Arc::clone(people) })
    }

    fn frame(&self, trigger: u16) -> Frame {
        self.frames.get(usize::from(trigger)).copied().unwrap_or(Frame::Promote)
    }

    /// True for a trigger that says that someone is taken from elsewhere.
    fn is_poaching(&self, trigger: u16) -> bool {
        self.lexicon
            .triggers
            .get(usize::from(trigger))
            .is_some_and(|trigger| trigger.class == "poach")
    }

    /// True for a trigger that names a post: a move of its own only where no other is told.
    fn is_office(&self, trigger: u16) -> bool {
        self.lexicon
            .triggers
            .get(usize::from(trigger))
            .is_some_and(|trigger| trigger.class == "office")
    }

    /// True for a trigger whose subject can only be a person.
    fn is_personal(&self, trigger: u16) -> bool {
        let word = self.lexicon.triggers.get(usize::from(trigger));
        self.frame(trigger) == Frame::Leave && word.is_some_and(|word| word.keyword.ends_with('职'))
    }

    fn tokens(&self, passage: &Passage<'_>, folded: &str) -> Vec<Token> {
        let tokens = token::scan(folded, passage.companies, &self.words);
        token::count(folded, tokens, &['名', '位', '人'])
    }

    fn has_trigger(&self, folded: &str) -> bool {
        !self.words.triggers(folded).is_empty()
    }
}

impl Grammar for Chinese {
    fn candidates(&self, passages: &[Passage<'_>]) -> Vec<Candidate> {
        let folded: Vec<String> = passages
            .iter()
            .map(|passage| self.fold.fold(token::head(&passage.text.norm)))
            .collect();
        if !folded.iter().any(|text| self.has_trigger(text)) {
            return Vec::new();
        }
        let scanned: Vec<Vec<Token>> = passages
            .iter()
            .zip(&folded)
            .map(|(passage, folded)| self.tokens(passage, folded))
            .collect();
        // Twice: a surname in the title is read with the full name of the summary.
        let mut known: Vec<Person> = Vec::new();
        for ((passage, folded), tokens) in passages.iter().zip(&folded).zip(&scanned) {
            let finder =
                Finder { grammar: self, text: token::head(&passage.text.norm), folded, known: &[] };
            known.extend(finder.find(tokens.clone()).1);
        }
        let mut found = Vec::new();
        let article = resolve::Article::of(passages);
        for ((passage, folded), tokens) in passages.iter().zip(&folded).zip(scanned) {
            let finder = Finder {
                grammar: self,
                text: token::head(&passage.text.norm),
                folded,
                known: &known,
            };
            let (tokens, people) = finder.find(tokens);
            let events = read::events(self, passage, &tokens);
            found.extend(resolve::candidates(passage, &tokens, &people, &events, &article));
        }
        unite::unite(found, passages.first().map(|passage| passage.gazetteer))
    }

    fn keywords(&self, text: &Text) -> Vec<String> {
        let folded = self.fold.fold(&text.norm);
        let mut keywords: Vec<String> = Vec::new();
        for (_, index) in self.words.triggers(&folded) {
            if let Some(trigger) = self.lexicon.triggers.get(usize::from(index))
                && !keywords.contains(&trigger.keyword)
            {
                keywords.push(trigger.keyword.clone());
            }
        }
        keywords
    }

    fn cues(&self) -> Vec<String> {
        let mut cues: Vec<String> = self.lexicon.forms().map(str::to_owned).collect();
        cues.extend(self.lexicon.forms().flat_map(|form| self.fold.unfold(form)));
        cues
    }

    fn triggers(&self, text: &Text) -> Vec<Span> {
        let folded = self.fold.fold(&text.norm);
        self.words.triggers(&folded).into_iter().map(|(span, _)| span).collect()
    }
}
