//! Where the right side of a trigger goes on, and where another story begins.

use super::chunk::Item;
use super::class::Class;
use super::phrase::Reader;

impl Reader<'_> {
    /// "To lead", "and head": the verb at `index` begins what is done next.
    pub(super) fn takes_up(&self, index: usize, start: usize) -> bool {
        // "Leaves to write code at Gana", but not "quits to protest a deal with Gana".
        let other = [
            "protest", "avoid", "escape", "spend", "take", "make", "start", "found", "join",
            "rejoin", "launch", "build", "create", "form",
        ];
        if self.item(index) == Some(Item::Word)
            && self.lower(index.wrapping_sub(1)) == "to"
            && index <= start + 3
            && (!self.words.is_function(self.lower(index)) || self.lower(index) == "be")
            && (self.title_case || self.at(index).is_some_and(|chunk| !chunk.cap))
            && !other.contains(&self.lower(index))
        {
            return true;
        }
        let does = matches!(
            self.lower(index),
            "lead"
                | "head"
                | "run"
                | "work"
                | "oversee"
                | "co-lead"
                | "manage"
                | "serve"
                | "spearhead"
        );
        does && (self.lower(index.wrapping_sub(1)) == "to"
            || self.item(index.wrapping_sub(1)) == Some(Item::And))
    }

    /// "... and Bo Field from Dara", "... and Bo Field to Dara".
    pub(super) fn has_own_end(&self, index: usize) -> bool {
        matches!(self.item(index), Some(Item::Person { .. }))
            && matches!(self.lower(index + 1), "to" | "for" | "from")
            && matches!(self.item(index + 2), Some(Item::Org { product: false, .. }))
    }

    /// "... and Bo Field is joining Dara": somebody else's move.
    pub(super) fn new_subject(&self, index: usize) -> bool {
        let person = matches!(self.item(index), Some(Item::Person { .. }));
        person
            && (self.words.is("auxiliary", self.lower(index + 1))
                || matches!(self.item(index + 1), Some(Item::Trigger(_))))
    }

    /// "... as Ada Gray heads to Dara": a clause of its own.
    pub(super) fn opens_clause(&self, start: usize) -> bool {
        let part = |at: &usize| {
            matches!(
                self.item(*at),
                Some(Item::Person { .. } | Item::Role { .. } | Item::Org { .. } | Item::Poss)
            ) || self.item(*at) == Some(Item::Word)
                && !self.words.is_function(self.lower(*at))
                && !self.words.is("auxiliary", self.lower(*at))
        };
        let Some(last) = (start..start + 7).take_while(part).last() else { return false };
        let finite = |lower: &str| lower.split(' ').next().is_some_and(|verb| verb.ends_with('s'));
        matches!(self.item(last + 1), Some(Item::Trigger(_)))
            && finite(self.lower(last + 1))
            && matches!(self.item(last), Some(Item::Person { .. } | Item::Role { .. }))
    }

    /// "Gana CTO", "Gana's first CTO", "Gana superintelligence chief": a role follows the company.
    pub(super) fn leads_to_role(&self, index: usize) -> bool {
        let mut at = index;
        while at < index + 4
            && self.item(at) == Some(Item::Word)
            && !self.words.is_function(self.lower(at))
        {
            at += 1;
        }
        matches!(self.item(at), Some(Item::Role { .. })) || self.item(index) == Some(Item::Poss)
    }

    /// After a comma the tail goes on with "joining B", "to lead ...", "as ...".
    pub(super) fn goes_on(&self, index: usize, classes: &dyn Fn(u16) -> Class) -> bool {
        match self.item(index) {
            Some(Item::Trigger(trigger)) => {
                // "Quits, joins Dara"; of "who quit Gana, joins Dara" the main clause goes on.
                matches!(classes(trigger), Class::Join)
                    && (self.lower(index).contains("ing")
                        || !self.lower(index).ends_with("ed")
                            && !(index.saturating_sub(12)..index).any(|at| self.lower(at) == "who"))
                    || classes(trigger) == Class::Hire && self.lower(index + 1) == "from"
            }
            Some(Item::Word) => {
                matches!(self.lower(index), "to" | "heading" | "as")
                    || matches!(self.lower(index), "reported" | "reportedly" | "set" | "will")
                        && self.joins_soon(index + 1, classes)
                    || self.lower(index) == "this" && self.lower(index + 1) == "time"
            }
            _ => false,
        }
    }

    /// ", reportedly joining Gana", ", set to join Gana".
    pub(super) fn joins_soon(&self, start: usize, classes: &dyn Fn(u16) -> Class) -> bool {
        let small = |at: &usize| self.words.is("auxiliary", self.lower(*at));
        let at = (start..start + 3).find(|at| !small(at)).unwrap_or(start);
        matches!(self.item(at), Some(Item::Trigger(trigger)) if classes(trigger) == Class::Join)
    }
}
