//! What the grammars of Chinese and Japanese share: their lexicon, and what tells the two apart.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::bond::Bond;
use super::event::{self, CLASSES, Event, Frame};
use super::person::Person;
use super::token::Token;
use super::words::{Word, Words};
use crate::extract::candidate::Passage;
use crate::extract::heads;
use crate::extract::lexicon::Lexicon;
use crate::extract::people::People;
use crate::extract::regression::Model;
use crate::extract::text::Span;
use crate::model::Problems;

/// The word lists that both grammars read.
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
    ("condition", Word::Condition),
    ("report", Word::Report),
    ("recap", Word::Recap),
    ("story", Word::Story),
    ("recent", Word::Recent),
    ("supposition", Word::Supposition),
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

/// Heads of several companies: their name stands for none of them, and they hardly leave one.
const HEADS_OF_MANY: [&str; 1] = ["Elon Musk"];

/// A lexicon ready to be looked for, and the known people.
#[derive(Debug)]
pub(crate) struct Tongue {
    pub(crate) lexicon: Lexicon,
    pub(crate) words: Words,
    pub(crate) people: Arc<People>,
    pub(crate) model: Model,
    frames: Vec<Frame>,
    /// What each word is called in the lexicon.
    lists: Vec<(&'static str, Word)>,
    /// Heads of companies, by whom headlines call them: the Latin name and the company's id.
    heads: HashMap<String, String>,
}

impl Tongue {
    /// Reads a lexicon with the common lists, the language's `own` ones, and `plain` ones that
    /// the grammar looks up by itself; every form goes through `fold`.
    pub(crate) fn parse(
        (file, text): (&str, &str),
        (model, weights): (&str, &str),
        own: &[(&'static str, Word)],
        plain: &[&str],
        fold: impl Fn(&str) -> String,
        people: &Arc<People>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let lists = [LISTS, own].concat();
        let names: Vec<&str> =
            lists.iter().map(|(name, _)| *name).chain(plain.iter().copied()).collect();
        let lexicon = Lexicon::parse(file, text, CLASSES, &names, problems)?;
        let words = Words::build(file, &lexicon, &lists, fold, problems)?;
        let frames = lexicon.triggers.iter().map(|trigger| event::frame(&trigger.class)).collect();
        let heads = heads::parse(problems)?;
        let model = Model::parse(model, weights, problems)?;
        let people = Arc::clone(people);
        Some(Self { lexicon, words, people, model, frames, lists, heads })
    }

    /// The class of a trigger.
    pub(super) fn class(&self, trigger: u16) -> &str {
        self.lexicon.triggers.get(usize::from(trigger)).map_or("", |trigger| &trigger.class)
    }

    /// The list that a word is of.
    pub(super) fn list(&self, word: Word) -> &'static str {
        self.lists.iter().find(|(_, own)| *own == word).map_or("", |(name, _)| name)
    }

    /// What a trigger says.
    pub(crate) fn frame(&self, trigger: u16) -> Frame {
        self.frames.get(usize::from(trigger)).copied().unwrap_or(Frame::Promote)
    }

    /// The id of the company that `name`, in full or a surname, stands for.
    pub(crate) fn house(&self, name: &str) -> Option<&str> {
        let known = self.people.latin(name).or_else(|| self.people.by_surname(name))?;
        self.heads.get(known).map(String::as_str)
    }

    /// True for the head of one company, or of several.
    pub(crate) fn leads(&self, name: &str) -> bool {
        let known = self.people.latin(name).or_else(|| self.people.by_surname(name));
        self.house(name).is_some() || known.is_some_and(|known| HEADS_OF_MANY.contains(&known))
    }

    /// True for a trigger of `class`.
    pub(crate) fn is_of(&self, trigger: u16, class: &str) -> bool {
        let trigger = self.lexicon.triggers.get(usize::from(trigger));
        trigger.is_some_and(|trigger| trigger.class == class)
    }

    /// The keywords of the triggers in `text`, each once.
    pub(crate) fn keywords(&self, text: &str) -> Vec<String> {
        let mut keywords: Vec<String> = Vec::new();
        for (_, index) in self.words.triggers(text) {
            if let Some(trigger) = self.lexicon.triggers.get(usize::from(index))
                && !keywords.contains(&trigger.keyword)
            {
                keywords.push(trigger.keyword.clone());
            }
        }
        keywords
    }

    /// Where the triggers stand in `text`.
    pub(crate) fn triggers(&self, text: &str) -> Vec<Span> {
        self.words.triggers(text).into_iter().map(|(span, _)| span).collect()
    }
}

/// What tells one language from the other.
pub(crate) trait Language {
    /// The pattern of what the learned model finds.
    const LEARNED: &'static str;

    /// The words and the people.
    fn tongue(&self) -> &Tongue;

    /// The text as the words are looked for in it, of the same length.
    fn fold<'t>(&self, text: &'t str) -> Cow<'t, str>;

    /// True for a passage, folded, that may tell a move.
    fn tells(&self, passage: &Passage<'_>, text: &str) -> bool;

    /// Cuts a folded passage into tokens.
    fn tokens(&self, passage: &Passage<'_>, text: &str) -> Vec<Token>;

    /// Finds the people of a passage; `known` are those whom the article names elsewhere.
    fn people(
        &self,
        passage: &Passage<'_>,
        text: &str,
        tokens: Vec<Token>,
        known: &[Person],
    ) -> (Vec<Token>, Vec<Person>);

    /// Finds further people, where what stands around them is judged anew.
    fn guess(
        &self,
        _passage: &Passage<'_>,
        _text: &str,
        tokens: Vec<Token>,
        _people: &mut Vec<Person>,
    ) -> Vec<Token> {
        tokens
    }

    /// True for a title that denies what the article goes on to tell.
    fn denies(&self, _tokens: &[Token]) -> bool {
        false
    }

    /// True for a title about a quarrel before a court: what the article tells is known.
    fn is_suit(&self, _title: &str) -> bool {
        false
    }

    /// Reads the clauses of a passage.
    fn events(&self, passage: &Passage<'_>, tokens: &[Token]) -> Vec<Event>;

    /// What the clauses of a passage, folded, say of people and houses.
    fn bonds(
        &self,
        _passage: &Passage<'_>,
        _text: &str,
        _tokens: &[Token],
        _people: &[Person],
    ) -> Vec<Bond> {
        Vec::new()
    }
}
