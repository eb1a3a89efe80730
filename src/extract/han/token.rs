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

/// Value of a small number in Han or Arabic digits.
pub(crate) fn number(text: &str) -> Option<u32> {
    if let Ok(value) = text.parse::<u32>() {
        return Some(value);
    }
    let digit = |ch: char| "零一二三四五六七八九".chars().position(|own| own == ch);
    let mut total = 0_u32;
    let mut last = 0_u32;
    for ch in text.chars() {
        match ch {
            '两' | '兩' => last = 2,
            '十' => {
                total += 10 * last.max(1);
                last = 0;
            }
            '百' => {
                total += 100 * last.max(1);
                last = 0;
            }
            other => last = u32::try_from(digit(other)?).ok()?,
        }
    }
    (total + last > 0).then_some(total + last)
}

/// Joins numbers with what they count: people, years, months. `classifiers` follow a number of
/// people, such as 名.
pub(crate) fn count(text: &str, tokens: Vec<Token>, classifiers: &[char]) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut skip_to = 0;
    for token in tokens {
        if token.span.start < skip_to {
            if token.span.end > skip_to && matches!(token.kind, Kind::Text(_)) {
                joined.push(Token { span: Span::new(skip_to, token.span.end), kind: token.kind });
            }
            continue;
        }
        if !matches!(token.kind, Kind::Text(Script::Latin | Script::Han)) {
            joined.push(token);
            continue;
        }
        let mut from = token.span.start;
        let mut found = false;
        // A number may stand anywhere in a run of Han.
        for (at, _) in text.get(token.span.start..token.span.end).unwrap_or("").char_indices() {
            let start = token.span.start + at;
            if start < from {
                continue;
            }
            if let Some((end, kind)) = numbered(text, start, classifiers) {
                if from < start {
                    joined.push(Token { span: Span::new(from, start), kind: token.kind });
                }
                joined.push(Token { span: Span::new(start, end), kind });
                from = end;
                skip_to = end;
                found = true;
            }
        }
        if !found {
            joined.push(token);
        } else if from < token.span.end {
            joined.push(Token { span: Span::new(from, token.span.end), kind: token.kind });
        }
    }
    joined
}

/// True for 年前, 月之前: so long ago.
fn is_ago(tail: &str) -> bool {
    let mut chars = tail.chars().skip(1);
    matches!(chars.next(), Some('前')) || tail.chars().skip(1).take(2).eq(['之', '前'])
}

/// Bytes of the unit of time that `tail` begins with.
fn duration(tail: &str) -> Option<usize> {
    const UNITS: [&str; 13] = [
        "年半",
        "年",
        "个多月",
        "个月",
        "か月",
        "カ月",
        "ヶ月",
        "ヵ月",
        "周",
        "週間",
        "天",
        "日間",
        "个星期",
    ];
    let unit = UNITS.iter().find(|unit| tail.starts_with(**unit))?;
    // "Anniversary", "of age", "the year 30": no time that passed.
    let rest = tail.get(unit.len()..)?;
    (!rest.starts_with(['年', '岁', '歳', '代', '级', '期', '度'])).then_some(unit.len())
}

fn numbered(text: &str, start: usize, classifiers: &[char]) -> Option<(usize, Kind)> {
    let rest = text.get(start..)?;
    let before = text.get(..start)?.chars().next_back();
    let grouped = || {
        let earlier = text.get(..start).and_then(|head| head.chars().rev().nth(1));
        earlier.is_some_and(|ch| ch.is_ascii_digit())
    };
    let arabic = rest.starts_with(|ch: char| ch.is_ascii_digit());
    let glued = |ch: char| ch.is_ascii_digit() || arabic && ch.is_ascii_alphanumeric();
    if before.is_some_and(|ch| glued(ch) || matches!(ch, '.' | ',') && grouped()) {
        return None;
    }
    let digits: String = rest
        .chars()
        .take_while(|ch| {
            if arabic {
                ch.is_ascii_digit()
            } else {
                "零一二三四五六七八九十百两兩".contains(*ch)
            }
        })
        .take(6)
        .collect();
    if digits.is_empty() {
        return None;
    }
    let mut end = start + digits.len();
    let mut tail = text.get(end..)?;
    let spaces = tail.len() - tail.trim_start_matches([' ', '余', '多']).len();
    end += spaces;
    tail = text.get(end..)?;
    let next = tail.chars().next()?;
    let value = number(&digits)?;
    match next {
        '年' | '周' | '天' | '月' if is_ago(tail) => {
            let len = tail.find('前').map_or(0, |at| at + '前'.len_utf8());
            Some((end + len, Kind::Word(Word::Recap)))
        }
        '个' if is_ago(tail.trim_start_matches('个')) => {
            let len = tail.find('前').map_or(0, |at| at + '前'.len_utf8());
            Some((end + len, Kind::Word(Word::Recap)))
        }
        '年' if arabic && (1990..2100).contains(&value) => {
            Some((end + next.len_utf8(), Kind::Year(i32::try_from(value).ok()?)))
        }
        '月' if arabic && (1..=12).contains(&value) => {
            Some((end + next.len_utf8(), Kind::Month(value)))
        }
        '年' | '周' | '週' | '天' | '日' | '个' | 'か' | 'カ' | 'ヶ' | 'ヵ' => {
            Some((end + duration(tail)?, Kind::Duration))
        }
        _ if classifiers.contains(&next) => Some((end + next.len_utf8(), Kind::Count(value))),
        _ => None,
    }
}
