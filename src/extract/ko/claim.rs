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

/// One sentence, read.
pub(super) struct Sentence<'a, 'b> {
    pub(super) words: &'b Words,
    pub(super) passage: &'b Passage<'a>,
    pub(super) span: Span,
    pub(super) nodes: &'b [Node<'a>],
    pub(super) people: &'b [Person],
    /// The person spoken of last, for 그는.
    pub(super) spoken_of: Option<&'b Person>,
    /// The people named in one breath last, for 이들은.
    pub(super) several: &'b [Person],
    /// The company the title is about, for 회사를 떠나.
    pub(super) company: Option<u16>,
    pub(super) title: Option<&'b Passage<'a>>,
    /// The ends that the sentences before have told.
    pub(super) told: Told,
}

/// Where people leave and where they go, as the article has told so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    pub(super) from: Option<End>,
    pub(super) to: Option<End>,
    /// Where a group that was told of leaves.
    pub(super) group: Option<End>,
}

/// What a trigger says, before it is a candidate.
#[derive(Clone)]
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

impl Event {
    /// One whose parts are still to be found.
    pub(super) fn new(at: usize, trigger: Trigger, verdict: Verdict) -> Self {
        Self {
            at,
            trigger,
            movers: Vec::new(),
            from: None,
            to: None,
            kind: Kind::Joined,
            verdict,
            aims: false,
            pattern: "",
            score: 0.85,
        }
    }
}

impl Sentence<'_, '_> {
    /// Finds the candidates of the sentence.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let mut events: Vec<Event> = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let Some(trigger) = node.trigger() else { continue };
            // "'A 축출 주도' X": what somebody is called.
            if node.epithet && self.nodes.get(at + 1).is_some_and(|next| next.epithet) {
                continue;
            }
            let Some(mut event) = self.event(at, trigger) else {
                if let Some(left) = events.last_mut() {
                    self.follows(left, at, trigger);
                }
                continue;
            };
            self.apposed(&mut event);
            let equals = self.equal_ends(&event);
            // "떠나 합류했다": what came first in the sentence gives the origin.
            events.retain(|earlier| !complete(&mut event, earlier));
            for earlier in &events {
                self.shares_origin(&mut event, earlier);
            }
            let twins = equals.into_iter().map(|to| Event { to: Some(to), ..event.clone() });
            events.extend(twins.collect::<Vec<_>>());
            events.extend(self.distribute(event));
        }
        let told = events
            .iter()
            .filter(|event| event.verdict != Verdict::Aside || event.movers.is_empty());
        let mut out: Vec<Candidate> = told.flat_map(|event| self.report(event)).collect();
        out.extend(self.bound(&events));
        out.extend(self.destined());
        out.extend(self.posted_elsewhere(&events));
        out.extend(self.titled_elsewhere(&events));
        out.extend(self.works_there(&events));
        out.extend(self.posted());
        out.extend(self.posted_somebody());
        out.extend(self.posted_away(&events));
        out.extend(self.succeeded(&events));
        out.extend(self.departing(&events));
        out.extend(self.replacing(&events));
        out.extend(self.made());
        out.extend(self.identified());
        out.extend(self.seated());
        out
    }

    fn event(&self, at: usize, trigger: Trigger) -> Option<Event> {
        let verdict = verdict::judge(self.words, self.nodes, at, trigger);
        let mut event = Event { aims: self.aims(at), ..Event::new(at, trigger, verdict) };
        let passive = trigger.voice == Voice::Passive;
        match trigger.act {
            Act::Move | Act::Join | Act::Return => {
                let plain = event.clone();
                if self.goes(&mut event).is_none() {
                    event = plain;
                    self.takes_post_elsewhere(&mut event)?;
                }
            }
            Act::Leave => self.leaves(&mut event)?,
            Act::Fire if passive => self.leaves(&mut event)?,
            Act::Fire => self.fires(&mut event)?,
            Act::Hire | Act::Appoint if passive => self.is_taken(&mut event)?,
            Act::Hire | Act::Appoint => self.takes(&mut event)?,
            Act::Found => self.founds(&mut event)?,
            Act::Head => self.heads(&mut event)?,
            Act::Lose => self.loses(&mut event)?,
            Act::Serve => self.serves(&mut event)?,
            Act::Promote => {
                event.movers = self.subject(at).or_else(|| self.object(at))?;
                event.to = event.movers.first().and_then(|mover| mover.employer.clone());
                event.kind = Kind::Promoted;
                event.pattern = "promoted";
            }
        }
        Some(event)
    }

    pub(super) fn report(&self, event: &Event) -> Vec<Candidate> {
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
            // "연구원과 엔지니어 24명": the number counts both.
            let counted = event.movers.iter().any(|mover| mover.count.is_some());
            let vague = |mover: &&Person| {
                counted && mover.name.is_none() && mover.count.is_none() && mover.common
            };
            event.movers.iter().filter(|mover| !vague(mover)).map(Some).collect()
        };
        movers
            .into_iter()
            .map(|mover| {
                let reason =
                    reason.or_else(|| mover.and_then(|mover| self.unidentified(mover, event)));
                Candidate {
                    field: self.passage.field,
                    person: mover.and_then(|mover| mover.name.clone()),
                    person_span: mover.map(|mover| mover.span),
                    count: mover.and_then(|mover| mover.count).unwrap_or(1),
                    from: self.own_origin(mover, event),
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

    /// Where this mover comes from: of several who move, each from their own house.
    fn own_origin(&self, mover: Option<&Person>, event: &Event) -> Option<End> {
        let own = mover.and_then(|mover| mover.employer.as_ref());
        let shared = event.from.is_some() && event.from == employer(&event.movers);
        let apart = own != event.to.as_ref() && !self.same_house(own, event.to.as_ref());
        let several = event.movers.len() > 1 && event.kind != Kind::Left;
        // Who comes from a house that nobody listed does not come from the other's.
        let told = several && shared && own.is_none();
        let elsewhere = told && mover.is_some_and(|mover| mover.former && mover.role.is_some());
        let shared_origin = event.from.as_ref().filter(|_| !elsewhere);
        own.filter(|_| several && shared && apart).or(shared_origin).cloned()
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
    if same && earlier.verdict == Verdict::Aside && earlier.to.is_some() {
        // "A에 합류한 지 한 달 만에 B로 돌아갔다"
        let arrived = matches!(earlier.kind, Kind::Joined | Kind::Moved);
        if arrived && event.kind == Kind::Joined && event.from.is_none() && event.to != earlier.to {
            event.from.clone_from(&earlier.to);
            event.kind = Kind::Moved;
            return true;
        }
        return false;
    }
    let fits = matches!(event.kind, Kind::Joined | Kind::Moved | Kind::Founded);
    let asserted = matches!(event.verdict, Verdict::Asserted { .. } | Verdict::Aside);
    // "교수직을 내려놓고 B로 간다": it was not B that X left.
    if told && same && fits && earlier.kind == Kind::Left && earlier.from == event.to {
        return true;
    }
    if !(told && same && fits && asserted) || earlier.kind != Kind::Left {
        return false;
    }
    event.from.clone_from(&earlier.from);
    event.score = event.score.max(0.85);
    if event.kind == Kind::Joined {
        event.kind = Kind::Moved;
    }
    true
}
