//! Long lists of words that live in the binary as text, with a table of hashes beside them.

use super::octet;

/// The words of several texts, one a line; each word knows which of the texts hold it.
pub(super) struct Set {
    texts: Vec<&'static str>,
    slots: Vec<Slot>,
}

/// Where a word stands, and what marks it bears; no marks where the slot is free.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// Some bits of its hash: other words are hardly ever compared.
    tag: u16,
    len: u8,
    /// The text, in the upper half, and a bit for each text that holds the word.
    marks: u8,
    start: u32,
}

/// Texts at most: so many marks fit.
const TEXTS: usize = 4;

impl Set {
    /// The words of one text.
    pub(super) fn new(text: &'static str) -> Self {
        Self::of(&[text])
    }

    /// The words of [`TEXTS`] texts at most; no word may be longer than 255 bytes.
    pub(super) fn of(texts: &[&'static str]) -> Self {
        let texts: Vec<&'static str> = texts.iter().copied().take(TEXTS).collect();
        let lines: usize = texts.iter().map(|text| text.lines().count()).sum();
        let slots = vec![Slot::default(); (lines * 4 / 3 + 1).next_power_of_two()];
        let mut set = Self { texts, slots };
        for number in 0..set.texts.len() {
            let text = set.texts.get(number).copied().unwrap_or("");
            let mut start = 0;
            for line in text.split('\n') {
                if !line.is_empty() && !line.starts_with('#') {
                    set.add(number, start, line);
                }
                start += line.len() + 1;
            }
        }
        set
    }

    fn add(&mut self, number: usize, start: usize, word: &str) {
        let (Ok(start), Ok(len)) = (u32::try_from(start), u8::try_from(word.len())) else { return };
        let (at, tag) = self.place(word);
        let (mark, text) = (1_u8 << number, (number as u8) << TEXTS);
        match self.find(word, at, tag) {
            (Some(at), _) => {
                self.slots.get_mut(at).into_iter().for_each(|slot| slot.marks |= mark);
            }
            (None, free) => {
                let slot = Slot { tag, len, marks: mark | text, start };
                self.slots.get_mut(free).into_iter().for_each(|free| *free = slot);
            }
        }
    }

    /// The slot where a word is looked for first, and its tag.
    fn place(&self, word: &str) -> (usize, u16) {
        let bytes = word.as_bytes();
        let mix = |hash: u64, eight: u64| {
            (hash.rotate_left(5) ^ eight).wrapping_mul(0x517c_c1b7_2722_0a95)
        };
        let mut hash = 0;
        let mut at = 0;
        while at < bytes.len() {
            hash = mix(hash, octet::eight(bytes, at));
            at += 8;
        }
        ((hash >> 40) as usize & (self.slots.len() - 1), (hash >> 16) as u16)
    }

    /// The slot of the word, or the free one where it would be.
    fn find(&self, word: &str, mut at: usize, tag: u16) -> (Option<usize>, usize) {
        while let Some(slot) = self.slots.get(at).filter(|slot| slot.marks != 0) {
            if slot.tag == tag && usize::from(slot.len) == word.len() {
                let text = self.texts.get(usize::from(slot.marks >> TEXTS));
                let start = slot.start as usize;
                if text.and_then(|text| text.get(start..start + word.len())) == Some(word) {
                    return (Some(at), at);
                }
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        (None, at)
    }

    /// A bit for each text that has the word.
    pub(super) fn marks(&self, word: &str) -> u8 {
        let (at, tag) = self.place(word);
        let slot = self.find(word, at, tag).0.and_then(|at| self.slots.get(at));
        slot.map_or(0, |slot| slot.marks & ((1 << TEXTS) - 1))
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

#[cfg(test)]
mod tests {
    use super::Set;

    #[test]
    fn words_know_which_texts_hold_them() {
        let set = Set::of(&["# a list\nada\nbo\n", "bo\ngray\n\na word of more than eight\n"]);
        let marks = ["ada", "bo", "gray", "a word of more than eight", "bo ", "a", "", "# a list"];
        assert_eq!(marks.map(|word| set.marks(word)), [1, 3, 2, 2, 0, 0, 0, 0]);
        assert_eq!(set.marks_joined("gr", "ay"), 2);
        assert!(set.has("ada") && !Set::new("").has("ada"));
    }
}
