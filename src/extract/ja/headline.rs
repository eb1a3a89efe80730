//! Headlines that tell a move without a verb.

use super::read::Reader;
use crate::extract::han::event::{Event, Frame, Phrase};
use crate::extract::han::token::Kind;
use crate::extract::han::words::Word;
use crate::extract::text::Span;
use crate::model::Field;

impl Reader<'_> {
    /// "A、日本法人社長に田中太郎氏": a headline that appoints without a verb.
    pub(super) fn verbless(&mut self) {
        let named = self
            .np
            .last()
            .and_then(|last| self.kind(*last))
            .is_some_and(|kind| matches!(kind, Kind::Person(_)));
        let post = self.to.last().and_then(|last| self.kind(*last)) == Some(Kind::Word(Word::Role));
        let employer =
            if self.has_company(&self.topic) { self.topic.clone() } else { self.to.clone() };
        let alone = self.clause == self.events.len() && self.passage.field == Field::Title;
        let told = named && post && alone && self.has_company(&employer);
        if !told || self.is_human(&self.topic) {
            return;
        }
        let trigger = self.span(&self.to);
        let subject = employer
            .into_iter()
            .filter(|index| matches!(self.kind(*index), Some(Kind::Company(_))))
            .collect();
        let object = self.np.clone();
        self.told_without_verb(Frame::Hire, trigger, subject, object);
    }

    /// "A の X 氏、B へ": a headline that ends with the destination.
    pub(super) fn headed(&mut self) {
        let alone = self.clause == self.events.len()
            && self.passage.field == Field::Title
            && self.np.is_empty();
        let who = if self.subject.is_empty() { self.topic.clone() } else { self.subject.clone() };
        let named = who.iter().any(|index| matches!(self.kind(*index), Some(Kind::Person(_))));
        let ends = self.has_company(&who) && self.has_company(&self.to) && !self.is_human(&self.to);
        // A chief who goes somewhere visits.
        let chief = who.iter().any(|index| matches!(self.text(*index), "CEO" | "社長" | "会長"));
        if alone && named && ends && !chief && self.object.is_empty() {
            let (trigger, to) = (self.span(&self.to), self.to.clone());
            self.told_without_verb(Frame::Join, trigger, who, to);
        }
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
