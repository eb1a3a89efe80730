//! Japanese names in kanji, and surnames alone, by the titles and posts beside them.

use super::people::Finder;
use crate::extract::han::person::Person;
use crate::extract::han::token::{Kind, Token};
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::extract::text::Span;

impl Finder<'_> {
    /// A surname alone with a title, or a name in kanji.
    pub(super) fn short(
        &self,
        tokens: &[Token],
        at: usize,
        people: &[Person],
    ) -> (usize, Option<Span>) {
        let Some(token) = tokens.get(at).copied() else { return (at + 1, None) };
        let word = self.get(token.span);
        let honorific = matches!(self.kind(tokens, at + 1), Some(Kind::Word(Word::Honorific)));
        let post = matches!(self.kind(tokens, at + 1), Some(Kind::Word(Word::Role)))
            || self.heads_post(tokens, at + 1);
        let alone = self.grammar.tongue.people.latin(word).is_some();
        let whole = || self.known.iter().chain(people).any(|person| person.name == word);
        let alias = alone || self.full_name(word, people).is_some() || whole();
        let named = match token.kind {
            Kind::Text(Script::Katakana) => {
                let count = word.chars().count();
                count >= 2 && (honorific || alias)
                    || (count >= 3 || count == 2 && self.is_of(tokens, at))
                        && self.is_short_post(tokens, at + 1)
                    || self.is_known(word) && self.is_former_post(tokens, at + 1)
            }
            Kind::Text(Script::Han) => {
                let count = word.chars().count();
                let fits = self.grammar.names.is_name(word, honorific || post);
                let border = at == 0
                    || !matches!(self.kind(tokens, at - 1), Some(Kind::Text(Script::Katakana)));
                let role =
                    self.follows_role(tokens, at) || self.follows_house(tokens, at, token.span);
                alias
                    || (2..=4).contains(&count) && honorific && border
                    || count >= 3 && fits && (honorific || post || role)
                    || count == 2 && fits && post && !self.is_word(word)
            }
            _ => false,
        };
        (at + 1, named.then_some(token.span))
    }

    /// True for a surname that only one of the known people bears.
    fn is_known(&self, word: &str) -> bool {
        self.grammar.tongue.people.by_surname(word).is_some()
    }

    /// "X元財務長官": a post that X held.
    fn is_former_post(&self, tokens: &[Token], at: usize) -> bool {
        let post = |token: &Token| token.kind == Kind::Word(Word::Role);
        self.kind(tokens, at) == Some(Kind::Word(Word::Former))
            && tokens.iter().skip(at + 1).take(3).any(post)
    }

    /// "A のワンCEO": の stands before.
    fn is_of(&self, tokens: &[Token], at: usize) -> bool {
        at.checked_sub(1).and_then(|at| self.kind(tokens, at)) == Some(Kind::Word(Word::Of))
    }

    /// CEO, CTO, 社長: posts that stand behind a surname alone.
    fn is_short_post(&self, tokens: &[Token], at: usize) -> bool {
        let post = tokens
            .get(at)
            .filter(|token| token.kind == Kind::Word(Word::Role))
            .map(|token| self.get(token.span));
        // "元インスタカートCEOの", "AWSジャパン社長": a company's post.
        let before =
            at.checked_sub(2).and_then(|before| tokens.get(before)).map(|token| token.kind);
        let house = matches!(
            before,
            Some(Kind::Word(Word::Former) | Kind::Text(Script::Latin | Script::Han))
        ) || self.kind(tokens, at + 1) == Some(Kind::Word(Word::Of))
            || self.kind(tokens, at + 1) == Some(Kind::Text(Script::Katakana))
            || matches!(self.kind(tokens, at + 1), Some(Kind::Person(_)));
        let chief = post.is_some_and(|post| post.starts_with("最高"));
        !house
            && (chief
                || matches!(
                    post,
                    Some(
                        "CEO"
                            | "CTO"
                            | "COO"
                            | "CFO"
                            | "CPO"
                            | "CMO"
                            | "社長"
                            | "会長"
                            | "副社長"
                            | "教授"
                    )
                ))
    }

    /// Words of two characters that look like a surname before a post.
    fn is_word(&self, word: &str) -> bool {
        [
            "新任", "現任", "歴代", "副社", "代表", "技術", "研究", "製品", "開発", "営業", "財務",
            "米国", "日本", "中国", "韓国", "世界", "最高", "上級", "主任", "筆頭",
        ]
        .contains(&word)
    }
}
