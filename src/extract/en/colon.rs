//! Whoever stands behind a colon or behind "is": "Off to Dara: Ada Gray", "Leaving Gana is Ada Gray".

use super::chunk::Item;
use super::phrase::{Phrase, Reader};

/// How far a name stands from the words before it.
const REACH: usize = 10;

/// What makes the turn from one company to another a move of the one named behind it.
const TURNS: &[&str] = &["move", "switch", "jump", "leap", "defection", "transfer", "change"];

impl Reader<'_> {
    /// "Off to Dara: Gana researcher Ada Gray", "Latest to leave Gana: Ada Gray".
    pub(super) fn past_colon(&self, verb: usize) -> Option<Phrase> {
        const LEADS: &[&str] =
            &["latest", "next", "another", "also", "to", "now", "just", "and", "the"];
        let stop = |at: &usize| self.item(*at) == Some(Item::Stop);
        let start = (0..verb).rev().find(stop).map_or(0, |at| at + 1);
        if !(start..verb).all(|at| LEADS.contains(&self.lower(at))) {
            return None;
        }
        let named = |at: &usize| matches!(self.item(*at), Some(Item::Org { .. } | Item::Word));
        let colon = (verb + 1..verb + 4).find(|at| !named(at))?;
        let company = matches!(self.item(colon - 1), Some(Item::Org { product: false, .. }));
        who_behind(self, colon + 1).filter(|_| company && self.lower(colon) == ":")
    }

    /// "Shock exit at Gana: CTO Ada Gray goes": whoever stands behind the colon.
    pub(super) fn past_colon_of(&self, left: usize, noun: usize) -> Option<Phrase> {
        let stop = |at: &usize| self.item(*at) == Some(Item::Stop);
        let start = (0..noun).rev().find(stop).map_or(0, |at| at + 1);
        let article = matches!(self.lower(start), "a" | "another" | "yet" | "latest");
        let opens = left <= start + usize::from(article) + usize::from(self.lower(start) == "yet");
        let at = matches!(self.lower(noun + 1), "at" | "from");
        let company = matches!(self.item(noun + 2), Some(Item::Org { product: false, .. }));
        let colon = self.lower(noun + 3) == ":";
        if opens && at && company && colon { who_behind(self, noun + 4) } else { None }
    }

    /// "Also leaving Gana is Ada Gray", "Heading to Dara is Gana's Ada Gray".
    pub(super) fn inverted(&self, verb: usize) -> Option<Phrase> {
        const LEADS: &[&str] =
            &["also", "among", "those", "now", "next", "the", "latest", "and", "too"];
        let stop = |at: &usize| self.item(*at) == Some(Item::Stop);
        let start = (0..verb).rev().find(stop).map_or(0, |at| at + 1);
        let going = self.lower(verb).split(' ').next().is_some_and(|word| word.ends_with("ing"));
        if !going || !(start..verb).all(|at| LEADS.contains(&self.lower(at))) {
            return None;
        }
        let inside = |at: &usize| {
            !matches!(self.item(*at), None | Some(Item::Stop | Item::Comma | Item::Trigger(_)))
        };
        let is = (verb + 1..verb + 8).take_while(inside);
        let is = is.into_iter().find(|at| matches!(self.lower(*at), "is" | "are"))?;
        // "Leaving Gana is hard for Ada Gray".
        let opens =
            matches!(
                self.item(is + 1),
                Some(Item::Person { .. } | Item::Role { .. } | Item::Org { .. })
            ) || matches!(self.lower(is + 1), "the" | "its" | "a" | "an" | "former" | "fellow");
        self.phrase_after(is + 1).filter(|phrase| opens && !phrase.persons.is_empty())
    }
}

/// Whoever stands from chunk `start` to the end of the title, or before "'s big switch".
pub(super) fn who_behind(reader: &Reader<'_>, start: usize) -> Option<Phrase> {
    let small = |at: usize| matches!(reader.lower(at), "another" | "the" | "a" | "an");
    let start = if small(start) { start + 1 } else { start };
    let inside = |at: &usize| !matches!(reader.item(*at), None | Some(Item::Stop));
    let near = || (start..start + REACH).take_while(inside);
    let person = |at: &usize| matches!(reader.item(*at), Some(Item::Person { .. }));
    let role = |at: &usize| matches!(reader.item(*at), Some(Item::Role { plural: false }));
    let mut last =
        near().find(person).or_else(|| near().take_while(|at| !person(at)).filter(role).last())?;
    while matches!(reader.item(last + 1), Some(Item::And | Item::Comma)) && person(&(last + 2)) {
        last += 2;
    }
    let phrase = reader.phrase_before(last + 1).filter(Phrase::is_people)?;
    let owner = usize::from(reader.item(last + 1) == Some(Item::Poss));
    let turns = (last + 2..last + 5).any(|at| TURNS.contains(&reader.lower(at)));
    let over = match reader.item(last + 1) {
        None | Some(Item::Stop) => true,
        Some(Item::Comma) => !phrase.persons.is_empty(),
        Some(Item::Trigger(_)) => true,
        Some(Item::Poss) => owner == 1 && turns,
        _ => {
            let lower = reader.lower(last + 1);
            matches!(lower, "jumps" | "switches" | "moves" | "goes" | "swaps" | "makes" | "crosses")
        }
    };
    (phrase.first <= start && over).then_some(phrase)
}
