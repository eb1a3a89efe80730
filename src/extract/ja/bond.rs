//! What a Japanese clause says of somebody and a house, by the particle behind the house's name
//! and the verb that follows.

use super::Japanese;
use crate::extract::candidate::Passage;
use crate::extract::han::bond::{Bond, Clause, Tie};
use crate::extract::han::event::Frame;
use crate::extract::han::person::Person;
use crate::extract::han::token::{Kind, Token};
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::extract::text::Span;

/// A word that tells how the house before it is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    House(u16),
    Person(usize),
    Pronoun,
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
    /// "昨年".
    Past,
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

/// How the verbs begin that only people do.
const HOPS: [&str; 10] =
    ["移", "転", "入社", "入所", "着任", "内定", "招か", "身を寄せ", "籍を移", "くら替え"];

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

/// The bonds of one passage.
pub(super) fn bonds(
    grammar: &Japanese,
    passage: &Passage<'_>,
    (tokens, people): (&[Token], &[Person]),
) -> Vec<Bond> {
    let mut bonds = Vec::new();
    let mut last: Vec<(String, Span)> = Vec::new();
    let statements = tokens.split(|token| token.kind == Kind::Stop);
    for (number, tokens) in statements.enumerate() {
        let clause = Clause { tokens, statement: number };
        if tokens.is_empty() {
            continue;
        }
        let reading = Reading {
            grammar,
            passage,
            people,
            clause: &clause,
            marks: marks(grammar, passage, &clause),
            last: &last,
        };
        if !reading.is_quiet() {
            reading.read(&mut bonds);
        }
        let named = reading.persons();
        if !named.is_empty() {
            last = named;
        }
    }
    bonds
}

fn marks(grammar: &Japanese, passage: &Passage<'_>, clause: &Clause<'_>) -> Vec<Marked> {
    let mut marks: Vec<Marked> = Vec::new();
    for (at, token) in clause.tokens.iter().enumerate() {
        let next = clause.tokens.get(at + 1).map_or("", |next| passage.text.get(next.span));
        let mark = match token.kind {
            Kind::Company(at) => passage.companies.get(at).map(|own| Mark::House(own.company)),
            Kind::Person(at) => Some(Mark::Person(at)),
            Kind::Trigger(trigger) => match grammar.tongue.frame(trigger) {
                Frame::Join | Frame::Enlist => Some(Mark::Join),
                Frame::Leave | Frame::Quit => Some(Mark::Leave),
                Frame::Hire
                    if ["され", "られ", "かれ", "れ"].iter().any(|end| next.starts_with(end)) =>
                {
                    Some(Mark::Hired)
                }
                Frame::Hire => Some(Mark::Hire),
                Frame::Found => Some(Mark::Join),
                _ => None,
            },
            Kind::Word(Word::Verb) => {
                let work = grammar.tongue.lexicon.list("work");
                let own = work.iter().any(|word| word == passage.text.get(token.span));
                own.then_some(Mark::Work)
            }
            Kind::Word(Word::Former) => Some(Mark::Former),
            Kind::Word(Word::Of) => Some(Mark::Of),
            Kind::Word(Word::Role | Word::Staff) => Some(Mark::Role),
            Kind::Word(Word::After) => Some(Mark::After),
            Kind::Word(Word::Pronoun) => Some(Mark::Pronoun),
            Kind::Comma => Some(Mark::Comma),
            Kind::Text(Script::Hiragana) => {
                let text = passage.text.get(token.span);
                PARTICLES.iter().find(|(own, _)| text.starts_with(own)).map(|(_, mark)| *mark)
            }
            _ => None,
        };
        marks.extend(mark.map(|mark| (token.span, mark)));
    }
    let span = clause.span();
    let own = passage.text.get(span);
    for word in NEXT {
        for (at, _) in own.match_indices(word) {
            let span = Span::new(span.start + at, span.start + at + word.len());
            marks.retain(|other| !span.contains(other.0));
            marks.push((span, Mark::Next));
        }
    }
    marks.sort_by_key(|(span, _)| span.start);
    marks
}

/// One statement on the way to its bonds.
pub(super) struct Reading<'a> {
    grammar: &'a Japanese,
    pub(super) passage: &'a Passage<'a>,
    pub(super) people: &'a [Person],
    pub(super) clause: &'a Clause<'a>,
    pub(super) marks: Vec<Marked>,
    /// Whom the statement before names.
    pub(super) last: &'a [(String, Span)],
}

impl Reading<'_> {
    /// True for a statement that denies, supposes, asks or tells a story.
    fn is_quiet(&self) -> bool {
        let own = self.clause.any(|kind| match kind {
            Kind::Word(word) => matches!(
                word,
                Word::Negation
                    | Word::Denial
                    | Word::Supposition
                    | Word::Condition
                    | Word::Story
                    | Word::Statistics
                    | Word::Sabbatical
                    | Word::Self_
            ),
            Kind::Year(year) => year < self.passage.year,
            _ => false,
        });
        let end = self.clause.span().end;
        own || self.passage.text.norm.get(end..).is_some_and(|rest| rest.starts_with('?'))
    }

    fn persons(&self) -> Vec<(String, Span)> {
        self.marks.iter().filter_map(|own| self.named(own)).collect()
    }

    pub(super) fn named(&self, own: &Marked) -> Option<(String, Span)> {
        match own.1 {
            Mark::Person(index) => {
                self.people.get(index).map(|person| (person.name.clone(), person.span))
            }
            _ => None,
        }
    }

    fn read(&self, bonds: &mut Vec<Bond>) {
        self.elsewhere(bonds);
        for (at, (span, mark)) in self.marks.iter().enumerate() {
            let Mark::House(house) = mark else { continue };
            let Some(told) = self.tie(at) else { continue };
            let who = self.who(at, &told);
            bonds.push(Bond {
                tie: told.tie,
                house: Some(*house),
                role: self.role(&who),
                who,
                field: self.passage.field,
                trigger: told.verb.unwrap_or(*span),
                weak: told.weak,
                direct: false,
                hedged: self.clause.any(|kind| kind == Kind::Word(Word::Hedge)),
                past: told.past,
            });
        }
    }

    /// "X 氏は某社に転じた": somewhere that no list has.
    fn elsewhere(&self, bonds: &mut Vec<Bond>) {
        let goes = |own: &&Marked| matches!(own.1, Mark::Join | Mark::Hired);
        let Some(at) = self.marks.iter().rposition(|own| goes(&own)) else { return };
        let Some((verb, _)) = self.marks.get(at).copied() else { return };
        let written = self.passage.text.get(verb);
        let to = at.checked_sub(1).and_then(|before| self.marks.get(before));
        let listed = self.marks.get(..at).unwrap_or(&[]).iter().rev().take(4);
        let house = listed
            .skip(1)
            .take_while(|own| !matches!(own.1, Mark::Subject | Mark::Comma | Mark::From | Mark::At))
            .any(|own| matches!(own.1, Mark::House(_)));
        let personal = HOPS.iter().any(|word| written.starts_with(word));
        let who = self.marks.iter().rev().find_map(|own| self.named(own));
        let Some(who) = who.filter(|_| to.is_some_and(|own| own.1 == Mark::To)) else { return };
        if personal && !house && !self.is_relative(verb) && !self.is_seat() {
            let span = verb;
            bonds.push(Bond {
                tie: Tie::New,
                house: None,
                who: vec![who],
                role: None,
                field: self.passage.field,
                trigger: span,
                weak: false,
                direct: true,
                hedged: self.clause.any(|kind| kind == Kind::Word(Word::Hedge)),
                past: false,
            });
        }
    }

    /// True for a seat beside one's work.
    fn is_seat(&self) -> bool {
        let written = self.passage.text.get(self.clause.span());
        self.grammar.tongue.lexicon.list("seat").iter().any(|seat| written.contains(seat.as_str()))
    }

    /// The post right before the first one named.
    fn role(&self, who: &[(String, Span)]) -> Option<String> {
        let (_, first) = who.first()?;
        let before = |token: &&Token| token.span.end == first.start;
        let token = self.clause.tokens.iter().find(before)?;
        (token.kind == Kind::Word(Word::Role)).then(|| self.passage.text.get(token.span).to_owned())
    }

    /// True for a verb of a clause that describes the noun behind it.
    pub(super) fn is_relative(&self, verb: Span) -> bool {
        let tokens = self.clause.tokens;
        let Some(at) = tokens.iter().position(|token| token.span == verb) else { return false };
        let text = |at: usize| tokens.get(at).map_or("", |token| self.passage.text.get(token.span));
        let end = text(at + 1).ends_with(['た', 'る', 'だ'])
            && tokens.get(at + 1).is_some_and(|own| own.kind == Kind::Text(Script::Hiragana))
            || text(at).ends_with(['た', 'る', 'く']);
        let next = if text(at).ends_with(['た', 'る', 'く']) { at + 1 } else { at + 2 };
        end && tokens.get(next).is_some_and(|token| {
            !matches!(token.kind, Kind::Comma | Kind::Stop | Kind::Sign | Kind::Close)
                && !matches!(token.kind, Kind::Text(Script::Hiragana))
        })
    }
}
