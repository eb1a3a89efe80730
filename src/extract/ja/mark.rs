//! The words of a Japanese statement that tell how the house beside them is meant.

use super::Japanese;
use crate::extract::candidate::Passage;
use crate::extract::han::bond::Clause;
use crate::extract::han::event::Frame;
use crate::extract::han::token::Kind;
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::extract::text::Span;

/// A word that tells how the house before it is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    House(u16),
    Person(usize),
    /// "移る", "加わる".
    Join,
    /// "離れる".
    Leave,
    /// "招く".
    Hire,
    /// "招かれる".
    Hired,
    /// "率いる".
    Work,
    /// "元", "出身".
    Former,
    /// "の".
    Of,
    /// "を".
    Object,
    /// "から".
    From,
    /// "に", "へ".
    To,
    /// "で", "では".
    At,
    /// "は", "が".
    Subject,
    /// "次の職場は": the house behind is where one goes.
    Next,
    /// A post.
    Role,
    /// "後", "際に".
    After,
    Comma,
}

/// A mark and where it stands.
pub(super) type Marked = (Span, Mark);

/// What tells where somebody goes, before the name of the house.
const NEXT: [&str; 12] = [
    "次の職場は",
    "次の勤め先は",
    "次の行き先は",
    "行き先は",
    "向かう先は",
    "向かった先は",
    "移籍先は",
    "転職先は",
    "転身先は",
    "新天地は",
    "次の舞台は",
    "再就職先は",
];

/// Cues beside the triggers.
pub(super) const CUES: [&str; 7] =
    ["働き始め", "籍を置", "次の職場は", "行き先は", "向かう先は", "移籍先は", "転職先は"];

/// "Was", of a post that somebody held.
const WAS: [&str; 3] = ["だった", "であった", "にいた"];

/// Verbs of beginning that the lexicon has not: they tell only beside a house's name.
const STARTS: [&str; 10] = [
    "働き始め",
    "籍を置",
    "預か",
    "受け持",
    "任され",
    "託され",
    "引き受け",
    "名を連ね",
    "再始動",
    "陣頭指揮",
];

/// Particles, the longest first.
const PARTICLES: [(&str, Mark); 14] = [
    ("からの", Mark::From),
    ("から", Mark::From),
    ("より", Mark::From),
    ("では", Mark::At),
    ("への", Mark::To),
    ("へ", Mark::To),
    ("には", Mark::To),
    ("に", Mark::To),
    ("を", Mark::Object),
    ("で", Mark::At),
    ("は", Mark::Subject),
    ("が", Mark::Subject),
    ("も", Mark::Subject),
    ("の", Mark::Of),
];

/// How the ending of a passive begins.
const PASSIVE: [&str; 4] = ["され", "られ", "かれ", "れ"];

/// The marks of a statement in their order.
pub(super) fn marks(grammar: &Japanese, passage: &Passage<'_>, clause: &Clause<'_>) -> Vec<Marked> {
    let mut marks: Vec<Marked> = Vec::new();
    for (at, token) in clause.tokens.iter().enumerate() {
        let written = passage.text.get(token.span);
        let next = clause.tokens.get(at + 1).map_or("", |next| passage.text.get(next.span));
        let mark = match token.kind {
            Kind::Company(at) => passage.companies.get(at).map(|own| Mark::House(own.company)),
            Kind::Person(at) => Some(Mark::Person(at)),
            Kind::Trigger(trigger) => of_trigger(grammar, trigger, next),
            Kind::Word(word) => of_word(grammar, word, written),
            Kind::Comma => Some(Mark::Comma),
            Kind::Text(script) => of_text(script, written, next),
            _ => None,
        };
        marks.extend(mark.map(|mark| (token.span, mark)));
    }
    let span = clause.span();
    let own = passage.text.get(span);
    let words = NEXT.iter().map(|word| (word, Mark::Next));
    for (word, mark) in words.chain(STARTS.iter().map(|word| (word, Mark::Join))) {
        for (at, _) in own.match_indices(word) {
            let span = Span::new(span.start + at, span.start + at + word.len());
            marks.retain(|other| !span.contains(other.0));
            marks.push((span, mark));
        }
    }
    marks.sort_by_key(|(span, _)| span.start);
    marks
}

fn of_trigger(grammar: &Japanese, trigger: u16, next: &str) -> Option<Mark> {
    match grammar.tongue.frame(trigger) {
        Frame::Join | Frame::Enlist | Frame::Found => Some(Mark::Join),
        Frame::Leave | Frame::Quit => Some(Mark::Leave),
        Frame::Hire if PASSIVE.iter().any(|end| next.starts_with(end)) => Some(Mark::Hired),
        Frame::Hire => Some(Mark::Hire),
        _ => None,
    }
}

fn of_word(grammar: &Japanese, word: Word, written: &str) -> Option<Mark> {
    match word {
        Word::Verb => {
            let work = grammar.tongue.lexicon.list("work");
            work.iter().any(|word| word == written).then_some(Mark::Work)
        }
        Word::Former => Some(Mark::Former),
        Word::Of => Some(Mark::Of),
        Word::Role | Word::Staff => Some(Mark::Role),
        Word::After => Some(Mark::After),
        _ => None,
    }
}

fn of_text(script: Script, written: &str, next: &str) -> Option<Mark> {
    match script {
        Script::Han if written == "入" && next.starts_with(['り', 'る', 'っ']) => {
            Some(Mark::Join)
        }
        Script::Hiragana if WAS.iter().any(|word| written.starts_with(word)) => Some(Mark::Work),
        Script::Hiragana => {
            PARTICLES.iter().find(|(own, _)| written.starts_with(own)).map(|(_, mark)| *mark)
        }
        _ => None,
    }
}
