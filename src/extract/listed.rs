//! Lists of words as tables of hashes: a look-up reads one place of memory, seldom two.
//!
//! A word is known by 29 bits of its hash or more beside its place in the table: of a billion other
//! words about one is mistaken for it.

/// The words of several texts, one a line; each word knows which of the texts hold it.
pub(super) struct Set {
    /// The bits of the hash above [`TEXTS`] bits for the texts that hold the word; zero where free.
    slots: Vec<u32>,
}

/// Texts at most: so many marks fit.
const TEXTS: u32 = 3;
const MARKS: u32 = (1 << TEXTS) - 1;

impl Set {
    /// The words of one text.
    pub(super) fn new(text: &str) -> Self {
        Self::of(&[text])
    }

    /// The words of [`TEXTS`] texts at most.
    pub(super) fn of(texts: &[&str]) -> Self {
        let words = |text: &&'_ str| text.lines().filter(|line| !line.starts_with('#')).count();
        let count: usize = texts.iter().map(words).sum();
        let mut set = Self { slots: vec![0; (count * 4 / 3 + 1).next_power_of_two()] };
        for (number, text) in (0..TEXTS).zip(texts) {
            let words = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
            words.for_each(|word| set.add(word, 1 << number));
        }
        set
    }

    fn add(&mut self, word: &str, mark: u32) {
        let (at, tag) = self.find(word);
        self.slots.get_mut(at).into_iter().for_each(|slot| *slot |= tag | mark);
    }

    /// The slot that holds the word, or the free one where it would be, and what it is known by.
    fn find(&self, word: &str) -> (usize, u32) {
        let hash = hash(word.as_bytes());
        let tag = (hash >> 32) as u32 & !MARKS;
        let last = self.slots.len() - 1;
        let mut at = hash as usize & last;
        while self.slots.get(at).is_some_and(|slot| *slot != 0 && slot & !MARKS != tag) {
            at = (at + 1) & last;
        }
        (at, tag)
    }

    /// A bit for each text that has the word.
    pub(super) fn marks(&self, word: &str) -> u8 {
        let slot = self.slots.get(self.find(word).0);
        slot.map_or(0, |slot| (slot & MARKS) as u8)
    }

    /// The same of the word that two parts make.
    pub(super) fn marks_joined(&self, head: &str, tail: &str) -> u8 {
        let mut word = String::with_capacity(head.len() + tail.len());
        word.push_str(head);
        word.push_str(tail);
        self.marks(&word)
    }

    /// True where a text has the word.
    pub(super) fn has(&self, word: &str) -> bool {
        self.marks(word) != 0
    }
}

/// What is known of each word.
#[derive(Debug)]
pub(super) struct Table<V> {
    /// The high half of the hash, with its lowest bit set; zero where free.
    slots: Vec<(u32, V)>,
}

impl<V: Copy + Default> Table<V> {
    pub(super) fn new<'a>(words: impl ExactSizeIterator<Item = (&'a str, V)>) -> Self {
        let mut slots = vec![(0, V::default()); (words.len() * 3 / 2 + 1).next_power_of_two()];
        for (word, value) in words {
            let (mut at, tag) = Self::place(word, slots.len());
            while slots.get(at).is_some_and(|(other, _)| *other != 0 && *other != tag) {
                at = (at + 1) & (slots.len() - 1);
            }
            slots.get_mut(at).into_iter().for_each(|slot| *slot = (tag, value));
        }
        Self { slots }
    }

    fn place(word: &str, slots: usize) -> (usize, u32) {
        let hash = hash(word.as_bytes());
        (hash as usize & (slots - 1), (hash >> 32) as u32 | 1)
    }

    /// What is known of the word; the default where nothing is.
    pub(super) fn get(&self, word: &str) -> V {
        let (mut at, tag) = Self::place(word, self.slots.len());
        while let Some((other, value)) = self.slots.get(at).filter(|(other, _)| *other != 0) {
            if *other == tag {
                return *value;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        V::default()
    }
}

/// Eight bytes at a time: rotate, mix in, multiply; then the high bits into the low ones.
fn hash(bytes: &[u8]) -> u64 {
    let mix =
        |hash: u64, eight: u64| (hash.rotate_left(5) ^ eight).wrapping_mul(0x517c_c1b7_2722_0a95);
    let length = bytes.len() as u64;
    let (eights, _) = bytes.as_chunks::<8>();
    let hash = eights.iter().fold(length, |hash, eight| mix(hash, u64::from_le_bytes(*eight)));
    // The last eight again: those behind the others are among them.
    let hash = match (bytes.last_chunk::<8>(), bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(last), ..) => mix(hash, u64::from_le_bytes(*last)),
        (None, Some(first), Some(last)) => {
            let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
            mix(hash, u64::from(first) << 32 | u64::from(last))
        }
        _ => mix(hash, bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte))),
    };
    let mixed = (hash ^ hash >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ mixed >> 29
}

#[cfg(test)]
mod tests {
    use super::{Set, Table};

    #[test]
    fn what_is_known_of_a_word_is_found() {
        let words = ["ada", "bo", "gray", "a word of more than eight"];
        let table = Table::new(words.into_iter().zip([1_u16, 2, 3, 4]));
        let found = ["ada", "gray", "a word of more than eight", "", "ad"];
        assert_eq!(found.map(|word| table.get(word)), [1, 3, 4, 0, 0]);
        assert_eq!(Table::<u8>::new(std::iter::empty()).get("ada"), 0);
    }

    #[test]
    fn words_know_which_texts_hold_them() {
        let set = Set::of(&["# a list\nada\nbo\n", "bo\ngray\n\na word of more than eight\n"]);
        let marks = ["ada", "bo", "gray", "a word of more than eight", "bo ", "a", "", "# a list"];
        assert_eq!(marks.map(|word| set.marks(word)), [1, 3, 2, 2, 0, 0, 0, 0]);
        assert_eq!(set.marks_joined("gr", "ay"), 2);
        assert!(set.has("ada") && !Set::new("").has("ada"));
    }
}
