//! What a person does: goes, leaves, founds.

use super::claim::{Event, Sentence, employer};
use super::ending::Form;
use super::particle::Part;
use super::person::Person;
use super::trigger::{Act, Voice};
use super::verdict::Verdict;

use crate::extract::candidate::End;
use crate::model::{Field, Kind, Suppressed};

impl Sentence<'_, '_> {
    /// "X, A에서 B로 이직", "X B에 합류".
    pub(super) fn goes(&self, event: &mut Event) -> Option<()> {
        if event.trigger.act != Act::Move && self.has_alliance(event.at)
            || self.blocking_object(
                event.at,
                &["자리", "둥지", "적", "거취", "직장", "회사", "소속", "일터", "거처", "보금자리"],
            )
        {
            return None;
        }
        event.pattern = "goes";
        event.to = self.destination(event.at);
        event.movers = match self.subject(event.at) {
            Some(movers) => movers,
            None => return self.organisation(event),
        };
        if event.trigger.voice == Voice::Causative {
            event.movers = self.object(event.at).unwrap_or_default();
            event.to = event
                .to
                .take()
                .or_else(|| self.company_subject(event.at))
                .or_else(|| self.executive_subject(event.at));
        }
        let origin = self.origin(event.at);
        let own = employer(&event.movers);
        let settled = event.movers.iter().all(|mover| !mover.former && mover.name.is_some());
        if event.to.is_none() && event.trigger.act == Act::Move && settled && origin.is_some() {
            // "B 연구 총괄 X, A서 이적"
            let elsewhere = own != origin && !self.same_house(own.as_ref(), origin.as_ref());
            event.to = own.clone().filter(|_| elsewhere);
        }
        let home = self.near(event.at, 2, |node| matches!(node.stem, "경영" | "친정" | "현업"));
        let former = event.movers.iter().all(|mover| mover.former && mover.name.is_some());
        // "A X, 이사회 의장 복귀": not from a leave of absence.
        let post = settled
            && self.returns_to_post(event.at)
            && !self.nodes.iter().any(|node| self.words.begins("leave_of_absence", node.stem));
        let back = home && former || post;
        if event.to.is_none() && event.trigger.act == Act::Return && back {
            // "X 전 A COO, 경영 복귀"
            event.to = own.clone();
        }
        event.from = origin.or(own).or_else(|| {
            // "A는 X가 B로 이직했다고": the company spoken of loses the mover.
            let told = event.to.is_some() || event.trigger.act == Act::Move;
            self.company_topic(event.at).filter(|own| told && Some(own) != event.to.as_ref())
        });
        if event.to.is_none()
            && matches!(event.from, Some(End::Listed(_)))
            && event.trigger.act != Act::Return
        {
            let named =
                event.movers.iter().all(|mover| mover.name.is_some() || mover.count.is_some());
            event.to = self
                .unlisted_destination(event.at)
                .or_else(|| self.post_elsewhere(event.at))
                .filter(|_| named);
            if event.to.is_none()
                && named
                && event.trigger.act == Act::Move
                && self.goes_somewhere(event.at)
            {
                event.kind = Kind::Left;
                return event.movers.iter().all(|mover| !mover.former).then_some(());
            }
        }
        if event.to.is_none() {
            // "CEO에서 회장으로 이동" inside one house, or a place.
            if event.trigger.act == Act::Move || event.trigger.act == Act::Return {
                return None;
            }
            let titled = self.passage.field == Field::Title
                && event
                    .movers
                    .iter()
                    .all(|mover| mover.name.is_some() || mover.count.is_some() && mover.origin);
            // "B는 X가 합류했다고 밝혔다": the one who says so is where X goes.
            let told = event.trigger.form == Form::Quote
                && event.movers.iter().all(|mover| mover.part == Part::Subject);
            let joins_too = !titled && self.joins_too(event);
            let role_only = event.trigger.act == Act::Join
                && (titled || told || self.joins_as_role(event.at) || joins_too);
            if !role_only {
                return None;
            }
            let before = || self.told.to.clone().filter(|_| !titled);
            let topic = || self.company.filter(|_| !titled && !joins_too).map(End::Listed);
            let speaker = || self.company_topic(event.at).filter(|_| told);
            if let Some((from, to)) = self.first_half(event.at).filter(|_| titled) {
                event.from = event.from.take().or(from);
                event.to = Some(to);
            }
            let only = || self.only_company().filter(|_| titled && event.from.is_none());
            let half = event.to.take();
            event.to = half
                .or_else(speaker)
                .or_else(|| self.company_subject(event.at))
                // "B, A 연구진 수혈…C의 X 합류"
                .or_else(|| self.headline_company(event.at).filter(|_| event.from.is_some()))
                .or_else(before)
                .or_else(topic)
                .or_else(only)
                .filter(|to| Some(to) != event.from.as_ref());
            event.to.as_ref()?;
        }
        if event.from.is_none() {
            event.from = self.told_origin(event.at, &event.movers).filter(|from| {
                let to = event.to.as_ref();
                Some(from) != to && !self.same_house(Some(from), to)
            });
        }
        self.compare_ends(event);
        Some(())
    }

    /// What the two ends of one who goes make of it: a move, a new post in one house, a return.
    fn compare_ends(&self, event: &mut Event) {
        if event.from == event.to || self.same_house(event.from.as_ref(), event.to.as_ref()) {
            // Returning to a former employer has no origin; moving inside one is a new post.
            if event.trigger.act == Act::Move && !event.movers.iter().all(|mover| mover.former) {
                event.kind = Kind::Promoted;
                event.from = None;
                return;
            }
            event.from = self.origin(event.at).filter(|from| Some(from) != event.to.as_ref());
        }
        if event.from.is_none() && event.movers.iter().all(|mover| mover.name.is_some()) {
            let to = event.to.as_ref();
            event.from = self.licensed_house().filter(|from| Some(from) != to);
        }
        event.kind =
            if event.from.is_some() && event.to.is_some() { Kind::Moved } else { Kind::Joined };
    }

    /// "X A 퇴사", "X, A를 떠나".
    pub(super) fn leaves(&self, event: &mut Event) -> Option<()> {
        event.pattern = "leaves";
        event.kind = Kind::Left;
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
        let house = object.is_some() || self.title_leave(event);
        event.from = said
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
            .or_else(|| house.then(|| self.told.from.clone()).flatten())
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

    /// "전 A X, C 창업".
    pub(super) fn founds(&self, event: &mut Event) -> Option<()> {
        event.pattern = "founds";
        event.kind = Kind::Founded;
        event.movers = self.subject(event.at)?;
        if event.movers.iter().all(|mover| mover.name.is_none() && mover.count.is_none()) {
            return None;
        }
        let what = self.founded(event.at);
        if what.as_ref().is_some_and(|(word, _)| self.words.ends("institution", word)) {
            return None;
        }
        event.to = what.and_then(|(_, end)| end);
        event.from = self.origin(event.at).or_else(|| employer(&event.movers));
        if event.from == event.to {
            event.from = None;
        }
        let founder = event.movers.iter().any(|mover| {
            mover.former || mover.role.as_deref().is_some_and(|role| role.contains('창'))
        });
        if !founder {
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
