//! Names: known ones, Latin ones, foreign ones in Hangul, Korean ones, surnames alone.

use super::node::{Kind, Node};
use super::particle::{Part, split_name, splits};
use super::person::{Reading, Seen};
use super::stranger::is_news_word;
use crate::extract::text::Span;

/// A name, before the phrase around it is read.
pub(super) struct Name {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) text: String,
    pub(super) span: Span,
    pub(super) part: Part,
    pub(super) strength: f64,
    /// Counts only with a role beside it.
    pub(super) needs_role: bool,
}

impl Name {
    /// "주인공은 존 슐먼이다": what ends the sentence belongs to no name.
    pub(super) fn drop_copula(&mut self, nodes: &[Node<'_>]) {
        let ends = nodes.get(self.last + 1).is_none_or(|node| node.kind == Kind::Break('.'));
        if self.part != Part::None || !ends || self.first == self.last {
            return;
        }
        let own = ["입니다", "이다", "다"].iter().find_map(|verb| self.text.strip_suffix(verb));
        if let Some(own) = own.map(str::to_owned) {
            self.span.end = self.span.start + own.len();
            self.text = own;
            self.part = Part::Is;
        }
    }
}

impl Reading<'_> {
    /// The name that begins at `at`; `listed` where it goes on a list of names.
    pub(super) fn name(
        &self,
        nodes: &[Node<'_>],
        at: usize,
        seen: &Seen,
        listed: bool,
    ) -> Option<Name> {
        let node = nodes.get(at)?;
        if node.kind == Kind::Known {
            return Some(Name {
                first: at,
                last: at,
                text: node.stem.to_owned(),
                span: node.span,
                part: node.part,
                strength: 1.0,
                needs_role: false,
            });
        }
        // "주장해 온", "도맡고": verbs.
        let goes_on =
            nodes.get(at + 1).is_some_and(|next| matches!(next.word, "온" | "왔다" | "오던"));
        if goes_on && node.word.ends_with(['해', '어', '아', '려'])
            || !node.is_latin && self.words.begins("career", node.word)
        {
            return None;
        }
        let readable = matches!(node.kind, Kind::Word | Kind::Adnominal | Kind::Predicate);
        // "관계자를 인용해 X가"
        let readable = readable && !(node.word.ends_with('해') && self.words.is_doing(node.word));
        if !readable || node.stem.is_empty() || super::sounding::is_affair(nodes, at) {
            return None;
        }
        if self.is_plainly_none(node) {
            return None;
        }
        let full = match node.is_latin {
            true => self.latin(nodes, at).or_else(|| self.short(nodes, at)),
            false => match self.hangul(nodes, at, seen) {
                // 조수아 may be Korean, but not before 립스키.
                one if one.as_ref().is_none_or(|one| one.first == one.last)
                    && self.sounds(nodes, at, one.as_ref()) =>
                {
                    self.sounding(nodes, at, listed)
                        .or(one)
                        .or_else(|| self.short(nodes, at))
                        .or_else(|| self.stranger(nodes, at, listed))
                }
                // 마르조리 may be Chinese, but not before 제니에비츠.
                Some(one) if one.first == one.last && !self.words.is_korean_name(node.word) => {
                    self.stranger(nodes, at, listed).or(Some(one))
                }
                Some(name) if name.needs_role => {
                    let sure = self.stranger(nodes, at, listed);
                    sure.filter(|sure| !sure.needs_role).or(Some(name))
                }
                name => name
                    .or_else(|| self.short(nodes, at))
                    .or_else(|| self.stranger(nodes, at, listed)),
            },
        };
        // On a list of names two words that look like one need no post.
        let full = full.map(|name| {
            let chinese = name.text.chars().count() >= 3
                && self.words.is("chinese_surname", name.text.get(..3).unwrap_or(""))
                && !is_news_word(&name.text);
            let sure = listed && (name.last > name.first || chinese);
            Name { needs_role: name.needs_role && !sure, ..name }
        });
        full.or_else(|| self.surname(nodes, at, seen))
            .or_else(|| self.lone_stranger(nodes, at, seen, listed))
    }

    /// True for a common word of two syllables or more, which neither is nor begins a name.
    fn is_plainly_none(&self, node: &Node<'_>) -> bool {
        node.kind == Kind::Word
            && !node.is_latin
            && node.stem.len() > 3
            && node.latin.is_none()
            && (self.words.is("ordinary", node.stem) || self.words.is("unit", node.stem))
    }

    /// A name in Hangul: 존 슐먼, 김경수, 린쥔양.
    fn hangul(&self, nodes: &[Node<'_>], at: usize, seen: &Seen) -> Option<Name> {
        let first = nodes.get(at)?;
        if !first.word.chars().all(super::token::is_hangul) {
            return None;
        }
        self.transliterated(nodes, at, first)
            .or_else(|| self.spaced(nodes, at, first))
            .or_else(|| self.single(nodes, at, first, seen))
    }

    /// Right behind a post even a first name that looks Korean may open a foreign name.
    pub(super) fn behind_title(&self, nodes: &[Node<'_>], at: usize) -> bool {
        at.checked_sub(1).and_then(|before| nodes.get(before)).is_some_and(|node| {
            matches!(node.kind, Kind::Role { .. })
                && matches!(node.part, Part::None | Part::Is | Part::At)
                || node.kind == Kind::Adnominal && self.words.begins("career", node.word)
                || node.stem.starts_with("출신") && node.part == Part::None
                || matches!(node.kind, Kind::Company { .. }) && node.part == Part::Origin
        })
    }

    /// A surname whose full name the article holds, or that only one known person bears.
    fn surname(&self, nodes: &[Node<'_>], at: usize, seen: &Seen) -> Option<Name> {
        let node = nodes.get(at)?;
        if node.kind != Kind::Word || self.words.is("ordinary", node.stem) {
            return None;
        }
        // "White House": part of a longer Latin name.
        let latin = |at: Option<usize>| {
            at.and_then(|at| nodes.get(at)).is_some_and(|other| {
                other.is_latin && other.kind == Kind::Word && other.part == Part::None
            })
        };
        if node.is_latin
            && (latin(at.checked_sub(1)) || node.part == Part::None && latin(Some(at + 1)))
        {
            return None;
        }
        // 술레이만 only looks as if it had a particle.
        let whole = node.word.ends_with(['만', '도', '서', '인', '이', '로'])
            && (seen.full(node.word).is_some() || self.people.by_surname(node.word).is_some());
        let (stem, part) = if whole { (node.word, Part::None) } else { (node.stem, node.part) };
        let (full, strength) = match seen.full(stem) {
            Some(full) => (full.to_owned(), 0.8),
            None => {
                // "개발 주역 실버, ...": two syllables need a post before them.
                let posted = !node.is_latin
                    && at.checked_sub(1).and_then(|before| nodes.get(before)).is_some_and(|post| {
                        matches!(post.kind, Kind::Role { plural: false }) && post.part == Part::None
                    });
                let least = match (node.is_latin, posted) {
                    (true, _) => 5,
                    (false, true) => 2,
                    (false, false) => 3,
                };
                self.people.by_surname(stem).filter(|_| stem.chars().count() >= least)?;
                (stem.to_owned(), 0.7)
            }
        };
        let span = Span::new(node.span.start, node.span.start + stem.len());
        Some(Name { first: at, last: at, text: full, span, part, strength, needs_role: false })
    }
}

/// "듀크대", "가나뱅크": where somebody works.
pub(super) fn is_house(word: &str) -> bool {
    let tails = [
        "대",
        "대학",
        "대학교",
        "은행",
        "뱅크",
        "그룹",
        "전자",
        "재단",
        "연구소",
        "벤처스",
        "캐피털",
    ];
    word.chars().count() >= 3 && tails.iter().any(|tail| word.ends_with(tail))
}

/// A name does not cross a quotation mark.
pub(super) fn same_quotes(a: &Node<'_>, b: &Node<'_>) -> bool {
    a.quoted == b.quoted && a.epithet == b.epithet
}

/// The last word of a name and its particle; 보르도 before a comma is no 보르 with a particle.
pub(super) fn split_last<'a>(nodes: &[Node<'_>], at: usize, node: &Node<'a>) -> (&'a str, Part) {
    let comma = nodes.get(at + 1).is_some_and(Node::is_comma);
    // "X를 Y로 교체": names end in 로, but not here.
    let swaps = nodes.get(at + 1).is_some_and(|next| next.word.starts_with("교체"));
    if swaps
        && let Some(swapped) =
            splits(node.word).find(|(stem, part)| *part == Part::To && stem.len() > 3)
    {
        return swapped;
    }
    // "X에 조직 맡겨": headlines leave out 게.
    let entrusts = nodes.iter().skip(at + 1).take(3).any(|next| next.word.starts_with("맡"));
    if let Some(own) =
        node.word.strip_suffix('에').filter(|own| entrusts && own.chars().count() > 1)
    {
        return (own, Part::At);
    }
    if let Some(owned) = node.word.strip_suffix('의').filter(|own| own.chars().count() == 1) {
        return (owned, Part::Of);
    }
    if comma && node.word.ends_with(['도', '와', '가']) {
        (node.word, Part::None)
    } else {
        split_name(node.word)
    }
}
