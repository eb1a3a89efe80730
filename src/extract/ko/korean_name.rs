//! Names in Korean syllables: 김경수, 허 준, and Chinese names in their own sound.

use super::chinese_name::may_be_chinese;
use super::name::{Name, is_house};
use super::node::{Kind, Node};
use super::particle::{Part, split_name};
use super::person::{Reading, Seen};
use super::stranger::is_news_word;
use crate::extract::text::Span;

/// Surnames that are far more often a word of their own: this, one, now, new.
const LIKE_WORDS: &[&str] = &["이", "한", "현", "신", "주", "두", "고", "지"];

impl Reading<'_> {
    /// "허 준 전 구글 상무": surname and given name of one syllable each, with what says that it is
    /// somebody: a post or 출신 before, a former or present post behind.
    pub(super) fn spaced(&self, nodes: &[Node<'_>], at: usize, first: &Node<'_>) -> Option<Name> {
        let next = nodes.get(at + 1)?;
        let one = |word: &str| word.chars().count() == 1;
        let (given, part) =
            if one(next.word) { (next.word, Part::None) } else { split_name(next.word) };
        let plain = |node: &Node<'_>| matches!(node.kind, Kind::Word | Kind::Adnominal);
        // "왕 모 연구원": a certain Wang. "석 달 만에": three months.
        let fits = one(first.word)
            && first.stem == first.word
            && one(given)
            && !matches!(given, "모" | "달")
            && plain(first)
            && plain(next)
            && next.spaced
            && self.words.opens_korean_name(first.word.chars().next(), given.chars().next());
        if !fits {
            return None;
        }
        let rest = nodes.get(at + 2..).unwrap_or(&[]);
        let former = rest.first().is_some_and(|node| node.kind == Kind::Former);
        let posted = part == Part::None && holds_post(rest);
        let titled = at.checked_sub(1).and_then(|before| nodes.get(before)).is_some_and(|node| {
            matches!(node.kind, Kind::Role { plural: false }) && node.part == Part::None
                || node.part == Part::Origin
                || node.stem.starts_with("출신")
        });
        let common = LIKE_WORDS.contains(&first.word);
        if !(posted && (former || !common) || titled && !common) {
            return None;
        }
        let span = Span::new(first.span.start, next.span.start + given.len());
        let text = self.text.get(span).to_owned();
        Some(Name { first: at, last: at + 1, text, span, part, strength: 0.7, needs_role: true })
    }

    /// A name of one word: Korean, or Chinese in its own sound.
    pub(super) fn single(
        &self,
        nodes: &[Node<'_>],
        at: usize,
        node: &Node<'_>,
        seen: &Seen,
    ) -> Option<Name> {
        // "앱 '스카이' 개발자": what is quoted is no name.
        if node.epithet && nodes.get(at + 1).is_none_or(|next| !next.epithet) || is_house(node.stem)
        {
            return None;
        }
        // 윤송이 and 이지은 end in what looks like a particle.
        let whole = node.kind == Kind::Word
            && node.stem.chars().count() == 2
            && node.word.ends_with(['이', '은', '서', '인', '도'])
            && self.words.is_korean_name(node.word)
            && !self.words.is("ordinary", node.stem);
        // "왕징이, ...": a comma follows no particle.
        let comma = nodes.get(at + 1).is_some_and(Node::is_comma)
            && node.word.chars().count() == 3
            && matches!(node.part, Part::Subject | Part::Topic)
            && self.words.is("chinese_surname", node.word.get(..3).unwrap_or(""))
            && node.word.chars().all(may_be_chinese);
        // "뤄톈이 연구원": two syllables before 이 are seldom all of a Chinese name.
        let chinese = node.part == Part::Subject
            && node.word.chars().count() == 3
            && !seen.is_named(node.stem)
            && self.words.chinese_syllables(node.word).is_some_and(|strong| strong > 0);
        let whole = whole || comma || chinese;
        let (stem, part) = if whole { (node.word, Part::None) } else { (node.stem, node.part) };
        let dotted = at.checked_sub(1).and_then(|before| nodes.get(before));
        let long = (2..=5).contains(&stem.chars().count());
        if !long || self.words.is("ordinary", stem) || self.words.is("unit", stem) {
            return None;
        }
        let korean = self.words.is_korean_name(stem)
            || self.is_short_name(nodes, at)
            || self.is_rare(nodes, at, stem, part)
            || seen.is_named(stem)
            || self.is_short_newcomer(nodes, at)
            || self.is_short_titled(nodes, at)
            || self.is_short_officer(nodes, at);
        let listed = dotted.is_some_and(|node| node.kind == Kind::Dot);
        let chinese = self.is_chinese(nodes, at, stem, part, comma);
        if !(korean || chinese) {
            return None;
        }
        let next = nodes.get(at + 1);
        let next_acts = next.is_some_and(|next| next.trigger().is_some());
        // "이해진, ...", "네이버 이해진, ...": a headline begins with the name.
        let house = |node: &Node<'_>| {
            at == 1 && matches!(node.kind, Kind::Company { .. }) && node.part == Part::None
        };
        let opens = at == 0 || dotted.is_some_and(house);
        let topic = opens && next.is_some_and(Node::is_comma) || self.is_of_two(nodes, at);
        // "부사장에 조성훈": a headline ends with who gets the post.
        // "AI수석에 네이버 하정민"
        let house =
            |node: &&Node<'_>| matches!(node.kind, Kind::Company { .. }) && node.part == Part::None;
        let mut called = nodes.get(..at).unwrap_or(&[]).iter().rev().filter(|node| !node.epithet);
        let called = called.find(|node| !house(node));
        let posted = next.is_none_or(Node::is_break)
            && called.is_some_and(|node| {
                matches!(node.kind, Kind::Role { .. }) && node.part == Part::At
            });
        let owned = chinese
            && (self.is_owned_name(nodes, at, stem) || self.is_plainly_chinese(nodes, at, stem));
        let bracketed = (stem.chars().count() >= 3 || !is_news_word(stem))
            && node.latin.is_some_and(|latin| self.reads_like_a_person(latin));
        // "12년 경력을 접은 김라희, ...": what somebody did, then who it is.
        let did = dotted.is_some_and(|node| {
            super::node::describes(node)
                || node.word.chars().count() >= 2 && node.word.ends_with(['은', '던', '한'])
        });
        let did = did && next.is_some_and(Node::is_comma) && !is_news_word(stem);
        let subject = self.is_bare_subject(nodes, at, stem, part);
        let stands =
            self.title && korean && part == Part::None && (next_acts || topic || posted || did);
        Some(Name {
            first: at,
            last: at,
            text: stem.to_owned(),
            span: Span::new(node.span.start, node.span.start + stem.len()),
            part,
            strength: if stands { 0.6 } else { 0.7 },
            needs_role: !(stands
                || subject
                || owned
                || bracketed
                || listed && chinese
                || seen.is_named(stem)),
        })
    }

    /// "곽한결이 A를 떠나 ...": a sentence begins with a Korean name that no news word is like.
    fn is_bare_subject(&self, nodes: &[Node<'_>], at: usize, stem: &str, part: Part) -> bool {
        let first = at.checked_sub(1).and_then(|before| nodes.get(before));
        let opens = first.is_none_or(|mark| matches!(mark.kind, Kind::Break('.')));
        let word = nodes.get(at).map_or("", |node| node.word);
        opens
            && matches!(part, Part::Subject | Part::Topic)
            && self.words.is_korean_name(stem)
            && !is_news_word(stem)
            && !is_news_word(word)
            && !self.words.is("unit", stem)
    }

    /// True for three syllables of which not all are common in names, beside a post.
    fn is_rare(&self, nodes: &[Node<'_>], at: usize, stem: &str, part: Part) -> bool {
        let Some(node) = nodes.get(at) else { return false };
        let dotted = at.checked_sub(1).and_then(|before| nodes.get(before));
        let behind_role =
            at.checked_sub(1).and_then(|before| nodes.get(before)).is_some_and(|node| {
                matches!(node.kind, Kind::Role { plural: false }) && node.part == Part::None
            });
        let acts = nodes.get(at + 1).is_some_and(|next| next.trigger().is_some());
        // "정규돈 전 가나뱅크 CTO": 돈 is no common syllable, but no word is like it either.
        let held = nodes.get(at + 1).is_some_and(|next| match next.kind {
            Kind::Former => true,
            Kind::Role { plural: false } => {
                !self.words.is_common(next.stem)
                    || matches!(next.stem, "이사" | "팀장" | "교수" | "박사" | "리더")
            }
            _ => false,
        });
        let described = dotted.is_some_and(|node| {
            node.kind == Kind::Adnominal && self.words.begins("career", node.word)
        });
        self.words.may_be_korean_name(stem)
            && (behind_role && acts
                || (held && part == Part::None || described) && !is_news_word(node.word))
    }

    /// "A 출신 이준, ...": in a headline two syllables between 출신 and a comma or what they do.
    fn is_short_newcomer(&self, nodes: &[Node<'_>], at: usize) -> bool {
        let (Some(before), Some(node)) =
            (at.checked_sub(1).and_then(|before| nodes.get(before)), nodes.get(at))
        else {
            return false;
        };
        let mut syllables = node.word.chars();
        let (first, second, None) = (syllables.next(), syllables.next(), syllables.next()) else {
            return false;
        };
        let comes = matches!(before.kind, Kind::Company { .. }) && before.part == Part::Origin
            || before.stem == "출신";
        let ends =
            nodes.get(at + 1).is_some_and(|next| next.is_comma() || next.trigger().is_some());
        self.title
            && comes
            && ends
            && node.kind == Kind::Word
            && self.words.opens_korean_name(first, second)
            && !self.words.is("ordinary", node.word)
    }

    /// "A 연구원 박솔, ...": in a headline two syllables between a post and a comma or a verb.
    fn is_short_titled(&self, nodes: &[Node<'_>], at: usize) -> bool {
        let (Some(before), Some(node)) =
            (at.checked_sub(1).and_then(|before| nodes.get(before)), nodes.get(at))
        else {
            return false;
        };
        let mut syllables = node.word.chars();
        let (first, second, None) = (syllables.next(), syllables.next(), syllables.next()) else {
            return false;
        };
        let post = matches!(before.kind, Kind::Role { plural: false }) && before.part == Part::None;
        let ends = nodes.get(at + 1).is_some_and(Node::is_comma);
        self.title
            && post
            && ends
            && node.kind == Kind::Word
            && self.words.opens_korean_name(first, second)
            && !self.words.is("ordinary", node.word)
            && !is_news_word(node.word)
    }

    /// "김윤 최고기술책임자(CTO)": two syllables at the head of a phrase, and a post of one.
    fn is_short_officer(&self, nodes: &[Node<'_>], at: usize) -> bool {
        let (Some(node), Some(next)) = (nodes.get(at), nodes.get(at + 1)) else { return false };
        let mut syllables = node.word.chars();
        let (first, second, None) = (syllables.next(), syllables.next(), syllables.next()) else {
            return false;
        };
        let before = at.checked_sub(1).and_then(|before| nodes.get(before));
        let opens = before.is_none_or(|node| {
            let house = matches!(node.kind, Kind::Company { .. }) && node.part == Part::None;
            node.is_break() || house
        });
        let post = matches!(next.kind, Kind::Role { plural: false })
            && !self.words.is_common(next.stem)
            && match before {
                // "테슬라 도조 책임자": what is headed may stand before other posts.
                Some(house) if matches!(house.kind, Kind::Company { .. }) => {
                    ["대표", "대표이사", "사장", "부사장", "회장", "부회장", "의장"]
                        .contains(&next.stem)
                }
                _ => next.stem.chars().count() >= 3 || next.stem == "대표",
            };
        opens
            && post
            && node.kind == Kind::Word
            && self.words.opens_korean_name(first, second)
            && !self.words.is("ordinary", node.word)
            && !is_news_word(node.word)
    }

    /// "윤구 애플코리아 사장": two syllables are a name only where a company and a post follow.
    fn is_short_name(&self, nodes: &[Node<'_>], at: usize) -> bool {
        let Some(node) = nodes.get(at) else { return false };
        let mut syllables = node.word.chars();
        let (first, second, None) = (syllables.next(), syllables.next(), syllables.next()) else {
            return false;
        };
        let mut rest = nodes.get(at + 1..).unwrap_or(&[]).iter().peekable();
        rest.next_if(|node| node.kind == Kind::Former);
        let employed = rest.next().is_some_and(|node| {
            matches!(node.kind, Kind::Company { .. }) && matches!(node.part, Part::None | Part::Of)
        });
        let post = rest
            .take(5)
            .find(|node| node.kind != Kind::Word || node.part != Part::None)
            .is_some_and(|node| matches!(node.kind, Kind::Role { plural: false }));
        let free = at
            .checked_sub(1)
            .and_then(|before| nodes.get(before))
            .is_none_or(|before| !matches!(before.kind, Kind::Company { .. }));
        free && employed
            && post
            && node.kind == Kind::Word
            && self.words.opens_korean_name(first, second)
            && !self.words.is("ordinary", node.word)
            && !is_news_word(node.word)
    }
}

/// True where a post follows, after the company at most: "전 구글 상무", "구글코리아 상무", "상무".
fn holds_post(rest: &[Node<'_>]) -> bool {
    let light = |node: &&Node<'_>| {
        matches!(node.kind, Kind::Former | Kind::Company { .. } | Kind::Word)
            && matches!(node.part, Part::None | Part::Of)
    };
    let before = rest.iter().take(5).take_while(light).count();
    rest.get(before).is_some_and(|node| matches!(node.kind, Kind::Role { plural: false }))
}
