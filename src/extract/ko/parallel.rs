//! Several people in one clause, each with their own end: "X와 Y는 각각 B와 C로", "X를 CTO로, Y를 CFO로".

use super::claim::{Event, Sentence};
use super::node::{Kind as Is, Node};
use super::particle::Part;
use super::person::Person;
use crate::extract::candidate::End;

impl Sentence<'_, '_> {
    /// "X와 Y는 각각 B와 C로 옮겼다": as many houses as people, in order.
    pub(super) fn distribute(&self, event: Event) -> Vec<Event> {
        let named = event.movers.iter().all(|mover| mover.name.is_some());
        let apart = self.near(event.at, 6, |node| node.word == "각각") && named;
        let Some(End::Listed(last)) = event.to.as_ref().filter(|_| apart) else {
            return vec![event];
        };
        let stands = |at: &usize| match self.nodes.get(*at).map(|node| node.kind) {
            Some(Is::Company { company, .. }) => company == *last,
            _ => false,
        };
        let mut ends = vec![End::Listed(*last)];
        let mut at = (0..event.at).rev().find(stands);
        while let Some(before) = at.and_then(|at| self.equal_before(at))
            && let Some(Is::Company { company, product: false }) =
                self.nodes.get(before).map(|node| node.kind)
        {
            ends.push(End::Listed(company));
            at = Some(before);
        }
        ends.reverse();
        if ends.len() != event.movers.len() || ends.len() < 2 {
            return vec![event];
        }
        let pairs = event.movers.iter().zip(ends);
        pairs
            .map(|(mover, to)| Event {
                movers: vec![mover.clone()],
                to: Some(to),
                from: mover.employer.clone().or_else(|| event.from.clone()),
                ..event.clone()
            })
            .collect()
    }

    /// "X를 CTO로, Y를 CFO로 각각 선임": those before who are taken by the same verb.
    pub(super) fn taken_before(&self, movers: &[Person]) -> Vec<Person> {
        let Some(mut first) = movers.iter().map(|mover| mover.first).min() else {
            return Vec::new();
        };
        let mut taken = Vec::new();
        for person in self.people.iter().rev().filter(|person| person.name.is_some()) {
            if person.last >= first {
                continue;
            }
            let gap = self.nodes.get(person.last + 1..first).unwrap_or(&[]);
            let comma = gap.iter().rposition(Node::is_comma);
            let (Some(comma), Part::Object) = (comma, person.part) else { break };
            let (post, own) = gap.split_at(comma);
            let given = post.last().is_some_and(|node| matches!(node.part, Part::To | Part::At));
            let plain = |node: &Node<'_>| {
                node.trigger().is_none()
                    && !node.is_break()
                    && !matches!(node.part, Part::Subject | Part::Topic | Part::Object)
            };
            // "에어비앤비 출신 Y를"
            if !(given && post.iter().all(plain) && own.iter().skip(1).all(plain)) {
                break;
            }
            first = person.first;
            taken.push(person.clone());
        }
        taken.reverse();
        taken
    }

    /// "A의 X가 B로, Y는 C로 옮겼다": who goes in the clause before comes from the same house.
    pub(super) fn parallel_origin(&self, movers: &[Person], to: Option<&End>) -> Option<End> {
        let first = movers.iter().map(|mover| mover.first).min()?;
        let other = self.people.iter().rev().find(|person| {
            person.last < first
                && person.name.is_some()
                && matches!(person.part, Part::Subject | Part::Topic)
        })?;
        let gap = self.nodes.get(other.last + 1..first)?;
        let goes = gap.iter().any(|node| {
            matches!(node.kind, Is::Company { .. }) && matches!(node.part, Part::To | Part::Bound)
        });
        let plain = gap.iter().all(|node| node.trigger().is_none());
        let own = other.employer.clone().filter(|own| Some(own) != to);
        let free = movers.iter().all(|mover| mover.name.is_some() && mover.employer.is_none());
        own.filter(|_| goes && plain && free)
    }
}
