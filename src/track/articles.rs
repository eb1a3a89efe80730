//! Which moves have a report of an article?
//!
//! By its link, and by its outlet and headline. An entry that is no longer right, or never was
//! because two articles share a number, costs a look and no more. What is older than any move that a
//! claim can still join is dropped as a whole.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::index::{Mixed, Slot, text};

/// A number of an article, or one of the next where that is taken, to a move.
type Slots = HashMap<u32, Slot, Mixed>;

/// Moves by article.
#[derive(Default)]
pub(crate) struct Articles {
    young: Slots,
    old: Slots,
    /// When `young` was begun; nothing before the first claim.
    since: Option<DateTime<Utc>>,
}

impl Articles {
    /// Remembers that a move has a report of the article.
    pub(crate) fn add(&mut self, url: Option<&str>, outlet: &str, title: &str, slot: Slot) {
        for number in numbers(url, outlet, title) {
            let mut place = number;
            while *self.young.entry(place).or_insert(slot) != slot {
                place = place.wrapping_add(1);
            }
        }
    }

    /// Moves that may have a report of the article.
    pub(crate) fn find(&self, url: Option<&str>, outlet: &str, title: &str) -> Vec<Slot> {
        let mut found = Vec::new();
        for number in numbers(url, outlet, title) {
            for slots in [&self.young, &self.old] {
                let places = (0..).map(|step| number.wrapping_add(step));
                found.extend(places.map_while(|place| slots.get(&place)));
            }
        }
        found
    }

    /// Drops what is at least twice as old as `age`.
    pub(crate) fn forget(&mut self, now: DateTime<Utc>, age: TimeDelta) {
        let since = *self.since.get_or_insert(now);
        if now - since > age {
            self.old = std::mem::take(&mut self.young);
            self.since = Some(now);
        }
    }
}

fn numbers(url: Option<&str>, outlet: &str, title: &str) -> impl Iterator<Item = u32> {
    let headline = text(outlet).rotate_left(17) ^ text(title);
    let link = url.map(text);
    link.into_iter().chain([headline]).map(|hash| ((hash ^ (hash >> 32)) & 0xffff_ffff) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(day)
    }

    #[test]
    fn a_move_is_found_by_the_link_or_by_outlet_and_headline() {
        let mut articles = Articles::default();
        for slot in [7, 8, 7] {
            articles.add(Some("https://a.example/1"), "Wire", "A title", slot);
        }
        assert_eq!(articles.find(Some("https://a.example/1"), "Post", "Another"), [7, 8]);
        assert_eq!(articles.find(None, "Wire", "A title"), [7, 8]);
        assert!(articles.find(Some("https://a.example/2"), "Post", "A title").is_empty());
    }

    #[test]
    fn what_is_old_is_dropped() {
        let mut articles = Articles::default();
        let age = TimeDelta::days(60);
        articles.forget(day(1), age);
        articles.add(None, "Wire", "A title", 7);
        articles.forget(day(62), age);
        assert_eq!(articles.find(None, "Wire", "A title"), [7]);
        articles.forget(day(123), age);
        assert!(articles.find(None, "Wire", "A title").is_empty());
    }
}
