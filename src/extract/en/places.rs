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

/// "Howard Street", "King's Road": where somebody's name is a part of an address.
pub(super) fn is_address(tokens: &[Token], at: usize) -> bool {
    const ADDRESSES: &[&str] = &[
        "street",
        "avenue",
        "boulevard",
        "road",
        "square",
        "plaza",
        "bridge",
        "airport",
        "station",
        "stadium",
    ];
    let way = |by: usize| {
        tokens.get(at + by).is_some_and(|next| next.cap && ADDRESSES.contains(&next.lower.as_str()))
    };
    let owner = tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Poss);
    let placed = at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|before| {
        before.kind == TokenKind::Poss
            || matches!(before.lower.as_str(), "on" | "off" | "at" | "in" | "to" | "from" | "near")
    });
    placed && (way(1) || owner && way(2))
}
