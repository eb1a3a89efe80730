//! Names of which one word is very short: 항 첸, 쑤 즈위안, 아르빈드 KC, J.D. 밀러.

use super::name::{Name, is_house, same_quotes, split_last};
use super::node::{Kind, Node};
use super::particle::Part;
use super::person::Reading;
use super::stranger::is_news_word;
use crate::extract::text::Span;

/// Chinese surnames that are Korean words of one syllable: one of them opens no name by itself.
const LIKE_WORDS: &[&str] = &[
    "한", "두", "다", "우", "주", "가", "사", "구", "하", "원", "시", "스", "선", "인", "지", "마",
    "바", "추", "창", "궁", "정", "중", "리", "저", "후", "자", "야", "청", "차", "예", "진", "라",
    "완", "런", "탕", "위", "둥", "판", "천", "장", "양", "왕",
];

impl Reading<'_> {
    /// Two words that stand in the place of a name, one of them of a syllable or two.
    pub(super) fn short(&self, nodes: &[Node<'_>], at: usize) -> Option<Name> {
        let (first, next) = (nodes.get(at)?, nodes.get(at + 1)?);
        let placed = self.behind_title(nodes, at) || self.behind_house(nodes, at);
        if !placed || !next.spaced || !same_quotes(first, next) || first.part != Part::None {
            return None;
        }
        let (stem, part) = match next.is_latin {
            true => (next.stem, next.part),
            false => split_last(nodes, at + 1, next),
        };
        let behind = nodes.get(at + 2);
        let ends = match part {
            Part::Subject | Part::Topic | Part::Object | Part::With | Part::Of => true,
            Part::None => behind.is_none_or(|node| {
                node.is_break()
                    || node.kind == Kind::Dot
                    || node.trigger().is_some()
                    || matches!(node.kind, Kind::Role { .. } | Kind::Former | Kind::Company { .. })
                    || node.word.starts_with('등')
            }),
            _ => false,
        };
        let bracketed = next.latin.is_some_and(|latin| self.reads_like_a_person(latin));
        let fits = self.is_pinyin_name(first, stem) || self.is_mixed(first, next);
        if !(ends || bracketed) || !fits {
            return None;
        }
        let end = next.span.start + stem.len();
        let span = Span::new(first.span.start, end);
        let text = self.text.get(span).to_owned();
        let part = if part == Part::None && next.stem == next.word { next.part } else { part };
        Some(Name { first: at, last: at + 1, text, span, part, strength: 0.7, needs_role: false })
    }

    /// "구글 딥마인드의 항 첸 연구원이": a company before, and a post behind.
    pub(super) fn behind_house(&self, nodes: &[Node<'_>], at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| nodes.get(before));
        let house = before.is_some_and(|node| {
            matches!(node.kind, Kind::Company { .. }) && matches!(node.part, Part::None | Part::Of)
        });
        let owner = before.is_some_and(|node| node.part == Part::Of);
        let behind = nodes.get(at + 2);
        let post = behind.is_some_and(|node| matches!(node.kind, Kind::Role { .. }));
        let listed = owner && behind.is_some_and(|node| node.is_comma() || node.kind == Kind::Dot);
        house && (post || listed)
    }

    /// "쑤 즈위안", "항 첸": a Chinese surname before or behind a given name.
    fn is_pinyin_name(&self, first: &Node<'_>, stem: &str) -> bool {
        let surname = |word: &str| self.words.is("chinese_surname", word);
        let own = |word: &str| {
            let long = word.chars().count();
            (1..=3).contains(&long)
                && word.chars().all(super::chinese_name::may_be_chinese)
                && !self.words.is("ordinary", word)
                && !self.words.is("unit", word)
                && !self.words.is_role(word)
                && !is_house(word)
                && (long == 1 || !is_news_word(word))
        };
        let foreign = |word: &str| self.words.foreignness(word) > 0.0;
        let plain = first.kind == Kind::Word && own(first.word) && own(stem) && stem != "모";
        let long = |word: &str| word.chars().count() >= 2;
        let opens = surname(first.word)
            && if LIKE_WORDS.contains(&first.word) {
                long(stem) && foreign(stem)
            } else {
                foreign(first.word) || long(stem) && foreign(stem)
            };
        let closes = surname(stem)
            && (foreign(first.word) && long(first.word)
                || foreign(stem) && !LIKE_WORDS.contains(&stem));
        plain && (opens || closes)
    }

    /// "아르빈드 KC", "J.D. 밀러": letters for one of the two.
    fn is_mixed(&self, first: &Node<'_>, next: &Node<'_>) -> bool {
        let hangul = |node: &Node<'_>| {
            node.word.chars().all(super::token::is_hangul)
                && matches!(node.kind, Kind::Word | Kind::Adnominal | Kind::Predicate)
        };
        let name = |word: &str| {
            self.words.is_given_name(word)
                || self.words.foreignness(word) >= 0.5
                    && !is_news_word(word)
                    && !self.words.is("ordinary", word)
        };
        let capitals = |word: &str| {
            (2..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
        };
        let plain =
            |word: &str| !self.words.is("latin_ordinary", word) && !self.words.is_role(word);
        let initials = |word: &str| {
            word.len() <= 4 && word.contains('.') && word.starts_with(char::is_uppercase)
        };
        let behind = next.is_latin && hangul(first) && name(first.word);
        let before = first.is_latin && hangul(next) && self.words.foreignness(next.stem) >= 0.3;
        behind && next.kind == Kind::Word && capitals(next.stem) && plain(next.stem)
            || before && first.kind == Kind::Word && initials(first.stem)
    }

    /// "하정민·서보라, ...": a headline begins with two names.
    pub(super) fn is_of_two(&self, nodes: &[Node<'_>], at: usize) -> bool {
        let [first, dot, second, comma, ..] = nodes else { return false };
        let name = |node: &Node<'_>| self.words.is_korean_name(node.word);
        matches!(at, 0 | 2)
            && dot.kind == Kind::Dot
            && comma.is_comma()
            && name(first)
            && name(second)
            && !is_news_word(first.word)
            && !is_news_word(second.word)
    }
}

impl Reading<'_> {
    /// "응우옌티마이 전 A 팀장": one word that news never uses, and what the person was.
    pub(super) fn former_stranger(&self, nodes: &[Node<'_>], at: usize) -> Option<Name> {
        let (node, former, house) = (nodes.get(at)?, nodes.get(at + 1)?, nodes.get(at + 2)?);
        let opens = super::stranger::opens_phrase(nodes, at);
        let held = former.kind == Kind::Former
            && matches!(house.kind, Kind::Company { .. })
            && house.part == Part::None;
        let plain = node.kind == Kind::Word
            && node.part == Part::None
            && node.word == node.stem
            && (3..=7).contains(&node.stem.chars().count())
            && node.stem.chars().all(super::token::is_hangul)
            && !self.words.is("ordinary", node.stem)
            && !self.words.is("unit", node.stem)
            && !self.words.is_role(node.stem)
            && !is_news_word(node.stem)
            && !is_house(node.stem);
        let strange =
            self.words.foreignness(node.stem) >= 0.34 || super::sound::sound(node.stem) > 0.5;
        (opens && held && plain && strange).then(|| Name {
            first: at,
            last: at,
            text: node.stem.to_owned(),
            span: node.span,
            part: Part::None,
            strength: 0.65,
            needs_role: true,
        })
    }
}
