//! Tokens: a text cut into companies, words of the lexicon, numbers, and what is left by script.

use super::words::{Hit, Word, Words};
use crate::extract::company::CompanyMention;
use crate::extract::script::Script;
use crate::extract::text::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Index into the passage's company mentions.
    Company(usize),
    /// Index into the people found in the passage.
    Person(usize),
    /// Index into the lexicon's triggers.
    Trigger(u16),
    /// A word of a list.
    Word(Word),
    /// So many people.
    Count(u32),
    /// A year, such as 2024.
    Year(i32),
    /// A month, from 1.
    Month(u32),
    /// So long: seven months.
    Duration,
    /// Letters that no rule knows.
    Text(Script),
    /// Separates clauses.
    Comma,
    /// Ends a statement.
    Stop,
    /// Opens a bracket.
    Open,
    /// Closes a bracket.
    Close,
    /// White space.
    Space,
    /// Quotes and other signs.
    Sign,
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    /// Where.
    pub(crate) span: Span,
    /// What.
    pub(crate) kind: Kind,
}

impl Kind {
    /// True for a name, or a word that stands for people.
    pub(crate) fn is_human(self) -> bool {
        matches!(self, Self::Person(_)) || matches!(self, Self::Word(word) if word.is_human())
    }

    /// True for a company.
    pub(crate) fn is_company(self) -> bool {
        matches!(self, Self::Company(_))
    }

    /// True for a name.
    pub(crate) fn is_person(self) -> bool {
        matches!(self, Self::Person(_))
    }
}

/// The kind of the token at `index`.
pub(crate) fn kind(tokens: &[Token], index: usize) -> Option<Kind> {
    tokens.get(index).map(|token| token.kind)
}

/// True where `test` holds for one token of `phrase`.
pub(crate) fn any(tokens: &[Token], phrase: &[usize], test: impl Fn(Kind) -> bool) -> bool {
    phrase.iter().any(|index| kind(tokens, *index).is_some_and(&test))
}

/// The companies of `phrase`.
pub(crate) fn companies(tokens: &[Token], phrase: &[usize]) -> Vec<usize> {
    let company = |index: &usize| kind(tokens, *index).is_some_and(Kind::is_company);
    phrase.iter().copied().filter(company).collect()
}

/// Bytes of one field that a grammar reads; a move told further down is no news, and reading no
/// more keeps the work on any one article bounded.
const MOST_READ: usize = 6_000;

/// The beginning of `text` that is read, on a character border.
pub(crate) fn head(text: &str) -> &str {
    let end =
        (0..=MOST_READ.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.get(..end).unwrap_or("")
}

/// Cuts `text` into tokens. Companies win over words, words over the rest.
pub(crate) fn scan(text: &str, companies: &[CompanyMention], words: &Words) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    for (index, mention) in companies.iter().enumerate() {
        if mention.span.end > text.len() {
            break;
        }
        if mention.span.start < at {
            continue;
        }
        gap(text, at, mention.span.start, words, &mut tokens);
        tokens.push(Token { span: mention.span, kind: Kind::Company(index) });
        at = mention.span.end;
    }
    gap(text, at, text.len(), words, &mut tokens);
    tokens
}

fn gap(text: &str, start: usize, end: usize, words: &Words, tokens: &mut Vec<Token>) {
    let mut at = start;
    for (span, hit) in words.find(text, start, end) {
        rest(text, at, span.start, tokens);
        let kind = match hit {
            Hit::Trigger(index) => Kind::Trigger(index),
            Hit::Word(word) => Kind::Word(word),
        };
        tokens.push(Token { span, kind });
        at = span.end;
    }
    rest(text, at, end, tokens);
}

/// Cuts what neither company nor word covers.
fn rest(text: &str, start: usize, end: usize, tokens: &mut Vec<Token>) {
    let Some(part) = text.get(start..end) else { return };
    let mut chars = part.char_indices().peekable();
    while let Some((at, ch)) = chars.next() {
        let kind = kind_of(ch);
        let mut close = at + ch.len_utf8();
        let number = ch.is_ascii_digit();
        while let Some((next, other)) = chars.peek().copied() {
            let glued = match kind {
                Kind::Text(_) if number => other.is_ascii_digit(),
                Kind::Text(Script::Latin) => is_latin_part(other) && !(ch.is_ascii_digit()),
                Kind::Text(Script::Katakana) => {
                    matches!(kind_of(other), Kind::Text(Script::Katakana))
                }
                Kind::Text(script) => kind_of(other) == Kind::Text(script),
                Kind::Space => other == ' ',
                _ => false,
            };
            if !glued {
                break;
            }
            close = next + other.len_utf8();
            chars.next();
        }
        let span = Span::new(start + at, start + close);
        tokens.push(Token { span, kind });
    }
}

fn is_latin_part(ch: char) -> bool {
    Script::of(ch) == Script::Latin || matches!(ch, '\'' | '-' | '.' | '&')
}

fn kind_of(ch: char) -> Kind {
    match ch {
        ' ' => Kind::Space,
        ',' | ';' | '|' | '│' | '/' => Kind::Comma,
        '\n' | '。' | '!' | '?' | '…' | ':' | '—' | '―' | '｜' | '~' | '〜' | '–' | '→' => {
            Kind::Stop
        }
        '(' | '[' | '【' | '〔' => Kind::Open,
        ')' | ']' | '】' | '〕' => Kind::Close,
        other => match Script::of(other) {
            Script::None => Kind::Sign,
            script => Kind::Text(script),
        },
    }
}
