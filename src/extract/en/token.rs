//! Words and punctuation of one sentence.

use std::cell::OnceCell;

use super::glue::{dot_inside, is_prefix, punctuation, simple_word, tied_inside, unglue};
use super::lower::Lower;
use super::words::{Listed, Words};
use crate::extract::latin::NameWord;
use crate::extract::text::{Span, Text};

/// What a token is, as far as the grammar cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Word,
    Number,
    Comma,
    /// `and`, `&`.
    And,
    /// `'s` or the apostrophe of a plural.
    Poss,
    /// Ends a clause: colon, semicolon, dash, bar, bracket.
    Stop,
    Quote,
}

/// One token.
#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
    /// Lower case.
    pub(super) lower: Lower<'a>,
    /// Begins with a capital letter.
    pub(super) cap: bool,
    /// Several letters, all of them capitals.
    pub(super) upper: bool,
    /// What it is as a part of a name, once somebody has asked.
    pub(super) name: OnceCell<Option<NameWord>>,
    listed: OnceCell<Listed>,
}

impl Token<'_> {
    /// What the word lists say of it.
    pub(super) fn listed(&self, words: &Words) -> Listed {
        *self.listed.get_or_init(|| words.listed(&self.lower))
    }
}

fn in_word(ch: char) -> bool {
    ch.is_alphanumeric() || matches!(ch, '\'' | '-' | '_' | '@' | '#' | '/' | '+' | '%' | '$')
}

/// Splits the sentence into tokens; what stands in brackets is left out, except a nickname.
pub(super) fn tokens(text: &Text, sentence: Span) -> Vec<Token<'_>> {
    let body = text.get(sentence);
    let mut found: Vec<Token<'_>> = Vec::with_capacity(body.len() / 5);
    let char_at = |at: usize| body.get(at..).and_then(|rest| rest.chars().next());
    let mut depth = 0_u32;
    let mut next_at = 0;
    while let Some(byte) = body.as_bytes().get(next_at) {
        let at = next_at;
        if *byte == b' ' {
            next_at += 1;
            continue;
        }
        if let Some(len) = simple_word(body, at) {
            next_at += len;
            if depth == 0 {
                let start = sentence.start + at;
                push(text, Span::new(start, start + len), &mut found);
            }
            continue;
        }
        let Some(ch) = char_at(at) else { break };
        next_at += ch.len_utf8();
        match ch {
            '(' | '[' | '{' => {
                depth += 1;
                continue;
            }
            ')' | ']' | '}' => {
                depth = depth.saturating_sub(1);
                continue;
            }
            _ => {}
        }
        if !in_word(ch) {
            let next = char_at(next_at);
            if depth == 0 && ch == '.' && ends_firm(&found, next) {
                found.pop();
            } else if depth == 0
                && let Some(kind) = punctuation(ch, next)
            {
                let span = Span::new(sentence.start + at, sentence.start + at + ch.len_utf8());
                found.push(mark(kind, span, text.get(span)));
            }
            continue;
        }
        while let Some(next) = char_at(next_at) {
            let dotted = next == '.' && dot_inside(body, next_at);
            let tied = next == '&' && tied_inside(body, next_at);
            if !in_word(next) && !dotted && !tied {
                break;
            }
            next_at += next.len_utf8();
        }
        if depth == 0 {
            word(text, sentence, (at, next_at), &mut found);
        }
    }
    nicknames(&mut found);
    found
}

/// "Gana Inc. has": the dot ends no sentence, and the word says nothing.
fn ends_firm(found: &[Token], next: Option<char>) -> bool {
    let firm = |token: &Token| {
        token.cap && matches!(token.lower.as_str(), "inc" | "corp" | "co" | "ltd" | "plc" | "llc")
    };
    found.len() > 1
        && next.is_some_and(|next| next == ' ' || next == ',')
        && found.last().is_some_and(firm)
}

/// William "Bill" Gray, Bo "field" Gray: a nickname in quotes is part of the name, and says nothing more.
fn nicknames(found: &mut Vec<Token>) {
    let named = |token: Option<&Token>| {
        token.is_some_and(|token| token.cap && token.kind == TokenKind::Word)
    };
    let kind = |token: Option<&Token>| token.map(|token| token.kind);
    let quote = |token: Option<&Token>| kind(token) == Some(TokenKind::Quote);
    let mut at = 1;
    while at + 3 < found.len() {
        let nickname = named(found.get(at - 1))
            && quote(found.get(at))
            && kind(found.get(at + 1)) == Some(TokenKind::Word)
            && quote(found.get(at + 2))
            && named(found.get(at + 3));
        if nickname {
            found.drain(at..at + 3);
        }
        at += 1;
    }
}

/// Adds a word, its possessive apart; a lone hyphen is a dash.
fn word<'a>(
    whole: &'a Text,
    sentence: Span,
    (at, end): (usize, usize),
    found: &mut Vec<Token<'a>>,
) {
    let (body, offset) = (whole.get(sentence), sentence.start);
    let raw = body.get(at..end).unwrap_or("");
    let lead = raw.len() - raw.trim_start_matches(['\'', '-', '_', '/', '+']).len();
    let tail = raw.len() - raw.trim_end_matches(['\'', '-', '_', '/', '+']).len();
    let (at, end, apostrophe) = (at + lead, end.saturating_sub(tail), raw.ends_with('\''));
    if at >= end {
        if raw.contains('-') {
            let span = Span::new(offset + at.min(end), offset + at.max(end));
            found.push(mark(TokenKind::Stop, span, "-"));
        }
        return;
    }
    let (at, text) = unglue(at, body.get(at..end).unwrap_or(""));
    let (base, poss) = match text.len().checked_sub(2).and_then(|cut| text.split_at_checked(cut)) {
        Some((base, tail)) if tail.eq_ignore_ascii_case("'s") && !base.is_empty() => (base, true),
        _ => (text, apostrophe && text.ends_with(['s', 'S'])),
    };
    // "Ex-OpenAI", "AI-powered": a known prefix stands apart, so that the company does too.
    let (prefix, base_at) = match base.split_once('-') {
        Some((prefix, rest)) if !rest.is_empty() && is_prefix(prefix) => (prefix, prefix.len() + 1),
        _ => ("", 0),
    };
    if !prefix.is_empty() {
        push(whole, Span::new(offset + at, offset + at + prefix.len()), found);
    }
    push(whole, Span::new(offset + at + base_at, offset + at + base.len()), found);
    if poss {
        let span = Span::new(offset + at + base.len(), offset + at + text.len());
        found.push(mark(TokenKind::Poss, span, "'s"));
    }
}

/// The words in lower case, joined by spaces; of the text where they stand so in it.
pub(super) fn joined<'a>(text: &'a Text, words: &[Token<'a>]) -> Lower<'a> {
    let own = || {
        let span = Span::new(words.first()?.span.start, words.last()?.span.end);
        let lower =
            text.ascii_lower().get(span.start..span.end).filter(|lower| lower.is_ascii())?;
        let plain = |word: &Token<'_>| word.lower.len() == word.span.end - word.span.start;
        let spaced = |(word, next): (&Token<'_>, &Token<'_>)| {
            next.span.start == word.span.end + 1
                && text.norm.as_bytes().get(word.span.end) == Some(&b' ')
        };
        let same = words.iter().all(plain) && words.iter().zip(words.iter().skip(1)).all(spaced);
        same.then_some(Lower::borrowed(lower))
    };
    own().unwrap_or_else(|| {
        let words: Vec<&str> = words.iter().map(|word| word.lower.as_str()).collect();
        Lower::owned(words.join(" "))
    })
}

fn mark(kind: TokenKind, span: Span, lower: &str) -> Token<'_> {
    let lower = Lower::borrowed(lower);
    Token {
        kind,
        span,
        lower,
        cap: false,
        upper: false,
        name: OnceCell::new(),
        listed: OnceCell::new(),
    }
}

fn push<'a>(whole: &'a Text, span: Span, found: &mut Vec<Token<'a>>) {
    let text = whole.get(span);
    let ascii = text.is_ascii();
    let lower = match whole.ascii_lower().get(span.start..span.end).filter(|_| ascii) {
        Some(lower) => Lower::borrowed(lower),
        None => Lower::owned(text.to_lowercase()),
    };
    let kind = match lower.as_str() {
        "and" | "&" => TokenKind::And,
        _ if text.starts_with(|ch: char| ch.is_ascii_digit() || ch == '$') => TokenKind::Number,
        _ => TokenKind::Word,
    };
    let (cap, upper) = if ascii { capitals(text) } else { other_capitals(text) };
    // "d'Aubigny": the capital stands behind.
    let cap =
        cap || text.strip_prefix("d'").is_some_and(|rest| rest.starts_with(char::is_uppercase));
    found.push(Token {
        kind,
        span,
        lower,
        cap,
        upper,
        name: OnceCell::new(),
        listed: OnceCell::new(),
    });
}

/// Whether the first letter is a capital, and whether several are and no other.
fn capitals(text: &str) -> (bool, bool) {
    let mut letters = text.bytes().filter(u8::is_ascii_alphabetic);
    let cap = letters.next().is_some_and(|first| first.is_ascii_uppercase());
    let mut rest = letters.peekable();
    (cap, cap && rest.peek().is_some() && rest.all(|byte| byte.is_ascii_uppercase()))
}

/// The same beyond ASCII.
fn other_capitals(text: &str) -> (bool, bool) {
    let letters = || text.chars().filter(|ch| ch.is_alphabetic());
    let cap = letters().next().is_some_and(char::is_uppercase);
    (cap, letters().count() > 1 && letters().all(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::tokens;
    use crate::extract::text::Text;

    #[track_caller]
    fn check(sentence: &str, want: &[&str]) {
        let text = Text::new(sentence);
        let got: Vec<String> =
            tokens(&text, text.sentences[0]).iter().map(|t| text.get(t.span).to_owned()).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn words_stand_apart_from_what_clings_to_them() {
        check("Ex-OpenAI CTO's plan", &["Ex", "OpenAI", "CTO", "'s", "plan"]);
        check("Ada B. Gray (the boss) quits", &["Ada", "B.", "Gray", "quits"]);
        check(
            "Character.AI's Ng, 'gone' - now",
            &["Character.AI", "'s", "Ng", ",", "gone", "-", "now"],
        );
        // The possessive of a plural is a token of no width: its apostrophe belongs to no word.
        check("directors' fees", &["directors", "", "fees"]);
        check("R&D head, A & B", &["R&D", "head", ",", "A", "&", "B"]);
    }
}
