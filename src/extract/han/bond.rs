//! Bonds: what one clause says of somebody and a house, whatever its verb: works there, worked
//! there, leaves it, begins there.

use super::token::{Kind, Token};
use crate::extract::candidate::Passage;
use crate::extract::script::Script;
use crate::extract::text::Span;
use crate::model::Field;

/// How somebody is tied to a house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tie {
    /// "A 的 X".
    Is,
    /// "前 A 研究员 X", "曾在 A 任职".
    Was,
    /// "X 结束了在 A 的任期".
    Left,
    /// "X 本周起任 B 副总裁".
    New,
}

/// Somebody and a house.
#[derive(Debug, Clone)]
pub(crate) struct Bond {
    pub(crate) tie: Tie,
    /// The house; `None` for one that no list has.
    pub(crate) house: Option<u16>,
    /// Those whom the clause ties to it, where it names anybody.
    pub(crate) who: Vec<(String, Span)>,
    /// What the clause calls the one tied, where it says.
    pub(crate) role: Option<String>,
    pub(crate) field: Field,
    /// The words that tell.
    pub(crate) trigger: Span,
    /// The words tell a beginning only where the title is about the same.
    pub(crate) weak: bool,
    /// The words say that the one named begins, not that the house takes somebody.
    pub(crate) direct: bool,
    /// A rumour.
    pub(crate) hedged: bool,
    /// "曾", "去年": no news by itself.
    pub(crate) past: bool,
}

/// A clause: its tokens, and the number of its statement.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clause<'a> {
    pub(crate) tokens: &'a [Token],
    pub(crate) statement: usize,
}

impl Clause<'_> {
    /// Where it stands in its passage.
    pub(crate) fn span(&self) -> Span {
        let start = self.tokens.first().map_or(0, |token| token.span.start);
        Span::new(start, self.tokens.last().map_or(start, |token| token.span.end))
    }

    /// True where `test` holds for one of its tokens.
    pub(crate) fn any(&self, test: impl Fn(Kind) -> bool) -> bool {
        self.tokens.iter().any(|token| test(token.kind))
    }
}

/// The clauses of a passage. In a title a space between words that are not Latin parts two.
pub(crate) fn clauses<'a>(passage: &Passage<'_>, tokens: &'a [Token]) -> Vec<Clause<'a>> {
    let mut clauses = Vec::new();
    let (mut start, mut statement) = (0, 0);
    for (index, token) in tokens.iter().enumerate() {
        let cut = match token.kind {
            Kind::Stop | Kind::Comma => true,
            Kind::Space => passage.field == Field::Title && parts(passage, token.span),
            _ => false,
        };
        if cut {
            clauses.extend(tokens.get(start..index).map(|tokens| Clause { tokens, statement }));
            start = index + 1;
            statement += usize::from(token.kind == Kind::Stop);
        }
    }
    clauses.extend(tokens.get(start..).map(|tokens| Clause { tokens, statement }));
    clauses.retain(|clause| !clause.tokens.is_empty());
    clauses
}

/// True for a space that has no Latin letter beside it.
fn parts(passage: &Passage<'_>, span: Span) -> bool {
    let text = passage.text.norm.as_str();
    let latin = |ch: Option<char>| ch.is_none_or(|ch| Script::of(ch) == Script::Latin);
    let before = text.get(..span.start).and_then(|head| head.chars().next_back());
    let after = text.get(span.end..).and_then(|rest| rest.chars().next());
    !latin(before) && !latin(after)
}
