//! People of a passage, and the tokens that name them.

use super::token::{Kind, Token};
use crate::extract::text::Span;

/// A person named in a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// The full name as the article writes it.
    pub(crate) name: String,
    /// The name in Latin letters, where the text gives it in brackets.
    pub(crate) latin: Option<String>,
    /// Where this mention stands.
    pub(crate) span: Span,
}

/// The full name that `part` is a part of; the people of this passage first, the last one first.
pub(crate) fn full_name(part: &str, people: &[Person], known: &[Person]) -> Option<String> {
    let whole = |person: &&Person| {
        let parts = person.name.split([' ', '·', '・', '‧', '•', '-']);
        let latin = person.latin.iter().flat_map(|name| name.split(' '));
        let shorter = || part.len() < person.name.len();
        (person.latin.is_some() || shorter())
            && person.name != part
            && parts.chain(latin).any(|own| own == part)
    };
    people
        .iter()
        .rev()
        .find(whole)
        .or_else(|| known.iter().find(whole))
        .map(|person| person.name.clone())
}

/// Puts one token for each of `spans` in the place of those it covers.
pub(crate) fn replace(
    tokens: Vec<Token>,
    spans: &[Span],
    mut kind: impl FnMut(Span) -> Kind,
) -> Vec<Token> {
    if spans.is_empty() {
        return tokens;
    }
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut spans = spans.iter().copied().peekable();
    for token in tokens {
        let mut from = token.span.start;
        while let Some(span) = spans.peek().copied() {
            if span.start >= token.span.end {
                break;
            }
            if from < span.start {
                out.push(Token { span: Span::new(from, span.start), kind: token.kind });
            }
            if span.start >= token.span.start {
                out.push(Token { span, kind: kind(span) });
            }
            from = from.max(span.end);
            if span.end > token.span.end {
                break;
            }
            spans.next();
        }
        if from < token.span.end {
            out.push(Token { span: Span::new(from, token.span.end), kind: token.kind });
        }
    }
    out
}
