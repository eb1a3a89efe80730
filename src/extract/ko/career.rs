//! The clause before a name: what the person did, and where.

use super::ending::Form;
use super::node::{Kind, Node};
use super::particle::Part;
use super::person::{Person, Reading};
use super::trigger::{Act, Voice};
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
                // "작년에 메타에 합류한 X"
                Act::Join
                    if nodes.get(floor.max(at.saturating_sub(5))..at).is_some_and(|clause| {
                        clause.iter().any(|node| node.kind == Kind::Past)
                    }) =>
                {
                    self.arrived(nodes, person, at, floor);
                }
                // "오픈AI를 떠난 X": where the person came from, whatever the sentence goes on to say.
                Act::Leave => self.left_behind(nodes, person, at, floor),
                // "그록을 세운 X CEO"
                Act::Found => self.founded(nodes, person, at, floor),
                Act::Fire if trigger.voice == Voice::Passive => {
                    self.left_behind(nodes, person, at, floor);
                }
                _ => {}
            },
            // "오픈AI를 나온 X"
            Kind::Adnominal if node.word == "나온" => {
                let house = at.checked_sub(1).and_then(|before| nodes.get(before));
                let left = house.is_some_and(|house| {
                    matches!(house.kind, Kind::Company { .. })
                        && matches!(house.part, Part::Object | Part::None | Part::From)
                });
                if left {
                    self.left_behind(nodes, person, at, floor);
                }
            }
            Kind::Adnominal
                if self.words.begins("career", node.word)
                    || self.tells_career(nodes, at)
                    || self.worked_there(nodes, at, floor) =>
            {
                self.career(nodes, person, at, floor);
            }
            // "A에 사표를 낸 X", "A 마지막 출근 마친 X"
            Kind::Adnominal if self.has_parted(nodes, at) => {
                self.left_behind(nodes, person, at - 1, floor);
            }
            // "C에서 A로 옮기며 큰 보상을 받은 X"
            Kind::Adnominal => {
                let before = floor.max(at.saturating_sub(9))..at;
                let went = before.rev().find(|before| {
                    let node = nodes.get(*before).and_then(Node::trigger);
                    node.is_some_and(|it| {
                        matches!(it.act, Act::Move | Act::Join) && it.form == Form::Connective
                    })
                });
                if let Some(went) = went {
                    self.arrived(nodes, person, went, floor);
                }
            }
            // "2024년 A에 온 X"
            _ if matches!(node.word, "온" | "간") => {
                let house = at.checked_sub(1).and_then(|house| nodes.get(house));
                if house.is_some_and(|house| matches!(house.part, Part::At | Part::To)) {
                    self.arrived(nodes, person, at, floor);
                }
            }
            _ => {}
        }
    }

    fn has_parted(&self, nodes: &[Node<'_>], at: usize) -> bool {
        let done = nodes
            .get(at)
            .is_some_and(|node| ["마친", "끝낸", "앞둔", "낸", "던진"].contains(&node.word));
        let before = at.checked_sub(1).and_then(|before| nodes.get(before));
        let left = before.and_then(Node::trigger).is_some_and(|it| it.act == Act::Leave);
        done && left
    }

    /// "A에서 기업용 사업을 키우던 X": whatever was done there, it is where X worked.
    fn worked_there(&self, nodes: &[Node<'_>], at: usize, floor: usize) -> bool {
        let verb = nodes.get(at).map_or("", |node| node.word);
        // "A에서 열린 행사에 간 X"
        let happened = ["열린", "나온", "받은", "불린", "알려진", "있는", "없는"];
        let clause = floor.max(at.saturating_sub(8))..at;
        let house = clause.clone().rev().find_map(|before| {
            let node = nodes.get(before)?;
            matches!(node.kind, Kind::Company { .. }).then_some((before, node.part))
        });
        let Some((house, Part::From)) = house else { return false };
        let between = nodes.get(house + 1..at).unwrap_or(&[]);
        !happened.contains(&verb)
            && verb.ends_with(['던', '한', '은', '운', '온', '낸', '진'])
            && !between.iter().any(|node| {
                node.is_break() || matches!(node.kind, Kind::Adnominal | Kind::Trigger(_))
            })
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
                    if matches!(node.part, Part::None | Part::Object | Part::From | Part::At) =>
                {
                    Some(company)
                }
                _ => None,
            }
        });
        if let (None, Some(company)) = (&person.employer, company) {
            person.employer = Some(End::Listed(company));
            person.former = true;
            return;
        }
        // "A로 떠났던 X": that is where X was until now.
        let went = at.checked_sub(1).filter(|before| *before >= floor);
        let went = went.and_then(|before| nodes.get(before)).filter(|node| node.part == Part::To);
        if let (None, Some(Kind::Company { company, .. })) =
            (&person.employer, went.map(|node| node.kind))
        {
            person.employer = Some(End::Listed(company));
            person.former = true;
            person.held = true;
            person.first = at - 1;
            return;
        }
        // "A의 정렬팀을 이끌다 이달 초 사직한 X"
        let led = (floor.max(at.saturating_sub(5))..at).rev().find(|before| {
            nodes.get(*before).is_some_and(|node| {
                node.word.ends_with('다') && self.words.begins("career", node.word)
            })
        });
        if let Some(led) = led {
            self.career(nodes, person, led, floor);
        }
    }

    /// "B에 합류했던 A 공동창업자 X": a founder stays one of A, but was at B until now.
    pub(super) fn founder_since(
        &self,
        nodes: &[Node<'_>],
        person: &mut Person,
        at: usize,
        floor: usize,
    ) {
        let founder = person.role.as_deref().is_some_and(|role| role.contains('창'));
        let verb = at.checked_sub(1).filter(|verb| *verb >= floor);
        let came = verb.and_then(|verb| nodes.get(verb)).is_some_and(|node| {
            let back = node.trigger().is_some_and(|it| {
                matches!(it.act, Act::Join | Act::Move) && it.form == Form::Adnominal
            });
            back && node.word.ends_with('던')
        });
        if let (true, true, Some(verb)) = (founder, came, verb) {
            let own = person.employer.take();
            self.arrived(nodes, person, verb, floor);
            person.employer = person.employer.take().or(own);
        }
    }

    /// "그록을 세운 X CEO": the head of the house that X founded.
    fn founded(&self, nodes: &[Node<'_>], person: &mut Person, at: usize, floor: usize) {
        let heads = ["CEO", "대표", "최고경영자", "대표이사"];
        let head = person.role.as_deref().is_some_and(|role| heads.contains(&role));
        let before = at.checked_sub(1).filter(|before| *before >= floor);
        let own = before.and_then(|before| nodes.get(before)).map(|node| (node.kind, node.part));
        if let (true, None, Some((Kind::Company { company, .. }, Part::Object))) =
            (head && !person.former, &person.employer, own)
        {
            person.employer = Some(End::Listed(company));
            person.held = true;
            person.first = at - 1;
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
                        || node.part == Part::Object && before + 1 == at
                        // "17년간 A에 몸담은 X"
                        || node.part == Part::At
                            && nodes.get(at).is_some_and(|verb| verb.word.starts_with("몸담")) =>
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
