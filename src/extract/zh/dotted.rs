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
            let whole = |at: usize, back: bool| self.whole_part(&chars, at, back);
            let found = around(&chars, index - 1, [&foreign, &surname], &whole);
            let Some((first, last)) = found else { continue };
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

    /// How many characters a known part of foreign names has that ends (`back`) or begins at
    /// character `at`: 亚历山大, 彼得.
    fn whole_part(&self, chars: &[(usize, char)], at: usize, back: bool) -> usize {
        let end = |at: usize| chars.get(at).map_or(self.folded.len(), |(start, _)| *start);
        let parts = self.grammar.tongue.lexicon.list("name_part").iter();
        let fits = |part: &&String| match back {
            true => self.folded.get(..end(at)).is_some_and(|head| head.ends_with(part.as_str())),
            false => self.folded.get(end(at)..).is_some_and(|rest| rest.starts_with(part.as_str())),
        };
        parts.filter(fits).map(|part| part.chars().count()).max().unwrap_or(0)
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
    [foreign, surname]: [&dyn Fn(usize) -> bool; 2],
    whole: &dyn Fn(usize, bool) -> usize,
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
    first = first.min(left - whole(left, true).min(left));
    let mut last = dot;
    let mut cursor = dot;
    loop {
        let start =
            if is(cursor + 1, ' ') && foreign(cursor + 2) { cursor + 2 } else { cursor + 1 };
        let len = (start..start + 8).take_while(|index| foreign(*index)).count();
        let len = len.max(whole(start, false));
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
