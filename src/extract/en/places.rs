//! Surnames that are words or places: "Dom King", "Ada London".

use super::token::{Token, TokenKind};
use crate::extract::latin::{self, NameWord};

/// "Dom King": a word that begins no name may end one.
pub(super) fn surname_of_place(
    tokens: &[Token],
    index: usize,
    first: NameWord,
) -> Option<NameWord> {
    let token = tokens.get(index).filter(|token| token.cap && token.kind == TokenKind::Word)?;
    let common = [
        "king",
        "prince",
        "ford",
        "boston",
        "london",
        "paris",
        "stanley",
        "morgan",
        "judge",
        "long",
        "short",
        "little",
        "good",
        "best",
        "green",
        "black",
        "chase",
        "lord",
        "bishop",
        "pope",
        "duke",
        "nova",
        "luna",
        "holland",
        "france",
        "israel",
        "jordan",
        "austin",
        "houston",
        "dallas",
        "washington",
        "york",
    ];
    if !first.sure_given() || !common.contains(&token.lower.as_str()) {
        return None;
    }
    Some(latin::look_up(&token.lower)).filter(|word| word.surname)
}
