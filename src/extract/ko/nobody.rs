//! Whether somebody without a name is anybody in particular.

use super::claim::{Event, Sentence};
use super::ending::Form;
use super::incoming::INCOMING;
use super::node::Kind as Is;
use super::particle::Part;
use super::person::Person;
use super::trigger::Act;
use super::verdict::Verdict;
use crate::extract::candidate::End;
use crate::model::{Field, Suppressed};

/// Groups larger than this are a statistic.
const LARGE_GROUP: u32 = 30;

impl Sentence<'_, '_> {
    /// Why a mover without a name is nobody in particular.
    pub(super) fn unidentified(&self, mover: &Person, event: &Event) -> Option<Suppressed> {
        if mover.name.is_some() {
            return None;
        }
        if matches!(event.verdict, Verdict::Asserted { rumour: true, .. })
            && event.trigger.form != Form::Adnominal
            && event.from.is_none() | mover.origin
        {
            return Some(Suppressed::Hypothetical);
        }
        // "지사장 교체설"
        let talk = matches!(event.verdict, Verdict::Asserted { rumour: true, .. });
        if talk && event.trigger.act == Act::Fire && mover.count.is_none() {
            return Some(Suppressed::Hypothetical);
        }
        if event.pattern == "acquihire" && event.from.is_some() && event.to.is_some() {
            return None;
        }
        // "A, 인프라 총괄 잃었다": the house that loses them tells who it is.
        let lost = event.pattern == "loses" && !mover.common && !mover.plural;
        if event.pattern == INCOMING || lost && mover.role.is_some() {
            return None;
        }
        if let Some(count) = mover.count {
            // "국정감사 자료에 따르면 올해 연구원 11명이": counted, not told.
            let sums = ["자료", "통계", "보고서", "국감", "국정감사", "집계", "조사"];
            let counted =
                self.nodes.iter().any(|node| sums.iter().any(|sum| node.word.starts_with(sum)));
            // "직원 10명 중 3명": a rate.
            let rate = self.nodes.get(mover.last + 1).is_some_and(|next| next.word == "중");
            return match count {
                _ if counted || rate => Some(Suppressed::Statistics),
                _ if event.trigger.act == Act::Fire => Some(Suppressed::Statistics),
                0 | LARGE_GROUP.. => Some(Suppressed::Statistics),
                _ if event.from.is_none() => Some(Suppressed::Generic),
                _ => None,
            };
        }
        let listed = |end: &Option<End>| matches!(end, Some(End::Listed(_)));
        if mover.plural || mover.common {
            // "메타, 오픈AI 연구원 영입" is about somebody; "메타, AI 인재 영입" is not.
            let told = event.trigger.form == Form::Adnominal;
            let sure = matches!(event.verdict, Verdict::Asserted { doubt, rumour }
                if doubt <= 0.05 && (!rumour || told));
            let taken = matches!(event.trigger.act, Act::Hire | Act::Appoint);
            let somebody = sure
                && !mover.plural
                && (!mover.former || mover.held || taken && self.is_given_post(mover, event.at))
                && listed(&event.from)
                && (listed(&event.to) || self.has_led(mover))
                && !mover.role.as_deref().is_some_and(is_vague);
            let senior = self.is_senior(mover, event)
                && (listed(&event.from) || listed(&event.to))
                && self.is_house(&event.from)
                && self.is_house(&event.to);
            return (!(somebody || senior || sure && self.is_group(mover, event)))
                .then_some(Suppressed::Generic);
        }
        // One person by role: the company must stand beside the role, or where the person comes from.
        let both = listed(&event.from) && listed(&event.to) && !mover.plural;
        // "최고재무책임자는 회사를 나갔다": of the house that the article is about.
        let about = self.company.map(End::Listed);
        let officer = mover.role.as_deref().is_some_and(|role| role.starts_with("최고"));
        if officer && event.trigger.act == Act::Leave && event.from.is_some() && event.from == about
        {
            return None;
        }
        (mover.employer.is_none() && !both).then_some(Suppressed::Unidentified)
    }

    /// "A 핵심 개발진, B로 이직": a group that goes from one house to another.
    fn is_group(&self, mover: &Person, event: &Event) -> bool {
        let listed = |end: &Option<End>| matches!(end, Some(End::Listed(_)));
        let several = mover.plural || mover.role.as_deref().is_some_and(is_vague);
        let goes = matches!(event.trigger.act, Act::Move | Act::Join | Act::Hire | Act::Return);
        let told = !matches!(event.trigger.form, Form::Quote | Form::Plan);
        let apart =
            event.from != event.to && !self.same_house(event.from.as_ref(), event.to.as_ref());
        let current = !mover.origin || mover.held;
        // "2년간 40명": what is added up is no news.
        let summed = self.nodes.iter().any(|node| match node.kind {
            Is::Count(count) => count >= LARGE_GROUP,
            _ => node.word.ends_with("년간"),
        });
        // "X와 직원 일부가": they go where X goes.
        let along = event.movers.iter().any(|one| one.name.is_some());
        let ends = listed(&event.to) && (listed(&event.from) || along && event.from.is_some());
        several && goes && told && apart && current && !summed && ends
    }

    /// "A의 AI 전환을 이끌던 임원": what somebody led tells who it is.
    fn has_led(&self, mover: &Person) -> bool {
        let phrase = self.nodes.get(mover.first..mover.last).unwrap_or(&[]).iter();
        let led = ["이끌", "이끈", "총괄", "주도", "책임"];
        let mut verbs = phrase.filter(|node| node.kind == Is::Adnominal);
        mover.held && verbs.any(|node| led.iter().any(|head| node.word.starts_with(head)))
    }

    /// "전 A 임원을 북미 센터장으로 영입": the new post says that it is one person.
    fn is_given_post(&self, mover: &Person, at: usize) -> bool {
        self.people.iter().any(|post| {
            let between = mover.last < post.first && post.last < at;
            between && post.name.is_none() && post.part == Part::To && !post.common
        }) || self.people.iter().any(|post| {
            // "B, 부문장에 A 출신 영입"
            let before = post.last < mover.first && self.passage.field == Field::Title;
            before && post.name.is_none() && post.part == Part::At && !post.common
        })
    }
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
