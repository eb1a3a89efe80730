//! Leavings that are told beside something else: a past with a fortune, the opening of a story, a
//! new post in the same house.

use super::chunk::Item;
use super::class::Class;
use super::dated;
use super::left::is_lately;
use super::quiet::Turn;
use crate::model::Field;

/// Words behind a second verb that are read for what it is.
const REACH: usize = 7;

impl Turn<'_, '_> {
    /// "Left", "quit", "joined" without an auxiliary.
    fn is_simple_past(&self) -> bool {
        let between = &self.facts.between;
        let past = dated::is_simple_past(self.facts.trigger);
        past && !between.have && !between.had && !between.be && !between.to && !between.modal
    }

    fn is_fresh(&self) -> bool {
        let near = self.facts.index + 1..self.end.min(self.facts.index + 9);
        near.into_iter().any(|at| is_lately(self.reader, at))
    }

    /// "Left Gana with $300m", "left Gana with a grudge": what somebody took along tells of a past.
    pub(super) fn is_laden(&self) -> bool {
        let next = self.facts.index + 1;
        let house = matches!(self.reader.item(next), Some(Item::Org { .. }));
        let thing = matches!(
            self.lower(next + 2),
            "a" | "an"
                | "nothing"
                | "little"
                | "no"
                | "only"
                | "more"
                | "his"
                | "her"
                | "enough"
                | "some"
        ) || self.lower(next + 2).starts_with(['$', '€', '£']);
        let people = (next + 2..next + 7).any(|at| {
            matches!(self.reader.item(at), Some(Item::Person { .. } | Item::Role { .. }))
        });
        let counted = matches!(self.reader.item(next + 2), Some(Item::Count(_)))
            || self.lower(next + 2).starts_with(|ch: char| ch.is_ascii_digit());
        let heart =
            (next + 3..next + 6).any(|at| matches!(self.lower(at), "heart" | "effect" | "notice"));
        self.facts.class == Class::Leave
            && self.is_simple_past()
            && house
            && self.lower(next + 1) == "with"
            && (thing || counted)
            && !people
            && !heart
            && !self.is_fresh()
    }

    /// "He left Gana at the top. Then ...", "We quit Gana to sail": a title that opens with a
    /// pronoun and the past opens a story.
    pub(super) fn is_story(&self) -> bool {
        let facts = self.facts;
        // "Ada Gray left Gana. Here is what she has to say".
        let told = facts.opens && self.lower(facts.index.wrapping_sub(1)) != "just";
        let opens = facts.named && told && facts.class == Class::Leave;
        if facts.field == Field::Title
            && opens
            && self.is_simple_past()
            && !facts.to
            && !self.is_fresh()
        {
            return true;
        }
        facts.field == Field::Title
            && facts.between.pronoun
            && matches!(self.lower(0), "he" | "she" | "they" | "we")
            && facts.index < 4
            && self.is_simple_past()
            && !self.is_fresh()
    }

    /// "Will leave the finance post and go on leading the real estate": still in the house.
    pub(super) fn is_kept(&self) -> bool {
        let facts = self.facts;
        if !matches!(facts.class, Class::Leave | Class::Departure) {
            return false;
        }
        let first = |at: usize| self.lower(at).split(' ').next().unwrap_or("");
        let stays = |at: usize| match first(at) {
            "remain" | "remains" | "remaining" | "stay" | "stays" | "staying" | "serve"
            | "serving" | "continue" | "continues" | "continuing" => true,
            "go" | "goes" | "going" | "carry" => self.lower(at + 1) == "on",
            _ => false,
        };
        // "But the company will continue to pay": another does.
        let joins = |at: usize| matches!(self.lower(at), "and" | "but" | "then" | "yet" | ",");
        let glue = |at: usize| {
            let modal = matches!(self.lower(at), "will" | "would" | "instead" | "to" | "then");
            joins(at) || modal && joins(at.wrapping_sub(1))
        };
        let Some(verb) = (facts.index + 1..self.end).find(|at| stays(*at) && glue(at - 1)) else {
            return false;
        };
        // Another may stay, or she in another house.
        let other = (facts.index + 1..verb)
            .any(|at| matches!(self.reader.item(at), Some(Item::Person { .. } | Item::Trigger(_))));
        let outside = |at: usize| {
            let word = self.lower(at);
            [
                "advis",
                "consult",
                "chair",
                "board",
                "director",
                "academ",
                "universit",
                "until",
                "through",
                "elsewhere",
            ]
            .iter()
            .any(|stem| word.starts_with(stem))
                || matches!(self.reader.item(at), Some(Item::Org { .. }))
        };
        let with = (verb + 1..self.end.min(verb + 3))
            .any(|at| matches!(self.lower(at), "with" | "at" | "in"));
        !other && (with || !(verb + 1..self.end.min(verb + REACH)).any(outside))
    }

    /// "Moves from search to maps": both in the same house.
    pub(super) fn is_between_fields(&self) -> bool {
        let facts = self.facts;
        let from = match facts.trigger.rsplit(' ').next() {
            Some("from") => facts.index,
            _ if self.lower(facts.index + 1) == "from" => facts.index + 1,
            _ => return false,
        };
        let field = |at: usize| {
            self.reader.at(at).is_some_and(|chunk| {
                chunk.item == Item::Word
                    && !chunk.cap
                    && !self.reader.words.is_function(&chunk.lower)
                    && !self.reader.words.is("house", &chunk.lower)
            })
        };
        facts.trigger.starts_with("mov")
            && field(from + 1)
            && (from + 2..from + 4).any(|at| self.lower(at) == "to" && field(at + 1))
    }

    /// "Gana hired employees of Dara": whom, and how many, nobody says.
    pub(super) fn is_of_anybody(&self) -> bool {
        let facts = self.facts;
        let anybody = |at: usize| {
            matches!(
                self.lower(at),
                "employees" | "staff" | "staffers" | "workers" | "people" | "talent" | "personnel"
            )
        };
        let counted = (facts.index + 1..self.end)
            .any(|at| matches!(self.reader.item(at), Some(Item::Count(_))));
        let first = self.facts.trigger.split(' ').next().unwrap_or("");
        facts.generic
            && facts.class == Class::Hire
            && matches!(first, "hired" | "recruited" | "employed")
            && !counted
            && (facts.index + 1..self.end.min(facts.index + 4)).any(anybody)
    }

    /// "An acting chief is named": somebody of the house, until further notice.
    pub(super) fn is_interim(&self) -> bool {
        let facts = self.facts;
        let acting = |at: usize| matches!(self.lower(at), "acting" | "interim" | "caretaker");
        let from = facts.phrase_first.saturating_sub(1).max(self.start);
        !facts.named
            && !facts.from
            && matches!(facts.class, Class::Passive | Class::Hire | Class::Join | Class::Become)
            && (from..self.end.min(facts.index + 5)).any(acting)
    }

    /// "Has named Ada Gray as his replacement": one of the house, most often.
    pub(super) fn is_replacement(&self) -> bool {
        let facts = self.facts;
        facts.class == Class::Hire
            && !facts.from
            && (facts.index + 1..self.end).any(|at| {
                matches!(self.lower(at), "his" | "her" | "their" | "the" | "a")
                    && matches!(self.lower(at + 1), "replacement" | "successor")
                    && self.lower(at.wrapping_sub(1)) == "as"
            })
    }

    /// "Is wooing Gana's chip lead": whoever is wooed has not come yet.
    pub(super) fn is_wooed(&self) -> bool {
        let verb = self.facts.trigger.split(' ').next().unwrap_or("");
        self.facts.between.be
            && self.facts.class == Class::Hire
            && matches!(
                verb,
                "wooing"
                    | "courting"
                    | "chasing"
                    | "pursuing"
                    | "circling"
                    | "tempting"
                    | "targeting"
                    | "eyeing"
            )
    }

    /// "Appoints longtime engineer as technology chief": one of the house.
    pub(super) fn is_longtime(&self) -> bool {
        let facts = self.facts;
        let verb = facts.trigger.split(' ').next().unwrap_or("");
        let own = |at: usize| {
            matches!(
                self.lower(at),
                "longtime" | "long-time" | "insider" | "in-house" | "internal" | "incumbent"
            )
        };
        facts.class == Class::Hire
            && !facts.from
            && ["appoint", "nam", "pick", "tap", "select", "choos", "mak"]
                .iter()
                .any(|stem| verb.starts_with(stem))
            && (facts.index + 1..self.end.min(facts.index + 4)).any(own)
    }
}
