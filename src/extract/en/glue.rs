//! What clings to a word, and what belongs into it: dots, hyphens, signs.

use super::token::TokenKind;

/// The length of a word of two ASCII letters or more that nothing clings to; most words are such.
pub(super) fn simple_word(body: &str, at: usize) -> Option<usize> {
    let rest = body.as_bytes().get(at..)?;
    let letter = |byte: &u8| byte.is_ascii_alphabetic();
    let len = rest.iter().position(|byte| !letter(byte)).unwrap_or(rest.len());
    let alone = match rest.get(len) {
        None | Some(b' ' | b',' | b':' | b';' | b'"' | b')' | b'?' | b'!') => true,
        Some(_) => false,
    };
    (alone && len > 1).then_some(len)
}

/// True for the dot of `Character.AI` or `U.S.`: a letter follows, or a single letter stands before.
pub(super) fn dot_inside(body: &str, dot: usize) -> bool {
    let after = body.get(dot + 1..).and_then(|rest| rest.chars().next());
    if after.is_some_and(char::is_alphanumeric) {
        return true;
    }
    let before = body.get(..dot).unwrap_or("");
    if before.ends_with(" Jr") || before.ends_with(" Sr") {
        return true;
    }
    let mut before = before.chars().rev();
    before.next().is_some_and(char::is_uppercase)
        && before.next().is_none_or(|ch| ch == ' ' || ch == '.')
}

/// True for the sign of `R&D`: a letter stands on either side.
pub(super) fn tied_inside(body: &str, sign: usize) -> bool {
    let letter = |ch: char| ch.is_alphabetic();
    body.get(..sign).and_then(|head| head.chars().next_back()).is_some_and(letter)
        && body.get(sign + 1..).and_then(|tail| tail.chars().next()).is_some_and(letter)
}

pub(super) fn punctuation(ch: char, next: Option<char>) -> Option<TokenKind> {
    Some(match ch {
        ',' => TokenKind::Comma,
        '&' => TokenKind::And,
        ':' | ';' | '|' | '—' | '–' | '•' | '·' | '…' | '?' | '!' | '>' | '→' => {
            TokenKind::Stop
        }
        '.' if next.is_none_or(|next| next == ' ' || next == '.') => TokenKind::Stop,
        '"' => TokenKind::Quote,
        _ => return None,
    })
}

/// A date and a rubric glued to a headline by a scraper ("2026AnnouncementsAda") fall off.
pub(super) fn unglue(at: usize, text: &str) -> (usize, &str) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..).unwrap_or("");
    let rubric =
        ["Announcements", "Product", "Policy", "News"].iter().find_map(|r| rest.strip_prefix(r));
    match rubric {
        Some(tail) if digits == 4 && tail.starts_with(char::is_uppercase) => {
            (at + text.len() - tail.len(), tail)
        }
        _ => (at, text),
    }
}

pub(super) fn is_prefix(prefix: &str) -> bool {
    ["ex", "former", "then", "now", "longtime"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(prefix))
}
