//! The signs by which the learned models judge a Chinese or a Japanese article: runs of its letters
//! and of its words, and what stands around a name.
//!
//! Every sign is a short text, handed out in parts so that nobody need join them: the model knows
//! it by its hash, and the script that trains the model by its letters.

use super::person::Person;
use super::piece::{Piece, What, letters};
use super::token::{Kind, Token};
use super::tongue::Tongue;
use crate::extract::candidate::Passage;
use crate::extract::regression::{digit, offset};
use crate::extract::text::Span;
use crate::model::Field;

/// Pieces on each side of a name that are signs for it.
const SIDE: isize = 3;
/// Letters behind a name that may tell what becomes of it.
const BEHIND: usize = 8;

/// What is found, its parts in order.
pub(super) type Sink<'s> = &'s mut dyn FnMut(&[&str]);

/// Title and summary in pieces.
#[derive(Debug, Default)]
pub(super) struct Pieces<'t> {
    pub(super) letters: Vec<Piece<'t>>,
    pub(super) words: Vec<Piece<'t>>,
    /// The people in order of their first mention.
    pub(super) names: Vec<&'t str>,
    companies: Vec<u16>,
}

impl<'t> Pieces<'t> {
    /// Adds a passage, by its number.
    pub(super) fn add(
        &mut self,
        tongue: &'t Tongue,
        (number, passage): (usize, &Passage<'_>),
        text: &'t str,
        (tokens, people): (&[Token], &'t [Person]),
    ) {
        let title = passage.field == Field::Title;
        let blank = Piece {
            tag: if title { "@T" } else { "@S" },
            text: "",
            what: What::Start,
            passage: number,
            span: Span::new(0, 0),
            title,
        };
        self.letters.push(blank);
        self.words.push(blank);
        for token in tokens {
            let own = text.get(token.span.start..token.span.end).unwrap_or("");
            if let Kind::Company(index) = token.kind
                && let Some(own) = passage.companies.get(index).filter(|own| !own.by_product)
                && !self.companies.contains(&own.company)
            {
                self.companies.push(own.company);
            }
            let named: Vec<usize> = match token.kind {
                Kind::Person(index) => {
                    people.get(index).map(|one| self.place(one)).into_iter().collect()
                }
                _ => Vec::new(),
            };
            let person = |_| named.first().map_or(What::Other, |place| What::Person(*place));
            let piece =
                Piece::of(*token, own, passage, (|company| self.rank(company), person), blank);
            if let Some(piece) = piece {
                self.letters.push(piece);
                self.words.push(piece);
                continue;
            }
            if token.kind != Kind::Space && token.kind != Kind::Sign {
                let word = Piece::word(tongue, *token, own, blank);
                let again =
                    self.words.last().is_some_and(|last| last.tag == "_" && word.tag == "_");
                self.words.extend((!again).then_some(word));
            }
            let letter = |(span, text)| Piece { tag: "", text, what: What::Other, span, ..blank };
            self.letters.extend(letters(*token, own).map(letter));
            if token.kind == Kind::Stop {
                let start = Piece { span: Span::new(token.span.end, token.span.end), ..blank };
                self.letters.push(start);
                self.words.push(start);
            }
        }
    }

    /// The place of the person among those that were mentioned.
    fn place(&mut self, person: &'t Person) -> usize {
        let name = person.name.as_str();
        let known = self.names.iter().position(|one| *one == name);
        known.unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        })
    }

    /// The first company is told from the second and the others.
    fn rank(&self, company: u16) -> &'static str {
        let rank = self.companies.iter().position(|other| *other == company);
        ["ORG0", "ORG1"].get(rank.unwrap_or(2)).copied().unwrap_or("ORG2")
    }

    /// The companies in order of their first mention.
    pub(super) fn companies(&self) -> Vec<u16> {
        self.companies.clone()
    }

    /// The signs of the article, each with the span and the passage that it begins in.
    pub(super) fn news(&self, mut sink: impl FnMut(&Piece<'t>, &[&str])) {
        for run in runs(&self.letters) {
            for (at, piece) in run.iter().enumerate() {
                let [a, b] = piece.symbol();
                sink(piece, &[a, b]);
                let Some(next) = run.get(at + 1) else { continue };
                let [c, d] = next.symbol();
                sink(piece, &[a, b, c, d]);
                let Some(third) = run.get(at + 2) else { continue };
                let [e, f] = third.symbol();
                sink(piece, &[a, b, c, d, e, f]);
            }
        }
        for run in runs(&self.words) {
            let field = if run.first().is_some_and(|piece| piece.title) { "T:" } else { "S:" };
            for (at, piece) in run.iter().enumerate() {
                let [a, b] = piece.symbol();
                sink(piece, &[field, a, b]);
                let Some(next) = run.get(at + 1) else { continue };
                let [c, d] = next.symbol();
                sink(piece, &["~", a, b, " ", c, d]);
                let Some(third) = run.get(at + 2) else { continue };
                let [e, f] = third.symbol();
                sink(piece, &["~", a, b, " ", c, d, " ", e, f]);
            }
            self.named(run, field, &mut sink);
        }
        sink_last(&self.letters, &mut sink);
        let (people, companies) = (digit(self.names.len()), digit(self.companies.len()));
        if let Some(first) = self.letters.first() {
            sink(first, &["people=", people, "/", companies]);
        }
    }

    /// Who, where and as what, in their order, and what stands behind each.
    fn named(&self, run: &[Piece<'t>], field: &str, sink: &mut impl FnMut(&Piece<'t>, &[&str])) {
        let mut before: [Option<&Piece<'t>>; 2] = [None, None];
        for piece in run.iter().filter(|piece| piece.is_named() || piece.what == What::Trigger) {
            let of = |one: Option<&Piece<'t>>| one.map_or(["", ""], Piece::symbol);
            let ([a, b], [c, d], [e, f]) = (of(before[0]), of(before[1]), piece.symbol());
            sink(piece, &["&", field, c, d, " ", e, f]);
            sink(piece, &["&", a, b, " ", c, d, " ", e, f]);
            before = [before[1], Some(piece)];
        }
        for piece in run.iter().filter(|piece| piece.is_named()) {
            self.behind(piece, |a, b| sink(piece, &[piece.tag, ">", a, b]));
        }
    }

    /// The pairs of letters behind a piece, up to the end of its statement.
    fn behind(&self, piece: &Piece<'t>, mut sink: impl FnMut(&str, &str)) {
        let place = |one: &Piece<'_>| (one.passage, one.span.start);
        let from = self.letters.partition_point(|one| place(one) < place(piece));
        let rest = self.letters.get(from + 1..).unwrap_or(&[]);
        let rest = rest.iter().take_while(|one| one.what != What::Start).take(BEHIND);
        let mut last: Option<&Piece<'_>> = None;
        for one in rest {
            if let Some(last) = last.filter(|last| last.tag.is_empty() && one.tag.is_empty()) {
                sink(last.text, one.text);
            }
            last = Some(one);
        }
    }

    /// The signs that say whether a company is left or joined.
    pub(super) fn house(&self, company: u16, sink: Sink<'_>) {
        let own = |piece: &Piece<'_>| piece.what == What::Org(company);
        let rank = self.companies.iter().position(|one| *one == company);
        self.standing(own, rank, self.companies.len(), sink);
        sink(&["people=", digit(self.names.len())]);
        // What is told at all, where no other company is.
        let pairs = self.letters.windows(2).filter(|_| self.companies.len() == 1);
        for pair in pairs {
            if let [one, next] = pair {
                let ([a, b], [c, d]) = (one.symbol(), next.symbol());
                sink(&["alone:", a, b, c, d]);
            }
        }
    }

    /// The signs that say whether a person is who moves.
    pub(super) fn person(&self, name: usize, sink: Sink<'_>) {
        let own = |piece: &Piece<'_>| piece.what == What::Person(name);
        self.standing(own, Some(name), self.names.len(), sink);
        let times = self.words.iter().filter(|piece| own(piece)).count();
        sink(&["times=", digit(times)]);
    }

    fn standing(
        &self,
        own: impl Fn(&Piece<'_>) -> bool,
        rank: Option<usize>,
        all: usize,
        sink: Sink<'_>,
    ) {
        for (kind, pieces) in [("", &self.letters), ("~", &self.words)] {
            for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| own(piece)) {
                let field = if piece.title { "T:" } else { "S:" };
                for field in ["", field] {
                    around(pieces, at, [kind, field], &own, sink);
                }
                if kind.is_empty() {
                    self.behind(piece, |a, b| sink(&[">", a, b]));
                }
            }
        }
        let within = |title| self.words.iter().any(|piece| piece.title == title && own(piece));
        sink(&["rank=", digit(rank.unwrap_or(0)), "/", digit(all)]);
        sink(&["title=", digit(usize::from(within(true))), digit(usize::from(within(false)))]);
    }
}

/// The statements, each with its beginning.
fn runs<'p, 't>(pieces: &'p [Piece<'t>]) -> impl Iterator<Item = &'p [Piece<'t>]> {
    pieces.chunk_by(|_, next| next.what != What::Start)
}

/// How the title ends.
fn sink_last<'t>(letters: &[Piece<'t>], sink: &mut impl FnMut(&Piece<'t>, &[&str])) {
    let mut title = letters.iter().rev().filter(|piece| piece.title && piece.what != What::Start);
    let (Some(last), before) = (title.next(), title.next()) else { return };
    let ([c, d], [a, b]) = (last.symbol(), before.map_or(["", ""], Piece::symbol));
    sink(last, &["last=", c, d]);
    sink(last, &["last=", a, b, c, d]);
}

/// The signs around the piece at `at`.
fn around(
    pieces: &[Piece<'_>],
    at: usize,
    [kind, field]: [&str; 2],
    own: &dyn Fn(&Piece<'_>) -> bool,
    sink: Sink<'_>,
) {
    let Some(here) = pieces.get(at) else { return };
    let symbol = |by: isize| match at.checked_add_signed(by).and_then(|at| pieces.get(at)) {
        Some(piece) if piece.passage == here.passage => {
            let [tag, text] = piece.symbol();
            [tag, text, if own(piece) { "SAME" } else { "" }]
        }
        _ => ["$", "", ""],
    };
    for by in (-SIDE..=SIDE).filter(|by| *by != 0) {
        let [tag, text, same] = symbol(by);
        sink(&[kind, field, offset(by), "=", tag, text, same]);
    }
    for (a, b) in [(-3, -2), (-2, -1), (-1, 1), (1, 2), (2, 3)] {
        let ([tag, text, same], [tag2, text2, same2]) = (symbol(a), symbol(b));
        sink(&[kind, field, offset(a), offset(b), "=", tag, text, same, " ", tag2, text2, same2]);
    }
    for [a, b, c] in [[-3, -2, -1], [1, 2, 3]] {
        let ([d, e, f], [g, h, i], [j, k, l]) = (symbol(a), symbol(b), symbol(c));
        sink(&[kind, field, offset(a), "...=", d, e, f, g, h, i, j, k, l]);
    }
    if kind != "~" {
        return;
    }
    let near = |piece: &&Piece<'_>| piece.what != What::Start;
    let left = || pieces.get(..at).unwrap_or(&[]).iter().rev().take_while(near);
    let right = || pieces.get(at + 1..).unwrap_or(&[]).iter().take_while(near);
    let trigger = |piece: &&Piece<'_>| piece.what == What::Trigger;
    sink(&[field, "before=", left().find(trigger).map_or("no", |piece| piece.text)]);
    sink(&[field, "after=", right().find(trigger).map_or("no", |piece| piece.text)]);
    let named = |piece: Option<&Piece<'_>>| {
        piece.map_or(["no", ""], |piece| [piece.tag, if own(piece) { "SAME" } else { "" }])
    };
    let [a, b] = named(left().find(|piece| piece.is_named()));
    let [c, d] = named(right().find(|piece| piece.is_named()));
    sink(&[field, "&-", a, b]);
    sink(&[field, "&+", c, d]);
    sink(&[field, "&", a, b, " ", c, d]);
    let person = |piece: &Piece<'_>| matches!(piece.what, What::Person(_));
    let (before, after) = (left().any(person), right().any(person));
    sink(&[field, "person=", digit(usize::from(before)), digit(usize::from(after))]);
    sink(&[field, "first=", digit(usize::from(left().next().is_none()))]);
}
