//! Noun phrases to the right: who is hired or named, what an apposition adds, who comes along.

use super::chunk::{Chunk, Item, body_of};
use super::phrase::{Named, Phrase, REACH, Reader};
use crate::extract::candidate::End;

impl Reader<'_> {
    /// "A Gray ally": somebody else than Gray.
    fn has_ally(&self, at: usize) -> bool {
        const ALLIES: &[&str] =
            &["ally", "loyalist", "confidant", "confidante", "acolyte", "associate"];
        ALLIES.contains(&self.lower(at))
    }

    /// The phrase that begins at `start`: what is hired, named, poached.
    pub(super) fn phrase_after(&self, start: usize) -> Option<Phrase> {
        let mut phrase = Phrase { first: start, end: start, ..Phrase::default() };
        let mut index = start;
        while index < start + REACH + 3 {
            let Some(chunk) = self.at(index) else { break };
            match chunk.item {
                // "Names Ada Gray's deputy Bo Field": the owner of the phrase is not hired.
                Item::Person { .. } if self.item(index + 1) == Some(Item::Poss) => index += 1,
                Item::Person { .. } if self.has_ally(index + 1) => break,
                // "A Gray lieutenant": whose, in a headline.
                Item::Person { .. }
                    if !chunk.lower.contains(' ')
                        && matches!(self.item(index + 1), Some(Item::Role { plural: false })) => {}
                Item::Person { .. } => {
                    self.names_after(index, &mut phrase);
                    self.choose_house(&mut phrase, index);
                    self.apposition_after(&mut phrase);
                    self.coordinate_after(&mut phrase);
                    return Some(phrase);
                }
                Item::Role { plural } => first_role(chunk, index, plural, &mut phrase),
                Item::Org { company, product } => {
                    let maker = product && self.is_maker(index + 1);
                    if (!product || maker) && (phrase.org.is_none() || phrase.role.is_none()) {
                        phrase.org = Some(End::Listed(company));
                    }
                    phrase.end = if phrase.role.is_some() { index + 1 } else { phrase.end };
                }
                Item::Count(count) if phrase.role.is_none() => {
                    phrase.count = Some(count);
                    let Some(next) = self.counted(index, &mut phrase) else { break };
                    index = next;
                }
                // "More than 40 people".
                Item::Word
                    if phrase.role.is_none()
                        && phrase.count.is_some()
                        && matches!(chunk.lower.as_str(), "people" | "hires" | "others") =>
                {
                    phrase.role = Some(chunk.span);
                    phrase.plural = true;
                    phrase.end = index + 1;
                }
                Item::Poss => {
                    if phrase.org.is_none()
                        && let Some((name, _)) = self.unlisted_owner(index)
                    {
                        phrase.org = Some(End::Unlisted(self.text_of(name)));
                    }
                }
                Item::Word | Item::Trigger(_) if self.words.is("former", &chunk.lower) => {
                    phrase.former = true
                }
                Item::Word
                    if phrase.role.is_some()
                        && matches!(
                            chunk.lower.as_str(),
                            "of" | "at" | "for" | "in" | "behind"
                        ) => {}
                // "Law firm Gray Field", "bank Ada Hill": a house, whose name looks like a person's.
                Item::Word
                    if phrase.role.is_none()
                        && self.words.is("hired_house", &chunk.lower)
                        && matches!(self.item(index + 1), Some(Item::Person { .. })) =>
                {
                    return None;
                }
                // "One of its leaders, Ada Gray".
                Item::Word if chunk.lower == "one" && self.lower(index + 1) == "of" => index += 1,
                Item::Word if is_before_object(&chunk.lower) => {}
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
                        && phrase.role.is_some()
                        || phrase.role.is_none()
                            && (phrase.org.is_some()
                                || phrase.former
                                    && matches!(self.item(index + 1), Some(Item::Org { .. })))
                        || phrase.role.is_some()
                            && !phrase.plural
                            && phrase.count.is_none()
                            && self.another_post(index + 1)
                        || phrase.role.is_some() && self.same_person(index + 1) => {}
                _ => break,
            }
            index += 1;
        }
        if phrase.plural {
            self.find_home(&mut phrase);
        }
        phrase.role.is_some().then_some(phrase)
    }

    /// Goes on behind a number; `None` where nobody is told but by it: "poaches four from Gana".
    fn counted(&self, index: usize, phrase: &mut Phrase) -> Option<usize> {
        let house = matches!(self.item(index + 2), Some(Item::Org { product: false, .. }));
        if self.lower(index + 1) == "from" && house {
            phrase.role = self.at(index).map(|chunk| chunk.span);
            phrase.plural = true;
            phrase.end = index + 1;
            return None;
        }
        // "Two of its founders".
        Some(index + usize::from(self.lower(index + 1) == "of"))
    }

    /// "And Dara CEO Ada Gray": a second post of one person, whose name follows.
    fn another_post(&self, start: usize) -> bool {
        let title = |at: usize| match self.item(at) {
            Some(Item::Role { plural: false } | Item::Org { product: false, .. } | Item::Poss) => {
                true
            }
            Some(Item::Word | Item::Trigger(_)) => {
                self.words.is("former", self.lower(at)) || !self.words.is_function(self.lower(at))
            }
            _ => false,
        };
        let role = |at: usize| matches!(self.item(at), Some(Item::Role { plural: false }));
        let name =
            (start..start + REACH).find(|at| matches!(self.item(*at), Some(Item::Person { .. })));
        let mine = |name: usize| {
            let told = |at: usize| {
                matches!(self.item(at), Some(Item::Org { .. }))
                    || self.words.is("former", self.lower(at))
            };
            (start..name).all(title)
                && role(name - 1)
                && ((start..name).any(told) || self.brand_between(start, name - 1).is_some())
        };
        name.is_some_and(|name| name > start && mine(name))
    }

    fn names_after(&self, start: usize, phrase: &mut Phrase) {
        let mut at = start;
        while let (Some(Item::Person { sure }), Some(chunk)) = (self.item(at), self.at(at)) {
            phrase.persons.push(Named::here(chunk.span, sure));
            phrase.end = at + 1;
            let mut next = at + 1;
            while matches!(self.item(next), Some(Item::And | Item::Comma)) && next < at + 3 {
                next += 1;
            }
            if next == at + 1 || !matches!(self.item(next), Some(Item::Person { .. })) {
                break;
            }
            at = next;
        }
    }
}

/// Small words between "hires" and whom.
pub(super) fn is_before_object(lower: &str) -> bool {
    matches!(
        lower,
        "a" | "an"
            | "the"
            | "its"
            | "his"
            | "their"
            | "more"
            | "than"
            | "one"
            | "first"
            | "at"
            | "least"
            | "new"
            | "about"
            | "around"
            | "some"
            | "nearly"
            | "roughly"
            | "over"
            | "almost"
            | "another"
            | "yet"
            | "away"
    )
}

/// The first role of a phrase is what they are.
fn first_role(chunk: &Chunk<'_>, index: usize, plural: bool, phrase: &mut Phrase) {
    if phrase.role.is_none() {
        phrase.role = Some(chunk.span);
        phrase.plural = plural;
        phrase.count = phrase.count.or(body_of(&chunk.lower));
    }
    phrase.end = index + 1;
}
