//! Where someone comes from and goes to: by what the sentence says, else by what stands around it.

use super::article::Article;
use super::event::{Event, Frame};
use super::mover::{Head, Mover};
use super::resolve::{Made, Resolver};
use super::view::View;
use crate::model::Suppressed;

/// The ends of a move and how it was read.
#[derive(Default)]
pub(super) struct Ends {
    pub(super) from: Option<u16>,
    pub(super) to: Option<u16>,
    pub(super) unlisted_from: Option<String>,
    pub(super) unlisted_to: Option<String>,
    /// An end was taken from farther away.
    pub(super) guessed: bool,
}

/// All that speaks for the ends of one event.
pub(super) struct Clues<'a> {
    pub(super) resolver: &'a Resolver<'a>,
    pub(super) event: &'a Event,
    pub(super) subject: &'a View,
    pub(super) object: &'a View,
    pub(super) movers: &'a [Mover],
    pub(super) made: &'a [Made],
    pub(super) article: &'a Article,
    /// The event before with the same mover.
    pub(super) serial: Option<&'a Made>,
    /// Where the mover works by the words around the name.
    pub(super) owner: Option<u16>,
    /// What stands behind "from".
    pub(super) said: Option<u16>,
    /// The nearest company of the clauses before.
    pub(super) near: Option<u16>,
}

impl<'a> Clues<'a> {
    /// Gathers what the event and its surroundings tell.
    pub(super) fn new(
        resolver: &'a Resolver<'a>,
        event: &'a Event,
        [subject, object]: [&'a View; 2],
        movers: &'a [Mover],
        made: &'a [Made],
        article: &'a Article,
    ) -> Self {
        let possessor = resolver.view(&event.possessor).first();
        let direct = matches!(event.frame, Frame::Hire)
            || matches!(event.frame, Frame::Fire) && !event.mood.passive;
        Self {
            resolver,
            event,
            subject,
            object,
            movers,
            made,
            article,
            serial: event.serial.and_then(|index| made.get(index)),
            owner: movers.iter().find_map(|mover| mover.owner).or(possessor.filter(|_| !direct)),
            said: resolver.view(&event.from).first(),
            near: resolver.nearest(event),
        }
    }

    /// The last move told.
    fn last(&self) -> Option<&'a Made> {
        let told = |made: &&Made| !matches!(made.frame, Frame::Roster | Frame::Served);
        self.made.iter().rev().find(told)
    }

    /// The ends by the event's frame.
    pub(super) fn ends(&self) -> Ends {
        let unlisted_from = self.resolver.view(&self.event.from).unlisted;
        let mut ends = Ends { unlisted_from, ..Ends::default() };
        match self.event.frame {
            Frame::Leave | Frame::Quit | Frame::Fire => self.left(&mut ends),
            Frame::Join | Frame::Enlist => self.joined(&mut ends),
            Frame::Hire => self.hired(&mut ends),
            Frame::Found => {
                let before = self.serial.and_then(|made| made.ends.from);
                ends.from = self.said.or(self.owner).or(before);
                ends.to = self.object.destination().filter(|to| Some(*to) != ends.from);
            }
            Frame::Served => ends.from = self.said,
            Frame::Roster => {}
            Frame::Promote => ends.to = self.owner.or(self.object.first()).or(self.near),
        }
        ends
    }

    fn left(&self, ends: &mut Ends) {
        let (owner, said, near) = (self.owner, self.said, self.near);
        // "X of A quits the delegation": not A.
        let elsewhere = self.event.frame == Frame::Quit && self.object.is_other();
        let employer = match self.event.frame {
            Frame::Fire if self.event.mood.passive => {
                let agent = self.resolver.view(&self.event.agent).first();
                agent.or(self.object.first()).or(owner)
            }
            Frame::Fire => self.subject.employer(),
            _ => self
                .object
                .destination()
                .or(self.object.post())
                .or(said)
                .or(owner.filter(|_| !elsewhere)),
        };
        ends.from = employer;
        let named = self.object.is_other() && self.event.frame == Frame::Quit;
        if ends.from.is_none() && !named && ends.unlisted_from.is_none() {
            let back =
                self.serial.filter(|made| made.ends.to.is_some()).and_then(|made| made.ends.to);
            // "X went from A to B. Y has left, too": from A.
            let went = |made: &&Made| near.is_some() && made.ends.to == near;
            let gone = self.made.iter().rev().find(went);
            let near = gone.and_then(|last| last.ends.from).or(near);
            ends.from = back.or(near).or(self.article.sole).or(self.article.title);
            ends.guessed = back.is_none();
            // "Three founders are gone: X and Y have left".
            let bare = self.event.object.is_empty()
                && self.event.subject.len() < 8
                && self.movers.iter().all(|mover| mover.name.is_some());
            let named = self.movers.iter().any(|mover| mover.name.is_some());
            let post = self.object.is_post() && named;
            let told = self.object.firm || post || bare && !self.movers.is_empty();
            if self.event.frame == Frame::Quit && !told && back.is_none() {
                ends.from = None;
            }
        }
    }

    fn joined(&self, ends: &mut Ends) {
        let (owner, said, near) = (self.owner, self.said, self.near);
        let head = || self.resolver.headed(self.object);
        ends.to = self.object.destination().or(self.object.post()).or_else(head);
        ends.unlisted_to.clone_from(&self.object.unlisted);
        if let Some(goal) = self.event.goal.filter(|_| ends.to.is_none()) {
            ends.unlisted_to = Some(self.resolver.written(goal).to_owned());
        }
        // "A 宣布，X 加入公司": the one that was spoken of.
        let same = self.object.same && self.object.companies.is_empty() && self.owner.is_none();
        // "A 宣布 X 回归": to A.
        // "B 招兵买马，A 前高管 X 已加入": to B.
        let name = self.movers.iter().any(|mover| mover.name.is_some());
        let elsewhere = name && near.is_some() && owner.is_some() && near != owner;
        let arrives = (self.event.mood.announced || elsewhere) && self.event.object.is_empty();
        let open = (self.event.frame == Frame::Enlist || arrives) && !self.object.is_other();
        if ends.to.is_none() && (open || same) {
            let topic = || self.resolver.view(&self.event.topic).first();
            // "X 离开 A，将入职一家机构": not A again.
            let left = self.serial.filter(|made| made.frame != Frame::Join);
            let left = left.and_then(|made| made.ends.from);
            let near = near.filter(|near| Some(*near) != left || same);
            ends.to = near.or_else(|| topic().filter(|_| same));
            ends.guessed = true;
        }
        self.by_title(ends);
        // "Two who had just joined A join B": from A.
        let left = self.serial.filter(|made| made.passed).and_then(|made| made.ends.to);
        let left = left.or_else(|| self.went_before());
        let before = left.or(self.serial.and_then(|made| made.ends.from));
        // "B poaches from A: four researchers join the lab".
        if let (None, None, Some(last)) = (ends.to, self.object.first(), self.last())
            && last.frame == Frame::Hire
            && last.movers.is_empty()
            && last.statement == self.event.statement
        {
            ends.to = last.ends.to;
            ends.from = last.ends.from;
        }
        // "A's chief is back on the board": on A's.
        let seat = self.object.board || self.object.is_post();
        if self.event.returns && seat && ends.to.is_none() && self.object.companies.is_empty() {
            ends.to = owner;
            return;
        }
        // "B announces that X takes up a post": at B.
        let post = self.object.companies.is_empty()
            && (self.object.unlisted.is_none() || name)
            && (self.object.board && self.movers.iter().any(|mover| mover.name.is_some())
                || self.object.movers.iter().any(|mover| mover.head == Head::Role));
        if ends.to.is_none() && post && self.event.frame == Frame::Join {
            let opening = self.article.opening.filter(|_| name);
            let other = |house: &u16| Some(*house) != owner;
            ends.to = near.filter(other).or(opening.filter(other));
            ends.guessed = true;
        }
        // "A's memo: X has joined the new team".
        let team = self.object.companies.is_empty()
            && matches!(self.object.movers.as_slice(), [mover] if mover.head == Head::Team);
        let named = self.movers.iter().any(|mover| mover.name.is_some());
        if ends.to.is_none() && team && named && self.event.frame == Frame::Join {
            ends.to = near.or(self.article.title).filter(|to| said.is_some_and(|own| own != *to));
            ends.guessed = true;
        }
        // "B poaches three from A. Those who moved are X, Y and Z".
        if ends.to.is_none()
            && self.object.companies.is_empty()
            && said.is_none()
            && !self.object.is_other()
            && let Some(last) =
                self.last().filter(|last| last.statement + 1 >= self.event.statement)
            && last.suppressed.is_none()
        {
            ends.to = last.ends.to;
            ends.from = last.ends.from;
        }
        // A seat on another's board is no departure.
        let owner =
            owner.filter(|_| !self.object.board || self.movers.iter().any(|mover| mover.former));
        ends.from = said.or(before).or(owner).or(ends.from).filter(|from| Some(*from) != ends.to);
        // "A 人才出走，X 转投 B": X is one of them.
        let before = |made: &&Made| !matches!(made.frame, Frame::Join | Frame::Enlist);
        let lost = self.made.iter().rev().find(before).filter(|last| {
            last.frame == Frame::Leave
                && last.statement + 1 >= self.event.statement
                && last.movers.iter().all(|mover| mover.name.is_none())
        });
        if ends.from.is_none() && ends.unlisted_from.is_none() && ends.to.is_some() {
            ends.from = lost.and_then(|last| last.ends.from).filter(|from| Some(*from) != ends.to);
        }
        // "B 买下 A 的技术，创始人 X 加盟".
        if ends.from.is_none() && ends.unlisted_from.is_none() {
            ends.from = self.acquired(ends.to);
        }
        // "A loses people: two researchers join B".
        let unnamed =
            !self.movers.is_empty() && self.movers.iter().all(|mover| mover.name.is_none());
        let other = self.event.goal.is_some() || self.event.personal && ends.unlisted_to.is_some();
        let new = self.article.title.filter(|_| other);
        if ends.from.is_none() && unnamed && (ends.to.is_some() || new.is_some()) {
            ends.from = near.or(new).filter(|near| Some(*near) != ends.to);
            ends.unlisted_from = self.resolver.view(&self.event.topic).unlisted;
        }
    }

    /// "B hired X from A, and now he joins C": from B.
    fn went_before(&self) -> Option<u16> {
        let [own] = self.movers else { return None };
        let mut earlier = self.made.iter().rev().filter(|made| {
            made.statement == self.event.statement
                && made.suppressed == Some(Suppressed::Historical)
                && matches!(made.movers.as_slice(), [mover] if mover.name == own.name)
        });
        earlier.find_map(|made| made.ends.to).filter(|_| own.name.is_some())
    }

    /// The other one of two companies in a headline, where its founder or chief moves.
    fn acquired(&self, to: Option<u16>) -> Option<u16> {
        let [mover] = self.movers else { return None };
        let role = mover.role.as_deref()?;
        let head = ["创始", "創始", "创办", "創辦", "创业", "創業", "CEO", "首席执行", "執行長"];
        let head = mover.name.is_some() && head.iter().any(|word| role.contains(word));
        let mut others = self.resolver.spoken_of(self.event);
        others.retain(|other| Some(*other) != to);
        others.dedup();
        match others.as_slice() {
            [other] if head && to.is_some() => Some(*other),
            _ => None,
        }
    }

    fn hired(&self, ends: &mut Ends) {
        let (owner, said, near) = (self.owner, self.said, self.near);
        let agent = self.resolver.view(&self.event.agent).first();
        let poached = self.object.first().filter(|_| self.movers.is_empty());
        ends.from = said.or(owner).or(poached);
        ends.to = if self.event.mood.passive {
            // "B goes on hiring, A's researchers are poached".
            let near = near.filter(|near| self.event.poach && Some(*near) != ends.from);
            agent.or(self.resolver.view(&self.event.post).first()).or(near)
        } else {
            let himself = self.movers.iter().any(|mover| mover.head == Head::Pronoun);
            let chief = || self.subject.first().filter(|_| !himself && self.subject.is_chief());
            self.subject.employer().or_else(|| self.resolver.headed(self.subject)).or_else(chief)
        };
        if self.event.mood.passive {
        } else if self.subject.companies.is_empty() && self.subject.unlisted.is_some() {
            ends.unlisted_to.clone_from(&self.subject.unlisted);
        } else if ends.to.is_none() && self.subject.movers.is_empty() && !self.subject.other {
            ends.to = near.or(self.article.title).filter(|to| Some(*to) != ends.from);
            ends.guessed = true;
        }
        ends.from = ends.from.filter(|from| Some(*from) != ends.to);
    }
}
