//! Whom a house loses to another, and whose head goes with the money.

use super::claim::{Event, Sentence, employer};
use super::node::Kind as Is;
use super::particle::Part;
use super::person::Person;
use crate::extract::candidate::End;
use crate::model::{Field, Kind};

impl Sentence<'_, '_> {
    /// "A, X B에 뺏겨", "A X, B에 뺏겼다".
    pub(super) fn loses(&self, event: &mut Event) -> Option<()> {
        event.pattern = "loses";
        event.kind = Kind::Moved;
        let known = |movers: &Vec<Person>| {
            movers.iter().all(|mover| {
                let one = mover.role.is_some() && !mover.common && !mover.plural;
                let senior = self.is_senior(mover, event);
                mover.name.is_some() || mover.count.is_some() || one || senior
            })
        };
        let verb = self.nodes.get(event.at).map_or("", |node| self.passage.text.get(node.span));
        // "A, 인프라 총괄 잃었다": where to is not said; but "A 총괄, 신뢰 잃었다".
        let gone = ["잃", "놓치", "놓쳐", "놓쳤"].iter().any(|head| verb.starts_with(head));
        let object = self.object(event.at).filter(known);
        event.movers =
            object.or_else(|| self.subject(event.at).filter(|movers| !gone && known(movers)))?;
        event.to = self.company_with(event.at, &[Part::At]);
        let own = employer(&event.movers).or_else(|| self.company_subject(event.at));
        event.from = own.filter(|from| Some(from) != event.to.as_ref());
        if gone && event.to.is_none() && self.passage.field == Field::Title {
            event.kind = Kind::Left;
            return event.from.is_some().then_some(());
        }
        (event.from.is_some() && event.to.is_some()).then_some(())
    }

    /// "B, C에 10조 베팅…창업자 X도 영입", "C 지분을 사들이고 X CEO를 영입": the head of the house that
    /// money goes to.
    pub(super) fn bought_house(&self, event: &Event, taker: Option<&End>) -> Option<End> {
        let heads = ["창업자", "창립자", "창업주", "설립자", "CEO", "대표", "최고경영자"];
        let headed = |mover: &Person| {
            let role = mover
                .role
                .as_deref()
                .is_some_and(|role| heads.iter().any(|head| role.ends_with(head)));
            role && mover.name.is_some() && mover.employer.is_none() && !mover.former
        };
        let first = event.movers.iter().map(|mover| mover.first).min()?;
        let before = self.nodes.get(..first)?;
        let paid =
            ["지분", "라이선스", "라이센스", "베팅", "투자", "인수", "사들이", "사용권", "기술"];
        let deal = before.iter().any(|node| super::verdict::starts(node, &paid));
        let house = before.iter().rev().find_map(|node| match node.kind {
            Is::Company { company, product: false }
                if !matches!(node.part, Part::Subject | Part::Topic) =>
            {
                Some(End::Listed(company)).filter(|own| Some(own) != taker)
            }
            _ => None,
        });
        house.filter(|_| deal && event.movers.iter().all(headed) && taker.is_some())
    }
}
