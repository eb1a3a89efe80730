//! Who goes: from where, and where to.

use super::claim::{Event, Sentence, employer};
use super::ending::Form;
use super::node::{Kind as Is, Node};
use super::particle::Part;
use super::trigger::{Act, Voice};

use crate::extract::candidate::End;
use crate::model::{Field, Kind};

impl Sentence<'_, '_> {
    /// "X, A에서 B로 이직", "X B에 합류".
    pub(super) fn goes(&self, event: &mut Event) -> Option<()> {
        if self.is_on_a_list(event.at)
            || event.trigger.act != Act::Move && self.has_alliance(event.at)
            || self.blocking_object(
                event.at,
                &[
                    "발걸음",
                    "발길",
                    "몸",
                    "명함",
                    "진로",
                    "자리",
                    "둥지",
                    "적",
                    "거취",
                    "직장",
                    "회사",
                    "소속",
                    "일터",
                    "거처",
                    "보금자리",
                ],
            )
        {
            return None;
        }
        event.pattern = "goes";
        let (works, anew) = self.starts_work(event.at);
        if works && !self.returns_to_post(event.at) && !self.starts_elsewhere(event.at) {
            return None;
        }
        event.to = self.destination(event.at).filter(|_| !self.bound_before(event.at));
        if event.trigger.pair && event.to.is_none() {
            // "B와 C의 시간제 고문을 맡는다", "B 이사회 의장에 X가 이름을 올렸다"
            event.to = self.house_of_post(event.at).or_else(|| self.post(event.at));
        }
        // "A를 떠나 B에서 새출발"
        if anew {
            event.to = event.to.take().or_else(|| self.company_with(event.at, &[Part::From]));
            // "대학 교수로 새출발" goes on below.
            let begins = self.nodes.get(event.at).is_some_and(|node| node.word.ends_with("출발"));
            if event.to.is_none() && !begins {
                return None;
            }
        }
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
        self.find_ends(event);
        if event.to.is_none()
            && matches!(event.from, Some(End::Listed(_)))
            && (event.trigger.act != Act::Return
                || self.goes_to_campus(event.at) && event.movers.iter().all(|mover| !mover.former))
        {
            let named = event.movers.iter().all(|mover| {
                let posted = mover.role.is_some() && mover.employer.is_some();
                // "A 전 CTO, 가나 합류"
                let title = self.passage.field == Field::Title && !mover.origin;
                let one = posted && !mover.common && !mover.plural && (!mover.former || title);
                let senior = posted && self.is_senior(mover, event);
                mover.name.is_some() || mover.count.is_some() || one || senior
            });
            event.to = self
                .unlisted_destination(event.at)
                .or_else(|| self.post_elsewhere(event.at))
                .filter(|_| named);
            let leaves = event.to.is_none() && named && event.trigger.act == Act::Move;
            if leaves && self.goes_somewhere(event.at) {
                event.kind = Kind::Left;
                return event.movers.iter().all(|mover| !mover.former).then_some(());
            }
        }
        self.spell_out(event);
        if event.to.is_none() {
            event.to = self.unsaid_end(event);
            event.to.as_ref()?;
        }
        // "A 인재 유출…AI 팀장, B로 이직": the headline is about A.
        let unnamed = event.movers.iter().all(|one| one.name.is_none() && one.role.is_some());
        if event.from.is_none() && unnamed {
            event.from =
                self.headline_company(event.at).filter(|from| Some(from) != event.to.as_ref());
        }
        if event.from.is_none() {
            event.from = self.first_origin(event.at).filter(|from| Some(from) != event.to.as_ref());
        }
        if event.from.is_none() {
            event.from = self.parallel_origin(&event.movers, event.to.as_ref());
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

    /// Whether the trigger says that somebody works, and whether anew.
    fn starts_work(&self, at: usize) -> (bool, bool) {
        // Only "부사장으로 출근", "CTO로 변신" and "B에서 일하게 됐다" are news.
        self.nodes.get(at).map_or((false, false), |node| {
            let text = self.passage.text.get(node.span);
            let anew = ["새출발", "새 출발", "출발", "일하", "근무", "몸담게", "일을", "업무를"];
            (
                super::verdict::starts(node, &["출근", "변신"]),
                anew.iter().any(|head| text.starts_with(head)),
            )
        })
    }

    /// "메타 초지능 연구소(MSL) ... X가 MSL에 합류": letters that stand for a body of the house.
    fn spell_out(&self, event: &mut Event) {
        let Some(End::Unlisted(name)) = &event.to else { return };
        let letters =
            (2..=5).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase());
        let told = self.told.to.clone().filter(|to| Some(to) != event.from.as_ref());
        if let (true, Some(told)) = (letters, told) {
            event.to = Some(told);
        }
    }

    /// The ends that the clause itself tells.
    fn find_ends(&self, event: &mut Event) {
        let origin = self.origin(event.at).filter(|from| Some(from) != event.to.as_ref());
        let own = employer(&event.movers);
        let settled = event.movers.iter().all(|mover| !mover.former && mover.name.is_some());
        if event.to.is_none() && event.trigger.act == Act::Move && settled && origin.is_some() {
            // "B 연구 총괄 X, A서 이적"
            let elsewhere = own != origin && !self.same_house(own.as_ref(), origin.as_ref());
            event.to = own.clone().filter(|_| elsewhere);
        }
        // "B 보안책임자 X, 가나서 이직": from a house that nobody listed.
        let stranger =
            event.at.checked_sub(1).and_then(|at| self.nodes.get(at)).is_some_and(|node| {
                node.kind == Is::Word
                    && node.part == Part::From
                    && (self.words.is("firm", node.stem) || !self.words.is("ordinary", node.stem))
                    && !self.words.ends("unit", node.stem)
                    && !self.words.ends("workplace", node.stem)
            });
        if event.to.is_none() && event.trigger.act == Act::Move && settled && stranger {
            event.to = own.clone();
            return;
        }
        let home = self.near(event.at, 2, |node| matches!(node.stem, "경영" | "친정" | "현업"));
        let former = event.movers.iter().all(|mover| mover.former && mover.name.is_some());
        if event.to.is_none() && self.bound_before(event.at) {
            event.to = own.clone();
            event.from = self.company_with(event.at, &[Part::Bound]);
            return;
        }
        // "A X, 이사회 의장 복귀": not from a leave of absence.
        let post = settled
            && self.returns_to_post(event.at)
            && !self.nodes.iter().any(|node| self.words.begins("leave_of_absence", node.stem));
        // "A 떠난 X, 2주 만에 복귀"
        let left = former
            && self.passage.field == Field::Title
            && self.near(event.at, 2, |node| self.is_time(node))
            && event.movers.iter().all(|mover| {
                let head = self.nodes.get(..mover.last).unwrap_or(&[]);
                head.iter()
                    .filter_map(Node::trigger)
                    .any(|it| it.act == Act::Leave && it.form == Form::Adnominal)
            });
        let back = home && former || post || left;
        if event.to.is_none() && event.trigger.act == Act::Return && back {
            // "X 전 A COO, 경영 복귀"
            event.to = own.clone();
        }
        event.from = origin.or(own).or_else(|| {
            // "A는 X가 B로 이직했다고": the company spoken of loses the mover.
            let told = event.to.is_some() || event.trigger.act == Act::Move;
            self.company_topic(event.at).filter(|own| told && Some(own) != event.to.as_ref())
        });
    }

    /// Where somebody goes whose clause does not say it: "B는 X가 합류했다고", "X, CTO로 합류".
    fn unsaid_end(&self, event: &mut Event) -> Option<End> {
        // "CEO에서 회장으로 이동" inside one house, or a place.
        if event.trigger.act == Act::Return && event.trigger.form == Form::Quote {
            // "B는 X가 복귀한다고 발표했다"
            let speaker = self.company_topic(event.at);
            let own = event.movers.iter().all(|mover| mover.part == Part::Subject);
            return speaker.filter(|to| own && Some(to) != event.from.as_ref());
        }
        // "A의 X도 함께 이직하며"
        if event.trigger.act == Act::Move && self.passage.field != Field::Title {
            let with = self.joins_too(event) && self.near(event.at, 2, |node| node.word == "함께");
            return self.told.to.clone().filter(|to| with && Some(to) != event.from.as_ref());
        }
        let returns = matches!(event.trigger.act, Act::Move | Act::Return);
        if event.trigger.act == Act::Move && event.movers.iter().all(|mover| mover.name.is_some()) {
            // "결국 B로…A 연구원 X 이적 확정"
            let half = self.first_half(event.at).map(|(_, to)| to);
            return half.filter(|to| Some(to) != event.from.as_ref());
        }
        if returns || self.goes_elsewhere(event.at) {
            return None;
        }
        let titled = self.passage.field == Field::Title
            && event.movers.iter().all(|mover| {
                let one = mover.role.is_some() && !mover.plural;
                mover.name.is_some() || (mover.count.is_some() || one) && mover.origin
            });
        // "B는 X가 합류했다고 밝혔다": the one who says so is where X goes.
        let told = event.trigger.form == Form::Quote
            && event.movers.iter().all(|mover| mover.part == Part::Subject);
        let joins_too = !titled && self.joins_too(event);
        // "AI 담당 부사장으로 온다고"
        let text = self.nodes.get(event.at).map_or("", |node| self.passage.text.get(node.span));
        let comes_as = event.trigger.pair && text.contains("로 ");
        let role_only = event.trigger.act == Act::Join
            && (titled || told || self.joins_as_role(event.at) || joins_too || comes_as);
        if !role_only {
            return None;
        }
        let posted = self.joins_as_role(event.at) || comes_as;
        let before = || self.told.to.clone().filter(|_| !titled && (joins_too || posted));
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
        if event.to.is_none() && titled {
            // "가나, A 출신 X 합류"
            event.to = self.taker(event).or_else(|| self.stranger_takes(event));
        }
        event.to.take()
    }

    /// "AI 스타트업에 합류": to some other place, whatever the article is about.
    fn goes_elsewhere(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.nodes.get(before));
        before.is_some_and(|node| {
            node.kind == Is::Word
                && matches!(node.part, Part::At | Part::To)
                && !self.words.ends("unit", node.stem)
        })
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
}
