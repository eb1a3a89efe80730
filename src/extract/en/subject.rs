//! The left side of a trigger: who moves, and what stands between.

use super::chunk::Item;
use super::class::Class;
use super::phrase::{Phrase, Reader};
use crate::extract::candidate::End;

/// What stands between the subject and its verb.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Between {
    pub(super) negated: bool,
    pub(super) modal: bool,
    pub(super) hedged: bool,
    /// "Could", "may": a rumour where it is told by people who know.
    pub(super) may: bool,
    /// "Would": after "said that he" the future of the past, no condition.
    pub(super) would: bool,
    /// A form of "be": a participle after it is passive.
    pub(super) be: bool,
    pub(super) have: bool,
    pub(super) had: bool,
    pub(super) to: bool,
    /// "Who left": background, unless it is leaving now.
    pub(super) relative: bool,
    pub(super) pronoun: bool,
    /// The pronoun is "it": a company.
    pub(super) it: bool,
    /// The pronoun is "they".
    pub(super) they: bool,
    /// The speaker moves, nobody is named.
    pub(super) first_person: bool,
}

/// The subject of a trigger.
#[derive(Debug, Clone, Default)]
pub(super) struct Subject {
    pub(super) phrase: Option<Phrase>,
    pub(super) between: Between,
    /// The verb shares the subject of the one before it.
    pub(super) shared: bool,
}

impl Reader<'_> {
    /// Finds the subject of the trigger at chunk `trigger`.
    pub(super) fn subject(&self, trigger: usize) -> Subject {
        let mut between = Between::default();
        if self.lower(trigger).starts_with("my ") {
            // "Ada Gray: 'Today is my last day at Gana'".
            let between = Between { pronoun: true, first_person: true, ..between };
            return Subject { phrase: self.quoted(trigger), between, shared: false };
        }
        let end = self.skip_auxiliaries(trigger, &mut between);
        if between.to && !between.pronoun && self.is_delighted(end) {
            let between = Between { pronoun: true, first_person: true, ..between };
            return Subject { phrase: self.quoted(trigger), between, shared: false };
        }
        if between.pronoun {
            // "I left Gana because ...", said years later: only what goes on is told as news.
            let lower = self.lower(trigger);
            let have = between.have || self.lower(trigger.wrapping_sub(1)) == "i've";
            let past = !have && (lower.ends_with("ed") || lower.ends_with("left"));
            let lately = |at: usize| {
                let lower = self.lower(at);
                matches!(lower, "today" | "yesterday" | "week")
                    || lower.ends_with("day") && lower.len() > 5
            };
            let today = past && (trigger + 1..trigger + 6).any(lately);
            let glad = past && (0..end).any(|at| self.is_delighted(at)) || today;
            let spoken = || {
                if between.first_person && (!past || glad) { self.quoted(trigger) } else { None }
            };
            let phrase = self.speaker(end).or_else(spoken);
            return Subject { phrase, between, shared: false };
        }
        if self.lower(end.wrapping_sub(1)) == "whom" {
            // "Two founders, both of whom are returning": those before the comma.
            return Subject { phrase: None, between, shared: true };
        }
        let shared =
            matches!(self.before(end).map(|chunk| chunk.item), Some(Item::And | Item::Comma))
                || end > 0 && self.pauses(end - 1) && self.is_finite(end, trigger);
        if self.with_others(end) {
            between.pronoun = true;
            return Subject { phrase: self.speaker(end), between, shared: false };
        }
        // "Ada Gray's return to Gana".
        if self.item(end.wrapping_sub(1)) == Some(Item::Poss)
            && end == trigger
            && end > 1
            && matches!(self.item(end - 2), Some(Item::Person { .. }))
            && ["return to", "move to", "jump to", "switch to"].contains(&self.lower(trigger))
        {
            return Subject { phrase: self.phrase_before(end - 1), between, shared: false };
        }
        // "Gana's Ada Gray in shock move to Dara", "completes her move to Dara".
        let noun = ["move to", "switch to", "jump to", "return to", "transfer to"];
        if end == trigger
            && noun.contains(&self.lower(trigger))
            && matches!(self.item(trigger + 1), Some(Item::Org { product: false, .. }))
            && self.item(trigger + 2) != Some(Item::Poss)
            && let Some(tie) = self.settled(end)
        {
            return Subject { phrase: self.phrase_before(tie), between, shared: false };
        }
        // "Gana's finance chief drives off to Dara".
        if self.lower(trigger) == "off to"
            && end == trigger
            && self.item(end.wrapping_sub(1)) == Some(Item::Word)
            && self.lower(end.wrapping_sub(1)).ends_with('s')
        {
            return Subject { phrase: self.phrase_before(end - 1), between, shared: false };
        }
        let list = if between.relative { None } else { self.list_up_to(end) };
        let phrase = self.phrase_up_to(end, between.relative);
        let many = |phrase: &Option<Phrase>| phrase.as_ref().map_or(0, |one| one.persons.len());
        let mut phrase = if many(&list) > many(&phrase) { list } else { phrase };
        if between.to
            && phrase.as_ref().is_none_or(|phrase| phrase.persons.is_empty())
            && let Some(named) = self.latest_is(end, trigger)
        {
            let org = phrase.and_then(|phrase| phrase.org);
            phrase = Some(Phrase { org: named.org.clone().or(org), ..named });
        }
        if between.to
            && let Some(phrase) = &mut phrase
            && phrase.persons.is_empty()
        {
            self.latest(phrase);
        }
        Subject { shared: shared && phrase.is_none(), phrase, between }
    }

    /// "Ada Gray's move to Dara": the one whose move it is.
    pub(super) fn owner_of_move(&self, trigger: usize, subject: &mut Subject) {
        let noun = matches!(self.lower(trigger), "move to" | "return to" | "jump to" | "switch to");
        let small = |at: &usize| {
            self.item(*at) == Some(Item::Word) && !self.words.is_function(self.lower(*at))
        };
        let left = (0..trigger).rev().take_while(small).last().unwrap_or(trigger);
        let owned =
            noun && left + 3 > trigger && self.before(left).is_some_and(|c| c.item == Item::Poss);
        let quarrel = |at: usize| self.words.is("dispute", self.lower(at));
        if owned && subject.phrase.is_none() && !(0..self.chunks.len()).any(quarrel) {
            let phrase = self.phrase_before(left.saturating_sub(1));
            subject.phrase = phrase.filter(|phrase| phrase.is_people() && !phrase.former);
        }
    }

    /// Up to three chunks before a noun: the word by which the move is a fact.
    fn settled(&self, noun: usize) -> Option<usize> {
        const SETTLED: &[&str] = &[
            "in",
            "completes",
            "completed",
            "makes",
            "made",
            "confirms",
            "confirmed",
            "announces",
            "announced",
            "seals",
            "sealed",
            "secures",
        ];
        (noun.saturating_sub(3)..noun).rev().find(|at| SETTLED.contains(&self.lower(*at)))
    }

    /// The phrase that ends at chunk `end`, an apposition included.
    pub(super) fn phrase_up_to(&self, end: usize, relative: bool) -> Option<Phrase> {
        match self.item(end.checked_sub(1)?)? {
            Item::Comma
                if relative
                    && end > 1
                    && matches!(self.item(end - 2), Some(Item::Person { .. }))
                    && matches!(
                        self.lower(end.saturating_sub(3)),
                        "succeeding"
                            | "succeeds"
                            | "succeed"
                            | "replacing"
                            | "replaces"
                            | "replace"
                    ) =>
            {
                self.phrase_before(end - 1)
            }
            Item::Comma => self
                .apposition(end - 1)
                .or_else(|| if relative { self.phrase_before(end - 1) } else { None }),
            Item::And => None,
            Item::Stop if self.is_dash(end - 1) => self.apposition(end - 1),
            _ => self.phrase_before(end),
        }
    }

    pub(super) fn is_dash(&self, index: usize) -> bool {
        self.item(index) == Some(Item::Stop) && matches!(self.lower(index), "-" | "—" | "–")
    }

    /// A semicolon or a dash: what follows may go on with the same subject.
    pub(super) fn pauses(&self, index: usize) -> bool {
        self.item(index) == Some(Item::Stop) && matches!(self.lower(index), ";" | "-" | "—" | "–")
    }

    /// "Will join", "joins", "to join": a verb that lacks its subject.
    fn is_finite(&self, start: usize, trigger: usize) -> bool {
        let first = self.lower(start);
        matches!(first, "will" | "to" | "has" | "is" | "plans" | "set")
            || start == trigger && first.split(' ').next().is_some_and(|verb| verb.ends_with('s'))
    }

    /// "Ada Gray, who led safety at Gana, is leaving": the comma at `comma` closes an apposition.
    fn apposition(&self, comma: usize) -> Option<Phrase> {
        let from = comma.saturating_sub(22);
        let dash = self.is_dash(comma);
        let opening = (from..comma).rev().filter(|at| {
            if dash { self.is_dash(*at) } else { self.item(*at) == Some(Item::Comma) }
        });
        for open in opening.take(3) {
            // "The founder's startup, Gana, is parting ways with ...".
            if let Some(Item::Org { company, product: false }) = self.item(open + 1)
                && open + 2 == comma
                && self.words.is("house", self.lower(open.wrapping_sub(1)))
            {
                let org = Some(End::Listed(company));
                return Some(Phrase {
                    org,
                    organisation: true,
                    first: open + 1,
                    end: comma,
                    ..Phrase::default()
                });
            }
            let Some(mut outer) = self.phrase_before(open) else {
                // "A third person, Ada Gray, is ...".
                let noun = matches!(self.lower(open.wrapping_sub(1)), "person" | "one" | "another");
                match self.phrase_before(comma).filter(|inner| noun && !inner.persons.is_empty()) {
                    Some(inner) => return Some(inner),
                    None => continue,
                }
            };
            if !outer.persons.is_empty() {
                self.enrich(&mut outer, open + 1, comma);
                return Some(outer);
            }
            let name = comma.checked_sub(1);
            if outer.role.is_some()
                && (matches!(self.item(open + 1), Some(Item::Person { .. }))
                    || self.titled(open + 1).is_some() && self.titled(open + 1) == name)
                && let Some(inner) = self.phrase_before(comma)
                && !inner.persons.is_empty()
            {
                outer.persons = inner.persons;
                outer.plural = false;
                return Some(outer);
            }
            if outer.role.is_some() || outer.organisation {
                return Some(outer);
            }
        }
        None
    }

    /// True where a trigger in its adjective form belongs to a phrase: "ousted Gana boss".
    pub(super) fn is_adjective(&self, index: usize, class: Class) -> bool {
        if class.is_noun() || !self.words.is("former", self.lower(index)) {
            return false;
        }
        let head = matches!(self.item(index + 1), Some(Item::Org { .. } | Item::Role { .. }));
        let before = self.before(index);
        let free = before.is_none_or(|chunk| {
            !matches!(chunk.item, Item::Org { .. } | Item::Person { .. } | Item::Role { .. })
                && !self.words.is("house", &chunk.lower)
                && !matches!(
                    chunk.lower.as_str(),
                    "has" | "have" | "had" | "was" | "is" | "be" | "been" | "were" | "being"
                )
        });
        let named = matches!(self.item(index + 1), Some(Item::Person { .. }))
            && before.is_none_or(|chunk| matches!(chunk.item, Item::Trigger(_) | Item::Stop));
        head && free || named
    }
}
