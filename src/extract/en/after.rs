//! Noun phrases to the right: who is hired or named, what an apposition adds, who comes along.

use super::chunk::{Item, body_of};
use super::object::Object;
use super::phrase::{Named, Phrase, REACH, Reader};
use crate::extract::candidate::End;

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
                Item::Role { plural } => {
                    if phrase.role.is_none() {
                        phrase.role = Some(chunk.span);
                        phrase.plural = plural;
                        phrase.count = phrase.count.or(body_of(&chunk.lower));
                    }
                    phrase.end = index + 1;
                }
                Item::Org { company, product } => {
                    let maker = product && self.is_maker(index + 1);
                    if (!product || maker) && (phrase.org.is_none() || phrase.role.is_none()) {
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

    /// "Ada Gray, the former research chief of Gana,".
    pub(super) fn apposition_after(&self, phrase: &mut Phrase) {
        let dash = self.is_dash(phrase.end);
        if self.item(phrase.end) != Some(Item::Comma) && !dash {
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
        // "Ada Gray, ex-Gana".
        let past = self.words.is("former", self.lower(from))
            && matches!(self.item(from + 1), Some(Item::Org { product: false, .. }));
        let described = past
            || (from..to).any(|at| {
                matches!(self.item(at), Some(Item::Role { .. }))
                    || self.words.is("career", self.lower(at))
            });
        if described && !(dash && self.new_clause_in(from, to)) {
            self.enrich(phrase, from, to);
            phrase.end = to;
        }
    }

    /// "Hires Ada Gray - Gana says ...": a clause of its own, no apposition.
    fn new_clause_in(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| {
            self.words.is("say", self.lower(at)) || self.words.is("auxiliary", self.lower(at))
        }) || matches!(self.item(to), Some(Item::Trigger(_)))
    }

    /// Takes role and company out of an apposition: "a co-founder of Gana".
    pub(super) fn enrich(&self, phrase: &mut Phrase, from: usize, to: usize) {
        let role = |at: &usize| matches!(self.item(*at), Some(Item::Role { .. }));
        phrase.brand = match (from..to).find(role) {
            Some(role) => self.brand_between(from, role),
            None => None,
        };
        for index in from..to {
            let Some(chunk) = self.at(index) else { return };
            match chunk.item {
                Item::Role { .. } if phrase.role.is_none() => phrase.role = Some(chunk.span),
                Item::Org { company, product }
                    if !matches!(phrase.org, Some(End::Listed(_)))
                        && !self.came_from(index)
                        && (!product
                            || self.is_maker(index + 1)
                            || phrase.role.is_some_and(|role| {
                                !self.text_of(role).to_lowercase().contains("founder")
                            }) && matches!(
                                self.lower(index.wrapping_sub(1)),
                                "for" | "on" | "of"
                            )) =>
                {
                    phrase.org = Some(End::Listed(company));
                }
                // "Dara's former technology chief".
                Item::Poss if phrase.org.is_none() => {
                    if let Some((name, _)) = self.unlisted_owner(index) {
                        phrase.org = Some(End::Unlisted(self.text_of(name)));
                    }
                }
                Item::Word if chunk.lower == "worked" => phrase.worked = true,
                // "Who was in charge of products at Dara before joining Gana".
                Item::Word
                    if chunk.lower == "before"
                        && matches!(
                            self.lower(index + 1),
                            "joining" | "moving to" | "going to"
                        ) =>
                {
                    phrase.worked = true;
                    return;
                }
                _ if (self.words.is("former", &chunk.lower)
                    || matches!(chunk.lower.as_str(), "formerly" | "previously" | "lately"))
                    && !(phrase.org.is_none()
                        && is_taken(&chunk.lower)
                        && self.taken_from(index + 1).is_some()) =>
                {
                    phrase.former = true;
                    phrase.earlier = true;
                }
                Item::Word if chunk.lower == "before" => phrase.earlier = phrase.org.is_some(),
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
                // "Ada Gray, poached from Gana, joins Dara": where she comes from.
                Item::Trigger(_)
                    if phrase.org.is_none()
                        && is_taken(&chunk.lower)
                        && self.taken_from(index + 1).is_some() =>
                {
                    phrase.org = self.taken_from(index + 1);
                    phrase.former = true;
                    return;
                }
                // "Ada Gray, who quit Gana last week, joins Dara": where she comes from.
                Item::Trigger(_) if self.lower(index.wrapping_sub(1)) == "who" => {
                    let leaves = ["left", "quit", "departed", "resigned", "exited"];
                    let leaves = leaves.contains(&chunk.lower.as_str());
                    if (leaves || chunk.lower == "joined")
                        && let (Object::Org { end, loose: false }, _) = self.object(index + 1)
                    {
                        phrase.org = Some(end);
                        phrase.former |= leaves;
                    }
                    return;
                }
                Item::Trigger(_) => return,
                // "A banker who advised on the takeover of Gana": no post there.
                Item::Word
                    if matches!(chunk.lower.as_str(), "who" | "that")
                        && !(index + 1..index + 5).any(|at| {
                            matches!(self.lower(at), "is" | "currently")
                                || self.words.is("career", self.lower(at))
                                || matches!(self.item(at), Some(Item::Trigger(_)))
                        }) =>
                {
                    return;
                }
                _ => {}
            }
        }
    }

    /// "From Gana", "away from Gana" behind "poached".
    fn taken_from(&self, index: usize) -> Option<End> {
        let from = index + usize::from(self.lower(index) == "away");
        match (self.lower(from), self.object(from + 1).0) {
            ("from", Object::Org { end: end @ End::Listed(_), loose: false }) => Some(end),
            _ => None,
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
}

/// A participle of hiring.
fn is_taken(lower: &str) -> bool {
    const TAKEN: &[&str] =
        &["poached", "hired", "recruited", "lured", "snatched", "plucked", "pinched"];
    TAKEN.contains(&lower.split(' ').next().unwrap_or(""))
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
