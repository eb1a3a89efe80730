//! What stands in brackets: a name in other letters belongs to the person before, the rest is no
//! part of the sentence.

use super::person::Person;
use super::token::{Kind, Token};
use crate::extract::script::Script;
use crate::extract::text::Span;

/// Tokens that a bracket may hold.
const LONGEST: usize = 24;

/// Joins "翁荔 (Lilian Weng)" and drops what else stands in brackets.
pub(crate) fn drop_glosses(text: &str, tokens: Vec<Token>, people: &mut [Person]) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at).copied() {
        let Some(len) = bracket(text, &tokens, at) else {
            kept.push(token);
            at += 1;
            continue;
        };
        let inside = tokens.get(at + 1..at + len).unwrap_or(&[]);
        let holder = kept.iter().rev().find(|token| token.kind != Kind::Space);
        if let Some(Kind::Person(holder)) = holder.map(|token| token.kind)
            && let Some(person) = people.get_mut(holder)
        {
            person.latin = latin(text, inside);
        }
        at += len + 1;
    }
    kept
}

/// How many tokens on the bracket closes that opens at `at`.
fn bracket(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let open = tokens.get(at)?;
    let get = |token: &Token| text.get(token.span.start..token.span.end);
    let mut near = tokens.iter().skip(at).take(LONGEST);
    match open.kind {
        Kind::Open => near.position(|token| token.kind == Kind::Close),
        _ if get(open) == Some("《") => near.position(|token| get(token) == Some("》")),
        _ => None,
    }
}

/// The name in Latin letters that `inside` is, where it is one.
fn latin(text: &str, inside: &[Token]) -> Option<String> {
    let span = Span::new(inside.first()?.span.start, inside.last()?.span.end);
    let gloss = text.get(span.start..span.end)?;
    let letter = |ch: char| Script::of(ch) == Script::Latin || matches!(ch, ' ' | '.' | '-' | '\'');
    gloss.chars().all(letter).then(|| gloss.to_owned())
}
