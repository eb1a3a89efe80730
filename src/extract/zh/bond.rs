//! What a Chinese clause says of somebody and a house, by the words around the house's name.

use super::Chinese;
use super::mark::{Mark, Marked, marks};
use crate::extract::candidate::Passage;
use crate::extract::han::bond::{Bond, Clause, Tie, clauses};
use crate::extract::han::person::Person;
use crate::extract::han::token::{Kind, Token};
use crate::extract::han::words::Word;
use crate::extract::text::Span;

/// Words for a quarrel before a court.
const TRIALS: [&str; 8] = ["诉讼", "出庭", "作证", "起诉", "仲裁", "竞业", "庭审", "被告"];

/// Words for speaking of what was.
const TALK: [&str; 14] = [
    "忆及", "憶及", "回忆", "回憶", "追忆", "追憶", "忆起", "憶起", "谈及", "談及", "谈离", "談離",
    "聊", "讲述",
];

/// True for a text about a quarrel before a court.
pub(super) fn is_trial(text: &str) -> bool {
    TRIALS.iter().any(|word| text.contains(word))
}

/// The bonds of one passage, whose text is folded.
pub(super) fn bonds(
    grammar: &Chinese,
    passage: &Passage<'_>,
    text: &str,
    (tokens, people): (&[Token], &[Person]),
) -> Vec<Bond> {
    let mut bonds = Vec::new();
    // A trial tells of what was.
    if is_trial(text) {
        return bonds;
    }
    let all = clauses(passage, tokens);
    let mut last: Vec<usize> = Vec::new();
    let mut statement = 0;
    for clause in &all {
        if clause.statement != statement {
            statement = clause.statement;
            let pronoun = clause.any(|kind| kind == Kind::Word(Word::Pronoun));
            if !pronoun {
                last.clear();
            }
        }
        let whole = all.iter().filter(|own| own.statement == clause.statement);
        let reading = Reading {
            grammar,
            passage,
            people,
            clause,
            marks: marks(grammar, passage, text, clause),
            last: &last,
        };
        if !reading.is_quiet(whole) {
            reading.read(&mut bonds);
        }
        let named = reading.persons();
        if !named.is_empty() {
            last = named;
        }
    }
    bonds
}

/// How a house is tied.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) tie: Tie,
    pub(super) weak: bool,
    pub(super) direct: bool,
}

/// One clause on the way to its bonds.
pub(super) struct Reading<'a> {
    grammar: &'a Chinese,
    pub(super) passage: &'a Passage<'a>,
    pub(super) people: &'a [Person],
    pub(super) clause: &'a Clause<'a>,
    pub(super) marks: Vec<Marked>,
    /// Whom the clause before names.
    pub(super) last: &'a [usize],
}

impl Reading<'_> {
    /// True for a clause that denies, supposes or looks back, or whose statement does.
    fn is_quiet<'c>(&self, mut statement: impl Iterator<Item = &'c Clause<'c>>) -> bool {
        // "没有续约", "放弃 A 的高薪": words for leaving.
        let leaves = |span: Span| {
            let told = |(own, mark): &Marked| {
                matches!(mark, Mark::Finish | Mark::FinishBehind) && own.contains(span)
            };
            self.marks.iter().any(told)
        };
        let own = self.clause.tokens.iter().any(|token| match token.kind {
            Kind::Word(Word::Supposition | Word::Self_) => true,
            Kind::Word(Word::Negation) => !leaves(token.span),
            _ => false,
        });
        let written = self.passage.text.get(self.clause.span());
        let own = own || TALK.iter().any(|word| written.contains(word));
        let whole = statement.any(|clause| {
            clause.any(|kind| match kind {
                Kind::Word(word) => matches!(
                    word,
                    Word::Denial
                        | Word::Condition
                        | Word::Story
                        | Word::Statistics
                        | Word::Sabbatical
                ),
                Kind::Year(year) => year < self.passage.year,
                _ => false,
            })
        });
        let end = self.clause.span().end;
        let asked = self.passage.text.norm.get(end..).is_some_and(|rest| rest.starts_with('?'));
        own || whole || asked
    }

    fn persons(&self) -> Vec<usize> {
        let person = |(_, mark): &Marked| match mark {
            Mark::Person(at) => Some(*at),
            _ => None,
        };
        self.marks.iter().filter_map(person).collect()
    }

    pub(super) fn has(&self, want: Mark) -> bool {
        self.marks.iter().any(|(_, mark)| *mark == want)
    }

    pub(super) fn is_past(&self) -> bool {
        self.has(Mark::Once) || self.has(Mark::Past)
    }

    /// "离开 A 后".
    fn has_after(&self, at: usize) -> bool {
        let rest = self.marks.get(at + 1..).unwrap_or(&[]);
        rest.iter().any(|(_, mark)| *mark == Mark::After)
    }

    /// True where a word for the past stands before mark `at`, and behind the house or the "of"
    /// before.
    fn is_past_at(&self, at: usize) -> bool {
        let border = |(_, mark): &&Marked| !matches!(mark, Mark::House(_) | Mark::Of);
        let before = self.marks.get(..at).unwrap_or(&[]).iter().rev().take_while(border);
        before.map(|(_, mark)| *mark).any(|mark| matches!(mark, Mark::Past | Mark::Once))
    }

    fn read(&self, bonds: &mut Vec<Bond>) {
        let mut any = false;
        for (at, (span, mark)) in self.marks.iter().enumerate() {
            let Mark::House(house) = mark else { continue };
            any = true;
            if let Some(Told { tie, weak, direct }) = self.tie(at) {
                let bond = self.bond(tie, Some(*house), (at, *span));
                bonds.push(Bond { weak, direct, ..bond });
            }
        }
        // "X 将任某某科技首席科学家": somewhere that no list has.
        let begins = self.marks.iter().rposition(|(_, mark)| self.begins(*mark));
        if let Some(at) = begins.filter(|_| !any || self.is_elsewhere()) {
            let span = self.marks.get(at).map_or(Span::new(0, 0), |(span, _)| *span);
            let object = self.clause.span().end >= span.end + "某某".len() && !self.is_seat();
            let bond = self.bond(Tie::New, None, (at, span));
            if object && !bond.who.is_empty() {
                let direct = matches!(self.marks.get(at), Some((_, Mark::Begin)));
                bonds.push(Bond { direct, ..bond });
            }
        }
    }

    /// True for a clause about a body that one sits on beside one's work.
    fn is_seat(&self) -> bool {
        let written = self.passage.text.get(self.clause.span());
        let seats = self.grammar.tongue.lexicon.list("seat");
        seats.iter().any(|seat| written.contains(seat.as_str()))
            || self.clause.any(|kind| matches!(kind, Kind::Word(Word::Board | Word::Alliance)))
    }

    fn begins(&self, mark: Mark) -> bool {
        matches!(mark, Mark::Begin | Mark::Join) || mark == Mark::Serve && self.has(Mark::Onward)
    }

    /// True where no house stands behind the word for beginning.
    fn is_elsewhere(&self) -> bool {
        let begins = self.marks.iter().rposition(|(_, mark)| self.begins(*mark));
        let tail = begins.and_then(|at| self.marks.get(at + 1..)).unwrap_or(&[]);
        begins.is_some()
            && !tail.iter().any(|(_, mark)| {
                use Mark::{After, Firm, House, Of, Person, Pronoun};
                matches!(mark, House(_) | Person(_) | Of | Pronoun | Firm | After)
            })
    }

    fn bond(&self, tie: Tie, house: Option<u16>, (at, span): (usize, Span)) -> Bond {
        let hedged = self.clause.any(|kind| kind == Kind::Word(Word::Hedge));
        let who = self.who(tie, at);
        Bond {
            tie,
            house,
            role: self.role(&who),
            who,
            field: self.passage.field,
            trigger: self.word_beside(at).unwrap_or(span),
            weak: false,
            direct: false,
            hedged,
            past: self.is_past_at(at) || self.has_after(at),
        }
    }

    /// The word that tells, nearest to the house at `at`.
    fn word_beside(&self, at: usize) -> Option<Span> {
        let tells =
            |(_, mark): &&Marked| !matches!(mark, Mark::House(_) | Mark::Person(_) | Mark::Of);
        let before = self.marks.get(..at)?.iter().rev().find(tells);
        let after = self.marks.get(at + 1..)?.iter().find(tells);
        before.or(after).map(|(span, _)| *span)
    }

    /// The post right before the first one named.
    fn role(&self, who: &[(String, Span)]) -> Option<String> {
        let (_, first) = who.first()?;
        let before = |token: &&Token| token.span.end == first.start;
        let token = self.clause.tokens.iter().find(before)?;
        (token.kind == Kind::Word(Word::Role)).then(|| self.passage.text.get(token.span).to_owned())
    }
}
