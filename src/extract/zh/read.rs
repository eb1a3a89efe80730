//! Reads clauses: what stands before and after each trigger, and the words around it that say
//! how the sentence means it.

use super::Chinese;
use crate::extract::candidate::Passage;
use crate::extract::han::event::{Event, Mood, Phrase};
use crate::extract::han::token::{self, Kind, Token};
use crate::extract::han::words::Word;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Subject,
    From,
    Agent,
    Taken,
    Discard,
    Object(usize),
    Post(Option<usize>),
    /// "X was before": where X comes from, should X join another.
    Past,
    /// "Who takes over is": one from elsewhere joins.
    Heir,
    /// "The researchers who left are": who moves.
    Named(usize),
    /// "With X went": who does the same.
    Along(usize),
}

/// "One after another".
const AGAIN: [&str; 10] =
    ["接连", "接連", "相继", "相繼", "陆续", "陸續", "纷纷", "紛紛", "频频", "頻頻"];

pub(super) struct Reader<'a> {
    pub(super) grammar: &'a Chinese,
    pub(super) tokens: &'a [Token],
    pub(super) passage: &'a Passage<'a>,
    pub(super) events: Vec<Event>,
    pub(super) slot: Slot,
    pub(super) np: Phrase,
    pub(super) subject: Phrase,
    pub(super) from: Phrase,
    pub(super) agent: Phrase,
    pub(super) taken: Phrase,
    /// What stood behind the last preposition.
    pub(super) place: Phrase,
    pub(super) mood: Mood,
    /// What holds for the whole statement.
    pub(super) statement: Mood,
    /// Subject of the clause before.
    pub(super) topic: Phrase,
    pub(super) around: Phrase,
    /// Events from here on belong to the clause.
    pub(super) clause: usize,
    pub(super) number: usize,
    /// A year that holds until another time is named.
    pub(super) old: bool,
    /// Who the title says is losing people.
    pub(super) loser: Phrase,
    /// The title denies.
    pub(super) denied: bool,
    /// Tokens before this one were read ahead.
    pub(super) skip_to: usize,
}

/// Reads the events of one passage.
pub(super) fn events(grammar: &Chinese, passage: &Passage<'_>, tokens: &[Token]) -> Vec<Event> {
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
        loser: Vec::new(),
        denied: false,
        skip_to: 0,
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
    pub(super) fn kind(&self, index: usize) -> Option<Kind> {
        token::kind(self.tokens, index)
    }

    pub(super) fn text(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| self.passage.text.get(token.span))
    }

    fn take(&mut self, index: usize) {
        let Some(token) = self.tokens.get(index).copied() else { return };
        if index < self.skip_to {
            return;
        }
        match token.kind {
            Kind::Text(_) if self.is_matter(index) => self.matter(),
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
            Kind::Duration => self.duration(index),
            Kind::Comma => self.comma(index),
            Kind::Space => {
                if self.is_clause_space(index) {
                    self.comma(index);
                }
            }
            Kind::Stop => {
                self.statement.supposed |= self.passage.text.get(token.span) == "?";
                // "知情人士：": says where the rest comes from.
                let source = self.passage.text.get(token.span) == ":"
                    && self.statement.hedged
                    && self.events.last().is_none_or(|last| last.statement != self.number);
                self.stop();
                self.statement.hedged = source;
            }
            Kind::Open | Kind::Close | Kind::Sign => {}
        }
    }

    fn word(&mut self, index: usize, word: Word) {
        match word {
            // "X 表示自己也被裁".
            Word::Self_ if self.text(index) == "自己" && self.names_person(&self.topic) => {
                let topic = self.topic.clone();
                self.np.extend(topic);
            }
            Word::Prep | Word::Recap | Word::Former | Word::Serve
                if let Some(of) = self.once_at(index) =>
            {
                self.np.extend(token::companies(self.tokens, &(index..of).collect::<Phrase>()));
                self.skip_to = of + 1;
                self.mood.recap = self.old;
            }
            word if word.is_nominal() => self.np.push(index),
            Word::Prep | Word::Verb | Word::Serve if self.is_past_post(index) => {
                self.close();
                self.slot = Slot::Past;
            }
            Word::Verb | Word::Serve if self.takes_over(index) => {}
            Word::From if self.slot == Slot::Heir => self.np.push(index),
            Word::From => self.open(Slot::From),
            Word::Passive => {
                self.open(Slot::Agent);
                self.mood.passive = true;
            }
            Word::Take => self.open(Slot::Taken),
            Word::Prep | Word::Verb if self.is_cleft(index) => {
                self.close();
                self.slot = Slot::Named(self.events.len() - 1);
            }
            Word::Prep | Word::Verb if let Some(group) = self.lists(index) => {
                self.close();
                self.slot = Slot::Named(group);
            }
            Word::Prep if self.is_inside(index) => self.np.push(index),
            Word::Prep => self.open(Slot::Discard),
            Word::Serve => self.serve(),
            Word::To => {}
            Word::After => self.after(index),
            Word::Aspect | Word::Verb if let Some(event) = self.goes_along(index) => {
                self.slot = Slot::Along(event);
            }
            Word::Aspect => {
                self.close();
                self.mood.repeated |= AGAIN.contains(&self.text(index));
                self.resume(index);
            }
            Word::Announce => {
                self.close();
                // "A 宣布 X 将离职": X may be anybody's, but A says so.
                let companies: Phrase = token::companies(self.tokens, &self.subject);
                self.around.extend(companies);
                self.mood.announced = true;
            }
            // "Head of sales": a verb right before a post is part of it.
            Word::Verb
                if (self.is_post(index + 1) || self.is_long_post(index)) && !self.loses(index) =>
            {
                self.np.push(index)
            }
            Word::Verb => {
                self.loses(index);
                self.close();
                self.slot = Slot::Discard;
            }
            Word::Statistics => {
                self.loses(index);
                self.mood_word(index, word);
            }
            Word::Speech => {
                self.close();
                if !self.subject.is_empty() && self.events.len() == self.clause {
                    self.topic = std::mem::take(&mut self.subject);
                }
                self.slot = Slot::Subject;
            }
            _ => {
                // "X 被解雇一周年".
                if word == Word::Recap && self.text(index).ends_with(['年', '月']) {
                    self.recall();
                }
                let report = word == Word::Report && self.text(index).contains(['报', '報']);
                self.statement.reported |= report;
                self.mood_word(index, word);
            }
        }
    }
}
