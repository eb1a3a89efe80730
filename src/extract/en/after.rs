//! Noun phrases to the right: who is hired or named, what an apposition adds, who comes along.

use super::chunk::{Item, body_of};
use super::object::Object;
use super::phrase::{Named, Phrase, REACH, Reader};
use crate::extract::candidate::End;

/// Chunks that a list of people takes up at most.
const LIST_REACH: usize = 40;

impl Reader<'_> {
    /// The phrase that begins at `start`: what is hired, named, poached.
    pub(super) fn phrase_after(&self, start: usize) -> Option<Phrase> {
        let mut phrase = Phrase { first: start, end: start, ..Phrase::default() };
        let mut index = start;
        while index < start + REACH + 3 {
            let Some(chunk) = self.at(index) else { break };
            match chunk.item {
                // "Names Ada Gray's deputy Bo Field": the owner of the phrase is not hired.
                Item::Person { .. } if self.item(index + 1) == Some(Item::Poss) => index += 1,
                Item::Person { .. } => {
                    self.names_after(index, &mut phrase);
                    self.apposition_after(&mut phrase);
                    self.coordinate_after(&mut phrase);
                    return Some(phrase);
                }
                Item::Role { plural } => {
                    if phrase.role.is_none() {
                        phrase.role = Some(chunk.span);
                        phrase.plural = plural;
                        phrase.count = phrase.count.or(body_of(&chunk.lower));
                    }
                    phrase.end = index + 1;
                }
                Item::Org { company, product } => {
                    if !product && (phrase.org.is_none() || phrase.role.is_none()) {
                        phrase.org = Some(End::Listed(company));
                    }
                    phrase.end = if phrase.role.is_some() { index + 1 } else { phrase.end };
                }
                Item::Count(count) if phrase.role.is_none() => {
                    phrase.count = Some(count);
                    // "Two of its founders".
                    index += usize::from(self.lower(index + 1) == "of");
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
                        && phrase.role.is_some()
                        || phrase.role.is_none()
                            && (phrase.org.is_some()
                                || phrase.former
                                    && matches!(self.item(index + 1), Some(Item::Org { .. })))
                        || phrase.role.is_some() && self.same_person(index + 1) => {}
                _ => break,
            }
            index += 1;
        }
        phrase.role.is_some().then_some(phrase)
    }

    /// "Former Gana manager and tech critic Ada Gray": one person with two titles.
    fn same_person(&self, start: usize) -> bool {
        let title = |at: usize| {
            matches!(self.item(at), Some(Item::Role { .. }))
                || self.item(at) == Some(Item::Word) && self.at(at).is_some_and(|one| !one.cap)
        };
        self.titled(start).is_some_and(|name| name > start && (start..name).all(title))
    }

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
    fn coordinate_after(&self, phrase: &mut Phrase) {
        let (more, closed, end) = self.more_people(phrase.end);
        // "Hires Ada Gray, chief Bo Field said", "... and Bo Field is leaving": a new clause.
        let verb = self.words.is("say", self.lower(end))
            || self.words.is("auxiliary", self.lower(end))
            || matches!(self.item(end), Some(Item::Trigger(_)));
        let goes_on = self.item(end) == Some(Item::And)
            || self.item(end) == Some(Item::Comma) && self.item(end + 1) == Some(Item::And);
        if !(closed || goes_on) || verb {
            phrase.others = self.others_after(phrase.end);
            return;
        }
        phrase.end = end;
        self.take_in(phrase, more);
        phrase.others = self.others_after(phrase.end);
    }

    /// "... and three others", "... and two other engineers".
    fn others_after(&self, start: usize) -> Option<u32> {
        let glue = |at: &usize| matches!(self.item(*at), Some(Item::And | Item::Comma));
        let at = (start..start + 2).take_while(glue).last()? + 1;
        let Some(Item::Count(count)) = self.item(at) else { return None };
        let other = matches!(self.lower(at + 1), "others" | "other" | "more" | "fellow" | "former");
        other.then_some(count)
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
        self.apposition_after(&mut phrase);
        Some(phrase)
    }

    /// Where the name stands that titles, companies and adjectives from `start` on lead up to.
    fn titled(&self, start: usize) -> Option<usize> {
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

    /// "Ada Gray, the former research chief of Gana,".
    pub(super) fn apposition_after(&self, phrase: &mut Phrase) {
        if self.item(phrase.end) != Some(Item::Comma) {
            return;
        }
        let from = phrase.end + 1;
        let next = self.titled(from).is_some_and(|name| name > from);
        if next || self.item(from) == Some(Item::And) {
            // "Hires Ada Gray, Dara counsel Bo Field and ...": the next of a list.
            return;
        }
        let part = |at: &usize| {
            !matches!(self.item(*at), None | Some(Item::Comma | Item::Stop | Item::Trigger(_)))
        };
        let to = (from..from + 14).take_while(part).last().map_or(from, |at| at + 1);
        let described = (from..to).any(|at| {
            matches!(self.item(at), Some(Item::Role { .. }))
                || self.words.is("career", self.lower(at))
        });
        if described {
            self.enrich(phrase, from, to);
            phrase.end = to;
        }
    }

    /// Takes role and company out of an apposition: "a co-founder of Gana".
    pub(super) fn enrich(&self, phrase: &mut Phrase, from: usize, to: usize) {
        for index in from..to {
            let Some(chunk) = self.at(index) else { return };
            match chunk.item {
                Item::Role { .. } if phrase.role.is_none() => phrase.role = Some(chunk.span),
                Item::Org { company, product }
                    if !matches!(phrase.org, Some(End::Listed(_)))
                        && !self.came_from(index)
                        && (!product || self.is_maker(index + 1)) =>
                {
                    phrase.org = Some(End::Listed(company));
                }
                Item::Word if chunk.lower == "worked" => phrase.worked = true,
                _ if self.words.is("former", &chunk.lower)
                    || matches!(chunk.lower.as_str(), "formerly" | "previously") =>
                {
                    phrase.former = true
                }
                Item::Word
                    if phrase.org.is_none()
                        && matches!(chunk.lower.as_str(), "of" | "at")
                        && !self.title_case =>
                {
                    if let (Object::Org { end: end @ End::Unlisted(_), .. }, next) =
                        self.object(index + 1)
                        && (chunk.lower == "at"
                            || matches!(
                                self.lower(index.wrapping_sub(1)),
                                "formerly" | "previously"
                            )
                            || !matches!(self.item(next), Some(Item::Word))
                                && self.heads_a_house(phrase))
                    {
                        phrase.org = Some(end);
                    }
                }
                // "Ada Gray, who quit Gana last week, joins Dara": where she comes from.
                Item::Trigger(_) if self.lower(index.wrapping_sub(1)) == "who" => {
                    let leaves = ["left", "quit", "departed", "resigned", "exited"];
                    if leaves.contains(&chunk.lower.as_str())
                        && let (Object::Org { end, loose: false }, _) = self.object(index + 1)
                    {
                        phrase.org = Some(end);
                        phrase.former = true;
                    }
                    return;
                }
                Item::Trigger(_) => return,
                _ => {}
            }
        }
    }

    /// "Chief executive of Gana", "founder of Gana", but no "vice president of people".
    fn heads_a_house(&self, phrase: &Phrase) -> bool {
        let role = phrase.role.map(|role| self.text_of(role).to_lowercase()).unwrap_or_default();
        let heads = ["ceo", "chief executive", "founder", "chair", "managing director", "owner"];
        heads.iter().any(|head| role.contains(head))
            || matches!(role.as_str(), "president" | "cto" | "cfo" | "coo" | "cpo" | "cmo")
            || role.starts_with("chief ") && role.ends_with(" officer")
    }

    /// "Who came over from Gana": where she was before her present post.
    fn came_from(&self, index: usize) -> bool {
        let came = ["came", "moved", "arrived", "come", "hired", "poached", "recruited"];
        self.lower(index.wrapping_sub(1)) == "from"
            && (index.saturating_sub(4)..index).any(|at| came.contains(&self.lower(at)))
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

    /// "Ada Gray joins Gana alongside Bo Field": those who come along.
    pub(super) fn companions(&self, ends: &super::ends::Ends, trigger: usize) -> Vec<Named> {
        let reach = self.chunks.len().min(ends.end.max(trigger) + 8);
        let along = |at: &usize| matches!(self.lower(*at), "alongside" | "along" | "together");
        let stop = |at: &usize| matches!(self.item(*at), Some(Item::Stop));
        let Some(at) = (trigger + 1..reach).take_while(|at| !stop(at)).find(along) else {
            return Vec::new();
        };
        let start = if self.lower(at + 1) == "with" { at + 2 } else { at + 1 };
        let Some(mut phrase) = self.phrase_after(start) else { return Vec::new() };
        phrase.own_company();
        phrase.persons
    }
}

/// Small words between "hires" and whom.
fn is_before_object(lower: &str) -> bool {
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
