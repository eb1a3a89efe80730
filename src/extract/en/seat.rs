//! Turns of a headline round the name: "Out goes Ada Gray", "unveils Ada Gray as its CFO", "takes
//! Gana board seat".

use super::chunk::Item;
use super::class::Class;
use super::ends::Ends;
use super::phrase::{Phrase, Reader};
use super::reading::{Parts, Reading, pattern};
use super::subject::Between;
use crate::extract::candidate::End;
use crate::model::Kind;

/// "Out goes", "in comes": whoever is meant stands behind.
pub(super) fn is_swap(form: &str) -> bool {
    is_exit(form) || matches!(form, "in comes" | "in come" | "enter stage left")
}

fn is_exit(form: &str) -> bool {
    matches!(form, "out goes" | "out go" | "gone is" | "gone are")
}

impl Reading<'_> {
    /// "Out goes Ada Gray; in comes Dara's Bo Field": at the company that the title is about.
    pub(super) fn goes_or_comes(&self, reader: &Reader<'_>, index: usize) -> Option<Parts> {
        let phrase = reader.phrase_after(index + 1).filter(|one| !one.persons.is_empty())?;
        let opens = index == 0
            || matches!(reader.item(index - 1), Some(Item::Stop | Item::Comma | Item::And));
        if !opens {
            return None;
        }
        let out = is_exit(reader.lower(index));
        let class = if out { Class::Leave } else { Class::Join };
        let mut ends = Ends { end: phrase.end, ..Ends::default() };
        let kind = if out {
            ends.from = Some(phrase.org.clone().or_else(|| self.house.clone())?);
            Kind::Left
        } else {
            ends.to = Some(self.house.clone()?);
            ends.from = phrase.org.clone().filter(|from| Some(from) != ends.to.as_ref());
            Kind::Joined
        };
        let between = Between::default();
        Some(Parts { phrase, between, ends, class, kind, score: 0.85, pattern: pattern(class) })
    }
}

impl Reading<'_> {
    /// "Gana's technology chief is now Dara's Ada Gray": the office tells where to.
    pub(super) fn office_goes_to(
        &self,
        reader: &Reader<'_>,
        index: usize,
        office: &Phrase,
        between: Between,
    ) -> Option<Parts> {
        let single = office.persons.is_empty() && office.role.is_some() && !office.plural;
        let to = office.org.clone().filter(|to| single && matches!(to, End::Listed(_)))?;
        let is = reader.lower(index).starts_with("is ");
        let phrase = reader.phrase_after(index + 1).filter(|one| is && one.persons.len() == 1)?;
        let from = phrase.org.clone().filter(|from| *from != to && !office.former)?;
        let ends = Ends { from: Some(from), to: Some(to), end: phrase.end, ..Ends::default() };
        let (class, kind) = (Class::Become, Kind::Joined);
        Some(Parts { phrase, between, ends, class, kind, score: 0.85, pattern: pattern(class) })
    }
}

/// Verbs with which a person or a product is presented.
pub(super) const SHOWS: &[&str] = &["unveil", "introduc", "present"];

/// "Picks", "opts for".
pub(super) fn is_choice(verb: &str) -> bool {
    matches!(verb, "picks" | "chooses" | "plumps for" | "opts for" | "picked" | "chose")
}

impl Reading<'_> {
    /// "Gana's reasoning lead chooses Dara", "picks Dara over Zeta": a house to work for; heads of
    /// companies choose suppliers.
    pub(super) fn chooses(&self, reader: &Reader<'_>, index: usize) -> Option<Parts> {
        const HEADS: &[&str] = &["ceo", "chief executive", "founder", "president", "minister"];
        let to = match reader.item(index + 1)? {
            Item::Org { company, product: false } if is_choice(reader.lower(index)) => {
                End::Listed(company)
            }
            _ => return None,
        };
        let closes = matches!(reader.item(index + 2), None | Some(Item::Stop | Item::Comma))
            || reader.lower(index + 2) == "over"
                && (index + 3..reader.chunks.len()).all(|at| reader.lower(at) != "for");
        let phrase = reader.phrase_before(index).filter(|one| closes && !one.plural)?;
        let role = reader.text_of(phrase.role?).to_lowercase();
        let heads = HEADS.iter().any(|head| role.contains(head)) && !role.starts_with("co-");
        let brand = || reader.brand_of(&phrase);
        let from = phrase.org.clone().or_else(brand).filter(|from| *from != to && !heads)?;
        let ends = Ends { from: Some(from), to: Some(to), end: index + 2, ..Ends::default() };
        let (class, kind, between) = (Class::Join, Kind::Joined, Between::default());
        Some(Parts { phrase, between, ends, class, kind, score: 0.8, pattern: pattern(class) })
    }
}

impl Reader<'_> {
    /// "Unveils Ada Gray as its finance chief": a person is presented, no product.
    pub(super) fn presents(&self, verb: usize) -> bool {
        if !SHOWS.iter().any(|stem| self.lower(verb).starts_with(stem)) {
            return false;
        }
        self.phrase_after(verb + 1).is_some_and(|phrase| {
            let office = (phrase.end + 1..phrase.end + 7)
                .take_while(|at| matches!(self.item(*at), Some(Item::Word | Item::Role { .. })))
                .any(|at| matches!(self.item(at), Some(Item::Role { plural: false })));
            !phrase.persons.is_empty() && self.lower(phrase.end) == "as" && office
        })
    }

    /// "Takes Gana board seat": the company between the verb and what is taken.
    pub(super) fn held_between(&self, verb: usize, noun: usize) -> Option<End> {
        let inside = |at: &usize| {
            matches!(
                self.item(*at),
                Some(Item::Org { .. } | Item::Word | Item::Poss | Item::Role { .. })
            ) && !matches!(self.lower(*at), "at" | "to" | "from" | "of" | "for" | "with" | "in")
        };
        let mut named = (verb + 1..noun).filter_map(|at| match self.item(at)? {
            Item::Org { company, product: false } => Some(End::Listed(company)),
            _ => None,
        });
        let clean = (verb + 1..noun).all(|at| inside(&at));
        match (named.next(), named.next()) {
            (Some(one), None) if clean => Some(one),
            _ => None,
        }
    }
}
