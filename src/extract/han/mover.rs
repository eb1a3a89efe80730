//! Who moves, and why a move of theirs may not be worth telling.

use super::event::{Event, Frame};
use crate::extract::candidate::End;
use crate::extract::text::Span;
use crate::model::Suppressed;

/// What names a mover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    /// A name.
    Name,
    /// A post that tells one person apart.
    Role,
    /// A kind of person that many are.
    Staff,
    /// A team.
    Team,
    /// He, she.
    Pronoun,
    /// Only a number.
    Number,
}

/// Someone who moves.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mover {
    pub(crate) head: Head,
    pub(crate) name: Option<String>,
    pub(crate) span: Option<Span>,
    pub(crate) role: Option<String>,
    pub(crate) count: u32,
    /// Where the phrase says that the mover works or worked.
    pub(crate) owner: Option<u16>,
    /// Marked as former.
    pub(crate) former: bool,
    /// The role is described, as in "core member of the reasoning team".
    pub(crate) described: bool,
    /// A post is named, and no house that it is of.
    pub(crate) post: bool,
    /// An unnamed group beside named people.
    pub(crate) beside: bool,
}

impl Mover {
    /// Nobody in particular.
    pub(crate) fn nobody() -> Self {
        Self {
            head: Head::Pronoun,
            name: None,
            span: None,
            role: None,
            count: 0,
            owner: None,
            former: false,
            described: false,
            post: false,
            beside: false,
        }
    }

    /// The origin of this one of several movers.
    pub(crate) fn own_from(
        &self,
        from: &Option<End>,
        to: &Option<End>,
        movers: &[Self],
    ) -> Option<End> {
        let others = |end: u16| movers.iter().any(|mover| mover.owner == Some(end));
        match (self.owner, from) {
            (Some(own), Some(End::Listed(_)))
                if movers.len() > 1 && *to != Some(End::Listed(own)) =>
            {
                Some(End::Listed(own))
            }
            // "X and Y of A": where X works is not said.
            (None, Some(End::Listed(end))) if self.name.is_some() && others(*end) => None,
            _ => from.clone(),
        }
    }

    /// Why a move of this mover must not alert, where the words name nobody in particular; `ends`
    /// is how many ends are known.
    pub(crate) fn reason(&self, event: &Event, ends: usize, to_listed: bool) -> Option<Suppressed> {
        let hire = matches!(event.frame, Frame::Hire | Frame::Fire);
        let told = self.former || self.count > 1 || event.poach && self.described || self.is_top();
        // "A former manager of A at some other company": no move of A's that anybody could tell.
        let stale = self.former
            && self.name.is_none()
            && !to_listed
            && !matches!(event.frame, Frame::Leave | Frame::Quit);
        let vague = stale
            || match self.head {
                Head::Name | Head::Pronoun => false,
                // "One manager after another leaves": nobody in particular.
                Head::Role | Head::Staff if event.mood.repeated && self.count <= 1 => true,
                Head::Role => hire && ends < 2 && !told,
                Head::Staff => self.count == 0 && (ends < 2 || event.poach),
                Head::Team => ends < 2 && !self.described && self.count == 0,
                Head::Number => ends < 2,
            };
        vague.then_some(Suppressed::Generic)
    }

    /// "A 任命负责人 X 为 CTO": one who has a post already, and at A, where no other house is named.
    pub(crate) fn rises(&self, act: &str) -> bool {
        const ACTS: [&str; 20] = [
            "任命",
            "委任",
            "指派",
            "委派",
            "出任",
            "就任",
            "执掌",
            "執掌",
            "接掌",
            "指名",
            "選任",
            "选任",
            "起用",
            "登用",
            "抜擢",
            "抜てき",
            "据え",
            "充て",
            "就い",
            "就く",
        ];
        const POSTS: [&str; 26] = [
            "責任者",
            "创始人",
            "創始人",
            "联创",
            "聯創",
            "創業者",
            "創設者",
            "設立者",
            "创办人",
            "創辦人",
            "社長",
            "会長",
            "役員",
            "幹部",
            "部長",
            "主管",
            "负责人",
            "負責人",
            "总裁",
            "總裁",
            "总经理",
            "總經理",
            "高管",
            "CTO",
            "COO",
            "CFO",
        ];
        let post = self.role.as_deref().unwrap_or("");
        self.post && ACTS.contains(&act) && POSTS.iter().any(|end| post.ends_with(end))
    }

    /// True for one whom a company belongs to.
    pub(crate) fn is_owner(&self) -> bool {
        const OWNERS: [&str; 10] = [
            "创始人",
            "創始人",
            "创办人",
            "創辦人",
            "董事长",
            "董事長",
            "創業者",
            "総裁",
            "总裁",
            "總裁",
        ];
        self.name.is_some()
            && self.role.as_deref().is_some_and(|role| OWNERS.iter().any(|own| role.ends_with(own)))
    }

    /// True for a post that a company has but one of.
    pub(crate) fn is_top(&self) -> bool {
        const TOPS: [&str; 8] = ["首席", "CEO", "CTO", "COO", "CFO", "最高", "执行长", "執行長"];
        self.role.as_deref().is_some_and(|role| TOPS.iter().any(|top| role.contains(top)))
    }
}
