//! The word lists of the lexicon, ready for look-ups.

use crate::extract::fast::FastMap;
use crate::extract::lexicon::Lexicon;

/// Slots for the names of lists: a few for each.
const SLOTS: usize = 128;

/// Words by the list that they are on.
#[derive(Debug)]
pub(super) struct Lists {
    /// The lists by their names: a key, and the number of the list and one more; zero where the slot
    /// is free.
    names: [(u32, u8); SLOTS],
    /// A bit for each list that holds the word.
    words: FastMap<String, u64>,
    /// The words of each list by their first character.
    heads: Vec<FastMap<char, Vec<String>>>,
    /// The words of each list by their last character.
    tails: Vec<FastMap<char, Vec<String>>>,
}

/// What tells the name of one list from those of all others, so that no name is compared: its hash
/// (FNV-1a), known when the program is built.
#[inline(always)]
const fn key(name: &str) -> u32 {
    let name = name.as_bytes();
    let (mut key, mut at) = (0x811c_9dc5_u32, 0);
    while at < name.len() {
        key = (key ^ name[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    key
}

#[inline(always)]
const fn slot(key: u32) -> usize {
    (key.wrapping_mul(0x9e37_79b9) >> 25) as usize
}

impl Lists {
    /// The lists with these names, 63 at most.
    pub(super) fn new(lexicon: &Lexicon, names: &[&str]) -> Self {
        let by = |end: fn(&str) -> Option<char>| {
            names.iter().map(|name| by_end(lexicon.list(name), end)).collect()
        };
        let mut lists = Self {
            names: [(0, 0); SLOTS],
            words: FastMap::default(),
            heads: by(|word| word.chars().next()),
            tails: by(|word| word.chars().next_back()),
        };
        for (number, name) in (1_u8..64).zip(names) {
            lists.add(name, number);
            for word in lexicon.list(name) {
                *lists.words.entry(word.clone()).or_default() |= 1 << number;
            }
        }
        lists
    }

    fn add(&mut self, name: &str, number: u8) {
        let mut at = slot(key(name));
        while let Some(taken) = self.names.get_mut(at) {
            if taken.1 == 0 {
                *taken = (key(name), number);
                return;
            }
            at = (at + 1) % SLOTS;
        }
    }

    /// The number of the list and one more; zero for a name that is none.
    #[inline]
    fn number(&self, name: &str) -> usize {
        let key = key(name);
        let mut at = slot(key);
        while let Some((taken, number)) = self.names.get(at) {
            if *taken == key || *number == 0 {
                return usize::from(*number);
            }
            at = (at + 1) % SLOTS;
        }
        0
    }

    /// True where the list holds the word.
    #[inline]
    pub(super) fn is(&self, list: &str, word: &str) -> bool {
        self.words.get(word).is_some_and(|lists| lists >> self.number(list) & 1 == 1)
    }

    /// True where the word begins with one of the list.
    pub(super) fn begins(&self, list: &str, word: &str) -> bool {
        let heads =
            || self.heads.get(self.number(list).checked_sub(1)?)?.get(&word.chars().next()?);
        heads().is_some_and(|heads| heads.iter().any(|head| word.starts_with(head.as_str())))
    }

    /// The words of the list that end in the same character.
    pub(super) fn ending_like(&self, list: &str, word: &str) -> &[String] {
        let tails =
            || self.tails.get(self.number(list).checked_sub(1)?)?.get(&word.chars().next_back()?);
        tails().map_or(&[], Vec::as_slice)
    }
}

/// The words by the character that `end` gives.
fn by_end(words: &[String], end: fn(&str) -> Option<char>) -> FastMap<char, Vec<String>> {
    let mut table: FastMap<char, Vec<String>> = FastMap::default();
    for word in words {
        if let Some(end) = end(word) {
            table.entry(end).or_default().push(word.clone());
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::words::LISTS;
    use super::key;

    #[test]
    fn no_two_lists_have_one_key() {
        let keys: HashSet<u32> = LISTS.iter().map(|name| key(name)).collect();
        assert_eq!(keys.len(), LISTS.len());
        assert!(LISTS.len() < 64);
    }
}
