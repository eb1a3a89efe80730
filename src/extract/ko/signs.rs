//! The signs by which the learned model judges a Korean article: the beginnings of its words, with
//! persons, companies, posts and numbers in the place of what they are called, and their particles.
//!
//! Every sign is a short text, handed out in parts so that nobody need join them: the model knows
//! it by its hash, and the script that trains the model by its letters.

use super::node::Node;
use super::person::Person;
use super::piece::{Piece, What, head, part, standing, tail};
use crate::extract::candidate::{End, Passage};
use crate::extract::regression::{digit, offset};
use crate::extract::text::Span;
use crate::model::Field;

/// Pieces on each side of a name whose words are signs for it.
const SIDE: isize = 3;
/// Words behind a name that may tell what its particle means.
const BEHIND: usize = 4;

/// What is found, its parts in order.
pub(super) type Sink<'s> = &'s mut dyn FnMut(&[&str]);

/// The pieces of title and summary.
#[derive(Debug, Default)]
pub(super) struct Pieces<'c> {
    pub(super) all: Vec<Piece<'c>>,
    /// The people in order of their first mention.
    pub(super) names: Vec<&'c str>,
    /// What is said of each person, named or not.
    people: Vec<&'c Person>,
}

impl<'c> Pieces<'c> {
    /// Adds the nodes of a sentence, of the passage with this number.
    pub(super) fn add(
        &mut self,
        passage: &Passage<'_>,
        (number, sentence): (usize, Span),
        nodes: &'c [Node<'_>],
        people: &'c [Person],
    ) {
        let title = passage.field == Field::Title;
        let blank = Piece {
            tag: if title { "@T" } else { "@S" },
            head: "",
            part: "",
            word: "",
            what: What::Start,
            passage: number,
            span: Span::new(sentence.start, sentence.start),
            title,
        };
        self.all.push(blank);
        self.people.extend(people);
        let mut named = None;
        for node in nodes {
            let within = |one: &&Person| one.name.is_some() && one.span.overlaps(node.span);
            let owner = people.iter().find(within);
            if let Some((person, name)) = owner.and_then(|own| Some((own, own.name.as_deref()?))) {
                if named.replace(person.span) != Some(person.span) {
                    let what = What::Person(self.place(name));
                    let (tag, part) = ("PER", part(person.part));
                    self.all.push(Piece { tag, part, what, span: person.span, ..blank });
                }
                continue;
            }
            named = None;
            let piece = Piece::of(node, |company| self.rank(company), blank);
            self.all.push(piece);
        }
    }

    /// The place of the name, or of the surname alone, among those that were mentioned.
    fn place(&mut self, name: &'c str) -> usize {
        let same = |one: &&str| {
            let before = one.strip_suffix(name);
            before.is_some_and(|before| before.is_empty() || before.ends_with([' ', '·']))
        };
        let known = self.names.iter().position(same);
        known.unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        })
    }

    /// The first company is told from the second and the others.
    fn rank(&self, company: u16) -> &'static str {
        let seen = self.companies();
        let rank = seen.iter().position(|other| *other == company).unwrap_or(seen.len());
        ["0", "1"].get(rank).copied().unwrap_or("2")
    }

    /// The companies in order of their first mention.
    pub(super) fn companies(&self) -> Vec<u16> {
        let mut found = Vec::new();
        for piece in &self.all {
            if let What::Org(company) = piece.what
                && !found.contains(&company)
            {
                found.push(company);
            }
        }
        found
    }

    /// The signs of the article.
    pub(super) fn news(&self, mut sink: impl FnMut(usize, &[&str])) {
        let mut before: Option<&Piece<'_>> = None;
        let mut named: [Option<&Piece<'_>>; 2] = [None, None];
        for (at, piece) in self.all.iter().enumerate() {
            let (tag, own, part) = (piece.tag, piece.head, piece.part);
            let field = if piece.title { "T:" } else { "S:" };
            sink(at, &[tag, own]);
            sink(at, &[tag, own, part]);
            if let Some(last) = before {
                sink(at, &[last.tag, last.head, last.part, " ", tag, own]);
                sink(at, &["~", last.tag, last.head, " ", tag, own, part]);
            }
            before = Some(piece);
            match piece.what {
                What::Start => named = [None, None],
                What::Word if tag.is_empty() => {
                    sink(at, &["3=", head(piece.word, 3)]);
                    sink(at, &["end=", tail(piece.word, 2)]);
                }
                What::Trigger => sink(at, &["3=", head(piece.word, 2)]),
                _ => {}
            }
            if piece.is_named() {
                let of = |one: Option<&Piece<'_>>| one.map_or(["", ""], |one| [one.tag, one.part]);
                let ([a, b], [c, d]) = (of(named[0]), of(named[1]));
                sink(at, &["&", field, c, d, " ", tag, part]);
                sink(at, &["&", a, b, " ", c, d, " ", tag, part]);
                named = [named[1], Some(piece)];
                self.behind(at, |word| sink(at, &[tag, part, ">", word]));
            }
            let last = self.all.get(at + 1).is_none_or(|next| next.what == What::Start);
            if last {
                sink(at, &["last=", field, tag, own, part]);
                if tag.is_empty() {
                    sink(at, &["last=", field, tail(piece.word, 2)]);
                }
            }
        }
    }

    /// Whether people are of a company, or were, and what their names are worth.
    pub(super) fn houses(&self, mut sink: impl FnMut(&[&str])) {
        for person in &self.people {
            if matches!(person.employer, Some(End::Listed(_))) {
                let named = if person.name.is_some() { "named" } else { "" };
                sink(&["house=", standing(person), named]);
                sink(&["house=", standing(person), named, part(person.part)]);
            }
        }
        sink(&["people=", digit(self.names.len()), "/", digit(self.companies().len())]);
    }

    /// The words behind the piece at `at`, up to the end of its sentence.
    fn behind(&self, at: usize, mut sink: impl FnMut(&str)) {
        let rest = self.all.iter().skip(at + 1).take_while(|piece| piece.what != What::Start);
        let words = rest.filter(|piece| match piece.what {
            What::Word => piece.tag.is_empty(),
            What::Trigger => true,
            _ => false,
        });
        words.take(BEHIND).for_each(|piece| sink(head(piece.word, 2)));
    }

    /// The signs that say whether a company is left or joined.
    pub(super) fn house(&self, company: u16, sink: Sink<'_>) {
        let own = |piece: &Piece<'_>| piece.what == What::Org(company);
        let all = self.companies();
        self.standing(own, all.iter().position(|one| *one == company), all.len(), sink);
        sink(&["people=", digit(self.names.len())]);
        let here = |person: &&&Person| person.employer == Some(End::Listed(company));
        for person in self.people.iter().filter(here) {
            sink(&["employs=", standing(person)]);
            let named = if person.name.is_some() { "named" } else { "" };
            sink(&["employs=", standing(person), named, part(person.part)]);
        }
    }

    /// The signs that say whether a person is who moves.
    pub(super) fn person(&self, name: usize, sink: Sink<'_>) {
        let own = |piece: &Piece<'_>| piece.what == What::Person(name);
        self.standing(own, Some(name), self.names.len(), sink);
        let times = self.all.iter().filter(|piece| own(piece)).count();
        sink(&["times=", digit(times)]);
        let own = |person: &&&Person| person.name.as_deref() == self.names.get(name).copied();
        for person in self.people.iter().filter(own) {
            let post = if person.role.is_some() { "post" } else { "" };
            let known = if person.strength < 0.7 { "weak" } else { "" };
            let house = if person.employer.is_some() { standing(person) } else { "none" };
            sink(&["post=", post, known]);
            sink(&["house=", house]);
            sink(&["house=", house, part(person.part), post]);
        }
    }

    fn standing(
        &self,
        own: impl Fn(&Piece<'_>) -> bool,
        rank: Option<usize>,
        all: usize,
        sink: Sink<'_>,
    ) {
        for (at, piece) in self.all.iter().enumerate().filter(|(_, piece)| own(piece)) {
            let field = if piece.title { "T:" } else { "S:" };
            for field in ["", field] {
                self.around(at, field, &own, sink);
            }
        }
        let within = |title| self.all.iter().any(|piece| piece.title == title && own(piece));
        sink(&["rank=", digit(rank.unwrap_or(0)), "/", digit(all)]);
        sink(&["title=", digit(usize::from(within(true))), digit(usize::from(within(false)))]);
    }

    /// The signs around the piece at `at`.
    fn around(&self, at: usize, field: &str, own: &dyn Fn(&Piece<'_>) -> bool, sink: Sink<'_>) {
        let Some(here) = self.all.get(at) else { return };
        let symbol = |by: isize| -> [&str; 4] {
            match at.checked_add_signed(by).and_then(|at| self.all.get(at)) {
                Some(piece) if piece.passage == here.passage => {
                    [piece.tag, piece.head, piece.part, if own(piece) { "SAME" } else { "" }]
                }
                _ => ["$", "", "", ""],
            }
        };
        sink(&[field, "part=", here.part]);
        for by in (-SIDE..=SIDE).filter(|by| *by != 0) {
            let [tag, word, part, same] = symbol(by);
            sink(&[field, offset(by), "=", tag, word, same]);
            sink(&[field, offset(by), "=", tag, word, part, same]);
        }
        for (a, b) in [(-2, -1), (-1, 1), (1, 2)] {
            let ([tag, word, part, same], [tag2, word2, part2, same2]) = (symbol(a), symbol(b));
            let (a, b) = (offset(a), offset(b));
            sink(&[field, a, b, "=", tag, word, part, same, " ", tag2, word2, part2, same2]);
        }
        self.behind(at, |word| sink(&[field, here.part, ">", word]));
        let near = |piece: &&Piece<'_>| piece.what != What::Start;
        let left = || self.all.iter().take(at).rev().take_while(near);
        let right = || self.all.iter().skip(at + 1).take_while(near);
        let trigger = |piece: &&Piece<'_>| piece.what == What::Trigger;
        let class = |piece: Option<&Piece<'c>>| piece.map_or("no", |piece| piece.head);
        let (before, after) = (left().find(trigger), right().find(trigger));
        sink(&[field, "before=", class(before)]);
        sink(&[field, "after=", class(after), here.part]);
        let named = |piece: Option<&Piece<'c>>| {
            piece.map_or(["no", "", ""], |piece| {
                [piece.tag, piece.part, if own(piece) { "SAME" } else { "" }]
            })
        };
        let [a, b, c] = named(left().find(|piece| piece.is_named()));
        let [d, e, f] = named(right().find(|piece| piece.is_named()));
        sink(&[field, "&-", a, b, c, here.part]);
        sink(&[field, "&+", d, e, f, here.part]);
        sink(&[field, "&", a, b, c, " ", d, e, f, here.part]);
        let person = |piece: &Piece<'_>| matches!(piece.what, What::Person(_));
        let (before, after) = (left().any(person), right().any(person));
        let first = left().next().is_none();
        sink(&[field, "person=", digit(usize::from(before)), digit(usize::from(after))]);
        sink(&[field, "first=", digit(usize::from(first)), here.part]);
    }
}
