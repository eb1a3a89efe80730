//! The words of a Chinese clause that tell how the house beside them is meant.

use aho_corasick::{AhoCorasick, BuildError};

use super::Chinese;
use crate::extract::candidate::Passage;
use crate::extract::han::bond::Clause;
use crate::extract::han::event::Frame;
use crate::extract::han::token::{Kind, Token};
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::extract::text::Span;

/// A word that tells how the house beside it is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    House(u16),
    Person(usize),
    Pronoun,
    /// "加入": the house behind is where one begins, or what a house joins.
    Join,
    /// "入职", "投身": only people do.
    Begin,
    /// "报到", "的offer": the house before is.
    BeginBehind,
    /// "聘请", "迎来": the house before takes somebody.
    Hire,
    /// "告别", "放下": the house behind is left.
    Finish,
    /// "任期届满": the house before is.
    FinishBehind,
    /// "曾在".
    Once,
    /// "前", "原".
    Former,
    /// "来自", "从".
    From,
    /// "任".
    Serve,
    /// "替", "为": one works for the house behind.
    For,
    /// "在".
    At,
    /// "把": what stands behind is taken.
    Take,
    /// "被".
    Passive,
    /// "曾", "此前".
    Past,
    /// "后": what was told is the background.
    After,
    /// "成为", where a post follows.
    Become,
    /// "公司": the one spoken of.
    Firm,
    /// "供职七年".
    Stay,
    /// "本周起", "如今".
    Onward,
    Of,
}

/// A mark and where it stands.
pub(super) type Marked = (Span, Mark);

/// Cues beside the words of those lists.
pub(super) const CUES: [&str; 12] = [
    "供职",
    "任职",
    "效力",
    "起任",
    "起出任",
    "起负责",
    "起替",
    "将替",
    "将任",
    "将统领",
    "将打理",
    "此人曾",
];

/// Words for taking up a post.
const BEGINS: [&str; 8] = ["任", "担任", "擔任", "接棒", "接手", "接管", "掌管", "领导"];

/// The lists of the lexicon that mark a house, and what their words say.
const LISTS: [(&str, Mark); 9] = [
    ("begin_short", Mark::Begin),
    ("begin", Mark::Begin),
    ("begin_behind", Mark::BeginBehind),
    ("finish", Mark::Finish),
    ("finish_behind", Mark::FinishBehind),
    ("once", Mark::Once),
    ("work_for", Mark::For),
    ("stay", Mark::Stay),
    ("onward", Mark::Onward),
];

/// Those that the grammar looks up by itself.
pub(super) const PLAIN: [&str; 7] =
    ["begin_short", "begin_behind", "finish_behind", "once", "work_for", "stay", "onward"];

/// Those without whose words, or a trigger, an article tells no move.
pub(super) const TELLING: [&str; 5] = ["begin", "begin_behind", "finish", "finish_behind", "once"];

/// "Becomes": somebody begins, where a post follows.
const BECOMES: [&str; 3] = ["成为", "成為", "成了"];

/// Finds the words of the lists in one pass.
#[derive(Debug)]
pub(super) struct Marks {
    words: AhoCorasick,
    /// What each word says, in the order of the lists, and whether an article without it and without
    /// a trigger tells no move. The cues behind them say nothing of a house.
    said: Vec<(Option<Mark>, bool)>,
}

impl Marks {
    /// The words of [`LISTS`], as `list` gives them, and [`CUES`].
    ///
    /// # Errors
    /// When they are too many for one automaton.
    pub(super) fn new<'a>(list: impl Fn(&str) -> &'a [String]) -> Result<Self, BuildError> {
        let listed = LISTS.iter().flat_map(|(name, mark)| {
            list(name).iter().map(|word| (word.as_str(), Some(*mark), TELLING.contains(name)))
        });
        let all: Vec<_> = listed.chain(CUES.map(|cue| (cue, None, true))).collect();
        let words = AhoCorasick::new(all.iter().map(|(word, ..)| word))?;
        Ok(Self {
            words,
            said: all.into_iter().map(|(_, mark, telling)| (mark, telling)).collect(),
        })
    }

    /// True where the text may tell a move by one of the words.
    pub(super) fn tell(&self, text: &str) -> bool {
        let telling = |word: usize| self.said.get(word).is_some_and(|(_, telling)| *telling);
        self.words.find_overlapping_iter(text).any(|found| telling(found.pattern().as_usize()))
    }

    /// The words that mark a house, list by list, each from left to right.
    fn of(&self, text: &str) -> Vec<Marked> {
        let mut found: Vec<_> = self.words.find_overlapping_iter(text).collect();
        found.sort_by_key(|found| (found.pattern(), found.start()));
        let mark = |word: usize| self.said.get(word).and_then(|(mark, _)| *mark);
        let marked = |found: &aho_corasick::Match| {
            Some((Span::new(found.start(), found.end()), mark(found.pattern().as_usize())?))
        };
        found.iter().filter_map(marked).collect()
    }
}

/// The marks of a clause in their order; `text` is folded.
pub(super) fn marks(
    grammar: &Chinese,
    passage: &Passage<'_>,
    text: &str,
    clause: &Clause<'_>,
) -> Vec<Marked> {
    let mark = |token: &Token| Some((token.span, of_token(grammar, passage, clause, token)?));
    let mut marks: Vec<Marked> = clause.tokens.iter().filter_map(mark).collect();
    let span = clause.span();
    let own = text.get(span.start..span.end).unwrap_or("");
    for (found, mark) in grammar.marks.of(own) {
        let span = Span::new(span.start + found.start, span.start + found.end);
        put(&mut marks, clause, (span, mark));
    }
    marks.sort_by_key(|(span, _)| span.start);
    marks
}

/// What a token by itself marks.
fn of_token(
    grammar: &Chinese,
    passage: &Passage<'_>,
    clause: &Clause<'_>,
    token: &Token,
) -> Option<Mark> {
    let written = passage.text.get(token.span);
    match token.kind {
        Kind::Company(at) => passage.companies.get(at).map(|own| Mark::House(own.company)),
        Kind::Person(at) if !reports(clause, token) => Some(Mark::Person(at)),
        Kind::Trigger(trigger) => match grammar.tongue.frame(trigger) {
            Frame::Join if !grammar.tongue.is_of(trigger, "hop") => Some(Mark::Join),
            Frame::Join | Frame::Enlist => Some(Mark::Begin),
            Frame::Hire => Some(Mark::Hire),
            Frame::Leave | Frame::Quit => Some(Mark::Finish),
            _ => None,
        },
        Kind::Month(month) => (month + 1 < passage.month).then_some(Mark::Past),
        Kind::Word(word) => of_word(word, written),
        _ => None,
    }
}

fn of_word(word: Word, written: &str) -> Option<Mark> {
    match word {
        Word::Former => Some(Mark::Former),
        Word::From => Some(Mark::From),
        Word::Of => Some(Mark::Of),
        Word::Pronoun => Some(Mark::Pronoun),
        Word::Prep if written == "在" => Some(Mark::At),
        Word::After => Some(Mark::After),
        Word::Firm => Some(Mark::Firm),
        Word::Verb if BECOMES.contains(&written) => Some(Mark::Become),
        Word::Take => Some(Mark::Take),
        Word::Passive => Some(Mark::Passive),
        Word::Recap | Word::Earlier => Some(Mark::Past),
        Word::Recent => Some(Mark::Onward),
        Word::Serve if BEGINS.contains(&written) => Some(Mark::Serve),
        _ => None,
    }
}

/// Takes in a word of a list, unless it is part of a longer one.
fn put(marks: &mut Vec<Marked>, clause: &Clause<'_>, (span, mark): Marked) {
    let short = mark == Mark::Begin && span.end - span.start == "某".len();
    let longer =
        |own: &Marked| own.0.contains(span) && own.0 != span && !matches!(own.1, Mark::Former);
    if short && !tells(clause, span) || marks.iter().any(longer) {
        return;
    }
    let named = |own: &Marked| matches!(own.1, Mark::House(_) | Mark::Person(_));
    marks.retain(|own| !span.contains(own.0) || named(own));
    marks.push((span, mark));
}

/// One character tells only right before the house, and as no part of another word.
fn tells(clause: &Clause<'_>, span: Span) -> bool {
    let house = |token: &Token| {
        token.kind.is_company() && (span.end..=span.end + 1).contains(&token.span.start)
    };
    let within = |token: &Token| {
        let word = matches!(token.kind, Kind::Text(Script::Han) | Kind::Word(Word::Nothing));
        let covers = token.span.contains(span) && token.span.start < span.start;
        word && (token.span.end == span.start || covers)
    };
    clause.tokens.iter().any(house) && !clause.tokens.iter().any(within)
}

/// True behind "记者".
fn reports(clause: &Clause<'_>, token: &Token) -> bool {
    let by = |own: &Token| own.kind == Kind::Word(Word::Bystander);
    clause.tokens.iter().any(|own| own.span.end == token.span.start && by(own))
}
