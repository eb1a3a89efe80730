//! Headlines of hires without a verb: "Dara's latest recruit", "among Dara's hires", "Dara's gain".

use super::chunk::Item;
use super::class::Class;
use super::colon::who_behind;
use super::ends::Ends;
use super::piece::{Piece, parts};
use super::reading::Parts;
use crate::extract::candidate::End;

impl Piece<'_, '_> {
    /// "Dara's latest Gana recruit: Ada Gray".
    pub(super) fn is_latest(&self, at: usize) -> Option<Parts> {
        const NEWS: &[&str] =
            &["recruit", "hire", "catch", "signing", "addition", "star", "poach", "prize", "coup"];
        let reader = self.reader;
        let to = self.company(at.checked_sub(2)?)?;
        let owned = reader.item(at - 1) == Some(Item::Poss);
        let news = self.end.checked_sub(1).is_some_and(|last| NEWS.contains(&reader.lower(last)));
        let tie = reader.lower(self.end) == ":" && self.end < at + 6;
        let phrase = who_behind(reader, self.end + 1).filter(|_| owned && news && tie)?;
        let told = (at + 1..self.end).find_map(|at| self.company(at));
        let from = told.or_else(|| phrase.org.clone()).filter(|from| *from != to)?;
        let ends = Ends { from: Some(from), to: Some(to), end: phrase.end, ..Ends::default() };
        Some(parts(phrase, ends, Class::Join))
    }

    /// "Gana policy chief among Dara's new hires".
    pub(super) fn is_among(&self, at: usize) -> Option<Parts> {
        let reader = self.reader;
        let to = self.company(at + 1)?;
        let hires = (at + 3..at + 7).any(|at| {
            matches!(
                reader.lower(at),
                "hires" | "recruits" | "signings" | "additions" | "new hires"
            ) || matches!(reader.lower(at), "latest hires" | "new recruits")
        });
        let owned = reader.item(at + 2) == Some(Item::Poss);
        let phrase = self.who_before(at).filter(|phrase| owned && hires && !phrase.plural)?;
        let from = phrase.org.clone().filter(|from| *from != to)?;
        let ends = Ends { from: Some(from), to: Some(to), end: at + 2, ..Ends::default() };
        Some(parts(phrase, ends, Class::Join))
    }

    /// "Gana's loss is Dara's gain: mapping head Ada Gray".
    pub(super) fn is_gain(&self, at: usize) -> Option<Parts> {
        let reader = self.reader;
        let loss = (self.start..at).find(|at| reader.lower(*at) == "loss")?;
        let owner = |noun: usize| {
            let poss = noun.checked_sub(1).filter(|at| reader.item(*at) == Some(Item::Poss))?;
            self.company(poss.checked_sub(1)?)
        };
        let (from, to) = (owner(loss), owner(at));
        let phrase = who_behind(reader, at + 2).filter(|_| reader.lower(at + 1) == ":")?;
        let over = matches!(reader.item(phrase.end), None | Some(Item::Stop | Item::Comma));
        let known = over && (from.is_some() || to.is_some());
        let unlisted = |noun: usize| {
            let word = reader.at(noun.checked_sub(2)?)?;
            word.cap.then(|| End::Unlisted(reader.text_of(word.span)))
        };
        let from = from.or_else(|| unlisted(loss)).filter(|_| known);
        let to = to.or_else(|| unlisted(at)).filter(|_| known);
        let ends = Ends { from: Some(from?), to: Some(to?), end: phrase.end, ..Ends::default() };
        Some(parts(phrase, ends, Class::Join))
    }
}
