//! Cuts a Korean sentence into tokens: runs of one script, numbers, single marks, companies.

use crate::extract::company::CompanyMention;
use crate::extract::text::{Span, Text};

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Hangul syllables.
    Hangul,
    /// Latin letters, with digits, hyphens and apostrophes inside.
    Latin,
    /// Digits.
    Number,
    /// Han characters: 前, 美.
    Han,
    /// A company mention: index into the gazetteer.
    Company {
        /// Index into the gazetteer.
        company: u16,
        /// Only a product was named.
        product: bool,
    },
    /// One other character.
    Mark(char),
}

/// A run of one class.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) span: Span,
    pub(super) class: Class,
    /// White space stands before it.
    pub(super) spaced: bool,
}

/// Cuts `sentence` into tokens; companies are whole.
pub(super) fn tokens<'a>(
    text: &'a Text,
    sentence: Span,
    companies: &[CompanyMention],
) -> Vec<Token<'a>> {
    let mut out = Vec::new();
    let mut at = sentence.start;
    let mut spaced = true;
    let first = companies.partition_point(|mention| mention.span.start < sentence.start);
    let own = companies.get(first..).unwrap_or(&[]).iter();
    let mut mentions = own.take_while(|mention| mention.span.end <= sentence.end).peekable();
    while at < sentence.end {
        while mentions.peek().is_some_and(|mention| mention.span.start < at) {
            mentions.next();
        }
        let stop = mentions.peek().map_or(sentence.end, |mention| mention.span.start);
        if let Some(mention) = mentions.next_if(|mention| mention.span.start == at) {
            let class = Class::Company { company: mention.company, product: mention.by_product };
            out.push(Token { text: text.get(mention.span), span: mention.span, class, spaced });
            at = mention.span.end.max(at + 1);
            spaced = false;
            continue;
        }
        let Some(rest) = text.norm.get(at..stop) else { break };
        let Some(first) = rest.chars().next() else { break };
        if first.is_whitespace() {
            spaced = true;
            at += first.len_utf8();
            continue;
        }
        let (class, len) = run(rest, first);
        let span = Span::new(at, at + len);
        out.push(Token { text: text.get(span), span, class, spaced });
        spaced = false;
        at = span.end;
    }
    out
}

/// The Hangul that `text` begins with.
pub(super) fn hangul(text: &str) -> &str {
    text.get(..text.find(|ch| !is_hangul(ch)).unwrap_or(text.len())).unwrap_or("")
}

/// The token that `text` ends with, but for white space, where no company is looked for.
pub(super) fn last(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let last = text.chars().next_back()?;
    if is_hangul(last) {
        return text.get(text.trim_end_matches(is_hangul).len()..);
    }
    // Where a run of any other script is cut shows only from its beginning.
    let part = |ch: char| {
        is_latin(ch) || ch.is_ascii_digit() || matches!(ch, '-' | '\'' | '.' | ',' | '&')
    };
    if !part(last) {
        return text.get(text.len() - last.len_utf8()..);
    }
    let mut rest = text.get(text.trim_end_matches(part).len()..)?;
    loop {
        let (_, len) = run(rest, rest.chars().next()?);
        match rest.split_at_checked(len)? {
            (token, "") => return Some(token),
            (_, tail) => rest = tail,
        }
    }
}

/// Class and length of the token that `rest` begins with.
fn run(rest: &str, first: char) -> (Class, usize) {
    if is_hangul(first) {
        (Class::Hangul, hangul(rest).len())
    } else if first.is_ascii_digit() {
        let number = |ch: char| ch.is_ascii_digit() || ch == ',' || ch == '.';
        let len = rest.find(|ch| !number(ch)).unwrap_or(rest.len());
        let digits = rest.get(..len).map_or(0, |part| part.trim_end_matches(['.', ',']).len());
        (Class::Number, digits.max(1))
    } else if is_latin(first) {
        (Class::Latin, latin(rest))
    } else if is_han(first) {
        (Class::Han, first.len_utf8())
    } else {
        (Class::Mark(first), first.len_utf8())
    }
}

/// Length of a Latin word: letters and digits, and a hyphen, apostrophe, dot or & between letters. An
/// initial takes its dot along.
fn latin(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, ch)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let joins = matches!(ch, '-' | '\'' | '.' | '&')
            && next.is_some_and(|next| is_latin(next) || next.is_ascii_digit());
        // "M.", "J.D."
        let letters = rest.get(..at).unwrap_or("").split('.').all(|letter| letter.len() == 1);
        let initial =
            ch == '.' && (1..=3).contains(&at) && letters && rest.starts_with(char::is_uppercase);
        if !(is_latin(ch) || ch.is_ascii_digit() || joins || initial) {
            break;
        }
        end = at + ch.len_utf8();
        if initial && !joins {
            break;
        }
    }
    end.max(1)
}

/// True for a Hangul syllable.
pub(super) fn is_hangul(ch: char) -> bool {
    ('가'..='힣').contains(&ch)
}

pub(super) fn is_han(ch: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&ch)
}

fn is_latin(ch: char) -> bool {
    ch.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(&ch) && ch.is_alphabetic()
}
