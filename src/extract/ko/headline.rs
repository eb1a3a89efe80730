//! Headlines that say who moves without a verb: "X, 오픈AI행", "신임 CTO에 X", "후임 X".

use super::claim::{Event, Sentence, employer};
use super::ending::Form;
use super::node::{Kind as Is, Node};
use super::particle::Part;
use super::person::Person;
use super::trigger::{Act, Trigger};
use super::verdict::{Around, Verdict};

use crate::extract::candidate::{Candidate, End};
use crate::model::{Field, Kind, Suppressed};

/// "X, KAIST 교수로"
pub(super) fn is_campus(word: &str) -> bool {
    let campus = ["KAIST", "카이스트", "MIT", "포스텍", "UNIST", "GIST", "CMU"].contains(&word);
    campus
        || word.chars().count() >= 3
            && ["대", "대학", "대학교"].iter().any(|tail| word.ends_with(tail))
}

impl Sentence<'_, '_> {
    /// "X, 오픈AI행" and "A 출신 X, B로": no trigger word.
    pub(super) fn bound(&self, events: &[Event]) -> Vec<Candidate> {
        let mut out = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let to = match node.kind {
                Is::Company { company, .. } => End::Listed(company),
                Is::Word
                    if self.words.is("firm", node.stem)
                        || self.words.is("body", node.stem)
                        || is_campus(node.stem) =>
                {
                    End::Unlisted(node.stem.to_owned())
                }
                _ => continue,
            };
            let post = self.post_end(at);
            let next = self.nodes.get(post.unwrap_or(at) + 1);
            let closes = next.is_none_or(Node::is_break);
            let ends = match node.part {
                _ if post.is_some() => closes,
                Part::None if self.arrow_before(at).is_some() => closes,
                Part::Bound => {
                    next.is_none_or(|next| !next.is_plain())
                        || next.is_some_and(|next| self.words.begins("asserted", next.word))
                }
                Part::To if self.shares_verb(at) => true,
                Part::To => closes && self.passage.field == Field::Title,
                _ => false,
            };
            let around = Around { words: self.words, nodes: self.nodes, at };
            if !ends || node.quoted && !around.is_sourced() {
                continue;
            }
            let Some((from, movers)) = self.who_goes(at, events) else { continue };
            let from = self.arrow_before(at).or(from);
            let to = Some(to);
            let from = from.filter(|own| Some(own) != to.as_ref());
            if from == to || self.same_house(from.as_ref(), to.as_ref()) {
                continue;
            }
            let trigger = Trigger::silent(Act::Move);
            let asks = next.is_some_and(|next| next.kind == Is::Break('?'));
            let verdict = if asks {
                Verdict::Not(Suppressed::Hypothetical)
            } else {
                Verdict::Asserted { rumour: false, doubt: 0.05 }
            };
            let kind = if from.is_some() { Kind::Moved } else { Kind::Joined };
            // "A 챗GPT 책임자, C CTO로": one person by role and company.
            let both = matches!((&from, &to), (Some(End::Listed(_)), Some(End::Listed(_))));
            // "A 연구원, B로": of two houses that are known even one of many is somebody.
            // "왕 모 연구원": a certain Wang.
            let certain = |mover: &Person| {
                let phrase = self.nodes.get(mover.first.saturating_sub(2)..mover.last);
                phrase.is_some_and(|own| own.iter().any(|node| node.word == "모"))
            };
            let by_role = |mover: &Person| {
                let one = mover.role.is_some() && !mover.plural && !certain(mover);
                one && (!mover.common || both)
            };
            let strong = movers.iter().all(|mover| {
                let several = mover.plural && matches!(from, Some(End::Listed(_)));
                mover.name.is_some() || mover.count.is_some() || by_role(mover) || several
            }) && from.is_some();
            // "X 카네기멜런대 교수, 오픈AI 이사로": who has a post elsewhere gets one here.
            let newcomer = post.is_some()
                && movers.iter().all(|mover| {
                    let korean =
                        mover.name.as_deref().is_some_and(|name| self.words.is_korean_name(name));
                    let campus = self.nodes.get(mover.first.saturating_sub(1)..mover.last);
                    let campus = campus.is_some_and(|own| own.iter().any(|it| is_campus(it.stem)));
                    mover.name.is_some() && mover.role.is_some() && (!korean || campus)
                });
            if post.is_some() && !strong && !newcomer {
                continue;
            }
            let strong = strong || newcomer;
            let told = node.part == Part::Bound || self.shares_verb(at);
            let score = if strong || told { 0.8 } else { 0.4 };
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
            if self.is_mere_seat(&event, post.unwrap_or(at)) {
                continue;
            }
            out.extend(self.report(&event));
        }
        out
    }

    /// "X, A→B": the house before the arrow.
    fn arrow_before(&self, at: usize) -> Option<End> {
        let arrow = at.checked_sub(1).and_then(|before| self.nodes.get(before))?;
        let house = at.checked_sub(2).and_then(|before| self.nodes.get(before))?;
        match house.kind {
            Is::Company { company, product: false }
                if matches!(arrow.kind, Is::Break('→' | '➔' | '⇒')) =>
            {
                Some(End::Listed(company))
            }
            _ => None,
        }
    }

    /// Who goes to the company at `at`, and from where.
    fn who_goes(&self, at: usize, events: &[Event]) -> Option<(Option<End>, Vec<Person>)> {
        // "A 임원 3명 퇴사, B로": who left in the clause before goes there.
        let left = events.iter().rev().find(|event| {
            let told = matches!(event.verdict, Verdict::Asserted { .. });
            event.at < at && event.kind == Kind::Left && told
        });
        let Some(movers) = self.subject(at) else {
            return left.map(|event| (event.from.clone(), event.movers.clone()));
        };
        let same = |event: &&Event| {
            event.movers.iter().any(|one| movers.iter().any(|own| own.span == one.span))
        };
        // "A 임원 대거 이탈: X B행"
        let nobody = |event: &&Event| {
            let named = event.movers.iter().any(|mover| mover.name.is_some());
            !named && movers.iter().all(|one| one.name.is_some() && one.employer.is_none())
        };
        let before =
            left.filter(|event| same(event) || nobody(event)).and_then(|event| event.from.clone());
        let from = self
            .origin(at)
            .or(before)
            .or_else(|| employer(&movers))
            .or_else(|| self.parallel_origin(&movers, None));
        Some((from.or_else(|| self.told_origin(at, &movers)), movers))
    }

    /// "X는 B로, Y는 C로 옮긴다": the verb of the second clause is the verb of both.
    fn shares_verb(&self, at: usize) -> bool {
        let comma = self.nodes.get(at + 1).is_some_and(Node::is_comma);
        let rest = self.nodes.get(at + 2..).unwrap_or(&[]);
        let verb = rest.iter().take(14).position(|node| node.trigger().is_some());
        let Some(verb) = verb.map(|verb| at + 2 + verb).filter(|_| comma) else { return false };
        let Some(trigger) = self.nodes.get(verb).and_then(Node::trigger) else { return false };
        let light = |node: &&Node<'_>| {
            let post = matches!(node.stem, "자리" | "적" | "둥지" | "소속" | "거취");
            self.is_time(node)
                || self.is_adverb(node)
                || post
                || matches!(node.word, "최근" | "각각")
        };
        let own = self.nodes.get(..verb).unwrap_or(&[]);
        let to = own.iter().rev().find(|node| !light(node));
        let equal = to.is_some_and(|node| {
            matches!(node.kind, Is::Company { .. }) && node.part == Part::To && verb > at + 3
        });
        let told = matches!(
            super::verdict::judge(self.words, self.nodes, verb, trigger),
            Verdict::Asserted { .. }
        );
        matches!(trigger.act, Act::Move | Act::Join | Act::Return) && equal && told
    }

    /// "X, B DX부문 부사장으로": where the phrase of the company ends in the post that X gets.
    fn post_end(&self, at: usize) -> Option<usize> {
        let own = self.nodes.get(at)?;
        let owned = self
            .people
            .iter()
            .any(|person| person.name.is_some() && person.first <= at && at <= person.last);
        if owned || own.part != Part::None || self.passage.field != Field::Title {
            return None;
        }
        for (index, node) in self.nodes.iter().enumerate().skip(at + 1).take(6) {
            match node.kind {
                Is::Role { .. } if node.part == Part::To => return Some(index),
                // "B 품으로", "B 초지능 연구소로"
                Is::Word
                    if (matches!(node.part, Part::To | Part::Bound)
                        || node.part == Part::At && index + 1 == self.nodes.len())
                        && (node.stem == "품" || self.words.ends("unit", node.stem)) =>
                {
                    return Some(index);
                }
                Is::Role { .. } | Is::Word | Is::Dot if node.part == Part::None => {}
                _ => return None,
            }
        }
        None
    }

    /// "X 퇴사…B 복귀": who left in the first half of a headline goes to B in the second.
    pub(super) fn follows(&self, left: &mut Event, at: usize, trigger: Trigger) {
        let start = self.clause_start(at);
        let goes = matches!(trigger.act, Act::Join | Act::Return | Act::Move)
            && matches!(trigger.form, Form::Noun(Part::None) | Form::Finite)
            && self.passage.field == Field::Title;
        let alone = !self.people.iter().any(|person| start <= person.first && person.first < at);
        let told = left.kind == Kind::Left && matches!(left.verdict, Verdict::Asserted { .. });
        let sure = matches!(
            super::verdict::judge(self.words, self.nodes, at, trigger),
            Verdict::Asserted { .. }
        );
        if !(goes && alone && told && sure && left.at < start) {
            return;
        }
        let to = self.destination(at).filter(|to| Some(to) != left.from.as_ref());
        if let Some(to) = to {
            left.to = Some(to);
            left.kind = Kind::Moved;
        }
    }
}
