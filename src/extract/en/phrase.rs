//! Noun phrases: who is meant, with role and company around the name.

use super::chunk::{Chunk, Item, body_of};
use super::words::Words;
use crate::extract::candidate::End;
use crate::extract::text::{Span, Text};

/// Words of a phrase beyond which nothing belongs to it.
pub(super) const REACH: usize = 9;

/// A name in the text.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) span: Span,
    pub(super) sure: bool,
    /// The name itself where it stands in another sentence; the span says nothing then.
    pub(super) elsewhere: Option<String>,
    /// The company that this one of several is tied to.
    pub(super) own: Option<End>,
}

impl Named {
    pub(super) fn here(span: Span, sure: bool) -> Self {
        Self { span, sure, elsewhere: None, own: None }
    }

    pub(super) fn elsewhere(name: String) -> Self {
        Self { span: Span::new(0, 0), sure: true, elsewhere: Some(name), own: None }
    }
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
    /// The company is told as an earlier one: "formerly of Gana", "at Gana before joining".
    pub(super) earlier: bool,
    /// "Who worked at Gana".
    pub(super) worked: bool,
    /// The phrase is a company or a product.
    pub(super) organisation: bool,
    pub(super) product: bool,
    /// "Ada Gray and two others": how many are not named; zero where it is not told.
    pub(super) others: Option<u32>,
    /// Part of a list of people.
    pub(super) listed: bool,
    /// The company, listed nowhere, that an apposition ties them to.
    pub(super) brand: Option<End>,
    /// "Dara-bound": where they go.
    pub(super) bound: Option<End>,
    /// First chunk.
    pub(super) first: usize,
    /// Chunk after the last.
    pub(super) end: usize,
}

impl Phrase {
    /// Ties the company of the phrase to each of its people, before others join the list.
    pub(super) fn own_company(&mut self) {
        for named in self.persons.iter_mut().filter(|named| named.own.is_none()) {
            named.own = self.org.clone();
        }
    }

    /// True where the phrase names or identifies people.
    pub(super) fn is_people(&self) -> bool {
        !self.persons.is_empty() || self.role.is_some()
    }
}

/// The chunks of a sentence and what is needed to read them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) chunks: &'a [Chunk<'a>],
    pub(super) words: &'a Words,
    pub(super) text: &'a Text,
    pub(super) title_case: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn at(&self, index: usize) -> Option<&'a Chunk<'a>> {
        self.chunks.get(index)
    }

    /// The chunk before `index`.
    pub(super) fn before(&self, index: usize) -> Option<&'a Chunk<'a>> {
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
        self.phrase_before_in(end, false)
    }

    /// As [`Reader::phrase_before`]; `listed` where the phrase is part of a list.
    fn phrase_before_in(&self, end: usize, listed: bool) -> Option<Phrase> {
        let last = end.checked_sub(1)?;
        let mut phrase = Phrase { end, first: last, listed, ..Phrase::default() };
        match self.item(last)? {
            Item::Person { .. } => {
                if self.words.is("companion", self.before(last).map_or("", |chunk| &chunk.lower))
                    && let Some(phrase) = self.post_modified(last)
                {
                    return Some(Phrase { end, ..phrase });
                }
                self.names_before(end, &mut phrase);
                let name = phrase.first;
                self.modifiers_before(&mut phrase);
                self.choose_house(&mut phrase, name);
                self.coordinate(&mut phrase);
                return Some(phrase);
            }
            Item::Role { plural } => {
                if let Some(head) = self.head_of_team(last).filter(|_| !listed) {
                    return Some(Phrase { end, ..head });
                }
                if let Some(leader) = self.leader_of(last) {
                    return Some(Phrase { end, ..leader });
                }
                self.take_role(last, plural, &mut phrase);
            }
            // "Gana Chat 2 retires": a version.
            Item::Count(_)
                if matches!(
                    self.before(last).map(|chunk| chunk.item),
                    Some(Item::Org { product: true, .. })
                ) =>
            {
                return None;
            }
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
            // "The Gana Chat maker loses ...".
            Item::Word
                if matches!(self.lower(last), "maker" | "owner" | "parent")
                    && let Some(Item::Org { company, product: true }) =
                        self.before(last).map(|c| c.item) =>
            {
                phrase.first = last - 1;
                phrase.organisation = true;
                phrase.org = Some(End::Listed(company));
                return Some(phrase);
            }
            // "Three more leave Gana".
            Item::Word
                if matches!(self.lower(last), "more" | "others")
                    && matches!(self.before(last).map(|c| c.item), Some(Item::Count(_))) =>
            {
                phrase.first = last - 1;
                if let Some(Item::Count(count)) = self.item(last - 1) {
                    phrase.count = Some(count);
                }
                return self.named_with(&phrase).or(Some(phrase));
            }
            Item::Word | Item::Quote | Item::Poss => {
                return self.post_modified(last).map(|phrase| Phrase { end, ..phrase });
            }
            _ => return None,
        }
        self.modifiers_before(&mut phrase);
        if phrase.plural {
            self.find_home(&mut phrase);
        }
        if phrase.plural
            && let Some(named) = self.named_with(&phrase)
        {
            return Some(named);
        }
        Some(phrase)
    }

    /// "A and B", "A, B and C".
    fn names_before(&self, end: usize, phrase: &mut Phrase) {
        let mut at = end;
        while let Some(Item::Person { sure }) = self.before(at).map(|chunk| chunk.item) {
            at -= 1;
            if let Some(chunk) = self.at(at) {
                phrase.persons.insert(0, Named::here(chunk.span, sure));
            }
            phrase.first = at;
            let mut left = at;
            while left > 0 && matches!(self.item(left - 1), Some(Item::And | Item::Comma)) {
                left -= 1;
            }
            let joined = left < at
                && matches!(self.before(left).map(|chunk| chunk.item), Some(Item::Person { .. }));
            let listed = matches!(self.item(left), Some(Item::And))
                || phrase.persons.len() > 1
                || joined && self.lists_names(left);
            if !joined || !listed {
                break;
            }
            at = left;
        }
    }

    /// "Co-founders Gray, Field defect", "Ada Gray, Bo Field back at ...": headlines without "and".
    fn lists_names(&self, end: usize) -> bool {
        let many = ["join", "leave", "depart", "quit", "resign", "exit", "defect", "rejoin"];
        let plural = (end..end + 5).any(|at| many.contains(&self.lower(at)));
        let before = end.checked_sub(2).and_then(|at| self.item(at));
        if plural && before == Some(Item::Poss) {
            return true;
        }
        matches!(before, None | Some(Item::Stop | Item::Role { plural: true }))
    }

    /// "Gana chief Ada Gray and co-founder Bo Field".
    fn coordinate(&self, phrase: &mut Phrase) {
        let first = phrase.first;
        let mut glue = first;
        while glue > 1 && matches!(self.item(glue - 1), Some(Item::And | Item::Comma)) {
            glue -= 1;
        }
        // A comma goes on with a list that "and" has closed.
        let and = (glue..first).any(|at| self.item(at) == Some(Item::And))
            || glue < first && phrase.listed;
        if !and || !matches!(self.item(glue.wrapping_sub(1)), Some(Item::Person { .. })) {
            return;
        }
        let Some(mut other) = self.phrase_before_in(glue, true) else { return };
        phrase.own_company();
        other.own_company();
        other.persons.append(&mut phrase.persons);
        phrase.persons = other.persons;
        phrase.org = phrase.org.take().or(other.org);
        phrase.former |= other.former;
        phrase.first = other.first;
    }

    pub(super) fn take_role(&self, index: usize, plural: bool, phrase: &mut Phrase) {
        if phrase.role.is_none()
            && let Some(chunk) = self.at(index)
        {
            phrase.role = Some(chunk.span);
            phrase.plural = plural;
            phrase.count = phrase.count.or(body_of(&chunk.lower));
        }
        phrase.first = index;
    }

    /// Words of the span, in the text's own case.
    pub(super) fn text_of(&self, span: Span) -> String {
        self.text.get(span).to_owned()
    }
}
