//! Where a Chinese phrase, clause or statement ends.

use super::read::{Reader, Slot};
use crate::extract::han::event::{Event, Frame, Mood, Phrase};
use crate::extract::han::token::{self, Kind, Token};
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::model::Field;

impl Reader<'_> {
    /// In a headline a space between two Han words separates clauses, unless it sets one between all
    /// words.
    pub(super) fn is_clause_space(&self, index: usize) -> bool {
        let han = |token: Option<&Token>| {
            token.is_some_and(|token| {
                let text = self.passage.text.get(token.span);
                text.chars().next().is_some_and(|ch| Script::of(ch) == Script::Han)
            })
        };
        let before = index.checked_sub(1).and_then(|before| self.tokens.get(before));
        self.passage.field == Field::Title
            && !self.is_spelled_apart()
            && han(before)
            && (han(self.tokens.get(index + 1)) || self.parts_letters(index))
    }

    /// "甲公司 CEO 某某 离职 加入 乙公司": two verbs stand between spaces.
    fn is_spelled_apart(&self) -> bool {
        let kinds = |at: usize| self.kind(at);
        let alone = |at: &usize| {
            matches!(kinds(*at), Some(Kind::Trigger(_)))
                && kinds(at.wrapping_sub(1)) == Some(Kind::Space)
                && kinds(at + 1) == Some(Kind::Space)
        };
        (0..self.tokens.len()).filter(alone).nth(1).is_some()
    }

    /// "蘋果人才流失 AI研究員…": a space before Latin letters, in a title that sets none between
    /// the scripts elsewhere, and behind what may end a clause.
    fn parts_letters(&self, index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|before| self.kind(before));
        let ends = match before {
            Some(Kind::Trigger(trigger)) => self.grammar.tongue.frame(trigger) == Frame::Leave,
            Some(Kind::Word(Word::Verb | Word::Statistics) | Kind::Text(Script::Han)) => true,
            _ => false,
        };
        ends && self.is_tight()
    }

    /// True for a text in which Han and Latin letters touch.
    fn is_tight(&self) -> bool {
        let mut chars = self.passage.text.norm.chars().map(Script::of);
        let mut before = chars.next();
        chars.any(|script| {
            let last = before.replace(script);
            matches!(
                (last, script),
                (Some(Script::Han), Script::Latin) | (Some(Script::Latin), Script::Han)
            )
        })
    }

    /// "B 再挖四名研究员：X、Y": a statement of names alone tells who the group before was.
    pub(super) fn named(&mut self) {
        self.presented();
        let list = |kind| {
            matches!(kind, Kind::Person(_) | Kind::Word(Word::And) | Kind::Space | Kind::Comma)
        };
        let only = self.np.iter().all(|index| self.kind(*index).is_some_and(list));
        let names = token::any(self.tokens, &self.np, Kind::is_person);
        if !only || !names || self.events.len() != self.clause || !self.subject.is_empty() {
            return;
        }
        let Some(last) = self.events.last().filter(|last| last.statement + 1 == self.number) else {
            return;
        };
        let hire = matches!(last.frame, Frame::Hire | Frame::Fire) && !last.mood.passive;
        let group = if hire { &last.object } else { &last.subject };
        let counted = |kind| matches!(kind, Kind::Count(_) | Kind::Word(Word::Many));
        if token::any(self.tokens, group, counted) && !self.names_person(group) {
            let group = [group.as_slice(), &self.np].concat();
            let Some(last) = self.events.last_mut() else { return };
            match hire {
                true => last.object = group,
                false => last.subject = group,
            }
        }
    }

    /// "B 迎来新任 CFO：前 A 高管 X": who the post behind the verb goes to.
    fn presented(&mut self) {
        let colon = self.np.first().and_then(|first| first.checked_sub(1));
        let named = self.np.last().and_then(|last| self.kind(*last)).is_some_and(Kind::is_person);
        let open = self.events.len() == self.clause && self.subject.is_empty();
        if !named || !open || colon.is_none_or(|at| self.text(at) != ":") {
            return;
        }
        let post = |event: &Event| {
            event.frame == Frame::Hire
                && event.statement + 1 == self.number
                && !event.mood.passive
                && (self.is_human(&event.object) || self.is_human(&event.post))
                && !self.names_person(&event.object)
                && !token::any(self.tokens, &event.object, |kind| matches!(kind, Kind::Count(_)))
        };
        if self.events.last().is_some_and(post)
            && let Some(last) = self.events.last_mut()
        {
            let houses = token::companies(self.tokens, &last.object);
            last.object = [houses.as_slice(), &self.np].concat();
        }
    }

    pub(super) fn comma(&mut self, index: usize) {
        // "A、B，以及 C" is one list.
        let next = (index + 1..).find(|at| self.kind(*at) != Some(Kind::Space));
        if next.and_then(|next| self.kind(next)) == Some(Kind::Word(Word::And))
            && !self.np.is_empty()
        {
            return;
        }
        // "包括 A 的 X，B 的 Y": the list goes on.
        if matches!(self.slot, Slot::Named(_))
            && self.names_person(&self.np)
            && self.lists_on(index)
        {
            self.np.push(index);
            return;
        }
        self.close();
        self.end_clause();
    }

    /// True where the words up to the next comma name somebody and tell nothing.
    fn lists_on(&self, index: usize) -> bool {
        let next = (index + 1..self.tokens.len()).filter_map(|at| self.kind(at));
        let mut named = false;
        for kind in next.take_while(|kind| !matches!(kind, Kind::Comma | Kind::Stop)) {
            named |= kind.is_person();
            if matches!(kind, Kind::Trigger(_) | Kind::Word(Word::Verb | Word::Aspect)) {
                return false;
            }
        }
        named
    }

    pub(super) fn end_clause(&mut self) {
        self.note_seats();
        self.once_held();
        self.roster();
        let subject = std::mem::take(&mut self.subject);
        let objects =
            self.events.get(self.clause..).unwrap_or(&[]).iter().flat_map(|event| &event.object);
        let both: Phrase = subject.iter().chain(objects).copied().collect();
        // "A 前 CEO X 出任": A is where X was.
        let left = |at: &usize| {
            [self.kind(at + 1), at.checked_sub(1).and_then(|before| self.kind(before))]
                .contains(&Some(Kind::Word(Word::Former)))
        };
        let mut companies = token::companies(self.tokens, &both);
        if self.names_person(&both) {
            companies.retain(|at| !left(at));
        }
        self.around.extend(companies);
        let subject_empty = !self.is_telling(&subject);
        if !subject_empty {
            self.topic = subject;
        }
        // "Five years ago, ...": a clause of time alone holds for what follows.
        self.old |= self.mood.recap && self.clause == self.events.len() && subject_empty;
        self.from.clear();
        self.agent.clear();
        self.taken.clear();
        self.place.clear();
        self.mood = Mood { recap: self.old, ..Mood::default() };
        self.slot = Slot::Subject;
        self.clause = self.events.len();
    }

    pub(super) fn stop(&mut self) {
        self.named();
        self.close();
        self.introduced();
        self.end_clause();
        let statement = self.statement;
        for event in self.events.iter_mut().filter(|event| event.statement == self.number) {
            event.mood.share(statement);
        }
        self.statement = Mood::default();
        self.number += 1;
        self.topic.clear();
        self.old = false;
        self.mood = Mood::default();
    }
}
