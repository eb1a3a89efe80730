//! Headlines that say who moves without a verb: "X, 오픈AI행", "신임 CTO에 X", "후임 X".

use super::claim::{Event, Sentence, employer};
use super::ending::{Form, Part};
use super::node::{Kind as Is, Node};
use super::trigger::{Act, Trigger, Voice};
use super::verdict::Verdict;

use crate::extract::candidate::{Candidate, End};
use crate::model::{Field, Kind, Suppressed};

impl Sentence<'_, '_> {
    /// "X, 오픈AI행" and "A 출신 X, B로": no trigger word.
    pub(super) fn bound(&self, events: &[Event]) -> Vec<Candidate> {
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
            // "A 임원 3명 퇴사, B로": who left in the clause before goes there.
            let left = events.iter().rev().find(|event| {
                let told = matches!(event.verdict, Verdict::Asserted { .. });
                event.at < at && event.kind == Kind::Left && told
            });
            let own = self
                .subject(at)
                .map(|movers| (self.origin(at).or_else(|| employer(&movers)), movers));
            let other = || left.map(|event| (event.from.clone(), event.movers.clone()));
            let Some((from, movers)) = own.or_else(other) else { continue };
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
    pub(super) fn posted(&self) -> Vec<Candidate> {
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
    pub(super) fn succeeded(&self, events: &[Event]) -> Vec<Candidate> {
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
}
