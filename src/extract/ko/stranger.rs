//! Names of which no list knows a part: two words that news never uses, in the place of a name.

use std::sync::LazyLock;

use super::ending::Form;
use super::name::{Name, is_house, split_last};
use super::node::{Kind, Node};
use super::particle::Part;
use super::person::{Reading, Seen};
use super::trigger::Act;
use crate::extract::listed::Set;
use crate::extract::text::Span;

/// Words of Korean news, made by `config/names/ko_words.py`.
static NEWS: LazyLock<Set> =
    LazyLock::new(|| Set::new(include_str!("../../../config/names/ko-words.txt")));

/// True for a word that general news uses.
pub(super) fn is_news_word(word: &str) -> bool {
    NEWS.has(word)
}

/// Two words that may be a name.
struct Pair<'a> {
    first: Node<'a>,
    /// The second without its particle.
    stem: &'a str,
    span: Span,
    part: Part,
}

impl Reading<'_> {
    /// "책임자 위보원과", "연구원 파드메, ...": one word that news never uses, right behind a post; or
    /// between what somebody did and a post.
    pub(super) fn lone_stranger(
        &self,
        nodes: &[Node<'_>],
        at: usize,
        seen: &Seen,
        listed: bool,
    ) -> Option<Name> {
        let node = nodes.get(at)?;
        if let Some(name) = self.former_stranger(nodes, at) {
            return Some(name);
        }
        let before = at.checked_sub(1).and_then(|before| nodes.get(before))?;
        // "연구소장을 맡아온 탄웨이린이", "A 출신 추이메이린 발탁"
        let led = before.trigger().is_some_and(|trigger| {
            let past = before.word.ends_with(['온', '던', '끈', '은']);
            matches!(trigger.act, Act::Head | Act::Serve) && past
        });
        let came = before.stem == "출신" && before.part == Part::None;
        if !(listed || led || came || matches!(before.kind, Kind::Role { .. } | Kind::Adnominal)) {
            return None;
        }
        let next = nodes.get(at + 1);
        let held = next.is_some_and(|next| matches!(next.kind, Kind::Role { plural: false }));
        let did = before.kind == Kind::Adnominal && self.words.begins("career", before.word);
        let post = matches!(before.kind, Kind::Role { plural: false })
            && matches!(before.part, Part::None | Part::Is);
        let ends = match node.part {
            Part::None => {
                let last = next.is_none() && super::sound::sound(node.stem) > 0.3;
                let goes = next.is_some_and(|next| next.is_break() || next.trigger().is_some());
                self.title && (goes || last)
            }
            Part::Subject | Part::Topic | Part::Object | Part::With => true,
            // "이끌던 팡쯔천의"
            Part::Of => did,
            _ => false,
        };
        let (first, long) = (node.stem.get(..3).unwrap_or(""), node.stem.chars().count());
        let shaped = self.words.foreignness(node.stem) >= 0.34
            || self.words.is("chinese_surname", first)
            || self.words.may_be_korean_name(node.stem);
        let plain = node.kind == Kind::Word
            && (2..=5).contains(&long)
            && node.stem.chars().all(super::token::is_hangul)
            && !is_house(node.stem);
        // "셰젠과 천웨이펑이": of a list only a Chinese name is known by one word.
        let closed = next.is_some_and(|next| next.is_comma() || next.word.starts_with('등'));
        let goes_on = listed
            && long >= 3
            && (closed || node.part != Part::None && ends)
            && self.words.is("chinese_surname", first);
        let chinese = long >= 3 && self.words.is("chinese_surname", first);
        let told = (led || came || did) && ends && chinese;
        let placed =
            post && ends && shaped || told || goes_on || did && held && node.part == Part::None;
        let news = is_news_word(node.word) || is_news_word(node.stem);
        if !(plain && placed) || news || self.is_ordinary(node.stem) {
            return None;
        }
        let text = seen.by_first(node.stem).unwrap_or(node.stem).to_owned();
        let (span, part) = (node.span, node.part);
        let needs_role = !goes_on;
        Some(Name { first: at, last: at, text, span, part, strength: 0.6, needs_role })
    }

    /// "나게시 살디 최고정보책임자", and the next of a list of names: "X, 잘란 보르소스 등".
    pub(super) fn stranger(&self, nodes: &[Node<'_>], at: usize, listed: bool) -> Option<Name> {
        if !(listed || self.is_titled(nodes, at) || opens_phrase(nodes, at)) {
            return None;
        }
        let pair = self.pair(nodes, at)?;
        let foreign = self.words.foreignness(pair.first.word) + self.words.foreignness(pair.stem);
        let end = nodes.get(at + 2);
        let closed = end.is_none_or(|end| end.is_comma() || end.kind == Kind::Dot)
            || end.is_some_and(|end| end.word.starts_with('등') || end.word == "및");
        // "카스퍼 윤": a foreign first name and a Korean surname.
        let hybrid = self.words.foreignness(pair.first.word) >= 0.5
            && !is_news_word(pair.first.word)
            && pair.stem.chars().count() == 1
            && (self.words.is("surname", pair.stem)
                || pair.first.word.chars().count() >= 3
                    && pair.first.word.chars().count() <= 5
                    && !["등", "씨", "전", "현", "및", "또", "곧", "안", "못", "첫", "새", "더"]
                        .contains(&pair.stem));
        let long =
            pair.first.word.chars().count() >= 2 && (pair.stem.chars().count() >= 2 || hybrid);
        // "개발에 참여한 시드 비다사리아가": what somebody did excuses a first name that is a word.
        let did = at.checked_sub(1).and_then(|before| nodes.get(before)).is_some_and(|node| {
            node.kind == Kind::Adnominal && self.words.begins("career", node.word)
        });
        let excused = did && pair.stem.chars().count() >= 3;
        let news = !excused && is_news_word(pair.first.word)
            || pair.stem.len() > 3 && is_news_word(pair.stem);
        // A list of names is strong evidence, a post beside the two nearly as strong.
        let chinese = self.is_pinyin(&pair);
        let goes_on = listed
            && (closed || pair.part != Part::None)
            && (long || closed || pair.part == Part::Subject)
            && (foreign >= 0.5
                || chinese
                || closed && !news && (long || self.words.is("surname", pair.stem)));
        let titled = self.is_titled(nodes, at);
        let posted = !news
            && long
            && (titled
                || opens_phrase(nodes, at) && pair.part == Part::None && self.has_post(nodes, at));
        // "제이크 란슬롯은 B로 옮겼다": two words that sound foreign, and what they do.
        let sounds = long && foreign >= 1.0 && pair.stem.chars().count() >= 2;
        let subject = (chinese && pair.first.word.chars().count() == 2 || sounds)
            && !news
            && opens_phrase(nodes, at)
            && matches!(pair.part, Part::Subject | Part::Topic);
        // "바렛 조프, 오픈AI 떠나"
        let topic = self.title
            && at == 0
            && long
            && !news
            && foreign >= 0.9
            && end.is_some_and(Node::is_comma);
        if !(goes_on || topic || posted && (foreign > 0.0 || at == 0) || subject) {
            return None;
        }
        let text = self.text.get(pair.span).to_owned();
        Some(Name {
            first: at,
            last: at + 1,
            text,
            span: pair.span,
            part: pair.part,
            strength: 0.7,
            needs_role: posted && !goes_on && !topic,
        })
    }

    fn pair<'a>(&self, nodes: &[Node<'a>], at: usize) -> Option<Pair<'a>> {
        let (first, next) = (*nodes.get(at)?, nodes.get(at + 1)?);
        if first.word.starts_with("출신") {
            return None;
        }
        if first.kind != Kind::Word || first.part != Part::None || first.is_latin || !next.spaced {
            return None;
        }
        let (stem, part) = split_last(nodes, at + 1, next);
        let unknown = |node: &Node<'_>, stem: &str| {
            (node.kind == Kind::Word || node.kind == Kind::Adnominal && node.span != first.span)
                && !node.is_latin
                && !self.words.is_korean_name(node.stem)
                && node.word.chars().all(super::token::is_hangul)
                && ![stem, node.stem, node.word].iter().any(|word| self.is_ordinary(word))
        };
        // 성낙호 is a name of its own, and a first name opens one.
        let post = nodes
            .get(at + 2)
            .is_some_and(|next| matches!(next.kind, Kind::Role { plural: false } | Kind::Former));
        let whole = !post
            && self.words.may_be_korean_name(first.word)
            && self.words.foreignness(first.word) < 0.5;
        let fits = first.part == Part::None
            && !whole
            && !self.words.is_given_name(stem)
            && !is_house(stem)
            && first.word == first.stem
            && next.spaced
            && first.epithet == next.epithet
            && first.quoted == next.quoted
            && (1..=6).contains(&stem.chars().count())
            && first.word.chars().count() <= 5
            && unknown(&first, first.word)
            && unknown(next, stem);
        let span = Span::new(first.span.start, next.span.start + stem.len());
        fits.then_some(Pair { first, stem, span, part })
    }

    fn is_ordinary(&self, word: &str) -> bool {
        let words = self.words;
        words.is("ordinary", word)
            || words.is("unit", word)
            || words.is_role(word)
            || words.begins("asserted", word)
            || word.chars().count() > 1
                && word.ends_with(['다', '며', '면', '던', '들', '적', '용'])
    }

    /// "자오 멍": a Chinese surname of two syllables, a given name of one or two; or "바일린 왕", the
    /// other way round.
    fn is_pinyin(&self, pair: &Pair<'_>) -> bool {
        let (first, last) = (pair.first.word, pair.stem);
        let long = |word: &str| word.chars().count() == 2;
        let surname = |word: &str| self.words.is("chinese_surname", word);
        long(first) && surname(first) && last.chars().count() <= 2
            || surname(last)
                && !is_news_word(first)
                && (first.chars().count() >= 3
                    || long(first) && long(last) && self.words.foreignness(first) > 0.0)
    }

    /// True where a post, "A 출신" or what somebody did stands before.
    fn is_titled(&self, nodes: &[Node<'_>], at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| nodes.get(before));
        before.is_some_and(|node| match node.kind {
            Kind::Role { plural: false } => matches!(node.part, Part::None | Part::Is),
            Kind::Adnominal => self.words.begins("career", node.word),
            // "A 떠난 루밍 팡"
            Kind::Trigger(trigger) => trigger.act == Act::Leave && trigger.form == Form::Adnominal,
            Kind::Company { .. } => node.part == Part::Origin,
            _ => node.stem.starts_with("출신") && node.part == Part::None,
        })
    }

    /// True where a post, 전 or a company with a post follows.
    pub(super) fn has_post(&self, nodes: &[Node<'_>], at: usize) -> bool {
        let mut rest = nodes.iter().skip(at + 2).take(6);
        let next = rest.next();
        next.is_some_and(|next| match next.kind {
            Kind::Role { plural: false } => !self.words.is_common(next.stem),
            Kind::Former => true,
            // "로니 채터지 듀크대 교수"
            Kind::Word if is_house(next.stem) && next.part == Part::None => {
                rest.next().is_some_and(|node| matches!(node.kind, Kind::Role { .. }))
            }
            Kind::Company { .. } => {
                matches!(next.part, Part::None | Part::Of)
                    && rest
                        .find(|node| node.part != Part::None || node.kind != Kind::Word)
                        .is_some_and(|node| matches!(node.kind, Kind::Role { plural: false }))
            }
            _ => false,
        })
    }
}

/// True where a noun phrase begins: nothing bare stands before that it could belong to.
pub(super) fn opens_phrase(nodes: &[Node<'_>], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| nodes.get(before)).is_none_or(|node| match node.kind {
        Kind::Word | Kind::Count(_) => node.part != Part::None || node.epithet,
        Kind::Trigger(_) => false,
        _ => true,
    })
}
