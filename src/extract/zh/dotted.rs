//! Transliterated names with a dot between their parts: 约翰·舒尔曼.

use super::people::Finder;
use crate::extract::han::person::{Person, replace};
use crate::extract::han::token::{Kind, Token};
use crate::extract::script::Script;
use crate::extract::text::Span;

const DOTS: &[char] = &['·', '・', '‧', '•', '∙', '⋅', '･'];

impl Finder<'_> {
    /// Names such as 约翰·舒尔曼.
    pub(super) fn dotted(&self, tokens: Vec<Token>, people: &mut Vec<Person>) -> Vec<Token> {
        let chars: Vec<(usize, char)> = self.folded.char_indices().collect();
        if !chars.iter().any(|(_, ch)| DOTS.contains(ch) || *ch == '-') {
            return tokens;
        }
        let blocked = self.blocked(&tokens);
        let foreign = |index: usize| {
            chars.get(index).is_some_and(|(at, ch)| {
                self.grammar.names.is_foreign(*ch)
                    && !blocked.iter().any(|span| span.start <= *at && *at < span.end)
            })
        };
        // "伊桑·何": a Chinese surname behind a foreign name.
        let surname = |index: usize| {
            chars.get(index).is_some_and(|(_, ch)| self.grammar.names.is_surname(*ch))
        };
        let mut spans: Vec<Span> = Vec::new();
        let mut index = 0;
        while let Some((at, ch)) = chars.get(index).copied() {
            index += 1;
            if !DOTS.contains(&ch) && ch != '-' || spans.last().is_some_and(|span| at < span.end) {
                continue;
            }
            let Some((first, last)) = around(&chars, index - 1, &foreign, &surname) else {
                continue;
            };
            let start = chars.get(first).map_or(0, |(at, _)| *at);
            let end = chars.get(last + 1).map_or(self.text.len(), |(at, _)| *at);
            let end = self.mixed_tail(end);
            if !self.institution_follows(end) {
                spans.push(Span::new(start, end));
            }
        }
        replace(tokens, &spans, |span| self.person(span, people))
    }

    /// Takes in " (Tino) Cuéllar" behind a transliterated given name.
    fn mixed_tail(&self, end: usize) -> usize {
        let tail = || {
            let rest = self.text.get(end..)?.trim_start();
            let inner = rest.strip_prefix('(')?;
            let (nick, rest) = inner.split_once(')')?;
            let surname = rest.trim_start();
            let first = surname.chars().next()?;
            let len =
                surname.find(|ch: char| !ch.is_alphabetic() && ch != '-').unwrap_or(surname.len());
            let word = surname.get(..len)?;
            let han = word.chars().any(|ch| Script::of(ch) != Script::Latin);
            let (single, cut) = (
                !nick.contains(' ') && nick.is_ascii(),
                word.find(|ch| Script::of(ch) != Script::Latin),
            );
            let len = if han { cut? } else { len };
            (single && first.is_uppercase() && len > 1)
                .then(|| self.text.len() - surname.len() + len)
        };
        tail().unwrap_or(end)
    }

    /// True where an organisation is named after the person: 卡内基·梅隆大学.
    fn institution_follows(&self, end: usize) -> bool {
        let rest = self.folded.get(end..).unwrap_or("");
        ["大学", "学院", "基金", "研究", "奖", "公司", "国际", "中心", "银行", "实验室"]
            .iter()
            .any(|word| rest.starts_with(word))
    }

    /// Companies and words of more than one character.
    fn blocked(&self, tokens: &[Token]) -> Vec<Span> {
        let long = |token: &&Token| match token.kind {
            Kind::Company(_) => true,
            Kind::Trigger(_) | Kind::Word(_) => token.span.end - token.span.start > 3,
            _ => false,
        };
        tokens.iter().filter(long).map(|token| token.span).collect()
    }
}

/// The first and last character of the name around the dot at `dot`.
fn around(
    chars: &[(usize, char)],
    dot: usize,
    foreign: &dyn Fn(usize) -> bool,
    surname: &dyn Fn(usize) -> bool,
) -> Option<(usize, usize)> {
    let is = |index: usize, want: char| chars.get(index).is_some_and(|(_, ch)| *ch == want);
    let mut left = dot;
    if left > 1 && is(left - 1, ' ') && foreign(left - 2) {
        left -= 1;
    }
    let mut first = left;
    while first > 0 && left - first < 7 && foreign(first - 1) {
        first -= 1;
    }
    let mut last = dot;
    let mut cursor = dot;
    loop {
        let start =
            if is(cursor + 1, ' ') && foreign(cursor + 2) { cursor + 2 } else { cursor + 1 };
        let len = (start..start + 8).take_while(|index| foreign(*index)).count();
        let len = if len == 0 && surname(start) && !foreign(start + 1) { 1 } else { len };
        if len == 0 {
            break;
        }
        last = start + len - 1;
        let next = if is(last + 1, ' ') { last + 2 } else { last + 1 };
        match chars.get(next) {
            Some((_, ch)) if DOTS.contains(ch) || *ch == '-' => cursor = next,
            _ => break,
        }
    }
    let plain = chars.get(dot).is_some_and(|(_, ch)| *ch == '-');
    let long = !plain || left - first >= 2 && last > dot + 1;
    (first < left && last > dot && long).then_some((first, last))
}
