//! Names of which no list knows a part, known by their sound and their place.

use super::name::{Name, is_house, same_quotes, split_last};
use super::node::{Kind, Node};
use super::particle::Part;
use super::person::Reading;
use super::sound::sound;
use super::stranger::{is_news_word, opens_phrase};
use crate::extract::text::Span;

/// "'엡스타인 파일' 여파": what is quoted is what happened.
pub(super) fn is_affair(nodes: &[Node<'_>], at: usize) -> bool {
    let quoted = nodes.get(at).is_some_and(|node| node.epithet);
    let behind = nodes.iter().skip(at).find(|node| !node.epithet);
    let affairs =
        ["여파", "파문", "사태", "사건", "의혹", "논란", "쇼크", "연루", "후폭풍", "파장"];
    quoted && behind.is_some_and(|node| affairs.iter().any(|head| node.word.starts_with(head)))
}

impl Reading<'_> {
    /// "책임자 파블로 이글레시아스", "켄타로 무라카미 연구원": two words that sound like a name where one
    /// may stand.
    pub(super) fn sounding(&self, nodes: &[Node<'_>], at: usize, listed: bool) -> Option<Name> {
        let (first, next) = (nodes.get(at)?, nodes.get(at + 1)?);
        let readable =
            |node: &Node<'_>| matches!(node.kind, Kind::Word | Kind::Adnominal | Kind::Predicate);
        if !(readable(first) && readable(next) && next.spaced && same_quotes(first, next)) {
            return None;
        }
        let (stem, part) = split_last(nodes, at + 1, next);
        // "9일 립스키": a number is no name.
        if !first.stem.starts_with(super::token::is_hangul) {
            return None;
        }
        let short =
            ["빅", "수", "팀", "짐", "래", "테", "펑", "쑤", "팻", "벳", "앤", "모", "주드", "돈"];
        let least = if short.contains(&first.word) && self.has_post(nodes, at) { 1 } else { 2 };
        if !self.may_be_name(first.word, least) || !self.may_be_name(stem, 1) || is_house(stem) {
            return None;
        }
        // 켄타로 has no particle, but 슐먼이 has one.
        let verb = first.kind != Kind::Word && !self.words.is_given_name(first.word);
        if verb && (sound(first.word) < 1.5 || self.words.begins("career", first.word)) {
            return None;
        }
        let glued = first.part != Part::None && !self.words.is_given_name(first.word);
        if glued && !matches!(first.part, Part::To | Part::From | Part::With | Part::Is) {
            return None;
        }
        let score = sound(first.word) + sound(stem) - if glued { 1.0 } else { 0.0 };
        let behind = nodes.get(at + 2);
        let bracketed = next.latin.is_some_and(|latin| self.reads_like_a_person(latin));
        let titled = self.behind_title(nodes, at) || self.behind_house(nodes, at);
        let posted = self.has_post(nodes, at);
        let argument =
            matches!(part, Part::Subject | Part::Topic | Part::Object | Part::With | Part::Of);
        let opens = opens_phrase(nodes, at);
        let topic = self.title && opens && behind.is_some_and(Node::is_comma);
        let closed = part != Part::None
            || posted
            || behind.is_none_or(|node| {
                node.is_break()
                    || node.trigger().is_some()
                    || matches!(
                        node.kind,
                        Kind::Dot | Kind::Role { .. } | Kind::Former | Kind::Company { .. }
                    )
            })
            || behind.is_some_and(|node| node.word.starts_with('등') || node.word == "및");
        let least = match (titled, listed, posted && opens, argument && opens, topic) {
            _ if bracketed => f64::MIN,
            (true, ..) | (_, true, ..) if closed => 0.4,
            (_, _, true, ..) => 0.4,
            (_, _, _, true, _) if self.owned(nodes, at) || self.described(nodes, at) => 0.8,
            (_, _, _, true, _) => 1.6,
            (.., true) => 1.2,
            _ => return None,
        };
        if score < least {
            return None;
        }
        let span = Span::new(first.span.start, next.span.start + stem.len());
        let text = self.text.get(span).to_owned();
        let part = if part == Part::None && next.stem == next.word { next.part } else { part };
        let strength = if bracketed { 0.95 } else { 0.7 };
        Some(Name { first: at, last: at + 1, text, span, part, strength, needs_role: false })
    }

    /// "말투를 빚어낸 잭 레이너가"
    fn described(&self, nodes: &[Node<'_>], at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| nodes.get(before));
        before.is_some_and(super::node::describes)
    }

    /// "A의 잭 레이너를"
    fn owned(&self, nodes: &[Node<'_>], at: usize) -> bool {
        at.checked_sub(1)
            .and_then(|before| nodes.get(before))
            .is_some_and(|node| matches!(node.kind, Kind::Company { .. }) && node.part == Part::Of)
    }

    /// False where the first of two words is a Korean name by itself.
    pub(super) fn sounds(&self, nodes: &[Node<'_>], at: usize, one: Option<&Name>) -> bool {
        let (Some(first), Some(next)) = (nodes.get(at), nodes.get(at + 1)) else { return false };
        let (stem, _) = split_last(nodes, at + 1, next);
        one.is_none() || sound(first.word) > 0.0 && stem.chars().count() > 1 && sound(stem) > 0.8
    }

    /// True for a word of Hangul that is no word of the news.
    fn may_be_name(&self, word: &str, least: usize) -> bool {
        let words = self.words;
        let long = word.chars().count();
        let fits = (least..=6).contains(&long) || words.is_given_name(word);
        fits && word.chars().all(super::token::is_hangul)
            && !word.starts_with("출신")
            && (words.is_given_name(word) || long == 1 || !is_news_word(word))
            && !words.is("ordinary", word)
            && !words.is("unit", word)
            && !words.is_role(word)
            && !words.begins("asserted", word)
            && !(long > 1 && word.ends_with(['들', '적']))
    }
}
