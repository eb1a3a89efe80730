//! Reads Japanese clauses: particles give each phrase its part, the trigger gathers them.

use super::Japanese;
use crate::extract::candidate::Passage;
use crate::extract::han::event::{Event, Frame, Mood, Phrase};
use crate::extract::han::token::{Kind, Token};
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::extract::text::Span;
use crate::model::Field;

/// What a particle makes of the phrase before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Topic,
    Subject,
    Object,
    From,
    To,
    /// No particle: right before a trigger, or at the end of a headline.
    Bare,
    /// Another particle: the phrase has no part in the move.
    None,
}

/// Particles, the longest first.
const PARTICLES: &[(&str, Case)] = &[
    ("によって", Case::None),
    ("について", Case::None),
    ("に対して", Case::None),
    ("とともに", Case::None),
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
    ("らとともに", Case::None),
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

pub(super) struct Reader<'a> {
    pub(super) grammar: &'a Japanese,
    pub(super) tokens: &'a [Token],
    pub(super) passage: &'a Passage<'a>,
    pub(super) events: Vec<Event>,
    pub(super) np: Phrase,
    pub(super) topic: Phrase,
    pub(super) subject: Phrase,
    pub(super) object: Phrase,
    pub(super) from: Phrase,
    pub(super) to: Phrase,
    pub(super) agent: Phrase,
    pub(super) mood: Mood,
    pub(super) statement: Mood,
    pub(super) around: Phrase,
    pub(super) number: usize,
    /// The event that a phrase behind "...したのは" or a relative clause belongs to.
    pub(super) head_of: Option<usize>,
    /// "As well": this move shares its origin with the one before.
    pub(super) also: bool,
    /// Events from here on belong to the statement.
    pub(super) clause: usize,
    /// The particle behind the last destination.
    pub(super) last_to: &'static str,
    /// Where the trigger's ending stops.
    pub(super) skip_to: usize,
}

/// Reads the events of one passage.
pub(super) fn events(grammar: &Japanese, passage: &Passage<'_>, tokens: &[Token]) -> Vec<Event> {
    let mut reader = Reader {
        grammar,
        tokens,
        passage,
        events: Vec::new(),
        np: Vec::new(),
        topic: Vec::new(),
        subject: Vec::new(),
        object: Vec::new(),
        from: Vec::new(),
        to: Vec::new(),
        agent: Vec::new(),
        mood: Mood::default(),
        statement: Mood::default(),
        around: Vec::new(),
        number: 0,
        head_of: None,
        also: false,
        clause: 0,
        last_to: "",
        skip_to: 0,
    };
    for index in 0..tokens.len() {
        reader.take(index);
    }
    reader.stop();
    reader.events
}

impl Reader<'_> {
    pub(super) fn kind(&self, index: usize) -> Option<Kind> {
        self.tokens.get(index).map(|token| token.kind)
    }

    pub(super) fn text(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| self.passage.text.get(token.span))
    }

    fn take(&mut self, index: usize) {
        let Some(token) = self.tokens.get(index).copied() else { return };
        if token.span.end <= self.skip_to {
            return;
        }
        match token.kind {
            Kind::Text(Script::Hiragana) => self.hiragana(index),
            Kind::Company(_) | Kind::Person(_) | Kind::Count(_) | Kind::Text(_) => {
                self.np.push(index)
            }
            Kind::Trigger(trigger) => self.trigger(index, trigger),
            Kind::Word(word) => self.word(index, word),
            Kind::Year(year) => self.mood.recap |= year < self.passage.year,
            Kind::Comma => self.comma(index),
            Kind::Stop => {
                self.statement.supposed |= self.passage.text.get(token.span) == "?";
                self.stop();
            }
            Kind::Sign | Kind::Month(_) | Kind::Space | Kind::Open | Kind::Close => {}
        }
    }

    /// Hiragana behind a phrase begins with its particle.
    fn hiragana(&mut self, index: usize) {
        let run = self.text(index).to_owned();
        if self.np.is_empty() {
            if run == "も" {
                self.also = true;
            }
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
            // と, や and the like go on; anything else is the ending of a verb that no rule knows.
            if !run.starts_with('ら') && run.chars().count() > 1 {
                self.np.clear();
            } else if !run.starts_with('ら') {
                self.np.push(index);
            }
            return;
        };
        self.also |= *particle == "も" || run == "も";
        if *case == Case::To {
            self.last_to = particle;
        }
        self.assign(*case);
    }

    /// Gives the phrase its part. Of a list with commas, only the last element stands before the
    /// particle: "Meta、OpenAIから" is Meta (topic) and OpenAI (from).
    fn assign(&mut self, case: Case) {
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
        let named = |part: &Phrase| {
            part.iter().any(|index| matches!(self.kind(*index), Some(Kind::Person(_))))
        };
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
        let earlier = elements.get(..keep).unwrap_or(&[]).concat();
        let own = self.joined(elements.get(keep..).unwrap_or(&[]));
        if !earlier.is_empty() && self.is_telling(&earlier) {
            self.topic = earlier;
        }
        if self.head(&own, case) {
            return;
        }
        match case {
            Case::Topic => self.topic = own,
            Case::Subject => self.subject = own,
            Case::Object => self.object = own,
            Case::From => self.from = own,
            Case::To => self.to = own,
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
        let Some(event) = self.head_of.take() else { return false };
        let human = self.is_human(own);
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
        self.is_human(np)
            || np.iter().any(|index| {
                matches!(
                    self.kind(*index),
                    Some(Kind::Company(_) | Kind::Text(Script::Latin | Script::Katakana))
                )
            })
    }

    pub(super) fn is_human(&self, np: &[usize]) -> bool {
        if np.last().is_some_and(|last| matches!(self.kind(*last), Some(Kind::Company(_)))) {
            return false;
        }
        np.iter().any(|index| {
            matches!(
                self.kind(*index),
                Some(
                    Kind::Person(_)
                        | Kind::Count(_)
                        | Kind::Word(
                            Word::Role
                                | Word::Team
                                | Word::Staff
                                | Word::Pronoun
                                | Word::Self_
                                | Word::Many
                        )
                )
            )
        })
    }

    fn word(&mut self, index: usize, word: Word) {
        match word {
            Word::Role
            | Word::Staff
            | Word::Team
            | Word::Bystander
            | Word::Former
            | Word::And
            | Word::Of
            | Word::Alliance
            | Word::Board
            | Word::Institution
            | Word::Pronoun
            | Word::Self_
            | Word::Firm
            | Word::Many
            | Word::Honorific
            | Word::Nothing => self.np.push(index),
            Word::Verb => {
                // "開発責任者", "AI研究部門": part of a phrase.
                let noun = matches!(
                    self.kind(index + 1),
                    Some(
                        Kind::Word(Word::Role | Word::Staff | Word::Team | Word::Of | Word::Verb)
                            | Kind::Text(Script::Han | Script::Katakana)
                    )
                ) || self.tokens.get(index + 1).is_some_and(|next| {
                    next.kind == Kind::Text(Script::Hiragana)
                        && PARTICLES
                            .iter()
                            .any(|(particle, _)| self.passage.text.get(next.span) == *particle)
                        || self.kind(index + 1) == Some(Kind::Word(Word::Of))
                });
                if noun {
                    self.np.push(index);
                } else {
                    self.np.clear();
                    self.remember();
                    self.object.clear();
                    self.from.clear();
                    self.to.clear();
                    self.subject.clear();
                    self.head_of = None;
                }
            }
            Word::Announce => self.mood.announced = true,
            Word::Negation | Word::Denial => self.statement.negated = true,
            Word::Hedge => self.statement.hedged = true,
            Word::Report => {}
            Word::Recap | Word::Earlier => self.mood.recap = true,
            Word::Recent => {
                self.mood.recent = true;
                self.mood.recap = false;
            }
            Word::Supposition | Word::Condition => self.statement.supposed = true,
            Word::Story => self.statement.story = true,
            Word::Statistics => self.statement.statistics = true,
            Word::Sabbatical => self.statement.sabbatical = true,
            Word::After => {
                if let Some(event) = self.events.last_mut()
                    && event.statement == self.number
                {
                    event.background = true;
                }
            }
            _ => {}
        }
    }

    fn comma(&mut self, index: usize) {
        if self.np.is_empty() {
            return;
        }
        self.np.push(index);
    }

    /// Everything before this trigger, given to it by its frame.
    fn trigger(&mut self, index: usize, trigger: u16) {
        let frame = self.grammar.frame(trigger);
        let ending = self.ending(index);
        let possessed =
            self.np.last().is_some_and(|last| self.kind(*last) == Some(Kind::Word(Word::Of)));
        self.head_of = None;
        if possessed {
            self.np.pop();
        }
        self.assign(Case::Bare);
        let bare = std::mem::take(&mut self.np);
        let hire = matches!(frame, Frame::Hire | Frame::Fire);
        let (mut subject, mut object, mut from) = (
            std::mem::take(&mut self.subject),
            std::mem::take(&mut self.object),
            std::mem::take(&mut self.from),
        );
        let to = std::mem::take(&mut self.to);
        let mut agent = std::mem::take(&mut self.agent);
        let bare_human = self.is_human(&bare);
        let mut inherited = false;
        if hire && !ending.passive {
            if object.is_empty() && bare_human {
                object = bare;
            } else if from.is_empty() && !bare_human && !bare.is_empty() && self.has_company(&bare)
            {
                subject = bare;
            }
        } else {
            if bare_human && !self.is_human(&subject) {
                subject = bare;
            } else if !bare.is_empty() && self.has_company(&bare) {
                match frame {
                    Frame::Join | Frame::Enlist if to.is_empty() => object = bare,
                    Frame::Leave | Frame::Quit | Frame::Found if object.is_empty() => object = bare,
                    _ => {}
                }
            }
            if matches!(frame, Frame::Join | Frame::Enlist | Frame::Promote) && !to.is_empty() {
                // "A を離れ B に": what is left is the origin.
                if from.is_empty() && self.has_company(&object) {
                    from = std::mem::take(&mut object);
                }
                object = to.clone();
            }
            if hire && ending.passive && agent.is_empty() {
                agent.clone_from(&to);
            }
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
        let mut mood = self.mood;
        mood.passive = ending.passive;
        mood.negated |= ending.negated;
        // "元A の X、新会社を設立": the statement ends here, it is what the headline tells.
        let last = !ending.relative && !ending.nominal && !ending.background;
        mood.recent |= frame == Frame::Found && last && self.passage.field == Field::Title;
        let statement = self.number;
        self.events.push(Event {
            frame,
            trigger: self.tokens.get(index).map_or(Span::new(0, 0), |token| token.span),
            subject,
            inherited,
            from,
            agent,
            taken: Vec::new(),
            object,
            post: Vec::new(),
            mood,
            background: ending.background,
            nominal: ending.nominal,
            relative: ending.relative,
            serial: previous,
            around: self.around.clone(),
            possessor: self.possessor(),
            topic: self.topic.clone(),
            poach: self.grammar.is_poaching(trigger),
            statement,
        });
        if ending.relative || ending.cleft {
            self.head_of = Some(self.events.len() - 1);
        }
        if self.also {
            self.share_origin();
        }
        self.also = false;
        self.mood = Mood {
            recent: self.mood.recent,
            recap: self.mood.recap && !ending.relative,
            ..Mood::default()
        };
    }

    /// "A、幹部の X が ...": the topic is where the subject works.
    fn possessor(&self) -> Phrase {
        if self.is_human(&self.topic) { Phrase::new() } else { self.topic.clone() }
    }

    /// "X も同様に B へ移籍した": from where the one before came.
    fn share_origin(&mut self) {
        let Some((last, earlier)) = self.events.split_last_mut() else { return };
        let to = |event: &Event| {
            event.object.iter().chain(&event.agent).find_map(|index| {
                self.tokens.get(*index).and_then(|token| match token.kind {
                    Kind::Company(at) => {
                        self.passage.companies.get(at).map(|mention| mention.company)
                    }
                    _ => None,
                })
            })
        };
        let employer = |event: &Event| {
            event.subject.iter().find_map(|index| {
                self.tokens.get(*index).and_then(|token| match token.kind {
                    Kind::Company(at) => {
                        self.passage.companies.get(at).map(|mention| mention.company)
                    }
                    _ => None,
                })
            })
        };
        let Some(before) = earlier.last() else { return };
        let goal = if before.frame == Frame::Hire { employer(before) } else { to(before) };
        if last.from.is_empty() && goal.is_some() && goal == to(last) {
            last.from.clone_from(&before.from);
        }
    }

    pub(super) fn has_company(&self, np: &[usize]) -> bool {
        np.iter().any(|index| matches!(self.kind(*index), Some(Kind::Company(_))))
    }

    /// Keeps the companies of the clause for a later one that names none.
    fn remember(&mut self) {
        let phrases = self.topic.iter().chain(&self.subject).chain(&self.np);
        let companies =
            phrases.filter(|index| matches!(self.kind(**index), Some(Kind::Company(_))));
        let companies: Phrase = companies.copied().collect();
        self.around.extend(companies);
    }

    fn stop(&mut self) {
        if self.head_of.is_some() {
            self.assign(Case::None);
        }
        self.verbless();
        if self.last_to == "へ" {
            self.headed();
        }
        self.last_to = "";
        self.remember();
        let statement = self.statement;
        for event in self.events.iter_mut().filter(|event| event.statement == self.number) {
            event.mood.hedged |= statement.hedged;
            event.mood.negated |= statement.negated;
            event.mood.supposed |= statement.supposed;
            event.mood.story |= statement.story;
            event.mood.statistics |= statement.statistics;
            event.mood.sabbatical |= statement.sabbatical;
        }
        self.statement = Mood::default();
        self.mood = Mood::default();
        self.number += 1;
        self.clause = self.events.len();
        self.np.clear();
        self.topic.clear();
        self.subject.clear();
        self.object.clear();
        self.from.clear();
        self.to.clear();
        self.agent.clear();
        self.head_of = None;
        self.also = false;
    }
}
