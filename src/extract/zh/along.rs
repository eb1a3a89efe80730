//! Those who go with the one who moves: 同行的还有三名工程师.

use super::read::{Reader, Slot};
use crate::extract::han::event::{Event, Frame, Phrase};
use crate::extract::han::token::{self, Kind};
use crate::extract::han::words::Word;
use crate::extract::text::Span;
use crate::model::Field;

/// "There are also", "are".
const ALSO: [&str; 6] = ["还有", "還有", "包括", "是", "有", "另有"];

/// "Together".
const TOGETHER: [&str; 16] = [
    "同行", "一同", "一起", "一道", "同时", "同時", "同批", "随他", "隨他", "随其", "隨其", "随之",
    "隨之", "跟随", "跟隨", "共同",
];

/// Losing people.
const LOSSES: [&str; 14] = [
    "流失",
    "再失",
    "痛失",
    "失去",
    "人才流失",
    "离职潮",
    "離職潮",
    "震荡",
    "震盪",
    "动荡",
    "動盪",
    "变动",
    "變動",
    "换帅",
];

/// Bytes that such a clause may have.
const SHORT: usize = 45;

impl Reader<'_> {
    /// The event that "同行的还有" at `index` tells of others: the last one before this clause.
    pub(super) fn goes_along(&mut self, index: usize) -> Option<usize> {
        let start = (0..index)
            .rev()
            .find(|at| matches!(self.kind(*at), Some(Kind::Comma | Kind::Stop)))
            .and_then(|at| self.tokens.get(at))?
            .span
            .end;
        let end = self.tokens.get(index)?.span.start;
        let clause = self.passage.text.norm.get(start..end)?.trim();
        let own = ALSO.contains(&self.text(index))
            && clause.len() <= SHORT
            && clause.ends_with('的')
            && TOGETHER.iter().any(|word| clause.starts_with(word));
        let last = self.clause.checked_sub(1).filter(|_| own)?;
        let moved = self.events.get(last).is_some_and(|event| {
            event.statement + 1 >= self.number
                && matches!(event.frame, Frame::Leave | Frame::Quit | Frame::Join | Frame::Enlist)
        });
        // What the clause itself tells, "一同加入的", is the same again.
        if moved {
            self.events.truncate(self.clause);
            self.np.clear();
            self.subject.clear();
            self.slot = Slot::Subject;
        }
        moved.then_some(last)
    }

    /// "A 人才流失", "A 流失三名研究员": whoever goes next is A's. True for a verb of losing.
    pub(super) fn loses(&mut self, index: usize) -> bool {
        let near = (index + 1..index + 6).map_while(|at| self.kind(at));
        let mut near = near.take_while(|kind| !matches!(kind, Kind::Comma | Kind::Stop));
        let human =
            |kind: Kind| kind.is_human() || matches!(kind, Kind::Count(_) | Kind::Word(Word::Many));
        let told = self.passage.field == Field::Title || near.any(human);
        if !LOSSES.contains(&self.text(index)) || !told {
            return false;
        }
        let own = if self.np.is_empty() { &self.subject } else { &self.np };
        self.loser = token::companies(self.tokens, own);
        !self.loser.is_empty()
    }

    /// Who loses the one that `subject` names, where it names no house.
    pub(super) fn lost_by(&self, frame: Frame, subject: &[usize]) -> Phrase {
        let moves = matches!(frame, Frame::Leave | Frame::Quit | Frame::Join | Frame::Enlist);
        let own = token::any(self.tokens, subject, |kind| {
            kind.is_company() || kind == Kind::Word(Word::Former)
        });
        match moves && !own && self.names_person(subject) {
            true => self.loser.clone(),
            false => Phrase::new(),
        }
    }

    /// "三人分别是 X、Y 和 Z": whom the article counted before.
    pub(super) fn roster(&mut self) {
        let names = self.place.iter().filter(|at| self.kind(**at).is_some_and(Kind::is_person));
        let counted = |kind: Kind| matches!(kind, Kind::Count(_) | Kind::Word(Word::Many));
        let told = self.events.last().is_some_and(|last| last.statement == self.number);
        let whole = names.count() > 1
            && token::companies(self.tokens, &self.place).is_empty()
            && token::any(self.tokens, &self.subject, counted)
            && !self.names_person(&self.subject);
        if !whole || told || self.passage.field == Field::Title {
            return;
        }
        let place = std::mem::take(&mut self.place);
        let first = place.first().and_then(|first| self.tokens.get(*first));
        let span = first.map_or(Span::new(0, 0), |token| token.span);
        self.events.push(Event { subject: place, ..Event::new(Frame::Roster, span, self.number) });
        self.clause = self.events.len();
    }

    /// "B 挖角 A 大将　X 出任副总裁": the one whom the clause before describes.
    pub(super) fn placed(&mut self) -> bool {
        let house = |np: &Phrase| token::any(self.tokens, np, Kind::is_company);
        let whole = self.passage.field == Field::Title
            && self.names_person(&self.subject)
            && !house(&self.subject);
        let open = |event: &Event| {
            event.frame == Frame::Hire
                && event.statement + 1 >= self.number
                && !event.mood.passive
                && self.is_human(&event.object)
                && !self.names_person(&event.object)
                && !token::any(self.tokens, &event.object, |kind| matches!(kind, Kind::Count(_)))
        };
        if !whole || !self.events.last().is_some_and(open) {
            return false;
        }
        let who = self.subject.clone();
        if let Some(last) = self.events.last_mut() {
            last.object.extend(who);
        }
        true
    }

    /// Gives the event to those who go along.
    pub(super) fn along(&mut self, event: usize, np: Phrase) {
        let counted = |kind: Kind| kind.is_human() || matches!(kind, Kind::Count(_));
        let Some(before) = self.events.get(event).cloned() else { return };
        if !token::any(self.tokens, &np, counted) {
            return;
        }
        let house = token::companies(self.tokens, &before.subject);
        let own = !token::companies(self.tokens, &np).is_empty();
        self.events.push(Event {
            subject: np,
            inherited: false,
            serial: None,
            possessor: if own { Phrase::new() } else { house },
            from: if own { Phrase::new() } else { before.from.clone() },
            ..before
        });
        self.clause = self.events.len();
    }
}
