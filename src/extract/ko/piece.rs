//! The words of an article as the learned model sees them: what they are, how they begin, and what
//! their particle or ending says.

use super::ending::Form;
use super::node::{Kind, Node};
use super::particle::Part;
use super::person::Person;
use super::trigger::{ACTS, Trigger};
use crate::extract::text::Span;

/// What a piece is, as far as it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// Before the first word of a sentence.
    Start,
    /// By the place of the name among [`Pieces::names`].
    Person(usize),
    Org(u16),
    Role,
    Number,
    Trigger,
    Mark,
    Word,
}

/// A word as the model sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'c> {
    /// The two parts of its symbol.
    pub(super) tag: &'static str,
    pub(super) head: &'c str,
    /// What its particle or its ending says.
    pub(super) part: &'static str,
    /// The word as it stands.
    pub(super) word: &'c str,
    pub(super) what: What,
    /// The number of its passage.
    pub(super) passage: usize,
    pub(super) span: Span,
    pub(super) title: bool,
}

impl<'c> Piece<'c> {
    /// The piece of a node; `rank` numbers companies.
    pub(super) fn of(node: &'c Node<'_>, rank: impl Fn(u16) -> &'static str, blank: Self) -> Self {
        let word = node.word;
        let told = match node.kind {
            Kind::Company { product: true, .. } => ("PROD", "", What::Word),
            Kind::Company { company, .. } => ("ORG", rank(company), What::Org(company)),
            Kind::Role { plural } => (if plural { "ROLES" } else { "ROLE" }, "", What::Role),
            Kind::Known => ("PER", "", What::Word),
            Kind::Count(_) => ("NUM", "", What::Number),
            Kind::Former => ("EX", "", What::Word),
            Kind::Trigger(trigger) => ("TR_", act(trigger), What::Trigger),
            Kind::Break(_) | Kind::Dot => ("mark ", word, What::Mark),
            _ if node.stem.starts_with(|ch: char| ch.is_ascii_digit()) => ("0", "", What::Word),
            _ if node.is_latin => ("LATIN", "", What::Word),
            _ => ("", head(node.stem, 2), What::Word),
        };
        let part = match node.kind {
            Kind::Trigger(trigger) => form(trigger.form),
            Kind::Adnominal => "+adn",
            Kind::Predicate => "+pred",
            _ => part(node.part),
        };
        let (tag, head, what) = told;
        Self { tag, head, part, word, what, span: node.span, ..blank }
    }

    /// True for who, where and as what.
    pub(super) fn is_named(&self) -> bool {
        matches!(self.what, What::Person(_) | What::Org(_) | What::Role | What::Number)
    }
}

/// Whether somebody is still there.
pub(super) fn standing(person: &Person) -> &'static str {
    match person {
        Person { held: true, .. } => "held",
        Person { origin: true, .. } => "origin",
        Person { former: true, .. } => "former",
        _ => "now",
    }
}

/// The first syllables of a word.
pub(super) fn head(word: &str, count: usize) -> &str {
    let end = word.char_indices().nth(count).map_or(word.len(), |(at, _)| at);
    word.get(..end).unwrap_or(word)
}

/// The last syllables of a word.
pub(super) fn tail(word: &str, count: usize) -> &str {
    let start = word.char_indices().rev().nth(count - 1).map_or(0, |(at, _)| at);
    word.get(start..).unwrap_or(word)
}

pub(super) fn act(trigger: Trigger) -> &'static str {
    ACTS.iter().find(|(_, act)| *act == trigger.act).map_or("", |(name, _)| name)
}

pub(super) fn form(form: Form) -> &'static str {
    match form {
        Form::Finite => "+fin",
        Form::Pluperfect => "+long",
        Form::Connective => "+and",
        Form::Quote => "+says",
        Form::Plan => "+plan",
        Form::Adnominal => "+adn",
        Form::Future => "+will",
        Form::Negative => "+not",
        Form::Open => "+open",
        Form::Noun(part_of) => part(part_of),
    }
}

pub(super) fn part(part: Part) -> &'static str {
    match part {
        Part::None => "",
        Part::Subject => "+subject",
        Part::Topic => "+topic",
        Part::Object => "+object",
        Part::Of => "+of",
        Part::At => "+at",
        Part::From => "+from",
        Part::To => "+to",
        Part::Bound => "+bound",
        Part::With => "+with",
        Part::Is => "+is",
        Part::Origin => "+origin",
        Part::Side => "+side",
        Part::Other => "+other",
    }
}
