//! Triggers of a Japanese sentence: each gathers the phrases before it.

use super::ending::Ending;
use super::particle::Case;
use super::read::Reader;
use crate::extract::han::event::{Event, Frame, Mood, Phrase};
use crate::extract::han::token::{self, Kind};
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::extract::text::Span;

/// The phrases that a trigger takes.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) subject: Phrase,
    pub(super) object: Phrase,
    pub(super) from: Phrase,
    pub(super) agent: Phrase,
}

impl Reader<'_> {
    /// Everything before this trigger, given to it by its frame.
    pub(super) fn trigger(&mut self, index: usize, trigger: u16) {
        if self.grammar.tongue.is_of(trigger, "enter") {
            if !self.enters(index) {
                return;
            }
            // "X 氏の B 入り".
            self.part_mover(index);
        }
        let frame = self.grammar.tongue.frame(trigger);
        let ending = self.ending(index);
        // "B が設立された拠点に": a word about the place.
        if frame == Frame::Found && ending.passive && ending.relative {
            self.np.clear();
            self.to.clear();
            self.agent.clear();
            return;
        }
        if frame == Frame::Hire && self.is_cast() || frame == Frame::Promote && self.rises() {
            self.np.clear();
            self.to.clear();
            self.object.clear();
            return;
        }
        let seat = self.is_seat(&self.to) || self.is_seat(&self.agent);
        let mut parts = self.gather(frame, ending);
        if frame == Frame::Hire && ending.passive {
            self.bereaved(&mut parts);
        }
        let frame = self.frame_by(trigger, frame, ending, &mut parts);
        let posted = frame == Frame::Join && self.takes_post(index, &parts);
        if posted {
            parts.object.splice(0..0, token::companies(self.tokens, &self.topic));
        }
        if matches!(frame, Frame::Join | Frame::Leave)
            && token::any(self.tokens, &self.with, Kind::is_person)
        {
            parts.subject.append(&mut self.with);
        }
        self.with.clear();
        let (subject, inherited, serial) = self.subject_of(parts.subject, ending);
        let mut mood = self.mood;
        mood.passive = ending.passive && frame != Frame::Join;
        mood.negated |= ending.negated;
        mood.supposed |= ending.supposed;
        mood.recent &= !(ending.relative && self.is_this_year(index));
        // "元A の X、新会社を設立": the statement ends here, it is what the headline tells.
        let last = !ending.relative && !ending.nominal && !ending.background;
        mood.recent |= frame == Frame::Found && last && self.is_told_now(index);
        let span = self.tokens.get(index).map_or(Span::new(0, 0), |token| token.span);
        let goal = self.firm_named(&parts.object).filter(|_| frame == Frame::Join);
        self.events.push(Event {
            goal,
            seat,
            returns: self.grammar.tongue.is_of(trigger, "return"),
            subject,
            inherited,
            from: parts.from,
            agent: parts.agent,
            object: parts.object,
            mood,
            background: ending.background,
            nominal: ending.nominal,
            relative: ending.relative,
            serial,
            around: self.around.clone(),
            possessor: if posted { Phrase::new() } else { self.possessor() },
            topic: self.topic.clone(),
            poach: self.grammar.tongue.is_of(trigger, "poach"),
            ..Event::new(frame, span, self.number)
        });
        if let Some(last) = self.events.last() {
            self.around.extend(token::companies(self.tokens, &last.subject));
        }
        if !ending.relative {
            self.give_shared();
            self.give_pairs();
        }
        if ending.relative || ending.cleft {
            self.head_of = Some(self.events.len() - 1);
        }
        if std::mem::take(&mut self.also) {
            self.share_origin();
        }
        self.mood = Mood {
            recent: self.mood.recent,
            recap: self.mood.recap && !ending.relative,
            ..Mood::default()
        };
    }

    /// "B 入り": only behind a company, and not as part of another word.
    fn enters(&self, index: usize) -> bool {
        let firm = self.np.last() == Some(&index.wrapping_sub(1))
            && self.np.last().and_then(|last| self.kind(*last)).is_some_and(Kind::is_company);
        let ends = !matches!(
            self.kind(index + 1),
            Some(Kind::Text(Script::Han | Script::Katakana | Script::Latin))
                | Some(Kind::Word(Word::Of | Word::Alliance))
        );
        firm && ends
    }

    /// "ヘリオンの会長を退任": leaves a house that no rule knows, not one named elsewhere.
    pub(super) fn leaves_other(&self, frame: Frame, parts: &Parts) -> bool {
        let kinds: Vec<Option<Kind>> = parts.object.iter().map(|index| self.kind(*index)).collect();
        let other = matches!(
            kinds.as_slice(),
            [
                Some(Kind::Text(Script::Katakana | Script::Latin)),
                Some(Kind::Word(Word::Of)),
                ..,
                Some(Kind::Word(Word::Role | Word::Board))
            ]
        );
        frame == Frame::Leave && other
    }

    /// "A、研究者を B に引き抜かれる": the passive of the one who loses somebody.
    fn bereaved(&self, parts: &mut Parts) {
        if !self.is_human(&parts.object) || self.is_human(&parts.subject) {
            return;
        }
        let loser = [self.topic.as_slice(), &parts.subject].concat();
        if parts.from.is_empty() {
            parts.from = token::companies(self.tokens, &loser);
        }
        parts.subject = std::mem::take(&mut parts.object);
    }

    /// The phrases before the trigger, by the particles behind them and by the frame.
    fn gather(&mut self, frame: Frame, ending: Ending) -> Parts {
        self.head_of = None;
        if self.np.last().and_then(|last| self.kind(*last)) == Some(Kind::Word(Word::Of)) {
            self.np.pop();
        }
        let apart = self.np.last().and_then(|last| self.kind(*last)) == Some(Kind::Comma);
        // "B、退社した X 氏を呼び戻す": B is none of the clause's.
        let outer = apart && ending.relative && self.has_company(&self.np);
        self.assign(if outer { Case::Topic } else { Case::Bare });
        let bare = std::mem::take(&mut self.np);
        let to = std::mem::take(&mut self.to);
        let mut parts = Parts {
            subject: std::mem::take(&mut self.subject),
            object: std::mem::take(&mut self.object),
            from: std::mem::take(&mut self.from),
            agent: std::mem::take(&mut self.agent),
        };
        let hire = matches!(frame, Frame::Hire | Frame::Fire);
        let company = self.has_company(&bare);
        if hire && !ending.passive {
            let human = self.is_human(&bare);
            if parts.object.is_empty() && human {
                parts.object = bare;
            } else if parts.from.is_empty() && !human && company {
                parts.subject = bare;
            }
            return parts;
        }
        if self.is_human(&bare) && !self.is_human(&parts.subject) {
            parts.subject = bare;
        } else if company {
            match frame {
                Frame::Join | Frame::Enlist if to.is_empty() => parts.object = bare,
                Frame::Leave | Frame::Quit | Frame::Found if parts.object.is_empty() => {
                    parts.object = bare;
                }
                _ => {}
            }
        }
        if matches!(frame, Frame::Join | Frame::Enlist | Frame::Promote) && !to.is_empty() {
            // "A を離れ B に": what is left is the origin.
            if parts.from.is_empty() && self.has_company(&parts.object) {
                parts.from = std::mem::take(&mut parts.object);
            }
            parts.object.clone_from(&to);
        }
        if hire && parts.agent.is_empty() {
            parts.agent = to;
        }
        // "A では 4 人が B に移籍した".
        let place = std::mem::take(&mut self.waiting.place);
        if frame == Frame::Join
            && !ending.relative
            && parts.from.is_empty()
            && !self.has_company(&parts.subject)
        {
            parts.from = place;
        }
        parts
    }

    /// The subject, or that of what came before; whether it was taken from there; and the event
    /// before in the same sentence.
    fn subject_of(&self, own: Phrase, ending: Ending) -> (Phrase, bool, Option<usize>) {
        let (mut subject, mut inherited) = (own, false);
        // "X 氏は在籍が短く、B に移った": X moves.
        if !self.is_human(&subject) && !self.has_company(&subject) && self.is_human(&self.topic) {
            subject.clear();
        }
        if subject.is_empty() && !self.topic.is_empty() {
            subject.clone_from(&self.topic);
            inherited = self.events.len() > self.clause;
        }
        let previous = self.events.len().checked_sub(1).filter(|last| *last >= self.clause);
        if subject.is_empty()
            && !ending.relative
            && let Some(previous) = previous.and_then(|at| self.events.get(at))
        {
            subject.clone_from(&previous.subject);
            inherited = true;
        }
        (subject, inherited, previous)
    }

    /// "A、幹部の X が ...": the topic is where the subject works.
    fn possessor(&self) -> Phrase {
        if self.is_human(&self.topic) { Phrase::new() } else { self.topic.clone() }
    }

    /// "X も同様に B へ移籍した": from where the one before came.
    fn share_origin(&mut self) {
        let Some((last, earlier)) = self.events.split_last_mut() else { return };
        let Some(before) = earlier.last() else { return };
        let company = |index: &usize| match token::kind(self.tokens, *index)? {
            Kind::Company(at) => self.passage.companies.get(at).map(|mention| mention.company),
            _ => None,
        };
        let to = |event: &Event| event.object.iter().chain(&event.agent).find_map(company);
        let goal = match before.frame {
            Frame::Hire => before.subject.iter().find_map(company),
            _ => to(before),
        };
        if last.from.is_empty() && goal.is_some() && goal == to(last) {
            last.from.clone_from(&before.from);
        }
    }
}
