//! Names of one word: where the article gives the full name, behind a role, before what only people
//! do.

use super::chunk::Setting;
use super::pair::Before;
use super::person::starts_trigger;
use super::token::{Token, TokenKind};
use crate::extract::latin::NameWord;

/// One word is a name where the article gives the full name, or where it is a known surname.
pub(super) fn single(
    token: &Token,
    name: NameWord,
    setting: &Setting<'_>,
) -> Option<(bool, usize)> {
    if is_known_surname(&token.lower, name, setting) || setting.article.knows(&token.lower) {
        return Some((true, 1));
    }
    name.sure_given().then_some((false, 1))
}

/// "Co-founder Gray leaves", "Gana's Gray quits": one word is a name behind a role or a company.
pub(super) fn titled(
    lower: &str,
    name: NameWord,
    next: Option<&Token>,
    before: Before,
    setting: &Setting<'_>,
) -> Option<(bool, usize)> {
    let acts = next.is_some_and(|next| starts_trigger(next, setting));
    let known = setting.people.by_surname(lower).is_some();
    let name = known || !name.word || name.surname && !setting.title_case;
    let owned = before.owner && (known || !setting.title_case);
    (acts && name && (before.role || owned)).then_some((false, 1))
}

/// "Gray resigns": a surname alone that opens a clause and does what only people do.
pub(super) fn lone_surname(
    tokens: &[Token],
    at: usize,
    name: NameWord,
    setting: &Setting<'_>,
) -> bool {
    const PERSONAL: &[&str] = &[
        "resign",
        "retire",
        "retiring",
        "relinquish",
        "abdicat",
        "quits",
        "bows out",
        "bowing out",
        "leaves",
        "leaving",
        "departs",
        "exits",
        "joins",
        "rejoins",
        "defects",
        "steps down",
        "stepping down",
        "stands down",
        "calls it",
        "calls time",
        "parts ways",
        "bids",
        "steps away",
        "steps off",
        "steps back",
        "gives up",
    ];
    // Most words are no surname; what follows takes longer to look at.
    if !name.surname || name.word || tokens.get(at).is_none_or(|token| token.lower.len() <= 3) {
        return false;
    }
    let opens = at == 0
        || tokens.get(at - 1).is_some_and(|before| {
            matches!(before.kind, TokenKind::Stop | TokenKind::Quote)
                || matches!(before.lower.as_str(), "as" | "after")
        });
    let verb = usize::from(tokens.get(at + 1).is_some_and(|next| next.lower == "to"));
    let acts = |next: &Token| {
        let two = tokens.get(at + 2 + verb).map_or("", |token| token.lower.as_str());
        let words = || format!("{} {two}", next.lower.as_str());
        let personal = |words: String| PERSONAL.iter().any(|stem| words.starts_with(stem));
        starts_trigger(next, setting) && (verb == 1 || personal(words()))
    };
    opens && tokens.get(at + 1 + verb).is_some_and(acts)
}

fn is_known_surname(lower: &str, name: NameWord, setting: &Setting<'_>) -> bool {
    !name.word && !name.given && lower.len() > 4 && setting.people.by_surname(lower).is_some()
}
