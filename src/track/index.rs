//! Where to look for the moves that a claim may belong to.
//!
//! A hash table from keys to lists of slots; a list lies in one piece, so that a long one is read at
//! the speed of memory. Entries are never removed; whoever looks compares the move itself, so that an
//! entry that is no longer right costs a look and no more. Beside the slot stands a print: what the
//! comparison would ask first, so that most of a long list is passed over without a look.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The place of a move in the tracker's store.
pub(crate) type Slot = u32;

/// Keys are already well mixed by [`key`].
pub(crate) type Mixed = BuildHasherDefault<AsItIs>;

/// A hash that is the number.
#[derive(Default)]
pub(crate) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_u32(&mut self, number: u32) {
        self.0 = u64::from(number).wrapping_mul(ODD);
    }
    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// For short texts, in tables that only ever hold what articles name.
pub(crate) type Quick = BuildHasherDefault<Words>;

/// A hash of eight bytes at a time.
#[derive(Default)]
pub(crate) struct Words(u64);

impl Hasher for Words {
    fn finish(&self) -> u64 {
        (self.0 ^ (self.0 >> 32)).wrapping_mul(ODD)
    }
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        let rest = rest.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte));
        for word in words.iter().map(|word| u64::from_le_bytes(*word)).chain([rest]) {
            self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(MIX);
        }
    }
}

const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
const MIX: u64 = 0xff51_afd7_ed55_8ccd;

/// The slots of one key: a single one stands here, more of them in `Index::entries`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct List {
    /// The slot, or where the list begins.
    at: u32,
    len: u32,
}

/// Lists of slots by key, each with a print `P`. The default print is the one that says nothing.
pub(crate) struct Index<P> {
    heads: HashMap<u64, List, Mixed>,
    /// Lists of two and more. Each has room for the next power of two; one that outgrows its place
    /// moves to the end, and its place is kept for another one.
    entries: Vec<(Slot, P)>,
    /// Places that lists moved out of, by the logarithm of their room.
    free: Vec<Vec<u32>>,
}

impl<P> Default for Index<P> {
    fn default() -> Self {
        Index { heads: HashMap::default(), entries: Vec::new(), free: Vec::new() }
    }
}

impl<P: Copy + PartialEq + Default> Index<P> {
    /// Adds a slot to the list of `key`, unless it was one of the last few added there.
    pub(crate) fn add(&mut self, key: u64, slot: Slot, print: P) {
        let Some(list) = self.heads.get(&key).copied() else {
            self.heads.insert(key, List { at: slot, len: 1 });
            return;
        };
        let known = self.entries(list).iter().rev().take(4).any(|entry| *entry == (slot, print));
        if known || (list.len == 1 && list.at == slot) {
            return;
        }
        let at = match list.len {
            // The print of a single slot was not kept.
            1 => self.place(2).inspect(|at| self.write(*at, (list.at, P::default()))),
            len if len.is_power_of_two() => self.grow(list),
            _ => Some(list.at),
        };
        let Some(at) = at else { return };
        self.write(at + list.len, (slot, print));
        self.heads.insert(key, List { at, len: list.len + 1 });
    }

    fn entries(&self, list: List) -> &[(Slot, P)] {
        let (at, len) = (list.at as usize, list.len as usize);
        if len < 2 { &[] } else { self.entries.get(at..at + len).unwrap_or(&[]) }
    }

    fn write(&mut self, at: u32, entry: (Slot, P)) {
        if let Some(place) = self.entries.get_mut(at as usize) {
            *place = entry;
        }
    }

    /// Room for a list of `room` entries, a power of two; `None` where four thousand million are in
    /// use.
    fn place(&mut self, room: u32) -> Option<u32> {
        if let Some(at) = self.free.get_mut(room.ilog2() as usize).and_then(Vec::pop) {
            return Some(at);
        }
        let at = u32::try_from(self.entries.len()).ok()?;
        at.checked_add(room)?;
        self.entries.resize(self.entries.len() + room as usize, (0, P::default()));
        Some(at)
    }

    /// Moves a full list to a place of twice the room.
    fn grow(&mut self, list: List) -> Option<u32> {
        let at = self.place(list.len.checked_mul(2)?)?;
        let old = list.at as usize..(list.at + list.len) as usize;
        self.entries.copy_within(old, at as usize);
        let room = list.len.ilog2() as usize;
        if self.free.len() <= room {
            self.free.resize_with(room + 1, Vec::new);
        }
        if let Some(free) = self.free.get_mut(room) {
            free.push(list.at);
        }
        Some(at)
    }

    /// The slots of `key` and their prints, in no order; a slot may come again with another print.
    pub(crate) fn list(&self, key: u64) -> impl Iterator<Item = (Slot, P)> {
        self.of(self.head(key))
    }

    fn head(&self, key: u64) -> List {
        self.heads.get(&key).copied().unwrap_or(List { at: 0, len: 0 })
    }

    /// Where the lists of many keys are. Their heads lie all over the memory, and come together
    /// where nothing is done with one before the next is asked for.
    pub(crate) fn lists<T: Copy>(&self, keys: &[(u64, T)]) -> Vec<(List, T)> {
        keys.iter().map(|(key, with)| (self.head(*key), *with)).collect()
    }

    /// The slots of a list, like [`Index::list`].
    pub(crate) fn of(&self, list: List) -> impl Iterator<Item = (Slot, P)> {
        let single = (list.len == 1).then_some((list.at, P::default()));
        single.into_iter().chain(self.entries(list).iter().copied())
    }
}

/// Of a list in order, so many of the last ones may be out of order.
const LOOSE: u32 = 128;

/// The entries of one key.
pub(crate) struct Entries<'a, P> {
    /// By their prints.
    pub(crate) in_order: &'a [(Slot, P)],
    pub(crate) loose: &'a [(Slot, P)],
    /// The only one, whose print is not known.
    pub(crate) single: Option<Slot>,
}

impl<P: Copy + Ord + Default> Index<P> {
    /// Adds like [`Index::add`] and keeps the list in order, but for the last few.
    pub(crate) fn add_in_order(&mut self, key: u64, slot: Slot, print: P) {
        let before = self.heads.get(&key).map_or(0, |list| list.len);
        self.add(key, slot, print);
        let Some(list) = self.heads.get(&key).copied() else { return };
        if list.len > before && list.len.is_multiple_of(LOOSE) {
            let place = list.at as usize..(list.at + list.len) as usize;
            if let Some(entries) = self.entries.get_mut(place) {
                entries.sort_by_key(|(_, print)| *print);
            }
        }
    }

    /// The entries of `key`, all of which were added by [`Index::add_in_order`].
    pub(crate) fn entries_in_order(&self, key: u64) -> Entries<'_, P> {
        let list = self.head(key);
        let in_order = (list.len - list.len % LOOSE) as usize;
        let (in_order, loose) = self.entries(list).split_at_checked(in_order).unwrap_or((&[], &[]));
        Entries { in_order, loose, single: (list.len == 1).then_some(list.at) }
    }
}

/// Mixes the parts of a key; `family` keeps keys of different meaning apart.
pub(crate) fn key(family: u64, parts: &[u64]) -> u64 {
    let mut mixed = family.wrapping_mul(ODD);
    for part in parts {
        mixed = (mixed.rotate_left(23) ^ part).wrapping_mul(MIX);
        mixed ^= mixed >> 32;
    }
    mixed
}

/// Hashes a text into a part of a key.
pub(crate) fn text(text: &str) -> u64 {
    let mut words = Words(text.len() as u64);
    words.write(text.as_bytes());
    words.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_is_found_once_however_long_the_lists_grow() {
        let mut index = Index::<u8>::default();
        for slot in 0..1000 {
            for key in [slot % 3, 100 + slot % 40, 1000 + slot] {
                index.add(u64::from(key), slot, 7);
                index.add(u64::from(key), slot, 7);
            }
        }
        let find = |key| index.list(key).map(|(slot, _)| slot).collect::<Vec<_>>();
        assert_eq!(find(2), (0..1000).filter(|slot| slot % 3 == 2).collect::<Vec<_>>());
        assert_eq!(find(107), (0..1000).filter(|slot| slot % 40 == 7).collect::<Vec<_>>());
        assert_eq!((find(1999), find(5000)), (vec![999], vec![]));
    }

    #[test]
    fn a_list_in_order_has_every_slot_once_and_only_the_last_ones_out_of_order() {
        let mut index = Index::<u32>::default();
        for slot in 0..1000 {
            index.add_in_order(5, slot, slot * 7919 % 1009);
            let Entries { in_order, loose, single } = index.entries_in_order(5);
            assert_eq!(single, (slot == 0).then_some(0));
            assert!(loose.len() < LOOSE as usize && in_order.is_sorted_by_key(|entry| entry.1));
            let mut slots: Vec<Slot> = in_order.iter().chain(loose).map(|entry| entry.0).collect();
            slots.extend(single);
            slots.sort_unstable();
            assert_eq!(slots, (0..=slot).collect::<Vec<_>>());
        }
    }
}
