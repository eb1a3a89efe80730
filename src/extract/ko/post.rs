//! Posts that somebody is called to, and posts that somebody left.

use super::claim::{Event, Sentence};
use super::ending::Form;
use super::particle::Part;
use super::person::Person;
use super::trigger::{Act, Trigger, Voice};
use super::verdict::{SURE, Verdict};
use crate::extract::candidate::{Candidate, End};
use crate::model::{Field, Kind};

impl Sentence<'_, '_> {
    /// "A 떠나는 X …": a headline speaks of who is just leaving, or coming.
    pub(super) fn departing(&self, events: &[Event]) -> Vec<Candidate> {
        let mut out = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let came = self.is_portrait(at);
            let called = self.is_called(at);
            let told = node.word.ends_with('는') || came || called;
            let Some(trigger) = node.trigger().filter(|_| told) else {
                continue;
            };
            let fits =
                self.passage.field == Field::Title && (trigger.form == Form::Adnominal || called);
            let mover = self.people.iter().find(|person| {
                let own = person.first <= at + 1 && at < person.last;
                own && person.name.is_some() && person.part != Part::Object
            });
            let (true, Some(mover)) = (fits, mover) else { continue };
            let told = events.iter().any(|event| {
                event.movers.iter().any(|one| one.span == mover.span) && event.at != at
            });
            let (from, to, kind) = match trigger.act {
                Act::Leave if called => (mover.employer.clone(), None, Kind::Left),
                Act::Leave if !came => (self.left_company(at, trigger), None, Kind::Left),
                Act::Join if came => (mover.employer.clone(), self.destination(at), Kind::Moved),
                Act::Join => (None, self.destination(at), Kind::Joined),
                _ => continue,
            };
            if told || from.is_none() && to.is_none() {
                continue;
            }
            out.extend(self.report(&Event {
                at,
                trigger: Trigger { form: Form::Noun(Part::None), ..trigger },
                movers: vec![mover.clone()],
                from,
                to,
                kind,
                verdict: SURE,
                aims: false,
                pattern: "departing",
                score: 0.75,
            }));
        }
        out
    }

    /// "'눈물의 퇴사' A 공동창업자 X "…"": what a headline calls somebody who is just leaving.
    fn is_called(&self, at: usize) -> bool {
        let Some(node) = self.nodes.get(at) else { return false };
        let quoted = self
            .passage
            .text
            .norm
            .get(node.span.end..)
            .is_some_and(|rest| rest.starts_with(['\'', '’']));
        let noun = node.trigger().is_some_and(|it| it.form == Form::Noun(Part::None));
        let mover = self.people.iter().find(|person| person.first == at + 1);
        let own = mover.is_some_and(|mover| mover.role.is_some() && !mover.former);
        quoted && noun && own && at <= 3
    }

    /// "B 품에 안긴 A 공동창업자 X": a headline that ends with who has just come, and from where.
    fn is_portrait(&self, at: usize) -> bool {
        let Some(last) = self.people.last() else { return false };
        let whole = self.passage.text.norm.trim_start().starts_with('[');
        let ends = last.last + 1 == self.nodes.len() && last.part == Part::None;
        let own = last.name.is_some() && last.role.is_some() && !last.former;
        let before = self.nodes.get(at).is_some_and(|node| node.word.ends_with(['긴', '튼']));
        before && ends && own && !whole && last.employer.is_some() && last.first == at + 1
    }

    /// "B, 전 A 임원 X를 최고수익책임자로": a headline that ends in the post which X gets.
    pub(super) fn made(&self) -> Vec<Candidate> {
        let Some(last) = self.nodes.len().checked_sub(1) else { return Vec::new() };
        let named = self.people.iter().rev().find(|person| person.name.is_some());
        let post = self.people.iter().rev().find(|person| person.last == last);
        // "B, A 출신 X CTO로": the post may stand right behind the name.
        let beside = |person: &&Person| {
            let own = post.is_some_and(|post| post.first == person.last + 1);
            person.part == Part::None && person.former && person.employer.is_some() && own
        };
        let named = named.filter(|person| person.part == Part::Object || beside(person));
        let (Some(named), Some(post)) = (named, post) else { return Vec::new() };
        let title = self.passage.field == Field::Title;
        let fits = title && post.name.is_none() && post.part == Part::To && !post.former;
        let acts = self.nodes.iter().skip(named.last).any(|node| node.trigger().is_some());
        let to = self.company_subject(named.first).filter(|_| fits && !acts);
        if to.is_none() {
            return Vec::new();
        }
        let mut event = Event {
            at: last,
            trigger: Trigger::silent(Act::Appoint),
            movers: vec![named.clone()],
            from: named.employer.clone(),
            to,
            kind: Kind::Joined,
            verdict: SURE,
            aims: false,
            pattern: "made",
            score: 0.8,
        };
        match self.settle(&mut event) {
            Some(()) => self.report(&event),
            None => Vec::new(),
        }
    }

    /// "X를 Y로 교체": Y takes the post that X is made to leave.
    pub(super) fn replacing(&self, events: &[Event]) -> Vec<Candidate> {
        let mut out = Vec::new();
        for left in events.iter().filter(|event| event.trigger.act == Act::Fire) {
            let swaps = self.nodes.get(left.at).is_some_and(|node| node.word.starts_with("교체"));
            let named = self.people.iter().rev().find(|person| person.last < left.at);
            let named = named.filter(|person| person.part == Part::To && person.name.is_some());
            let (true, Some(named)) = (swaps, named) else { continue };
            let mut event = Event {
                trigger: Trigger { act: Act::Appoint, ..left.trigger },
                movers: vec![named.clone()],
                from: named.employer.clone(),
                to: left.from.clone(),
                kind: Kind::Joined,
                pattern: "replacing",
                ..left.clone()
            };
            if self.settle(&mut event).is_some() {
                out.extend(self.report(&event));
            }
        }
        out
    }

    /// "장관 후보자로 X A 원장을 지명": a public post takes X away from A.
    pub(super) fn is_called_away(&self, event: &mut Event) -> bool {
        let post = |person: &&Person| {
            let called = matches!(person.part, Part::To | Part::At);
            person.name.is_none() && person.last < event.at && called
        };
        let Some(post) = self.people.iter().rev().find(post) else { return false };
        let Some(named) = event.movers.first().filter(|named| named.name.is_some()) else {
            return false;
        };
        let Some(away) = self.called_away(post, named) else { return false };
        let at = event.at;
        *event = Event { at, trigger: event.trigger, ..away };
        true
    }

    /// "초대 AI수석에 X A 센터장": a public post takes X away from A.
    pub(super) fn called_away(&self, post: &Person, named: &Person) -> Option<Event> {
        let public =
            ["장관후보자", "수석", "수석비서관", "비서관", "보좌관", "장관", "차관", "위원장"];
        let role = post.role.as_deref()?;
        let fits = public.iter().any(|tail| role.ends_with(tail) && role.len() > tail.len())
            || matches!(role, "장관" | "차관" | "수석" | "후보자");
        let from = named.employer.clone().filter(|from| matches!(from, End::Listed(_)))?;
        (fits && !named.former && post.employer.is_none()).then(|| Event {
            at: named.first,
            trigger: Trigger::silent(Act::Leave),
            movers: vec![named.clone()],
            from: Some(from),
            to: None,
            kind: Kind::Left,
            verdict: SURE,
            aims: false,
            pattern: "called away",
            score: 0.8,
        })
    }

    /// "…후임은 B 출신 Y": a headline ends with who comes from elsewhere.
    fn ends_with_newcomer(&self, named: &Person) -> bool {
        let ends = self.nodes.get(named.last + 1).is_none() && named.part == Part::None;
        ends && self.passage.field == Field::Title && named.former && named.employer.is_some()
    }

    /// "X 사임, 후임 Y": who takes the post that somebody left.
    pub(super) fn succeeded(&self, events: &[Event]) -> Vec<Candidate> {
        let mut out = Vec::new();
        for named in self.people.iter().filter(|person| person.name.is_some()) {
            let Some(cue) = named.first.checked_sub(1).and_then(|before| self.nodes.get(before))
            else {
                continue;
            };
            if !matches!(cue.stem, "후임" | "후임자" | "신임")
                || matches!(cue.part, Part::Of | Part::Subject)
                || cue.part == Part::Topic && !self.ends_with_newcomer(named)
            {
                continue;
            }
            let left = events.iter().find(|event| {
                event.at < named.first
                    && event.kind == Kind::Left
                    && matches!(event.verdict, Verdict::Asserted { .. })
            });
            let Some(left) = left else { continue };
            let acts = self.nodes.get(named.last + 1).is_some_and(|next| next.trigger().is_some());
            let unknown = named.employer.is_none() && named.role.is_some();
            if acts || unknown {
                continue;
            }
            let mut event = Event {
                at: left.at,
                trigger: Trigger { act: Act::Appoint, voice: Voice::Active, ..left.trigger },
                movers: vec![named.clone()],
                from: named.employer.clone(),
                to: left.from.clone(),
                kind: Kind::Joined,
                verdict: left.verdict,
                aims: false,
                pattern: "succeeded",
                score: 0.8,
            };
            if self.settle(&mut event).is_some() {
                out.extend(self.report(&event));
            }
        }
        out
    }
}
