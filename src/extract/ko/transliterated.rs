//! Foreign names in Hangul: a first name that is listed, or words that look foreign.

use super::name::{Name, is_house, same_quotes, split_last};
use super::node::{Kind, Node};
use super::particle::Part;
use super::person::Reading;
use super::sound::sound;
use super::stranger::is_news_word;
use crate::extract::text::Span;

/// Particles of names from other scripts.
const JOINING: &[&str] = &[
    "다",
    "드",
    "데",
    "디",
    "델",
    "도스",
    "반",
    "판",
    "폰",
    "본",
    "벤",
    "빈",
    "엘",
    "알",
    "덴",
    "티",
    "반데르",
];

/// The first word of a name.
struct Opening {
    /// A first name.
    given: bool,
    /// Behind a post, or what somebody did.
    titled: bool,
    /// Of two to four syllables.
    long: bool,
}

impl Reading<'_> {
    /// A first name in Hangul and what follows it, or two words that look foreign: 존 슐먼.
    pub(super) fn transliterated(
        &self,
        nodes: &[Node<'_>],
        at: usize,
        first: &Node<'_>,
    ) -> Option<Name> {
        let opening = self.opening(nodes, at, first)?;
        let Opening { given, titled, .. } = opening;
        let (mut last, mut pinyin) = (at, false);
        let mut share = self.words.foreignness(first.word);
        for (index, node) in nodes.iter().enumerate().skip(at + 1).take(4) {
            let (stem, part) = split_last(nodes, index, node);
            // "알렉시 코노 웨이브폼스 CEO": the third word before a post is a house.
            let post = |next: &Node<'_>| matches!(next.kind, Kind::Role { .. } | Kind::Former);
            let behind = nodes.get(index - 1).is_some_and(|node| JOINING.contains(&node.word));
            // "라가브 굽타 코세라 아태 총괄"
            let field = |next: &Node<'_>| {
                next.kind == Kind::Word
                    && next.part == Part::None
                    && self.words.is("ordinary", next.stem)
            };
            let led =
                nodes.get(index + 1).is_some_and(field) && nodes.get(index + 2).is_some_and(post);
            let headed = (nodes.get(index + 1).is_some_and(post) || led) && !behind;
            if index >= at + 2 && part == Part::None && headed {
                break;
            }
            let fits = self.may_follow(first, node, stem);
            let own = self.words.foreignness(stem);
            let particle_like = stem.chars().count() == 1;
            let next = index == at + 1;
            let chinese = next
                && stem.chars().count() <= 2
                && opening.long
                && titled
                && self.words.is("chinese_surname", stem);
            // "주앙 실바 드 알메이다": the particle of a name, and what it leads to.
            let initial = node.is_latin
                && node.stem.len() <= 2
                && node.stem.starts_with(char::is_uppercase)
                && node.stem.ends_with('.');
            let joins = (JOINING.contains(&node.word) || initial) && self.goes_on(nodes, index + 1);
            let joined = nodes.get(index - 1).is_some_and(|node| {
                JOINING.contains(&node.word) || node.is_latin && node.stem.ends_with('.')
            });
            let enough = chinese
                || joins
                || joined && index > at + 1 && self.goes_on(nodes, index)
                || next && self.is_surname(nodes, index, first, &opening)
                || !next && own >= 0.5 && !is_news_word(stem);
            if joins {
                last = index;
                share += 0.5;
                continue;
            }
            if !(fits || initial) || !(enough || particle_like && next && given) {
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

    /// Reads the first word; `None` where it opens no name.
    fn opening(&self, nodes: &[Node<'_>], at: usize, first: &Node<'_>) -> Option<Opening> {
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
        if !given && (verb || whole || opens_later && !titled) || first.word.starts_with("출신") {
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
        Some(Opening { given, titled, long })
    }

    /// True where what follows a particle of names sounds like the rest of one.
    fn goes_on(&self, nodes: &[Node<'_>], at: usize) -> bool {
        let Some(node) = nodes.get(at) else { return false };
        let (stem, _) = split_last(nodes, at, node);
        let particle = JOINING.contains(&node.word) && self.goes_on(nodes, at + 1);
        let sounds = sound(stem) > 0.3 || self.words.foreignness(stem) >= 0.5;
        let plain = node.kind == Kind::Word && node.spaced && stem.chars().count() >= 2;
        particle || plain && sounds && !is_news_word(stem) && !self.words.is_role(stem)
    }

    /// True for a word that may go on a name.
    fn may_follow(&self, first: &Node<'_>, node: &Node<'_>, stem: &str) -> bool {
        let ordinary = |word: &str| self.words.is("ordinary", word) || self.words.is("unit", word);
        matches!(node.kind, Kind::Word | Kind::Adnominal | Kind::Predicate)
            && !matches!(node.word, "새" | "첫" | "현" | "더" | "또" | "등" | "겸" | "중" | "및")
            && same_quotes(first, node)
            && (node.kind == Kind::Word
                || !is_news_word(node.word) && !self.words.begins("career", node.word))
            && !node.is_latin
            && node.spaced
            && !is_house(stem)
            && ![stem, node.stem, node.word].iter().any(|word| ordinary(word))
            && stem.chars().all(super::token::is_hangul)
    }

    /// The word after a first name is a surname unless it is an ordinary word; a third word must
    /// look foreign itself.
    fn is_surname(
        &self,
        nodes: &[Node<'_>],
        index: usize,
        first: &Node<'_>,
        opening: &Opening,
    ) -> bool {
        let Some(node) = nodes.get(index) else { return false };
        let (stem, part) = split_last(nodes, index, node);
        let own = self.words.foreignness(stem);
        let long = stem.chars().count() >= 2;
        let surname = opening.titled && long && !self.words.is_role(stem);
        let mut behind = nodes.iter().skip(index + 1).take(3);
        let posted = behind
            .find(|node| node.kind != Kind::Word || node.part != Part::None)
            .is_some_and(|node| matches!(node.kind, Kind::Role { plural: false }));
        // "칸 영화제" is none; "톰 건터가" is one.
        let sure =
            first.word.chars().count() >= 2 || part != Part::None || posted && sound(stem) > 0.0;
        let rare = sure && long && !is_news_word(stem);
        opening.given && (own > 0.0 || surname || rare) || own >= 0.5
    }
}
