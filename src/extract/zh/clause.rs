//! Triggers of a Chinese clause, and the words that give them a post or a background.

use super::read::{Reader, Slot};
use crate::extract::han::event::{Event, Frame, Mood, Phrase};
use crate::extract::han::token::{self, Kind};
use crate::extract::han::words::Word;
use crate::extract::text::Span;
use crate::model::Field;

impl Reader<'_> {
    pub(super) fn trigger(&mut self, index: usize, trigger: u16) {
        // "聘请 X 出任首席财务官": the post that X gets, no move of its own.
        if self.grammar.tongue.is_of(trigger, "office")
            && (self.events.len() > self.clause || matches!(self.slot, Slot::Object(_)))
        {
            self.serve();
            return;
        }
        if self.grammar.tongue.is_of(trigger, "office")
            && !self.kind(index + 1).is_some_and(Kind::is_company)
        {
            let slot = self.slot;
            self.close();
            if self.placed() {
                self.serve();
                return;
            }
            self.slot = slot;
        }
        if !self.is_told(index, trigger) {
            self.close();
            self.slot = Slot::Discard;
            return;
        }
        let frame = self.grammar.tongue.frame(trigger);
        // "加入一家由前 A 研究员创办的公司": a word about the firm.
        if frame == Frame::Found && self.is_founded_by() {
            self.close();
            self.from.clear();
            self.slot = Slot::Discard;
            return;
        }
        let nominal = index > 0
            && self.np.last() == Some(&(index - 1))
            && self.kind(index - 1) == Some(Kind::Word(Word::Of));
        // "X 谈离开 A": about it.
        let spoken = self.slot == Slot::Discard && self.np.is_empty() && self.is_talk(index);
        if nominal {
            self.np.pop();
            self.subject.clear();
        }
        self.close();
        let (subject, inherited) = match self.subject.is_empty() && !self.topic.is_empty() {
            true => (self.topic.clone(), true),
            false => (self.subject.clone(), false),
        };
        let subject = self.hirer(frame, subject);
        let frame = if self.goes_over(index, &subject) { Frame::Join } else { frame };
        let serial = self.serial(inherited || subject.is_empty());
        let mut mood = self.mood;
        mood.hedged |= self.statement.hedged;
        mood.passive |= self.text(index).starts_with('被');
        let former = |kind| kind == Kind::Word(Word::Former);
        mood.recent |= self.grammar.tongue.is_of(trigger, "breakaway")
            && self.passage.field == Field::Title
            && !token::any(self.tokens, &subject, former);
        let span = self.tokens.get(index).map_or(Span::new(0, 0), |token| token.span);
        let object = self.parted(trigger, &subject);
        self.events.push(Event {
            possessor: self.lost_by(frame, &subject),
            subject,
            object,
            returns: self.grammar.tongue.is_of(trigger, "return"),
            inherited,
            from: std::mem::take(&mut self.from),
            agent: std::mem::take(&mut self.agent),
            taken: std::mem::take(&mut self.taken),
            mood,
            nominal: nominal || spoken,
            serial,
            around: self.around.clone(),
            topic: self.topic.clone(),
            personal: self.grammar.tongue.is_of(trigger, "hop"),
            appoint: self.grammar.tongue.is_of(trigger, "appoint"),
            poach: self.grammar.tongue.is_of(trigger, "poach"),
            ..Event::new(frame, span, self.number)
        });
        self.slot = Slot::Object(self.events.len() - 1);
    }

    /// True behind a verb of talking: "谈", "回忆".
    fn is_talk(&self, index: usize) -> bool {
        const TALK: [&str; 12] = [
            "谈", "談", "聊", "评论", "評論", "回应", "回應", "讲述", "講述", "解读", "解讀",
            "分享",
        ];
        let before = index.checked_sub(1).map_or("", |before| self.text(before));
        TALK.contains(&before)
    }

    /// "A 的 X 出走 B": to B; "X 出走 A": from A.
    fn goes_over(&self, index: usize, subject: &[usize]) -> bool {
        let company = |at: usize| match self.kind(at)? {
            Kind::Company(at) => self.passage.companies.get(at).map(|own| own.company),
            _ => None,
        };
        let Some(next) = company(index + 1).filter(|_| self.text(index) == "出走") else {
            return false;
        };
        let former = |kind| kind == Kind::Word(Word::Former);
        let mut houses = subject.iter().filter_map(|at| company(*at)).peekable();
        houses.peek().is_some()
            && houses.all(|house| !self.passage.gazetteer.related(house, next))
            && self.is_human(subject)
            && !token::any(self.tokens, subject, former)
    }

    /// "B 挖走 X 后，又招募 Y": B hires, not X.
    fn hirer(&self, frame: Frame, subject: Phrase) -> Phrase {
        match self.events.last() {
            Some(last)
                if frame == Frame::Hire
                    && last.frame == Frame::Hire
                    && !subject.is_empty()
                    && subject == last.object =>
            {
                last.subject.clone()
            }
            _ => subject,
        }
    }

    /// "B 从 A 挖角：前 CEO X 加入 Y 的团队": who joins a team is whom B hired in the statement
    /// before, which names nobody.
    pub(super) fn introduced(&mut self) {
        let own = |event: &Event| event.statement == self.number;
        let Some(first) = self.events.iter().position(own) else { return };
        let Some((before, joins)) = first.checked_sub(1).zip(self.events.get(first)) else {
            return;
        };
        let company = |phrase: &[usize]| !token::companies(self.tokens, phrase).is_empty();
        let named = joins.frame == Frame::Join && self.names_person(&joins.subject);
        if !named || company(&joins.object) || joins.inherited {
            return;
        }
        let who = joins.subject.clone();
        let open = |event: &Event| {
            event.frame == Frame::Hire
                && event.statement + 1 == self.number
                && !event.mood.passive
                && !self.is_human(&event.object)
        };
        if self.events.get(before).is_some_and(open)
            && let Some(event) = self.events.get_mut(before)
        {
            event.object = who;
        }
    }

    /// True behind "由 X" within the object of another trigger.
    fn is_founded_by(&self) -> bool {
        let by = match self.slot {
            Slot::From => self.np.as_slice(),
            _ => &self.from,
        };
        self.is_human(by) && self.events.len() > self.clause
    }

    /// "X 与 A 分道扬镳": the company is what X leaves.
    fn parted(&self, trigger: u16, subject: &[usize]) -> Phrase {
        match self.grammar.tongue.is_of(trigger, "part") {
            true => token::companies(self.tokens, &[subject, &self.place].concat()),
            false => Phrase::new(),
        }
    }

    /// False for a word that tells a move only in some company: "赴 B" after someone left, "被裁"
    /// of someone named.
    fn is_told(&self, index: usize, trigger: u16) -> bool {
        let class = |class| self.grammar.tongue.is_of(trigger, class);
        if class("layoff") {
            let passive = self.mood.passive || self.text(index).starts_with('被');
            let himself = self.slot == Slot::Subject && self.names_person(&self.np);
            return passive && (himself || self.names_person(&self.subject));
        }
        // "X 与 A 分道扬镳", not "X 与 Y", "A 与 B".
        if class("part") {
            let both = [&self.subject, &self.np, &self.place].into_iter().flatten();
            let people = both.filter(|at| self.kind(**at).is_some_and(Kind::is_person)).count();
            return people == 1;
        }
        let goes = || {
            let left = self.events.last().is_some_and(|last| {
                last.statement == self.number && matches!(last.frame, Frame::Leave | Frame::Quit)
            });
            let next = (index + 1..).find(|at| self.kind(*at) != Some(Kind::Space));
            left && next.and_then(|next| self.kind(next)).is_some_and(Kind::is_company)
        };
        // "A 的 X 转任 B 副总裁", not "X 转任董事长".
        let elsewhere = || self.kind(index + 1).is_some_and(Kind::is_company);
        (!class("go") || goes()) && (!class("transfer") || elsewhere())
    }

    /// The event before with the same subject: of this clause, or of the one before where this
    /// clause has none of its own.
    fn serial(&self, subjectless: bool) -> Option<usize> {
        let last = self.events.len().checked_sub(1)?;
        let same = self.events.get(last)?.statement == self.number;
        (last >= self.clause || same && subjectless).then_some(last)
    }

    pub(super) fn after(&mut self, index: usize) {
        // "X 离职一年后".
        let elapsed =
            self.text(index).starts_with('年') || self.kind(index) == Some(Kind::Duration);
        let open = match self.slot {
            Slot::Object(event) => Some(event),
            _ => (self.events.len() > self.clause).then(|| self.events.len() - 1),
        };
        self.close_soft();
        if let Some(event) = open.and_then(|event| self.events.get_mut(event)) {
            event.background = true;
            event.mood.recap |= elapsed && event.frame == Frame::Leave;
        }
        self.mood = Mood { recent: self.mood.recent, recap: self.old, ..Mood::default() };
        self.slot = Slot::Subject;
    }
}
