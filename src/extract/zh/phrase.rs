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

    /// "A 开源产品负责人": a verb between a house and two words of a post.
    pub(super) fn is_long_post(&self, index: usize) -> bool {
        let house = self.np.last().and_then(|last| self.kind(*last)).is_some_and(Kind::is_company);
        let thing = matches!(
            self.kind(index + 1),
            Some(Kind::Text(Script::Han) | Kind::Word(Word::Alliance | Word::Verb))
        );
        house && self.np.last() == index.checked_sub(1).as_ref() && thing && self.is_post(index + 2)
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
                Slot::Object(_)
                    | Slot::From
                    | Slot::Agent
                    | Slot::Taken
                    | Slot::Post(_)
                    | Slot::Past
                    | Slot::Heir
                    | Slot::Named(_)
                    | Slot::Along(_)
            ) {
                self.slot = slot;
            }
            return;
        }
        match slot {
            Slot::Subject => {
                if self.is_telling(&np) || self.subject.is_empty() {
                    let before = std::mem::replace(&mut self.subject, np);
                    self.around.extend(token::companies(self.tokens, &before));
                }
            }
            // "由 A 前高管 X 出任", "来自 A 的 X 加入": the one who acts.
            Slot::From if self.acts(&np) => {
                self.mood.recap |= self.is_since(&np);
                self.subject = np;
            }
            Slot::From => self.from = np,
            Slot::Agent => self.agent = np,
            Slot::Taken => self.taken = np,
            Slot::Discard | Slot::Post(_) if self.is_head(&np) => self.modified(np),
            Slot::Discard => match self.firm_in(&np) {
                Some(firm) => self.subject = firm,
                None => self.place = np,
            },
            Slot::Post(event) => {
                if let Some(event) = event.and_then(|event| self.events.get_mut(event)) {
                    event.post = np;
                }
            }
            Slot::Object(event) => self.object(event, np),
            Slot::Past => self.served(np),
            Slot::Heir => {
                self.heir(np);
            }
            Slot::Named(event) => self.name(event, &np),
            Slot::Along(event) => self.along(event, np),
        }
    }

    /// "X 投资的公司 Y 任命 ...": the firm behind the clause is who acts.
    fn firm_in(&self, np: &[usize]) -> Option<Phrase> {
        let of = np.iter().position(|index| self.kind(*index) == Some(Kind::Word(Word::Of)))?;
        let tail = np.get(of + 1..)?;
        let firm = token::any(self.tokens, tail, |kind| kind == Kind::Word(Word::Firm));
        firm.then(|| tail.to_vec())
    }

    /// "自 X 离开 A": since then, the background of what follows.
    fn is_since(&self, np: &[usize]) -> bool {
        let before = np.first().and_then(|first| first.checked_sub(1));
        before.is_some_and(|before| self.text(before).starts_with('自'))
    }

    /// True for a phrase that ends with a name, while nobody else acts.
    fn acts(&self, np: &[usize]) -> bool {
        let named = np.last().and_then(|last| self.kind(*last)).is_some_and(Kind::is_person);
        named && !self.is_human(&self.subject)
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
        // "A 挖来的 X": X is who is spoken of.
        if frame == Some(Frame::Hire) && of == Some(0) && self.is_human(head) {
            let head = head.to_vec();
            if let Some(event) = self.events.get_mut(event) {
                event.object.clone_from(&head);
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

    /// "A 又有两名高管": the people are A's.
    pub(super) fn resume(&mut self, index: usize) {
        let word = self.tokens.get(index).map_or("", |token| self.passage.text.get(token.span));
        let house = self.subject.last().and_then(|last| self.kind(*last));
        let house = house.is_some_and(Kind::is_company);
        if word.ends_with('有') && house && self.events.len() == self.clause {
            self.np = std::mem::take(&mut self.subject);
        }
    }

    /// True for the "are" of "the researchers who left are X and Y".
    pub(super) fn is_cleft(&self, index: usize) -> bool {
        let word = self.tokens.get(index).map_or("", |token| self.passage.text.get(token.span));
        let of = |index: &usize| self.kind(*index) == Some(Kind::Word(Word::Of));
        let head = self.np.iter().position(of).and_then(|of| self.np.get(of + 1..)).unwrap_or(&[]);
        // "离开 A 的是 X": nothing stands behind 的.
        let bare = word == "是" && self.np.last().is_some_and(of);
        matches!(word, "为" | "為" | "是" | "包括")
            && matches!(self.slot, Slot::Object(_))
            && (bare || self.is_human(head) && !self.names_person(head))
    }

    /// The event whose unnamed group "including" behind it spells out.
    pub(super) fn lists(&self, index: usize) -> Option<usize> {
        let word = self.tokens.get(index).map_or("", |token| self.passage.text.get(token.span));
        let last = self.events.len().checked_sub(1)?;
        let event = self.events.get(last).filter(|event| event.statement == self.number)?;
        let hire = matches!(event.frame, Frame::Hire | Frame::Fire) && !event.mood.passive;
        let object = match self.slot {
            Slot::Object(open) if open == last => self.np.as_slice(),
            _ => &[],
        };
        let group =
            if hire { [event.object.as_slice(), object].concat() } else { event.subject.clone() };
        let counted = |kind| {
            matches!(kind, Kind::Count(_) | Kind::Word(Word::Many | Word::Team | Word::Staff))
        };
        let open = token::any(self.tokens, &group, counted) && !self.names_person(&group);
        (matches!(word, "包括" | "包含" | "涵盖") && open).then_some(last)
    }

    /// Gives an event the names of those whom it only described.
    fn name(&mut self, event: usize, np: &[usize]) {
        if !self.names_person(np) {
            return;
        }
        let and = |at: &usize| matches!(self.kind(*at), Some(Kind::Comma | Kind::Word(Word::And)));
        let comma = (0..self.tokens.len()).find(and);
        if let Some(event) = self.events.get_mut(event) {
            event.relative = false;
            event.background = false;
            let hire = matches!(event.frame, Frame::Hire | Frame::Fire) && !event.mood.passive;
            let who = if hire { &mut event.object } else { &mut event.subject };
            who.extend(comma);
            who.extend(np);
        }
    }

    fn has_team(&self, np: &[usize]) -> bool {
        np.last().is_some_and(|index| self.kind(*index) == Some(Kind::Word(Word::Team)))
    }
}
