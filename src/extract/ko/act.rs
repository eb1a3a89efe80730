//! What each act needs: who moves, where from, where to.

use super::claim::{Event, Sentence, employer};
use super::ending::{Form, Part};
use super::node::{Kind as Is, Node, describes};
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
            event.to = event.to.take().or_else(|| self.company_subject(event.at));
        }
        event.from = self.origin(event.at).or_else(|| employer(&event.movers)).or_else(|| {
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
            let role_only =
                event.trigger.act == Act::Join && (titled || told || self.joins_as_role(event.at));
            if !role_only {
                return None;
            }
            let topic = || self.company.filter(|_| !titled).map(End::Listed);
            let speaker = || self.company_topic(event.at).filter(|_| told);
            let only = || self.only_company().filter(|_| titled && event.from.is_none());
            event.to = speaker()
                .or_else(|| self.company_subject(event.at))
                .or_else(topic)
                .or_else(only)
                .filter(|to| Some(to) != event.from.as_ref());
            event.to.as_ref()?;
        }
        if event.from == event.to || self.same_house(event.from.as_ref(), event.to.as_ref()) {
            // Returning to a former employer has no origin; moving inside one is a new post.
            if event.trigger.act == Act::Move && !event.movers.iter().all(|mover| mover.former) {
                event.kind = Kind::Promoted;
                event.from = None;
                return Some(());
            }
            event.from = self.origin(event.at).filter(|from| Some(from) != event.to.as_ref());
        }
        event.kind =
            if event.from.is_some() && event.to.is_some() { Kind::Moved } else { Kind::Joined };
        Some(())
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
        if self.near(event.at, 6, |node| self.words.begins("leave_of_absence", node.stem)) {
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
            .or_else(|| house.then(|| self.company.map(End::Listed)).flatten())
            .or_else(|| self.only_company().filter(|_| counted(&event.movers)))
            // "B의 Y가 X의 퇴사를 확인"
            .or_else(|| {
                let owned = event.movers.iter().any(|mover| mover.part == Part::Of);
                self.executive_subject(event.at).filter(|_| owned)
            });
        if event.from.is_none() {
            let former = event.movers.first().filter(|mover| mover.former);
            event.from = former.and_then(|mover| mover.employer.clone());
            // Who comes from A leaves another company now.
            let origin = event.movers.iter().any(|mover| mover.origin);
            event.score -= if origin { 0.5 } else { 0.3 };
        }
        event.from.is_some().then_some(())
    }

    /// The company that opens a headline and is the only one in it: "xAI 이탈 가속…11명 퇴사".
    fn only_company(&self) -> Option<End> {
        if self.passage.field != Field::Title {
            return None;
        }
        let mut companies =
            self.nodes.iter().enumerate().filter_map(|(at, node)| match node.kind {
                Is::Company { company, product: false } => Some((at, company)),
                _ => None,
            });
        let (at, company) = companies.next()?;
        (at == 0 && companies.next().is_none()).then_some(End::Listed(company))
    }

    /// A named person who resigns in a headline about one company resigns there, and so do its
    /// officers: "xAI, 공동창업자 2명 이탈…지미 바도 사임".
    pub(super) fn title_leave(&self, event: &Event) -> bool {
        event.movers.iter().all(|mover| {
            let own = self.nodes.get(mover.first..=mover.last).unwrap_or(&[]);
            // Another body inside the phrase is where the person leaves: "FTC 위원장".
            let body = own.iter().any(|node| {
                node.kind == Is::Word && !mover.span.contains(node.span) && !self.is_time(node)
            });
            let before = mover.first.checked_sub(1).and_then(|before| self.nodes.get(before));
            let apart = before.is_none_or(|node| {
                node.is_break()
                    || self.is_adverb(node)
                    || node.kind == Is::Trigger(event.trigger)
                    || self.passage.field != Field::Title
                    || node.word == "이어"
            });
            let known = mover.role.is_some() || mover.part == Part::Topic || mover.strength >= 0.85;
            mover.employer.is_none() && !body && apart && (known && mover.name.is_some())
        })
    }

    /// "앤트로픽으로 간 존 슐먼": the company that a clause before the name says was joined.
    pub(super) fn joined_before(&self, mover: &Person) -> Option<End> {
        let head = self.nodes.get(..mover.first)?;
        let verb =
            head.iter().rposition(|node| describes(node) || matches!(node.word, "간" | "온"))?;
        self.company_with(verb, &[Part::To, Part::At])
    }

    /// "A, X 해고".
    pub(super) fn fires(&self, event: &mut Event) -> Option<()> {
        event.pattern = "fires";
        event.kind = Kind::Left;
        event.movers = self.object(event.at)?;
        event.from = employer(&event.movers)
            .filter(|_| !event.movers.iter().any(|mover| mover.former))
            .or_else(|| self.company_subject(event.at))
            .or_else(|| self.origin(event.at));
        event.from.is_some().then_some(())
    }

    /// "B, A X 영입", "B가 A의 X를 영입".
    pub(super) fn takes(&self, event: &mut Event) -> Option<()> {
        event.pattern = "takes";
        let object = self.object(event.at);
        // "X 전 A 부사장, B CTO 선임": the post before the trigger is what X gets.
        let post = |movers: &Vec<Person>| {
            movers.iter().all(|mover| mover.name.is_none() && mover.part == Part::None)
        };
        if object.as_ref().is_none_or(post) && self.is_named(event).is_some() {
            return Some(());
        }
        event.movers = object?;
        let said = self.company_subject(event.at).or_else(|| self.executive_subject(event.at));
        let named = self.company_with(event.at, &[Part::To, Part::At]);
        event.from = self.origin(event.at).or_else(|| employer(&event.movers));
        // "피차이는 X를 딥마인드 부사장으로 임명": whoever appoints inside a company promotes.
        let inside = said.is_none() && event.from.is_none() && event.trigger.act == Act::Appoint;
        event.to = said.or(named).or_else(|| {
            let known = event.movers.iter().any(|mover| {
                mover.name.is_some()
                    && (!mover.former || mover.held)
                    && matches!(mover.employer, Some(End::Listed(_)))
            });
            self.unlisted_topic().filter(|_| known)
        });
        if event.to.is_none() && event.trigger.act == Act::Appoint {
            // "오픈AI 신임 CTO에 X 선임"
            event.to = self.post(event.at).or_else(|| event.from.clone());
        }
        self.settle(event)?;
        if inside && !event.movers.iter().any(|mover| mover.former) {
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
            // A post at a body that nobody listed: "과기정통부 장관".
            let body = plain && !self.words.is("ordinary", head.stem);
            event.to = body.then(|| End::Unlisted(head.stem.to_owned()));
        }
        self.settle(event)
    }

    /// "X가 B에 영입됐다", "X가 CTO로 임명됐다".
    pub(super) fn is_taken(&self, event: &mut Event) -> Option<()> {
        event.pattern = "is taken";
        event.movers = self.subject(event.at)?;
        event.to = self.destination(event.at).or_else(|| self.post(event.at));
        event.from = self.origin(event.at).or_else(|| employer(&event.movers));
        if event.to.is_none() && event.trigger.act == Act::Appoint {
            event.to = self.company.map(End::Listed);
            event.kind = Kind::Promoted;
            return Some(());
        }
        self.settle(event)
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
            if korean && self.is_home(event.to.as_ref()) && !self.from_outside(event.at)
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
    fn from_outside(&self, at: usize) -> bool {
        self.near(at, 4, |node| self.words.is("outside_post", node.stem))
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

    /// A company moves, not a person: kept for `explain`.
    pub(super) fn organisation(&self, event: &mut Event) -> Option<()> {
        let company = self.company_subject(event.at)?;
        if event.trigger.act == Act::Leave {
            event.to = None;
            event.from = Some(company);
        } else {
            event.from = Some(company);
            event.to.as_ref()?;
        }
        if event.from == event.to {
            return None;
        }
        event.verdict = Verdict::Not(Suppressed::Organisation);
        event.movers = Vec::new();
        Some(())
    }
}

/// True for a group of which only the number is known.
fn counted(movers: &[Person]) -> bool {
    movers
        .iter()
        .all(|mover| mover.name.is_none() && mover.count.is_some() && mover.employer.is_none())
}
