//! Numbers and what they count: people, years, months, spans of time.

use super::token::{Kind, Token};
use super::words::Word;
use crate::extract::script::Script;
use crate::extract::text::Span;

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
    // "1月前後": about then.
    matches!(chars.next(), Some('前')) && !matches!(chars.next(), Some('後' | '后'))
        || tail.chars().skip(1).take(2).eq(['之', '前'])
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
