//! Finds many words in a text without reading every byte of it through an automaton.
//!
//! Most articles name no company, and an automaton waits for memory at every byte. Here only
//! places where a word may begin are looked at: an ASCII letter or digit after something else, and
//! each character beyond ASCII. The first bytes of the word there, in lower case, are looked up in
//! a table of bits, no look-up waiting for the one before; only where the bit is set are patterns
//! compared.

use super::octet::{HIGH, LOWER, eight, leads, letters_or_digits};
use super::text::Span;

/// Factor of a multiplicative hash.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
/// Words of the table: 65,536 bits.
const TABLE: usize = 1024;
/// The first six bytes: two Han characters or Hangul syllables.
const SIX: u64 = 0xffff_ffff_ffff;
/// The first three: one of them.
const THREE: u64 = 0xff_ffff;

/// Patterns and where to look for them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sieve {
    bits: Vec<u64>,
    /// For each word of `bits` the first of its entries, and one past the end.
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
    pattern: u32,
}

impl Sieve {
    /// Builds the table. ASCII case does not matter. A pattern that begins with an ASCII letter or
    /// digit is only found where no other stands before it.
    pub(crate) fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Self {
        let patterns: Vec<String> = patterns.into_iter().map(str::to_owned).collect();
        let mut sieve = Self { bits: vec![0; TABLE], ..Self::default() };
        for (index, pattern) in (0_u32..).zip(&patterns) {
            match key_of(pattern) {
                Some(key) => sieve.entries.push(Entry { key, pattern: index }),
                None if pattern.is_empty() => {}
                None => sieve.odd.push(index),
            }
            sieve.brief |= key_of(pattern).is_some_and(|key| key & 0x80 != 0 && key <= THREE);
        }
        let len = |entry: &Entry| patterns.get(entry.pattern as usize).map_or(0, String::len);
        // Of two patterns at one place the longer is tried first.
        sieve.entries.sort_by_key(|entry| (hash(entry.key), std::cmp::Reverse(len(entry))));
        for entry in &sieve.entries {
            let hash = hash(entry.key);
            if let Some(word) = sieve.bits.get_mut(usize::from(hash >> 6)) {
                *word |= 1 << (hash & 63);
            }
        }
        let before = |word: usize| {
            sieve.entries.partition_point(|entry| usize::from(hash(entry.key) >> 6) < word)
        };
        sieve.buckets = (0..=TABLE).map(|word| u32::try_from(before(word)).unwrap_or(0)).collect();
        sieve.patterns = patterns;
        sieve
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
        let bytes = text.as_bytes();
        let before = from.checked_sub(1).and_then(|at| bytes.get(at));
        let mut carry = u64::from(before.is_some_and(u8::is_ascii_alphanumeric)) << 7;
        for at in (from..bytes.len()).step_by(8) {
            let word = eight(bytes, at);
            let within = letters_or_digits(word);
            let mut starts = within & !(within << 8 | carry) | leads(word);
            carry = within >> 56;
            while starts != 0 {
                let place = at + starts.trailing_zeros() as usize / 8;
                starts &= starts - 1;
                let key = key_at(eight(bytes, place));
                if self.has(key)
                    && let Some(found) = self.stands(text, place, key, accept)
                {
                    return Some(found);
                }
                if self.brief
                    && key & 0x80 != 0
                    && self.has(key & THREE)
                    && let Some(found) = self.stands(text, place, key & THREE, accept)
                {
                    return Some(found);
                }
            }
        }
        None
    }

    #[inline]
    fn has(&self, key: u64) -> bool {
        let hash = hash(key);
        self.bits.get(usize::from(hash >> 6)).is_some_and(|word| word >> (hash & 63) & 1 == 1)
    }

    #[cold]
    fn stands(
        &self,
        text: &str,
        at: usize,
        key: u64,
        accept: &impl Fn(usize, Span) -> bool,
    ) -> Option<(usize, Span)> {
        let word = usize::from(hash(key) >> 6);
        let from = *self.buckets.get(word)? as usize;
        let to = *self.buckets.get(word + 1)? as usize;
        let same = self.entries.get(from..to)?.iter().filter(|entry| entry.key == key);
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

fn hash(key: u64) -> u16 {
    (key.wrapping_mul(FACTOR) >> 48) as u16
}

#[cfg(test)]
mod tests {
    use super::Sieve;
    use crate::extract::text::Span;

    const PATTERNS: &[&str] =
        &["X", "Gana", "Gana Labs", "LG", "LG전자", "오픈AI", "谷歌", "谷", "Superintelligence", ".net", "é"];

    /// Every place found, as text.
    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        let sieve = Sieve::new(PATTERNS.iter().copied());
        let mut found = Vec::new();
        let mut at = 0;
        while let Some((_, Span { start, end })) = sieve.find(text, at, &|_, _| true) {
            found.push(&text[start..end]);
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
