//! The clause before a name: what the person did, and where.

use super::ending::Form;
use super::node::{Kind, Node};
use super::particle::Part;
use super::person::{Person, Reading};
use super::trigger::Act;
use crate::extract::candidate::End;

impl Reading<'_> {
    /// Reads the clause that ends at `at`, right before the phrase of a person.
    pub(super) fn clause(&self, nodes: &[Node<'_>], person: &mut Person, at: usize, floor: usize) {
        let Some(node) = nodes.get(at) else { return };
        match node.kind {
            Kind::Trigger(trigger) if trigger.form == Form::Adnominal => match trigger.act {
                // "메타에 합류했던 X"
                Act::Join | Act::Move | Act::Return if node.word.ends_with('던') => {
                    self.arrived(nodes, person, at, floor);
                }
                // "오픈AI를 떠난 X": where the person came from, whatever the sentence goes on to say.
                Act::Leave => self.left_behind(nodes, person, at, floor),
                _ => {}
            },
            // "오픈AI를 나온 X"
            Kind::Adnominal if node.word == "나온" => {
                let house = at.checked_sub(1).and_then(|before| nodes.get(before));
                let left = house.is_some_and(|house| {
                    matches!(house.kind, Kind::Company { .. }) && house.part == Part::Object
                });
                if left {
                    self.left_behind(nodes, person, at, floor);
                }
            }
            Kind::Adnominal
                if self.words.begins("career", node.word) || self.tells_career(nodes, at) =>
            {
                self.career(nodes, person, at, floor);
            }
            _ => {}
        }
    }

    /// "AI 조직을 책임지고 있던", "TPU 사업을 주도했던": the verb may stand a word before.
    fn tells_career(&self, nodes: &[Node<'_>], at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| nodes.get(before));
        before.is_some_and(|node| self.words.begins("career", node.word))
    }

    /// "오픈AI를 떠난 X".
    fn left_behind(&self, nodes: &[Node<'_>], person: &mut Person, at: usize, floor: usize) {
        let before = floor.max(at.saturating_sub(4))..at;
        let company = before.rev().find_map(|before| {
            let node = nodes.get(before)?;
            match node.kind {
                Kind::Company { company, .. }
                    if matches!(node.part, Part::None | Part::Object | Part::From) =>
                {
                    Some(company)
                }
                _ => None,
            }
        });
        if let (None, Some(company)) = (&person.employer, company) {
            person.employer = Some(End::Listed(company));
            person.former = true;
        }
    }

    /// "메타에 합류했던 X": where X was until the sentence tells more.
    fn arrived(&self, nodes: &[Node<'_>], person: &mut Person, at: usize, floor: usize) {
        let joined = (floor.max(at.saturating_sub(5))..at).rev().find_map(|before| {
            let node = nodes.get(before)?;
            match node.kind {
                Kind::Company { company, .. } => Some((before, company)),
                _ => None,
            }
        });
        if let (None, Some((first, company))) = (&person.employer, joined) {
            person.employer = Some(End::Listed(company));
            person.former = true;
            person.held = true;
            person.first = first;
        }
    }

    /// "구글의 TPU 사업을 주도했던 X": the company of the clause is where X worked.
    fn career(&self, nodes: &[Node<'_>], person: &mut Person, at: usize, floor: usize) {
        for before in (floor.max(at.saturating_sub(12))..at).rev() {
            let Some(node) = nodes.get(before) else { return };
            match node.kind {
                // "A를 이끌던 X"
                Kind::Company { company, .. }
                    if matches!(node.part, Part::None | Part::Of | Part::From | Part::Origin)
                        || node.part == Part::Object && before + 1 == at =>
                {
                    let past = nodes.get(at).is_some_and(|verb| {
                        ["지낸", "지냈", "역임", "거친"]
                            .iter()
                            .any(|head| verb.word.starts_with(head))
                    });
                    person.employer = Some(End::Listed(company));
                    person.former = true;
                    person.origin = past;
                    person.held = !past;
                    person.first = before;
                    return;
                }
                // "구글에서 채용을 이끌던 X"
                Kind::Trigger(trigger) if trigger.form == Form::Noun(Part::Object) => {}
                Kind::Company { .. } | Kind::Trigger(_) | Kind::Known => return,
                Kind::Break(mark) if mark != ',' => return,
                _ => {}
            }
        }
    }
}
