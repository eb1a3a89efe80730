//! What a Japanese text tells of those whom it named: where they were before, who they are.

use super::read::Reader;
use crate::extract::han::event::{Event, Frame, Phrase};
use crate::extract::han::token::{self, Kind};
use crate::extract::han::words::Word;
use crate::model::Field;

/// Words for what someone did last.
const LAST: [&str; 3] = ["直近", "前職", "直前"];

impl Reader<'_> {
    /// "同氏はこれまで A で開発を率いていた": where X comes from, should X join another.
    pub(super) fn served(&mut self, index: usize) {
        let past = self.text(index + 1).ends_with('た');
        if past && self.works(index) {
            let house = self.worked_at();
            self.note_past(index, house);
        }
    }

    /// "X 氏は A 出身で", "X 氏は元 A の幹部": the same without a verb.
    pub(super) fn comes_from(&mut self, index: usize) {
        let former = |kind| kind == Kind::Word(Word::Former);
        let last = self.is_about_the_past();
        if last || token::any(self.tokens, &self.np, former) {
            let named = token::any(self.tokens, &self.np, Kind::is_person);
            let house = token::companies(self.tokens, &self.np);
            if !named {
                self.note_past(index, house);
            }
        }
    }

    fn note_past(&mut self, index: usize, house: Phrase) {
        let own = |np: &Phrase| {
            token::any(self.tokens, np, |kind| {
                kind.is_person() || kind == Kind::Word(Word::Pronoun)
            })
        };
        let career = self.is_about_the_past();
        let told = self
            .events
            .last()
            .is_some_and(|last| last.statement == self.number && last.frame != Frame::Served);
        if self.passage.field == Field::Title
            || told
            || house.len() != 1
            || !(own(&self.topic) || own(&self.subject) || career)
        {
            return;
        }
        let who = match (own(&self.topic), career) {
            (_, true) => Phrase::new(),
            (true, _) => self.topic.clone(),
            _ => self.subject.clone(),
        };
        // "A、B を経て": which of them was the last, is not said.
        let before = self.events.pop_if(|last| last.frame == Frame::Served);
        let start = self.events.len();
        if before.is_none() || career || self.says_last(index) {
            let span = self.span(&house);
            self.events.push(Event {
                subject: who,
                from: house,
                background: true,
                ..Event::new(Frame::Served, span, self.number)
            });
        }
        self.clause = self.clause.max(start);
    }

    /// "前職は".
    fn is_about_the_past(&self) -> bool {
        let written: String = self.topic.iter().map(|at| self.text(*at)).collect();
        LAST.iter().any(|word| written.starts_with(word))
    }

    /// True where the clause says that it tells what came last.
    fn says_last(&self, index: usize) -> bool {
        let own = |at: &usize| self.kind(*at) != Some(Kind::Stop);
        (0..index).rev().take_while(own).any(|at| LAST.contains(&self.text(at)))
    }

    /// "X 氏が来日した際に": X has no part in what follows.
    pub(super) fn ends_background(&mut self, index: usize) {
        let verb = index.checked_sub(1).map_or("", |before| self.text(before));
        let told = self.events.last().is_some_and(|last| last.statement == self.number);
        if verb.ends_with(['た', 'る']) && !told {
            self.subject.clear();
        }
    }

    /// "X 氏、Y 氏と Z 氏の 3 人": whom the article counted before.
    pub(super) fn roster(&mut self, index: usize) {
        let mut names = self.np.iter().filter(|at| self.kind(**at).is_some_and(Kind::is_person));
        let count = names.clone().count();
        let total = self.np.last().and_then(|last| self.kind(*last));
        let whole = matches!(total, Some(Kind::Count(own)) if usize::try_from(own) == Ok(count));
        let open = self.events.last().is_none_or(|last| last.statement < self.number);
        let counted = matches!(total, Some(Kind::Count(_)));
        // "X 氏、Y 氏、Z 氏は": perhaps those whom the article counted.
        let list = count > 2 && !counted && total.is_some_and(Kind::is_person);
        if count < 2 || !(whole || list) || !open || self.passage.field == Field::Title {
            return;
        }
        // One who is told apart by a company of their own has a move of their own.
        if names.next().is_none() || self.has_company(&self.np) {
            return;
        }
        let span = self.tokens.get(index.saturating_sub(1)).map_or(self.span(&self.np), |t| t.span);
        self.events.push(Event {
            subject: self.np.clone(),
            inherited: list,
            ..Event::new(Frame::Roster, span, self.number)
        });
        self.clause = self.events.len();
    }
}
