//! Persons: capitalised words that the lists of names, or the known people, make a name.

use super::chunk::{Setting, starting_at};
use super::lone::{lone_surname, single, titled};
use super::pair::{Before, Place, pair};
use super::places::{is_address, surname_of_place};
use super::shape;
use super::token::{Token, TokenKind};
use crate::extract::latin::{self, NameWord};

/// Reads a person's name at `at`: is it sure, and how many tokens.
pub(super) fn at(
    tokens: &[Token],
    at: usize,
    setting: &Setting<'_>,
    before: Before,
) -> Option<(bool, usize)> {
    if is_address(tokens, at) {
        return None;
    }
    if let Some(len) = known(tokens, at, setting) {
        return Some((true, len));
    }
    let token = tokens.get(at)?;
    let first = match name_word(tokens, at, setting) {
        Some(first) => first,
        None => {
            return initialled(tokens, at, setting)
                .or_else(|| shape::small_surname(tokens, at, setting).then_some((true, 2)))
                .or_else(|| other_thing(tokens, at, before, setting));
        }
    };
    if token.lower.ends_with('.') && token.lower.len() < 3 {
        return initialled(tokens, at, setting);
    }
    let mut len = 1;
    while tokens.get(at + len).is_some_and(is_initial) {
        len += 1;
    }
    let particles = shape::particles(tokens, at + len);
    if particles > 0 && name_word(tokens, at + len + particles, setting).is_some() {
        len += particles;
    }
    let alone = || {
        let next = tokens.get(at + 1);
        single(token, first, setting)
            .or_else(|| titled(&token.lower, first, next, before, setting))
            .or_else(|| lone_surname(tokens, at, first, setting).then_some((false, 1)))
    };
    let single = alone;
    let surname = || surname_of_place(tokens, at + len, first);
    let short = || shape::short_surname(tokens, at + len, first, setting);
    let listed = || shape::listed_surname(tokens, at + len, first, setting);
    let second = name_word(tokens, at + len, setting).or_else(surname).or_else(short);
    let second = second.or_else(listed);
    let Some(second) = second else {
        return single();
    };
    let last = tokens.get(at + len)?;
    if setting.words.org_suffix(&last.lower) && !shape::lives_in_the_park(tokens, at, first) {
        return None;
    }
    if starts_trigger(last, setting) {
        return single();
    }
    let place = Place {
        title_case: setting.title_case,
        at_start: at == 0,
        closed: closes(tokens.get(at + len + 1), setting),
        acts: tokens.get(at + len + 1).is_some_and(|next| {
            let another =
                || name_word(tokens, at + len + 2, setting).is_some_and(NameWord::sure_given);
            starts_verb(next, setting) || next.kind == TokenKind::And && (!second.word || another())
        }),
        before,
    };
    let eastern = setting.words.is("eastern_surname", &latin::folded(&token.lower))
        && !second.word
        && second.may_end()
        && !(setting.title_case && second.given);
    // "Yang Song": both are surnames too.
    let both = |word: &str| setting.words.is("eastern_surname", word);
    let eastern = eastern || both(&token.lower) && both(&last.lower) && !setting.title_case;
    let sure = pair(first, second, place).or_else(|| eastern.then_some(false));
    let Some(sure) = sure else { return single() };
    more(tokens, at, len + 1, setting).map(|len| (sure, len))
}

/// "J.J. Gray": initials and a surname.
fn initialled(tokens: &[Token], at: usize, setting: &Setting<'_>) -> Option<(bool, usize)> {
    let len = shape::initials(tokens, at)?;
    let surname = name_word(tokens, at + len, setting)?;
    let token = tokens.get(at + len)?;
    let called = shape::is_called(tokens, at);
    let word = surname.word && !(called && surname.surname);
    let known = surname.surname && !word;
    let name = !word
        && !setting.words.org_suffix(&token.lower)
        && (known
            || closes(tokens.get(at + len + 1), setting)
            || name_word(tokens, at + len + 1, setting).is_some_and(|next| !next.word));
    if !name {
        return None;
    }
    more(tokens, at, len + 1, setting).map(|len| (known, len))
}

/// The token as a part of a name; `None` where it cannot be one.
fn name_word(tokens: &[Token], index: usize, setting: &Setting<'_>) -> Option<NameWord> {
    let token = tokens.get(index).filter(|token| token.kind == TokenKind::Word)?;
    if !token.cap && !token.lower.starts_with("al-") && !token.lower.starts_with("el-") {
        return None;
    }
    *token.name.get_or_init(|| part_of_name(tokens, index, token, setting))
}

fn part_of_name(
    tokens: &[Token],
    index: usize,
    token: &Token,
    setting: &Setting<'_>,
) -> Option<NameWord> {
    let words = setting.words;
    if !token.cap && !token.lower.starts_with("al-") && !token.lower.starts_with("el-") {
        return None;
    }
    let joined = shape::compound(&token.lower);
    let company = starting_at(setting.companies, |m| m.span, token.span).is_some();
    let listed = token.listed(words);
    let other = listed.no_name() || listed.is_role();
    let plain = token.lower.chars().all(|ch| ch.is_alphabetic() || matches!(ch, '\'' | '-' | '.'));
    let dotted = token.lower.len() > 2 && token.lower.contains('.')
        || ["-born", "-based", "-trained", "-educated", "-bred", "-raised"]
            .iter()
            .any(|tail| token.lower.ends_with(tail));
    let shouted = token.upper && token.lower.len() < 5;
    let compound = token.lower.as_bytes().contains(&b'-')
        && !is_eastern_given(tokens, index, setting)
        && token
            .lower
            .split('-')
            .any(|part| part.len() < 2 || latin::is_word(part) && !latin::look_up(part).surname);
    if !plain || company || other || dotted || shouted {
        return None;
    }
    match joined {
        Some(joined) => Some(NameWord { given: latin::look_up(&token.lower).given, ..joined }),
        None => (!compound).then(|| latin::look_up(&token.lower)),
    }
}

/// "Kim Woo-jin", "Tie-Yan Liu": two syllables beside an East Asian surname.
fn is_eastern_given(tokens: &[Token], index: usize, setting: &Setting<'_>) -> bool {
    let surname = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at))
            .is_some_and(|token| token.cap && setting.words.is("eastern_surname", &token.lower))
    };
    let surname = surname(index.checked_sub(1)) || surname(Some(index + 1));
    let Some(token) = tokens.get(index).filter(|_| surname) else { return false };
    let mut parts = token.lower.split('-');
    let short = |part: Option<&str>| {
        part.is_some_and(|part| {
            (1..=6).contains(&part.len()) && part.chars().all(|ch| ch.is_ascii_lowercase())
        })
    };
    short(parts.next()) && short(parts.next()) && parts.next().is_none()
}

/// A name from the list of known people, of two or three words.
fn known(tokens: &[Token], at: usize, setting: &Setting<'_>) -> Option<usize> {
    let words = tokens.get(at..(at + 3).min(tokens.len()))?;
    let part = |token: &Token| token.cap && token.kind == TokenKind::Word;
    let two = matches!(words, [first, second, ..] if part(first) && part(second));
    if !two || !words.first().is_some_and(|first| setting.people.may_open(&first.lower)) {
        return None;
    }
    (2..=words.len()).rev().find(|len| {
        let names = words.iter().take(*len).all(part);
        let name = || {
            words.iter().take(*len).map(|token| token.lower.as_str()).collect::<Vec<_>>().join(" ")
        };
        names && setting.people.latin(&name()).is_some()
    })
}

/// "Will Gray joins ...", "Max Gray leaves ...": a given name that is something else elsewhere.
fn other_thing(
    tokens: &[Token],
    at: usize,
    before: Before,
    setting: &Setting<'_>,
) -> Option<(bool, usize)> {
    let token = tokens.get(at).filter(|token| token.kind == TokenKind::Word)?;
    let verb = matches!(token.lower.as_str(), "will" | "may" | "mark" | "chance");
    let given = setting.words.no_person(&token.lower) && latin::look_up(&token.lower).given;
    let company = starting_at(setting.companies, |m| m.span, token.span).is_some();
    let surname = name_word(tokens, at + 1, setting)?;
    let finite = tokens.get(at + 2).is_some_and(|token| {
        starts_trigger(token, setting)
            && (before.name || token.lower.ends_with('s') || token.lower.ends_with("ed"))
    });
    let follows = tokens.get(at + 2).is_some_and(|token| {
        setting.words.is_function(&token.lower) || token.kind == TokenKind::Comma
    });
    // "Hires Max Schwarzer from Gana": an unknown surname will do where capitals say something.
    let begins = at.checked_sub(1).and_then(|before| tokens.get(before));
    let begins = begins.is_some_and(|before| !before.cap && before.kind == TokenKind::Word);
    // "Max Schwarzer, a researcher, ...".
    let opens = at == 0 && tokens.get(2).is_some_and(|next| next.kind == TokenKind::Comma);
    let free = surname.unknown() && !setting.title_case && (begins || opens);
    let name = (surname.surname && !surname.word || surname.unknown() && finite || free)
        && !tokens.get(at + 1).is_some_and(|token| setting.words.org_suffix(&token.lower));
    let sure = verb && finite && surname.may_end()
        || given && !company && name && (finite || follows && !setting.title_case);
    sure.then_some((true, 2))
}

pub(super) fn starts_trigger(token: &Token, setting: &Setting<'_>) -> bool {
    starting_at(setting.triggers, |hit| hit.span, token.span).is_some()
}

/// True where the token after a name shows that the name is over.
fn closes(token: Option<&Token>, setting: &Setting<'_>) -> bool {
    let Some(token) = token else { return true };
    token.kind != TokenKind::Word
        || setting.words.is_function(&token.lower)
        || starts_trigger(token, setting)
}

/// Takes in third and fourth parts; `None` where the whole turns out a company.
fn more(tokens: &[Token], at: usize, mut len: usize, setting: &Setting<'_>) -> Option<usize> {
    let most = len + 3;
    while let Some(next) = name_word(tokens, at + len, setting) {
        let token = tokens.get(at + len)?;
        if setting.words.org_suffix(&token.lower) {
            return None;
        }
        let known = next.surname || next.given;
        let last =
            || next.surname && !setting.title_case && closes(tokens.get(at + len + 1), setting);
        let part = !next.word && (known || next.unknown() && !setting.title_case) || last();
        if len == most || !part || starts_trigger(token, setting) {
            break;
        }
        len += 1;
    }
    Some(len + shape::suffix(tokens, at + len))
}

/// True for a verb that people are the subject of: one of moving or saying, or its auxiliary.
fn starts_verb(token: &Token, setting: &Setting<'_>) -> bool {
    matches!(token.lower.as_str(), "has" | "have" | "had" | "is" | "was" | "will")
        || setting.words.is("say", &token.lower)
        || starts_trigger(token, setting)
}

fn is_initial(token: &Token) -> bool {
    token.cap
        && token.lower.chars().filter(|ch| ch.is_alphabetic()).count() == 1
        && token.lower.len() <= 2
}

/// Small words within a name.
pub(super) const PARTICLES: &[&str] = &[
    "van", "von", "de", "der", "di", "da", "del", "bin", "al", "el", "la", "le", "du", "dos",
    "ter", "den", "bint", "ibn", "abu", "af", "ten", "della", "dela", "das", "zu", "vom",
];
