//! Who does what the verb says where the subject stands at the beginning of the clause, with other
//! verbs or a relative clause between.

use super::chunk::Item;
use super::phrase::{Phrase, Reader};
use crate::extract::candidate::End;

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

    /// "The Gana Chat maker": whoever makes it.
    pub(super) fn is_maker(&self, at: usize) -> bool {
        matches!(self.lower(at), "maker" | "owner" | "parent" | "developer" | "creator")
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
