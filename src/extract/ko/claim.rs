//! Assembles candidates: who is the mover of a trigger, where from, where to.

use super::ending::Form;
use super::node::Node;
use super::person::Person;
use super::trigger::{Act, Trigger, Voice};
use super::verdict::{self, Verdict};
use super::words::Words;
use crate::extract::candidate::{Candidate, End, Passage};
use crate::extract::text::Span;
use crate::model::{Kind, Status, Suppressed};

/// Groups larger than this are a statistic.
const LARGE_GROUP: u32 = 30;

/// One sentence, read.
pub(super) struct Sentence<'a, 'b> {
    pub(super) words: &'b Words,
    pub(super) passage: &'b Passage<'a>,
    pub(super) span: Span,
    pub(super) nodes: &'b [Node<'a>],
    pub(super) people: &'b [Person],
    /// The person spoken of last, for 그는.
    pub(super) spoken_of: Option<&'b Person>,
    /// The company the title is about, for 회사를 떠나.
    pub(super) company: Option<u16>,
}

/// What a trigger says, before it is a candidate.
pub(super) struct Event {
    pub(super) at: usize,
    pub(super) trigger: Trigger,
    pub(super) movers: Vec<Person>,
    pub(super) from: Option<End>,
    pub(super) to: Option<End>,
    pub(super) kind: Kind,
    pub(super) verdict: Verdict,
    /// "합류하기 위해": what another act is for.
    pub(super) aims: bool,
    pub(super) pattern: &'static str,
    pub(super) score: f64,
}

impl Sentence<'_, '_> {
    /// Finds the candidates of the sentence.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let mut events: Vec<Event> = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let Some(trigger) = node.trigger() else { continue };
            let Some(mut event) = self.event(at, trigger) else { continue };
            // "떠나 합류했다": what came first in the sentence gives the origin.
            events.retain(|earlier| !complete(&mut event, earlier));
            events.push(event);
        }
        let told = events
            .iter()
            .filter(|event| event.verdict != Verdict::Aside || event.movers.is_empty());
        let mut out: Vec<Candidate> = told.flat_map(|event| self.report(event)).collect();
        out.extend(self.bound(&events));
        out.extend(self.posted());
        out.extend(self.succeeded(&events));
        out
    }

    fn event(&self, at: usize, trigger: Trigger) -> Option<Event> {
        let verdict = verdict::judge(self.words, self.nodes, at, trigger);
        let mut event = Event {
            at,
            trigger,
            movers: Vec::new(),
            from: None,
            to: None,
            kind: Kind::Joined,
            verdict,
            aims: self.aims(at),
            pattern: "",
            score: 0.85,
        };
        let passive = trigger.voice == Voice::Passive;
        match trigger.act {
            Act::Move | Act::Join | Act::Return => self.goes(&mut event)?,
            Act::Leave => self.leaves(&mut event)?,
            Act::Fire if passive => self.leaves(&mut event)?,
            Act::Fire => self.fires(&mut event)?,
            Act::Hire | Act::Appoint if passive => self.is_taken(&mut event)?,
            Act::Hire | Act::Appoint => self.takes(&mut event)?,
            Act::Found => self.founds(&mut event)?,
            Act::Promote => {
                event.movers = self.subject(at).or_else(|| self.object(at))?;
                event.to = event.movers.first().and_then(|mover| mover.employer.clone());
                event.kind = Kind::Promoted;
                event.pattern = "promoted";
            }
        }
        Some(event)
    }

    /// "X, A에서 B로 이직", "X B에 합류".
    fn goes(&self, event: &mut Event) -> Option<()> {
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
            self.company_subject(event.at).filter(|own| Some(own) != event.to.as_ref())
        });
        if event.to.is_none()
            && matches!(event.from, Some(End::Listed(_)))
            && event.trigger.act != Act::Return
        {
            let named =
                event.movers.iter().all(|mover| mover.name.is_some() || mover.count.is_some());
            event.to = self.unlisted_destination(event.at).filter(|_| named);
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
                && event.movers.iter().all(|mover| mover.name.is_some());
            let role_only =
                event.trigger.act == Act::Join && (titled || self.joins_as_role(event.at));
            if !role_only {
                return None;
            }
            let topic = || self.company.filter(|_| !titled).map(End::Listed);
            event.to = self.company_subject(event.at).or_else(topic);
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
    fn leaves(&self, event: &mut Event) -> Option<()> {
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
            return None;
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
                self.company_subject(event.at)
                    .filter(|_| officers && self.passage.field == Field::Title)
            })
            .or_else(|| house.then(|| self.company.map(End::Listed)).flatten());
        if event.from.is_none() {
            let former = event.movers.first().filter(|mover| mover.former);
            event.from = former.and_then(|mover| mover.employer.clone());
            // Who comes from A leaves another company now.
            let origin = event.movers.iter().any(|mover| mover.origin);
            event.score -= if origin { 0.5 } else { 0.3 };
        }
        event.from.is_some().then_some(())
    }

    /// A named person who resigns in a headline about one company resigns there, and so do its
    /// officers: "xAI, 공동창업자 2명 이탈…지미 바도 사임".
    fn title_leave(&self, event: &Event) -> bool {
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
    fn joined_before(&self, mover: &Person) -> Option<End> {
        let head = self.nodes.get(..mover.first)?;
        let verb =
            head.iter().rposition(|node| describes(node) || matches!(node.word, "간" | "온"))?;
        self.company_with(verb, &[Part::To, Part::At])
    }

    /// "A, X 해고".
    fn fires(&self, event: &mut Event) -> Option<()> {
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
    fn takes(&self, event: &mut Event) -> Option<()> {
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
        event.to = said.or(named).or_else(|| {
            let current = event.movers.iter().any(|mover| {
                mover.name.is_some()
                    && !mover.former
                    && matches!(mover.employer, Some(End::Listed(_)))
            });
            self.unlisted_topic().filter(|_| current)
        });
        if event.to.is_none() && event.trigger.act == Act::Appoint {
            // "오픈AI 신임 CTO에 X 선임"
            event.to = self.post(event.at).or_else(|| event.from.clone());
        }
        self.settle(event)
    }

    /// "X 전 A 부사장, B CTO 선임": the headline of one who is appointed.
    fn is_named(&self, event: &mut Event) -> Option<()> {
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
    fn is_taken(&self, event: &mut Event) -> Option<()> {
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
    fn settle(&self, event: &mut Event) -> Option<()> {
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
            if (passive || korean) && !outside {
                event.kind = Kind::Promoted;
            } else if !outside {
                event.score -= 0.2;
            }
        }
        Some(())
    }

    /// "전 A X, C 창업".
    fn founds(&self, event: &mut Event) -> Option<()> {
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

    /// "X, 오픈AI행" and "A 출신 X, B로": no trigger word.
    fn bound(&self) -> Vec<Candidate> {
        let mut out = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let Is::Company { company, .. } = node.kind else { continue };
            let next = self.nodes.get(at + 1);
            let closes = next.is_none_or(Node::is_break);
            let ends = match node.part {
                Part::Bound => {
                    next.is_none_or(|next| !next.is_plain())
                        || next.is_some_and(|next| self.words.begins("asserted", next.word))
                }
                Part::To => closes && self.passage.field == Field::Title,
                _ => false,
            };
            if !ends || node.quoted {
                continue;
            }
            let Some(movers) = self.subject(at) else { continue };
            let from = self.origin(at).or_else(|| employer(&movers));
            let to = Some(End::Listed(company));
            if from == to || self.same_house(from.as_ref(), to.as_ref()) {
                continue;
            }
            let trigger = Trigger {
                entry: 0,
                act: Act::Move,
                form: Form::Noun(Part::None),
                voice: Voice::Active,
                rumour: false,
                pair: false,
            };
            let asks = next.is_some_and(|next| next.kind == Is::Break('?'));
            let verdict = if asks {
                Verdict::Not(Suppressed::Hypothetical)
            } else {
                Verdict::Asserted { rumour: false, doubt: 0.05 }
            };
            let kind = if from.is_some() { Kind::Moved } else { Kind::Joined };
            let strong = movers.iter().all(|mover| mover.name.is_some() || mover.count.is_some())
                && from.is_some();
            let score = if strong || node.part == Part::Bound { 0.8 } else { 0.4 };
            let event = Event {
                at,
                trigger,
                movers,
                from,
                to,
                kind,
                verdict,
                aims: false,
                pattern: "bound",
                score,
            };
            out.extend(self.report(&event));
        }
        out
    }

    /// "오픈AI 신임 CFO에 사라 프라이어": a post, then who gets it, and no trigger word.
    fn posted(&self) -> Vec<Candidate> {
        let mut out = Vec::new();
        for pair in self.people.windows(2) {
            let [post, named] = pair else { continue };
            let ends = self.nodes.get(named.last + 1).is_none_or(Node::is_break);
            let fits = self.passage.field == Field::Title
                && post.name.is_none()
                && !post.former
                && post.part == Part::At
                && named.name.is_some()
                && named.part == Part::None
                && post.last + 1 == named.first
                && ends;
            let Some(to) = post.employer.clone().filter(|_| fits) else { continue };
            let trigger = Trigger {
                entry: 0,
                act: Act::Appoint,
                form: Form::Noun(Part::None),
                voice: Voice::Active,
                rumour: false,
                pair: false,
            };
            let mut event = Event {
                at: named.first,
                trigger,
                movers: vec![named.clone()],
                from: named.employer.clone(),
                to: Some(to),
                kind: Kind::Joined,
                verdict: Verdict::Asserted { rumour: false, doubt: 0.0 },
                aims: false,
                pattern: "posted",
                score: 0.85,
            };
            if self.settle(&mut event).is_some() {
                out.extend(self.report(&event));
            }
        }
        out
    }

    /// "X 사임, 후임 Y": who takes the post that somebody left.
    fn succeeded(&self, events: &[Event]) -> Vec<Candidate> {
        let mut out = Vec::new();
        for named in self.people.iter().filter(|person| person.name.is_some()) {
            let Some(cue) = named.first.checked_sub(1).and_then(|before| self.nodes.get(before))
            else {
                continue;
            };
            if !matches!(cue.stem, "후임" | "후임자")
                || matches!(cue.part, Part::Of | Part::Subject | Part::Topic)
            {
                continue;
            }
            let left = events.iter().find(|event| {
                event.at < named.first
                    && event.kind == Kind::Left
                    && matches!(event.verdict, Verdict::Asserted { .. })
            });
            let Some(left) = left else { continue };
            let acts = self.nodes.get(named.last + 1).is_some_and(|next| next.trigger().is_some());
            let unknown = named.employer.is_none() && named.role.is_some();
            if acts || unknown {
                continue;
            }
            let mut event = Event {
                at: left.at,
                trigger: Trigger { act: Act::Appoint, voice: Voice::Active, ..left.trigger },
                movers: vec![named.clone()],
                from: named.employer.clone(),
                to: left.from.clone(),
                kind: Kind::Joined,
                verdict: left.verdict,
                aims: false,
                pattern: "succeeded",
                score: 0.8,
            };
            if self.settle(&mut event).is_some() {
                out.extend(self.report(&event));
            }
        }
        out
    }

    /// A company moves, not a person: kept for `explain`.
    fn organisation(&self, event: &mut Event) -> Option<()> {
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

    /// True for "합류하기 위해", "합류를 위해".
    fn aims(&self, at: usize) -> bool {
        self.nodes.get(at + 1).is_some_and(|next| matches!(next.word, "위해" | "위해서" | "위한"))
    }

    // ---- arguments ----

    /// Who does what the trigger at `at` says.
    fn subject(&self, at: usize) -> Option<Vec<Person>> {
        // A name that only its place makes one must leave or change a company to be a person.
        let act = self.nodes.get(at).and_then(Node::trigger).map(|trigger| trigger.act);
        let telling = matches!(act, Some(Act::Leave | Act::Move));
        let sure = |person: &&Person| (person.strength > WEAK || telling) && person.last < at;
        let before = || self.people.iter().rev().filter(sure);
        let open = |person: &&Person| !self.is_taken_by_clause(person, at);
        let near = |person: &Person| self.only_light_between(person.last + 1, at);
        let comma = |person: &Person| self.nodes.get(person.last + 1).is_some_and(Node::is_comma);
        let found = before()
            .filter(open)
            .find(|person| match person.part {
                Part::Subject | Part::Topic => true,
                Part::None => near(person) || comma(person) && self.is_topic(person),
                _ => false,
            })
            .or_else(|| {
                before().find(|person| person.part == Part::Subject && at - person.last < 8)
            });
        if let Some(found) = found {
            return Some(match self.namesake(found) {
                Some(named) => vec![named],
                None => self.with_companions(found, at),
            });
        }
        let pronoun = self
            .nodes
            .get(..at)?
            .iter()
            .any(|node| matches!(node.word, "그는" | "그가" | "그녀는" | "그녀가" | "본인은"));
        pronoun.then(|| self.spoken_of.cloned().map(|person| vec![person])).flatten()
    }

    /// "밥 맥그루, 오픈AI 최고연구책임자 사임": the post belongs to the person before the comma.
    fn namesake(&self, post: &Person) -> Option<Person> {
        if post.name.is_some() || post.count.is_some() || post.part != Part::None {
            return None;
        }
        let named = self.people.iter().rev().find(|person| person.last < post.first)?;
        let between = self.nodes.get(named.last + 1..post.first)?;
        let alone = named.name.is_some() && named.part == Part::None && named.employer.is_none();
        (alone && between.len() == 1 && between.iter().all(Node::is_comma)).then(|| {
            let mut named = named.clone();
            named.employer.clone_from(&post.employer);
            named.role.clone_from(&post.role);
            named
        })
    }

    /// Everybody named in one breath with `found`, and those "together with".
    fn with_companions(&self, found: &Person, at: usize) -> Vec<Person> {
        let mut movers: Vec<Person> =
            self.people.iter().filter(|person| person.group == found.group).cloned().collect();
        let together = self.people.iter().filter(|person| {
            person.first > found.last
                && person.last < at
                && person.part == Part::With
                && person.name.is_some()
                && person.group != found.group
                && self.nodes.get(person.last + 1).is_some_and(|node| node.word == "함께")
        });
        let groups: Vec<usize> = together.map(|person| person.group).collect();
        for person in self.people.iter().filter(|person| groups.contains(&person.group)) {
            let mut person = person.clone();
            if person.employer.is_none() {
                person.employer.clone_from(&found.employer);
            }
            movers.push(person);
        }
        movers
    }

    /// Whom it is done to.
    fn object(&self, at: usize) -> Option<Vec<Person>> {
        let found =
            self.people.iter().rev().filter(|person| person.last < at).find(
                |person| match person.part {
                    Part::Object => at - person.last < 14 && !self.is_object_of_clause(person, at),
                    Part::None => self.only_light_between(person.last + 1, at),
                    _ => false,
                },
            )?;
        Some(self.people.iter().filter(|person| person.group == found.group).cloned().collect())
    }

    /// True where another verb stands between the object and the trigger.
    fn is_object_of_clause(&self, person: &Person, at: usize) -> bool {
        let between = self.nodes.get(person.last + 1..at).unwrap_or(&[]);
        between
            .iter()
            .any(|node| describes(node) || node.kind == Is::Predicate || node.trigger().is_some())
    }

    /// A headline's first phrase: nothing but its own words before the comma.
    fn is_topic(&self, person: &Person) -> bool {
        let before = self.nodes.get(..person.first).unwrap_or(&[]);
        before.iter().rev().take(1).all(|node| node.is_break() || node.kind == Is::Past)
            || self.passage.field == Field::Title
                && before.iter().all(|node| {
                    (node.trigger().is_none() || describes(node))
                        && !matches!(node.part, Part::Subject | Part::Topic | Part::Object)
                })
    }

    /// True where a clause that describes something has this person as its own subject.
    fn is_taken_by_clause(&self, person: &Person, at: usize) -> bool {
        if person.part != Part::Subject {
            return false;
        }
        let between = self.nodes.get(person.last + 1..at).unwrap_or(&[]);
        let Some(verb) = between.iter().position(|node| describes(node)) else { return false };
        let own = person.last + 1 + verb;
        if let Some(node) = self.nodes.get(own)
            && let Some(trigger) = node.trigger()
            && verdict::judge(self.words, self.nodes, own, trigger) == Verdict::Aside
        {
            return false;
        }
        // It is only a clause of its own where somebody else is the subject of the whole.
        self.people.iter().any(|other| {
            other.last < person.first && matches!(other.part, Part::Subject | Part::Topic)
        })
    }

    /// True where nothing that could be another argument stands in between.
    fn only_light_between(&self, from: usize, to: usize) -> bool {
        let Some(between) = self.nodes.get(from..to) else { return false };
        between.len() <= 7
            && between.iter().all(|node| match node.kind {
                Is::Company { .. } => true,
                Is::Word | Is::Dot | Is::Role { .. } | Is::Past => {
                    !matches!(node.part, Part::Subject | Part::Topic)
                }
                // "입사 4개월 만에"
                Is::Trigger(trigger) => {
                    trigger.form == Form::Noun(Part::None)
                        && matches!(trigger.act, Act::Join | Act::Return)
                }
                _ => false,
            })
            && !self
                .people
                .iter()
                .any(|person| person.first >= from && person.last < to && person.name.is_some())
    }

    /// Where the mover goes: B에, B로, B의 CTO로, or B right before the trigger.
    fn destination(&self, at: usize) -> Option<End> {
        self.company_with(at, &[Part::To, Part::At, Part::Bound]).or_else(|| self.bare_company(at))
    }

    /// A company that nobody listed, right before the trigger: "퍼리오딕랩스 합류".
    fn unlisted_destination(&self, at: usize) -> Option<End> {
        let node = self.nodes.get(at.checked_sub(1)?)?;
        let fits = node.kind == Is::Word
            && matches!(node.part, Part::None | Part::To | Part::At)
            && !self.words.is("ordinary", node.stem)
            && !self.words.is("unit", node.stem)
            && !self.words.ends("workplace", node.stem)
            && !self.words.ends("alliance", node.stem)
            && !self.is_time(node)
            && !self.is_adverb(node)
            && (node.is_latin && node.stem.starts_with(char::is_uppercase)
                || node.stem.chars().count() >= 3 && self.words.foreignness(node.stem) >= 0.4);
        fits.then(|| End::Unlisted(node.stem.to_owned()))
    }

    /// "스타트업으로 이직": to some other place of work.
    fn goes_somewhere(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.nodes.get(before));
        before.is_some_and(|node| {
            node.part == Part::To
                && matches!(node.stem, "스타트업" | "경쟁사" | "빅테크" | "학계" | "대학" | "업체")
        })
    }

    /// A에서, A를 떠나, "A 출신".
    fn origin(&self, at: usize) -> Option<End> {
        self.company_with(at, &[Part::From])
    }

    fn left_company(&self, at: usize, trigger: Trigger) -> Option<End> {
        // Only a verb takes the company as its object: "A를 떠나", but "X를 통해 퇴사를 알렸다".
        let noun = matches!(trigger.form, Form::Noun(_));
        let parts: &[Part] = if noun { &[Part::From] } else { &[Part::From, Part::Object] };
        self.company_with(at, parts).or_else(|| self.bare_company(at))
    }

    /// The company of the bare phrase right before the trigger: "오픈AI 사임", "메타 초지능 팀
    /// 합류", "앤트로픽 6개월 만에 떠나".
    fn bare_company(&self, at: usize) -> Option<End> {
        for index in (at.saturating_sub(6)..at).rev() {
            let node = self.nodes.get(index)?;
            match node.kind {
                Is::Company { company, .. } if matches!(node.part, Part::None | Part::Of) => {
                    let named = self.people.iter().any(|person| {
                        person.name.is_some() && person.first <= index && index <= person.last
                    });
                    let plain = node.part == Part::None || index + 1 < at;
                    return (!named && plain).then_some(End::Listed(company));
                }
                Is::Word if index + 1 == at => {
                    let number = self.is_time(node);
                    let post =
                        node.stem.ends_with(['직', '역']) || self.words.ends("unit", node.stem);
                    if !(number || post && node.part == Part::None || self.is_adverb(node)) {
                        return None;
                    }
                }
                Is::Word if node.part == Part::None || self.is_time(node) => {}
                Is::Role { .. } if node.part == Part::None => {}
                _ => return None,
            }
        }
        None
    }

    /// "6개월", "만에", "1년도".
    fn is_time(&self, node: &Node<'a>) -> bool {
        let text = self.passage.text.get(node.span);
        text.starts_with(|ch: char| ch.is_ascii_digit())
            || matches!(node.word, "만에" | "만" | "안" | "돼" | "새")
    }

    fn is_adverb(&self, node: &Node<'a>) -> bool {
        matches!(
            node.word,
            "전격"
                | "돌연"
                | "결국"
                | "또"
                | "다시"
                | "공식"
                | "동시"
                | "곧"
                | "끝내"
                | "잇달아"
                | "줄줄이"
                | "스스로"
                | "자진"
        )
    }

    /// The nearest company before the trigger whose phrase ends in one of the particles.
    fn company_with(&self, at: usize, parts: &[Part]) -> Option<End> {
        let floor = self.clause_start(at);
        for index in (floor..at).rev() {
            let Some(node) = self.nodes.get(index) else { continue };
            let part = self.phrase_part(index, at);
            if !part.is_some_and(|part| parts.contains(&part)) {
                continue;
            }
            if self.nodes.get(index + 1).is_some_and(|next| next.word.starts_with("통")) {
                continue;
            }
            if let Is::Company { company, .. } = node.kind {
                return Some(End::Listed(company));
            }
        }
        None
    }

    /// The particle of the phrase that the company at `index` opens; `None` where it belongs to a
    /// person's name.
    fn phrase_part(&self, index: usize, at: usize) -> Option<Part> {
        let node = self.nodes.get(index)?;
        if !matches!(node.kind, Is::Company { .. }) {
            return None;
        }
        let owner = self.people.iter().find(|person| person.first <= index && index <= person.last);
        let mut behind = index + 1;
        if let Some(owner) = owner {
            if owner.name.is_some() || owner.count.is_some() {
                return None;
            }
            if owner.part != Part::None {
                return Some(owner.part);
            }
            behind = owner.last + 1;
        } else if !matches!(node.part, Part::None | Part::Of) {
            return Some(node.part);
        }
        for next in behind..at.min(index + 8) {
            let follower = self.nodes.get(next)?;
            if follower.is_break() {
                return Some(Part::None);
            }
            if !matches!(follower.kind, Is::Word | Is::Role { .. } | Is::Dot | Is::Former) {
                return None;
            }
            if self.words.begins("alliance", follower.stem) && follower.part != Part::None {
                return None;
            }
            if !matches!(follower.part, Part::None | Part::Of) {
                return Some(follower.part);
            }
        }
        Some(Part::None)
    }

    /// Where the clause of the trigger begins: behind the trigger before it, or a strong break.
    fn clause_start(&self, at: usize) -> usize {
        for index in (0..at).rev() {
            let Some(node) = self.nodes.get(index) else { continue };
            let strong = matches!(node.kind, Is::Break(mark) if mark != ',');
            let verb = node.trigger().is_some_and(|trigger| {
                !matches!(trigger.form, Form::Noun(Part::None)) || index + 1 != at
            });
            if strong || verb {
                return index + 1;
            }
        }
        0
    }

    /// The company that does it: B가, B는, or "B," at the head of a title.
    fn company_subject(&self, at: usize) -> Option<End> {
        let mut fallback = None;
        for index in (0..at).rev() {
            let node = self.nodes.get(index)?;
            let Is::Company { company, product: false } = node.kind else { continue };
            let Some(part) = self.phrase_part(index, at) else { continue };
            if matches!(part, Part::Subject | Part::Topic | Part::Side) {
                if self.is_subject_of_clause(index, at) {
                    fallback = fallback.or(Some(End::Listed(company)));
                    continue;
                }
                return Some(End::Listed(company));
            }
            let topic = self.nodes.get(index + 1).is_some_and(Node::is_comma)
                && (index == 0
                    || self.nodes.get(index - 1).is_some_and(|node| {
                        node.is_break() || node.kind == Is::Dot || node.part == Part::Of
                    }));
            if topic && part == Part::None {
                return Some(End::Listed(company));
            }
        }
        fallback
    }

    /// "퀄컴, ...": a headline begins with a company that nobody listed.
    fn unlisted_topic(&self) -> Option<End> {
        let [first, second, ..] = self.nodes else { return None };
        let fits = self.passage.field == Field::Title
            && first.kind == Is::Word
            && first.part == Part::None
            && second.is_comma()
            && !self.words.is("ordinary", first.stem);
        fits.then(|| End::Unlisted(first.stem.to_owned()))
    }

    /// "샘 올트먼 오픈AI CEO는 X를 영입했다": the head of a company hires for it.
    fn executive_subject(&self, at: usize) -> Option<End> {
        let person = self.people.iter().find(|person| {
            person.last < at
                && matches!(person.part, Part::Subject | Part::Topic)
                && person.role.is_some()
                && !person.former
        })?;
        person.employer.clone()
    }

    /// "메타가 인수한 ...": the company does what describes another noun.
    fn is_subject_of_clause(&self, index: usize, at: usize) -> bool {
        let own = self.nodes.get(index).map(|node| node.part);
        own == Some(Part::Subject)
            && self.nodes.get(index + 1..at.min(index + 5)).unwrap_or(&[]).iter().any(describes)
    }

    /// The company of "B 신임 CTO에".
    fn post(&self, at: usize) -> Option<End> {
        let person = self.people.iter().rev().find(|person| {
            person.last < at && person.name.is_none() && matches!(person.part, Part::At | Part::To)
        })?;
        person.employer.clone().filter(|_| !person.former)
    }

    /// "최고과학자로 합류": a post without a company.
    fn joins_as_role(&self, at: usize) -> bool {
        self.people.iter().any(|person| {
            person.last < at
                && person.name.is_none()
                && person.part == Part::To
                && person.employer.is_none()
        })
    }

    /// "회장으로 물러나": another post in the same house.
    fn steps_aside(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.nodes.get(before));
        before.is_some_and(|node| {
            node.part == Part::To
                && (matches!(node.kind, Is::Role { .. }) || node.stem.ends_with('직'))
        })
    }

    /// The word that the trigger is done to, where it is neither company nor person.
    fn object_word(&self, at: usize) -> Option<&'a str> {
        let node = self.nodes.get(at.checked_sub(1)?)?;
        if matches!(node.kind, Is::Company { .. } | Is::Known) || node.is_break() {
            return None;
        }
        if self
            .people
            .iter()
            .any(|person| person.first < at && person.last + 1 == at && person.name.is_some())
        {
            return None;
        }
        // One syllable keeps its particle in the reading of words: "집을".
        let (short, short_part) = split_name(node.word);
        if node.kind == Is::Word && node.part == Part::None && short_part == Part::Object {
            return Some(short);
        }
        if node.part == Part::Object {
            return self.phrase_company(at - 1).is_none().then_some(node.stem);
        }
        self.words.is("elsewhere", node.stem).then_some(node.stem)
    }

    /// The company that the phrase ending at `end` opens with.
    fn phrase_company(&self, end: usize) -> Option<u16> {
        for index in (end.saturating_sub(6)..=end).rev() {
            let node = self.nodes.get(index)?;
            if let Is::Company { company, .. } = node.kind {
                return Some(company);
            }
            if index != end && !matches!(node.part, Part::None | Part::Of) || node.is_break() {
                return None;
            }
        }
        None
    }

    /// True where something else than a workplace is moved: "본사를 옮겼다".
    fn blocking_object(&self, at: usize, allowed: &[&str]) -> bool {
        let floor = self.clause_start(at);
        let own = self.nodes.get(floor..at).unwrap_or(&[]);
        own.iter().rev().take(3).any(|node| {
            node.part == Part::Object
                && matches!(node.kind, Is::Word)
                && !allowed.contains(&node.stem)
        })
    }

    /// "컨소시엄에 합류": an alliance of companies.
    fn has_alliance(&self, at: usize) -> bool {
        self.nodes.get(at.saturating_sub(2)..at).unwrap_or(&[]).iter().any(|node| {
            self.words.ends("alliance", node.stem) && !matches!(node.kind, Is::Company { .. })
        })
    }

    fn near(&self, at: usize, reach: usize, test: impl Fn(&Node<'a>) -> bool) -> bool {
        self.nodes.get(at.saturating_sub(reach)..at).unwrap_or(&[]).iter().any(test)
    }

    /// What was founded: the word before the trigger, and its company.
    fn founded(&self, at: usize) -> Option<(&'a str, Option<End>)> {
        let end = at.checked_sub(1)?;
        let node = self.nodes.get(end)?;
        if let Is::Company { company, .. } = node.kind {
            return Some((node.stem, Some(End::Listed(company))));
        }
        if node.kind != Is::Word || !matches!(node.part, Part::Object | Part::None) {
            return Some((node.stem, None));
        }
        // "디스커버리 루프라는 스타트업을"
        for before in (end.saturating_sub(4)..end).rev() {
            if let Some(named) = self.nodes.get(before)
                && let Is::Company { company, .. } = named.kind
                && named.part == Part::Is
            {
                return Some((node.stem, Some(End::Listed(company))));
            }
        }
        let mut first = end;
        while let Some(before) = first.checked_sub(1)
            && let Some(word) = self.nodes.get(before)
            && word.kind == Is::Word
            && word.part == Part::None
            && word.spaced
            && !self.words.is("ordinary", word.stem)
            && !self.people.iter().any(|person| person.first <= before && before <= person.last)
            && end - before < 4
        {
            first = before;
        }
        let start = self.nodes.get(first)?.span.start;
        let name =
            self.passage.text.get(Span::new(start, node.span.end)).trim_matches(['\'', '"', ' ']);
        let named = !self.words.is("ordinary", node.stem) && !name.is_empty();
        Some((node.stem, named.then(|| End::Unlisted(name.to_owned()))))
    }

    fn same_house(&self, a: Option<&End>, b: Option<&End>) -> bool {
        match (a, b) {
            (Some(End::Listed(a)), Some(End::Listed(b))) => self.passage.gazetteer.related(*a, *b),
            _ => false,
        }
    }

    // ---- reporting ----

    fn report(&self, event: &Event) -> Vec<Candidate> {
        let trigger = self.nodes.get(event.at).map_or(self.span, |node| node.span);
        let (verdict, rumour, doubt) = match event.verdict {
            Verdict::Asserted { rumour, doubt } => (None, rumour, doubt),
            Verdict::Aside => (Some(Suppressed::Historical), false, 0.0),
            Verdict::Not(reason) => (Some(reason), false, 0.0),
        };
        let denied = verdict.is_none() && verdict::denied(self.words, self.nodes, event.at);
        let status = if denied || verdict == Some(Suppressed::Negated) {
            Status::Denied
        } else {
            verdict::status(self.words, self.nodes, event.at, rumour)
        };
        let reason = if denied { Some(Suppressed::Negated) } else { verdict };
        let nobody = [None];
        let movers: Vec<Option<&Person>> = if event.movers.is_empty() {
            nobody.to_vec()
        } else {
            event.movers.iter().map(Some).collect()
        };
        movers
            .into_iter()
            .map(|mover| {
                let reason = reason.or_else(|| mover.and_then(|mover| unidentified(mover, event)));
                Candidate {
                    field: self.passage.field,
                    person: mover.and_then(|mover| mover.name.clone()),
                    person_span: mover.map(|mover| mover.span),
                    count: mover.and_then(|mover| mover.count).unwrap_or(1),
                    from: event.from.clone(),
                    to: event.to.clone(),
                    role: mover.and_then(|mover| mover.role.clone()),
                    kind: event.kind,
                    status,
                    trigger,
                    sentence: self.span,
                    suppressed: reason,
                    score: (event.score - doubt)
                        .min(mover.map_or(0.5, |mover| mover.strength + 0.1))
                        .clamp(0.0, 1.0),
                    pattern: event.pattern,
                }
            })
            .collect()
    }

    pub(super) fn same_house(&self, a: Option<&End>, b: Option<&End>) -> bool {
        match (a, b) {
            (Some(End::Listed(a)), Some(End::Listed(b))) => self.passage.gazetteer.related(*a, *b),
            _ => false,
        }
    }

    /// True for "합류하기 위해", "합류를 위해".
    pub(super) fn aims(&self, at: usize) -> bool {
        self.nodes.get(at + 1).is_some_and(|next| matches!(next.word, "위해" | "위해서" | "위한"))
    }
}

/// Why a mover without a name is nobody in particular.
fn unidentified(mover: &Person, event: &Event) -> Option<Suppressed> {
    if mover.name.is_some() {
        return None;
    }
    if matches!(event.verdict, Verdict::Asserted { rumour: true, .. })
        && event.from.is_none() | mover.origin
    {
        return Some(Suppressed::Hypothetical);
    }
    if let Some(count) = mover.count {
        return match count {
            _ if event.trigger.act == Act::Fire => Some(Suppressed::Statistics),
            0 | LARGE_GROUP.. => Some(Suppressed::Statistics),
            _ if event.from.is_none() => Some(Suppressed::Generic),
            _ => None,
        };
    }
    if mover.plural || mover.common {
        // "메타, 오픈AI 연구원 영입" is about somebody; "메타, AI 인재 영입" is not.
        let listed = |end: &Option<End>| matches!(end, Some(End::Listed(_)));
        let sure =
            matches!(event.verdict, Verdict::Asserted { doubt, rumour: false } if doubt <= 0.05);
        let somebody = sure
            && !mover.plural
            && !mover.former
            && listed(&event.from)
            && listed(&event.to)
            && !mover.role.as_deref().is_some_and(is_vague);
        return (!somebody).then_some(Suppressed::Generic);
    }
    // One person by role: the company must stand beside the role, or where the person comes from.
    mover.employer.is_none().then_some(Suppressed::Unidentified)
}

/// A role that names a crowd rather than one of it.
fn is_vague(role: &str) -> bool {
    matches!(
        role,
        "직원"
            | "인력"
            | "인재"
            | "임직원"
            | "관계자"
            | "인사"
            | "연구진"
            | "개발진"
            | "경영진"
            | "핵심"
    )
}

/// Where the movers work or worked.
pub(super) fn employer(movers: &[Person]) -> Option<End> {
    movers.iter().find_map(|mover| mover.employer.clone())
}

/// Gives `event` the origin that an earlier clause told of the same person; true where the
/// earlier clause has nothing more to say.
fn complete(event: &mut Event, earlier: &Event) -> bool {
    let same = earlier.movers.iter().any(|before| {
        event.movers.iter().any(|mover| mover.name == before.name && mover.span == before.span)
    });
    if same
        && earlier.trigger.form == Form::Connective
        && event.trigger.form == Form::Adnominal
        && matches!(event.verdict, Verdict::Not(_))
    {
        // "A를 떠나 B에 합류했던 X": the last verb speaks for both.
        return true;
    }
    if same && earlier.aims && event.kind == Kind::Left && earlier.to != event.from {
        // "B에 합류하기 위해 A를 떠났다"
        if earlier.kind != Kind::Founded {
            event.to.clone_from(&earlier.to);
            event.kind = Kind::Moved;
        }
        return true;
    }
    if earlier.verdict == Verdict::Not(Suppressed::Recap)
        && earlier.trigger.form == Form::Connective
    {
        // "2024년 A를 떠나 B에 합류했다": the year governs the whole enumeration.
        event.verdict = earlier.verdict;
        return false;
    }
    let told = match earlier.verdict {
        Verdict::Aside => true,
        Verdict::Asserted { .. } => {
            matches!(earlier.trigger.form, Form::Connective | Form::Quote | Form::Noun(_))
        }
        Verdict::Not(_) => false,
    };
    let fits = matches!(event.kind, Kind::Joined | Kind::Moved | Kind::Founded);
    let asserted = matches!(event.verdict, Verdict::Asserted { .. } | Verdict::Aside);
    if !(told && same && fits && asserted) || earlier.kind != Kind::Left || earlier.from == event.to
    {
        return false;
    }
    event.from.clone_from(&earlier.from);
    event.score = event.score.max(0.85);
    if event.kind == Kind::Joined {
        event.kind = Kind::Moved;
    }
    true
}
