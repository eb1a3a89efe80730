//! Posts of a Japanese sentence: who takes one up at the topic's company, who follows whom.

use super::read::Reader;
use super::told::Parts;
use crate::extract::han::event::{Event, Frame, Phrase};
use crate::extract::han::token::{self, Kind};
use crate::extract::han::words::Word;
use crate::extract::text::Span;
use crate::model::Field;

impl Reader<'_> {
    /// "後任には X 氏が就く": no word of another house.
    pub(super) fn succeeds(&self, parts: &Parts) -> bool {
        let heir = parts.object.iter().any(|index| self.text(*index) == "後任");
        let house = |kind: Kind| kind.is_company() || kind == Kind::Word(Word::Former);
        heir && parts.from.is_empty() && !token::any(self.tokens, &parts.subject, house)
    }

    /// "退任へ　後任は元 B の X 氏", "退任　新社長に B 出身の X 氏": a headline that ends with who
    /// follows the one who left.
    pub(super) fn heir_last(&mut self) {
        let named = self.np.last().and_then(|last| self.kind(*last)).is_some_and(Kind::is_person);
        let house = |kind: Kind| kind.is_company() || kind == Kind::Word(Word::Former);
        let other = named && token::any(self.tokens, &self.np, house);
        let own = |event: &Event| event.statement + 1 >= self.number && event.frame == Frame::Leave;
        let left = self.events.last().is_some_and(own);
        let after = |np: &Phrase| np.iter().any(|at| self.text(*at) == "後任");
        let post = |np: &Phrase| left && self.is_post(np) && !self.has_company(np);
        let Some(object) = [&self.to, &self.topic].into_iter().find(|np| after(np) || post(np))
        else {
            return;
        };
        let leaves = self.events.last().is_some_and(|last| last.frame == Frame::Leave);
        if !other || !leaves || self.is_human(&self.subject) {
            return;
        }
        let house = token::companies(self.tokens, &self.topic);
        let event = Event {
            object: object.clone(),
            around: [self.around.as_slice(), &house].concat(),
            mood: self.mood,
            ..Event::new(Frame::Join, self.span(&self.np), self.number)
        };
        self.events.push(Event { subject: std::mem::take(&mut self.np), ..event });
        self.to.clear();
    }

    /// "後任は元 B の X 氏が務める": who comes from elsewhere joins.
    pub(super) fn inherits(&mut self, index: usize) -> bool {
        let serves = matches!(self.text(index), "務め" | "引き継");
        let after = |np: &Phrase| np.iter().any(|at| self.text(*at) == "後任");
        let heir = after(&self.topic) || after(&self.to);
        let house = |kind: Kind| kind.is_company() || kind == Kind::Word(Word::Former);
        let other = token::any(self.tokens, &self.subject, house)
            && token::any(self.tokens, &self.subject, Kind::is_person);
        if !serves || !heir || !other || self.text(index + 1).ends_with('た') {
            return false;
        }
        let object = if after(&self.to) { &self.to } else { &self.topic };
        let span = self.tokens.get(index).map_or(Span::new(0, 0), |token| token.span);
        let event = Event {
            subject: std::mem::take(&mut self.subject),
            object: object.clone(),
            around: self.around.clone(),
            mood: self.mood,
            ..Event::new(Frame::Join, span, self.number)
        };
        self.events.push(event);
        self.np.clear();
        true
    }

    /// True for a seat that one takes beside one's work.
    pub(super) fn is_seat(&self, np: &[usize]) -> bool {
        let seats = self.grammar.tongue.lexicon.list("seat");
        let start = np.first().and_then(|first| self.tokens.get(*first));
        let Some(start) = start.map(|first| first.span.start) else { return false };
        let written = self.passage.text.get(Span::new(start, self.span(np).end));
        seats.iter().any(|seat| written.ends_with(seat.as_str()))
    }

    /// "CM に X 氏を起用": no employment.
    pub(super) fn is_cast(&self) -> bool {
        let stages = self.grammar.tongue.lexicon.list("stage");
        let last = self.to.last().map_or("", |last| self.text(*last));
        stages.iter().any(|stage| last.ends_with(stage.as_str()))
    }

    /// "新社長に X 氏　社内から昇格": what the headline told before was a promotion.
    pub(super) fn rises(&mut self) -> bool {
        let own = [&self.np, &self.subject, &self.object, &self.topic];
        let human = own.into_iter().any(|np| self.is_human(np));
        let number = self.number;
        let told = |event: &&mut Event| {
            event.statement == number && matches!(event.frame, Frame::Hire | Frame::Join)
        };
        match self.events.last_mut().filter(told) {
            Some(last) if !human && self.passage.field == Field::Title => {
                last.frame = Frame::Promote;
                true
            }
            _ => false,
        }
    }

    /// "X 氏を社長に任命　元 A": a headline that adds where X comes from.
    pub(super) fn added_origin(&mut self) {
        let former = self.np.first().and_then(|first| self.kind(*first));
        let origin = former == Some(Kind::Word(Word::Former)) && self.has_company(&self.np);
        let named = token::any(self.tokens, &self.np, Kind::is_person);
        let own = |event: &&mut Event| event.statement == self.number && event.from.is_empty();
        if !origin || named || self.passage.field != Field::Title {
            return;
        }
        if let Some(last) = self.events.last_mut().filter(own)
            && matches!(last.frame, Frame::Hire | Frame::Join)
        {
            last.from = std::mem::take(&mut self.np);
        }
    }

    /// "後任として A の X 氏が副社長に起用された": X joins; the house was spoken of.
    pub(super) fn is_placed(&self, parts: &Parts) -> bool {
        let house = |np: &Phrase| self.has_company(np);
        let agent = self.is_post(&parts.agent) && !house(&parts.agent);
        agent && token::any(self.tokens, &parts.subject, Kind::is_person) && !house(&parts.object)
    }

    /// True where the subject's companies are none of the topic's.
    pub(super) fn comes_from_elsewhere(&self, subject: &[usize]) -> bool {
        let house = |index: &usize| match self.kind(*index)? {
            Kind::Company(at) => self.passage.companies.get(at).map(|own| own.company),
            _ => None,
        };
        let topic: Vec<u16> = self.topic.iter().filter_map(house).collect();
        let related = |own| topic.iter().any(|other| self.passage.gazetteer.related(own, *other));
        let mut own = subject.iter().filter_map(house).peekable();
        own.peek().is_some() && own.all(|own| !related(own))
    }

    /// True for a verb that only those who arrive are the subject of.
    fn is_arrival(&self, index: usize) -> bool {
        ["入社", "加入", "復帰", "ジョイン", "合流"].contains(&self.text(index))
    }

    /// "A、新社長に X 氏が就任": the post is one of A's, and X none of A's people.
    pub(super) fn takes_post(&self, index: usize, parts: &Parts) -> bool {
        let role = |kind| matches!(kind, Kind::Word(Word::Role | Word::Board));
        let last = parts.object.last().and_then(|last| self.kind(*last));
        let team = last == Some(Kind::Word(Word::Team));
        let inside = token::any(self.tokens, &parts.subject, |kind| {
            matches!(kind, Kind::Word(Word::Role | Word::Staff | Word::Team | Word::Pronoun))
        });
        let ex = |kind| kind == Kind::Word(Word::Former);
        let post = !self.has_company(&parts.object)
            && (token::any(self.tokens, &parts.object, role)
                || team && self.has_company(&parts.subject))
            && (!inside
                || token::any(self.tokens, &parts.subject, ex)
                || self.comes_from_elsewhere(&parts.subject));
        // "B、A の X 氏が加入", "B、X 氏が加入".
        let title = self.passage.field == Field::Title && self.is_arrival(index);
        let other = parts.object.is_empty() && (self.has_company(&parts.subject) || title);
        (post || other)
            && self.has_company(&self.topic)
            && !self.is_human(&self.topic)
            && token::any(self.tokens, &parts.subject, Kind::is_person)
    }
}
