//! Marks of keys in a table of bits, to tell at once of most words that no pattern begins with them.

use super::common_words::ENGLISH;
use super::key::{factors, hash, key, other_key, word_len};
use super::octet::eight;

/// Words of the table: two bits for each hash.
const WORDS: usize = 4096;

/// Mark of a key that a pattern begins with.
pub(super) const BEGINS: u64 = 1;
/// Mark of a key that is only counted.
pub(super) const COUNTED: u64 = 2;

/// Two bits for each hash of a key.
#[derive(Debug, Clone)]
pub(super) struct Marks {
    table: Box<[u64; WORDS]>,
    /// What keys are hashed with.
    factor: u64,
}

impl Marks {
    /// Marks keys that patterns begin with. Of a few factors the one is taken by which the commonest
    /// words share the fewest marks with others: "on" alone would be looked up a hundred times in vain.
    pub(super) fn new(keys: &[u64]) -> Self {
        let mut marks = Self { table: Box::new([0; WORDS]), factor: 0 };
        let common = common_keys();
        let marked = |factor: &u64| {
            marks.fill(*factor, keys);
            common.iter().filter(|key| marks.get(**key) != 0).count()
        };
        let best = factors().min_by_key(marked).unwrap_or(1);
        marks.fill(best, keys);
        marks
    }

    fn fill(&mut self, factor: u64, keys: &[u64]) {
        self.factor = factor;
        self.table.fill(0);
        keys.iter().for_each(|key| self.add(*key, BEGINS));
    }

    /// Adds a mark of a key.
    pub(super) fn add(&mut self, key: u64, mark: u64) {
        let hash = hash(key, self.factor);
        if let Some(word) = self.table.get_mut(hash >> 5) {
            *word |= mark << (2 * (hash & 31));
        }
    }

    /// The marks of a key, and perhaps of others.
    #[inline]
    pub(super) fn get(&self, key: u64) -> u64 {
        let hash = hash(key, self.factor);
        self.table.get(hash >> 5).map_or(0, |word| word >> (2 * (hash & 31)) & (BEGINS | COUNTED))
    }
}

/// The keys of the places where common words stand before each other.
fn common_keys() -> Vec<u64> {
    let mut keys = Vec::with_capacity(2 * ENGLISH.len() * ENGLISH.len());
    for first in ENGLISH {
        for second in ENGLISH {
            let eight = eight(format!("{first} {second}").as_bytes(), 0);
            let len = word_len(eight);
            keys.extend([key(eight, len), other_key(eight, len)]);
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::{BEGINS, COUNTED, Marks};

    #[test]
    fn every_key_keeps_its_marks() {
        let keys: Vec<u64> =
            (1..9_000).map(|key: u64| key.wrapping_mul(0x1234_5678_9abc)).collect();
        let mut marks = Marks::new(&keys);
        marks.add(7, COUNTED);
        assert!(keys.iter().all(|key| marks.get(*key) & BEGINS != 0));
        assert!(marks.get(7) & COUNTED != 0);
    }
}
