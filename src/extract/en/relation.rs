//! A company told by its relation to another: "Gana rival Dara", "the Gana Chat maker".

use super::chunk::Item;
use super::object::Object;
use super::phrase::Reader;
use crate::extract::candidate::End;

impl Reader<'_> {
    /// The company named at `index`, or the one that is told by its relation to it.
    pub(super) fn company_at(&self, index: usize) -> (Object, usize) {
        let (Some(Item::Org { company, .. }), Some(chunk)) = (self.item(index), self.at(index))
        else {
            return (Object::Other, index + 1);
        };
        if let Some(second) = self.named_by_relation(index + 1) {
            return match self.item(second) {
                Some(Item::Org { product: false, .. }) => self.company_at(second),
                _ => self.unlisted(second),
            };
        }
        let loose = !self.follows_well(index + 1) || self.is_platform(chunk);
        let poss = matches!(self.item(index + 1), Some(Item::Poss));
        (Object::Org { end: End::Listed(company), loose }, index + 1 + usize::from(poss))
    }

    /// "Gana Chat maker": the company that makes the product named at `index`.
    pub(super) fn maker_at(&self, index: usize) -> (Object, usize) {
        let Some(Item::Org { company, .. }) = self.item(index) else {
            return (Object::Other, index + 1);
        };
        let loose = !self.follows_well(index + 2);
        (Object::Org { end: End::Listed(company), loose }, index + 2)
    }

    /// "Facebook parent Meta", "Gana's rival Dara": the second name is meant; where it stands.
    fn named_by_relation(&self, after: usize) -> Option<usize> {
        let mut at = after;
        if self.item(at) == Some(Item::Poss) {
            at += 1;
        }
        let modifier = |at: usize| {
            self.item(at) == Some(Item::Word)
                && self.words.is("object_adjective", self.lower(at))
                && !self.words.is("relation", self.lower(at))
        };
        while modifier(at) && at < after + 3 {
            at += 1;
        }
        if let Some(second) = self.named_behind_comma(after) {
            return Some(second);
        }
        if !self.words.is("relation", self.lower(at)) {
            return None;
        }
        let listed = matches!(self.item(at + 1), Some(Item::Org { product: false, .. }));
        let plain = !self.title_case && self.names_company(at + 1);
        (listed || plain).then_some(at + 1)
    }

    /// "Gana's robotaxi company, Dara": the name behind the comma.
    fn named_behind_comma(&self, poss: usize) -> Option<usize> {
        if self.item(poss) != Some(Item::Poss) {
            return None;
        }
        let plain = |at: &usize| {
            self.item(*at) == Some(Item::Word) && self.at(*at).is_some_and(|chunk| !chunk.cap)
        };
        let last = (poss + 1..poss + 6).take_while(plain).last()?;
        let named = matches!(self.item(last + 2), Some(Item::Org { product: false, .. }))
            && self.item(last + 1) == Some(Item::Comma);
        (named && self.words.is("house", self.lower(last))).then_some(last + 2)
    }

    /// Behind "its": the chunk after "Frontier Labs team".
    pub(super) fn own_team(&self, start: usize) -> Option<usize> {
        let body = ["team", "lab", "labs", "unit", "group", "division", "board", "effort"];
        let name = |at: &usize| matches!(self.item(*at), Some(Item::Word | Item::Role { .. }));
        (start..start + 6)
            .take_while(name)
            .find(|at| body.contains(&self.lower(*at)))
            .map(|at| at + 1)
    }
}
