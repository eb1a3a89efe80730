//! What a company does to a person: takes on, appoints, sends away.

use super::claim::{Event, Sentence, employer};
use super::ending::Form;
use super::node::{Kind as Is, Node};
use super::particle::Part;
use super::person::Person;
use super::trigger::{Act, Voice};

use crate::extract::candidate::End;
use crate::model::{Field, Kind};

impl Sentence<'_, '_> {
    /// "A, X 해고".
    pub(super) fn fires(&self, event: &mut Event) -> Option<()> {
        event.pattern = "fires";
        event.kind = Kind::Left;
        // "A 책임자 X, 논란 끝 해고": a headline without a company that does it.
        let bare = event.trigger.form == Form::Noun(Part::None);
        let title = self.passage.field == Field::Title;
        let sent = |movers: &Vec<Person>| {
            // "AI 윤리학자 X, A서 해고"
            let origin = || matches!(self.origin(event.at), Some(End::Listed(_)));
            let named = |mover: &Person| mover.name.is_some();
            movers.iter().all(|mover| named(mover) && (mover.employer.is_some() || origin()))
        };
        event.movers = self
            .object(event.at)
            .or_else(|| self.subject(event.at).filter(|movers| bare && title && sent(movers)))?;
        event.from = employer(&event.movers)
            .filter(|_| !event.movers.iter().any(|mover| mover.former))
            .or_else(|| self.company_subject(event.at))
            .or_else(|| self.origin(event.at))
            .or_else(|| self.headline_company(event.at));
        event.from.is_some().then_some(())
    }

    /// "B, A X 영입", "B가 A의 X를 영입".
    pub(super) fn takes(&self, event: &mut Event) -> Option<()> {
        event.pattern = "takes";
        let object = self.object(event.at);
        // "X 전 A 부사장, B CTO 선임": the post before the trigger is what X gets.
        let post = |movers: &Vec<Person>| {
            let given = |mover: &Person| mover.name.is_none() && mover.part == Part::None;
            movers.iter().all(|mover| given(mover) && !mover.origin)
        };
        let head = self.head_subject(event.at);
        if head.is_none() && object.as_ref().is_none_or(post) && self.is_named(event).is_some() {
            return Some(());
        }
        event.movers = object?;
        if let Some(head) = self.head_with_staff(&event.movers) {
            event.movers = vec![head];
        }
        let before = self.taken_before(&event.movers);
        event.movers.splice(0..0, before);
        if let Some((_, head)) = &head {
            event.movers.retain(|mover| mover.span != head.span);
        }
        if event.trigger.act == Act::Appoint && self.is_called_away(event) {
            return Some(());
        }
        let partner = self.licence_partner(event.at).filter(|_| {
            event.movers.iter().all(|mover| mover.name.is_none() && mover.count.is_none())
        });
        let said = self
            .company_subject(event.at)
            .or_else(|| self.executive_subject(event.at))
            .or(head.map(|(company, _)| company));
        let named = self.company_with(event.at, &[Part::To, Part::At]);
        event.from = self.origin(event.at).or_else(|| employer(&event.movers));
        if event.from.is_none() && event.movers.iter().all(|mover| mover.name.is_some()) {
            event.from = self.licensed_house();
        }
        if event.from.is_none() && event.trigger.act == Act::Hire {
            event.from = self.bought_house(event, said.as_ref());
        }
        if event.from.is_none() && event.trigger.act == Act::Hire {
            // "C CEO 영입 위해 투자" in the title, "X CEO를 영입한다" in the summary.
            let taker = said.as_ref();
            event.from = self.told.from.clone().filter(|from| {
                let posted = event.movers.iter().all(|mover| {
                    mover.name.is_some() && mover.role.is_some() && mover.employer.is_none()
                });
                posted && self.told.to.as_ref() == taker && Some(from) != taker
            });
        }
        if let Some(partner) = partner {
            event.from = event.from.take().or(partner);
            event.pattern = "acquihire";
        }
        // "피차이는 X를 딥마인드 부사장으로 임명": whoever appoints inside a company promotes.
        let inside = said.is_none() && event.from.is_none() && event.trigger.act == Act::Appoint;
        event.to = said.or(named).or_else(|| {
            let known = event.movers.iter().any(|mover| {
                let one = mover.role.is_some() && !mover.common && !mover.plural;
                (mover.name.is_some() || one)
                    && (!mover.former || mover.held || mover.name.is_some() && !mover.origin)
                    && matches!(mover.employer, Some(End::Listed(_)))
            });
            self.unlisted_topic().filter(|_| known)
        });
        event.to = event.to.take().or_else(|| self.headline_company(event.at));
        event.to = event.to.take().or_else(|| self.taker(event));
        event.to = event.to.take().or_else(|| self.stranger_takes(event));
        if event.to.is_none() && event.trigger.act == Act::Appoint {
            // "오픈AI 신임 CTO에 X 선임"
            event.to = self.post(event.at).or_else(|| event.from.clone());
        }
        if event.to.is_none() && event.trigger.act == Act::Hire {
            // "B CEO …" in the title, "X는 A에서 12명을 영입했다고 말했다": X is who speaks for B.
            let speaks = self.people.iter().any(|person| {
                person.last < event.at
                    && person.name.is_some()
                    && matches!(person.part, Part::Topic | Part::Subject)
            });
            let own = self.company.map(End::Listed).filter(|own| Some(own) != event.from.as_ref());
            event.to = own.filter(|_| speaks && matches!(event.from, Some(End::Listed(_))));
        }
        if event.to.is_none() && event.trigger.act == Act::Hire {
            // "B는 X를 영입했다. Y도 데려왔다": who does it has been told.
            let subject = self.people.iter().any(|person| {
                person.last < event.at && person.part == Part::Subject && person.name.is_some()
            });
            let named = event.movers.iter().all(|mover| mover.name.is_some());
            let told = self.told.to.clone().filter(|to| Some(to) != event.from.as_ref());
            event.to = told.filter(|_| named && !subject && self.passage.field != Field::Title);
        }
        // "B 최고인사책임자 영입…C 출신 X": the house of the post takes somebody on.
        let mark = self.nodes.get(event.at + 1).is_some_and(Node::is_break);
        if event.to.is_none() && mark && self.passage.field == Field::Title {
            let opens = event.movers.iter().all(|mover| mover.first == 0 && mover.name.is_none());
            if opens && self.behind_mark(event.at).is_some() {
                event.to = event.from.take();
            }
        }
        self.settle(event)?;
        let country = self.is_country_post(event.at);
        if inside && !country && !event.movers.iter().any(|mover| mover.former) {
            event.kind = Kind::Promoted;
        }
        Some(())
    }

    /// "X 전 A 부사장, B CTO 선임": the headline of one who is appointed.
    pub(super) fn is_named(&self, event: &mut Event) -> Option<()> {
        let bare = event.trigger.form == Form::Noun(Part::None);
        if !bare || self.passage.field != Field::Title {
            return None;
        }
        let topic = |person: &&Person| {
            let comma = self.nodes.get(person.last + 1).is_some_and(Node::is_comma);
            person.last < event.at
                && person.name.is_some()
                && person.part == Part::None
                && comma
                && self.is_topic(person)
        };
        let named = self.people.iter().rev().find(topic)?;
        let between = self.nodes.get(named.last + 2..event.at)?;
        if between.iter().any(|node| node.is_break() || node.trigger().is_some()) {
            return None;
        }
        event.movers = vec![named.clone()];
        event.from = employer(&event.movers);
        event.to = self
            .company_with(event.at, &[Part::To, Part::At])
            .or_else(|| self.bare_company(event.at))
            .or_else(|| self.body_post(event.at))
            .or_else(|| {
                let post = self
                    .people
                    .iter()
                    .rev()
                    .find(|person| person.last < event.at && person.name.is_none())?;
                post.employer.clone()
            });
        if event.to.is_none() && matches!(event.from, Some(End::Listed(_))) {
            let first = event.movers.iter().map(|mover| mover.last).max()? + 2;
            let words = self.nodes.get(first..event.at)?;
            let (head, more) = words.split_first()?;
            let plain =
                head.kind == Is::Word && more.iter().all(Node::is_plain) && !more.is_empty();
            // A post at a body that nobody listed: "과기정통부 장관". Of one who still has a post
            // it has to be a public body: "A X 사장, DX부문장 선임" stays in the house.
            let house = End::Unlisted(head.stem.to_owned());
            let away = event.movers.iter().all(|mover| mover.former) || self.is_body(&house);
            let body = plain && away && !self.words.is("ordinary", head.stem);
            event.to = body.then_some(house);
        }
        self.settle(event)
    }

    /// "X가 B에 영입됐다", "X가 CTO로 임명됐다".
    pub(super) fn is_taken(&self, event: &mut Event) -> Option<()> {
        event.pattern = "is taken";
        event.movers = self.subject(event.at)?;
        event.to = self.destination(event.at).or_else(|| self.post(event.at));
        event.from = self.origin(event.at).or_else(|| employer(&event.movers));
        if event.to.is_none() && event.from.is_some() {
            // "LG AI연구원장이 과기정통부 장관 후보자로 지명"
            event.to = self
                .body_post(event.at)
                .or_else(|| self.post_elsewhere(event.at).filter(|house| self.is_body(house)))
                .or_else(|| {
                    let came = event.movers.iter().all(|mover| mover.former || mover.held);
                    self.post_elsewhere(event.at).filter(|_| came)
                });
        }
        if event.to.is_none() && event.trigger.act == Act::Appoint {
            // "후임에는 A 출신 X가 임명됐다": where the one before left.
            let follows = self.near(event.at, 9, |node| node.stem == "후임");
            event.to = self
                .told
                .from
                .clone()
                .filter(|_| follows)
                .or_else(|| self.company.map(End::Listed));
            // "후임으로는 A 부사장 X가 내정됐다": who has a post elsewhere comes from there.
            let elsewhere = matches!(event.from, Some(End::Listed(_)))
                && event.to.is_some()
                && event.from != event.to
                && !self.same_house(event.from.as_ref(), event.to.as_ref());
            let comes = event.movers.iter().all(|mover| mover.origin || mover.former);
            if !elsewhere && !comes {
                event.kind = Kind::Promoted;
                return Some(());
            }
        }
        self.settle(event)
    }

    /// A public body: 과학기술정보통신부, 국가AI위원회.
    fn is_body(&self, house: &End) -> bool {
        let End::Unlisted(name) = house else { return false };
        let ends = ["통신부", "위원회", "기획부", "자원부", "대학교", "재단"];
        self.words.is("body", name) || ends.iter().any(|tail| name.ends_with(tail))
    }

    /// Tells a new post in the same house from one elsewhere.
    pub(super) fn settle(&self, event: &mut Event) -> Option<()> {
        event.to.as_ref()?;
        let inside =
            event.from == event.to || self.same_house(event.from.as_ref(), event.to.as_ref());
        let former = event.movers.iter().all(|mover| mover.former);
        if inside {
            event.from = None;
            let back = former && event.trigger.act == Act::Hire;
            event.kind = if back { Kind::Joined } else { Kind::Promoted };
        } else {
            event.kind = if event.from.is_some() { Kind::Moved } else { Kind::Joined };
        }
        if event.trigger.act == Act::Appoint && event.from.is_none() {
            // Whether the new one comes from outside is not said.
            let passive = event.trigger.voice == Voice::Passive;
            let outside = event.movers.iter().any(|mover| mover.former);
            // Korean companies mostly fill posts from their own ranks.
            let korean = event.movers.iter().any(|mover| {
                mover.name.as_deref().is_some_and(|name| self.words.is_korean_name(name))
            });
            // "Y를 후임으로 임명": whoever follows comes mostly from within.
            let follows =
                self.near(event.at, 2, |node| node.stem == "후임" && node.part == Part::To);
            if follows && !outside && self.passage.field != Field::Title
                || korean && self.is_home(event.to.as_ref()) && !self.is_outside_post(event.at)
                || passive && !outside && !korean
            {
                event.kind = Kind::Promoted;
            } else if !outside {
                event.score -= 0.2;
            }
        }
        Some(())
    }

    /// A company that mostly fills its posts from its own ranks.
    fn is_home(&self, company: Option<&End>) -> bool {
        let Some(End::Listed(company)) = company else { return false };
        let company = self.passage.gazetteer.company(*company);
        company.is_some_and(|company| self.words.is("home", &company.id))
    }

    /// "사외이사 선임": a post that goes to somebody from outside.
    fn is_outside_post(&self, at: usize) -> bool {
        self.near(at, 4, |node| self.words.is("outside_post", node.stem))
    }
}
