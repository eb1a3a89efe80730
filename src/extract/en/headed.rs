//! Noun phrases whose head stands some words to the left: "head of safety at Gana".

use super::chunk::Item;
use super::phrase::{Phrase, REACH, Reader};
use crate::extract::candidate::End;

impl Reader<'_> {
    /// "head of safety at Gana": the role stands some words to the left.
    pub(super) fn post_modified(&self, last: usize) -> Option<Phrase> {
        let from = last.saturating_sub(REACH);
        let mut org = None;
        for index in (from..=last).rev() {
            let chunk = self.at(index)?;
            match chunk.item {
                Item::Trigger(_) | Item::Stop | Item::Comma => return None,
                Item::Org { company, product: false } => {
                    let tie = self.lower(index.wrapping_sub(1));
                    // "At the Gana unit": the house that the article is about.
                    if tie == "the" && self.is_part(index + 1) {
                        continue;
                    }
                    let owned = index >= 2
                        && self.item(index - 1) == Some(Item::Poss)
                        && matches!(self.item(index - 2), Some(Item::Person { .. }));
                    if owned
                        || matches!(tie, "at" | "of" | "from" | "for" | "in" | "the" | "behind")
                    {
                        org = Some(End::Listed(company));
                    }
                }
                // "A researcher who warned of danger quits": said of her.
                Item::Word
                    if index < last
                        && self.words.is("say", &chunk.lower)
                        && !matches!(self.lower(index.wrapping_sub(1)), "who" | "that") =>
                {
                    return None;
                }
                // "Six from Gana's voice group", "four at Gana".
                Item::Count(count)
                    if index < last
                        && matches!(self.lower(index + 1), "from" | "at")
                        && matches!(
                            self.item(index + 2),
                            Some(Item::Org { product: false, .. })
                        ) =>
                {
                    return Some(Phrase {
                        role: Some(chunk.span),
                        plural: true,
                        count: Some(count),
                        org,
                        first: index,
                        end: last + 1,
                        ..Phrase::default()
                    });
                }
                // "Co-founders of Ada Gray's Gana".
                Item::Person { .. } if matches!(self.item(index + 1), Some(Item::Poss)) => {}
                Item::Role { .. } | Item::Person { .. } if index < last => {
                    let tie = self.lower(index + 1);
                    let made = [" behind", " built", " created", " designed", " invented", " led"];
                    let made = made.iter().any(|end| chunk.lower.ends_with(end));
                    if !self.words.is("post_modifier", tie) && !made {
                        return None;
                    }
                    let mut phrase = self.phrase_before(index + 1)?;
                    // "Gray's co-founders at Gana": Gray is no company.
                    if !matches!(phrase.org, Some(End::Listed(_))) {
                        phrase.org = org.or(phrase.org);
                    }
                    if phrase.plural && phrase.persons.is_empty() && phrase.org.is_none() {
                        phrase.org = self.home_behind(index);
                    }
                    return Some(phrase);
                }
                _ => {}
            }
        }
        None
    }
}
