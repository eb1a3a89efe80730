//! Where somebody was before, told behind the news: "joins Gana after a decade at Dara".

use super::chunk::Item;
use super::object::Object;
use super::phrase::Reader;
use crate::extract::candidate::End;

/// Chunks behind "after" that are read.
const REACH: usize = 8;

impl Reader<'_> {
    /// "A decade at Dara", "a brief Dara stint", "stints at Dara and Hela": the company of an
    /// earlier time of work, told from chunk `start` on.
    pub(super) fn earlier_stint(&self, start: usize) -> Option<End> {
        let inside = |at: &usize| {
            !matches!(
                self.item(*at),
                None | Some(Item::Stop | Item::Comma | Item::Person { .. } | Item::Quote)
            ) && !is_news(self.lower(*at))
        };
        let end = (start..start + REACH).take_while(inside).last()? + 1;
        let time = (start..end).find(|at| is_time(self.lower(*at)))?;
        let behind = (time + 1..end).find(|at| {
            matches!(self.lower(*at), "at" | "with")
                || self.lower(*at).ends_with(" at")
                || self.lower(*at).ends_with(" with")
        });
        let tied = |at: usize| self.lower(at).split(' ').next().is_some_and(is_time);
        let at =
            behind.or_else(|| (start..end).find(|at| tied(*at) && self.lower(*at).contains(' ')));
        if let Some(at) = at {
            return match self.object(at + 1).0 {
                Object::Org { end, loose: false } => Some(end),
                _ => None,
            };
        }
        (start..time).find_map(|at| match self.item(at)? {
            Item::Org { company, product: false } => Some(End::Listed(company)),
            _ => None,
        })
    }
}

/// A time of work, alone or with its tie: "stint", "years at".
fn is_time(words: &str) -> bool {
    const TIMES: &[&str] = &[
        "stint",
        "stints",
        "spell",
        "tenure",
        "career",
        "years",
        "year",
        "decade",
        "decades",
        "months",
        "run",
        "time",
        "departure",
        "exit",
    ];
    words.split(' ').next().is_some_and(|word| TIMES.contains(&word))
}

/// What an event of the house is told by: no time of work.
fn is_news(word: &str) -> bool {
    matches!(word, "of" | "that" | "when" | "as" | "amid" | "since" | "who" | "which")
}
