//! Finds many words in a text without reading every byte of it through an automaton.
//!
//! Most articles name no company, and an automaton waits for memory at every byte. Here only
//! places where a word may begin are looked at: an ASCII letter or digit after something else, and
//! each character beyond ASCII. The word there (a short one with what follows it; of a text without
//! spaces, two characters) is looked up in a table of bits, no look-up waiting for the one before; where the bit is set,
//! the word leads to the patterns that begin with it.

use super::octet::{self, HIGH, LOWER, Start, eight, is_lead, letters_or_digits};
use super::text::Span;

/// Factor of a multiplicative hash.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
/// Words of the table of marks: two bits for each hash.
const MARKS: usize = 2048;
/// Buckets of entries.
const BUCKETS: usize = 1024;
/// The first six bytes: two Han characters or Hangul syllables.
const SIX: u64 = 0xffff_ffff_ffff;
/// The first five: a short word and what follows it.
const FIVE: u64 = 0xff_ffff_ffff;
/// The first three: one of them.
const THREE: u64 = 0xff_ffff;

/// What of the first eight bytes is the key, by the length of the ASCII word that they begin with;
/// zero where they begin with no such word.
static KEY: [u64; 9] =
    [SIX, 0xff, 0xffff, THREE, 0xffff_ffff, FIVE, SIX, 0xff_ffff_ffff_ffff, u64::MAX];
/// What else may be the key: a pattern of one character, or one that goes on after a short word.
static OTHER_KEY: [u64; 9] =
    [THREE, FIVE, FIVE, FIVE, 0xffff_ffff, FIVE, SIX, 0xff_ffff_ffff_ffff, u64::MAX];

/// Mark of a key that a pattern begins with.
const BEGINS: u64 = 1;
/// Mark of a key that is only counted.
const COUNTED: u64 = 2;

/// Patterns and where to look for them.
#[derive(Debug, Clone)]
pub(crate) struct Sieve {
    /// Two bits for each hash of a key.
    marks: Box<[u64; MARKS]>,
    /// For each bucket the first of its entries, and one past the end.
    buckets: Vec<u32>,
    entries: Vec<Entry>,
    patterns: Vec<String>,
    /// Patterns that may begin elsewhere than where words do.
    odd: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    key: u64,
    /// The first eight bytes of the pattern, as far as it goes.
    opening: u64,
    mask: u64,
    pattern: u32,
}

impl Default for Sieve {
    fn default() -> Self {
        Self {
            marks: Box::new([0; MARKS]),
            buckets: Vec::new(),
            entries: Vec::new(),
            patterns: Vec::new(),
            odd: Vec::new(),
        }
    }
}

impl Sieve {
    /// Builds the table. ASCII case does not matter. A pattern that begins with an ASCII letter or
    /// digit is only found where no other stands before it.
    pub(crate) fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Self {
        let patterns: Vec<String> = patterns.into_iter().map(str::to_owned).collect();
        let mut sieve = Self::default();
        for (index, pattern) in (0_u32..).zip(&patterns) {
            let Some(key) = key_of(pattern) else {
                sieve.odd.extend((!pattern.is_empty()).then_some(index));
                continue;
            };
            let mask = match pattern.len() {
                len @ 0..8 => (1 << (8 * len)) - 1,
                _ => u64::MAX,
            };
            let opening = (eight(pattern.as_bytes(), 0) | LOWER) & mask;
            sieve.mark(key, BEGINS);
            sieve.entries.push(Entry { key, mask, opening, pattern: index });
        }
        let len = |entry: &Entry| patterns.get(entry.pattern as usize).map_or(0, String::len);
        // Of two patterns at one place the longer is tried first.
        sieve.entries.sort_by_key(|entry| (bucket(entry.key), std::cmp::Reverse(len(entry))));
        let before =
            |wanted: usize| sieve.entries.partition_point(|entry| bucket(entry.key) < wanted);
        sieve.buckets = (0..=BUCKETS).map(|at| u32::try_from(before(at)).unwrap_or(0)).collect();
        sieve.patterns = patterns;
        sieve
    }

    /// Has [`Sieve::each`] count these words, which consist of ASCII letters.
    pub(crate) fn counting<'a>(mut self, words: impl IntoIterator<Item = &'a str>) -> Self {
        words.into_iter().filter_map(key_of).for_each(|key| self.mark(key, COUNTED));
        self
    }

    fn mark(&mut self, key: u64, mark: u64) {
        let hash = hash(key);
        if let Some(word) = self.marks.get_mut(hash >> 5) {
            *word |= mark << (2 * (hash & 31));
        }
    }

    /// The first place from `from` on where a pattern stands that `accept` takes, given its index
    /// and where it stands; of several at one place the longest.
    pub(crate) fn find(
        &self,
        text: &str,
        from: usize,
        accept: &impl Fn(usize, Span) -> bool,
    ) -> Option<(usize, Span)> {
        if self.patterns.is_empty() {
            return None;
        }
        let mut found = None;
        octet::any_start(
            text.as_bytes(),
            from,
            |byte| byte.is_ascii_alphanumeric(),
            is_lead,
            |start| self.marks_at(start) & BEGINS != 0,
            |place, eight| {
                found = self.stands(text, place, eight, accept);
                found.is_some()
            },
        );
        let before = found.map_or(text.len(), |(_, span)| span.start);
        self.odd(text, from, before, accept).or(found)
    }

    /// True where [`Sieve::find`] finds anything.
    pub(crate) fn any(&self, text: &str, accept: &impl Fn(usize, Span) -> bool) -> bool {
        self.find(text, 0, accept).is_some()
    }

    /// Calls `see` with every pattern at every place, also where they overlap: the places in order,
    /// of several at one place the longest first. Returns how many of the words are among those to
    /// be counted, or seem to be.
    pub(crate) fn each(&self, text: &str, mut see: impl FnMut(usize, Span)) -> usize {
        let (mut counted, mut odd_from) = (0_u64, 0);
        octet::any_start(
            text.as_bytes(),
            0,
            |byte| byte.is_ascii_alphanumeric(),
            is_lead,
            |start| {
                let marks = self.marks_at(start);
                counted += marks / COUNTED;
                marks & BEGINS != 0
            },
            |place, eight| {
                if !self.odd.is_empty() {
                    self.each_odd(text, odd_from, place, &mut see);
                    odd_from = place;
                }
                self.stands(text, place, eight, |index, span| {
                    see(index, span);
                    false
                });
                false
            },
        );
        if !self.odd.is_empty() {
            self.each_odd(text, odd_from, text.len(), &mut see);
        }
        counted as usize
    }

    /// The marks of the word there.
    #[inline(always)]
    fn marks_at(&self, start: Start) -> u64 {
        let key = |masks: &[u64; 9]| {
            (start.eight | LOWER) & masks.get(start.len).copied().unwrap_or(u64::MAX)
        };
        self.marks(key(&KEY)) | self.marks(key(&OTHER_KEY))
    }

    #[inline]
    fn marks(&self, key: u64) -> u64 {
        let hash = hash(key);
        self.marks.get(hash >> 5).map_or(0, |word| word >> (2 * (hash & 31)) & (BEGINS | COUNTED))
    }

    fn stands(
        &self,
        text: &str,
        at: usize,
        eight: u64,
        mut accept: impl FnMut(usize, Span) -> bool,
    ) -> Option<(usize, Span)> {
        let len = word_len(eight);
        let mut with = |masks: &[u64; 9]| {
            let key = (eight | LOWER) & masks.get(len).copied().unwrap_or(u64::MAX);
            self.with_key(text, at, key, eight | LOWER, &mut accept)
        };
        // The longer patterns first.
        match len {
            0 => with(&KEY).or_else(|| with(&OTHER_KEY)),
            1..=3 => with(&OTHER_KEY).or_else(|| with(&KEY)),
            _ => with(&KEY),
        }
    }

    #[inline(never)]
    fn with_key(
        &self,
        text: &str,
        at: usize,
        key: u64,
        eight: u64,
        accept: &mut impl FnMut(usize, Span) -> bool,
    ) -> Option<(usize, Span)> {
        let bucket = bucket(key);
        let from = *self.buckets.get(bucket)? as usize;
        let to = *self.buckets.get(bucket + 1)? as usize;
        let entries = self.entries.get(from..to)?.iter();
        let same = entries.filter(|entry| eight & entry.mask == entry.opening && entry.key == key);
        same.filter_map(|entry| self.matches(text, at, entry.pattern))
            .find(|(index, span)| accept(*index, *span))
    }

    fn matches(&self, text: &str, at: usize, index: u32) -> Option<(usize, Span)> {
        let index = index as usize;
        let pattern = self.patterns.get(index)?.as_bytes();
        let span = Span::new(at, at + pattern.len());
        let found = text.as_bytes().get(span.start..span.end)?;
        found.eq_ignore_ascii_case(pattern).then_some((index, span))
    }

    /// The first odd pattern that begins before `before`.
    fn odd(
        &self,
        text: &str,
        from: usize,
        before: usize,
        accept: &impl Fn(usize, Span) -> bool,
    ) -> Option<(usize, Span)> {
        if self.odd.is_empty() {
            return None;
        }
        (from..before).find_map(|at| {
            let here = self.odd.iter().filter_map(|index| self.matches(text, at, *index));
            here.filter(|(index, span)| accept(*index, *span)).max_by_key(|(_, span)| span.end)
        })
    }

    /// Calls `see` with the odd patterns that begin from `from` on and before `before`.
    fn each_odd(&self, text: &str, from: usize, before: usize, see: &mut impl FnMut(usize, Span)) {
        for at in from..before {
            let here = self.odd.iter().filter_map(|index| self.matches(text, at, *index));
            let mut here: Vec<_> = here.collect();
            here.sort_by_key(|(_, span)| std::cmp::Reverse(span.end));
            here.into_iter().for_each(|(index, span)| see(index, span));
        }
    }
}

/// What a pattern is looked up by; `None` where it does not begin like a word.
fn key_of(pattern: &str) -> Option<u64> {
    let bytes = pattern.as_bytes();
    let first = *bytes.first()?;
    let eight = eight(bytes, 0);
    let mask = match (word_len(eight), bytes.len()) {
        (0, _) if first.is_ascii() => return None,
        (0, 0..=2) => return None,
        (0, 3..=5) => THREE,
        (1..=3, 5..) => FIVE,
        (len, _) => *KEY.get(len)?,
    };
    Some((eight | LOWER) & mask)
}

/// The length of the ASCII word that these bytes begin with, eight at most.
fn word_len(eight: u64) -> usize {
    let past = !letters_or_digits(eight) & HIGH;
    past.trailing_zeros() as usize / 8
}

#[inline]
fn hash(key: u64) -> usize {
    (key.wrapping_mul(FACTOR) >> 48) as usize
}

fn bucket(key: u64) -> usize {
    hash(key) >> 6
}

#[cfg(test)]
mod tests {
    use super::Sieve;
    use crate::extract::text::Span;

    const PATTERNS: &[&str] = &[
        "X",
        "Gana",
        "Gana Labs",
        "LG",
        "LG전자",
        "at Gana",
        "at",
        "오픈AI",
        "谷歌",
        "谷",
        "Superintelligence",
        ".net",
        "é",
    ];

    /// Every place found, as text.
    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        let sieve = Sieve::new(PATTERNS.iter().copied());
        let mut found = Vec::new();
        let mut at = 0;
        while let Some((_, Span { start, end })) = sieve.find(text, at, &|_, _| true) {
            found.push(text.get(start..end).unwrap());
            at = end;
        }
        assert_eq!(found, want, "{text:?}");
    }

    #[test]
    fn words_are_found_wherever_they_may_begin() {
        check("she joins GANA", &["GANA"]);
        check("gana", &["gana"]);
        check("by X (LG)", &["X", "LG"]);
        check("그는 오픈ai를 Gana와", &["오픈ai", "Gana"]);
        check("加入谷歌，谷雨", &["谷歌", "谷"]);
        check("superintelligence and the superinten", &["superintelligence"]);
        check("nothing of the kind", &[]);
        check("Afghana tonight", &[]);
        check("", &[]);
    }

    #[test]
    fn of_several_at_one_place_the_longest_is_found() {
        check("Gana Labs, Gana lab", &["Gana Labs", "Gana"]);
        check("LG전자와 LG", &["LG전자", "LG"]);
        check("at gana, at Gan, chat Gana", &["at gana", "at", "Gana"]);
    }

    #[test]
    fn patterns_that_begin_like_no_word_are_found_too() {
        check("asp.net, café", &[".net", "é"]);
    }

    #[test]
    fn every_place_is_seen_in_order_and_common_words_are_counted() {
        let sieve = Sieve::new(PATTERNS.iter().copied()).counting(["und", "die"]);
        let mut seen = Vec::new();
        let text = "Die Gana Labs und .NET, LG전자, undine, DIE";
        let counted = sieve.each(text, |_, Span { start, end }| {
            seen.push(text.get(start..end).unwrap());
        });
        assert_eq!(seen, ["Gana Labs", "Gana", ".NET", "LG전자", "LG"]);
        assert_eq!(counted, 3);
    }

    #[test]
    fn places_that_the_caller_refuses_are_passed_over() {
        let sieve = Sieve::new(["Gana", "Gana Labs"]);
        let found = sieve.find("Gana Labs and Gana", 0, &|_, span| span.start > 0);
        assert_eq!(found, Some((0, Span::new(14, 18))));
        let shorter = sieve.find("Gana Labs", 0, &|index, _| index == 0);
        assert_eq!(shorter, Some((0, Span::new(0, 4))));
    }
}
