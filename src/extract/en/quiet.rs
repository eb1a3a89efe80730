//! Turns that look like a move and are none: figures, plans, what was prevented, disputes over a
//! hiring, what is told of old.

use super::chunk::Item;
use super::class::Class;
use super::judge::Facts;
use super::phrase::Reader;
use crate::model::Suppressed;

/// Returns why the turn of phrase in chunks `start..end` is no move.
pub(super) fn reason(
    reader: &Reader<'_>,
    facts: &Facts<'_>,
    (start, end): (usize, usize),
) -> Option<Suppressed> {
    let turn = Turn { reader, facts, start, end };
    if turn.is_proportion() || turn.is_share() || (facts.generic || facts.many) && facts.figures {
        return Some(Suppressed::Statistics);
    }
    if turn.is_plan()
        || turn.is_talk()
        || turn.is_undecided()
        || turn.is_urged()
        || turn.is_on_condition()
        || turn.is_wooed()
    {
        return Some(Suppressed::Hypothetical);
    }
    if turn.is_prevented() || turn.is_shrugged_off() {
        return Some(Suppressed::Negated);
    }
    if turn.is_reassigned()
        || turn.is_eased()
        || turn.is_kept()
        || turn.is_between_fields()
        || turn.is_interim()
        || turn.is_longtime()
        || turn.is_replacement()
    {
        return Some(Suppressed::Promotion);
    }
    if turn.is_award() || turn.is_nominee() {
        return Some(Suppressed::Organisation);
    }
    if turn.is_of_anybody() {
        return Some(Suppressed::Generic);
    }
    if turn.is_disputed()
        || turn.is_spoken_about()
        || turn.is_lost_contest()
        || turn.is_laden()
        || turn.is_story()
    {
        return Some(Suppressed::Historical);
    }
    if turn.opens_long_ago()
        || turn.is_looked_back_at()
        || turn.is_stage_of_life()
        || turn.is_recalled()
    {
        return Some(Suppressed::Recap);
    }
    let told = !facts.generic || facts.both_ends;
    (told && turn.is_of_others()).then_some(Suppressed::Unwatched)
}

/// A trigger in its clause.
pub(super) struct Turn<'a, 'r> {
    pub(super) reader: &'a Reader<'r>,
    pub(super) facts: &'a Facts<'r>,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Turn<'_, '_> {
    pub(super) fn lower(&self, at: usize) -> &str {
        self.reader.lower(at)
    }

    /// The word `back` chunks before the trigger.
    pub(super) fn before(&self, back: usize) -> &str {
        self.facts.index.checked_sub(back).map_or("", |at| self.reader.lower(at))
    }

    pub(super) fn number(&self, at: usize) -> Option<u32> {
        match self.reader.item(at)? {
            Item::Count(count) => Some(count),
            _ => self.reader.words.count(self.lower(at)),
        }
    }

    pub(super) fn is_progressive(&self) -> bool {
        self.facts.trigger.split(' ').next().is_some_and(|verb| verb.ends_with("ing"))
    }

    /// "Eleven of 14 authors are no longer there", "five of them ended up at Gana": a state.
    fn is_proportion(&self) -> bool {
        let facts = self.facts;
        let past = facts.between.have
            || ["no longer", "gone", "left", "ed "].iter().any(|end| facts.trigger.contains(end))
            || facts.trigger.ends_with("ed");
        // "Ten of 12 who founded it with Ada Gray have left": the name is not who left.
        let several = self.before(1) == "have" || facts.trigger.starts_with("are ");
        if facts.named && !several || facts.between.to || self.is_progressive() || !past {
            return false;
        }
        (self.start..facts.index).filter(|at| self.lower(*at) == "of").any(|of| {
            let Some(part) = of.checked_sub(1).and_then(|at| self.number(at)) else { return false };
            let whole = (of + 1..of + 5).find_map(|at| self.number(at));
            matches!(self.lower(of + 1), "them" | "those" | "whom")
                || whole.is_some_and(|whole| whole > 7 && part < whole && part * 2 >= whole)
        })
    }

    /// "To hire a country lead", "is hiring a head of policy": a post that nobody has yet.
    fn is_plan(&self) -> bool {
        let facts = self.facts;
        let ahead = facts.between.to
            || facts.trigger.starts_with("to ")
            || matches!(self.before(1), "to" | "will" | "would" | "and")
                && !facts.trigger.ends_with('s')
                && !facts.trigger.ends_with("ed");
        let chosen = |at: usize| {
            let word = self.lower(at);
            matches!(word, "former" | "ex" | "veteran" | "alum" | "alumnus" | "old" | "onetime")
                || word.starts_with("ex-")
                || self.reader.item(at) == Some(Item::Poss)
        };
        facts.class == Class::Hire
            && !facts.named
            && !facts.from
            && (ahead || self.is_progressive())
            && !(facts.index + 1..self.end.min(facts.index + 8)).any(chosen)
    }

    /// "Retirement talk", "talk of her leaving".
    fn is_talk(&self) -> bool {
        let index = self.facts.index;
        let follows = self.facts.class.is_noun()
            && matches!(
                self.lower(index + 1),
                "talk" | "rumours" | "rumors" | "rumour" | "rumor" | "speculation" | "chatter"
            );
        let told = |at: usize| {
            matches!(self.lower(at), "of" | "about")
                && matches!(
                    self.lower(at.wrapping_sub(1)),
                    "talk" | "rumours" | "rumors" | "speculation" | "prospect" | "idea" | "fears"
                )
        };
        follows || self.is_progressive() && (index.saturating_sub(4)..index).any(told)
    }

    /// "To stop him leaving for Gana", "keeps Ada Gray from joining", "was talked out of leaving".
    fn is_prevented(&self) -> bool {
        let index = self.facts.index;
        if !self.is_progressive() {
            return false;
        }
        if self.before(1) == "of" && self.before(2) == "out" {
            return true;
        }
        let from = self.before(1) == "from";
        let prevents = |at: &usize| match self.lower(*at) {
            "stop" | "stops" | "stopped" | "stopping" | "prevent" | "prevents" | "prevented"
            | "preventing" => true,
            "keep" | "keeps" | "kept" | "keeping" | "block" | "blocks" | "blocked" | "blocking"
            | "bar" | "bars" | "barred" | "ban" | "bans" | "banned" | "dissuade" | "dissuades"
            | "dissuaded" | "deter" | "deters" | "deterred" | "discourage" | "discourages"
            | "discouraged" | "forbids" | "forbade" => from,
            _ => false,
        };
        let border = |at: &usize| self.reader.item(*at) == Some(Item::Comma);
        let near = index.saturating_sub(8).max(self.start);
        let near = (near..index).rev().find(border).unwrap_or(near);
        let Some(verb) = (near..index).rev().find(prevents) else { return false };
        let failed = |at: usize| {
            matches!(
                self.lower(at),
                "nothing" | "failed" | "fails" | "couldn't" | "not" | "unable" | "didn't"
            )
        };
        !(verb.saturating_sub(3)..verb).any(failed)
    }

    /// "Steps back from the day-to-day work": still in the house.
    fn is_eased(&self) -> bool {
        let next = self.facts.index + 1;
        let daily = |at: usize| matches!(self.lower(at), "day-to-day" | "operational" | "active");
        // "Steps back to being an engineer", "to her old desk".
        let back = self.facts.trigger.ends_with("back")
            && (self.lower(next) == "into"
                || self.lower(next) == "to"
                    && matches!(self.lower(next + 1), "being" | "a" | "an" | "his" | "her"));
        self.facts.trigger.starts_with("step") && (back || (next..next + 2).any(daily))
    }

    /// "Watchdog opens probe into Gana's hiring of Dara staff".
    fn is_disputed(&self) -> bool {
        let facts = self.facts;
        let dispute = |at: usize| self.reader.words.is("dispute", self.lower(at));
        match facts.class {
            Class::Arrival => (self.start..facts.index).any(dispute),
            Class::Departure => (self.start..facts.index).any(|at| {
                let about = |at| dispute(at) || self.reader.words.is("contest", self.lower(at));
                matches!(self.lower(at), "over" | "into")
                    && (at.saturating_sub(3).max(self.start)..at).any(about)
            }),
            _ => false,
        }
    }

    /// "Removes Ada Gray as head of design, puts her in charge of training": still in the house.
    fn is_reassigned(&self) -> bool {
        let facts = self.facts;
        let verb = |at: usize| {
            matches!(
                self.lower(at),
                "puts" | "put" | "moves" | "moved" | "moving" | "transfers" | "shifts" | "assigns"
            ) && matches!(self.lower(at + 1), "him" | "her" | "them")
                || matches!(
                    self.lower(at),
                    "reassigned" | "reassigns" | "demoted" | "demotes" | "redeployed" | "sidelined"
                )
        };
        matches!(facts.class, Class::Fire | Class::PassiveFire)
            && (facts.index + 1..self.end).any(verb)
    }

    /// The list has something that stands between chunk `from`, or whoever goes, and the trigger.
    fn says(&self, list: &str, from: usize) -> bool {
        let from = self.facts.phrase_first.max(from).clamp(self.start, self.facts.index);
        let words: Vec<&str> = (from..self.facts.index).map(|at| self.lower(at)).collect();
        self.reader.words.any_phrase(list, &words.join(" "))
    }

    /// "Is tempted to leave"; not "once tempted by Gana, leaves".
    fn is_undecided(&self) -> bool {
        let comma = |at: &usize| self.reader.item(*at) == Some(Item::Comma);
        let from = (self.start..self.facts.index).rev().find(comma).unwrap_or(0);
        self.says("undecided", from)
    }

    /// "Remembers the day she left", "told a podcast that she left".
    fn is_looked_back_at(&self) -> bool {
        let between = &self.facts.between;
        let past = between.pronoun && !between.have && !between.be && !self.is_progressive();
        let told = |at: usize| {
            matches!(self.lower(at), "podcast" | "interview" | "memoir" | "book" | "documentary")
        };
        self.says("memory", 0) || past && !between.to && (self.start..self.facts.index).any(told)
    }

    /// "Opens up about leaving Gana", "is thinking about leaving", "sued for joining Dara".
    fn is_spoken_about(&self) -> bool {
        matches!(self.before(1), "about" | "for")
            && self.is_progressive()
            && !matches!(self.before(2), "excited" | "thrilled" | "happy" | "delighted")
    }

    /// "One year ago, Ada Gray left Gana".
    fn opens_long_ago(&self) -> bool {
        let first = self.facts.phrase_first;
        (self.start..first.min(self.start + 5)).any(|at| {
            self.lower(at) == "ago"
                && matches!(
                    self.lower(at.wrapping_sub(1)),
                    "year" | "years" | "months" | "decade" | "decades"
                )
        })
    }
}
