//! Sentences that say who it is of whom the article speaks, and seats on a board.

use super::claim::{Event, Sentence};
use super::node::{Kind as Is, Node, describes};
use super::particle::Part;
use super::person::Person;
use super::trigger::{Act, Trigger};
use super::verdict::SURE;
use crate::extract::candidate::{Candidate, End};
use crate::model::{Field, Kind};

/// Who the article speaks of, besides a role: 주인공은 X다.
const SOMEBODY: &[&str] = &["주인공", "인물", "사람", "이들", "이", "당사자"];

impl Sentence<'_, '_> {
    /// "해고된 연구원은 X와 Y다", "주인공은 X다".
    pub(super) fn identified(&self) -> Vec<Candidate> {
        if self.passage.field == Field::Title {
            return Vec::new();
        }
        let Some((at, topic)) = self.nodes.iter().enumerate().find(|(_, node)| {
            let plain = matches!(node.kind, Is::Role { .. } | Is::Word);
            plain && node.part == Part::Topic && node.word.ends_with(['은', '는'])
        }) else {
            return Vec::new();
        };
        let verb = at.checked_sub(1).and_then(|verb| self.nodes.get(verb));
        let act = verb.filter(|verb| describes(verb)).and_then(Node::trigger);
        let hero = topic.stem == "주인공";
        let somebody = matches!(topic.kind, Is::Role { .. }) || SOMEBODY.contains(&topic.stem);
        let alone = self.nodes.iter().skip(at + 1).all(|node| node.trigger().is_none());
        if !(hero || act.is_some() && somebody) || !alone {
            return Vec::new();
        }
        let named = self.people.iter().filter(|person| person.first > at && person.name.is_some());
        let Some(last) = named.clone().take_while(|one| self.goes_on_list(one)).last() else {
            return Vec::new();
        };
        let mut movers: Vec<Person> =
            named.filter(|person| person.last <= last.last).cloned().collect();
        movers.iter_mut().for_each(|mover| mover.strength = mover.strength.max(0.7));
        let leaves = act.is_some_and(|it| matches!(it.act, Act::Leave | Act::Fire));
        let to = self.told.to.clone().filter(|_| !leaves);
        let topic = self.company.map(End::Listed).filter(|_| leaves);
        let from = self.told.from.clone().or(topic).filter(|from| Some(from) != to.as_ref());
        if from.is_none() && to.is_none() {
            return Vec::new();
        }
        let kind = match (&from, &to) {
            (Some(_), Some(_)) => Kind::Moved,
            (None, _) => Kind::Joined,
            (_, None) => Kind::Left,
        };
        let at = last.last;
        self.report(&Event { movers, from, to, kind, ..self.quiet_event(at, "identified") })
    }

    /// True where the name is the predicate, or another name follows on the list.
    fn goes_on_list(&self, person: &Person) -> bool {
        let ends =
            matches!(person.part, Part::Is | Part::None | Part::With | Part::To | Part::Other);
        ends && person.name.is_some()
    }

    /// "B 이사회에 C CEO X": a headline that ends with who gets a seat.
    pub(super) fn seated(&self) -> Vec<Candidate> {
        let seat = self.nodes.iter().position(|node| {
            matches!(node.stem, "이사회" | "이사진" | "자문단") && node.part == Part::At
        });
        let (true, Some(seat)) = (self.passage.field == Field::Title, seat) else {
            return Vec::new();
        };
        let Some(Is::Company { company, product: false }) =
            seat.checked_sub(1).and_then(|at| self.nodes.get(at)).map(|node| node.kind)
        else {
            return Vec::new();
        };
        let named = self.people.iter().find(|person| person.last > seat);
        let fits = named.filter(|person| {
            let ends = self.nodes.get(person.last + 1).is_none_or(Node::is_break);
            let head = self.nodes.get(seat + 1..person.first).unwrap_or(&[]);
            person.name.is_some() && person.part == Part::None && ends && head.is_empty()
        });
        let Some(named) = fits else { return Vec::new() };
        let mut event = Event {
            movers: vec![named.clone()],
            from: named.employer.clone(),
            to: Some(End::Listed(company)),
            ..self.quiet_event(named.first, "seated")
        };
        match self.settle(&mut event) {
            Some(()) => self.report(&event),
            None => Vec::new(),
        }
    }

    /// An event that no trigger tells.
    fn quiet_event(&self, at: usize, pattern: &'static str) -> Event {
        Event { pattern, ..Event::new(at, Trigger::silent(Act::Appoint), SURE) }
    }
}
