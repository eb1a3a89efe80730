//! The grammar of English.
//!
//! A sentence becomes tokens, tokens become chunks (companies, persons, roles, triggers), and each
//! trigger looks left for who moves and right for where from and where to. What each part says
//! about the claim stands in `subject`, `ends` and `phrase`; `judge` decides what is no news.

mod after;
mod agree;
mod apposition;
mod arrives;
mod article;
mod aside;
mod asked;
mod auxiliary;
mod background;
mod bare;
mod beside;
mod chunk;
mod class;
mod clause;
mod colon;
mod dated;
mod doubt;
mod emit;
mod employer;
mod ends;
mod everyday;
mod exodus;
mod frame;
mod gain;
mod glue;
mod going;
mod guard;
mod headed;
mod heads;
mod hired;
mod hope;
mod house;
mod identity;
mod introduced;
mod jobs;
mod joined;
mod judge;
mod learned;
mod left;
mod list;
mod lone;
mod lost;
mod lower;
mod modifiers;
mod named;
mod noun;
mod object;
mod origin;
mod others;
mod outsider;
mod pair;
mod passive;
mod person;
mod phrase;
mod piece;
mod place;
mod places;
mod present;
mod quiet;
mod reading;
mod referent;
mod related;
mod relation;
mod seat;
mod seeming;
mod shape;
mod signs;
mod speaker;
mod stale;
mod stint;
mod subject;
mod tail;
mod tenor;
mod theme;
mod token;
mod topic;
mod turn;
mod turns;
mod unite;
mod verbs;
mod verdict;
mod whole;
mod wording;
mod words;

use std::collections::HashMap;

use super::candidate::{Candidate, Cue, Grammar, Passage, Signs};
use super::company::CompanyMention;
use super::lexicon::Lexicon;
use super::regression::Model;
use super::text::{Span, Text};
use crate::model::Problems;
use class::{CLASSES, Class};
use words::{LISTS, Words};

/// The grammar of English.
#[derive(Debug)]
pub struct English {
    lexicon: Lexicon,
    words: Words,
    classes: Vec<Class>,
    /// The name of a head -> the id of the company.
    heads: HashMap<String, String>,
    model: Model,
}

impl English {
    /// Reads `lexicon/en.toml`; `None` where a problem was found.
    pub fn parse(file: &str, text: &str, problems: &mut Problems) -> Option<Self> {
        let lexicon = Lexicon::parse(file, text, CLASSES, LISTS, problems)?;
        let words = Words::new(&lexicon);
        let classes = lexicon.triggers.iter().map(|trigger| Class::parse(&trigger.class)).collect();
        let heads = super::heads::parse(problems)?;
        let text = include_str!("../../../config/models/en.txt");
        let model = Model::parse("models/en.txt", text, problems)?;
        Some(Self { lexicon, words, classes, heads, model })
    }

    /// The lexicon, for the test that runs its examples.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// True for the trigger that says nothing alone.
    fn follows(&self, trigger: u16) -> bool {
        let trigger = self.lexicon.triggers.get(usize::from(trigger));
        trigger.is_some_and(|trigger| trigger.keyword == "follow")
    }

    fn class(&self, trigger: u16) -> Class {
        self.classes.get(usize::from(trigger)).copied().unwrap_or(Class::Join)
    }
}

impl Grammar for English {
    fn candidates(&self, passages: &[Passage<'_>]) -> Vec<Candidate> {
        whole::candidates(self, passages)
    }

    fn may_tell(&self, texts: [&str; 2], companies: &[CompanyMention], cues: [&[Cue]; 2]) -> bool {
        whole::may_tell(self, texts, companies, cues)
    }

    fn hints(&self) -> Vec<String> {
        self.words.posts().map(str::to_owned).collect()
    }

    fn signs(&self, passages: &[Passage<'_>]) -> Signs {
        whole::signs(self, passages)
    }

    fn is_terse(&self, title: &str, companies: &[CompanyMention]) -> bool {
        bare::is_terse(title, companies)
    }

    fn keywords(&self, text: &Text) -> Vec<String> {
        self.lexicon.keywords(text)
    }

    fn told_by(&self, text: &str, cues: &[Cue]) -> Option<Vec<&str>> {
        Some(self.lexicon.told_by(text, cues))
    }

    fn cues(&self) -> Vec<String> {
        self.lexicon.forms().map(str::to_owned).collect()
    }

    fn triggers(&self, text: &Text) -> Vec<Span> {
        self.lexicon.find(text).iter().map(|hit| hit.span).collect()
    }
}
