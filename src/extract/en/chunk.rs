//! Groups the tokens of a sentence into companies, persons, roles, groups and triggers.

use std::collections::HashSet;

use super::token::{Token, TokenKind};
use super::words::Words;
use crate::extract::company::CompanyMention;
use crate::extract::latin::{self, NameWord};
use crate::extract::lexicon::TriggerMention;
use crate::extract::text::Span;

/// What a chunk is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Item {
    Org {
        company: u16,
        product: bool,
    },
    /// A person's name; `sure` unless the words are in no list of names.
    Person {
        sure: bool,
    },
    /// The head of a role, such as "chief scientist".
    Role {
        plural: bool,
    },
    /// A number of people, before a plural role: "two".
    Count(u32),
    Trigger(u16),
    Word,
    Comma,
    And,
    Poss,
    Stop,
    Quote,
}

/// A piece of a sentence.
#[derive(Debug, Clone)]
pub(super) struct Chunk {
    pub(super) item: Item,
    pub(super) span: Span,
    /// Lower case; of a multi-word chunk the words joined by spaces.
    pub(super) lower: String,
    pub(super) cap: bool,
}

/// What chunking needs to know beside the sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) words: &'a Words,
    pub(super) companies: &'a [CompanyMention],
    pub(super) triggers: &'a [TriggerMention],
    /// Surnames and given names of people named in full somewhere in the article.
    pub(super) known: &'a HashSet<String>,
    /// Most words are capitalised, so a capital says nothing.
    pub(super) title_case: bool,
}

/// Groups `tokens` into chunks.
pub(super) fn chunks(tokens: &[Token], setting: &Setting<'_>) -> Vec<Chunk> {
    let mut found: Vec<Chunk> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let (item, len) = next(tokens, at, token, setting, found.last());
        let last = tokens.get(at + len - 1).unwrap_or(token);
        let lower = match tokens.get(at..at + len) {
            Some([_, _, ..]) => {
                let words: Vec<&str> =
                    tokens.iter().skip(at).take(len).map(|t| t.lower.as_str()).collect();
                words.join(" ")
            }
            _ => token.lower.clone(),
        };
        let span = Span::new(token.span.start, last.span.end);
        found.push(Chunk { item, span, lower, cap: token.cap });
        at += len;
    }
    found
}

fn next(
    tokens: &[Token],
    at: usize,
    token: &Token,
    setting: &Setting<'_>,
    before: Option<&Chunk>,
) -> (Item, usize) {
    match token.kind {
        TokenKind::Comma => return (Item::Comma, 1),
        TokenKind::And => return (Item::And, 1),
        TokenKind::Poss => return (Item::Poss, 1),
        TokenKind::Stop => return (Item::Stop, 1),
        TokenKind::Quote => return (Item::Quote, 1),
        TokenKind::Word | TokenKind::Number => {}
    }
    if let Some(mention) = starting_at(setting.companies, |m| m.span, token.span) {
        let len = covered(tokens, at, mention.span);
        return (Item::Org { company: mention.company, product: mention.by_product }, len);
    }
    if let Some(hit) = starting_at(setting.triggers, |hit| hit.span, token.span)
        && !names_something_else(tokens, at, covered(tokens, at, hit.span), setting, before)
    {
        return (Item::Trigger(hit.trigger), covered(tokens, at, hit.span));
    }
    if let Some(count) = setting.words.count(&token.lower) {
        return (Item::Count(count), 1);
    }
    if let Some((plural, len)) = role_at(tokens, at, setting.words)
        && !verb_like(&token.lower, before)
    {
        return (Item::Role { plural }, len);
    }
    if token.cap
        && let Some((sure, len)) = person_at(tokens, at, setting)
    {
        return (Item::Person { sure }, len);
    }
    (Item::Word, 1)
}

fn starting_at<'a, T>(list: &'a [T], span: impl Fn(&T) -> Span, token: Span) -> Option<&'a T> {
    let index = list.partition_point(|entry| span(entry).end <= token.start);
    list.get(index).filter(|entry| span(entry).overlaps(token))
}

fn covered(tokens: &[Token], at: usize, span: Span) -> usize {
    let rest = tokens.get(at..).unwrap_or(&[]);
    rest.iter().take_while(|token| token.span.start < span.end).count().max(1)
}

/// True where a trigger form is part of a name or a noun: "Chance the ...", "a left turn".
fn names_something_else(
    tokens: &[Token],
    at: usize,
    len: usize,
    setting: &Setting<'_>,
    before: Option<&Chunk>,
) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let after = tokens.get(at + len);
    let noun_left = token.lower == "left"
        && (before.is_some_and(|chunk| {
            matches!(chunk.lower.as_str(), "the" | "far" | "a" | "political" | "be" | "to")
        }) || after.is_some_and(|next| {
            matches!(next.lower.as_str(), "wing" | "side" | "hand" | "field" | "foot" | "leg")
        }));
    let inside_name = !setting.title_case
        && token.cap
        && at > 0
        && len == 1
        && after.is_some_and(|next| next.cap && latin::look_up(&next.lower).sure_given());
    noun_left || inside_name && false
}

/// "to lead", "will head", "chiefs" after a modal are verbs.
fn verb_like(lower: &str, before: Option<&Chunk>) -> bool {
    matches!(
        lower,
        "lead" | "head" | "partner" | "chair" | "engineer" | "leads" | "heads" | "architect"
    ) && before.is_some_and(|chunk| {
        matches!(
            chunk.lower.as_str(),
            "to" | "will" | "would" | "could" | "may" | "can" | "should" | "and" | "who" | "not"
        )
    })
}

/// The longest role head that begins here: is it a plural, and how many tokens.
fn role_at(tokens: &[Token], at: usize, words: &Words) -> Option<(bool, usize)> {
    let mut best = None;
    let mut joined = String::new();
    for (index, token) in tokens.iter().skip(at).take(5).enumerate() {
        if token.kind != TokenKind::Word {
            break;
        }
        if index > 0 {
            joined.push(' ');
        }
        joined.push_str(&token.lower);
        if let Some(plural) = words.role(&joined) {
            best = Some((plural, index + 1));
        }
    }
    best
}

/// Reads a person's name at `at`: is it sure, and how many tokens.
fn person_at(tokens: &[Token], at: usize, setting: &Setting<'_>) -> Option<(bool, usize)> {
    let name_word = |index: usize| {
        let token = tokens.get(index).filter(|token| token.cap && token.kind == TokenKind::Word)?;
        let company = starting_at(setting.companies, |m| m.span, token.span).is_some();
        let stopped =
            setting.words.is_function(&token.lower) || setting.words.no_person(&token.lower);
        let role = setting.words.role(&token.lower).is_some();
        let plain =
            token.lower.chars().all(|ch| ch.is_alphabetic() || matches!(ch, '\'' | '-' | '.'));
        (!company && !stopped && !role && plain).then(|| latin::look_up(&token.lower))
    };
    let first_token = tokens.get(at)?;
    let first = name_word(at)?;
    if first_token.lower.ends_with('.') && first_token.lower.len() < 3 {
        return None;
    }
    let mut len = 1;
    while tokens.get(at + len).is_some_and(is_initial) {
        len += 1;
    }
    let particle = tokens.get(at + len).is_some_and(|token| is_particle(token))
        && name_word(at + len + 1).is_some();
    if particle {
        len += 1;
    }
    let Some(second) = name_word(at + len) else {
        return single(first_token, first, setting);
    };
    if tokens.get(at + len).is_some_and(|token| setting.words.org_suffix(&token.lower)) {
        return None;
    }
    let trigger = tokens
        .get(at + len)
        .is_some_and(|token| starting_at(setting.triggers, |hit| hit.span, token.span).is_some());
    if trigger {
        return single(first_token, first, setting);
    }
    let (accepted, sure) = pair(first, second, setting.title_case, at == 0);
    if !accepted {
        return single(first_token, first, setting);
    }
    len += 1;
    let mut extra = 0;
    while let Some(third) = name_word(at + len) {
        let token = tokens.get(at + len)?;
        if setting.words.org_suffix(&token.lower) {
            return None;
        }
        let verb = starting_at(setting.triggers, |hit| hit.span, token.span).is_some();
        if extra == 2
            || third.word
            || verb
            || !(third.surname || third.unknown() && !setting.title_case)
        {
            break;
        }
        extra += 1;
        len += 1;
    }
    Some((sure, len))
}

fn is_initial(token: &Token) -> bool {
    token.cap
        && token.lower.chars().filter(|ch| ch.is_alphabetic()).count() == 1
        && token.lower.len() <= 2
}

fn is_particle(token: &Token) -> bool {
    matches!(
        token.lower.as_str(),
        "van"
            | "von"
            | "de"
            | "der"
            | "di"
            | "da"
            | "del"
            | "bin"
            | "al"
            | "el"
            | "la"
            | "le"
            | "du"
            | "dos"
            | "ter"
            | "den"
    )
}

/// Whether two words make a name, and whether that is sure.
fn pair(first: NameWord, second: NameWord, title_case: bool, at_start: bool) -> (bool, bool) {
    let ends = second.may_end();
    if first.sure_given() {
        return (ends || !title_case, ends);
    }
    if first.given {
        let good =
            second.surname && !second.word || second.unknown() || !title_case && !at_start && ends;
        return (good, good && (second.surname || second.unknown()));
    }
    if first.unknown() || first.surname && !first.word {
        return (ends && !(title_case && second.word), second.surname && !second.word);
    }
    (!title_case && !at_start && !second.word && ends, false)
}

/// One word is a name where the article gives the full name elsewhere.
fn single(token: &Token, name: NameWord, setting: &Setting<'_>) -> Option<(bool, usize)> {
    if setting.known.contains(&latin::plain(&token.lower)) {
        return Some((true, 1));
    }
    (name.sure_given()).then_some((false, 1))
}
