//! The text of an article as the learned model sees it: letters and words, with persons, companies,
//! posts and numbers in the place of what they are called.

use super::token::{Kind, Token};
use super::tongue::Tongue;
use super::words::Word;
use crate::extract::candidate::Passage;
use crate::extract::script::Script;
use crate::extract::text::Span;

/// What a piece is, as far as it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// Before the first letter of a statement.
    Start,
    /// By the place of the name among the people of the article.
    Person(usize),
    Org(u16),
    Role,
    Number,
    Trigger,
    Mark,
    Other,
}

/// A letter or a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'t> {
    /// The two parts of its symbol.
    pub(super) tag: &'static str,
    pub(super) text: &'t str,
    pub(super) what: What,
    /// The number of its passage.
    pub(super) passage: usize,
    pub(super) span: Span,
    pub(super) title: bool,
}

impl<'t> Piece<'t> {
    /// The piece of a token that stands for what it is, `None` for one that is read by letters;
    /// `org` tells of a company and `person` of a name.
    pub(super) fn of(
        token: Token,
        text: &'t str,
        passage: &Passage<'_>,
        (org, person): (impl Fn(u16) -> &'static str, impl Fn(usize) -> What),
        blank: Self,
    ) -> Option<Self> {
        let whole = |tag, what| Some(Self { tag, text: "", what, span: token.span, ..blank });
        match token.kind {
            Kind::Company(index) => {
                let own = passage.companies.get(index)?;
                match own.by_product {
                    true => whole("PROD", What::Other),
                    false => whole(org(own.company), What::Org(own.company)),
                }
            }
            Kind::Person(index) => whole("PER", person(index)),
            Kind::Count(_) => whole("NUM", What::Number),
            Kind::Year(_) => whole("YEAR", What::Other),
            Kind::Month(_) => whole("MONTH", What::Other),
            Kind::Duration => whole("SPAN", What::Other),
            Kind::Word(Word::Role) => whole("ROLE", What::Role),
            Kind::Word(Word::Staff) => whole("STAFF", What::Role),
            Kind::Word(Word::Team) => whole("TEAM", What::Other),
            Kind::Word(Word::Bystander) => whole("BY", What::Other),
            Kind::Word(Word::Former) => whole("EX", What::Other),
            Kind::Word(Word::Pronoun) => whole("HE", What::Other),
            Kind::Word(Word::Honorific) => whole("MR", What::Other),
            Kind::Text(Script::Latin) => match text {
                "AI" => None,
                _ if text.starts_with(|ch: char| ch.is_ascii_digit()) => whole("0", What::Other),
                _ => whole("LATIN", What::Other),
            },
            _ => None,
        }
    }

    /// A token of the lexicon, or what no rule knows, as one word.
    pub(super) fn word(tongue: &'t Tongue, token: Token, text: &'t str, blank: Self) -> Self {
        let (tag, text, what) = match token.kind {
            Kind::Trigger(trigger) => ("TR_", tongue.class(trigger), What::Trigger),
            Kind::Word(word) => ("W_", tongue.list(word), What::Other),
            Kind::Comma | Kind::Open | Kind::Close => ("mark ", "", What::Mark),
            Kind::Stop => ("stop ", text, What::Mark),
            Kind::Text(Script::Hiragana) if text.chars().count() < 4 => ("", text, What::Other),
            _ => ("_", "", What::Other),
        };
        Self { tag, text, what, span: token.span, ..blank }
    }

    /// True for who, where and as what.
    pub(super) fn is_named(&self) -> bool {
        matches!(self.what, What::Person(_) | What::Org(_) | What::Role | What::Number)
    }

    /// The two parts of its symbol.
    pub(super) fn symbol(&self) -> [&'t str; 2] {
        [self.tag, self.text]
    }
}

/// The letters of a token: a word of katakana is one.
pub(super) fn letters(token: Token, text: &str) -> impl Iterator<Item = (Span, &str)> {
    let whole = token.kind == Kind::Text(Script::Katakana);
    let ends = text.char_indices().map(move |(at, ch)| match whole {
        true => (0, text.len()),
        false => (at, at + ch.len_utf8()),
    });
    let start = token.span.start;
    ends.take(if whole { 1 } else { usize::MAX }).filter_map(move |(from, to)| {
        Some((Span::new(start + from, start + to), text.get(from..to)?))
    })
}
