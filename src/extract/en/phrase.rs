//! Noun phrases: who is meant, with role and company around the name.

use super::chunk::{Chunk, Item};
use super::words::Words;
use crate::extract::candidate::End;
use crate::extract::text::{Span, Text};

/// Words of a phrase beyond which nothing belongs to it.
const REACH: usize = 9;

/// A name in the text.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) span: Span,
    pub(super) sure: bool,
}

/// Somebody: names, or a role, or a number of people.
#[derive(Debug, Clone, Default)]
pub(super) struct Phrase {
    pub(super) persons: Vec<Named>,
    pub(super) role: Option<Span>,
    pub(super) plural: bool,
    pub(super) count: Option<u32>,
    /// The company that the role or name is tied to.
    pub(super) org: Option<End>,
    /// "Former", "ex-", "ousted".
    pub(super) former: bool,
    /// The phrase is a company or a product.
    pub(super) organisation: bool,
    pub(super) product: bool,
    /// First chunk.
    pub(super) first: usize,
    /// Chunk after the last.
    pub(super) end: usize,
}

impl Phrase {
    /// True where the phrase names or identifies people.
    pub(super) fn is_people(&self) -> bool {
        !self.persons.is_empty() || self.role.is_some()
    }
}

/// The chunks of a sentence and what is needed to read them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) chunks: &'a [Chunk],
    pub(super) words: &'a Words,
    pub(super) text: &'a Text,
    pub(super) title_case: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn at(&self, index: usize) -> Option<&'a Chunk> {
        self.chunks.get(index)
    }

    /// The chunk before `index`.
    pub(super) fn before(&self, index: usize) -> Option<&'a Chunk> {
        self.chunks.get(index.checked_sub(1)?)
    }

    pub(super) fn item(&self, index: usize) -> Option<Item> {
        self.at(index).map(|chunk| chunk.item)
    }

    pub(super) fn lower(&self, index: usize) -> &'a str {
        self.at(index).map_or("", |chunk| chunk.lower.as_str())
    }

    /// The phrase whose last chunk is the one before `end`.
    pub(super) fn phrase_before(&self, end: usize) -> Option<Phrase> {
        let last = end.checked_sub(1)?;
        let mut phrase = Phrase { end, first: last, ..Phrase::default() };
        match self.item(last)? {
            Item::Person { .. } => self.names_before(end, &mut phrase),
            Item::Role { plural } => self.take_role(last, plural, &mut phrase),
            Item::Count(count) => phrase.count = Some(count),
            Item::Org { company, product } => {
                if let Some(phrase) = self.post_modified(last) {
                    return Some(Phrase { end, ..phrase });
                }
                phrase.organisation = true;
                phrase.product = product;
                phrase.org = (!product).then_some(End::Listed(company));
                return Some(phrase);
            }
            Item::Word | Item::Quote | Item::Poss => {
                return self.post_modified(last).map(|phrase| Phrase { end, ..phrase });
            }
            _ => return None,
        }
        self.modifiers_before(&mut phrase);
        Some(phrase)
    }

    /// "head of safety at Gana": the role stands some words to the left.
    fn post_modified(&self, last: usize) -> Option<Phrase> {
        let from = last.saturating_sub(REACH);
        let mut org = None;
        for index in (from..=last).rev() {
            let chunk = self.at(index)?;
            match chunk.item {
                Item::Trigger(_) | Item::Stop | Item::Comma => return None,
                Item::Org { company, product: false } => {
                    let tie = self.lower(index.wrapping_sub(1));
                    if matches!(tie, "at" | "of" | "from" | "for" | "in" | "the") {
                        org = Some(End::Listed(company));
                    }
                }
                Item::Word if index < last && self.words.is("say", &chunk.lower) => return None,
                Item::Role { .. } | Item::Person { .. } if index < last => {
                    if !self.words.is("post_modifier", self.lower(index + 1)) {
                        return None;
                    }
                    let mut phrase = self.phrase_before(index + 1)?;
                    phrase.org = phrase.org.or(org);
                    return Some(phrase);
                }
                _ => {}
            }
        }
        None
    }

    /// "A and B", "A, B and C".
    fn names_before(&self, end: usize, phrase: &mut Phrase) {
        let mut at = end;
        while let Some(Item::Person { sure }) = self.before(at).map(|chunk| chunk.item) {
            at -= 1;
            if let Some(chunk) = self.at(at) {
                phrase.persons.insert(0, Named { span: chunk.span, sure });
            }
            phrase.first = at;
            let mut left = at;
            while left > 0 && matches!(self.item(left - 1), Some(Item::And | Item::Comma)) {
                left -= 1;
            }
            let joined = left < at
                && matches!(self.before(left).map(|chunk| chunk.item), Some(Item::Person { .. }));
            let listed = matches!(self.item(left), Some(Item::And)) || phrase.persons.len() > 1;
            if !joined || !listed {
                break;
            }
            at = left;
        }
    }

    fn take_role(&self, index: usize, plural: bool, phrase: &mut Phrase) {
        if phrase.role.is_none()
            && let Some(chunk) = self.at(index)
        {
            phrase.role = Some(chunk.span);
            phrase.plural = plural;
        }
        phrase.first = index;
    }

    /// Walks left over what modifies the head: roles, companies, adjectives, numbers.
    fn modifiers_before(&self, phrase: &mut Phrase) {
        let limit = phrase.first.saturating_sub(REACH);
        while phrase.first > limit {
            let index = phrase.first - 1;
            let Some(chunk) = self.at(index) else { return };
            match chunk.item {
                Item::Role { plural } => {
                    self.take_role(index, plural && phrase.persons.is_empty(), phrase)
                }
                Item::Org { company, product: false } => {
                    phrase.org = phrase.org.take().or(Some(End::Listed(company)));
                    phrase.first = index;
                }
                Item::Org { product: true, .. } | Item::Poss => phrase.first = index,
                Item::Count(count) => {
                    phrase.count = Some(count);
                    phrase.first = index;
                }
                Item::And
                    if matches!(self.before(index).map(|c| c.item), Some(Item::Role { .. }))
                        && phrase.role.is_some() =>
                {
                    phrase.first = index;
                }
                Item::Person { .. } if matches!(self.item(index + 1), Some(Item::Poss)) => return,
                Item::Word | Item::Trigger(_) if self.words.is("former", &chunk.lower) => {
                    phrase.former = true;
                    phrase.first = index;
                }
                Item::Word if self.modifies(chunk) => self.widen_role(index, phrase),
                _ => return,
            }
        }
    }

    /// A word before a role belongs to it: "robotics" of "robotics hardware lead".
    fn widen_role(&self, index: usize, phrase: &mut Phrase) {
        if let (Some(chunk), Some(role)) = (self.at(index), &mut phrase.role)
            && phrase.org.is_none()
        {
            role.start = role.start.min(chunk.span.start);
        }
        phrase.first = index;
    }

    fn modifies(&self, chunk: &Chunk) -> bool {
        !self.words.is_function(&chunk.lower) && !self.words.is("say", &chunk.lower)
    }

    /// The phrase that begins at `start`: what is hired, named, poached.
    pub(super) fn phrase_after(&self, start: usize) -> Option<Phrase> {
        let mut phrase = Phrase { first: start, end: start, ..Phrase::default() };
        let mut index = start;
        while index < start + REACH + 3 {
            let Some(chunk) = self.at(index) else { break };
            match chunk.item {
                Item::Person { .. } => {
                    self.names_after(index, &mut phrase);
                    return Some(phrase);
                }
                Item::Role { plural } => {
                    if phrase.role.is_none() {
                        phrase.role = Some(chunk.span);
                        phrase.plural = plural;
                    }
                    phrase.end = index + 1;
                }
                Item::Org { company, product } => {
                    if !product && (phrase.org.is_none() || phrase.role.is_none()) {
                        phrase.org = Some(End::Listed(company));
                    }
                    phrase.end = if phrase.role.is_some() { index + 1 } else { phrase.end };
                }
                Item::Count(count) if phrase.role.is_none() => phrase.count = Some(count),
                Item::Poss => {}
                Item::Word | Item::Trigger(_) if self.words.is("former", &chunk.lower) => {
                    phrase.former = true
                }
                Item::Word
                    if phrase.role.is_some()
                        && matches!(
                            chunk.lower.as_str(),
                            "of" | "at" | "for" | "in" | "behind"
                        ) => {}
                Item::Word
                    if matches!(
                        chunk.lower.as_str(),
                        "a" | "an"
                            | "the"
                            | "its"
                            | "his"
                            | "more"
                            | "one"
                            | "first"
                            | "at"
                            | "least"
                            | "new"
                    ) => {}
                Item::Word if phrase.role.is_some() && self.words.is_function(&chunk.lower) => {
                    break;
                }
                Item::Word
                    if self.words.is("object_stop", &chunk.lower)
                        || self.words.is_function(&chunk.lower) =>
                {
                    break;
                }
                Item::Word => {}
                Item::Comma
                    if phrase.role.is_some()
                        && matches!(self.item(index + 1), Some(Item::Person { .. })) => {}
                Item::And
                    if matches!(self.item(index + 1), Some(Item::Role { .. }))
                        && phrase.role.is_some() => {}
                _ => break,
            }
            index += 1;
        }
        phrase.role.is_some().then_some(phrase)
    }

    fn names_after(&self, start: usize, phrase: &mut Phrase) {
        let mut at = start;
        while let (Some(Item::Person { sure }), Some(chunk)) = (self.item(at), self.at(at)) {
            phrase.persons.push(Named { span: chunk.span, sure });
            phrase.end = at + 1;
            let mut next = at + 1;
            while matches!(self.item(next), Some(Item::And | Item::Comma)) {
                next += 1;
            }
            if next == at + 1 || !matches!(self.item(next), Some(Item::Person { .. })) {
                break;
            }
            at = next;
        }
    }

    /// Words of the span, in the text's own case.
    pub(super) fn text_of(&self, span: Span) -> String {
        self.text.get(span).to_owned()
    }
}
