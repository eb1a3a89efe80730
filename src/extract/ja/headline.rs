//! Headlines that tell a move without a verb.

use super::read::Reader;
use crate::extract::han::event::{Event, Frame, Phrase};
use crate::extract::han::token::{self, Kind};
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::extract::text::Span;
use crate::model::Field;

/// Posts of those who travel and come back.
const VISITORS: [&str; 10] =
    ["CEO", "社長", "会長", "首相", "大統領", "議員", "長官", "大臣", "教授", "名誉教授"];

impl Reader<'_> {
    /// "A、日本法人社長に田中太郎氏": a headline that appoints without a verb; "A、元 B の X 氏を
    /// トップに" the same, the other way round.
    pub(super) fn verbless(&mut self) {
        self.part_origin();
        let turned = self.np.is_empty() && !self.object.is_empty();
        let who = if turned { self.object.clone() } else { self.first_of_list() };
        let named = match turned {
            true => self.is_human(&who) && (self.is_former(&who) || self.ends_in_person(&who)),
            false => self.ends_in_person(&who) || self.is_past_manager(&who),
        };
        let employer = match self.has_company(&self.topic) || turned {
            true => self.topic.clone(),
            // "B が開設、代表に X 氏".
            false if self.has_company(&self.subject) && !self.is_human(&self.subject) => {
                self.subject.clone()
            }
            false => self.to.clone(),
        };
        let told =
            named && self.is_post(&self.to) && self.is_headline() && self.has_company(&employer);
        if !told || self.is_human(&self.topic) {
            return;
        }
        let trigger = self.span(&self.to);
        let subject = token::companies(self.tokens, &employer);
        self.told_without_verb(Frame::Hire, trigger, subject, who);
    }

    /// "X 氏 マイクロソフトから": behind a space the headline adds where X comes from.
    fn part_origin(&mut self) {
        let person = |index: &usize| self.kind(*index).is_some_and(Kind::is_person);
        // "X 氏 元 A".
        if let Some(last) = self.np.iter().rposition(person)
            && self.np.get(last + 1).and_then(|next| self.kind(*next))
                == Some(Kind::Word(Word::Former))
        {
            let tail = self.np.split_off(last + 1);
            if self.has_company(&tail) {
                self.from = tail;
            }
            return;
        }
        let Some(last) = self.from.iter().rposition(person) else { return };
        if self.np.is_empty() && self.from.get(last + 1..).is_some_and(|own| self.has_company(own))
        {
            let origin = self.from.split_off(last + 1);
            self.np = std::mem::replace(&mut self.from, origin);
        }
    }

    /// "…に元 A の X 氏、アジア初": the list is read to its first comma behind someone.
    fn first_of_list(&self) -> Phrase {
        let comma = self.np.iter().position(|index| self.kind(*index) == Some(Kind::Comma));
        match comma.and_then(|comma| self.np.get(..comma)) {
            Some(first) if self.ends_in_person(first) || self.is_past_manager(first) => {
                first.to_vec()
            }
            _ => self.np.clone(),
        }
    }

    /// "A 元幹部", or one of another company than the headline's: nobody named, but told apart.
    fn is_past_manager(&self, np: &[usize]) -> bool {
        let role = np.last().and_then(|last| self.kind(*last)) == Some(Kind::Word(Word::Role));
        let from = self.is_former(np) || self.has_company(&self.topic);
        role && from && self.comes_from_elsewhere(np)
    }

    fn is_former(&self, np: &[usize]) -> bool {
        token::any(self.tokens, np, |kind| kind == Kind::Word(Word::Former))
    }

    fn ends_in_person(&self, np: &[usize]) -> bool {
        np.last().and_then(|last| self.kind(*last)).is_some_and(Kind::is_person)
    }

    /// True for a title in which no trigger has told anything yet.
    fn is_headline(&self) -> bool {
        self.clause == self.events.len() && self.passage.field == Field::Title
    }

    /// True where this statement has just told that someone left.
    pub(super) fn has_left(&self) -> bool {
        let last = self.events.last().filter(|last| last.statement == self.number);
        last.is_some_and(|last| last.frame == Frame::Leave) && !self.is_post(&self.to)
    }

    /// "A の X 氏、B へ": a headline that ends with the destination; "X 氏、A を退任し B へ" the
    /// same after a verb.
    pub(super) fn headed(&mut self) {
        // "A の幹部が退社、X 氏が B へ".
        let own = [&self.subject, &self.topic].into_iter().any(|np| self.has_name(np));
        let shared = self.shares() || own && self.has_left();
        let left = self.events.last().filter(|last| {
            last.statement == self.number
                && last.frame == Frame::Leave
                && !last.background
                && self.events.len() == self.clause + 1
                && !shared
        });
        let who = match left {
            Some(left) => left.subject.clone(),
            None if self.subject.is_empty() => self.topic.clone(),
            None => self.subject.clone(),
        };
        // "A のデザイン担当、X 氏がBへ".
        let apart = !self.has_company(&who) && !self.is_human(&self.topic);
        let house = if apart { token::companies(self.tokens, &self.topic) } else { Vec::new() };
        let who = [house, who].concat();
        let goal = self.firm_named(&self.to);
        let role = who.last().and_then(|last| self.kind(*last)) == Some(Kind::Word(Word::Role));
        let named = self.has_name(&who) || role && self.has_company(&who);
        let named = named || left.is_some() && goal.is_some();
        let people = |kind: Kind| kind.is_human() && kind != Kind::Word(Word::Team);
        let goes = (self.has_company(&self.to) || goal.is_some())
            && !token::any(self.tokens, &self.to, people);
        let expert = token::any(self.tokens, &who, |kind| kind == Kind::Word(Word::Role));
        let told = self.has_company(&who) || self.has_company(&self.from) || expert;
        let alone = left.is_some() || shared || self.is_headline() && told;
        // A chief or a politician who goes somewhere visits.
        let team = |kind| kind == Kind::Word(Word::Team);
        let chief = who.iter().any(|index| VISITORS.contains(&self.text(*index)))
            && !token::any(self.tokens, &self.to, team);
        let title = self.passage.field == Field::Title && self.np.is_empty();
        if title && alone && named && goes && (left.is_some() || !chief) && self.object.is_empty() {
            let serial = left.map(|_| self.events.len() - 1);
            let (trigger, to) = (self.span(&self.to), self.to.clone());
            self.told_without_verb(Frame::Join, trigger, who, to);
            if let Some(last) = self.events.last_mut() {
                last.serial = serial;
                last.goal = goal;
            }
            self.give_shared();
        }
    }

    /// "X 氏、B の取締役に": a headline that ends with the post.
    pub(super) fn posted(&mut self) {
        let who = if self.subject.is_empty() { self.topic.clone() } else { self.subject.clone() };
        // "A の元社長、B の CEO に": nobody named, but told apart.
        let role = who.last().and_then(|last| self.kind(*last)) == Some(Kind::Word(Word::Role));
        let named = self.has_name(&who) || role && self.has_company(&who);
        // The last word of the headline is "to".
        let ends = self.np.is_empty() && self.object.is_empty() && self.from.is_empty();
        let other = self.to.first().and_then(|first| self.kind(*first)).is_some_and(|kind| {
            matches!(kind, Kind::Text(Script::Katakana | Script::Latin)) && self.has_company(&who)
        });
        let takes = self.is_post(&self.to)
            && (self.has_company(&self.to) || other)
            && !self.has_name(&self.to);
        if self.is_headline() && ends && named && takes {
            let trigger = self.span(&self.to);
            let to = if other { self.to.clone() } else { token::companies(self.tokens, &self.to) };
            self.told_without_verb(Frame::Join, trigger, who, to);
            if let Some(last) = self.events.last_mut() {
                last.personal = other;
            }
        }
    }

    /// True for a phrase that ends in a post that one takes up.
    pub(super) fn is_post(&self, np: &[usize]) -> bool {
        np.last().is_some_and(|last| {
            matches!(self.kind(*last), Some(Kind::Word(Word::Role | Word::Board)))
                || self.text(*last).ends_with("アドバイザー")
                || self.text(*last).ends_with("顧問")
        })
    }

    fn has_name(&self, np: &[usize]) -> bool {
        token::any(self.tokens, np, Kind::is_person)
    }

    pub(super) fn span(&self, np: &[usize]) -> Span {
        np.last()
            .and_then(|last| self.tokens.get(*last))
            .map_or(Span::new(0, 0), |token| token.span)
    }

    fn told_without_verb(&mut self, frame: Frame, trigger: Span, subject: Phrase, object: Phrase) {
        self.events.push(Event {
            subject,
            from: std::mem::take(&mut self.from),
            object,
            mood: self.mood,
            ..Event::new(frame, trigger, self.number)
        });
    }
}
