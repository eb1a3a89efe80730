//! Phrases of a Chinese clause: what closes one, and which part of the clause it is.

use super::read::{Reader, Slot};
use crate::extract::han::event::{Frame, Mood, Phrase};
use crate::extract::han::token::{self, Kind};
use crate::extract::han::words::Word;
use crate::extract::script::Script;

impl Reader<'_> {
    /// True for one character between others that no rule knows: it is part of their word.
    pub(super) fn is_inside(&self, index: usize) -> bool {
        let han = |index: usize| self.kind(index) == Some(Kind::Text(Script::Han));
        let short =
            self.tokens.get(index).is_some_and(|token| token.span.end - token.span.start == 3);
        short && index > 0 && han(index - 1) && han(index + 1)
    }

    pub(super) fn is_post(&self, index: usize) -> bool {
        matches!(self.kind(index), Some(Kind::Word(Word::Role | Word::Staff | Word::Team)))
    }

    pub(super) fn open(&mut self, slot: Slot) {
        self.close();
        self.slot = slot;
    }

    /// Ends the phrase unless it is still empty.
    pub(super) fn close_soft(&mut self) {
        if !self.np.is_empty() {
            self.close();
        }
    }

    /// Puts the phrase where it belongs.
    pub(super) fn close(&mut self) {
        let np = std::mem::take(&mut self.np);
        let slot = std::mem::replace(&mut self.slot, Slot::Subject);
        if np.is_empty() {
            // "从 [later] A": a marker waits for its phrase over an adverb.
            if matches!(
                slot,
                Slot::Object(_) | Slot::From | Slot::Agent | Slot::Taken | Slot::Post(_)
            ) {
                self.slot = slot;
            }
            return;
        }
        match slot {
            Slot::Subject => {
                if self.is_telling(&np) || self.subject.is_empty() {
                    self.subject = np;
                }
            }
            Slot::From => self.from = np,
            Slot::Agent => self.agent = np,
            Slot::Taken => self.taken = np,
            Slot::Discard | Slot::Post(_) if self.is_head(&np) => self.modified(np),
            Slot::Discard => self.place = np,
            Slot::Post(event) => {
                if let Some(event) = event.and_then(|event| self.events.get_mut(event)) {
                    event.post = np;
                }
            }
            Slot::Object(event) => self.object(event, np),
        }
    }

    /// True for "... of the vice president": the verb before belongs to the phrase.
    fn is_head(&self, np: &[usize]) -> bool {
        let of = np.iter().rposition(|index| self.kind(*index) == Some(Kind::Word(Word::Of)));
        of.and_then(|of| np.get(of + 1..)).is_some_and(|head| self.is_human(head))
    }

    /// "A 转型项目的负责人", "负责 A 业务的副总裁": one phrase with a verb in it.
    fn modified(&mut self, np: Phrase) {
        let company = |index: &&usize| matches!(self.kind(**index), Some(Kind::Company(_)));
        let mut whole: Phrase = Vec::new();
        if !np.iter().any(|index| company(&index)) && !self.is_human(&self.subject) {
            whole.extend(self.subject.iter().filter(company));
        }
        whole.extend(np);
        self.subject = whole;
    }

    /// True for a phrase that names a person, a role or a company.
    pub(super) fn is_telling(&self, np: &[usize]) -> bool {
        token::any(self.tokens, np, |kind| {
            kind.is_human()
                || kind.is_company()
                || matches!(kind, Kind::Count(_) | Kind::Word(Word::Firm))
        })
    }

    pub(super) fn is_human(&self, np: &[usize]) -> bool {
        token::any(self.tokens, np, Kind::is_human)
    }

    fn object(&mut self, event: usize, np: Phrase) {
        // "离开 A 的 X ..." and "加入 A 的 X ...": X is who moves, not where to.
        let of = np.iter().position(|index| self.kind(*index) == Some(Kind::Word(Word::Of)));
        let head = of.and_then(|of| np.get(of + 1..)).unwrap_or(&[]);
        let frame = self.events.get(event).map(|event| event.frame);
        let subjectless = self.events.get(event).is_some_and(|event| {
            event.subject.is_empty() || event.inherited || !self.is_human(&event.subject)
        });
        let moves = matches!(
            frame,
            Some(Frame::Leave | Frame::Quit | Frame::Join | Frame::Enlist | Frame::Found)
        );
        if moves
            && self.is_human(head)
            && (subjectless || self.names_person(head))
            && !self.has_team(head)
        {
            // "两名刚加入 B 的研究员": the number stands before the clause.
            let counts = |index: &&usize| {
                matches!(self.kind(**index), Some(Kind::Count(_) | Kind::Word(Word::Many)))
            };
            let own = if self.is_human(&self.subject) { &[][..] } else { &self.subject };
            let head: Phrase = own.iter().filter(counts).chain(head).copied().collect();
            let before = np.get(..of.unwrap_or(0)).unwrap_or(&[]).to_vec();
            if let Some(event) = self.events.get_mut(event) {
                event.object = before;
                event.subject = head.clone();
                event.relative = true;
            }
            self.subject = head;
            self.mood = Mood::default();
            return;
        }
        // The object of a hire is the subject of what follows.
        if frame == Some(Frame::Hire) && self.is_human(&np) {
            self.subject = np.clone();
        }
        if let Some(event) = self.events.get_mut(event) {
            event.object = np;
        }
    }

    pub(super) fn names_person(&self, np: &[usize]) -> bool {
        token::any(self.tokens, np, Kind::is_person)
    }

    fn has_team(&self, np: &[usize]) -> bool {
        np.last().is_some_and(|index| self.kind(*index) == Some(Kind::Word(Word::Team)))
    }
}
