//! Reads Japanese clauses: particles give each phrase its part, the trigger gathers them.

use super::Japanese;
use super::link::Waiting;
use super::particle::{Case, PARTICLES};
use crate::extract::candidate::Passage;
use crate::extract::han::event::{Event, Mood, Phrase};
use crate::extract::han::token::{self, Kind, Token};
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::model::Field;

pub(super) struct Reader<'a> {
    pub(super) grammar: &'a Japanese,
    pub(super) tokens: &'a [Token],
    pub(super) passage: &'a Passage<'a>,
    pub(super) events: Vec<Event>,
    pub(super) np: Phrase,
    pub(super) topic: Phrase,
    pub(super) subject: Phrase,
    /// The one who acts, while a clause within has a subject of its own.
    pub(super) outer: Phrase,
    /// A comma behind the subject: the next clause may be within its own.
    pub(super) apart: bool,
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
    pub(super) waiting: Waiting,
    /// An outlet tells what was said before.
    pub(super) reported: bool,
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
        outer: Vec::new(),
        apart: false,
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
        waiting: Waiting::default(),
        reported: false,
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
            Kind::Sign => {
                self.sourced(index);
                self.quote(index);
            }
            Kind::Space => self.space(index),
            Kind::Month(month) => self.mood.recap |= self.is_months_ago(index, month),
            Kind::Open | Kind::Close => {}
        }
    }

    fn word(&mut self, index: usize, word: Word) {
        match word {
            word if word.is_nominal() => self.np.push(index),
            Word::Verb => self.verb(index),
            // "ある通信社が伝えた".
            Word::Announce if self.text(index) == "伝え" && self.is_outlet() => {
                self.statement.hedged = true;
            }
            Word::Announce => {
                self.revealed(index);
                self.founded(index);
                self.mood.announced = true;
            }
            Word::Aspect => self.mood.repeated |= self.text(index).contains("次"),
            Word::Denial | Word::Supposition if self.is_overtaken(index) => {}
            Word::Denial if self.is_of_a_rift(index) => {}
            Word::Negation | Word::Denial => self.statement.negated = true,
            Word::Hedge => self.statement.hedged = true,
            Word::Report => {
                self.reported = true;
                // "... と通信社が報じた".
                self.statement.reported |= self.text(index).starts_with("報じ");
            }
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
                self.ends_background(index);
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
        // "研究者まとめ": a look back.
        let last = matches!(self.kind(index + 1), None | Some(Kind::Stop | Kind::Close));
        self.statement.story |= self.text(index) == "まとめ" && last;
        if self.opens_place(index) || self.inherits(index) {
            return;
        }
        let describes = self.describes(index);
        if !describes {
            self.served(index);
        }
        let house = if describes { self.worked_at() } else { Phrase::new() };
        if !house.is_empty() {
            let last = self.past_employer(index + 2).unwrap_or(index + 1);
            self.skip_to = self.tokens.get(last).map_or(0, |token| token.span.end);
        }
        self.remember();
        if describes {
            self.np.clear();
        } else {
            self.assign(Case::None);
        }
        self.np = house;
        self.object.clear();
        self.from.clear();
        if !describes || !self.is_post(&self.to) {
            self.to.clear();
        }
        // "...したのは、A を率いた X 氏だ": the clause in between is about X.
        if !describes {
            self.head_of = None;
        }
        if !describes && !self.is_within(index) {
            self.subject.clear();
        }
    }

    /// True for a verb of work.
    pub(super) fn works(&self, index: usize) -> bool {
        let words = self.grammar.tongue.lexicon.list("work");
        words.iter().any(|word| word == self.text(index))
    }

    /// True for a verb of work whose clause describes the person behind it.
    fn describes(&self, index: usize) -> bool {
        let work = self.works(index);
        let past = self.kind(index + 1) == Some(Kind::Text(Script::Hiragana))
            && self.text(index + 1).ends_with(['た', 'る']);
        let human = |at| self.kind(at).is_some_and(Kind::is_human);
        work && past && (human(index + 2) || human(index + 3) || self.described(index + 2))
    }

    /// True where what stands at `next` makes a noun of the verb before.
    fn is_noun(&self, next: usize) -> bool {
        match self.kind(next) {
            Some(Kind::Word(word)) => {
                use Word::{Firm, Of, Role, Staff, Team, Verb};
                matches!(word, Role | Staff | Team | Of | Verb | Firm)
            }
            Some(Kind::Text(Script::Han | Script::Katakana)) => true,
            // "デザイン担当、X 氏", "デザイン担当だった X 氏".
            Some(Kind::Comma) => self.text(next.saturating_sub(1)) == "担当",
            Some(Kind::Text(Script::Hiragana)) if self.is_copula(next) => {
                self.text(next.saturating_sub(1)) == "担当"
            }
            Some(Kind::Text(Script::Hiragana)) => {
                PARTICLES.iter().any(|(particle, _)| self.text(next) == *particle)
            }
            _ => false,
        }
    }

    /// "2月に": of this year, and more than a month ago.
    fn is_months_ago(&self, index: usize, month: u32) -> bool {
        let dated = index.checked_sub(1).and_then(|before| self.kind(before));
        let year = matches!(dated, Some(Kind::Year(_)));
        self.passage.field != Field::Title && !year && month + 1 < self.passage.month
    }

    pub(super) fn has_company(&self, np: &[usize]) -> bool {
        token::any(self.tokens, np, Kind::is_company)
    }
}
