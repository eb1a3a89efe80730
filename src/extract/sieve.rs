//! Finds many words in a text without reading every byte of it through an automaton.
//!
//! Most articles name no company, and an automaton waits for memory at every byte. Here only
//! places where a word may begin are looked at: an ASCII letter or digit after something else, and
//! each character beyond ASCII. Two bytes there are looked up in a table of bits, no look-up waiting
//! for the one before; where the bit is set, the word's first bytes lead to the patterns that begin
//! like it.

use super::octet::{self, HIGH, LOWER, eight, leads, letters_or_digits};
use super::text::Span;

/// Factor of a multiplicative hash.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
/// Words of the table of pairs, 65,536 bits; and buckets of entries.
const TABLE: usize = 1024;
/// The first six bytes: two Han characters or Hangul syllables.
const SIX: u64 = 0xffff_ffff_ffff;
/// The first three: one of them.
const THREE: u64 = 0xff_ffff;

/// Patterns and where to look for them.
#[derive(Debug, Clone)]
pub(crate) struct Sieve {
    /// A bit for each pair of bytes that a pattern begins with.
    pairs: Box<[u64; TABLE]>,
    /// A bit for each hash of a key.
    keys: Box<[u64; TABLE]>,
    /// For each bucket the first of its entries, and one past the end.
    buckets: Vec<u32>,
    entries: Vec<Entry>,
    patterns: Vec<String>,
    /// Patterns that may begin elsewhere than where words do.
    odd: Vec<u32>,
    /// True where patterns of one character beyond ASCII are looked for.
    brief: bool,
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
            pairs: Box::new([0; TABLE]),
            keys: Box::new([0; TABLE]),
            buckets: Vec::new(),
            entries: Vec::new(),
            patterns: Vec::new(),
            odd: Vec::new(),
            brief: false,
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
            set(&mut sieve.keys, hash(key));
            sieve.entries.push(Entry { key, mask, opening, pattern: index });
            sieve.brief |= key & 0x80 != 0 && key <= THREE;
            sieve.allow(pattern.as_bytes());
        }
        let len = |entry: &Entry| patterns.get(entry.pattern as usize).map_or(0, String::len);
        // Of two patterns at one place the longer is tried first.
        sieve.entries.sort_by_key(|entry| (bucket(entry.key), std::cmp::Reverse(len(entry))));
        let before =
            |wanted: usize| sieve.entries.partition_point(|entry| bucket(entry.key) < wanted);
        sieve.buckets = (0..=TABLE).map(|at| u32::try_from(before(at)).unwrap_or(0)).collect();
        sieve.patterns = patterns;
        sieve
    }

    /// Marks the first bytes of a pattern; all that may follow one of a single byte.
    fn allow(&mut self, pattern: &[u8]) {
        let next = if pattern.len() == 1 { 0..=u8::MAX } else { 0..=0 };
        for next in next {
            let mut bytes = [next; 4];
            bytes.iter_mut().zip(pattern).for_each(|(byte, of)| *byte = *of);
            let pair = pair(u32::from_le_bytes(bytes));
            set(&mut self.pairs, pair);
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
        let found = self.first(text, from, accept);
        let before = found.map_or(text.len(), |(_, span)| span.start);
        self.odd(text, from, before, accept).or(found)
    }

    /// True where [`Sieve::find`] finds anything.
    pub(crate) fn any(&self, text: &str, accept: &impl Fn(usize, Span) -> bool) -> bool {
        self.find(text, 0, accept).is_some()
    }

    /// Calls `see` with every pattern at every place, also where they overlap.
    pub(crate) fn each(&self, text: &str, see: impl Fn(usize, Span)) {
        self.find(text, 0, &|index, span| {
            see(index, span);
            false
        });
    }

    fn first(
        &self,
        text: &str,
        from: usize,
        accept: &impl Fn(usize, Span) -> bool,
    ) -> Option<(usize, Span)> {
        let mut found = None;
        octet::any_start(text.as_bytes(), from, letters_or_digits, leads, |place, eight| {
            if self.may_begin(pair(eight as u32)) {
                found = self.stands(text, place, eight, accept);
            }
            found.is_some()
        });
        found
    }

    /// True where a pattern begins with this pair of bytes.
    #[inline]
    fn may_begin(&self, pair: u16) -> bool {
        self.pairs.get(usize::from(pair >> 6)).is_some_and(|word| word >> (pair & 63) & 1 == 1)
    }

    fn stands(
        &self,
        text: &str,
        at: usize,
        eight: u64,
        accept: &impl Fn(usize, Span) -> bool,
    ) -> Option<(usize, Span)> {
        let key = key_at(eight);
        if self.has(key) {
            let found = self.with_key(text, at, key, eight | LOWER, accept);
            if found.is_some() {
                return found;
            }
        }
        if self.brief && key & 0x80 != 0 {
            return self.with_key(text, at, key & THREE, eight | LOWER, accept);
        }
        None
    }

    #[inline]
    fn has(&self, key: u64) -> bool {
        let hash = hash(key);
        self.keys.get(usize::from(hash >> 6)).is_some_and(|word| word >> (hash & 63) & 1 == 1)
    }

    #[inline(never)]
    fn with_key(
        &self,
        text: &str,
        at: usize,
        key: u64,
        eight: u64,
        accept: &impl Fn(usize, Span) -> bool,
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
}

/// What a pattern is looked up by; `None` where it does not begin like a word.
fn key_of(pattern: &str) -> Option<u64> {
    let bytes = pattern.as_bytes();
    let first = *bytes.first()?;
    if first.is_ascii_alphanumeric() {
        return Some(key_at(eight(bytes, 0)));
    }
    let key = eight(bytes, 0) | LOWER;
    match bytes.len() {
        _ if first.is_ascii() => None,
        0..=2 => None,
        3..=5 => Some(key & THREE),
        _ => Some(key & SIX),
    }
}

/// The key of the place that begins with these eight bytes: its first word in lower case.
#[inline]
fn key_at(eight: u64) -> u64 {
    let past = !letters_or_digits(eight) & HIGH;
    // All bits below the first byte past the word; all bits where there is none.
    let word = ((past & past.wrapping_neg()) >> 7).wrapping_sub(1);
    (eight | LOWER) & if eight & 0x80 != 0 { SIX } else { word }
}

/// The first two bytes at a place, ASCII in lower case; of a character beyond ASCII the two after
/// its first, which tell more.
#[inline]
fn pair(bytes: u32) -> u16 {
    let (ascii, other) = (bytes as u16 | 0x2020, (bytes >> 8) as u16);
    if bytes & 0x80 == 0 { ascii } else { other }
}

fn hash(key: u64) -> u16 {
    (key.wrapping_mul(FACTOR) >> 48) as u16
}

fn bucket(key: u64) -> usize {
    usize::from(hash(key) >> 6)
}

fn set(table: &mut [u64; TABLE], bit: u16) {
    if let Some(word) = table.get_mut(usize::from(bit >> 6)) {
        *word |= 1 << (bit & 63);
    }
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
    }

    #[test]
    fn patterns_that_begin_like_no_word_are_found_too() {
        check("asp.net, café", &[".net", "é"]);
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
