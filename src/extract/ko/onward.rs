//! Destinations that no trigger takes: "다음 행선지는 B", "MS·B 고문", "A 직원들 B로…X도 합류".

use super::claim::{Event, Sentence};
use super::node::{Kind as Is, Node};
use super::particle::Part;
use super::person::Person;
use super::trigger::{Act, Trigger};
use super::verdict::{SURE, Verdict};
use crate::extract::candidate::{Candidate, End};
use crate::model::{Field, Kind, Suppressed};

impl Sentence<'_, '_> {
    /// "A 떠난 X, 다음 행선지는 B": a noun says where X goes.
    pub(super) fn destined(&self) -> Vec<Candidate> {
        let mut out = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let place = matches!(node.stem, "행선지" | "둥지" | "새둥지" | "직장" | "종착지");
            // "다음 행선지로 B를 골랐다"
            let chosen = node.part == Part::To
                && self.nodes.get(at + 2).is_some_and(|verb| {
                    super::verdict::starts(verb, &["택", "골랐", "고른", "선택", "낙점", "정했"])
                });
            // "행선지는 美 B"
            let land = self.nodes.get(at + 1).is_some_and(|node| {
                matches!(
                    node.word,
                    "美" | "中" | "日" | "韓" | "英" | "미국" | "중국" | "경쟁사" | "라이벌"
                )
            });
            let at_house = at + 1 + usize::from(land);
            let next =
                self.nodes.get(at_house).filter(|_| place && (node.part == Part::Topic || chosen));
            let Some((company, part)) = next.and_then(|next| match next.kind {
                Is::Company { company, product: false } => Some((company, next.part)),
                _ => None,
            }) else {
                continue;
            };
            let mark = self.nodes.get(at_house + 1);
            // "행선지는 B로 확인됐다"
            let told = part == Part::To
                && mark.is_some_and(|verb| {
                    super::verdict::starts(verb, &["확인", "알려", "결정", "전해", "밝혀", "정해"])
                });
            let closes = (chosen
                || mark.is_none_or(Node::is_break)
                    && matches!(part, Part::None | Part::Other | Part::Is)
                || told)
                && !node.quoted;
            let Some(mover) = self.spoken_before(at).filter(|_| closes) else { continue };
            let to = Some(End::Listed(company));
            if mover.employer == to || self.same_house(mover.employer.as_ref(), to.as_ref()) {
                continue;
            }
            let asks = mark.is_some_and(|mark| mark.kind == Is::Break('?'));
            let verdict = if asks { Verdict::Not(Suppressed::Hypothetical) } else { SURE };
            let from = mover.employer.clone();
            let event = Event {
                at,
                trigger: Trigger::silent(Act::Move),
                kind: if from.is_some() { Kind::Moved } else { Kind::Joined },
                movers: vec![mover],
                from,
                to,
                verdict,
                aims: false,
                pattern: "destined",
                score: 0.85,
            };
            out.extend(self.report(&event));
        }
        out
    }

    /// The named person of whom the words before `at` speak.
    fn spoken_before(&self, at: usize) -> Option<Person> {
        let named = self.people.iter().rev().find(|person| {
            let opens = matches!(person.part, Part::None | Part::Of | Part::Topic);
            let counted = person.count.is_some() && person.employer.is_some();
            person.last < at && (person.name.is_some() || counted) && opens
        })?;
        let gap = self.nodes.get(named.last + 1..at)?;
        let light = gap.iter().all(|node| {
            node.is_comma()
                || node.kind == Is::Break('…')
                || node.trigger().is_some_and(|it| it.act == Act::Leave && !node.quoted)
                || node.kind == Is::Word && matches!(node.part, Part::None | Part::Of)
        });
        light.then(|| named.clone())
    }

    /// "X, B·C 고문 맡는다": the equals of the destination, joined to it by dots.
    pub(super) fn equal_ends(&self, event: &Event) -> Vec<End> {
        let joins = event.trigger.act == Act::Join && event.kind == Kind::Joined;
        let Some(End::Listed(own)) = event.to.as_ref().filter(|_| joins) else {
            return Vec::new();
        };
        let stands = |at: &usize| {
            let company = self.nodes.get(*at).map(|node| node.kind);
            matches!(company, Some(Is::Company { company, .. }) if company == *own)
        };
        let Some(mut at) = (0..event.at).rev().find(stands) else { return Vec::new() };
        let mut equals = Vec::new();
        while let Some(before) = self.equal_before(at)
            && let Some(Is::Company { company, product: false }) =
                self.nodes.get(before).map(|node| node.kind)
        {
            equals.push(End::Listed(company));
            at = before;
        }
        let named = event.movers.iter().all(|mover| mover.name.is_some());
        let apart = |end: &End| !self.same_house(Some(end), event.to.as_ref());
        equals.into_iter().filter(|end| named && apart(end)).collect()
    }

    /// What "B·" or "B와" before `at` joins to it.
    pub(super) fn equal_before(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        let node = self.nodes.get(before)?;
        match node.kind {
            Is::Dot => before.checked_sub(1),
            Is::Company { .. } if node.part == Part::With => Some(before),
            _ => None,
        }
    }

    /// "A 직원 대부분 B로…X도 합류": where the first half of a headline says that people go, and from
    /// where.
    pub(super) fn first_half(&self, at: usize) -> Option<(Option<End>, End)> {
        let start = self.clause_start(at).checked_sub(1)?;
        let mark = self.nodes.get(start).filter(|_| self.passage.field == Field::Title)?;
        let last = self.nodes.get(start.checked_sub(1)?)?;
        let Is::Company { company, product: false } = last.kind else { return None };
        if mark.kind != Is::Break('…') || !matches!(last.part, Part::To | Part::Bound) {
            return None;
        }
        let others = self.people.iter().rev().find(|person| person.last < start);
        let from = others.and_then(|person| person.employer.clone());
        Some((from.filter(|from| *from != End::Listed(company)), End::Listed(company)))
    }

    /// "B 복귀…A와 라이선스 계약": the house whose work is licensed along with a named person.
    pub(super) fn licensed_house(&self) -> Option<End> {
        let told = self.nodes.iter().position(|node| self.words.begins("licence", node.word))?;
        let before = self.nodes.get(told.saturating_sub(5)..told)?;
        before.iter().rev().find_map(|node| match node.kind {
            Is::Company { company, .. } if node.part == Part::With => Some(End::Listed(company)),
            _ => None,
        })
    }

    /// "B, A와 라이선스·인재 채용 계약": the house whose people come along with its work; `None`
    /// where no licence is spoken of.
    pub(super) fn licence_partner(&self, at: usize) -> Option<Option<End>> {
        let told = self.nodes.iter().any(|node| self.words.begins("licence", node.word));
        if !told {
            return None;
        }
        let partner = self.nodes.get(..at)?.iter().rev().find_map(|node| match node.kind {
            _ if node.part != Part::With => None,
            Is::Company { company, .. } => Some(End::Listed(company)),
            Is::Word if self.words.foreignness(node.stem) >= 0.3 => {
                Some(End::Unlisted(node.stem.to_owned()))
            }
            _ => None,
        });
        Some(partner)
    }

    /// "B의 제안을 수락했다"
    pub(super) fn offering_company(&self, at: usize) -> Option<End> {
        let verb = self.passage.text.get(self.nodes.get(at)?.span);
        let offer = ["제안을", "제의를", "러브콜을"].iter().any(|noun| verb.starts_with(noun));
        let house = self.nodes.get(at.checked_sub(1)?)?;
        match house.kind {
            Is::Company { company, .. } if offer && house.part == Part::Of => {
                Some(End::Listed(company))
            }
            _ => None,
        }
    }

    /// "'B行' A 연구원들, 친정 복귀": what the quoted words call them is where they come from.
    pub(super) fn bound_before(&self, at: usize) -> bool {
        let back = self.nodes.get(at).and_then(|node| node.trigger());
        let back = back.is_some_and(|trigger| trigger.act == Act::Return)
            && self.near(at, 3, |node| node.stem == "친정");
        let quoted = |node: &&Node<'_>| node.epithet && node.part == Part::Bound;
        back && self.nodes.get(..at).is_some_and(|head| head.iter().any(|node| quoted(&node)))
    }
}
