//! Words of a Chinese clause that say how it is meant: when, whether, who says so.

use super::read::{Reader, Slot};
use crate::extract::han::event::Event;
use crate::extract::han::token::{Kind, Token};
use crate::extract::han::words::Word;
use crate::model::Field;

impl Reader<'_> {
    /// "加入 B 仅 7 个月": so long ago, the background of what follows.
    pub(super) fn duration(&mut self, index: usize) {
        // "X 离职一年后": "年后" is a word, too, and lost its first half to the number.
        let end = self.tokens.get(index).map_or(0, |token| token.span.end);
        let later =
            self.passage.text.norm.get(end..).is_some_and(|rest| rest.starts_with(['后', '後']));
        let told = match self.slot {
            Slot::Object(_) if later => true,
            Slot::Object(_) => {
                let place = self.np.last().and_then(|last| self.kind(*last));
                place.is_some_and(Kind::is_company)
                    && self.kind(index + 1) != Some(Kind::Word(Word::Of))
            }
            _ => self.np.is_empty() && self.events.len() > self.clause,
        };
        match told {
            true => self.after(index),
            false => self.np.push(index),
        }
    }

    pub(super) fn month(&mut self, month: u32) {
        let past = month + 3 <= self.passage.month && self.mood.recap;
        self.mood.recap |= past;
    }

    /// An anniversary behind what was told.
    pub(super) fn recall(&mut self) {
        let told = self.events.get_mut(self.clause..).and_then(<[Event]>::last_mut);
        if let Some(event) = told {
            event.mood.recap = true;
        }
    }

    /// True for "一事" behind what was told.
    pub(super) fn is_matter(&self, index: usize) -> bool {
        let text = self.text(index);
        text.contains("一事") && self.events.len() > self.clause
    }

    /// "就 X 离职一事": spoken of, not told.
    pub(super) fn matter(&mut self) {
        self.close();
        let told = self.events.get_mut(self.clause..).and_then(<[Event]>::last_mut);
        if let Some(event) = told {
            event.background = true;
        }
    }

    /// A word that says how the clause or the statement is meant.
    pub(super) fn mood_word(&mut self, index: usize, word: Word) {
        match word {
            Word::Recent => {
                self.close_soft();
                self.mood.recent = true;
                self.mood.recap = false;
                self.old = false;
            }
            Word::Negation => {
                self.close();
                self.mood.negated = true;
            }
            // "此前否认离职传闻": that was before.
            Word::Denial if is_before(self.tokens, index) => {
                self.close();
                self.mood.negated = true;
            }
            Word::Denial => {
                self.statement.negated = true;
                self.denied |= self.passage.field == Field::Title;
            }
            Word::Condition => {
                self.close_soft();
                self.statement.supposed = true;
            }
            Word::Hedge => {
                self.close_soft();
                self.statement.hedged = true;
            }
            Word::Report => {
                self.close_soft();
                self.slot = Slot::Discard;
            }
            Word::Recap => {
                self.close_soft();
                self.mood.recap = true;
            }
            // News of the title, background of the text.
            Word::Earlier => {
                self.close_soft();
                self.mood.recap |= self.passage.field != Field::Title;
            }
            Word::Supposition => {
                self.close_soft();
                self.mood.supposed = true;
            }
            Word::Story => self.statement.story = true,
            Word::Statistics => self.statement.statistics = true,
            Word::Sabbatical => self.statement.sabbatical = true,
            _ => {}
        }
    }
}

/// True right behind "此前", in a clause that has told nothing: "此前否认离职传闻后".
pub(super) fn is_before(tokens: &[Token], at: usize) -> bool {
    let earlier = tokens.get(..at).unwrap_or(&[]).iter().rev().take(4).map(|token| token.kind);
    earlier
        .take_while(|kind| {
            !matches!(kind, Kind::Comma | Kind::Stop | Kind::Person(_) | Kind::Trigger(_))
        })
        .any(|kind| kind == Kind::Word(Word::Earlier))
}
