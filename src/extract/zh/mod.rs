//! The grammar of Chinese, simplified and traditional.
//!
//! A text is folded to simplified characters of the same length, cut into tokens (`han::token`),
//! its people are found (`people`), the clauses are read into events (`read`), the events
//! resolved into candidates (`han::resolve`), and what title and summary say united (`han::unite`).

mod along;
mod bond;
mod border;
mod clause;
mod cue;
mod dotted;
mod guess;
mod listed;
mod mark;
mod mood;
mod people;
mod phrase;
mod post;
mod read;
mod surname;
mod tie;

use std::borrow::Cow;
use std::sync::Arc;

use self::people::Finder;
use super::candidate::{Candidate, Grammar, Passage, Signs};
use super::han::bond::Bond;
use super::han::event::{Event, Frame};
use super::han::fold::Fold;
use super::han::names::ChineseNames;
use super::han::number;
use super::han::person::Person;
use super::han::reading;
use super::han::token::{self, Kind, Token};
use super::han::tongue::{Language, Tongue};
use super::han::words::Word;
use super::people::People;
use super::text::{Span, Text};
use crate::model::Problems;

/// The word lists that only Chinese has.
const LISTS: &[(&str, Word)] = &[
    ("from", Word::From),
    ("to", Word::To),
    ("passive", Word::Passive),
    ("take", Word::Take),
    ("preposition", Word::Prep),
    ("speech", Word::Speech),
    ("earlier", Word::Earlier),
    ("of", Word::Of),
    ("serve", Word::Serve),
    ("begin", Word::Verb),
    ("finish", Word::Verb),
];

/// The grammar of Chinese.
#[derive(Debug)]
pub struct Chinese {
    tongue: Tongue,
    fold: Fold,
    names: ChineseNames,
    marks: mark::Marks,
}

impl Chinese {
    /// Reads `lexicon/zh.toml`; `None` where a problem was found.
    pub fn parse(
        file: &str,
        text: &str,
        people: &Arc<People>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let fold = Fold::parse(include_str!("../../../config/names/zh-fold.txt"));
        let folded = |form: &str| fold.fold(form);
        let plain = [&["name_part", "seat"], mark::PLAIN.as_slice()].concat();
        let model = ("models/zh.txt", include_str!("../../../config/models/zh.txt"));
        let tongue = Tongue::parse((file, text), model, LISTS, &plain, folded, people, problems)?;
        let names = include_str!("../../../config/names/zh.toml");
        let names = ChineseNames::parse("names/zh.toml", names, problems)?;
        let marks = mark::Marks::new(|list| tongue.lexicon.list(list))
            .map_err(|error| problems.add(file, None, "lists", format!("too many words: {error}")))
            .ok()?;
        Some(Self { tongue, fold, names, marks })
    }

    /// True for a trigger whose subject can only be a person.
    fn is_personal(&self, trigger: u16) -> bool {
        self.tongue.frame(trigger) == Frame::Leave || self.tongue.is_of(trigger, "hop")
    }
}

impl Language for Chinese {
    const LEARNED: &'static str = "zh.learned";

    fn tongue(&self) -> &Tongue {
        &self.tongue
    }

    fn fold<'t>(&self, text: &'t str) -> Cow<'t, str> {
        Cow::Owned(self.fold.fold(text))
    }

    fn tells(&self, _: &Passage<'_>, text: &str) -> bool {
        !self.tongue.words.triggers(text).is_empty() || self.marks.tell(text)
    }

    fn tokens(&self, passage: &Passage<'_>, text: &str) -> Vec<Token> {
        let tokens = token::scan(text, passage.companies, &self.tongue.words);
        number::count(text, tokens, &['名', '位', '人'])
    }

    fn people(
        &self,
        passage: &Passage<'_>,
        text: &str,
        tokens: Vec<Token>,
        known: &[Person],
    ) -> (Vec<Token>, Vec<Person>) {
        let written = token::head(&passage.text.norm);
        Finder { grammar: self, text: written, folded: text, known }.find(tokens)
    }

    fn guess(
        &self,
        passage: &Passage<'_>,
        text: &str,
        tokens: Vec<Token>,
        people: &mut Vec<Person>,
    ) -> Vec<Token> {
        let written = token::head(&passage.text.norm);
        let known = people.clone();
        Finder { grammar: self, text: written, folded: text, known: &known }.guess(tokens, people)
    }

    fn denies(&self, tokens: &[Token]) -> bool {
        let denial = |at: &usize| token::kind(tokens, *at) == Some(Kind::Word(Word::Denial));
        (0..tokens.len()).filter(denial).any(|at| !mood::is_before(tokens, at))
    }

    fn is_suit(&self, title: &str) -> bool {
        bond::is_trial(title)
    }

    fn events(&self, passage: &Passage<'_>, tokens: &[Token]) -> Vec<Event> {
        read::events(self, passage, tokens)
    }

    fn bonds(
        &self,
        passage: &Passage<'_>,
        text: &str,
        tokens: &[Token],
        people: &[Person],
    ) -> Vec<Bond> {
        bond::bonds(self, passage, text, (tokens, people))
    }
}

impl Grammar for Chinese {
    fn candidates(&self, passages: &[Passage<'_>]) -> Vec<Candidate> {
        reading::candidates(self, passages)
    }

    fn signs(&self, passages: &[Passage<'_>]) -> Signs {
        reading::signs(self, passages)
    }

    fn sounds_like_news(&self, [title, summary, _]: &[&str; 3]) -> bool {
        reading::may_tell(self, &[title, summary])
    }

    fn keywords(&self, text: &Text) -> Vec<String> {
        self.tongue.keywords(&self.fold.fold(&text.norm))
    }

    fn cues(&self) -> Vec<String> {
        let lists = mark::TELLING.iter().flat_map(|list| self.tongue.lexicon.list(list));
        let long = lists.map(String::as_str).filter(|word| word.len() > "某".len());
        let forms: Vec<&str> = self.tongue.lexicon.forms().chain(long).chain(mark::CUES).collect();
        let mut cues: Vec<String> = forms.iter().map(|form| (*form).to_owned()).collect();
        cues.extend(forms.iter().flat_map(|form| self.fold.unfold(form)));
        cues
    }

    fn triggers(&self, text: &Text) -> Vec<Span> {
        self.tongue.triggers(&self.fold.fold(&text.norm))
    }
}
