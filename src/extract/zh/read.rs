//! Reads clauses: what stands before and after each trigger, and the words around it that say
//! how the sentence means it.

use super::Chinese;
use crate::extract::candidate::Passage;
use crate::extract::han::event::{Event, Frame, Mood, Phrase};
use crate::extract::han::token::{Kind, Token};
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::extract::text::Span;
use crate::model::Field;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Subject,
    From,
    Agent,
    Taken,
    Discard,
    Object(usize),
    Post(Option<usize>),
}

struct Reader<'a> {
    grammar: &'a Chinese,
    tokens: &'a [Token],
    passage: &'a Passage<'a>,
    events: Vec<Event>,
    slot: Slot,
    np: Phrase,
    subject: Phrase,
    from: Phrase,
    agent: Phrase,
    taken: Phrase,
    /// What stood behind the last preposition.
    place: Phrase,
    mood: Mood,
    /// What holds for the whole statement.
    statement: Mood,
    /// Subject of the clause before.
    topic: Phrase,
    around: Phrase,
    /// Events from here on belong to the clause.
    clause: usize,
    number: usize,
    /// A year that holds until another time is named.
    old: bool,
    /// The title denies.
    denied: bool,
}

/// Reads the events of one passage.
pub(crate) fn events(grammar: &Chinese, passage: &Passage<'_>, tokens: &[Token]) -> Vec<Event> {
    let mut reader = Reader {
        grammar,
        tokens,
        passage,
        events: Vec::new(),
        slot: Slot::Subject,
        np: Vec::new(),
        subject: Vec::new(),
        from: Vec::new(),
        agent: Vec::new(),
        taken: Vec::new(),
        place: Vec::new(),
        mood: Mood::default(),
        statement: Mood::default(),
        topic: Vec::new(),
        around: Vec::new(),
        clause: 0,
        number: 0,
        old: false,
        denied: false,
    };
    for index in 0..tokens.len() {
        reader.take(index);
    }
    reader.stop();
    for event in reader.events.iter_mut().filter(|_| reader.denied) {
        event.mood.negated = true;
    }
    reader.events
}

impl Reader<'_> {
    fn kind(&self, index: usize) -> Option<Kind> {
        self.tokens.get(index).map(|token| token.kind)
    }

    fn take(&mut self, index: usize) {
        let Some(token) = self.tokens.get(index).copied() else { return };
        match token.kind {
            Kind::Company(_) | Kind::Person(_) | Kind::Count(_) | Kind::Text(_) => {
                self.np.push(index)
            }
            Kind::Trigger(trigger) => self.trigger(index, trigger),
            Kind::Word(word) => self.word(index, word),
            Kind::Year(year) => {
                self.old = year < self.passage.year;
                self.mood.recap |= self.old;
            }
            Kind::Month(month) => self.month(month),
            Kind::Comma => self.comma(index),
            Kind::Space => {
                if self.is_clause_space(index) {
                    self.comma(index);
                }
            }
            Kind::Stop => {
                self.statement.supposed |= self.passage.text.get(token.span) == "?";
                self.stop();
            }
            Kind::Open | Kind::Close | Kind::Sign => {}
        }
    }

    /// In a headline a space between two Han words separates clauses.
    fn is_clause_space(&self, index: usize) -> bool {
        let han = |token: Option<&Token>| {
            token.is_some_and(|token| {
                let text = self.passage.text.get(token.span);
                text.chars().next().is_some_and(|ch| Script::of(ch) == Script::Han)
            })
        };
        self.passage.field == Field::Title
            && han(index.checked_sub(1).and_then(|before| self.tokens.get(before)))
            && han(self.tokens.get(index + 1))
    }

    fn month(&mut self, month: u32) {
        let past = month + 3 <= self.passage.month && self.mood.recap;
        self.mood.recap |= past;
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
            Word::From => self.open(Slot::From),
            Word::Passive => {
                self.open(Slot::Agent);
                self.mood.passive = true;
            }
            Word::Take => self.open(Slot::Taken),
            Word::Prep if self.is_inside(index) => self.np.push(index),
            Word::Prep => self.open(Slot::Discard),
            Word::Serve => self.serve(),
            Word::To => {}
            Word::After => self.after(),
            Word::Aspect => self.close(),
            Word::Announce => {
                self.close();
                // "A 宣布 X 将离职": X may be anybody's, but A says so.
                let companies: Phrase = self.companies(&self.subject);
                self.around.extend(companies);
                self.mood.announced = true;
            }
            Word::Recent => {
                self.close_soft();
                self.mood.recent = true;
                self.mood.recap = false;
                self.old = false;
            }
            // "Head of sales": a verb right before a post is part of it.
            Word::Verb if self.is_post(index + 1) => self.np.push(index),
            Word::Verb => {
                self.close();
                self.slot = Slot::Discard;
            }
            Word::Negation => {
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
            Word::Speech => {
                self.close();
                if !self.subject.is_empty() && self.events.len() == self.clause {
                    self.topic = std::mem::take(&mut self.subject);
                }
                self.slot = Slot::Subject;
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
        }
    }

    /// True for one character between others that no rule knows: it is part of their word.
    fn is_inside(&self, index: usize) -> bool {
        let han = |index: usize| self.kind(index) == Some(Kind::Text(Script::Han));
        let short =
            self.tokens.get(index).is_some_and(|token| token.span.end - token.span.start == 3);
        short && index > 0 && han(index - 1) && han(index + 1)
    }

    fn is_post(&self, index: usize) -> bool {
        matches!(self.kind(index), Some(Kind::Word(Word::Role | Word::Staff | Word::Team)))
    }

    fn open(&mut self, slot: Slot) {
        self.close();
        self.slot = slot;
    }

    /// Ends the phrase unless it is still empty.
    fn close_soft(&mut self) {
        if !self.np.is_empty() {
            self.close();
        }
    }

    /// Puts the phrase where it belongs.
    fn close(&mut self) {
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
    fn is_telling(&self, np: &[usize]) -> bool {
        np.iter().any(|index| {
            matches!(
                self.kind(*index),
                Some(Kind::Person(_) | Kind::Company(_) | Kind::Count(_))
                    | Some(Kind::Word(
                        Word::Role
                            | Word::Team
                            | Word::Staff
                            | Word::Pronoun
                            | Word::Self_
                            | Word::Firm
                    ))
            )
        })
    }

    fn is_human(&self, np: &[usize]) -> bool {
        np.iter().any(|index| {
            matches!(
                self.kind(*index),
                Some(
                    Kind::Person(_)
                        | Kind::Word(
                            Word::Role | Word::Team | Word::Staff | Word::Pronoun | Word::Self_
                        )
                )
            )
        })
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

    fn names_person(&self, np: &[usize]) -> bool {
        np.iter().any(|index| matches!(self.kind(*index), Some(Kind::Person(_))))
    }

    fn has_team(&self, np: &[usize]) -> bool {
        np.last().is_some_and(|index| self.kind(*index) == Some(Kind::Word(Word::Team)))
    }

    /// "X served as ... at A": where X comes from, should X join another.
    fn career(&mut self) {
        let place = std::mem::take(&mut self.place);
        let companies =
            place.iter().filter(|index| matches!(self.kind(**index), Some(Kind::Company(_))));
        if companies.count() != 1
            || !self.names_person(&self.subject) && !self.names_pronoun(&self.subject)
        {
            return;
        }
        let span = self
            .tokens
            .get(place.first().copied().unwrap_or(0))
            .map_or(Span::new(0, 0), |token| token.span);
        self.events.push(Event {
            frame: Frame::Served,
            trigger: span,
            subject: self.subject.clone(),
            inherited: false,
            from: place,
            agent: Vec::new(),
            taken: Vec::new(),
            object: Vec::new(),
            post: Vec::new(),
            mood: Mood::default(),
            background: true,
            nominal: false,
            relative: false,
            serial: None,
            around: Vec::new(),
            possessor: Vec::new(),
            topic: Vec::new(),
            poach: false,
            statement: self.number,
        });
        self.clause = self.events.len();
    }

    fn names_pronoun(&self, np: &[usize]) -> bool {
        np.iter().any(|index| self.kind(*index) == Some(Kind::Word(Word::Pronoun)))
    }

    fn serve(&mut self) {
        self.close();
        if !self.place.is_empty() {
            self.career();
        }
        let event = (self.events.len() > self.clause).then(|| self.events.len() - 1);
        self.slot = Slot::Post(event);
    }

    fn after(&mut self) {
        let open = match self.slot {
            Slot::Object(event) => Some(event),
            _ => (self.events.len() > self.clause).then(|| self.events.len() - 1),
        };
        self.close_soft();
        if let Some(event) = open.and_then(|event| self.events.get_mut(event)) {
            event.background = true;
        }
        self.mood = Mood { recent: self.mood.recent, ..Mood::default() };
        self.slot = Slot::Subject;
    }

    fn trigger(&mut self, index: usize, trigger: u16) {
        // "聘请 X 出任首席财务官": the post that X gets, no move of its own.
        if self.grammar.is_office(trigger)
            && (self.events.len() > self.clause || matches!(self.slot, Slot::Object(_)))
        {
            self.serve();
            return;
        }
        let frame = self.grammar.frame(trigger);
        let nominal = index > 0
            && self.np.last() == Some(&(index - 1))
            && self.kind(index - 1) == Some(Kind::Word(Word::Of));
        if nominal {
            self.np.pop();
            self.subject.clear();
        }
        self.close();
        let previous = (self.events.len() > self.clause).then(|| self.events.len() - 1);
        let mut subject = self.subject.clone();
        let mut inherited = false;
        if subject.is_empty() && !self.topic.is_empty() {
            subject = self.topic.clone();
            inherited = true;
        }
        let serial = previous.or_else(|| {
            let last = self.events.len().checked_sub(1)?;
            let same = self.events.get(last)?.statement == self.number;
            (same && (inherited || subject.is_empty())).then_some(last)
        });
        let span = self.tokens.get(index).map_or(Span::new(0, 0), |token| token.span);
        let mut mood = self.mood;
        mood.hedged |= self.statement.hedged;
        self.events.push(Event {
            frame,
            trigger: span,
            subject,
            inherited,
            from: std::mem::take(&mut self.from),
            agent: std::mem::take(&mut self.agent),
            taken: std::mem::take(&mut self.taken),
            object: Vec::new(),
            post: Vec::new(),
            mood,
            background: false,
            nominal,
            relative: false,
            serial,
            around: self.around.clone(),
            possessor: Vec::new(),
            topic: self.topic.clone(),
            poach: self.grammar.is_poaching(trigger),
            statement: self.number,
        });
        self.slot = Slot::Object(self.events.len() - 1);
    }

    fn companies(&self, np: &[usize]) -> Phrase {
        np.iter()
            .filter(|index| matches!(self.kind(**index), Some(Kind::Company(_))))
            .copied()
            .collect()
    }

    fn comma(&mut self, index: usize) {
        // "A、B，以及 C" is one list.
        let next = (index + 1..).find(|at| self.kind(*at) != Some(Kind::Space));
        if next.and_then(|next| self.kind(next)) == Some(Kind::Word(Word::And))
            && !self.np.is_empty()
        {
            return;
        }
        self.close();
        self.end_clause();
    }

    fn end_clause(&mut self) {
        let subject = std::mem::take(&mut self.subject);
        let objects =
            self.events.get(self.clause..).unwrap_or(&[]).iter().flat_map(|event| &event.object);
        let both: Phrase = subject.iter().chain(objects).copied().collect();
        let companies = self.companies(&both);
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

    fn stop(&mut self) {
        self.close();
        self.end_clause();
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
        self.number += 1;
        self.topic.clear();
        self.old = false;
        self.mood = Mood::default();
    }
}
