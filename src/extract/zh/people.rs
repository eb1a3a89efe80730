//! Finds the people of a Chinese text: transliterated names with a dot (`dotted`), names in Latin
//! letters, Chinese names between borders that the words around them give (`surname`).

use super::Chinese;
use crate::extract::han::gloss;
use crate::extract::han::latin::{self, Look};
use crate::extract::han::person::{Person, full_name, replace};
use crate::extract::han::token::{Kind, Token};
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::extract::text::Span;

/// A text on the way from tokens to people.
pub(super) struct Finder<'a> {
    pub(super) grammar: &'a Chinese,
    /// The text as it is.
    pub(super) text: &'a str,
    /// The text in simplified characters.
    pub(super) folded: &'a str,
    /// People whom other parts of the article name in full.
    pub(super) known: &'a [Person],
}

impl Finder<'_> {
    /// Replaces the tokens of names by people.
    pub(super) fn find(&self, tokens: Vec<Token>) -> (Vec<Token>, Vec<Person>) {
        let mut people = Vec::new();
        let tokens = self.dotted(tokens, &mut people);
        let tokens = self.latin(tokens, &mut people);
        let tokens = self.han(tokens, &mut people);
        (gloss::drop_glosses(self.text, tokens, &mut people), people)
    }

    pub(super) fn get(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or("")
    }

    pub(super) fn person(&self, span: Span, people: &mut Vec<Person>) -> Kind {
        let name = self.get(span).to_owned();
        let full = self.full_name(&name, people);
        people.push(Person { name: full.unwrap_or(name), latin: None, span });
        Kind::Person(people.len() - 1)
    }

    /// The full name that `part` is a part of.
    pub(super) fn full_name(&self, part: &str, people: &[Person]) -> Option<String> {
        full_name(part, people, self.known)
    }

    /// Names in Latin letters.
    fn latin(&self, tokens: Vec<Token>, people: &mut Vec<Person>) -> Vec<Token> {
        let mut spans = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let Some((span, next, look)) = latin::run(self.text, &tokens, at) else {
                at += 1;
                continue;
            };
            if self.is_latin_name(&tokens, at, next, span, look, people) {
                spans.push(span);
            }
            at = next;
        }
        replace(tokens, &spans, |span| self.person(span, people))
    }

    fn is_latin_name(
        &self,
        tokens: &[Token],
        at: usize,
        next: usize,
        span: Span,
        look: Look,
        people: &[Person],
    ) -> bool {
        let before = before(tokens, at);
        let after = after(tokens, next);
        let role = matches!(before, Some(Kind::Word(Word::Role | Word::Bystander)));
        let firm = matches!(
            after,
            Some(Kind::Word(Word::Team | Word::Firm | Word::Institution | Word::Alliance))
        );
        if firm && look != Look::Full {
            return false;
        }
        if self.known.iter().any(|person| person.name == self.get(span)) {
            return true;
        }
        if !firm && self.grammar.tongue.people.latin(self.get(span)).is_some() {
            return true;
        }
        match look {
            Look::Full => !firm,
            Look::Single => {
                role || self.is_of_company(tokens, at, after)
                    || self.full_name(self.get(span), people).is_some()
                    || self.is_known(self.get(span)) && self.acts(tokens, next)
            }
            Look::Doubtful => {
                role || self.leaves(tokens, next)
                    || self.is_listed(tokens, at)
                    || self.lists(tokens, next)
            }
            Look::None => false,
        }
    }

    /// True for a surname that only one of the known people bears.
    fn is_known(&self, name: &str) -> bool {
        let people = &self.grammar.tongue.people;
        people.latin(name).or(people.by_surname(name)).is_some()
    }

    /// "Jason Wei、Hyung Won Chung": the next of a list of names.
    fn is_listed(&self, tokens: &[Token], at: usize) -> bool {
        let mut earlier = tokens.iter().take(at).rev().filter(|token| token.kind != Kind::Space);
        let and = earlier.next().is_some_and(|token| token.kind == Kind::Word(Word::And));
        let name = || {
            let latin = |at: usize| {
                tokens.get(at).is_some_and(|token| token.kind == Kind::Text(Script::Latin))
            };
            let goes_on = |at: usize| {
                at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|before| {
                    matches!(before.kind, Kind::Space | Kind::Text(Script::Latin))
                })
            };
            let index = (0..at).rev().find(|at| latin(*at) && !goes_on(*at))?;
            latin::run(self.text, tokens, index)
        };
        and && name().is_some_and(|(_, _, look)| look == Look::Full)
    }

    /// "Uday Ruddarraju 和 Mike Dalton": the first of a list of names.
    fn lists(&self, tokens: &[Token], next: usize) -> bool {
        let mut later = tokens.iter().enumerate().skip(next);
        let mut own = later.by_ref().filter(|(_, token)| token.kind != Kind::Space);
        let and = own.next().is_some_and(|(_, token)| token.kind == Kind::Word(Word::And));
        let name = own.next().and_then(|(at, _)| latin::run(self.text, tokens, at));
        and && name.is_some_and(|(_, _, look)| look == Look::Full)
    }

    /// True where the next words say that a person does something: joins, leaves, announces.
    fn acts(&self, tokens: &[Token], next: usize) -> bool {
        let mut near = tokens.iter().skip(next).filter(|token| token.kind != Kind::Space).take(4);
        near.find_map(|token| match token.kind {
            Kind::Trigger(_) | Kind::Word(Word::Announce | Word::From) => Some(true),
            Kind::Word(Word::Aspect | Word::Recent | Word::Hedge | Word::Prep) => None,
            _ => Some(false),
        })
        .unwrap_or(false)
    }

    /// "谷歌的 Jumper 表示".
    fn is_of_company(&self, tokens: &[Token], at: usize, after: Option<Kind>) -> bool {
        let before = before(tokens, at) == Some(Kind::Word(Word::Of));
        before
            && matches!(after, Some(Kind::Word(Word::Speech | Word::Announce) | Kind::Trigger(_)))
    }

    /// True where the next words say that someone leaves: only people do.
    fn leaves(&self, tokens: &[Token], next: usize) -> bool {
        let mut near = tokens.iter().skip(next).filter(|token| token.kind != Kind::Space).take(4);
        near.find_map(|token| match token.kind {
            Kind::Trigger(index) => Some(self.grammar.is_personal(index)),
            Kind::Word(
                Word::Aspect
                | Word::Announce
                | Word::Recent
                | Word::Hedge
                | Word::From
                | Word::Prep,
            ) => None,
            Kind::Company(_) => None,
            _ => Some(false),
        })
        .unwrap_or(false)
    }
}

pub(super) fn before_token(tokens: &[Token], at: usize) -> Option<Token> {
    tokens
        .get(..at)?
        .iter()
        .rev()
        .find(|token| token.kind != Kind::Space && token.kind != Kind::Sign)
        .copied()
}

fn before(tokens: &[Token], at: usize) -> Option<Kind> {
    before_token(tokens, at).map(|token| token.kind)
}

fn after(tokens: &[Token], at: usize) -> Option<Kind> {
    tokens.get(at..)?.iter().find(|token| token.kind != Kind::Space).map(|token| token.kind)
}
