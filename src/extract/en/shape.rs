//! Shapes of names beyond given name and surname: initials, particles, short surnames in capitals,
//! surnames that are small words elsewhere.

use super::chunk::{Setting, starting_at};
use super::token::{Token, TokenKind};
use crate::extract::latin::{self, NameWord};

/// Short forms with dots that are no initials.
const NO_INITIALS: &[&str] =
    &["u.s.", "u.k.", "a.i.", "e.u.", "u.n.", "d.c.", "l.a.", "p.m.", "a.m.", "e.g.", "i.e."];

/// Two capitals that are no surname.
const NO_SURNAMES: &[&str] = &[
    "ai", "hr", "pr", "it", "uk", "us", "eu", "un", "tv", "vp", "sf", "ny", "la", "dc", "vr", "ar",
    "ml", "hq", "os", "pc", "id", "ip", "qa", "ux", "ui", "xr", "ev", "gm", "md", "kr", "hk",
];

/// Initials that are a given name without dots.
const CALLED: &[&str] = &[
    "aj", "bj", "cj", "dj", "ej", "jb", "jc", "jd", "jj", "jp", "jt", "kc", "kj", "lj", "mj", "pj",
    "rj", "sj", "tj", "tk", "vj",
];

/// "J.J. Gray", "K. Gray", "DJ Gray": how many tokens the initials take up.
pub(super) fn initials(tokens: &[Token], at: usize) -> Option<usize> {
    let opens = |token: &Token| {
        let lower = token.lower.as_str();
        let letters = lower.chars().filter(|ch| ch.is_alphabetic()).count();
        let dotted = lower.chars().all(|ch| ch.is_alphabetic() || ch == '.')
            && lower.matches('.').count() >= letters.saturating_sub(1).max(1);
        token.cap
            && dotted
            && letters < 4
            && !NO_INITIALS.contains(&lower.trim_end_matches('.'))
            && !NO_INITIALS.contains(&lower)
            && !NO_INITIALS.iter().any(|no| no.trim_end_matches('.') == lower)
    };
    let called = usize::from(is_called(tokens, at));
    let len = tokens.iter().skip(at).take(3).take_while(|token| opens(token)).count().max(called);
    // "Series D. Gray said ...": the letter ends what stands before.
    let free = at
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_none_or(|before| before.kind != TokenKind::Word || !before.cap);
    (len > 0 && free).then_some(len)
}

/// "DJ Gray": two capitals that nothing else is called by.
pub(super) fn is_called(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.upper && CALLED.contains(&token.lower.as_str()))
}

/// How many particles stand at `index`: two of "van den Berg".
pub(super) fn particles(tokens: &[Token], index: usize) -> usize {
    const PARTICLES: &[&str] = &[
        "van", "von", "de", "der", "di", "da", "del", "bin", "al", "el", "la", "le", "du", "dos",
        "ter", "den", "bint", "ibn", "abu", "af", "ten", "della", "dela", "das", "zu", "vom",
    ];
    let particle = |token: &&Token| PARTICLES.contains(&token.lower.as_str());
    tokens.iter().skip(index).take(3).take_while(particle).count()
}

/// "Jr", "III": part of the name before it.
pub(super) fn suffix(tokens: &[Token], index: usize) -> usize {
    let token = tokens.get(index).filter(|token| token.cap);
    usize::from(token.is_some_and(|token| {
        matches!(token.lower.as_str(), "jr" | "jr." | "sr" | "sr." | "ii" | "iii" | "iv")
    }))
}

/// "Arvind KC": two capitals behind a given name.
pub(super) fn short_surname(
    tokens: &[Token],
    index: usize,
    first: NameWord,
    setting: &Setting<'_>,
) -> Option<NameWord> {
    let token = tokens.get(index).filter(|token| token.upper && token.lower.len() == 2)?;
    let other = NO_SURNAMES.contains(&token.lower.as_str())
        || setting.words.role(&token.lower).is_some()
        || starting_at(setting.companies, |one| one.span, token.span).is_some();
    let acts = tokens.get(index + 1).is_some_and(|next| {
        next.kind == TokenKind::Comma
            || starting_at(setting.triggers, |hit| hit.span, next.span).is_some()
            || matches!(next.lower.as_str(), "has" | "is" | "will" | "from" | "as" | "to")
    });
    ((first.given && !first.word || first.unknown()) && acts && !other).then_some(NameWord {
        given: false,
        surname: true,
        word: false,
    })
}

/// "Corey Lynch leaves", "Haijian He joins": a surname that is a house, a place or a small word
/// elsewhere, behind a given name.
pub(super) fn listed_surname(
    tokens: &[Token],
    index: usize,
    first: NameWord,
    setting: &Setting<'_>,
) -> Option<NameWord> {
    let token = tokens
        .get(index)
        .filter(|token| token.cap && token.kind == TokenKind::Word && index > 0)?;
    let word = token.lower.as_str();
    let small = setting.words.is_function(word);
    let known = match small {
        true => setting.words.is("eastern_surname", word) && !setting.title_case,
        false => setting.words.no_person(word) && latin::look_up(word).surname,
    };
    let verb = matches!(word, "will" | "may" | "can" | "might" | "an" | "so" | "in" | "no");
    let company = starting_at(setting.companies, |one| one.span, token.span).is_some();
    // "Hires Robin Washington": the given name is a word, but for its capital.
    let begins = index.checked_sub(2).and_then(|before| tokens.get(before));
    let begins = begins.is_some_and(|before| !before.cap) && !setting.title_case;
    let given = first.sure_given() || small && !first.word || first.given && begins;
    let over = tokens.get(index + 1).is_none_or(|next| {
        !next.cap
            && (next.kind != TokenKind::Word
                || setting.words.is_function(&next.lower)
                || setting.words.is("auxiliary", &next.lower)
                || starting_at(setting.triggers, |hit| hit.span, next.span).is_some())
    });
    (known && given && over && !verb && !company && !setting.words.org_suffix(word))
        .then_some(NameWord { given: false, surname: true, word: false })
}

/// "Rose Park leaves": a given name and a surname that also ends the names of places.
pub(super) fn lives_in_the_park(tokens: &[Token], at: usize, first: NameWord) -> bool {
    let lower = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    let surname = matches!(lower(at + 1), "park" | "hill" | "street" | "post" | "bay" | "banks");
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let free = before.is_none_or(|token| {
        matches!(token.kind, TokenKind::Poss | TokenKind::Comma | TokenKind::Stop)
            || token.kind == TokenKind::Word && !token.cap && token.lower.len() > 3
    });
    first.given && surname && free && !matches!(lower(at), "menlo" | "hyde" | "bryant" | "orchard")
}

/// "al-Fayed": a surname whatever follows; "Gray-Field": each part is a name.
pub(super) fn compound(lower: &str) -> Option<NameWord> {
    let (head, tail) = lower.split_once('-')?;
    let arabic = matches!(head, "al" | "el" | "ul")
        && tail.len() > 2
        && !matches!(tail, "qaeda" | "jazeera" | "arabiya" | "shabaab" | "monitor");
    let names = || {
        lower.split('-').all(|part| {
            let part = latin::look_up(part);
            part.given || part.surname
        })
    };
    (arabic || names()).then_some(NameWord { given: false, surname: true, word: false })
}

/// "He Kaiwen", "An Ji-hye": a surname that is a small word elsewhere, and a name behind it.
pub(super) fn small_surname(tokens: &[Token], at: usize, setting: &Setting<'_>) -> bool {
    let Some(first) = tokens.get(at).filter(|token| token.cap && token.kind == TokenKind::Word)
    else {
        return false;
    };
    let surname = setting.words.is_function(&first.lower)
        && setting.words.is("eastern_surname", &first.lower);
    let Some(second) = tokens.get(at + 1).filter(|token| surname && token.cap) else {
        return false;
    };
    let name = latin::look_up(&second.lower);
    let syllables = second.lower.contains('-') && second.lower.len() > 5;
    let free = at > 0 && !setting.title_case;
    let known = name.given || free || first.lower == "he";
    let other = setting.words.no_person(&second.lower)
        || setting.words.is_function(&second.lower)
        || setting.words.role(&second.lower).is_some()
        || second.upper
        || starting_at(setting.companies, |one| one.span, second.span).is_some();
    let ends = tokens.get(at + 2).is_none_or(|next| !next.cap || next.kind != TokenKind::Word);
    second.kind == TokenKind::Word && !other && ends && (syllables || known && !name.word)
}
