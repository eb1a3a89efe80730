//! Where to look for the moves that a claim may belong to.
//!
//! A chained hash table over numbers: 28 bytes an entry. Entries are never removed; whoever looks
//! compares the move itself, so that an entry that is no longer right costs a look and no more.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The place of a move in the tracker's store.
pub(crate) type Slot = u32;

const END: u32 = u32::MAX;

/// Keys are already well mixed by [`key`].
#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// Chains of slots by key.
#[derive(Default)]
pub(crate) struct Index {
    heads: HashMap<u64, u32, BuildHasherDefault<Mixed>>,
    links: Vec<(Slot, u32)>,
}

impl Index {
    /// Adds a slot to the chain of `key`, unless it was one of the last few added there.
    pub(crate) fn add(&mut self, key: u64, slot: Slot) {
        if self.find(key).take(4).any(|known| known == slot) {
            return;
        }
        let Ok(link) = u32::try_from(self.links.len()) else { return };
        let next = self.heads.insert(key, link).unwrap_or(END);
        self.links.push((slot, next));
    }

    /// The slots of `key`, the latest first.
    pub(crate) fn find(&self, key: u64) -> impl Iterator<Item = Slot> + '_ {
        let mut at = self.heads.get(&key).copied().unwrap_or(END);
        std::iter::from_fn(move || {
            let (slot, next) = self.links.get(at as usize).copied()?;
            at = next;
            Some(slot)
        })
    }
}

/// Mixes the parts of a key; `family` keeps keys of different meaning apart.
pub(crate) fn key(family: u64, parts: &[u64]) -> u64 {
    let mut mixed = family.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for part in parts {
        mixed = (mixed.rotate_left(23) ^ part).wrapping_mul(0xff51_afd7_ed55_8ccd);
        mixed ^= mixed >> 32;
    }
    mixed
}

/// Hashes a text into a part of a key.
pub(crate) fn text(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
