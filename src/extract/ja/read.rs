//! Reads Japanese clauses: particles give each phrase its part, the trigger gathers them.

use super::Japanese;
use super::link::Waiting;
use super::particle::PARTICLES;
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
            Kind::Sign => self.quote(index),
            Kind::Space => self.space(index),
            Kind::Month(_) | Kind::Open | Kind::Close => {}
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
            Word::Announce => self.mood.announced = true,
            Word::Negation | Word::Denial => self.statement.negated = true,
            Word::Hedge => self.statement.hedged = true,
            Word::Report => self.reported = true,
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
        // "A の開発を率いた技術者": A's.
        let house = match self.describes(index) {
            true => token::companies(self.tokens, &self.object),
            false => Vec::new(),
        };
        // "A で開発を率いた技術者": the same.
        let house = match house.is_empty() && self.describes(index) {
            true => std::mem::take(&mut self.waiting.place),
            false => house,
        };
        if !house.is_empty() {
            self.skip_to = self.tokens.get(index + 1).map_or(0, |ending| ending.span.end);
        }
        self.np.clear();
        self.remember();
        self.np = house;
        self.object.clear();
        self.from.clear();
        self.to.clear();
        self.subject.clear();
        self.head_of = None;
    }

    /// True for a verb of work whose clause describes the person behind it.
    fn describes(&self, index: usize) -> bool {
        const WORK: [&str; 21] = [
            "率い",
            "担当",
            "務め",
            "主導",
            "開発",
            "研究",
            "手がけ",
            "手掛け",
            "担っ",
            "統括",
            "関わっ",
            "携わっ",
            "勤め",
            "所属",
            "在籍",
            "勤務",
            "指揮",
            "管理",
            "支え",
            "けん引",
            "監督",
        ];
        let work = WORK.contains(&self.text(index));
        let past = self.kind(index + 1) == Some(Kind::Text(Script::Hiragana))
            && self.text(index + 1).ends_with(['た', 'る']);
        let human = |at| self.kind(at).is_some_and(Kind::is_human);
        work && past && (human(index + 2) || human(index + 3) || self.described(index + 2))
    }

    /// True where what stands at `next` makes a noun of the verb before.
    fn is_noun(&self, next: usize) -> bool {
        match self.kind(next) {
            Some(Kind::Word(word)) => {
                matches!(word, Word::Role | Word::Staff | Word::Team | Word::Of | Word::Verb)
            }
            Some(Kind::Text(Script::Han | Script::Katakana)) => true,
            // "デザイン担当、X 氏".
            Some(Kind::Comma) => self.text(next.saturating_sub(1)) == "担当",
            Some(Kind::Text(Script::Hiragana)) => {
                PARTICLES.iter().any(|(particle, _)| self.text(next) == *particle)
            }
            _ => false,
        }
    }

    pub(super) fn has_company(&self, np: &[usize]) -> bool {
        token::any(self.tokens, np, Kind::is_company)
    }
}
