//! Which house a headline is about: the one company in it, or the one that opens it.

use super::claim::{Event, Sentence};
use super::ending::Form;
use super::node::{Kind as Is, Node, describes};
use super::particle::Part;
use super::person::Person;
use super::stranger::is_news_word;
use super::trigger::Act;
use super::verdict::Verdict;

use crate::extract::candidate::End;
use crate::model::{Field, Suppressed};

impl Sentence<'_, '_> {
    /// The company that opens a headline and is the only one in it: "xAI 이탈 가속…11명 퇴사".
    pub(super) fn only_company(&self) -> Option<End> {
        if self.passage.field != Field::Title {
            return None;
        }
        let mut companies =
            self.nodes.iter().enumerate().filter_map(|(at, node)| match node.kind {
                Is::Company { company, product: false } => Some((at, company)),
                _ => None,
            });
        let (at, company) = companies.next()?;
        (at == 0 && companies.next().is_none()).then_some(End::Listed(company))
    }

    /// "A CTO에 X…Y 해임": the second half of a headline is about the company that opens it.
    pub(super) fn headline_company(&self, at: usize) -> Option<End> {
        let start = self.clause_start(at);
        let mark = start.checked_sub(1).and_then(|mark| self.nodes.get(mark));
        let second = mark.is_some_and(|node| node.kind == Is::Break('…'));
        match self.nodes.first()?.kind {
            Is::Company { company, product: false }
                if second && self.passage.field == Field::Title =>
            {
                Some(End::Listed(company))
            }
            _ => None,
        }
    }

    /// A named person who resigns in a headline about one company resigns there, and so do its
    /// officers: "xAI, 공동창업자 2명 이탈…지미 바도 사임".
    pub(super) fn title_leave(&self, event: &Event) -> bool {
        event.movers.iter().all(|mover| {
            let own = self.nodes.get(mover.first..=mover.last).unwrap_or(&[]);
            // Another body inside the phrase is where the person leaves: "FTC 위원장".
            let body = own.iter().any(|node| {
                node.kind == Is::Word
                    && node.latin.is_none()
                    && !mover.span.contains(node.span)
                    && !self.is_time(node)
                    && !self.words.is("unit", node.stem)
                    && (self.passage.field == Field::Title
                        || self.words.is("firm", node.stem)
                        || !self.words.is("ordinary", node.stem) && !is_news_word(node.stem))
            });
            let before = mover.first.checked_sub(1).and_then(|before| self.nodes.get(before));
            let apart = before.is_none_or(|node| {
                node.is_break()
                    || node.kind == Is::Dot
                    || self.is_adverb(node)
                    || node.kind == Is::Trigger(event.trigger)
                    || self.passage.field != Field::Title
                    || node.word == "이어"
            });
            let known = mover.role.is_some() || mover.part == Part::Topic || mover.strength >= 0.85;
            mover.employer.is_none() && !body && apart && (known && mover.name.is_some())
        })
    }

    /// "앤트로픽으로 간 존 슐먼": the company that a clause before the name says was joined.
    pub(super) fn joined_before(&self, mover: &Person) -> Option<End> {
        let head = self.nodes.get(..mover.first)?;
        let verb =
            head.iter().rposition(|node| describes(node) || matches!(node.word, "간" | "온"))?;
        let own = !head.iter().skip(verb).any(Node::is_break);
        self.company_with(verb, &[Part::To, Part::At]).filter(|_| own)
    }

    /// "A 창업자 X, C CEO 사임": the post that is left is at a house that nobody listed.
    fn heads_elsewhere_word(&self, event: &Event) -> Option<()> {
        let post = self.nodes.get(event.at.checked_sub(1)?)?;
        let house = self.nodes.get(event.at.checked_sub(2)?)?;
        let officer = ["CEO", "대표", "대표이사", "회장", "사장", "의장", "최고경영자"];
        let apart = event.movers.iter().all(|mover| mover.last + 2 < event.at);
        let fits = apart
            && matches!(post.kind, Is::Role { .. })
            && officer.contains(&post.stem)
            && house.kind == Is::Word
            && house.part == Part::None
            && house.word.chars().count() >= 2
            && !self.is_time(house)
            && !self.words.is("unit", house.stem)
            && !self.words.is("latin_ordinary", house.stem)
            && (self.words.is("firm", house.stem) || !self.words.is("ordinary", house.stem));
        fits.then_some(())
    }

    /// "가나사는 X가 물러난다고 밝혔다": a house that nobody listed speaks of its own.
    pub(super) fn stranger_announces(&self, event: &Event) -> bool {
        let Some(first) = self.nodes.first() else { return false };
        let mut behind = self.nodes.iter().skip(event.at + 1).take(3);
        let told =
            behind.any(|node| ["밝혔", "발표"].iter().any(|verb| node.word.starts_with(verb)));
        let person = self.people.first().is_some_and(|person| person.first == 0);
        event.trigger.form == Form::Quote
            && told
            && !person
            && first.kind == Is::Word
            && first.part == Part::Topic
            && first.stem.chars().count() >= 2
            && (self.words.is("firm", first.stem)
                || !self.words.is("ordinary", first.stem)
                    && !self.words.is("workplace", first.stem))
    }

    /// True where the words before the trigger are a post at a house that nobody listed.
    pub(super) fn heads_elsewhere(&self, event: &Event) -> bool {
        self.heads_elsewhere_word(event).is_some()
    }

    /// "A CEO는 X CTO와 결별했다": it is X who leaves.
    pub(super) fn parted_with(&self, event: &Event) -> Option<Vec<Person>> {
        let parts = self.nodes.get(event.at)?;
        let parts = ["결별", "작별", "이별"].iter().any(|word| parts.word.starts_with(word));
        let other = self.people.iter().rev().find(|person| person.last < event.at)?;
        let own = parts && other.part == Part::With && other.name.is_some() && other.role.is_some();
        let apart = event.movers.iter().all(|mover| mover.span != other.span);
        (own && apart).then(|| vec![other.clone()])
    }

    /// "육아휴직으로 회사를 떠나": the leave of absence of this very clause, and not why somebody leaves.
    pub(super) fn on_leave(&self, at: usize) -> bool {
        let before = self.nodes.get(at.saturating_sub(6)..at).unwrap_or(&[]).iter().rev();
        let own = before.take_while(|node| !node.is_break() && node.kind != Is::Known);
        let mut absences = own.filter(|node| self.words.begins("leave_of_absence", node.stem));
        absences.any(|node| node.part != Part::Subject && !node.word.ends_with("하지"))
    }

    /// A company moves, not a person: kept for `explain`.
    pub(super) fn organisation(&self, event: &mut Event) -> Option<()> {
        let company = self.company_subject(event.at)?;
        if event.trigger.act == Act::Leave {
            event.to = None;
            event.from = Some(company);
        } else {
            event.from = Some(company);
            event.to.as_ref()?;
        }
        if event.from == event.to {
            return None;
        }
        event.verdict = Verdict::Not(Suppressed::Organisation);
        event.movers = Vec::new();
        Some(())
    }
}
