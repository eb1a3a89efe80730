//! Japanese particles, and the part that each gives to the phrase before it.

use super::read::Reader;
use crate::extract::han::event::{Frame, Phrase};
use crate::extract::han::token::{self, Kind};
use crate::extract::han::words::Word;
use crate::extract::script::Script;

/// What a particle makes of the phrase before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Topic,
    Subject,
    Object,
    From,
    To,
    /// No particle: right before a trigger, or at the end of a headline.
    Bare,
    /// "Together with".
    With,
    /// Another particle: the phrase has no part in the move.
    None,
}

/// Particles, the longest first.
pub(super) const PARTICLES: &[(&str, Case)] = &[
    ("によって", Case::None),
    ("のもとで", Case::None),
    ("の下で", Case::None),
    ("のため", Case::None),
    ("により", Case::None),
    ("について", Case::None),
    ("に対して", Case::None),
    ("とともに", Case::With),
    ("からの", Case::From),
    ("からは", Case::From),
    ("から", Case::From),
    ("より", Case::From),
    ("への", Case::To),
    ("には", Case::To),
    ("にも", Case::To),
    ("へ", Case::To),
    ("として", Case::None),
    ("とは", Case::None),
    ("では", Case::None),
    ("での", Case::None),
    ("らとともに", Case::With),
    ("らと", Case::None),
    ("らから", Case::None),
    ("らに", Case::To),
    ("らが", Case::Subject),
    ("らは", Case::Topic),
    ("らも", Case::Topic),
    ("らを", Case::Object),
    ("など", Case::None),
    ("が", Case::Subject),
    ("は", Case::Topic),
    ("も", Case::Topic),
    ("を", Case::Object),
    ("に", Case::To),
    ("で", Case::None),
];

impl Reader<'_> {
    /// Hiragana behind a phrase begins with its particle.
    pub(super) fn hiragana(&mut self, index: usize) {
        let run = self.text(index).to_owned();
        self.example(&run);
        if self.np.is_empty() {
            if run == "も" {
                self.also = true;
            }
            return;
        }
        if self.links(index, &run) {
            return;
        }
        if run.starts_with("による") || run.starts_with("によって") {
            self.agent = std::mem::take(&mut self.np);
            return;
        }
        // "And others": a plural, before any particle.
        if run.starts_with('ら') {
            self.np.push(index);
        }
        // "X 氏らメタに移籍": a headline leaves the particle out.
        if run == "ら" && matches!(self.kind(index + 1), Some(Kind::Company(_))) {
            self.assign(Case::Subject);
            return;
        }
        let Some((particle, case)) =
            PARTICLES.iter().find(|(particle, _)| run.starts_with(particle))
        else {
            self.unknown(index, &run);
            return;
        };
        self.also |= *particle == "も" || run == "も";
        let case = self.case_of(index, &run, *case);
        if case == Case::To {
            self.last_to = particle;
        }
        if matches!(*particle, "で" | "では" | "での") {
            self.comes_from(index);
            self.works_at();
        }
        if matches!(case, Case::Topic | Case::Subject | Case::None) {
            self.roster(index);
        }
        if *particle == "への" {
            self.part_mover(index + 1);
        }
        self.assign(case);
        self.apart = case == Case::Subject && self.kind(index + 1) == Some(Kind::Comma);
    }

    /// Hiragana that begins with no particle.
    fn unknown(&mut self, index: usize, run: &str) {
        // "X 氏、わずか": an adverb behind the topic of a headline.
        if self.np.last().and_then(|last| self.kind(*last)) == Some(Kind::Comma)
            && self.is_telling(&self.np)
        {
            self.assign(Case::Topic);
            return;
        }
        // と, や and the like go on; anything else is the ending of a verb that no rule knows.
        if !run.starts_with('ら') && run.chars().count() > 1 {
            self.np.clear();
        } else if !run.starts_with('ら') {
            self.np.push(index);
        }
    }

    /// Gives the phrase its part. Of a list with commas, only the last element stands before the
    /// particle: "Meta、OpenAIから" is Meta (topic) and OpenAI (from).
    pub(super) fn assign(&mut self, case: Case) {
        let np = std::mem::take(&mut self.np);
        if np.is_empty() {
            return;
        }
        let elements: Vec<Phrase> = np
            .split(|index| self.kind(*index) == Some(Kind::Comma))
            .filter(|part| !part.is_empty())
            .map(<[usize]>::to_vec)
            .collect();
        let mut human: Vec<bool> = elements.iter().map(|part| self.is_human(part)).collect();
        // "X 氏、A 取締役を": X and what X gives up.
        let named = |part: &Phrase| token::any(self.tokens, part, Kind::is_person);
        if elements.last().is_some_and(|last| !named(last)) {
            for (part, human) in elements.iter().zip(&mut human) {
                *human &= !named(part);
            }
        }
        let keep = match case {
            Case::From | Case::To | Case::None if self.head_of.is_none() => {
                elements.len().saturating_sub(1)
            }
            _ if human.last() == Some(&true) => {
                human.iter().rposition(|human| !human).map_or(0, |at| at + 1)
            }
            _ => elements.len().saturating_sub(1),
        };
        // "P 氏、A の研究者 Q 氏を採用": P is who hires.
        let houses = |part: &Phrase| token::any(self.tokens, part, Kind::is_company);
        let keep = match elements.iter().position(houses) {
            Some(first) if case == Case::Object && first > keep => first,
            _ => keep,
        };
        let keep = if case == Case::Object && self.is_hirer(&elements) { 1 } else { keep };
        // "X のほか、研究者 4 人を": one list.
        let goes_on = |part: &Phrase| {
            part.last().and_then(|last| self.kind(*last)) == Some(Kind::Word(Word::And))
        };
        let list =
            elements.get(..keep).unwrap_or(&[]).iter().rev().take_while(|part| goes_on(part));
        let keep = keep - if case == Case::Object { list.count() } else { 0 };
        let earlier = elements.get(..keep).unwrap_or(&[]).concat();
        let own = self.joined(elements.get(keep..).unwrap_or(&[]));
        let open = matches!(case, Case::From | Case::To | Case::None);
        let paired = case == Case::From && self.pair(&earlier);
        let goal =
            matches!(case, Case::Topic | Case::Subject) && self.headline_pair(&earlier, &own);
        let waits = paired || goal || open && self.begins_list(&earlier, &own);
        if !waits && self.is_telling(&earlier) {
            self.topic = earlier;
        }
        let own = if open { own } else { self.ends_list(own) };
        if self.head(&own, case) {
            return;
        }
        match case {
            Case::Topic => {
                self.share_verb(&own);
                // "X 氏、今度は": a word of time is no new topic.
                if self.topic.is_empty() || self.is_telling(&own) {
                    self.topic = own;
                }
            }
            Case::Subject => {
                self.share_verb(&own);
                let before = std::mem::replace(&mut self.subject, own);
                self.outer = if self.is_human(&before) { before } else { Phrase::new() };
            }
            Case::Object => self.object = own,
            Case::From => self.from = own,
            Case::To => self.to = own,
            Case::With => self.with = own,
            Case::Bare | Case::None => self.np = if case == Case::Bare { own } else { Vec::new() },
        }
    }

    /// The elements as one list, with their commas.
    fn joined(&self, elements: &[Phrase]) -> Phrase {
        let comma = (0..self.tokens.len()).find(|index| self.kind(*index) == Some(Kind::Comma));
        let mut list: Phrase = Vec::new();
        for (index, element) in elements.iter().enumerate() {
            if index > 0 {
                list.extend(comma);
            }
            list.extend(element);
        }
        list
    }

    /// Gives a phrase to the relative or cleft clause before it.
    fn head(&mut self, own: &Phrase, case: Case) -> bool {
        let human = self.is_human(own);
        // "就任したのは、A を率いた X 氏": A is no head.
        let inner = case == Case::Object && !human;
        let Some(event) = self.head_of.take_if(|_| !inner) else { return false };
        if let Some(event) = self.events.get_mut(event)
            && human
        {
            let hire = matches!(event.frame, Frame::Hire | Frame::Fire);
            match hire && !event.mood.passive {
                true if event.object.is_empty() => event.object.clone_from(own),
                false if event.subject.is_empty() || event.inherited => {
                    event.subject.clone_from(own);
                    event.inherited = false;
                }
                _ => {}
            }
            return case == Case::None;
        }
        false
    }

    fn is_telling(&self, np: &[usize]) -> bool {
        let name = |index: &usize| {
            matches!(self.kind(*index), Some(Kind::Text(Script::Latin | Script::Katakana)))
                && self.text(*index).starts_with(char::is_alphabetic)
        };
        self.is_human(np) || self.has_company(np) || np.iter().any(name)
    }

    pub(super) fn is_human(&self, np: &[usize]) -> bool {
        if np.last().and_then(|last| self.kind(*last)).is_some_and(Kind::is_company) {
            return false;
        }
        token::any(self.tokens, np, |kind| {
            kind.is_human() || matches!(kind, Kind::Count(_) | Kind::Word(Word::Many))
        })
    }
}
