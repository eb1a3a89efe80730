//! Finds many words in a text without reading every byte of it through an automaton.
//!
//! Most articles name no company, and an automaton waits for memory at every byte. Here only
//! places where a word may begin are looked at: an ASCII letter or digit after something else, and
//! each character beyond ASCII. The word there (a short one with what follows it; of a text without
//! spaces, two characters) is looked up in a table of bits, no look-up waiting for the one before; where the bit is set,
//! the word leads to the patterns that begin with it.

use super::block::{self, Inner, Start};
use super::entries::Entries;
use super::key::{key, key_of, other_key, word_len};
use super::marks::{BEGINS, COUNTED, Marks};
use super::octet::{LOWER, eight, is_hangul, is_lead};
use super::text::Span;

/// Patterns and where to look for them.
#[derive(Debug, Clone)]
pub(crate) struct Sieve {
    marks: Marks,
    entries: Entries,
    /// Patterns that may begin elsewhere than where words do.
    odd: Vec<u32>,
}

impl Default for Sieve {
    fn default() -> Self {
        Self::new([])
    }
}

impl Sieve {
    /// Builds the table. ASCII case does not matter. A pattern that begins with an ASCII letter or
    /// digit is only found where no other stands before it.
    pub(crate) fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Self {
        let entries = Entries::new(patterns.into_iter().map(str::to_owned).collect());
        let keys: Vec<u64> = entries.keys().collect();
        Self { marks: Marks::new(&keys), odd: entries.odd(), entries }
    }

    /// Has [`Sieve::each`] count these words, which consist of ASCII letters.
    pub(crate) fn counting<'a>(mut self, words: impl IntoIterator<Item = &'a str>) -> Self {
        words.into_iter().filter_map(key_of).for_each(|key| self.marks.add(key, COUNTED));
        self
    }

    /// The first place from `from` on where a pattern stands that `accept` takes, given its index
    /// and where it stands; of several at one place the longest.
    pub(crate) fn find(
        &self,
        text: &str,
        from: usize,
        accept: &impl Fn(usize, Span) -> bool,
    ) -> Option<(usize, Span)> {
        if self.entries.is_empty() {
            return None;
        }
        let mut found = None;
        block::any_start(
            text.as_bytes(),
            from,
            |byte| byte.is_ascii_alphanumeric(),
            is_lead,
            Inner { first: |_, _| false, parting: |_| false },
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

    /// Calls `see` with every pattern at every place, also where they overlap, but for places within a
    /// word of Hangul other than behind 전 and some other syllables: the places in order, of several
    /// at one place the longest first. Returns how many of the words are among those to be counted,
    /// or seem to be.
    pub(crate) fn each(&self, text: &str, mut see: impl FnMut(usize, Span)) -> usize {
        let (mut counted, mut odd_from) = (0_u64, 0);
        block::any_start(
            text.as_bytes(),
            0,
            |byte| byte.is_ascii_alphanumeric(),
            is_lead,
            Inner { first: is_hangul, parting: |byte| byte == 0x84 },
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

    /// Calls `see` with every pattern that stands at `at`, the longest first.
    pub(crate) fn at(&self, text: &str, at: usize, mut see: impl FnMut(usize, Span)) {
        self.stands(text, at, eight(text.as_bytes(), at), |index, span| {
            see(index, span);
            false
        });
    }

    /// The marks of the word there.
    #[inline(always)]
    fn marks_at(&self, start: Start) -> u64 {
        let Start { eight, len } = start;
        self.marks.get(key(eight, len)) | self.marks.get(other_key(eight, len))
    }

    fn stands(
        &self,
        text: &str,
        at: usize,
        eight: u64,
        mut accept: impl FnMut(usize, Span) -> bool,
    ) -> Option<(usize, Span)> {
        let len = word_len(eight);
        let mut with = |key: u64| {
            let begins = self.marks.get(key) & BEGINS != 0;
            begins
                .then(|| self.entries.with_key(text, at, key, eight | LOWER, &mut accept))
                .flatten()
        };
        let (key, other) = (key(eight, len), other_key(eight, len));
        // The longer patterns first.
        match len {
            0 => with(key).or_else(|| with(other)),
            1..=6 => with(other).or_else(|| with(key)),
            _ => with(key),
        }
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
            let here = self.odd.iter().filter_map(|index| self.entries.matches(text, at, *index));
            here.filter(|(index, span)| accept(*index, *span)).max_by_key(|(_, span)| span.end)
        })
    }

    /// Calls `see` with the odd patterns that begin from `from` on and before `before`.
    fn each_odd(&self, text: &str, from: usize, before: usize, see: &mut impl FnMut(usize, Span)) {
        for at in from..before {
            let here = self.odd.iter().filter_map(|index| self.entries.matches(text, at, *index));
            let mut here: Vec<_> = here.collect();
            here.sort_by_key(|(_, span)| std::cmp::Reverse(span.end));
            here.into_iter().for_each(|(index, span)| see(index, span));
        }
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
    fn within_a_word_of_hangul_patterns_are_found_on_demand() {
        let sieve = Sieve::new(["가나", "다라"]);
        let text = "가나다라 전가나, 마다라";
        let mut seen = Vec::new();
        sieve.each(text, |_, span| seen.push(span.start));
        assert_eq!(seen, [0, 16]);
        sieve.at(text, 6, |_, span| seen.push(span.start));
        assert_eq!(seen, [0, 16, 6]);
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
