//! Headlines that give somebody a post without a verb, or say who it is behind a mark.

use super::claim::{Event, Sentence};
use super::ending::Form;
use super::node::{Kind as Is, Node};
use super::particle::Part;
use super::person::Person;
use super::trigger::{Act, Trigger};
use super::verdict::Verdict;
use crate::extract::candidate::{Candidate, End};
use crate::model::{Field, Kind};

impl Sentence<'_, '_> {
    /// "오픈AI 신임 CFO에 사라 프라이어": a post, then who gets it, and no trigger word.
    pub(super) fn posted(&self) -> Vec<Candidate> {
        let mut out = Vec::new();
        for pair in self.people.windows(2) {
            let [post, named] = pair else { continue };
            let ends = self
                .nodes
                .get(named.last + 1)
                .is_none_or(|next| next.is_break() && next.kind != Is::Break('?'));
            let title = self.passage.field == Field::Title;
            // "B의 새 CFO는 X 전 A 부사장이다."
            let told = post.part == Part::Topic && matches!(named.part, Part::Other | Part::Is);
            let fits = (title && named.part == Part::None || !title && told)
                && post.name.is_none()
                && !post.former
                && (post.part == Part::At
                    || post.part == Part::Topic && self.is_new(post)
                    || post.part == Part::To && named.former && named.employer.is_some())
                && named.name.is_some()
                && self
                    .nodes
                    .get(post.last + 1..named.first)
                    .is_some_and(|gap| gap.iter().all(Node::is_plain))
                && ends;
            // "A 임시 CEO에 X 최고전략책임자": a post of the same house.
            let inside = named.role.is_some()
                && named.employer.is_none()
                && !named.former
                && named.last > named.first;
            if fits && let Some(event) = self.called_away(post, named) {
                out.extend(self.report(&event));
                continue;
            }
            // "B, 신임 CTO에 X": the company stands before the comma.
            let topic = || self.company_subject(post.first + 1);
            let house = || self.posting_house(post, named);
            let to = post.employer.clone().or_else(topic).or_else(house);
            let Some(to) = to.filter(|_| fits && !inside) else { continue };
            let trigger = Trigger::silent(Act::Appoint);
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
            if self.settle(&mut event).is_none() {
                continue;
            }
            // "B, 조직 개편…제품 총괄에 X": posts are dealt out within the house.
            let dealt = self
                .nodes
                .iter()
                .any(|node| node.word.starts_with("개편") || node.word.starts_with("조직개편"));
            if dealt && event.from.is_none() {
                event.kind = Kind::Promoted;
            }
            out.extend(self.report(&event));
        }
        out
    }

    /// "B의 새 CFO는 X": the post has just been given.
    fn is_new(&self, post: &Person) -> bool {
        let head = self.nodes.get(post.first.saturating_sub(1)..post.last).unwrap_or(&[]);
        head.iter().any(|node| matches!(node.word, "새" | "첫" | "신임" | "초대" | "차기"))
    }

    /// "가나 CTO에 X 전 A 상무": a house that nobody listed takes somebody from one that is.
    fn posting_house(&self, post: &Person, named: &Person) -> Option<End> {
        let first = self.nodes.first()?;
        let watched = matches!(named.employer, Some(End::Listed(_))) && named.former;
        let fits = first.kind == Is::Word
            && first.part == Part::None
            && first.stem.chars().count() >= 2
            && post.first <= 5
            && (self.words.is("firm", first.stem) || !self.words.is("ordinary", first.stem))
            && self.nodes.get(..post.last).is_some_and(|head| head.iter().all(Node::is_plain));
        (watched && fits).then(|| End::Unlisted(first.stem.to_owned()))
    }

    /// "B, 첫 최고경제학자 영입…바이든 행정부 출신 X": the headline ends with who it is.
    pub(super) fn apposed(&self, event: &mut Event) {
        let alone = |mover: &Person| mover.name.is_none() && mover.count.is_none() && !mover.plural;
        // "A 창립멤버 또 떠난다…이번엔 칩 담당 X"
        let again = event.trigger.act == Act::Leave
            && self
                .nodes
                .get(event.at + 2)
                .is_some_and(|node| matches!(node.word, "이번엔" | "이번에는" | "주인공은"));
        let taken = (matches!(event.trigger.act, Act::Hire | Act::Appoint)
            && event.trigger.form == Form::Noun(Part::None)
            || again)
            && event.movers.iter().all(alone);
        let mark = self.nodes.get(event.at + 1).is_some_and(|node| node.is_break());
        if !taken || !mark || self.passage.field != Field::Title {
            return;
        }
        if let Some(named) = self.behind_mark(event.at) {
            event.from = event.from.take().or_else(|| named.employer.clone());
            event.movers = vec![named.clone()];
            // "B 대표 선임…A 출신 X": who comes from elsewhere is not promoted.
            let elsewhere = named.former && event.to.is_some() && named.employer.is_some();
            let apart = named.employer != event.to
                && !self.same_house(named.employer.as_ref(), event.to.as_ref());
            if event.kind == Kind::Promoted && elsewhere && apart {
                event.from.clone_from(&named.employer);
                event.kind = Kind::Moved;
            }
        }
    }

    /// The name with which a headline ends behind the mark at `at + 1`.
    pub(super) fn behind_mark(&self, at: usize) -> Option<&Person> {
        // "…MX사업부 부사장에 X": the post may stand before the name.
        let post = |person: &&Person| person.name.is_none() && person.part == Part::At;
        let mut behind = self.people.iter().filter(|person| person.first > at);
        let named = behind.find(|person| !post(person)).filter(|named| named.name.is_some())?;
        let head = self.nodes.get(at + 2..named.first)?;
        let ends = self.nodes.get(named.last + 1).is_none() && named.part == Part::None;
        (ends && head.iter().all(Node::is_plain)).then_some(named)
    }
}
