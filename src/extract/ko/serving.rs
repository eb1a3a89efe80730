//! Who has a post at one house and comes from another: "전 A X가 B 로봇 부문을 이끈다".
//!
//! No verb says that anybody moved; the two houses do. What somebody leads is mostly no news, so a
//! summary has to say since when, or its headline has to speak of the newcomer.

use super::claim::{Event, Sentence, employer};
use super::ending::Form;
use super::node::{Kind as Is, Node};
use super::particle::Part;
use super::person::Person;
use crate::extract::candidate::{Candidate, End};
use crate::model::{Field, Kind, Suppressed};

/// The pattern of who has a post.
pub(super) const SERVES: &str = "serves";

impl Sentence<'_, '_> {
    /// "전 A X가 B의 제품 부문을 총괄한다".
    pub(super) fn serves(&self, event: &mut Event) -> Option<()> {
        event.pattern = SERVES;
        event.score = 0.8;
        event.movers = self.subject(event.at)?;
        // "A 챗GPT 총괄, B 제품 이끈다": one person by role and company.
        let title = self.passage.field == Field::Title;
        let one = |mover: &Person| {
            let posted = mover.role.is_some() && mover.employer.is_some();
            title && posted && !mover.common && !mover.plural && mover.count.is_none()
        };
        let told = event.movers.iter().all(|mover| mover.name.is_some() || one(mover));
        if !told || event.movers.len() > 2 {
            return None;
        }
        event.to = self
            .company_with(event.at, &[Part::From, Part::At, Part::Of, Part::Object])
            .filter(|house| self.is_in_clause(house, event.at))
            .or_else(|| self.house_of_post(event.at))
            // "B 대관 책임자로 일한다"
            .or_else(|| self.post_before(event.at));
        event.to.as_ref()?;
        if self.is_affair(event.at) {
            return None;
        }
        let came = event.movers.iter().all(|mover| mover.former || mover.held);
        let own = employer(&event.movers).filter(|own| Some(own) != event.to.as_ref());
        event.from = own.filter(|_| came || title);
        let inside = self.same_house(event.from.as_ref(), event.to.as_ref());
        if inside || !self.is_new_here(event) {
            return None;
        }
        event.kind = if event.from.is_some() { Kind::Moved } else { Kind::Joined };
        let outside = event.movers.iter().all(|mover| mover.employer != event.to);
        if event.from.is_none() && !(outside && self.is_dated(event.at)) {
            // Until another sentence says where X comes from.
            event.verdict = super::verdict::Verdict::Not(Suppressed::Historical);
        }
        Some(())
    }

    /// "A에서 모델을 개발했고 이번 주부터 본사에서 일한다": the verb before has the house.
    fn is_in_clause(&self, house: &End, at: usize) -> bool {
        let own = self.nodes.get(..at).unwrap_or(&[]).iter().rev();
        let mut clause = own.take_while(|node| {
            let goes_on = node.word.ends_with(['고', '며']) && node.word.chars().count() > 2;
            node.kind != Is::Predicate
                && !(node.kind == Is::Word && goes_on && node.part == Part::None)
        });
        clause.any(|node| match node.kind {
            Is::Company { company, .. } => *house == End::Listed(company),
            _ => false,
        })
    }

    /// "B 상대 소송을 맡는다", "B와의 협상을 총괄한다": done with the other house, not for it.
    fn is_affair(&self, at: usize) -> bool {
        let own = self.nodes.get(at.saturating_sub(7)..at).unwrap_or(&[]).iter().rev();
        let mut object =
            own.take_while(|node| !matches!(node.kind, Is::Company { .. }) && !node.is_break());
        object.any(|node| self.words.is("affair", node.stem))
    }

    fn post_before(&self, at: usize) -> Option<End> {
        let post = self.people.iter().rev().find(|post| post.last < at)?;
        let fits = post.name.is_none() && post.part == Part::To && !post.former;
        post.employer.clone().filter(|_| fits && at - post.last <= 3)
    }

    /// True where the sentence or the headline says that the post is new.
    fn is_new_here(&self, event: &Event) -> bool {
        let new = |node: &Node<'_>| matches!(node.word, "앞으로" | "새로" | "신임" | "초대" | "첫");
        let dated = self.is_dated(event.at) || self.near(event.at, 12, new);
        let planned = matches!(event.trigger.form, Form::Plan);
        self.passage.field == Field::Title
            || dated
            || planned
            || event.movers.iter().all(|mover| self.is_in_title(mover))
            || self.title_has_newcomer(event.from.as_ref())
    }

    /// "다음 달부터 B에서 일한다", but not "2020년부터".
    fn is_dated(&self, at: usize) -> bool {
        let head = self.nodes.get(at.saturating_sub(14)..at).unwrap_or(&[]);
        head.iter().enumerate().any(|(index, node)| {
            let before = index.checked_sub(1).and_then(|before| head.get(before));
            let before = before.map_or("", |node| node.word);
            let text = self.passage.text.get(node.span);
            let soon = matches!(before, "이번" | "다음" | "오는" | "내");
            let month = node.word.starts_with("월부터") && before != "지난";
            matches!(node.word, "이달부터" | "내달부터" | "내년부터" | "오늘부터" | "내주부터")
                || soon && (node.word.ends_with("주부터") || node.word.ends_with("달부터"))
                || month && text.starts_with(|ch: char| ch.is_ascii_digit())
        })
    }

    /// True where the headline names the person, by the last word of the name at least.
    fn is_in_title(&self, mover: &Person) -> bool {
        let name = mover.name.as_deref().and_then(|name| name.rsplit(' ').next());
        let title = self.title.map_or("", |title| title.text.norm.as_str());
        name.is_some_and(|name| name.chars().count() > 1 && title.contains(name))
    }

    /// "B 지휘관에 A 출신": the headline speaks of somebody from A.
    fn title_has_newcomer(&self, from: Option<&End>) -> bool {
        let (Some(title), Some(End::Listed(own))) = (self.title, from) else { return false };
        title.companies.iter().filter(|one| one.company == *own).any(|one| {
            let behind = title.text.norm.get(one.span.end..).unwrap_or("").trim_start();
            let before = title.text.norm.get(..one.span.start).unwrap_or("").trim_end();
            let former = before.strip_suffix(['전', '前']);
            let former = former.is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
            behind.starts_with("출신") || former
        })
    }
}

/// Lets a post count of which another sentence has told where its holder comes from.
pub(super) fn believe(candidates: &mut [Candidate]) {
    let waits = |one: &&mut Candidate| {
        one.pattern == SERVES && one.suppressed == Some(Suppressed::Historical)
    };
    let left: Vec<Candidate> = candidates
        .iter()
        .filter(|one| one.kind == Kind::Left && one.suppressed.is_none() && one.person.is_some())
        .cloned()
        .collect();
    for candidate in candidates.iter_mut().filter(waits) {
        let own = left.iter().find(|one| one.person == candidate.person);
        if let (None, Some(own)) = (&candidate.from, own) {
            candidate.from.clone_from(&own.from);
            candidate.kind = Kind::Moved;
        }
        if candidate.from.is_some() && candidate.from != candidate.to {
            candidate.suppressed = None;
        }
    }
}
