//! Turns that name the going of somebody and tell none: shares of many, demands, what was lost in
//! court, stages of a life.

use super::chunk::Item;
use super::class::Class;
use super::dated::is_simple_past;
use super::quiet::Turn;

impl Turn<'_, '_> {
    /// "One in five Gana researchers quits"; not "one leaves in five days".
    pub(super) fn is_share(&self) -> bool {
        let time = |word: &str| {
            ["day", "week", "month", "year", "hour", "minute"].iter().any(|it| word.starts_with(it))
        };
        let some = |at: usize| self.lower(at) == "one" || self.number(at).is_some();
        let share = |at: usize| {
            self.lower(at) == "in"
                && self.number(at + 1).is_some_and(|whole| (3..101).contains(&whole))
                && !time(self.lower(at + 2))
                && (at.saturating_sub(3).max(self.start)..at).any(some)
        };
        !self.facts.named && (self.start..self.facts.index).any(share)
    }

    /// "Investors urge her to quit", "calls grow for its chief to step down".
    pub(super) fn is_urged(&self) -> bool {
        let facts = self.facts;
        let words: Vec<&str> = (self.start..facts.index).map(|at| self.lower(at)).collect();
        let asked = self.reader.words.any_phrase("urging", &words.join(" "));
        asked
            && (facts.between.to || self.before(1).ends_with(" to"))
            && matches!(facts.class, Class::Leave | Class::Departure | Class::Join)
    }

    /// "Loses appeal over a Gana engineer's severance".
    pub(super) fn is_lost_contest(&self) -> bool {
        let index = self.facts.index;
        let lost = self.facts.trigger.starts_with("los");
        let contest = |at: usize| self.reader.words.is("contest", self.lower(at));
        lost && (index + 1..index + 3).any(contest)
    }

    /// "She joined Gana at 25": the story of a life.
    pub(super) fn is_stage_of_life(&self) -> bool {
        let between = &self.facts.between;
        let age = |at: usize| self.number(at).is_some_and(|age| (14..95).contains(&age));
        let ends = |at: usize| {
            matches!(self.reader.item(at), None | Some(Item::Comma | Item::Stop))
                || self.lower(at) == "and"
        };
        let aged = |at: usize| self.lower(at) == "at" && age(at + 1) && ends(at + 2);
        let told = |from: usize| (from..self.end).filter(|at| aged(*at)).count();
        // Where two ages stand, the second may go without its pronoun.
        let subject = between.pronoun && told(self.facts.index + 1) > 0;
        !between.have && !between.be && (subject || told(self.start) > 1)
    }

    /// "Would retire only once it is done": somebody says when, and stays.
    pub(super) fn is_on_condition(&self) -> bool {
        let words = |at: usize| (self.lower(at), self.lower(at + 1));
        let index = self.facts.index;
        (index + 1..index + 3)
            .any(|at| matches!(words(at), ("only", "once" | "if" | "when") | ("on", "condition")))
    }

    /// "Recalls the night Gana hired away Dara's leaders": told of old.
    pub(super) fn is_recalled(&self) -> bool {
        let facts = self.facts;
        let recalls = |at: usize| {
            matches!(
                self.lower(at),
                "recalls" | "recalled" | "remembers" | "recounts" | "recounted" | "reminisces"
            )
        };
        is_simple_past(facts.trigger) && (self.start..facts.index).any(recalls)
    }

    /// "Laughs off talk that he is stepping down".
    pub(super) fn is_shrugged_off(&self) -> bool {
        let talk = |at: usize| {
            matches!(
                self.lower(at),
                "report"
                    | "reports"
                    | "rumour"
                    | "rumours"
                    | "rumor"
                    | "rumors"
                    | "talk"
                    | "claims"
                    | "speculation"
                    | "suggestions"
            )
        };
        // "Laughs off her age as she joins Gana" tells a move.
        let aside = self.is_progressive() || self.facts.class.is_noun() || self.facts.between.to;
        if !aside && !(0..self.end).any(talk) {
            return false;
        }
        let told = |from: usize, to: usize| {
            let words: Vec<&str> = (from..to).map(|at| self.lower(at)).collect();
            self.reader.words.any_phrase("shrug", &words.join(" "))
        };
        let past = |at: &usize| matches!(self.lower(*at), "after" | "despite" | "had" | "months");
        let behind = (self.facts.index..self.end).find(past).unwrap_or(self.end);
        told(0, self.facts.index) && !(0..self.facts.index).any(|at| past(&at))
            || told(self.facts.index, behind)
    }
}
