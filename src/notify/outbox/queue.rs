//! The messages that wait, in the order in which they came; at most one of each subject.

use std::collections::{BTreeMap, HashMap};

use super::item::Item;

#[derive(Debug, Default)]
pub(super) struct Queue {
    by_serial: BTreeMap<u64, Item>,
    by_subject: HashMap<String, u64>,
    last: u64,
}

impl Queue {
    /// The number of the next item.
    pub(super) fn number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    /// Adds an item, or puts it back where it was.
    pub(super) fn put(&mut self, item: Item) {
        if let Some(other) = self.by_subject.insert(item.subject.clone(), item.serial)
            && other != item.serial
        {
            self.by_serial.remove(&other);
        }
        self.by_serial.insert(item.serial, item);
    }

    /// Takes one item out.
    pub(super) fn remove(&mut self, serial: u64) -> Option<Item> {
        let item = self.by_serial.remove(&serial)?;
        if self.by_subject.get(&item.subject) == Some(&serial) {
            self.by_subject.remove(&item.subject);
        }
        Some(item)
    }

    /// Takes out every item that `gone` holds for.
    pub(super) fn drain(&mut self, gone: impl Fn(&Item) -> bool) -> Vec<Item> {
        let serials: Vec<u64> =
            self.by_serial.values().filter(|item| gone(item)).map(|item| item.serial).collect();
        serials.into_iter().filter_map(|serial| self.remove(serial)).collect()
    }

    pub(super) fn of_subject(&mut self, subject: &str) -> Option<&mut Item> {
        self.by_serial.get_mut(self.by_subject.get(subject)?)
    }

    pub(super) fn has(&self, subject: &str) -> bool {
        self.by_subject.contains_key(subject)
    }

    pub(super) fn get(&self, serial: u64) -> Option<&Item> {
        self.by_serial.get(&serial)
    }

    pub(super) fn get_mut(&mut self, serial: u64) -> Option<&mut Item> {
        self.by_serial.get_mut(&serial)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Item> {
        self.by_serial.values()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Item> {
        self.by_serial.values_mut()
    }

    pub(super) fn len(&self) -> usize {
        self.by_serial.len()
    }
}
