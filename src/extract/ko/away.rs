//! Houses that nobody listed and that take somebody from one that is: "가나대, A 출신 X 선임".

use super::claim::{Event, Sentence};
use super::node::{Kind as Is, Node};
use super::particle::Part;
use super::stranger::is_news_word;
use crate::extract::candidate::End;
use crate::model::Field;

impl Sentence<'_, '_> {
    /// The house that nobody listed and that gives somebody from a listed one a post.
    pub(super) fn taker(&self, event: &Event) -> Option<End> {
        let first = event.movers.iter().map(|mover| mover.first).min()?;
        let came = event.movers.iter().all(|mover| {
            let listed = matches!(mover.employer, Some(End::Listed(_)));
            mover.name.is_some() && listed
        });
        let former = event.movers.iter().all(|mover| mover.former || mover.held);
        let house = self.posting_body(first).or_else(|| {
            let topic = || self.unlisted_topic().or_else(|| self.phrase_topic(first));
            topic().filter(|_| former)
        });
        house.filter(|_| came)
    }

    /// "과기정통부 AI정책실장에 X": the house of the post that stands before X.
    fn posting_body(&self, first: usize) -> Option<End> {
        let post = self.people.iter().rev().find(|post| post.last < first)?;
        let given = matches!(post.part, Part::At | Part::To) && post.name.is_none();
        let gap = self.nodes.get(post.last + 1..first)?;
        let plain = gap.iter().all(|node| node.is_plain() && node.part == Part::None);
        if !given || !plain || post.employer.is_some() {
            return None;
        }
        let before = self.nodes.get(..post.last)?.iter().rev();
        let phrase =
            before.take_while(|node| node.is_plain() && matches!(node.part, Part::None | Part::Of));
        phrase
            .take(5)
            .find(|node| self.names_house(node))
            .map(|node| End::Unlisted(node.stem.to_owned()))
    }

    /// "영국 과학혁신기술부는 …": the topic of the sentence, before the person.
    fn phrase_topic(&self, first: usize) -> Option<End> {
        let head = self.nodes.get(..first.min(5))?;
        let at = head.iter().position(|node| node.part != Part::None || !node.is_plain())?;
        let node = head.get(at)?;
        let topic = matches!(node.part, Part::Topic | Part::Subject);
        let named = self.people.iter().any(|one| one.first <= at && at <= one.last);
        (topic && !named && self.names_house(node)).then(|| End::Unlisted(node.stem.to_owned()))
    }

    /// A word that may name a house: none that news has for something else.
    pub(super) fn names_house(&self, node: &Node<'_>) -> bool {
        let tails = [
            "부",
            "처",
            "청",
            "위",
            "위원회",
            "대",
            "대학",
            "대학교",
            "은행",
            "증권",
            "전자",
            "그룹",
        ];
        let body = self.words.is("body", node.stem)
            || self.words.is("firm", node.stem)
            || node.stem.chars().count() >= 3
                && tails.iter().any(|tail| node.stem.ends_with(tail))
                && !self.words.is("unit", node.stem);
        let strange = node.stem.chars().count() >= 2
            && !self.words.is("ordinary", node.stem)
            && !self.words.is("latin_ordinary", node.stem)
            && !self.words.ends("unit", node.stem)
            && !self.words.ends("workplace", node.stem)
            && !is_news_word(node.stem)
            && !self.words.is_korean_name(node.stem)
            && !self.is_time(node)
            && !self.is_adverb(node);
        node.kind == Is::Word && (body || strange)
    }

    /// "전 A CEO X, 가나 이사회에": a seat beside other work takes nobody away from anywhere.
    pub(super) fn is_mere_seat(&self, event: &Event, post: usize) -> bool {
        let seat = self
            .nodes
            .get(post)
            .is_some_and(|node| matches!(node.stem, "이사회" | "이사진" | "자문단" | "사외이사"));
        let former = event.movers.iter().all(|mover| mover.former && !mover.held);
        seat && former && matches!(event.to, Some(End::Unlisted(_)))
    }

    /// "A에서 석 달도 못 채우고…X, B로": the first half of a headline says where X was.
    pub(super) fn first_origin(&self, at: usize) -> Option<End> {
        let start = self.clause_start(at);
        let mark = start.checked_sub(1).and_then(|mark| self.nodes.get(mark));
        let second = mark.is_some_and(|mark| mark.kind == Is::Break('…'));
        let node = self.nodes.first().filter(|_| second && self.passage.field == Field::Title)?;
        let times = self.nodes.get(1..start)?.iter().any(|node| self.is_time(node));
        match node.kind {
            Is::Company { company, product: false } if node.part == Part::From && times => {
                Some(End::Listed(company))
            }
            _ => None,
        }
    }
}

impl Sentence<'_, '_> {
    /// "A에서 안경을 만들다 B로 온 X가 회사를 떠났다": A belongs to what X did before.
    pub(super) fn is_in_career(&self, index: usize, at: usize) -> bool {
        let came = self.nodes.get(index).is_some_and(|node| node.part == Part::From);
        let mover = self
            .people
            .iter()
            .find(|person| person.name.is_some() && index < person.last && person.last < at);
        let Some(mover) = mover.filter(|mover| came && mover.employer.is_some()) else {
            return false;
        };
        let clause = self.nodes.get(index + 1..mover.last).unwrap_or(&[]);
        let verb = |node: &Node<'_>| {
            node.kind == Is::Adnominal
                || matches!(node.word, "온" | "간")
                || node.kind == Is::Word
                    && node.word.ends_with('다')
                    && node.word.chars().count() > 2
        };
        let subject = matches!(mover.part, Part::Subject | Part::Topic);
        subject && mover.held && clause.iter().any(verb)
    }

    /// "루닛 공동대표로 자리를 옮긴다": a post at a house that nobody listed.
    pub(super) fn post_elsewhere(&self, at: usize) -> Option<End> {
        let floor = self.clause_start(at).max(at.saturating_sub(8));
        let post = (floor..at).rev().find(|&index| {
            self.nodes.get(index).is_some_and(|node| {
                // "가나 CTO 취임"
                let given = index + 1 == at && node.part == Part::None;
                let post = matches!(node.part, Part::To | Part::At);
                matches!(node.kind, Is::Role { .. })
                    && (post || given && self.passage.field == Field::Title)
            })
        })?;
        let houses = (floor..post).rev().filter_map(|index| self.nodes.get(index));
        let phrase: Vec<&Node<'_>> = houses
            .take_while(|node| matches!(node.part, Part::None | Part::Of) && !node.is_break())
            .take(4)
            .collect();
        // "비영리 담당 부사장으로": what the post is about is no house.
        if phrase.iter().any(|node| matches!(node.stem, "담당" | "부문" | "총괄" | "조직"))
        {
            return None;
        }
        let house = phrase.into_iter().find(|node| {
            node.kind == Is::Word
                && (!self.words.is("ordinary", node.stem) && !is_news_word(node.stem)
                    || self.words.is("firm", node.stem))
                && !self.words.is("latin_ordinary", node.stem)
                && (!self.words.ends("unit", node.stem)
                    || node.stem.ends_with(['랩', '스']) && node.stem.chars().count() >= 3)
                && node.stem.chars().count() >= 2
                && !self.is_time(node)
                && !self.is_adverb(node)
        })?;
        let named = self
            .people
            .iter()
            .any(|person| person.name.is_some() && person.span.contains(house.span));
        (!named).then(|| End::Unlisted(house.stem.to_owned()))
    }

    /// "대통령실 AI수석으로": a post at a public body.
    pub(super) fn body_post(&self, at: usize) -> Option<End> {
        let floor = self.clause_start(at).max(at.saturating_sub(8));
        let post = (floor..at).rev().find(|index| {
            self.nodes.get(*index).is_some_and(|node| {
                matches!(node.kind, Is::Role { .. }) && matches!(node.part, Part::To | Part::At)
            })
        })?;
        let before = (floor..post).rev().filter_map(|index| self.nodes.get(index));
        let body = before
            .take_while(|node| matches!(node.part, Part::None | Part::Of) && !node.is_break())
            .find(|node| node.kind == Is::Word && self.words.is("body", node.stem))?;
        Some(End::Unlisted(body.stem.to_owned()))
    }
}
