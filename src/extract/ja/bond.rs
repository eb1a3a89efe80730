//! What a Japanese clause says of somebody and a house, by the particle behind the house's name
//! and the verb that follows.

use super::Japanese;
use super::mark::{Mark, Marked, marks};
use crate::extract::candidate::Passage;
use crate::extract::han::bond::{Bond, Clause, Tie};
use crate::extract::han::person::Person;
use crate::extract::han::token::{Kind, Token};
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::extract::text::Span;
use crate::model::Field;

/// How the verbs begin that only people do.
const HOPS: [&str; 10] =
    ["移", "転", "入社", "入所", "着任", "内定", "招か", "身を寄せ", "籍を移", "くら替え"];

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
        self.heads(bonds);
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
            bonds.push(Bond { who: vec![who], ..self.begun(verb, None) });
        }
    }

    /// "某社、営業統括に元 A の X 氏": a headline that ends with who takes the post, and where.
    fn heads(&self, bonds: &mut Vec<Bond>) {
        let verb = |own: &Marked| {
            matches!(own.1, Mark::Join | Mark::Leave | Mark::Hired | Mark::Work | Mark::Next)
        };
        if self.passage.field != Field::Title || self.is_seat() || self.marks.iter().any(verb) {
            return;
        }
        let came = |at: usize| {
            let mark = |at: usize| self.marks.get(at).map(|own| own.1);
            let house = |at: usize| matches!(mark(at), Some(Mark::House(_)));
            let former = mark(at + 1) == Some(Mark::Former) && house(at + 2);
            mark(at) == Some(Mark::To)
                && (former || house(at + 1) && mark(at + 2) == Some(Mark::Former))
        };
        let Some(to) = (0..self.marks.len()).find(|at| came(*at)) else { return };
        let house = self.marks.get(..to).unwrap_or(&[]).iter().rev().find_map(|own| match own.1 {
            Mark::House(house) => Some(house),
            _ => None,
        });
        let who = self.marks.get(to..).unwrap_or(&[]).iter().find_map(|own| self.named(own));
        let span = self.marks.get(to).map_or(Span::new(0, 0), |own| own.0);
        let bond = self.begun(span, house);
        bonds.push(Bond { who: who.into_iter().collect(), direct: true, ..bond });
    }

    /// A beginning that the word at `trigger` tells.
    fn begun(&self, trigger: Span, house: Option<u16>) -> Bond {
        Bond {
            tie: Tie::New,
            house,
            who: Vec::new(),
            role: None,
            field: self.passage.field,
            trigger,
            weak: false,
            direct: true,
            hedged: self.clause.any(|kind| kind == Kind::Word(Word::Hedge)),
            past: false,
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
