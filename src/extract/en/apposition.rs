//! What stands behind a name and tells who that is: "Ada Gray, the former research chief of Gana,".

use super::chunk::Item;
use super::object::Object;
use super::phrase::{Phrase, Reader};
use crate::extract::candidate::End;

impl Reader<'_> {
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
        // "Ada Gray, formerly of Gana".
        let past = past
            || matches!(self.lower(from), "formerly" | "previously" | "lately" | "late")
                && matches!(self.lower(from + 1), "of" | "at" | "with")
                && matches!(self.item(from + 2), Some(Item::Org { product: false, .. }));
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
    pub(super) fn new_clause_in(&self, from: usize, to: usize) -> bool {
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
                    let owner = self.unlisted_owner(index).filter(|(_, first)| *first == from);
                    phrase.org = owner.map(|(name, _)| End::Unlisted(self.text_of(name)));
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
    pub(super) fn taken_from(&self, index: usize) -> Option<End> {
        let from = index + usize::from(self.lower(index) == "away");
        match (self.lower(from), self.object(from + 1).0) {
            ("from", Object::Org { end: end @ End::Listed(_), loose: false }) => Some(end),
            _ => None,
        }
    }

    /// "Chief executive of Gana", "founder of Gana", but no "vice president of people".
    pub(super) fn heads_a_house(&self, phrase: &Phrase) -> bool {
        let role = phrase.role.map(|role| self.text_of(role).to_lowercase()).unwrap_or_default();
        let heads = ["ceo", "chief executive", "founder", "chair", "managing director", "owner"];
        heads.iter().any(|head| role.contains(head))
            || matches!(role.as_str(), "president" | "cto" | "cfo" | "coo" | "cpo" | "cmo")
            || role.starts_with("chief ") && role.ends_with(" officer")
    }

    /// "Who came over from Gana": where she was before her present post.
    pub(super) fn came_from(&self, index: usize) -> bool {
        let came = ["came", "moved", "arrived", "come", "hired", "poached", "recruited"];
        self.lower(index.wrapping_sub(1)) == "from"
            && (index.saturating_sub(4)..index).any(|at| came.contains(&self.lower(at)))
    }
}

/// A participle of hiring.
pub(super) fn is_taken(lower: &str) -> bool {
    const TAKEN: &[&str] =
        &["poached", "hired", "recruited", "lured", "snatched", "plucked", "pinched"];
    TAKEN.contains(&lower.split(' ').next().unwrap_or(""))
}
