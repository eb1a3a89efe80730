//! Chinese names in their own sound: 린쥔양, 뤄푸리.

use super::node::{Kind, Node};
use super::particle::Part;
use super::person::Reading;
use super::phrase::comes_from;
use super::sound::sound;
use super::stranger::is_news_word;

impl Reading<'_> {
    /// True for a Chinese name in its own sound; `comma` where it stands whole before one.
    pub(super) fn is_chinese(
        &self,
        nodes: &[Node<'_>],
        at: usize,
        stem: &str,
        part: Part,
        comma: bool,
    ) -> bool {
        let Some(node) = nodes.get(at) else { return false };
        let dotted = at.checked_sub(1).and_then(|before| nodes.get(before));
        let listed = dotted.is_some_and(|node| node.kind == Kind::Dot);
        let chinese = (3..=if listed { 5 } else { 4 }).contains(&stem.chars().count())
            && (self.words.foreignness(stem) > 0.0 && !is_news_word(stem)
                || listed
                || comma && !is_news_word(stem))
            && stem.chars().all(may_be_chinese)
            && node.kind == Kind::Word
            && self.words.is("chinese_surname", stem.get(..3).unwrap_or(""))
            // "오픈AI 출신 자오성자"
            || (3..=4).contains(&stem.chars().count())
                && stem.chars().all(may_be_chinese)
                && dotted.is_some_and(comes_from)
                && self.words.is("chinese_surname", stem.get(..6).unwrap_or(""))
                && !is_news_word(stem)
            // "A 출신 중자오와"
            || (3..=4).contains(&stem.chars().count())
                && stem.chars().all(may_be_chinese)
                && dotted.is_some_and(comes_from)
                && node.kind == Kind::Word
                && matches!(part, Part::With | Part::Subject | Part::Topic | Part::Object)
                && self.words.is("chinese_surname", stem.get(..3).unwrap_or(""))
                && !is_news_word(stem)
            || (stem.chars().count() >= 3
                || stem.chars().count() == 2
                    && !is_news_word(stem)
                    && self.words.is("chinese_surname", stem.get(..3).unwrap_or("")))
                && node.latin.is_some_and(|latin| self.reads_like_a_person(latin));
        let chinese = chinese || node.kind == Kind::Word && self.is_pinyin_word(nodes, at, stem);
        // "AI 칩 대부 량딩,"
        let ends = nodes.get(at + 1).is_none_or(|next| next.is_comma() || next.trigger().is_some());
        let two = stem.chars().count() == 2
            && (part == Part::Subject || part == Part::None && ends)
            && dotted.is_some_and(|node| {
                matches!(node.kind, Kind::Role { plural: false }) && node.part == Part::None
            })
            && self.words.foreignness(stem) > 0.0
            && self.words.is("chinese_surname", stem.get(..3).unwrap_or(""));
        // "조직의 주쥔 책임자"
        let headed = nodes.get(at + 1).is_some_and(|next| {
            matches!(next.kind, Kind::Role { plural: false }) && !self.words.is_common(next.stem)
        });
        let two = two
            || stem.chars().count() == 2
                && headed
                && part == Part::None
                && node.kind == Kind::Word
                && self.words.foreignness(stem) > 0.0
                && !is_news_word(stem)
                && self.words.is("chinese_surname", stem.get(..3).unwrap_or(""));
        // 시각연구 is no name: 연구 is a word.
        let tail = stem.char_indices().rev().nth(1).and_then(|(at, _)| stem.get(at..));
        let worded = tail.is_some_and(|tail| self.words.is("ordinary", tail));
        let news = stem.chars().count() >= 4 && tail.is_some_and(is_news_word);
        chinese && (!worded || stem.chars().count() == 3) && !news || two
    }

    /// "자오밍쉬안", "교수 탕원보": every syllable is a Chinese one, and one of them no Korean one; where
    /// none is, a post has to stand beside.
    fn is_pinyin_word(&self, nodes: &[Node<'_>], at: usize, stem: &str) -> bool {
        let Some(strong) = self.words.chinese_syllables(stem) else { return false };
        let post = |node: Option<&Node<'_>>| {
            node.is_some_and(|node| {
                matches!(node.kind, Kind::Role { plural: false }) && node.part == Part::None
            })
        };
        let before = at.checked_sub(1).and_then(|before| nodes.get(before));
        let former = nodes.get(at + 1).is_some_and(|node| node.kind == Kind::Former);
        let comes = before.is_some_and(|node| comes_from(node) || super::node::describes(node));
        strong > 0 || stem.chars().count() <= 4 && (post(before) || former || comes)
    }

    /// "량궈둥은", "자오밍쉬안, ...": a name that sounds Chinese twice over needs no post where a phrase
    /// begins.
    pub(super) fn is_plainly_chinese(&self, nodes: &[Node<'_>], at: usize, stem: &str) -> bool {
        let Some(strong) = self.words.chinese_syllables(stem) else { return false };
        let Some(node) = nodes.get(at) else { return false };
        let next = nodes.get(at + 1);
        let goes = next.is_some_and(|next| next.is_comma() || next.trigger().is_some());
        let before = at.checked_sub(1).and_then(|before| nodes.get(before));
        let described = before.is_some_and(super::node::describes);
        // "연구소를 이끌던 탄웨이린이"
        let held = described && before.is_some_and(|node| self.words.begins("career", node.word));
        let opens = super::stranger::opens_phrase(nodes, at) || described;
        let placed = match node.part {
            Part::Subject | Part::Topic | Part::Object => true,
            Part::Of => held,
            Part::None => self.title && goes,
            _ => false,
        };
        (strong >= 1 || described && self.title || held) && opens && placed && !node.quoted
    }

    /// "A '천재 소녀' 뤄즈링": a headline has a Chinese name right behind the house.
    pub(super) fn is_owned_name(&self, nodes: &[Node<'_>], at: usize, stem: &str) -> bool {
        let called = nodes.get(..at).unwrap_or(&[]).iter().rev().find(|node| !node.epithet);
        let house = called.is_some_and(|node| {
            matches!(node.kind, Kind::Company { .. }) && node.part == Part::None
        });
        let goes = nodes.get(at + 1).is_some_and(|next| {
            next.is_comma() || next.trigger().is_some() || matches!(next.kind, Kind::Company { .. })
        });
        self.title && stem.chars().count() == 3 && sound(stem) > 0.0 && house && goes
    }
}

/// Chinese syllables end in a vowel, ㄴ or ㅇ: 사이버캡 is no name.
pub(super) fn may_be_chinese(ch: char) -> bool {
    super::token::is_hangul(ch) && matches!((u32::from(ch) - 0xac00) % 28, 0 | 4 | 21)
}
