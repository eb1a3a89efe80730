//! Who is meant where the subject stands elsewhere: the speaker, the one described, the latest.

use super::chunk::Item;
use super::phrase::{Phrase, Reader};
use super::subject::Between;

impl Reader<'_> {
    /// "Ada Gray is in talks with investors, plans to leave": the person who opens the clause.
    pub(super) fn clause_lead(&self, trigger: usize) -> Option<Phrase> {
        let stop = |at: &usize| self.item(*at) == Some(Item::Stop);
        let start = (0..trigger).rev().find(stop).map_or(0, |at| at + 1);
        let phrase = self.titled_name(start)?;
        let next = self.lower(phrase.end);
        // "Ada Gray took the blame and resigned".
        let went_on = self.item(trigger.wrapping_sub(1)) == Some(Item::And)
            && (phrase.end..trigger - 1)
                .all(|at| matches!(self.item(at), Some(Item::Word | Item::Role { .. })));
        let verb = went_on
            || self.words.is("auxiliary", next)
            || self.words.is("say", next)
            || self.item(phrase.end) == Some(Item::Comma);
        (verb && phrase.end < trigger).then_some(phrase)
    }

    /// "The 29-year-old has joined".
    pub(super) fn by_age(&self, trigger: usize) -> bool {
        let end = self.skip_auxiliaries(trigger, &mut Between::default());
        self.before(end).is_some_and(|chunk| chunk.lower.ends_with("-year-old"))
    }

    /// "Ada Gray is the latest Gana engineer to leave": who the one described is.
    pub(super) fn latest(&self, phrase: &mut Phrase) {
        let small = |lower: &str| {
            matches!(
                lower,
                "the"
                    | "latest"
                    | "among"
                    | "of"
                    | "one"
                    | "yet"
                    | "another"
                    | "a"
                    | "an"
                    | "newest"
                    | "last"
                    | "as"
                    | "two"
                    | "three"
                    | "four"
            )
        };
        let mut at = phrase.first;
        while at > 0
            && (small(self.lower(at - 1)) || matches!(self.item(at - 1), Some(Item::Count(_))))
        {
            at -= 1;
        }
        let copula = at > 0
            && matches!(
                self.lower(at - 1),
                "is" | "are" | "was" | "were" | "becomes" | "become" | "became" | "becoming"
            );
        // "Ada Gray latest Gana founder to leave".
        let bare = (at..=phrase.first).any(|at| self.lower(at) == "latest")
            && matches!(self.item(at.wrapping_sub(1)), Some(Item::Person { .. }));
        if (copula || bare)
            && let Some(named) = self.phrase_before(if bare { at } else { at - 1 })
            && !named.persons.is_empty()
        {
            phrase.persons = named.persons;
            phrase.plural = false;
            phrase.first = named.first;
        }
    }

    /// "The latest person to leave is Ada Gray": the one behind the verb.
    pub(super) fn latest_is(&self, end: usize, trigger: usize) -> Option<Phrase> {
        const RANKS: &[&str] =
            &["latest", "last", "newest", "first", "second", "third", "fourth", "fifth", "next"];
        let ranked = (end.saturating_sub(5)..end).any(|at| RANKS.contains(&self.lower(at)));
        let stop = |at: &usize| !matches!(self.item(*at), None | Some(Item::Stop | Item::Comma));
        let is = (trigger + 1..trigger + 8)
            .take_while(stop)
            .find(|at| matches!(self.lower(*at), "is" | "was" | "are" | "were"))?;
        self.phrase_after(is + 1).filter(|phrase| ranked && !phrase.persons.is_empty())
    }

    /// "'I am leaving Gana,' Ada Gray said", "Ada Gray: 'I am leaving Gana'": the one who speaks.
    pub(super) fn quoted(&self, trigger: usize) -> Option<Phrase> {
        let opening = (0..trigger.min(8)).find(|at| self.lower(*at) == ":");
        if let Some(colon) = opening
            && let said = usize::from(self.words.is("say", self.lower(colon.wrapping_sub(1))))
            && let Some(phrase) = self.phrase_before(colon - said)
            && (!phrase.persons.is_empty()
                || phrase.role.is_some() && phrase.org.is_some() && !phrase.plural)
            && matches!(self.item(colon + 1), Some(Item::Quote | Item::Word | Item::Trigger(_)))
        {
            return Some(phrase);
        }
        let reach = trigger..self.chunks.len().min(trigger + 16);
        let says = |at: usize| self.words.is("say", self.lower(at));
        // "Today is my last day at Gana, says Ada Gray".
        let bare = |at: &usize| {
            self.item(*at) == Some(Item::Comma) && says(at + 1) && self.titled(at + 2).is_some()
        };
        if let Some(phrase) = self.signed(trigger) {
            return Some(phrase);
        }
        let close = reach
            .clone()
            .find(|at| self.item(*at) == Some(Item::Quote))
            .or_else(|| reach.clone().find(bare))?;
        let after = (close + 1..close + 3).find(|at| self.item(*at) != Some(Item::Comma))?;
        let phrase =
            if says(after) { self.phrase_after(after + 1) } else { self.phrase_after(after) }?;
        let ends = phrase.end + usize::from(self.item(phrase.end) == Some(Item::Comma));
        (!phrase.persons.is_empty() && (says(after) || says(phrase.end) || says(ends)))
            .then_some(phrase)
    }

    /// "'I am leaving Gana': Ada Gray on her next step", "...: Ada Gray's farewell note".
    fn signed(&self, trigger: usize) -> Option<Phrase> {
        const NOTES: &[&str] = &[
            "farewell",
            "goodbye",
            "resignation",
            "note",
            "letter",
            "memo",
            "post",
            "message",
            "announcement",
            "parting",
        ];
        let reach = trigger + 1..self.chunks.len().min(trigger + 12);
        let colon = reach.into_iter().find(|at| self.item(*at) == Some(Item::Stop))?;
        if !matches!(self.lower(colon), ":" | "-" | "—" | "–") {
            return None;
        }
        let person = |at: &usize| matches!(self.item(*at), Some(Item::Person { .. }));
        let name = (colon + 1..colon + 8).find(person)?;
        let phrase = self.phrase_before(name + 1).filter(|phrase| phrase.first == colon + 1)?;
        let signs = match self.item(name + 1) {
            None => true,
            Some(Item::Poss) => (name + 2..name + 5).any(|at| NOTES.contains(&self.lower(at))),
            _ => matches!(self.lower(name + 1), "on" | "in"),
        };
        signs.then_some(phrase)
    }

    /// "Gana said on Monday that it has hired ...": the company that says so.
    pub(super) fn house_that_says(&self, verb: usize) -> Option<Phrase> {
        let from = verb.saturating_sub(10);
        let says = |at: &usize| self.words.is("say", self.lower(*at));
        let stop = |at: &usize| self.item(*at) == Some(Item::Stop);
        let near = (from..verb).rev().take_while(|at| !stop(at));
        let said = near.into_iter().find(says)?;
        self.phrase_up_to(said, false).filter(|phrase| phrase.organisation && phrase.org.is_some())
    }

    /// "Ada Gray announced on X that she is leaving": walks left to the one who speaks.
    pub(super) fn speaker(&self, end: usize) -> Option<Phrase> {
        let mut found = None;
        for index in (end.saturating_sub(12)..end).rev() {
            let Some(chunk) = self.at(index) else { break };
            match chunk.item {
                Item::Stop => break,
                Item::Person { .. } => {
                    found = found.or_else(|| self.phrase_before(index + 1));
                }
                Item::Word if self.words.is("say", &chunk.lower) => {
                    let verb = self.skip_auxiliaries(index, &mut Between::default());
                    let speaker = self.phrase_up_to(verb, false);
                    if speaker.as_ref().is_some_and(Phrase::is_people) {
                        return speaker;
                    }
                }
                _ => {}
            }
        }
        found
    }
}
