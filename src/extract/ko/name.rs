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
        let own = ["이다", "다"].iter().find_map(|verb| self.text.strip_suffix(verb));
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
        let readable = matches!(node.kind, Kind::Word | Kind::Adnominal | Kind::Predicate);
        if !readable || node.stem.is_empty() {
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

    fn transliterated(&self, nodes: &[Node<'_>], at: usize, first: &Node<'_>) -> Option<Name> {
        let ordinary = |word: &str| self.words.is("ordinary", word) || self.words.is("unit", word);
        let foreign = self.words.foreignness(first.word);
        let titled = self.behind_title(nodes, at);
        // 팀 is a word, but for "연구자 팀 브룩스가".
        let tim = first.word == "팀"
            && (titled || at == 0)
            && nodes.get(at + 1).is_some_and(|next| {
                let (stem, _) = split_last(nodes, at + 1, next);
                self.words.foreignness(stem) >= 0.5 && !is_news_word(stem)
            });
        let given = tim || self.words.is_given_name(first.word);
        let long = (2..=4).contains(&first.word.chars().count());
        let opens_later = nodes.get(at + 1).is_some_and(|next| self.words.is_given_name(next.word));
        // "이종민 미래전략 담당": a name of its own, not a first name.
        let whole = self.words.is_korean_name(first.word) && foreign < 0.5
            || self.words.may_be_korean_name(first.word) && foreign <= 0.0;
        // 만든 opens no name, whatever it sounds like.
        let verb = first.kind != Kind::Word || !titled && is_news_word(first.word);
        if !given && (verb || whole || opens_later && !titled || first.word.starts_with("출신")) {
            return None;
        }
        if !given
            && (ordinary(first.word)
                || first.part != Part::None
                || foreign < 0.5 && !(titled && long && first.kind == Kind::Word))
        {
            return None;
        }
        // "'스테이블 디퓨전' 개발사": what is quoted and made by somebody is nobody.
        let made = first.epithet
            && nodes.iter().skip(at + 1).find(|node| !node.epithet).is_some_and(|node| {
                ["개발", "제작", "운영", "만든", "서비스", "모델", "앱", "출시", "공개"]
                    .iter()
                    .any(|head| node.word.starts_with(head))
            });
        if made {
            return None;
        }
        let (mut last, mut pinyin) = (at, false);
        let mut share = foreign;
        for (index, node) in nodes.iter().enumerate().skip(at + 1).take(3) {
            let (stem, part) = split_last(nodes, index, node);
            // "알렉시 코노 웨이브폼스 CEO": the third word before a post is a house.
            let post = |next: &Node<'_>| matches!(next.kind, Kind::Role { .. } | Kind::Former);
            if index == at + 2 && part == Part::None && nodes.get(index + 1).is_some_and(post) {
                break;
            }
            let fits = matches!(node.kind, Kind::Word | Kind::Adnominal | Kind::Predicate)
                && same_quotes(first, node)
                && (node.kind == Kind::Word || !is_news_word(node.word))
                && !node.is_latin
                && node.spaced
                && !is_house(stem)
                && !ordinary(stem)
                && !ordinary(node.stem)
                && !ordinary(node.word)
                && stem.chars().all(super::token::is_hangul);
            let own = self.words.foreignness(stem);
            let particle_like = stem.chars().count() == 1;
            // The word after a first name is a surname unless it is an ordinary word; a third
            // word must look foreign itself.
            let chinese = index == at + 1
                && stem.chars().count() <= 2
                && long
                && titled
                && self.words.is("chinese_surname", stem);
            let enough = if chinese {
                true
            } else if index == at + 1 {
                let surname = titled && stem.chars().count() >= 2 && !self.words.is_role(stem);
                // "칸 영화제" is none; "톰 건터가" is one.
                let sure = first.word.chars().count() >= 2 || part != Part::None;
                let rare = sure && stem.chars().count() >= 2 && !is_news_word(stem);
                given && (own > 0.0 || surname || rare) || own >= 0.5
            } else {
                own >= 0.5 && !is_news_word(stem)
            };
            if !fits || !(enough || particle_like && index == at + 1 && given) {
                break;
            }
            pinyin |= chinese;
            last = index;
            share += own;
            if part != Part::None || node.latin.is_some() {
                break;
            }
        }
        if last == at {
            return None;
        }
        let end = nodes.get(last)?;
        let (stem, mut part) = split_last(nodes, last, end);
        if part == Part::None && end.stem == end.word {
            // A particle behind the brackets.
            part = end.part;
        }
        let span = Span::new(first.span.start, end.span.start + stem.len());
        #[expect(clippy::cast_precision_loss, reason = "at most four words")]
        let share = share / (last - at + 1) as f64;
        let bracketed = end.latin.is_some_and(|latin| self.reads_like_a_person(latin));
        let strength = match (given, bracketed) {
            (_, true) => 0.95,
            (true, _) => 0.85,
            _ => 0.6,
        };
        let text = self.text.get(span).to_owned();
        let known = self.people.by_surname(stem).is_some() && stem.chars().count() >= 3;
        // "연구소장에 X": the post before the name says that it is one.
        let posted = at
            .checked_sub(1)
            .and_then(|before| nodes.get(before))
            .is_some_and(|node| matches!(node.kind, Kind::Role { .. }) && node.part == Part::At);
        let needs_role = !given && !bracketed && !known && !posted;
        (given || bracketed || known || pinyin || share >= 0.5 || titled && share >= 0.2)
            .then_some(Name { first: at, last, text, span, part, strength, needs_role })
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
    if let Some(owned) = node.word.strip_suffix('의').filter(|own| own.chars().count() == 1) {
        return (owned, Part::Of);
    }
    if comma && node.word.ends_with('도') {
        (node.word, Part::None)
    } else {
        split_name(node.word)
    }
}
