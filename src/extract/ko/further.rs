//! What a clause leaves to the ones before it, and posts that are taken over.

use super::claim::{Event, Sentence, employer};
use super::ending::Form;
use super::node::{Kind as Is, Node};
use super::particle::Part;
use super::person::Person;
use super::trigger::Act;
use super::verdict::Verdict;
use crate::extract::candidate::End;
use crate::model::{Field, Kind, Suppressed};

impl Sentence<'_, '_> {
    /// "전 A X, B 총괄 맡는다": a post at another company than the one X comes from.
    pub(super) fn heads(&self, event: &mut Event) -> Option<()> {
        let goes_on = self.nodes.get(event.at + 1).is_some_and(|next| next.word.starts_with('있'));
        let told = matches!(event.trigger.form, Form::Finite | Form::Plan | Form::Quote)
            || event.trigger.form == Form::Connective && !goes_on
            || event.trigger.form == Form::Future;
        event.pattern = "heads";
        // Who leads what is news only where the headline says so.
        let leads = self.nodes.get(event.at).is_some_and(|node| {
            let text = self.passage.text.get(node.span);
            ["이끌", "이끄", "이끈"].iter().any(|verb| text.contains(verb))
                && !text.contains("이끌게")
        });
        if leads && self.passage.field != Field::Title {
            return None;
        }
        event.movers = self.subject(event.at).filter(|_| told)?;
        let settled = event.movers.iter().all(|mover| mover.name.is_some());
        // "전 A X가 B에서 로봇 부문을 맡게 됐다": of who comes from A, B is where the post is.
        let came = event.movers.iter().all(|mover| mover.former && mover.employer.is_some());
        let origin = self.origin(event.at).filter(|_| !came);
        event.from = origin.or_else(|| employer(&event.movers));
        event.to = self
            .company_with(event.at, &[Part::Object, Part::Of, Part::From])
            .or_else(|| self.house_of_post(event.at));
        if event.to.is_none() && matches!(event.from, Some(End::Listed(_))) {
            event.to = self.unlisted_house(event.at);
        }
        // "C를 만든 X가 B의 첫 CPO가 됐다"
        let first = self.near(event.at, 5, |node| {
            matches!(node.word, "첫" | "초대" | "신임" | "새") && node.part == Part::None
        });
        let korean = event
            .movers
            .iter()
            .any(|mover| mover.name.as_deref().is_some_and(|name| self.words.is_korean_name(name)));
        let comes = matches!(event.from, Some(End::Listed(_)))
            || came && event.from.is_some()
            || first && !korean && !matches!(event.trigger.form, Form::Future);
        let apart = event.from != event.to
            && !self.same_house(event.from.as_ref(), event.to.as_ref())
            && comes;
        event.kind = if event.from.is_some() { Kind::Moved } else { Kind::Joined };
        if settled && event.from.is_none() && !comes && event.to.is_some() {
            // Until another sentence says where X comes from.
            event.pattern = super::serving::SERVES;
            event.verdict = Verdict::Not(Suppressed::Historical);
            return Some(());
        }
        (settled && apart && event.to.is_some()).then_some(())
    }

    /// "A 떠난 X, 가나 CEO 올랐다": a house that nobody listed, right before the post.
    fn unlisted_house(&self, at: usize) -> Option<End> {
        let house = self.nodes.get(at.checked_sub(1)?)?;
        let fits = self.passage.field == Field::Title
            && house.kind == Is::Word
            && house.part == Part::None
            && house.stem.chars().count() >= 2
            && !self.words.is("unit", house.stem)
            && !self.words.ends("unit", house.stem)
            && !self.is_time(house)
            && !self.is_adverb(house)
            && (self.words.is("firm", house.stem)
                || !self.words.is("ordinary", house.stem)
                    && !super::stranger::is_news_word(house.stem));
        let named = self.people.iter().any(|one| one.first < at && at <= one.last + 1);
        (fits && !named).then(|| End::Unlisted(house.stem.to_owned()))
    }

    /// The company of the post that is taken over: "B 제품 총괄을 맡는다".
    pub(super) fn house_of_post(&self, at: usize) -> Option<End> {
        let before = (at.saturating_sub(6)..at).rev().filter_map(|index| self.nodes.get(index));
        for node in before {
            match node.kind {
                Is::Company { company, product: false } => {
                    let plain = matches!(node.part, Part::None | Part::Of);
                    return plain.then_some(End::Listed(company));
                }
                Is::Word | Is::Role { .. } | Is::Dot | Is::Former
                    if matches!(node.part, Part::None | Part::Of | Part::Object) => {}
                _ => return None,
            }
        }
        None
    }

    /// "스케일링 팀에 합류한다", "X도 함께 합류한다": where the others went.
    pub(super) fn joins_too(&self, event: &Event) -> bool {
        let before = event.at.checked_sub(1).and_then(|before| self.nodes.get(before));
        let unit = before.is_some_and(|node| {
            node.kind == Is::Word
                && matches!(node.part, Part::At | Part::To)
                && self.words.is("unit", node.stem)
        });
        let too = event.movers.iter().any(|mover| self.is_added(mover))
            && event.movers.iter().all(|mover| mover.name.is_some() || mover.count.is_some())
            && before.is_some_and(|node| {
                matches!(node.word, "함께" | "같이" | "나란히") || node.kind != Is::Word
            });
        self.told.to.is_some() && (unit || too)
    }

    /// "또 다른 공동 창업자 X는 B로 이직": where the others came from.
    pub(super) fn told_origin(&self, at: usize, movers: &[Person]) -> Option<End> {
        let posted = movers
            .iter()
            .all(|mover| mover.name.is_some() && mover.employer.is_none() && mover.role.is_some());
        // "모델 팀에서도 X가 B로"
        let own_unit = self.nodes.get(..at).unwrap_or(&[]).iter().any(|node| {
            node.kind == Is::Word && node.part == Part::From && self.words.ends("unit", node.stem)
        });
        let title = self.passage.field == Field::Title;
        let topic = || {
            let company = self.company.map(End::Listed);
            // A company of this very sentence has its part in it told.
            let spoken_of = |own: &End| {
                self.nodes.iter().any(|node| match node.kind {
                    Is::Company { company, .. } => *own == End::Listed(company),
                    _ => false,
                })
            };
            company.filter(|own| posted && !spoken_of(own) && self.told.to.as_ref() != Some(own))
        };
        let free = movers.iter().all(|mover| mover.name.is_some() && mover.employer.is_none());
        // "A 인력이 잇따라 떠난다. X는 B로 옮겼다"
        let group = self.told.group.clone().filter(|_| free && !title);
        if group.is_some() {
            return group;
        }
        let told = self.told.from.clone().or_else(topic);
        // "A의 X가 B로 옮겼다. Y는 C로 갔다": the article is about who leaves A.
        let about = self.company.map(End::Listed);
        let leaving = free && about.is_some() && self.told.from == about && self.told.to != about;
        let posted = posted || leaving;
        let back = self.nodes.get(at).and_then(Node::trigger);
        let back = back.is_some_and(|trigger| trigger.act == Act::Return);
        told.filter(|_| (posted || own_unit) && !title && !back)
    }

    /// "X가 A에서 퇴사했고, 전 총괄 Y는 B로 갔다": both come from A.
    pub(super) fn shares_origin(&self, event: &mut Event, earlier: &Event) {
        let posted = event
            .movers
            .iter()
            .all(|mover| mover.name.is_some() && mover.employer.is_none() && mover.role.is_some());
        // "A 임원 대거 이탈: X B행", "A에서 X가 떠나고, Y는 B에 합류"
        let nobody = earlier.movers.iter().all(|mover| mover.name.is_none());
        let heads = self.passage.field == Field::Title && nobody
            || earlier.trigger.form == Form::Connective
                && self.nodes.first().is_some_and(|node| node.part == Part::From);
        let free =
            event.movers.iter().all(|mover| mover.name.is_some() && mover.employer.is_none());
        let posted = posted || heads && free;
        // "X가 B로 옮긴 데 이어 같은 팀의 Y도 B로 갔다"
        let same = earlier.kind == Kind::Moved
            && earlier.to == event.to
            && self.nodes.iter().any(|node| node.word == "같은");
        if same && event.kind == Kind::Joined && event.from.is_none() {
            event.from.clone_from(&earlier.from);
            event.kind = Kind::Moved;
            return;
        }
        // "X가 A를 떠난 데 이어 연구원 Z도 퇴사 사실을 공개했다"
        let both = event.kind == Kind::Left && earlier.kind == Kind::Left && posted;
        let said = matches!(earlier.verdict, Verdict::Asserted { .. });
        if both && said && event.from == earlier.from && earlier.from.is_some() {
            event.score = event.score.max(0.8);
            return;
        }
        let left = earlier.kind == Kind::Left && matches!(earlier.from, Some(End::Listed(_)));
        let apart = !self.same_house(earlier.from.as_ref(), event.to.as_ref());
        let told = matches!(earlier.verdict, Verdict::Asserted { .. });
        if posted && left && apart && told && event.kind == Kind::Joined && event.from.is_none() {
            event.from.clone_from(&earlier.from);
            event.kind = Kind::Moved;
        }
    }
}
