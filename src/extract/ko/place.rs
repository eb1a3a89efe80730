//! Where the mover comes from and goes to: the companies of a clause by their particles.

use super::claim::Sentence;
use super::ending::Form;
use super::node::{Kind as Is, Node};
use super::particle::Part;
use super::stranger::is_news_word;
use super::trigger::{Act, Trigger};
use crate::extract::candidate::End;
use crate::model::Field;

impl Sentence<'_, '_> {
    /// Where the mover goes: B에, B로, B의 CTO로, or B right before the trigger.
    pub(super) fn destination(&self, at: usize) -> Option<End> {
        let talks = ["논의", "협의", "협상", "조율"];
        let next = self.nodes.get(at + 1);
        // "트위터에 오픈AI 입사 사실을 알렸다": the house right before the trigger.
        let beside = at.checked_sub(1).and_then(|before| self.nodes.get(before));
        if let Some(Is::Company { company, product: false }) = beside.map(|node| node.kind)
            && beside.is_some_and(|node| node.part == Part::None && !node.quoted)
            && self.bare_company(at) == Some(End::Listed(company))
        {
            return Some(End::Listed(company));
        }
        self.company_with(at, &[Part::To, Part::At, Part::Bound])
            .or_else(|| self.bare_company(at))
            .or_else(|| self.offering_company(at))
            // "B와 이직을 협의"
            .or_else(|| {
                let talk =
                    next.is_some_and(|next| talks.iter().any(|it| next.word.starts_with(it)));
                self.company_with(at, &[Part::With]).filter(|_| talk)
            })
    }

    /// A company that nobody listed, right before the trigger: "퍼리오딕랩스 합류".
    pub(super) fn unlisted_destination(&self, at: usize) -> Option<End> {
        let mut before = at.checked_sub(1)?;
        let carried = |node: &Node<'_>| matches!(node.stem, "자리" | "둥지" | "거취" | "직장");
        if self.nodes.get(before).is_some_and(carried) {
            before = before.checked_sub(1)?;
        }
        let node = self.nodes.get(before)?;
        let mut named = self.people.iter().filter(|person| person.name.is_some());
        if named.any(|person| person.first <= before && before <= person.last) {
            return None;
        }
        let campus = matches!(node.part, Part::To | Part::At)
            && node.stem.chars().count() >= 3
            && ["대", "대학", "대학교", "재단"].iter().any(|tail| node.stem.ends_with(tail));
        if node.kind == Is::Word && (self.words.is("firm", node.stem) || campus) {
            return Some(End::Unlisted(node.stem.to_owned()));
        }
        // "토스 AI 조직으로"
        if matches!(node.part, Part::To | Part::At) && self.words.ends("unit", node.stem) {
            let phrase = self.nodes.get(before.saturating_sub(3)..before)?.iter().rev();
            let mut own = phrase.take_while(|node| node.is_plain() && node.part == Part::None);
            if let Some(house) = own.find(|node| self.words.is("firm", node.stem)) {
                return Some(End::Unlisted(house.stem.to_owned()));
            }
        }
        let fits = node.kind == Is::Word
            && matches!(node.part, Part::None | Part::To | Part::At)
            && !self.words.is("ordinary", node.stem)
            && !self.words.is("unit", node.stem)
            && !self.words.ends("workplace", node.stem)
            && !self.words.ends("alliance", node.stem)
            && !self.is_time(node)
            && !self.is_adverb(node)
            && (node.is_latin && node.stem.starts_with(char::is_uppercase)
                || node.stem.chars().count() >= 3 && self.words.foreignness(node.stem) >= 0.4);
        // "X, 가나로 이직": where to, whatever the word is, unless news has it for something else.
        let trigger = self.nodes.get(at).and_then(Node::trigger);
        let moves = trigger.is_some_and(|it| it.act == Act::Move && !it.pair)
            && node.kind == Is::Word
            && node.part == Part::To
            && self.passage.field == Field::Title
            && self.people.iter().any(|person| person.name.is_some() && person.last < at)
            && node.stem.chars().count() >= 2
            && node.stem.chars().all(super::token::is_hangul)
            && !["ordinary", "unit", "role", "elsewhere"]
                .iter()
                .any(|it| self.words.is(it, node.stem))
            && !self.words.ends("workplace", node.stem)
            && !self.words.ends("alliance", node.stem)
            && !is_news_word(node.stem)
            && !self.is_time(node)
            && !self.is_adverb(node);
        (fits || moves).then(|| End::Unlisted(node.stem.to_owned()))
    }

    /// "스타트업으로 이직": to some other place of work.
    pub(super) fn goes_somewhere(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.nodes.get(before));
        before.is_some_and(|node| {
            node.part == Part::To
                && matches!(
                    node.stem,
                    "스타트업" | "경쟁사" | "빅테크" | "학계" | "대학" | "업체" | "교수" | "강단"
                )
        })
    }

    /// A에서, A를 떠나, "A 출신".
    pub(super) fn origin(&self, at: usize) -> Option<End> {
        // "A·C서 7명 영입": the first of several.
        let last = self.company_with(at, &[Part::From])?;
        let End::Listed(own) = last else { return Some(last) };
        let stands = |index: &usize| match self.nodes.get(*index).map(|node| node.kind) {
            Some(Is::Company { company, .. }) => company == own,
            _ => false,
        };
        let mut first = (0..at).rev().find(stands)?;
        while let Some(before) = self.equal_before(first)
            && let Some(Is::Company { product: false, .. }) =
                self.nodes.get(before).map(|node| node.kind)
        {
            first = before;
        }
        match self.nodes.get(first)?.kind {
            Is::Company { company, .. } => Some(End::Listed(company)),
            _ => Some(last),
        }
    }

    pub(super) fn left_company(&self, at: usize, trigger: Trigger) -> Option<End> {
        // Only a verb takes the company as its object: "A를 떠나", but "X를 통해 퇴사를 알렸다".
        let noun = matches!(trigger.form, Form::Noun(_));
        // "A와 결별", "A에 작별을 고했다"
        let text = self.nodes.get(at).map_or("", |node| self.passage.text.get(node.span));
        let parting = [
            "결별",
            "작별",
            "이별",
            "사표",
            "사직",
            "사의",
            "사임",
            "퇴직",
            "마침표",
            "갈라",
            "헤어",
            "고별",
        ]
        .iter()
        .any(|word| text.starts_with(word));
        let parts: &[Part] = match (parting, noun) {
            (true, _) => &[Part::From, Part::With, Part::At],
            (false, true) => &[Part::From],
            (false, false) => &[Part::From, Part::Object],
        };
        self.company_with(at, parts).or_else(|| self.bare_company(at))
    }

    /// The company of the bare phrase right before the trigger: "오픈AI 사임", "메타 초지능 팀
    /// 합류", "앤트로픽 6개월 만에 떠나".
    pub(super) fn bare_company(&self, at: usize) -> Option<End> {
        for index in (at.saturating_sub(6)..at).rev() {
            let node = self.nodes.get(index)?;
            match node.kind {
                // "가나, A 출신 CFO 합류": A is where the CFO comes from.
                Is::Company { .. } if self.is_past_house(index) => return None,
                Is::Company { company, .. } if matches!(node.part, Part::None | Part::Of) => {
                    let named = self.people.iter().any(|person| {
                        person.name.is_some() && index <= person.last && person.first < at
                    });
                    let plain = node.part == Part::None || index + 1 < at;
                    return (!named && plain).then_some(End::Listed(company));
                }
                Is::Word if self.words.is("branch", node.stem) => {}
                Is::Word if index + 1 == at => {
                    let number = self.is_time(node);
                    let post =
                        node.stem.ends_with(['직', '역']) || self.words.ends("unit", node.stem);
                    if !(number || post && node.part == Part::None || self.is_adverb(node)) {
                        return None;
                    }
                }
                Is::Word if node.part == Part::None || self.is_time(node) => {}
                Is::Role { .. } if node.part == Part::None => {}
                _ => return None,
            }
        }
        None
    }

    /// The nearest company before the trigger whose phrase ends in one of the particles.
    pub(super) fn company_with(&self, at: usize, parts: &[Part]) -> Option<End> {
        let floor = self.clause_start(at);
        for index in (floor..at).rev() {
            let Some(node) = self.nodes.get(index) else { continue };
            let part = self.phrase_part(index, at);
            if !part.is_some_and(|part| parts.contains(&part)) {
                continue;
            }
            // "A를 통해", "A에 이어"
            // "A서 온 지 2년 만에"
            let came = node.part == Part::From;
            let beside = |next: &Node<'_>| {
                next.word.starts_with("통해")
                    || next.word.starts_with("통한")
                    || next.word.starts_with("통하")
                    || next.word == "이어"
                    || came && matches!(next.word, "온" | "건너온" | "옮겨온" | "데려온")
            };
            if self.nodes.get(index + 1).is_some_and(beside) || self.is_in_career(index, at) {
                continue;
            }
            if let Is::Company { company, .. } = node.kind {
                return Some(End::Listed(company));
            }
        }
        None
    }

    /// The particle of the phrase that the company at `index` opens; `None` where it belongs to a
    /// person's name.
    pub(super) fn phrase_part(&self, index: usize, at: usize) -> Option<Part> {
        let node = self.nodes.get(index)?;
        if !matches!(node.kind, Is::Company { .. }) {
            return None;
        }
        let owner = self.people.iter().find(|person| person.first <= index && index <= person.last);
        let mut behind = index + 1;
        if let Some(owner) = owner {
            if owner.name.is_some() || owner.count.is_some() {
                return None;
            }
            if owner.part != Part::None {
                return Some(owner.part);
            }
            behind = owner.last + 1;
        } else if !matches!(node.part, Part::None | Part::Of) {
            return Some(node.part);
        }
        for next in behind..at.min(index + 8) {
            let follower = self.nodes.get(next)?;
            if follower.is_break() {
                return Some(Part::None);
            }
            if follower.quoted && !node.quoted {
                return Some(Part::None);
            }
            if !matches!(follower.kind, Is::Word | Is::Role { .. } | Is::Dot | Is::Former) {
                return None;
            }
            if self.words.begins("alliance", follower.stem) && follower.part != Part::None {
                return None;
            }
            // "A 임원 쿠팡으로 이직": where A's own goes is no body of A.
            if owner.is_some() && self.words.is("firm", follower.stem) {
                return None;
            }
            if !matches!(follower.part, Part::None | Part::Of) {
                return Some(follower.part);
            }
        }
        Some(Part::None)
    }

    /// "A 출신", "전 A", of somebody unnamed.
    fn is_past_house(&self, index: usize) -> bool {
        let owner = self.people.iter().find(|one| one.first <= index && index <= one.last);
        let behind = self.nodes.get(index + 1).is_some_and(|next| next.stem == "출신");
        owner.is_some_and(|one| one.name.is_none() && one.origin) && behind
    }

    /// Where the clause of the trigger begins: behind the trigger before it, or a strong break.
    pub(super) fn clause_start(&self, at: usize) -> usize {
        for index in (0..at).rev() {
            let Some(node) = self.nodes.get(index) else { continue };
            let strong = matches!(node.kind, Is::Break(mark) if mark != ',');
            let verb = node.trigger().is_some_and(|trigger| {
                // "A에서 창업을 위해 떠난다": what it is for opens no clause of its own.
                (!matches!(trigger.form, Form::Noun(Part::None)) || index + 1 != at)
                    && !self.aims(index)
            });
            if strong || verb {
                return index + 1;
            }
        }
        0
    }

    /// The company of "B 신임 CTO에".
    pub(super) fn post(&self, at: usize) -> Option<End> {
        let person = self.people.iter().rev().find(|person| {
            person.last < at && person.name.is_none() && matches!(person.part, Part::At | Part::To)
        })?;
        person.employer.clone().filter(|_| !person.former)
    }
}
