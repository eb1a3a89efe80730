//! Reads Japanese clauses: particles give each phrase its part, the trigger gathers them.

use super::Japanese;
use super::particle::{Case, PARTICLES};
use crate::extract::candidate::Passage;
use crate::extract::han::event::{Event, Mood, Phrase};
use crate::extract::han::token::{self, Kind, Token};
use crate::extract::han::words::Word;
use crate::extract::script::Script;

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
    /// "Together with": moves like the subject.
    pub(super) with: Phrase,
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
        with: Vec::new(),
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
        token::kind(self.tokens, index)
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
            Kind::Duration => self.duration(index),
            Kind::Year(year) => self.mood.recap |= year < self.passage.year,
            Kind::Comma => self.comma(index),
            Kind::Stop => {
                self.statement.supposed |= self.passage.text.get(token.span) == "?";
                self.stop();
            }
            Kind::Sign | Kind::Month(_) | Kind::Space | Kind::Open | Kind::Close => {}
        }
    }

    fn word(&mut self, index: usize, word: Word) {
        match word {
            word if word.is_nominal() => self.np.push(index),
            Word::Verb => self.verb(index),
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

    /// A verb that no rule knows ends what was said; "開発責任者" is part of a phrase.
    fn verb(&mut self, index: usize) {
        if self.is_noun(index + 1) {
            self.np.push(index);
            return;
        }
        self.np.clear();
        self.remember();
        self.object.clear();
        self.from.clear();
        self.to.clear();
        self.subject.clear();
        self.head_of = None;
    }

    /// True where what stands at `next` makes a noun of the verb before.
    fn is_noun(&self, next: usize) -> bool {
        match self.kind(next) {
            Some(Kind::Word(word)) => {
                matches!(word, Word::Role | Word::Staff | Word::Team | Word::Of | Word::Verb)
            }
            Some(Kind::Text(Script::Han | Script::Katakana)) => true,
            Some(Kind::Text(Script::Hiragana)) => {
                PARTICLES.iter().any(|(particle, _)| self.text(next) == *particle)
            }
            _ => false,
        }
    }

    /// "A を辞めて 2 年": so long ago, no news.
    fn duration(&mut self, index: usize) {
        let ending = index.checked_sub(1).map_or("", |before| self.text(before));
        let since = ["て", "で", "から", "と"].iter().any(|end| ending.ends_with(end));
        match self.events.last_mut().filter(|last| last.statement == self.number) {
            Some(last) if since && self.np.is_empty() && self.from.is_empty() => {
                last.background = true;
            }
            _ => self.np.push(index),
        }
    }

    fn comma(&mut self, index: usize) {
        if self.np.is_empty() {
            return;
        }
        self.np.push(index);
    }

    pub(super) fn has_company(&self, np: &[usize]) -> bool {
        token::any(self.tokens, np, Kind::is_company)
    }

    /// Keeps the companies of the clause for a later one that names none.
    fn remember(&mut self) {
        let phrases = [self.topic.as_slice(), &self.subject, &self.np].concat();
        self.around.extend(token::companies(self.tokens, &phrases));
    }

    fn stop(&mut self) {
        if self.head_of.is_some() {
            self.assign(Case::None);
        }
        self.verbless();
        match self.last_to {
            "へ" => self.headed(),
            "に" => self.posted(),
            _ => {}
        }
        self.last_to = "";
        self.remember();
        let statement = self.statement;
        for event in self.events.iter_mut().filter(|event| event.statement == self.number) {
            event.mood.share(statement);
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
        self.with.clear();
        self.head_of = None;
        self.also = false;
    }
}
