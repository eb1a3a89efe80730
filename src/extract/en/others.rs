//! Turns in which no watched company is left or joined: the boards of others, travel, people of a
//! rival and of other trades.

use super::chunk::Item;
use super::class::Class;
use super::quiet::Turn;
use crate::model::Field;

impl Turn<'_, '_> {
    /// True where whoever goes leaves or joins something that has nothing to do with the companies
    /// that the sentence names.
    pub(super) fn is_of_others(&self) -> bool {
        self.leaves_another_board()
            || self.travels()
            || self.is_anothers()
            || self.is_of_another_trade()
            || self.is_of_a_rival()
            || self.is_hired_elsewhere()
            || self.is_outsider()
    }

    /// The company left stands behind the verb.
    pub(super) fn has_object(&self) -> bool {
        let org = |at: usize| matches!(self.reader.item(at), Some(Item::Org { .. }));
        (self.facts.index + 1..self.facts.index + 5).any(org)
    }

    fn is_leave(&self) -> bool {
        matches!(self.facts.class, Class::Leave | Class::Departure)
    }

    /// "The Gana chief leaves for China".
    fn travels(&self) -> bool {
        let at = self.facts.index + 2;
        let abroad = |at: usize| self.reader.words.is("abroad", self.lower(at));
        let body = |at: usize| {
            matches!(
                self.lower(at),
                "start-up"
                    | "startup"
                    | "rival"
                    | "firm"
                    | "company"
                    | "lab"
                    | "fund"
                    | "based"
                    | "think"
                    | "university"
                    | "think-tank"
            )
        };
        self.is_leave() && self.lower(at - 1) == "for" && abroad(at) && !(at + 1..at + 4).any(body)
    }

    /// "A rival's chief quits", "an investor's partner leaves his firm".
    fn is_anothers(&self) -> bool {
        let facts = self.facts;
        let from = facts.phrase_first.saturating_sub(3).max(self.start);
        let owner = |at: usize| {
            self.reader.item(at + 1) == Some(Item::Poss)
                && self.reader.words.is("relation", self.lower(at))
        };
        self.is_leave() && !self.has_object() && (from..facts.index).any(owner)
    }

    /// "Gana rival Zeta sees its chief leave", "Gana partner Zeta appoints a chief": Zeta's, not Gana's.
    fn is_of_a_rival(&self) -> bool {
        let facts = self.facts;
        let tied = |at: usize| {
            matches!(self.reader.item(at), Some(Item::Org { .. }))
                && matches!(
                    self.lower(at + 1),
                    "rival" | "competitor" | "challenger" | "partner" | "supplier" | "customer"
                )
                && matches!(self.reader.item(at + 2), Some(Item::Word | Item::Person { .. }))
                && !self.lower(at + 2).contains(' ')
                && self.reader.at(at + 2).is_some_and(|chunk| chunk.cap)
        };
        let open = match facts.class {
            Class::Hire => !facts.from,
            _ => self.is_leave() && !self.has_object(),
        };
        open && !self.reader.title_case && (self.start..facts.index).any(tied)
    }

    /// "Judge Ada Gray retires".
    fn is_of_another_trade(&self) -> bool {
        let facts = self.facts;
        let from = facts.phrase_first.saturating_sub(1).max(self.start);
        let org = |at: usize| matches!(self.reader.item(at), Some(Item::Org { .. }));
        let trade = |at: usize| self.reader.words.is("other_trade", self.lower(at));
        let near = from..facts.index.min(from + 3);
        self.is_leave()
            && !self.has_object()
            && near.clone().any(trade)
            && !near.into_iter().any(org)
    }

    /// "Law firm hires lawyer who beat Gana": the company only stands behind.
    fn is_hired_elsewhere(&self) -> bool {
        let facts = self.facts;
        let org = |at: usize| matches!(self.reader.item(at), Some(Item::Org { .. }));
        facts.class == Class::Hire
            && !facts.from
            && facts.field == Field::Title
            && self.reader.words.is("hired_house", self.before(1))
            && !(0..facts.index).any(org)
    }

    /// "The Gana chief is leaving the hospital's board", "to quit as chairman of a bank".
    fn leaves_another_board(&self) -> bool {
        let facts = self.facts;
        if !matches!(facts.class, Class::Leave | Class::Departure) || facts.to {
            return false;
        }
        let stop = |at: &usize| {
            matches!(
                self.reader.item(*at),
                None | Some(Item::Stop | Item::Comma | Item::Trigger(_))
            )
        };
        let first = facts.index + 1;
        let reach = (first..self.end.min(first + 10)).find(stop);
        let reach = reach.unwrap_or(self.end.min(first + 10));
        (first..reach).any(|at| match self.lower(at) {
            "board" | "boards" => self.is_foreign_board(at, first),
            "chair" | "chairman" | "chairwoman" | "chairperson" | "trustee" | "board member" => {
                matches!(self.lower(at + 1), "of" | "at") && self.is_foreign(at + 2)
            }
            _ => false,
        })
    }

    fn is_foreign_board(&self, board: usize, first: usize) -> bool {
        if matches!(self.lower(board + 1), "of" | "at") && self.lower(board + 2) != "directors" {
            return self.is_foreign(board + 2);
        }
        let poss = self.reader.item(board - 1) == Some(Item::Poss);
        let owner = board - 1 - usize::from(poss);
        if owner < first || self.reader.item(owner) != Some(Item::Word) {
            return false;
        }
        let word = self.lower(owner);
        let org = |at: usize| matches!(self.reader.item(at), Some(Item::Org { .. }));
        let other = (self.facts.phrase_first..self.facts.index).any(org);
        // "The Gana executive is leaving the start-up's board": hardly Gana's.
        let bare = !other
            && (owner == first
                || matches!(
                    self.lower(owner - 1),
                    "the" | "ai" | "its" | "from" | "tech" | "chip"
                ));
        let start_up = matches!(word, "start-up" | "startup");
        if poss {
            return !(is_house(word) || start_up && bare);
        }
        !self.reader.words.is_function(word)
            && !is_house(word)
            && !matches!(
                word,
                "advisory"
                    | "safety"
                    | "nonprofit"
                    | "non-profit"
                    | "executive"
                    | "supervisory"
                    | "management"
                    | "corporate"
                    | "oversight"
                    | "governing"
                    | "start-up"
                    | "startup"
                    | "old"
                    | "from"
                    | "its"
                    | "the"
            )
    }

    /// True where no company that is watched, nor the speaker's own, stands at `at`.
    fn is_foreign(&self, at: usize) -> bool {
        let skipped = |at: &usize| matches!(self.lower(*at), "the" | "a" | "an");
        let at = if skipped(&at) { at + 1 } else { at };
        let org = |at: usize| matches!(self.reader.item(at), Some(Item::Org { .. }));
        self.reader.item(at) == Some(Item::Word)
            && !(at..at + 4).any(org)
            && !self.reader.words.is_function(self.lower(at))
            && !is_house(self.lower(at))
            && !matches!(self.lower(at), "its" | "start-up" | "startup" | "ai" | "board")
    }
}

/// Words for the company that was named.
fn is_house(word: &str) -> bool {
    matches!(
        word,
        "company"
            | "firm"
            | "group"
            | "giant"
            | "chipmaker"
            | "lab"
            | "maker"
            | "parent"
            | "nonprofit"
            | "non-profit"
            | "organisation"
            | "organization"
    )
}
