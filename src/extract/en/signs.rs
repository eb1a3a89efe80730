//! The signs by which the learned model judges an article: its words and their neighbours, with
//! persons, companies, posts and numbers in the place of what they are called.
//!
//! Every sign is a short text, handed out in parts so that nobody need join them: the model knows
//! it by its hash, and the script that trains the model by its letters.

use super::English;
use super::chunk::{Chunk, Item};
use super::object::is_maker;
use crate::extract::candidate::Passage;
use crate::extract::regression::{digit, offset};
use crate::extract::text::Span;
use crate::model::Field;

/// Pieces on each side of a name whose words are signs for it.
const SIDE: isize = 3;

/// What is found, its parts in order.
pub(super) type Sink<'s> = &'s mut dyn FnMut(&[&str]);

/// What a piece is, as far as it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// Before the first word of a sentence.
    Start,
    Person,
    Org(u16),
    Trigger,
    Role,
    Other,
}

/// A chunk as the model sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'c> {
    /// The two parts of its symbol.
    tag: &'static str,
    word: &'c str,
    /// In lower case.
    pub(super) lower: &'c str,
    pub(super) what: What,
    /// The number of its passage.
    pub(super) passage: usize,
    /// The number of its sentence within the passage.
    pub(super) sentence: usize,
    pub(super) span: Span,
    pub(super) title: bool,
    /// A name that the lists know.
    pub(super) sure: bool,
}

impl<'c> Piece<'c> {
    /// What stands for it.
    pub(super) fn symbol(&self) -> [&'c str; 2] {
        [self.tag, self.word]
    }
}

/// The pieces of title and summary.
#[derive(Debug)]
pub(super) struct Pieces<'c>(pub(super) Vec<Piece<'c>>);

impl<'c> Pieces<'c> {
    pub(super) fn new() -> Self {
        Self(Vec::with_capacity(96))
    }

    /// Adds the chunks of a sentence.
    pub(super) fn add(
        &mut self,
        grammar: &'c English,
        passage: &Passage<'_>,
        (number, sentence): (usize, usize),
        chunks: &'c [Chunk<'_>],
    ) {
        let title = passage.field == Field::Title;
        let start = chunks.first().map_or(Span::new(0, 0), |chunk| chunk.span);
        let place = |tag, word, lower, what, span| Piece {
            tag,
            word,
            lower,
            what,
            passage: number,
            sentence,
            span,
            title,
            sure: false,
        };
        self.0.push(place(if title { "@T" } else { "@S" }, "", "", What::Start, start));
        for (index, chunk) in chunks.iter().enumerate() {
            let lower = chunk.lower.as_str();
            let (tag, word, what) = match chunk.item {
                Item::Person { .. } => ("PER", "", What::Person),
                Item::Org { company, product } => {
                    let next = chunks.get(index + 1).map_or("", |next| next.lower.as_str());
                    // A network that everybody is on says nothing of the house either.
                    let network = matches!(lower, "facebook" | "twitter" | "x");
                    self.org(company, product || network, is_maker(next))
                }
                Item::Role { .. } => ("ROLE", "", What::Role),
                Item::Count(_) => ("NUM", "", What::Other),
                Item::Trigger(trigger) => {
                    let entry = grammar.lexicon.triggers.get(usize::from(trigger));
                    ("TR_", entry.map_or("", |entry| entry.class.as_str()), What::Trigger)
                }
                Item::Poss => ("'s", "", What::Other),
                Item::Word if lower.starts_with(|ch: char| ch.is_ascii_digit()) => {
                    ("0", "", What::Other)
                }
                Item::Word if chunk.cap && !title && index > 0 => ("CAP", "", What::Other),
                _ => ("", lower, What::Other),
            };
            let sure = chunk.item == Item::Person { sure: true };
            self.0.push(Piece { sure, ..place(tag, word, lower, what, chunk.span) });
        }
    }

    /// The first company is told from the second and the others.
    fn org(&self, company: u16, product: bool, maker: bool) -> (&'static str, &'static str, What) {
        let mut seen: Vec<u16> = Vec::new();
        for piece in &self.0 {
            if let What::Org(other) = piece.what
                && !seen.contains(&other)
            {
                seen.push(other);
            }
        }
        // A product says nothing of the house, but for "the Gana Chat maker".
        if product && !maker {
            return ("PROD", "", What::Other);
        }
        let rank = seen.iter().position(|other| *other == company).unwrap_or(seen.len());
        let rank = ["0", "1", "2"].get(rank).copied().unwrap_or("2");
        ("ORG", rank, What::Org(company))
    }

    /// The signs of the article: each word, and each with the next.
    pub(super) fn news(&self, mut sink: impl FnMut(usize, &[&str])) {
        let mut before: Option<[&str; 2]> = None;
        let mut tell = |at: usize, now: [&'c str; 2]| {
            sink(at, &now);
            if let Some([tag, word]) = before {
                sink(at, &[tag, word, " ", now[0], now[1]]);
            }
            before = Some(now);
        };
        for (at, piece) in self.0.iter().enumerate() {
            tell(at, [piece.tag, piece.word]);
            match piece.what {
                What::Role => {
                    tell(at, ["role=", piece.lower.rsplit(' ').next().unwrap_or("")]);
                }
                What::Trigger => piece.lower.split(' ').for_each(|word| tell(at, ["", word])),
                _ => {}
            }
        }
    }

    /// The companies in order of their first mention.
    pub(super) fn companies(&self) -> Vec<u16> {
        let mut found = Vec::new();
        for piece in &self.0 {
            if let What::Org(company) = piece.what
                && !found.contains(&company)
            {
                found.push(company);
            }
        }
        found
    }

    /// The people, by the last word of their names, in order of their first mention.
    pub(super) fn people(&self) -> Vec<&'c str> {
        let mut found: Vec<&str> = Vec::new();
        for piece in self.0.iter().filter(|piece| piece.what == What::Person) {
            let surname = surname(piece.lower);
            if !found.contains(&surname) {
                found.push(surname);
            }
        }
        found
    }

    /// The signs that say whether a company is left or joined.
    pub(super) fn house(&self, company: u16, sink: Sink<'_>) {
        let own = |piece: &Piece<'_>| piece.what == What::Org(company);
        let all = self.companies();
        self.standing(own, all.iter().position(|one| *one == company), all.len(), sink);
        let people = self.0.iter().filter(|piece| piece.what == What::Person).count();
        sink(&["people=", digit(people)]);
    }

    /// The signs that say whether a person is who moves.
    pub(super) fn person(&self, name: &str, sink: Sink<'_>) {
        let own = |piece: &Piece<'_>| piece.what == What::Person && surname(piece.lower) == name;
        let all = self.people();
        self.standing(own, all.iter().position(|one| *one == name), all.len(), sink);
        let mentions = || self.0.iter().filter(|piece| own(piece));
        sink(&["full=", digit(usize::from(mentions().any(|piece| piece.lower.contains(' '))))]);
        sink(&["times=", digit(mentions().count())]);
    }

    fn standing(
        &self,
        own: impl Fn(&Piece<'_>) -> bool,
        rank: Option<usize>,
        all: usize,
        sink: Sink<'_>,
    ) {
        for (at, piece) in self.0.iter().enumerate().filter(|(_, piece)| own(piece)) {
            let field = if piece.title { "T:" } else { "S:" };
            for field in ["", field] {
                self.around(at, field, &own, sink);
            }
        }
        let within = |title| self.0.iter().any(|piece| piece.title == title && own(piece));
        sink(&["rank=", digit(rank.unwrap_or(0)), "/", digit(all)]);
        sink(&["title=", digit(usize::from(within(true))), digit(usize::from(within(false)))]);
    }

    /// The signs around the piece at `at`.
    fn around(&self, at: usize, field: &str, own: &dyn Fn(&Piece<'_>) -> bool, sink: Sink<'_>) {
        let symbol = |by: isize| -> [&str; 3] {
            match at.checked_add_signed(by).and_then(|at| self.0.get(at)) {
                Some(piece) => [piece.tag, piece.word, if own(piece) { "SAME" } else { "" }],
                None => ["$", "", ""],
            }
        };
        for by in (-SIDE..=SIDE).filter(|by| *by != 0) {
            let [tag, word, same] = symbol(by);
            sink(&[field, offset(by), "=", tag, word, same]);
        }
        for (a, b) in [(-2, -1), (-1, 1), (1, 2), (-3, -2), (2, 3)] {
            let [tag, word, same] = symbol(a);
            let [next, nwrd, nsame] = symbol(b);
            sink(&[field, offset(a), offset(b), "=", tag, word, same, " ", next, nwrd, nsame]);
        }
        let Some(here) = self.0.get(at) else { return };
        let near =
            |piece: &&Piece<'_>| piece.passage == here.passage && piece.sentence == here.sentence;
        let trigger = |piece: &&Piece<'_>| piece.what == What::Trigger;
        let left = || self.0.iter().take(at).rev().take_while(near);
        let right = || self.0.iter().skip(at + 1).take_while(near);
        let (before, after) = (left().find(trigger), right().find(trigger));
        let class = |piece: Option<&Piece<'c>>| piece.map_or("no", |piece| piece.word);
        sink(&[field, "before=", class(before)]);
        sink(&[field, "after=", class(after)]);
        sink(&[field, "both=", class(before), " ", class(after)]);
        let next = |by: isize| {
            let piece = at.checked_add_signed(by).and_then(|at| self.0.get(at));
            piece.filter(trigger_at).map_or("", |piece| piece.lower)
        };
        sink(&[field, "-verb=", next(-1)]);
        sink(&[field, "+verb=", next(1)]);
        let person = |piece: &Piece<'_>| piece.what == What::Person;
        sink(&[
            field,
            "person=",
            digit(usize::from(left().any(person))),
            digit(usize::from(right().any(person))),
        ]);
        sink(&[
            field,
            "first=",
            digit(usize::from(left().next().is_none_or(|piece| piece.what == What::Start))),
        ]);
    }
}

fn trigger_at(piece: &&Piece<'_>) -> bool {
    piece.what == What::Trigger
}

pub(super) fn surname(lower: &str) -> &str {
    lower.rsplit(' ').next().unwrap_or(lower)
}
