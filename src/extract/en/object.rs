//! What is joined or left: a company, "the company", nothing, or something else.

use super::chunk::{Chunk, Item};
use super::phrase::Reader;
use crate::extract::candidate::End;
use crate::extract::text::Span;

/// How far an object is looked for, in chunks.
const OBJECT_REACH: usize = 7;
/// Words that the name of a company has at most.
const NAME_REACH: usize = 4;

/// What stands where the object should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Object {
    /// A company; `loose` where what follows makes the company's name part of something else.
    Org { end: End, loose: bool },
    /// "The company", "his role".
    House,
    /// Nothing: the verb stands alone.
    None,
    /// Something else is left or joined.
    Other,
}

impl Reader<'_> {
    /// Reads the object that begins at `start`; returns it with the chunk after it.
    pub(super) fn object(&self, start: usize) -> (Object, usize) {
        let mut house = None;
        let mut strange = false;
        let mut index = start;
        while index < start + OBJECT_REACH {
            let Some(chunk) = self.at(index) else { break };
            match chunk.item {
                Item::Org { product: false, .. } => {
                    if strange && house.is_none_or(|end| end != index) {
                        return (Object::Other, index + 1);
                    }
                    return self.company_at(index);
                }
                // "The Gana Chat maker": whoever makes it.
                Item::Org { product: true, .. } if is_maker(self.lower(index + 1)) => {
                    let named =
                        matches!(self.item(index + 2), Some(Item::Org { product: false, .. }));
                    return if named { self.company_at(index + 2) } else { self.maker_at(index) };
                }
                Item::Org { product: true, .. }
                    if self.words.is("house", self.lower(index + 1)) => {}
                Item::Org { .. } => return (Object::Other, index + 1),
                Item::Stop | Item::Comma | Item::And | Item::Trigger(_) => break,
                Item::Person { .. } if matches!(self.item(index + 1), Some(Item::Poss)) => {}
                // "Quits Gray's Gana".
                Item::Word
                    if chunk.cap
                        && matches!(self.item(index + 1), Some(Item::Poss))
                        && matches!(
                            self.item(index + 2),
                            Some(Item::Org { product: false, .. })
                        ) => {}
                // "Quits Gray's startup".
                Item::Word
                    if chunk.cap
                        && matches!(self.item(index + 1), Some(Item::Poss))
                        && self.words.is("startup", self.lower(index + 2)) => {}
                Item::Person { .. } if house == Some(index) => return self.unlisted(index),
                // "Lands at Reka": a young company may have a given name.
                Item::Person { sure: false } if index == start && !chunk.lower.contains(' ') => {
                    return self.unlisted(index);
                }
                // "Leaves Gray Field for Gana": a firm that bears names.
                Item::Person { .. }
                    if index == start
                        && matches!(self.lower(index + 1), "for" | "to")
                        && matches!(
                            self.item(index + 2),
                            Some(Item::Org { product: false, .. })
                        ) =>
                {
                    return self.unlisted(index);
                }
                Item::Person { .. } => return (Object::Other, index + 1),
                Item::Word | Item::Role { .. } if self.words.is("house", &chunk.lower) => {
                    house = Some(index + 1);
                    if self.names_company(index + 1) {
                        return self.unlisted(index + 1);
                    }
                }
                Item::Word if is_determiner(&chunk.lower) => {}
                // "The Hangzhou lab", "the San Francisco start-up": where it is.
                Item::Word if self.is_seat_of_house(index) => {}
                Item::Word
                    if house == Some(index)
                        && chunk.lower == "of"
                        && matches!(
                            self.lower(index - 1),
                            "board" | "boards" | "ranks" | "team"
                        ) => {}
                Item::Role { .. }
                    if matches!(chunk.lower.as_str(), "board of directors" | "board" | "team") =>
                {
                    house = Some(index + 1);
                }
                Item::Word if self.words.is_function(&chunk.lower) => break,
                // "Its Frontier Labs team", "their AGI group": the company spoken of.
                Item::Word
                    if matches!(self.lower(index.wrapping_sub(1)), "its" | "their")
                        && self.own_team(index).is_some() =>
                {
                    house = self.own_team(index);
                    break;
                }
                Item::Word if house.is_none() && !self.title_case && self.names_company(index) => {
                    return self.unlisted(index);
                }
                Item::Word | Item::Role { .. } if house.is_some() => break,
                Item::Word | Item::Role { .. } | Item::Count(_) => {
                    strange |= !self.words.is("object_adjective", &chunk.lower)
                        && !describes(&chunk.lower);
                }
                Item::Poss | Item::Quote => {}
            }
            index += 1;
        }
        if let Some(end) = house {
            return (Object::House, end);
        }
        (self.bare(start), start)
            .or_unlisted(|| self.title_case && self.names_company(start), || self.unlisted(start))
    }

    /// A place of one word or two between "the" and "lab".
    fn is_seat_of_house(&self, index: usize) -> bool {
        let named = |at: usize| {
            self.at(at).is_some_and(|chunk| chunk.item == Item::Word && chunk.cap)
                && !self.words.is("house", self.lower(at))
        };
        let house =
            |at: usize| self.words.is("house", self.lower(at)) && !self.names_company(at + 1);
        let the = |at: usize| self.lower(at) == "the";
        let before = index.wrapping_sub(1);
        named(index)
            && (the(before) && (house(index + 1) || named(index + 1) && house(index + 2))
                || named(before) && the(index.wrapping_sub(2)) && house(index + 1))
    }

    /// The object where no company and no "company" was found.
    fn bare(&self, start: usize) -> Object {
        match self.item(start) {
            None | Some(Item::Stop | Item::Comma | Item::And | Item::Quote | Item::Trigger(_)) => {
                Object::None
            }
            Some(Item::Word) => {
                let lower = self.lower(start);
                let stands_alone = self.words.is_function(lower) && !is_determiner(lower)
                    || self.words.is("follow", lower);
                if stands_alone { Object::None } else { Object::Other }
            }
            _ => Object::Other,
        }
    }

    /// True when a capitalised name of a company may begin at `start`.
    pub(super) fn names_company(&self, start: usize) -> bool {
        self.at(start).is_some_and(|chunk| {
            self.part_of_name(chunk) && !self.words.is("no_company", &chunk.lower)
        })
    }

    fn part_of_name(&self, chunk: &Chunk) -> bool {
        match chunk.item {
            Item::Word => {
                chunk.cap
                    && !chunk.lower.starts_with(|ch: char| ch.is_ascii_digit())
                    && !self.words.is_function(&chunk.lower)
                    && !describes(&chunk.lower)
            }
            Item::Person { .. } => true,
            _ => false,
        }
    }

    /// A capitalised name that is no listed company.
    pub(super) fn unlisted(&self, start: usize) -> (Object, usize) {
        let part = |at: &usize| self.at(*at).is_some_and(|chunk| self.part_of_name(chunk));
        let end = (start..start + NAME_REACH).take_while(part).last().map_or(start, |at| at + 1);
        let (Some(first), Some(last)) = (self.at(start), self.at(end.wrapping_sub(1))) else {
            return (Object::Other, start);
        };
        if end == start {
            return (Object::Other, start);
        }
        let name = self.text_of(Span::new(first.span.start, last.span.end));
        (Object::Org { end: End::Unlisted(name), loose: false }, end)
    }

    /// "Alphabet unit", "Amazon subsidiary": what follows a company's name is left, not the company.
    pub(super) fn is_part(&self, index: usize) -> bool {
        matches!(self.lower(index), "unit" | "subsidiary" | "arm")
    }

    /// A network that everybody joins, leaves and returns to.
    pub(super) fn is_platform(&self, chunk: &Chunk) -> bool {
        matches!(chunk.lower.as_str(), "facebook" | "twitter" | "x")
    }

    /// True when what follows a company's name lets it stand for the company itself.
    pub(super) fn follows_well(&self, index: usize) -> bool {
        match self.item(index) {
            None => true,
            Some(Item::Poss) => {
                let part = |at: &usize| {
                    matches!(
                        self.item(*at),
                        Some(Item::Word | Item::Role { .. } | Item::Org { .. } | Item::Count(_))
                    )
                };
                let words = (index + 1..index + 6).take_while(part).map(|at| self.lower(at));
                let words: Vec<&str> = words.collect();
                let team =
                    |word: &&str| matches!(*word, "team" | "teams" | "group" | "lab" | "division");
                words.iter().any(team)
                    || !words.iter().any(|word| self.words.is("product_noun", word))
            }
            Some(Item::Word) => {
                let lower = self.lower(index);
                self.words.is_function(lower)
                    || self.words.is("follow", lower)
                    || self.words.is("house", lower)
                    || self.is_division(index)
            }
            Some(Item::Person { .. } | Item::Org { .. }) => false,
            // "Says yes to a Gana researcher's proposal".
            Some(Item::Role { .. }) => self.item(index + 1) != Some(Item::Poss),
            Some(_) => true,
        }
    }
}

impl Reader<'_> {
    /// "Gana GenAI for Dara", "Gana Frontier Labs": capitalised words behind a company's name, and
    /// then the clause goes on; what can be attended or used is none.
    fn is_division(&self, start: usize) -> bool {
        let part = |at: &usize| {
            self.at(*at).is_some_and(|chunk| {
                matches!(chunk.item, Item::Word)
                    && chunk.cap
                    && !self.words.is_function(&chunk.lower)
                    && !self.words.is("product_noun", &chunk.lower)
            })
        };
        let end = (start..start + 3).take_while(part).last().map_or(start, |at| at + 1);
        let behind = match self.item(end) {
            None | Some(Item::Stop | Item::Comma | Item::Trigger(_)) => true,
            Some(Item::Word) => {
                matches!(self.lower(end), "for" | "to" | "as" | "after" | "in" | "from" | "amid")
            }
            _ => false,
        };
        end > start && behind
    }
}

/// Small help for the fall-back to a capitalised name in title case.
trait OrUnlisted {
    fn or_unlisted(self, when: impl Fn() -> bool, read: impl Fn() -> Self) -> Self;
}

impl OrUnlisted for (Object, usize) {
    fn or_unlisted(self, when: impl Fn() -> bool, read: impl Fn() -> Self) -> Self {
        if self.0 == Object::Other && when() { read() } else { self }
    }
}

/// Behind the name of a product: whoever makes it.
pub(super) fn is_maker(lower: &str) -> bool {
    matches!(lower, "maker" | "owner" | "parent" | "developer" | "creator")
}

/// "Gana-powered", "Gana-backed".
fn describes(lower: &str) -> bool {
    ["-powered", "-backed", "-owned", "-funded", "-led", "-based"]
        .iter()
        .any(|tail| lower.ends_with(tail))
}

pub(super) fn is_determiner(lower: &str) -> bool {
    const DETERMINERS: &[&str] = &[
        "the", "a", "an", "its", "his", "her", "their", "my", "own", "this", "rival", "new", "up",
        "both", "another", "other",
    ];
    DETERMINERS.contains(&lower)
}
