//! Lists of people, each with a title, a company or an apposition of their own.

use super::after::is_before_object;
use super::chunk::Item;
use super::ends::Ends;
use super::phrase::{Named, Phrase, REACH, Reader};
use crate::extract::candidate::End;

/// Chunks that a list of people takes up at most.
const LIST_REACH: usize = 40;

impl Reader<'_> {
    /// "Ada Gray, a vice president at Gana, and Bo Field, an engineer at Dara, have joined": the
    /// people who fill the clause up to chunk `end`.
    pub(super) fn list_up_to(&self, end: usize) -> Option<Phrase> {
        let stop = |at: &usize| self.item(*at) == Some(Item::Stop);
        let start = (0..end).rev().find(stop).map_or(0, |at| at + 1);
        let start = start.max(end.saturating_sub(LIST_REACH));
        let begins = |at: &usize| {
            *at == start
                || matches!(self.item(*at - 1), Some(Item::And | Item::Comma))
                || self.lower(*at - 1) == "as"
        };
        (start..end).filter(begins).find_map(|start| self.list_between(start, end))
    }

    /// The people who fill the chunks from `start` to `end`.
    fn list_between(&self, start: usize, end: usize) -> Option<Phrase> {
        let mut phrase = self.titled_name(start)?;
        let (more, closed, last) = self.more_people(phrase.end);
        let fills = last == end || last + 1 == end && self.item(last) == Some(Item::Comma);
        if !closed || !fills {
            return None;
        }
        self.take_in(&mut phrase, more);
        Some(Phrase { end, ..phrase })
    }

    /// The people listed behind a first one, whether "and" has closed the list, and its end.
    fn more_people(&self, start: usize) -> (Vec<Phrase>, bool, usize) {
        let mut more: Vec<Phrase> = Vec::new();
        let mut closed = false;
        let mut end = start;
        loop {
            let glue = |at: &usize| matches!(self.item(*at), Some(Item::And | Item::Comma));
            let next = (end..end + 3).take_while(glue).last().map_or(end, |at| at + 1);
            let and = (end..next).any(|at| self.item(at) == Some(Item::And));
            if closed && !and {
                break;
            }
            let Some(other) = self.titled_name(next).filter(|_| next > end) else { break };
            closed |= and;
            end = other.end;
            more.push(other);
        }
        (more, closed, end)
    }

    /// "Gana's Ada Gray, ex-Dara counsel Bo Field and chief Cy Hill": those behind the first.
    pub(super) fn coordinate_after(&self, phrase: &mut Phrase) {
        let (more, closed, end) = self.more_people(phrase.end);
        // "Hires Ada Gray, chief Bo Field said", "... and Bo Field is leaving": a new clause.
        let verb = self.words.is("say", self.lower(end))
            || self.words.is("auxiliary", self.lower(end))
            || matches!(self.item(end), Some(Item::Trigger(_)));
        let goes_on = self.item(end) == Some(Item::And)
            || self.item(end) == Some(Item::Comma) && self.item(end + 1) == Some(Item::And);
        // "Hires Gana's Ada Gray, Dara's Bo Field": a headline may do without "and".
        let owned = |one: &Phrase| {
            one.org.is_some()
                && one.persons.len() == 1
                && (one.first..one.end).any(|at| self.item(at) == Some(Item::Poss))
        };
        let bare = matches!(self.item(end), None | Some(Item::Stop))
            && !more.is_empty()
            && phrase.org.is_some()
            && more.iter().all(owned);
        if !(closed || goes_on || bare) || verb {
            phrase.others = self.others_after(phrase.end);
            return;
        }
        phrase.end = end;
        self.take_in(phrase, more);
        phrase.others = self.others_after(phrase.end);
    }

    /// Adds the people of a list, each with their own company.
    fn take_in(&self, phrase: &mut Phrase, more: Vec<Phrase>) {
        phrase.own_company();
        for mut other in more {
            other.own_company();
            // "Ada Gray and Bo Field, both Gana engineers": the last apposition is about them all.
            let many = |at: usize| {
                matches!(self.lower(at), "both" | "all")
                    || self.item(at) == Some(Item::Role { plural: true })
            };
            if (other.first..other.end).any(many) {
                for named in phrase.persons.iter_mut().filter(|named| named.own.is_none()) {
                    named.own = other.org.clone();
                }
            }
            phrase.persons.append(&mut other.persons);
        }
    }

    /// "... and three others", "... and two other engineers".
    pub(super) fn others_after(&self, start: usize) -> Option<u32> {
        let glue = |at: &usize| matches!(self.item(*at), Some(Item::And | Item::Comma));
        let at = (start..start + 2).take_while(glue).last()? + 1;
        let Some(Item::Count(count)) = self.item(at) else { return None };
        let other = matches!(self.lower(at + 1), "others" | "other" | "more" | "fellow" | "former");
        other.then_some(count)
    }

    /// "Former Gana manager and tech critic Ada Gray": one person with two titles.
    pub(super) fn same_person(&self, start: usize) -> bool {
        let title = |at: usize| {
            matches!(self.item(at), Some(Item::Role { .. }))
                || self.item(at) == Some(Item::Word) && self.at(at).is_some_and(|one| !one.cap)
        };
        self.titled(start).is_some_and(|name| name > start && (start..name).all(title))
    }

    /// "Ex-Dara counsel Bo Field", an apposition included.
    pub(super) fn titled_name(&self, start: usize) -> Option<Phrase> {
        let name = self.titled(start)?;
        let mut phrase = Phrase { first: start, end: name + 1, ..Phrase::default() };
        phrase.org = (start..name).find_map(|at| match self.item(at)? {
            Item::Org { company, product: false } => Some(End::Listed(company)),
            _ => None,
        });
        if let (Some(chunk), Some(Item::Person { sure })) = (self.at(name), self.item(name)) {
            phrase.persons.push(Named::here(chunk.span, sure));
        }
        // "Ada Gray of Gana and Bo Field of Dara".
        if phrase.org.is_none()
            && matches!(self.lower(phrase.end), "of" | "from" | "at")
            && let Some(Item::Org { company, product: false }) = self.item(phrase.end + 1)
        {
            phrase.org = Some(End::Listed(company));
            phrase.end += 2;
        }
        self.apposition_after(&mut phrase);
        Some(phrase)
    }

    /// Where the name stands that titles, companies and adjectives from `start` on lead up to.
    pub(super) fn titled(&self, start: usize) -> Option<usize> {
        for index in start..start + REACH {
            let chunk = self.at(index)?;
            match chunk.item {
                Item::Person { .. } if self.item(index + 1) != Some(Item::Poss) => {
                    return Some(index);
                }
                Item::Role { .. } | Item::Poss | Item::Org { .. } | Item::Person { .. } => {}
                Item::Word | Item::Trigger(_) if self.words.is("former", &chunk.lower) => {}
                Item::Word
                    if is_before_object(&chunk.lower) || !self.words.is_function(&chunk.lower) => {}
                _ => return None,
            }
        }
        None
    }

    /// "Three leaders leave Gana: Ada Gray, Bo Field and Cy Hill": the names after the trigger.
    pub(super) fn names_listed(&self, trigger: usize) -> Vec<Named> {
        let opens = |at: &usize| matches!(self.lower(*at), ":" | "including" | "—");
        let Some(start) = (trigger..self.chunks.len().min(trigger + 14)).find(opens) else {
            return Vec::new();
        };
        let first = self.titled_name(start + 1).or_else(|| self.titled_name(start + 2));
        let Some(mut phrase) = first else { return Vec::new() };
        let (more, ..) = self.more_people(phrase.end);
        self.take_in(&mut phrase, more);
        phrase.persons
    }

    /// "Loses Ada Gray to Gana and Bo Field to Dara", "... and a director to Dara": others with
    /// destinations of their own; where the name or the role ends, and where to.
    pub(super) fn gapped(&self, start: usize, ties: &[&str]) -> Vec<(usize, End)> {
        let mut found = Vec::new();
        let mut at = start;
        loop {
            let glue = |at: &usize| {
                matches!(self.item(*at), Some(Item::And | Item::Comma))
                    || self.lower(*at) == "while"
            };
            let Some(last) = (at..at + 3).take_while(glue).last() else { return found };
            let article =
                usize::from(matches!(self.lower(last + 1), "a" | "an" | "another" | "its" | "the"));
            let first = last + 1 + article;
            let plain = |at: &usize| {
                self.item(*at) == Some(Item::Word) && !self.words.is_function(self.lower(*at))
            };
            let head = (first..first + 4).find(|at| !plain(at)).unwrap_or(first);
            let who = match self.item(head) {
                Some(Item::Person { .. }) => head == first,
                Some(Item::Role { plural: false }) => article == 1,
                _ => false,
            };
            let to = ties.contains(&self.lower(head + 1));
            let Some(Item::Org { company, product: false }) =
                self.item(head + 2).filter(|_| who && to)
            else {
                return found;
            };
            found.push((head, End::Listed(company)));
            at = head + 3;
        }
    }

    /// "Leave for Gana and Dara, respectively": the destinations in the order of the names.
    pub(super) fn respectively(&self, trigger: usize, names: usize) -> Vec<End> {
        let reach = trigger + 1..self.chunks.len().min(trigger + 16);
        let stop = |at: &usize| self.item(*at) != Some(Item::Stop);
        let Some(end) = reach.take_while(stop).find(|at| self.lower(*at) == "respectively") else {
            return Vec::new();
        };
        let company = |at: usize| match self.item(at)? {
            Item::Org { company, product: false } => Some(End::Listed(company)),
            _ => None,
        };
        let told: Vec<End> = (trigger + 1..end).filter_map(company).collect();
        if told.len() == names { told } else { Vec::new() }
    }

    /// "Ada Gray joins Gana alongside Bo Field": those who come along.
    pub(super) fn companions(&self, ends: &Ends, trigger: usize) -> Vec<Named> {
        let reach = self.chunks.len().min(ends.end.max(trigger) + 8);
        let along = |at: &usize| matches!(self.lower(*at), "alongside" | "along" | "together");
        let stop = |at: &usize| matches!(self.item(*at), Some(Item::Stop));
        let Some(at) = (trigger + 1..reach).take_while(|at| !stop(at)).find(along) else {
            return Vec::new();
        };
        // "Will serve alongside Ada Gray": she is there already.
        if matches!(self.lower(at - 1), "serve" | "work" | "working" | "serving" | "report") {
            return Vec::new();
        }
        let start = if self.lower(at + 1) == "with" { at + 2 } else { at + 1 };
        let Some(mut phrase) = self.phrase_after(start) else { return Vec::new() };
        phrase.own_company();
        phrase.persons
    }
}
