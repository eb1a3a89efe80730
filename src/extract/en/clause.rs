//! Who does what the verb says where the subject stands at the beginning of the clause, with other
//! verbs or a relative clause between.

use super::chunk::Item;
use super::class::Class;
use super::phrase::{Named, Phrase, Reader};
use crate::extract::candidate::End;
use crate::extract::text::Span;

/// Small words at most before the company that opens a clause.
const LEAD_IN: usize = 4;

/// Words that end in "ly" and are no adverbs.
const NO_ADVERBS: &[&str] = &["family", "early", "supply", "reply", "rally", "italy", "july"];

impl Reader<'_> {
    /// "Gana raises $90m, hires Ada Gray", "Gana, which grew fast, has hired Ada Gray": the company
    /// that opens the clause of the verb at `verb`.
    pub(super) fn clause_house(&self, verb: usize) -> Option<End> {
        let end = self.verb_start(verb);
        let before = self.before(end)?;
        let ing = self.lower(verb).split(' ').next().is_some_and(|word| word.ends_with("ing"));
        let joined = matches!(before.item, Item::Comma | Item::And)
            || before.lower == "but"
            || ing && matches!(before.lower.as_str(), "by" | "with");
        if !joined {
            return None;
        }
        let stop = |at: &usize| self.item(*at) == Some(Item::Stop);
        let start = (0..end).rev().find(stop).map_or(0, |at| at + 1);
        let small = |at: &usize| {
            self.at(*at).is_some_and(|chunk| {
                chunk.item == Item::Word
                    && (chunk.lower == "the" || !self.words.is_function(&chunk.lower))
            })
        };
        let first = (start..start + LEAD_IN).take_while(small).last().map_or(start, |at| at + 1);
        let Some(Item::Org { company, product: false }) = self.item(first) else { return None };
        let acts = match self.item(first + 1)? {
            Item::Comma | Item::Trigger(_) => true,
            Item::Word => !self.words.is("relation", self.lower(first + 1)),
            _ => false,
        };
        let tried = [
            "talks",
            "considered",
            "considering",
            "tried",
            "sought",
            "attempted",
            "discussed",
            "weighed",
            "failed",
            "wanted",
            "hoped",
            "offered",
        ];
        if (first + 1..end).any(|at| tried.contains(&self.lower(at))) {
            return None;
        }
        let other = (first + 1..end).any(|at| {
            matches!(
                self.item(at),
                Some(Item::Person { .. } | Item::Role { .. } | Item::Org { .. })
            ) && self.is_verb(at + 1)
        });
        (acts && !other).then_some(End::Listed(company))
    }

    /// "Ada Gray gets $9m to join Gana": the person who opens the clause of an infinitive.
    pub(super) fn infinitive_lead(&self, verb: usize) -> Option<Phrase> {
        let stop = |at: &usize| self.item(*at) == Some(Item::Stop);
        let start = (0..verb).rev().find(stop).map_or(0, |at| at + 1);
        let human = |at: &usize| {
            matches!(self.item(*at), Some(Item::Person { .. } | Item::Role { plural: false }))
        };
        let first = (start..verb).find(human)?;
        let last = (first..verb).take_while(human).last()?;
        let phrase = self.phrase_before(last + 1)?;
        let between: Vec<&str> = (last + 1..verb).map(|at| self.lower(at)).collect();
        let open = phrase.first <= start + 1
            && !matches!(self.item(last + 1), Some(Item::Poss | Item::Comma | Item::And))
            && !(last + 1..verb).any(|at| {
                matches!(
                    self.item(at),
                    Some(
                        Item::Person { .. }
                            | Item::Org { .. }
                            | Item::Role { .. }
                            | Item::Trigger(_)
                    )
                )
            });
        let between = between.join(" ");
        let doubt = ["hypothetical", "negation", "hedge", "say"]
            .iter()
            .any(|list| self.words.any_phrase(list, &between));
        (open && !doubt).then_some(phrase)
    }

    /// Where the verb at `verb` begins with its auxiliaries and adverbs.
    fn verb_start(&self, verb: usize) -> usize {
        let small = |at: &usize| {
            let lower = self.lower(*at);
            self.item(*at) == Some(Item::Word)
                && (self.words.is("auxiliary", lower) || is_adverb(lower))
        };
        (0..verb).rev().take_while(small).last().unwrap_or(verb)
    }

    /// "Another safety researcher departs: Ada Gray": the name that ends the sentence.
    pub(super) fn named_behind(&self, trigger: usize) -> Option<Named> {
        let near = trigger + 1..trigger + 10;
        let colon = near.into_iter().find(|at| self.item(*at) == Some(Item::Stop))?;
        let ends = matches!(self.item(colon + 2), None | Some(Item::Stop));
        match self.item(colon + 1)? {
            Item::Person { sure } if ends && self.lower(colon) == ":" => {
                Some(Named::here(self.at(colon + 1)?.span, sure))
            }
            _ => None,
        }
    }

    /// "Only two of eleven founders left": those who remain.
    pub(super) fn remain(&self, phrase: &Phrase, trigger: usize) -> bool {
        let few = |at: usize| matches!(self.lower(at), "only" | "just" | "last");
        let of = (phrase.first.saturating_sub(1)..phrase.end).any(|at| {
            self.lower(at) == "of"
                && matches!(self.item(at.wrapping_sub(1)), Some(Item::Count(_)))
                && matches!(self.item(at + 1), Some(Item::Count(_)))
        });
        let bare = !matches!(
            self.item(trigger + 1),
            Some(Item::Org { .. } | Item::Word | Item::Trigger(_))
        ) || matches!(self.lower(trigger + 1), "at" | "in" | "standing" | "on");
        let counted = phrase.count.is_some() || phrase.persons.is_empty() && phrase.plural;
        self.lower(trigger) == "left"
            && bare
            && counted
            && (of || (phrase.first.saturating_sub(3)..=phrase.first).any(few))
    }

    /// "The Gana Chat maker": whoever makes it.
    pub(super) fn is_maker(&self, at: usize) -> bool {
        matches!(self.lower(at), "maker" | "owner" | "parent" | "developer" | "creator")
    }

    /// "So excited to join Gana": who says so joins.
    pub(super) fn is_delighted(&self, end: usize) -> bool {
        let glad = [
            "excited",
            "thrilled",
            "happy",
            "proud",
            "honored",
            "honoured",
            "delighted",
            "pumped",
            "stoked",
            "psyched",
            "grateful",
            "humbled",
            "pleased",
        ];
        glad.contains(&self.lower(end.wrapping_sub(1)))
    }

    /// "He and several members of his team": a pronoun, and others with it.
    pub(super) fn with_others(&self, end: usize) -> bool {
        let from = end.saturating_sub(9);
        (from + 1..end).any(|at| {
            self.item(at) == Some(Item::And)
                && matches!(self.lower(at - 1), "he" | "she")
                && !matches!(self.item(at + 1), Some(Item::Person { .. }))
        }) && !(from..end).any(|at| matches!(self.item(at), Some(Item::Trigger(_) | Item::Stop)))
    }

    /// "Loses its research chief and its finance chief": the post of a second one.
    pub(super) fn second_role(&self, phrase: &Phrase) -> Option<Span> {
        let single = phrase.role.is_some() && !phrase.plural && phrase.count.is_none();
        let and = phrase.end;
        if !single
            || self.item(and) != Some(Item::And)
            || !matches!(self.lower(and + 1), "its" | "the" | "a" | "an")
        {
            return None;
        }
        let role = (and + 2..and + 6).find(|at| !matches!(self.item(*at), Some(Item::Word)))?;
        let free = !matches!(self.item(role + 1), Some(Item::Person { .. } | Item::Trigger(_)))
            && !self.words.is("auxiliary", self.lower(role + 1));
        match self.item(role)? {
            Item::Role { plural: false } if free => {
                Some(Span::new(self.at(and + 2)?.span.start, self.at(role)?.span.end))
            }
            _ => None,
        }
    }

    /// "Hires a researcher that Gana poached from Dara": where she is now.
    pub(super) fn poached_by(&self, start: usize, classes: &dyn Fn(u16) -> Class) -> Option<End> {
        let relative = matches!(self.lower(start), "that" | "who" | "whom");
        let at = if relative { start + 1 } else { start };
        match (self.item(at)?, self.item(at + 1)?) {
            (Item::Org { company, product: false }, Item::Trigger(trigger))
                if classes(trigger) == Class::Hire =>
            {
                Some(End::Listed(company))
            }
            _ => None,
        }
    }

    /// "Starts on Tuesday as Gana's chief".
    pub(super) fn starts_as(&self, verb: usize) -> bool {
        matches!(self.lower(verb), "starts" | "started" | "starting" | "start")
            && (verb + 1..verb + 4).any(|at| {
                self.lower(at) == "as"
                    || self.lower(at) == "at"
                        && matches!(self.item(at + 1), Some(Item::Org { product: false, .. }))
            })
            && !matches!(self.item(verb + 1), Some(Item::Org { .. }))
    }

    fn is_verb(&self, at: usize) -> bool {
        matches!(self.item(at), Some(Item::Trigger(_)))
            || self.words.is("auxiliary", self.lower(at))
            || self.words.is("say", self.lower(at))
    }
}

/// "Quietly", "successfully".
pub(super) fn is_adverb(lower: &str) -> bool {
    lower.len() > 4 && lower.ends_with("ly") && !NO_ADVERBS.contains(&lower)
}
