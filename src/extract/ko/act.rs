//! What a person does: goes, leaves, founds.

use super::claim::{Event, Sentence, employer};
use super::ending::Form;
use super::node::Kind as Is;
use super::particle::Part;
use super::person::Person;
use super::trigger::Act;
use super::verdict::Verdict;

use crate::extract::candidate::End;
use crate::model::{Field, Kind, Suppressed};

impl Sentence<'_, '_> {
    /// "X A 퇴사", "X, A를 떠나".
    pub(super) fn leaves(&self, event: &mut Event) -> Option<()> {
        event.pattern = "leaves";
        event.kind = Kind::Left;
        if self.parts_from_nothing(event.at) {
            return None;
        }
        let object = self.object_word(event.at);
        if let Some(word) = object
            && !self.words.ends("workplace", word)
        {
            let away = self.words.begins("leave_of_absence", word);
            if away {
                event.movers = self.subject(event.at)?;
                event.from = employer(&event.movers);
                event.verdict = Verdict::Not(Suppressed::Sabbatical);
                return Some(());
            }
            // "백악관을 떠나 구글로": it says where somebody comes from.
            let body = event.trigger.form == Form::Connective
                && (self.words.is("body", word)
                    || !self.words.is("ordinary", word) && !self.words.is("elsewhere", word))
                && word.chars().count() >= 3;
            event.movers = self.subject(event.at).filter(|_| body)?;
            event.from = Some(End::Unlisted(word.to_owned()));
            return event.movers.iter().all(|mover| mover.name.is_some()).then_some(());
        }
        let inside =
            object.is_some_and(|word| ["팀", "조직", "부서"].iter().any(|it| word.ends_with(it)));
        if inside && event.trigger.form == Form::Connective {
            // "모델팀을 떠나 새 조직을 이끈다": whether X leaves the company is not said.
            return None;
        }
        if self.on_leave(event.at) {
            event.verdict = Verdict::Not(Suppressed::Sabbatical);
        }
        event.movers = match self.subject(event.at) {
            Some(movers) => movers,
            None => return self.organisation(event),
        };
        if event.movers.iter().any(|mover| self.heads_union(mover)) {
            return None;
        }
        if let Some(parted) = self.parted_with(event) {
            event.from = employer(&event.movers).or_else(|| employer(&parted));
            event.movers = parted;
            return event.from.is_some().then_some(());
        }
        if self.steps_aside(event.at) {
            event.kind = Kind::Promoted;
        }
        let said = self
            .left_company(event.at, event.trigger)
            .or_else(|| self.joined_before(event.movers.first()?));
        let current = event
            .movers
            .first()
            .filter(|mover| !mover.former || mover.held)
            .and_then(|mover| mover.employer.clone());
        let current = current.filter(|_| said.is_some() || !self.heads_elsewhere(event));
        let house =
            (object.is_some() || self.title_leave(event)) && !self.stranger_announces(event);
        event.from = said
            .or_else(|| self.later_house(event))
            .or(current)
            .or_else(|| self.company_subject(event.at).filter(|_| event.trigger.act == Act::Fire))
            .or_else(|| {
                let officers = event
                    .movers
                    .iter()
                    .all(|mover| mover.name.is_none() && mover.employer.is_none());
                // Who comes from A and leaves in a headline about B leaves B.
                let newcomer = event.movers.iter().all(|mover| mover.origin);
                self.company_subject(event.at)
                    .filter(|_| (officers || newcomer) && self.passage.field == Field::Title)
            })
            .or_else(|| self.speaking_house(event))
            .or_else(|| {
                // Who came to the house in the sentence before is not who leaves it.
                let topic = self.company.map(End::Listed);
                let came = topic.is_some() && self.told.to == topic;
                house.then(|| self.told.from.clone()).flatten().filter(|_| !came)
            })
            .or_else(|| house.then(|| self.company.map(End::Listed)).flatten())
            .or_else(|| self.only_company().filter(|_| counted(&event.movers)))
            // "B의 Y가 X의 퇴사를 확인"
            .or_else(|| {
                let owned = event.movers.iter().any(|mover| mover.part == Part::Of);
                let speaker = self.people.iter().find(|person| {
                    let before = event.movers.iter().all(|mover| person.last < mover.first);
                    before && person.part == Part::Subject && person.employer.is_some()
                });
                speaker.filter(|_| owned).and_then(|person| person.employer.clone())
            });
        // "오픈AI로 떠났다"
        let to = self.company_with(event.at, &[Part::To]);
        let elsewhere = to != event.from && !self.same_house(to.as_ref(), event.from.as_ref());
        if event.from.is_some() && to.is_some() && elsewhere && event.kind == Kind::Left {
            event.to = to;
            event.kind = Kind::Moved;
        }
        if event.from.is_none() {
            let former = event.movers.first().filter(|mover| mover.former);
            event.from = former.and_then(|mover| mover.employer.clone());
            // Who comes from A leaves another company now.
            let origin = event.movers.iter().any(|mover| mover.origin);
            event.score -= if origin { 0.5 } else { 0.3 };
        }
        event.from.is_some().then_some(())
    }

    /// "아내와 갈라섰다", "생활을 마무리": only of a house is it news.
    fn parts_from_nothing(&self, at: usize) -> bool {
        let text = self.nodes.get(at).map_or("", |node| self.passage.text.get(node.span));
        // "교수직을 내려놓고 B로 간다": it is a university that X leaves.
        let chair = self.object_word(at);
        if chair.is_some_and(|word| matches!(word, "교수직" | "교직" | "공직" | "의원직"))
        {
            return true;
        }
        let of_house = ["갈라", "헤어", "여정", "생활"].iter().any(|head| text.starts_with(head));
        of_house && !self.near(at, 2, |node| matches!(node.kind, Is::Company { .. }))
    }

    /// The head of a trade union is no employee who leaves.
    fn heads_union(&self, mover: &Person) -> bool {
        let own = self.nodes.get(mover.first..=mover.last).unwrap_or(&[]);
        own.iter().any(|node| node.word.starts_with("노조"))
    }

    /// "A 대변인은 X가 회사를 떠났다고 확인했다": who speaks for the house that X leaves.
    fn speaking_house(&self, event: &Event) -> Option<End> {
        let first = event.movers.iter().map(|mover| mover.first).min()?;
        let speaker = self.people.iter().find(|person| {
            let speaks = matches!(person.part, Part::Topic | Part::Subject | Part::Side);
            speaks && person.name.is_none() && person.last < first
        })?;
        let own = event.movers.iter().all(|mover| mover.part == Part::Subject);
        speaker.employer.clone().filter(|_| own && event.trigger.form == Form::Quote)
    }

    /// "전 A X, C 창업".
    pub(super) fn founds(&self, event: &mut Event) -> Option<()> {
        event.pattern = "founds";
        event.kind = Kind::Founded;
        event.movers = self.subject(event.at)?;
        // "A CTO 퇴사 후 창업": one officer by post.
        let officer = |mover: &Person| {
            let posted = mover.role.is_some() && matches!(mover.employer, Some(End::Listed(_)));
            posted && !mover.common && !mover.plural && self.passage.field == Field::Title
        };
        let nobody =
            |mover: &Person| mover.name.is_none() && mover.count.is_none() && !officer(mover);
        if event.movers.iter().all(nobody) {
            return None;
        }
        let what = self.founded(event.at);
        if what.as_ref().is_some_and(|(word, _)| self.words.ends("institution", word)) {
            return None;
        }
        event.to = what.as_ref().and_then(|(_, end)| end.clone());
        event.from = self.origin(event.at).or_else(|| employer(&event.movers));
        if event.from == event.to {
            event.from = None;
        }
        let founder = event.movers.iter().any(|mover| {
            mover.former || mover.role.as_deref().is_some_and(|role| role.contains('창'))
        });
        // "A AI 총괄 X, 스타트업 차린다": whoever does so leaves, but for the head of the house.
        let startup = what.as_ref().is_some_and(|(word, _)| {
            ["스타트업", "회사", "벤처"].iter().any(|tail| word.ends_with(tail))
        });
        let heads = ["CEO", "대표", "회장", "최고경영자", "의장"];
        let head = event.movers.iter().any(|mover| {
            mover.role.as_deref().is_none_or(|role| heads.iter().any(|own| role.ends_with(own)))
        });
        let leaves = startup && !head && self.passage.field == Field::Title;
        if !(founder || leaves) {
            // Somebody who is still there founds something beside it.
            event.score -= 0.4;
        }
        Some(())
    }
}

/// True for a group of which only the number is known.
fn counted(movers: &[Person]) -> bool {
    movers
        .iter()
        .all(|mover| mover.name.is_none() && mover.count.is_some() && mover.employer.is_none())
}
