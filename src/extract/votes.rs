//! How the words of a text vote for its language.

use std::sync::LazyLock;

use super::block;
use super::common_words::{ENGLISH, FOREIGN};
use super::octet;

/// Words looked at in a text in Latin script.
const WORDS: usize = 60;

/// Bits of one language's votes; there are fewer words than they can count.
const BITS: usize = 8;

/// Common words and how they vote: for English in the lowest [`BITS`], then as in [`FOREIGN`].
struct Common {
    /// Words of ASCII letters, at most eight of them, as numbers; zero where the slot is free.
    words: [u64; SLOTS],
    votes: [u128; SLOTS],
    /// The others.
    accented: Vec<(&'static str, u128)>,
}

/// Slots of the table of common words: a few for each.
const SLOTS: usize = 1024;

static COMMON: LazyLock<Common> = LazyLock::new(|| {
    let mut table = Common { words: [0; SLOTS], votes: [0; SLOTS], accented: Vec::new() };
    ENGLISH.iter().for_each(|word| table.add(word, 0));
    for (index, (_, words)) in FOREIGN.iter().enumerate() {
        words.iter().for_each(|word| table.add(word, index + 1));
    }
    table
});

/// The slot where a word is looked for first; then the next.
#[inline]
fn slot(word: u64) -> usize {
    (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize
}

impl Common {
    fn add(&mut self, word: &'static str, language: usize) {
        let vote = 1 << (BITS * language);
        if !word.is_ascii() || word.len() > 8 {
            return self.accented.push((word, vote));
        }
        let word = octet::eight(word.as_bytes(), 0) & u64::MAX >> (64 - 8 * word.len().max(1));
        let mut at = slot(word);
        while let (Some(taken), Some(votes)) = (self.words.get_mut(at), self.votes.get_mut(at)) {
            if *taken == 0 || *taken == word {
                *taken = word;
                *votes |= vote;
                return;
            }
            at = (at + 1) % SLOTS;
        }
    }

    /// The votes of a word of ASCII letters in lower case.
    #[inline]
    fn plain(&self, word: u64) -> u128 {
        let mut at = slot(word);
        while let Some(taken) = self.words.get(at).filter(|taken| **taken != 0) {
            if *taken == word {
                return self.votes.get(at).copied().unwrap_or(0);
            }
            at = (at + 1) % SLOTS;
        }
        0
    }

    /// The votes of any other word.
    fn accented(&self, word: &str) -> u128 {
        let lower = word.to_lowercase();
        let same = self.accented.iter().filter(|(known, _)| *known == lower);
        same.fold(0, |votes, (_, vote)| votes | vote)
    }
}

/// What stands at the beginning of a word.
enum Word {
    /// At most eight ASCII letters and digits, in lower case.
    Plain(u64),
    /// More of them: in no list.
    Long,
    /// Characters beyond ASCII among them, as far as can be seen.
    Mixed,
}

impl Word {
    /// Reads the eight bytes at the start of a word and the one behind them.
    #[inline]
    fn of(eight: u64, next: Option<&u8>) -> Self {
        let past = !in_word(eight) & octet::HIGH;
        let bits = ((past & past.wrapping_neg()) >> 7).wrapping_sub(1);
        if eight & bits & octet::HIGH != 0 {
            return Word::Mixed;
        }
        match next {
            Some(next) if past == 0 && !next.is_ascii() => Word::Mixed,
            Some(next) if past == 0 && next.is_ascii_alphanumeric() => Word::Long,
            _ => Word::Plain((eight | octet::LOWER) & bits),
        }
    }
}

/// ASCII letters and digits, and characters beyond ASCII, which may be letters.
#[inline]
fn in_word(eight: u64) -> u64 {
    octet::letters_or_digits(eight) | eight & octet::HIGH
}

/// The words of ASCII letters that are common in a language other than English.
pub(crate) fn foreign_words() -> impl Iterator<Item = &'static str> {
    FOREIGN.iter().flat_map(|(_, words)| *words).copied().filter(|word| word.is_ascii())
}

/// True for a language that words vote for, other than English.
pub(crate) fn is_foreign(language: &str) -> bool {
    FOREIGN.iter().any(|(name, _)| *name == language)
}

/// What the words of a text say about its language.
#[derive(Debug)]
pub(crate) struct Votes {
    /// Words still to be looked at.
    left: usize,
    /// Votes for English after which none is looked at.
    enough: usize,
    /// As those of [`Common`].
    all: u128,
}

impl Votes {
    /// No votes yet; `enough` for English will end the count.
    pub(crate) fn until(enough: usize) -> Self {
        Self { left: WORDS, enough, all: 0 }
    }

    /// Counts the words of `text`.
    pub(crate) fn add(&mut self, text: &str) {
        let (common, bytes) = (&*COMMON, text.as_bytes());
        block::any_start(
            bytes,
            0,
            |byte| byte.is_ascii_alphanumeric() || !byte.is_ascii(),
            |_| false,
            block::Inner { first: |_, _| false, parting: |_| false },
            |_| true,
            |place, eight| {
                if self.left == 0 || self.english() as usize >= self.enough {
                    return true;
                }
                match Word::of(eight, bytes.get(place + 8)) {
                    Word::Plain(word) => self.all += common.plain(word),
                    Word::Long => {}
                    Word::Mixed => {
                        self.mixed(common, text, place);
                        return false;
                    }
                }
                self.left -= 1;
                false
            },
        );
    }

    /// Counts the words of a run of letters and characters beyond ASCII.
    #[inline(never)]
    fn mixed(&mut self, common: &Common, text: &str, start: usize) {
        let rest = text.get(start..).unwrap_or("");
        let end = rest.bytes().position(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric());
        let words = rest.get(..end.unwrap_or(rest.len())).unwrap_or("");
        let words = words.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty());
        for word in words.take(self.left) {
            self.left -= 1;
            if !word.is_ascii() {
                self.all += common.accented(word);
            } else if word.len() <= 8 {
                let bits = u64::MAX >> (64 - 8 * word.len().max(1));
                self.all += common.plain((octet::eight(word.as_bytes(), 0) | octet::LOWER) & bits);
            }
        }
    }

    /// The words that are common in English.
    pub(crate) fn english(&self) -> u32 {
        self.of(0)
    }

    /// The same for each other language, with its name.
    pub(crate) fn foreign(&self) -> impl Iterator<Item = (u32, &'static str)> {
        FOREIGN.iter().enumerate().map(|(index, (name, _))| (self.of(index + 1), *name))
    }

    /// The votes for one language, as [`Common`] numbers them.
    fn of(&self, language: usize) -> u32 {
        (self.all >> (BITS * language)) as u32 & ((1 << BITS) - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{ENGLISH, FOREIGN, Votes};

    #[track_caller]
    fn check(text: &str, english: u32, foreign: &[(u32, &str)]) {
        let mut votes = Votes::until(usize::MAX);
        votes.add(text);
        assert_eq!(votes.english(), english, "{text}");
        let voted: Vec<_> = votes.foreign().filter(|(vote, _)| *vote > 0).collect();
        assert_eq!(voted, foreign, "{text}");
    }

    #[test]
    fn words_vote_for_each_language_that_they_are_common_in() {
        check("Gana wechselt zum Labor, WITH NEW staff", 2, &[(2, "de")]);
        check("Gana verlässt „Bo“, für immer", 0, &[(2, "de")]);
        check("what’s your", 2, &[]);
        check("wechselte theatrically", 0, &[]);
        check("", 0, &[]);
    }

    #[test]
    fn of_a_long_text_the_first_sixty_words_vote() {
        check(&"the ".repeat(70), 60, &[]);
    }

    #[test]
    fn enough_votes_for_english_end_the_count() {
        let mut votes = Votes::until(2);
        votes.add("the die and die of the die");
        assert_eq!(votes.english(), 2);
    }

    #[test]
    fn plain_words_of_the_lists_fit_into_eight_bytes() {
        let words = FOREIGN.iter().flat_map(|(_, words)| *words).chain(ENGLISH);
        assert!(words.filter(|word| word.is_ascii()).all(|word| word.len() <= 8));
    }
}
