//! Who hires or fires: the subject, the company it speaks for, or one listed nowhere.

use super::chunk::Item;
use super::class::Class;
use super::ends::Ends;
use super::phrase::{Phrase, Reader};
use super::reading::Reading;
use super::subject::Subject;
use crate::extract::candidate::End;
use crate::extract::text::Span;

impl Reading<'_> {
    /// "Welcoming Ada Gray to Gana".
    pub(super) fn welcomed_to(&self, reader: &Reader<'_>, phrase: &Phrase) -> Option<End> {
        let mut ends = Ends { end: phrase.end, ..Ends::default() };
        reader.tail(phrase.end, Class::Arrival, &self.classes(), &mut ends);
        ends.to.filter(|_| !phrase.persons.is_empty())
    }

    /// "Gana Ventures hires former OpenAI researcher Ada Gray": an employer that is not listed.
    pub(super) fn unlisted_employer(
        &self,
        reader: &Reader<'_>,
        index: usize,
        phrase: &Phrase,
    ) -> Option<End> {
        let mut ends = Ends::default();
        reader.tail(phrase.end, Class::Arrival, &self.classes(), &mut ends);
        let origin = ends.from.as_ref().or(phrase.org.as_ref());
        let taken = is_taking(reader.lower(index));
        // "Zeta adds Gana veteran as first CFO".
        let veteran = phrase.role.is_some_and(|role| {
            let role = reader.text_of(role).to_lowercase();
            role.ends_with("veteran") || role.ends_with("alum") || role.ends_with(" vet")
        });
        let head = matches!(
            reader.item(name_end(reader, index).wrapping_sub(1)),
            Some(Item::Person { .. })
        );
        let described = phrase.former
            || veteran && !head
            || !phrase.persons.is_empty()
            || taken && (!phrase.plural || phrase.count.is_some()) && phrase.role.is_some();
        let listed = matches!(origin, Some(End::Listed(_))) && described;
        // "Ada Gray's startup hires a Gana engineer".
        if listed
            && index > 2
            && reader.words.is("startup", reader.lower(index - 1))
            && reader.item(index - 2) == Some(Item::Poss)
            && matches!(reader.item(index - 3), Some(Item::Person { .. }))
        {
            let owner = Span::new(reader.at(index - 3)?.span.start, reader.at(index - 1)?.span.end);
            return Some(End::Unlisted(reader.text_of(owner)));
        }
        let (first, end) = named_before(reader, index)?;
        if !listed || !opens_clause(reader, first) {
            return None;
        }
        let (from, to) = (reader.at(first)?.span.start, reader.at(end - 1)?.span.end);
        // "Ada Gray poaches Dara's Bo Field to lead research at Gana": she acts for Gana.
        let known = self.passage.people.by_surname(reader.lower(end - 1)).is_some();
        let person = known || matches!(reader.item(end - 1), Some(Item::Person { .. }));
        let house = ends.to.filter(|to| person && Some(to) != origin);
        house.or_else(|| Some(End::Unlisted(reader.text_of(Span::new(from, to)))))
    }

    /// True where the title names its company before `at`.
    pub(super) fn house_stands_before(&self, at: usize) -> bool {
        self.passage.companies.iter().any(|mention| {
            mention.span.end <= at && self.house == Some(End::Listed(mention.company))
        })
    }

    /// "The startup has hired": the company that the title is about.
    pub(super) fn says_house(&self, reader: &Reader<'_>, index: usize) -> bool {
        let auxiliary = |at: &usize| reader.words.is("auxiliary", reader.lower(*at));
        let subject = (0..index).rev().find(|at| !auxiliary(at));
        subject.is_some_and(|at| reader.words.is("house", reader.lower(at)))
            && !is_of_former(reader, index)
    }
}

/// The company that hires or fires: the subject, or the company that the subject speaks for.
pub(super) fn employer(reader: &Reader<'_>, index: usize, subject: &Subject) -> Option<End> {
    if is_of_former(reader, index) {
        return None;
    }
    if let Some(phrase) = &subject.phrase {
        // "Gana's Chat loses a researcher": whoever makes it.
        if phrase.product && reader.lower(index).starts_with("los") {
            return (phrase.first..phrase.end).find_map(|at| match reader.item(at)? {
                Item::Org { company, product: true } => Some(End::Listed(company)),
                _ => None,
            });
        }
        let speaks = phrase.organisation || is_board(reader, phrase) || phrase.role.is_some();
        // "Former Gana chief Ada Gray poaches Bo Field": for a house of her own.
        return phrase.org.clone().filter(|_| speaks && !phrase.former);
    }
    if let Some(house) = reader.clause_house(index) {
        return Some(house);
    }
    let mut at = index;
    if reader.before(at).is_some_and(|chunk| chunk.item == Item::Comma || chunk.lower == "by")
        && reader.lower(index).ends_with("ing")
    {
        // "Gana opens a lab, hiring Ada Gray": the company opens the clause.
        let stop = |at: &usize| reader.item(*at) == Some(Item::Stop);
        let opening = (0..index).rev().find(stop).map_or(0, |at| at + 1);
        return match reader.item(opening) {
            Some(Item::Org { company, product: false }) => Some(End::Listed(company)),
            _ => None,
        };
    }
    while let Some(chunk) = reader.before(at) {
        at -= 1;
        match chunk.item {
            Item::Org { company, product: false } => return Some(End::Listed(company)),
            Item::Word if chunk.cap || reader.words.is("auxiliary", &chunk.lower) => {}
            Item::Poss | Item::Role { .. } => {}
            _ => return None,
        }
        if index - at > 8 {
            return None;
        }
    }
    None
}

/// "A former Gana president's firm hires", "the Gana alumni start-up hires": it is not Gana.
fn is_of_former(reader: &Reader<'_>, verb: usize) -> bool {
    let auxiliary = |at: &usize| reader.words.is("auxiliary", reader.lower(*at));
    let Some(house) = (0..verb).rev().find(|at| !auxiliary(at)) else { return false };
    let firm = matches!(
        reader.lower(house),
        "firm" | "startup" | "start-up" | "company" | "fund" | "venture" | "outfit"
    );
    let owner = match reader.item(house.wrapping_sub(1)) {
        Some(Item::Poss) => house.wrapping_sub(2),
        _ => house.wrapping_sub(1),
    };
    firm && matches!(reader.item(owner), Some(Item::Role { .. }))
        && reader.lower(house.wrapping_sub(1)) != "the"
}

/// Where the capitalised name before the verb begins and ends: "Zeta", "Zeta, the bank,".
fn named_before(reader: &Reader<'_>, verb: usize) -> Option<(usize, usize)> {
    let name = |at: &usize| {
        reader.at(*at).is_some_and(|chunk| {
            matches!(chunk.item, Item::Word | Item::Person { .. } | Item::Role { .. })
                && chunk.cap
                && !reader.words.is_function(&chunk.lower)
                && !reader.words.is("abroad", &chunk.lower)
                && !chunk.lower.ends_with("-backed")
                && !chunk.lower.ends_with("-based")
        })
    };
    let mut end = name_end(reader, verb);
    if reader.item(end.wrapping_sub(1)) == Some(Item::Comma) {
        let comma = |at: &usize| reader.item(*at) == Some(Item::Comma);
        end = (end.saturating_sub(9)..end - 1).rev().find(comma)?;
        if !matches!(reader.lower(end + 1), "the" | "a" | "an" | "which") {
            return None;
        }
    }
    let first = (end.saturating_sub(4)..end).rev().take_while(name).last()?;
    // "CTO Ada Gray": the office is no part of the name.
    let office = matches!(reader.item(first), Some(Item::Role { .. }))
        && matches!(reader.item(first + 1), Some(Item::Person { .. }));
    Some((first + usize::from(office), end))
}

impl Reader<'_> {
    /// "Zeta loses": the company, listed nowhere, whose name opens the clause.
    pub(super) fn named_house(&self, verb: usize) -> Option<End> {
        let end = name_end(self, verb);
        let border = |at: &usize| matches!(self.item(*at), Some(Item::Stop | Item::Comma));
        let first = (0..end).rev().find(border).map_or(0, |at| at + 1);
        let named = self.at(first).is_some_and(|chunk| {
            chunk.cap && !self.words.is_function(&chunk.lower) && first < end && end < first + 7
        });
        let plain = |at: usize| {
            matches!(
                self.item(at),
                Some(Item::Word | Item::Poss | Item::Role { .. } | Item::Person { sure: false })
            ) && !self.words.is("say", self.lower(at))
        };
        let span = Span::new(self.at(first)?.span.start, self.at(end.checked_sub(1)?)?.span.end);
        (named && (first..end).all(plain)).then(|| End::Unlisted(self.text_of(span)))
    }
}

/// A verb that says nothing but that somebody is taken on.
fn is_taking(verb: &str) -> bool {
    const STEMS: &[&str] = &[
        "hire",
        "poach",
        "nab",
        "snag",
        "recruit",
        "lure",
        "bag",
        "snap",
        "snatch",
        "scoop",
        "pluck",
        "swipe",
        "pinch",
        "entic",
        "tempt",
        "coax",
        "woo",
        "pris",
        "pry",
        "pries",
        "prie",
        "steal",
        "grab",
        "rope",
        "reel",
        "snar",
        "headhunt",
        "swoop",
        "recoup",
        "pick off",
        "picks off",
        "wins over",
        "won over",
        "peels",
        "siphon",
        "spirit",
        "whisk",
        "enlist",
        "draft",
        "import",
    ];
    STEMS.iter().any(|stem| verb.starts_with(stem))
}

/// "Gana Ventures has", "Gana Ventures said on Monday it has": the chunk after the name.
fn name_end(reader: &Reader<'_>, verb: usize) -> usize {
    let auxiliary = |at: usize| reader.words.is("auxiliary", reader.lower(at));
    let mut end = verb;
    while end > 0 && auxiliary(end - 1) {
        end -= 1;
    }
    if !matches!(reader.lower(end.wrapping_sub(1)), "it" | "they") {
        return end;
    }
    let says = |at: &usize| reader.words.is("say", reader.lower(*at));
    let said = (end.saturating_sub(5)..end).rev().find(says);
    said.unwrap_or(end)
}

/// Only small words stand between the beginning of the clause and chunk `first`.
fn opens_clause(reader: &Reader<'_>, first: usize) -> bool {
    let border = |at: &usize| matches!(reader.item(*at), Some(Item::Stop | Item::Comma));
    let start = (0..first).rev().find(border).map_or(0, |at| at + 1);
    let small = |at: usize| {
        reader.at(at).is_some_and(|chunk| {
            chunk.item == Item::Word && !reader.words.is_function(&chunk.lower)
                || chunk.item == Item::Poss
                || matches!(chunk.lower.as_str(), "the" | "on")
        })
    };
    // "Former Gana chief Ada Gray poaches": who opens the clause is told by what she was.
    let former = reader.words.is("former", reader.lower(start));
    first - start <= 5 && (former || (start..first).all(small))
}

pub(super) fn is_board(reader: &Reader<'_>, phrase: &Phrase) -> bool {
    phrase.persons.is_empty()
        && phrase.role.is_some_and(|role| reader.text_of(role).to_lowercase().contains("board"))
}
