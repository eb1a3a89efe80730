//! The grammar of Japanese.
//!
//! A text is cut into tokens (`han::token`), its people are found (`people`), particles tell who
//! does what (`read`), the events are resolved into candidates (`han::resolve`), and what title
//! and summary say is united (`han::unite`).

mod ending;
mod headline;
mod names;
mod people;
mod read;

use std::sync::Arc;

use self::names::JapaneseNames;
use self::people::Finder;
use super::candidate::{Candidate, Grammar, Passage};
use super::han::event::{self, CLASSES, Frame};
use super::han::person::Person;
use super::han::token::{self, Kind, Token};
use super::han::words::{Word, Words};
use super::han::{resolve, unite};
use super::lexicon::Lexicon;
use super::people::People;
use super::script::Script;
use super::text::{Span, Text};
use crate::model::{Field, Problems};

/// The word lists that the grammar reads.
const LISTS: &[(&str, Word)] = &[
    ("role", Word::Role),
    ("staff", Word::Staff),
    ("team", Word::Team),
    ("bystander", Word::Bystander),
    ("former", Word::Former),
    ("aspect", Word::Aspect),
    ("announce", Word::Announce),
    ("verb", Word::Verb),
    ("negation", Word::Negation),
    ("denial", Word::Denial),
    ("hedge", Word::Hedge),
    ("report", Word::Report),
    ("recap", Word::Recap),
    ("story", Word::Story),
    ("recent", Word::Recent),
    ("supposition", Word::Supposition),
    ("condition", Word::Condition),
    ("and", Word::And),
    ("after", Word::After),
    ("alliance", Word::Alliance),
    ("board", Word::Board),
    ("institution", Word::Institution),
    ("pronoun", Word::Pronoun),
    ("self", Word::Self_),
    ("firm", Word::Firm),
    ("statistics", Word::Statistics),
    ("sabbatical", Word::Sabbatical),
    ("honorific", Word::Honorific),
    ("many", Word::Many),
    ("nothing", Word::Nothing),
];

/// The grammar of Japanese.
#[derive(Debug)]
pub struct Japanese {
    lexicon: Lexicon,
    frames: Vec<Frame>,
    words: Words,
    names: JapaneseNames,
    people: Arc<People>,
}

impl Japanese {
    /// Reads `lexicon/ja.toml`; `None` where a problem was found.
    pub fn parse(
        file: &str,
        text: &str,
        people: &Arc<People>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let lists: Vec<&str> = LISTS.iter().map(|(name, _)| *name).chain(["appointment"]).collect();
        let lexicon = Lexicon::parse(file, text, CLASSES, &lists, problems)?;
        let words = Words::build(file, &lexicon, LISTS, str::to_owned, problems)?;
        let names = include_str!("../../../config/names/ja.toml");
        let names = JapaneseNames::parse("names/ja.toml", names, problems)?;
        let frames = lexicon.triggers.iter().map(|trigger| event::frame(&trigger.class)).collect();
        Some(Self { lexicon, frames, words, names, people: Arc::clone(people) })
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

    fn tokens(&self, passage: &Passage<'_>) -> Vec<Token> {
        let text = token::head(&passage.text.norm);
        let mut tokens =
            token::count(text, token::scan(text, passage.companies, &self.words), &['名', '人']);
        for token in &mut tokens {
            token.kind = match (token.kind, passage.text.get(token.span)) {
                (Kind::Text(Script::Hiragana), "の") => Kind::Word(Word::Of),
                (Kind::Text(Script::Hiragana), "と" | "や" | "とその") => {
                    Kind::Word(Word::And)
                }
                (Kind::Sign, "、") => Kind::Comma,
                (kind, _) => kind,
            };
        }
        tokens
    }
}

impl Grammar for Japanese {
    fn candidates(&self, passages: &[Passage<'_>]) -> Vec<Candidate> {
        let told = |passage: &Passage<'_>| {
            let text = token::head(&passage.text.norm);
            let post =
                |post: &String| passage.field == Field::Title && text.contains(post.as_str());
            !self.words.triggers(text).is_empty()
                || self.lexicon.list("appointment").iter().any(post)
                || passage.field == Field::Title && text.ends_with('へ')
        };
        if !passages.iter().any(told) {
            return Vec::new();
        }
        let scanned: Vec<Vec<Token>> =
            passages.iter().map(|passage| self.tokens(passage)).collect();
        // Twice: a surname in the title is read with the full name of the summary.
        let mut known: Vec<Person> = Vec::new();
        for (passage, tokens) in passages.iter().zip(&scanned) {
            let finder =
                Finder { grammar: self, text: token::head(&passage.text.norm), known: &[] };
            known.extend(finder.find(tokens.clone()).1);
        }
        let mut found = Vec::new();
        let article = resolve::Article::of(passages);
        for (passage, tokens) in passages.iter().zip(scanned) {
            let finder =
                Finder { grammar: self, text: token::head(&passage.text.norm), known: &known };
            let (tokens, people) = finder.find(tokens);
            let events = read::events(self, passage, &tokens);
            found.extend(resolve::candidates(passage, &tokens, &people, &events, &article));
        }
        unite::unite(found, passages.first().map(|passage| passage.gazetteer))
    }

    fn keywords(&self, text: &Text) -> Vec<String> {
        let mut keywords: Vec<String> = Vec::new();
        for (_, index) in self.words.triggers(&text.norm) {
            if let Some(trigger) = self.lexicon.triggers.get(usize::from(index))
                && !keywords.contains(&trigger.keyword)
            {
                keywords.push(trigger.keyword.clone());
            }
        }
        keywords
    }

    fn cues(&self) -> Vec<String> {
        self.lexicon.forms().map(str::to_owned).collect()
    }

    fn hints(&self) -> Vec<String> {
        // Headlines without a verb: "A、社長に X 氏", "X 氏、B へ".
        let bare = self.lexicon.list("appointment").iter().map(String::as_str).chain(["へ"]);
        bare.map(str::to_owned).collect()
    }

    fn triggers(&self, text: &Text) -> Vec<Span> {
        self.words.triggers(&text.norm).into_iter().map(|(span, _)| span).collect()
    }
}
