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
    reported: bool,
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

    /// What somebody said in 「」 is no part of the sentence, unless it tells a move itself.
    fn quote(&mut self, index: usize) {
        if self.text(index) != "「" {
            return;
        }
        let Some(len) = (index..self.tokens.len()).take(40).position(|at| self.text(at) == "」")
        else {
            return;
        };
        let inside = index + 1..index + len;
        let verb = |at: usize| {
            self.kind(at) == Some(Kind::Text(Script::Hiragana)) && self.text(at).chars().count() > 1
        };
        let tells = |at: usize| matches!(self.kind(at), Some(Kind::Trigger(_)));
        if inside.clone().any(verb) && !inside.clone().any(tells) {
            self.skip_to = self.tokens.get(index + len).map_or(0, |token| token.span.end);
        }
    }

    /// "B、社長に X 氏　Y 氏は退任": a space in a headline ends what was told without a verb.
    fn space(&mut self, index: usize) {
        // "X 氏が「…」　A に…": what follows is about somebody else.
        if self.passage.field == Field::Title && !self.subject.is_empty() && self.np.is_empty() {
            self.subject.clear();
        }
        let named = self.np.last().and_then(|last| self.kind(*last)).is_some_and(Kind::is_person);
        let later = self.tokens.iter().skip(index).take_while(|token| token.kind != Kind::Stop);
        let told = later.map(|token| token.kind).any(|kind| matches!(kind, Kind::Trigger(_)));
        // "CFO に X 氏　CTO に Y 氏".
        let post =
            self.kind(index + 1) == Some(Kind::Word(Word::Role)) && self.text(index + 2) == "に";
        let next = matches!(self.kind(index + 1), Some(Kind::Word(_) | Kind::Text(Script::Latin)));
        if self.passage.field == Field::Title
            && named
            && (told && !next || post)
            && !self.to.is_empty()
        {
            self.verbless();
            self.np.clear();
            self.to.clear();
            self.clause = self.events.len();
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
        self.same_again();
        self.last_to = "";
        self.remember();
        self.source();
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
        self.waiting = Waiting::default();
        self.reported = false;
    }

    /// "ある通信社が報じた。": a statement of its own that says where the one before comes from.
    fn source(&mut self) {
        let alone = self.events.last().is_some_and(|last| last.statement + 1 == self.number);
        if alone && (self.reported || self.statement.hedged) {
            let before = self.events.iter_mut().filter(|own| own.statement + 1 == self.number);
            before.for_each(|event| event.mood.hedged = true);
        }
    }
}
