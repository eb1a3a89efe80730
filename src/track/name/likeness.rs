//! How much two spellings have in common.

use super::tables::romanised_surname;
use super::{Likeness, Script, View, sounds};
use crate::track::sound::Sounds;

/// Fewer consonants than these do not tell one person from another.
const ENOUGH: usize = 4;

impl View<'_> {
    /// How much two spellings have in common; symmetric.
    pub(crate) fn likeness(&self, other: &View<'_>) -> Likeness {
        match (self.script, other.script) {
            (Script::Other, Script::Other) if self.all == other.all => Likeness::Same,
            (Script::Other, Script::Other) if self.is_foreign() && other.is_foreign() => {
                partial_if(self.is_heard_like(other))
            }
            (Script::Other, Script::Other) => Likeness::Different,
            (Script::Other, _) => self.likeness_of_han(other),
            (_, Script::Other) => other.likeness_of_han(self),
            (mine, others) if mine == others => self.likeness_in_script(other),
            _ => self.likeness_across(other),
        }
    }

    /// A Chinese name against one in letters. One with a given name of one syllable is shared by
    /// too many people.
    fn likeness_of_han(&self, other: &View<'_>) -> Likeness {
        if self.is_foreign() {
            // Transliterators are free, and the characters few: it takes the companies as well.
            let [given, surname] = &self.sounds;
            let enough = given.weight() + surname.weight() >= ENOUGH - 1;
            partial_if(!other.is_single() && enough && self.is_heard_like(other))
        } else if self.pinyin.is_empty() || other.is_single() {
            Likeness::Different
        } else if other.script != Script::Latin {
            self.likeness_by_ear(self.is_heard_like(other))
        } else if !self.is_spelt_like(other) {
            Likeness::Different
        } else if self.all.chars().count() > 2 {
            Likeness::Same
        } else {
            Likeness::Partial
        }
    }

    fn likeness_in_script(&self, other: &View<'_>) -> Likeness {
        let single = self.is_single() || other.is_single();
        let middles = self.middle.is_some() && other.middle.is_some();
        if !single && middles && self.middle != other.middle {
            return Likeness::Different;
        }
        if self.is_spelt_like(other) {
            return Likeness::Same;
        }
        if single {
            return partial_if(self.surname() == other.surname() || self.alike(other, 1));
        }
        if self.native || other.native {
            return Likeness::Different; // 김민수 and 김만수 sound alike and are two people
        }
        if self.script == Script::Latin {
            let given = begins(self.given(), other.given())
                || self.is_short_for(other)
                || other.is_short_for(self)
                || self.alike(other, 0);
            return partial_if(
                (given && (self.surname() == other.surname() || self.alike(other, 1)))
                    || self.is_half_of(other)
                    || other.is_half_of(self),
            );
        }
        self.likeness_by_ear(self.is_heard_like(other))
    }

    fn likeness_across(&self, other: &View<'_>) -> Likeness {
        if self.is_single() || other.is_single() {
            let ([_, mine], [_, others]) = (&self.sounds, &other.sounds);
            return partial_if(
                (mine.weight() >= 2 && mine.agree(others))
                    || self.holds_all_of(other)
                    || other.holds_all_of(self),
            );
        }
        self.likeness_by_ear(
            self.is_heard_like(other) || self.korean_alike(other) || other.korean_alike(self),
        )
    }

    fn likeness_by_ear(&self, alike: bool) -> Likeness {
        let [given, surname] = &self.sounds;
        if alike && given.weight() + surname.weight() >= ENOUGH {
            Likeness::Same
        } else {
            partial_if(alike)
        }
    }

    /// The same letters, in the order of either custom.
    fn is_spelt_like(&self, other: &View<'_>) -> bool {
        !(self.is_single() && other.is_single())
            && self
                .exact_keys()
                .filter(|(shorter, _)| !shorter.is_empty())
                .any(|key| other.exact_keys().any(|others| others == key))
    }

    /// The other one's surname has a hyphen, and one half of it is this surname.
    fn is_half_of(&self, other: &View<'_>) -> bool {
        other.half_keys().any(|half| half == self.exact_key())
    }

    /// Both parts sound alike, in the order of either custom.
    fn is_heard_like(&self, other: &View<'_>) -> bool {
        both_agree(&self.sounds, &other.sounds)
    }

    /// A foreign name in Hangul without a space, surname first, against the same name in two parts.
    fn holds_all_of(&self, other: &View<'_>) -> bool {
        self.is_single()
            && !other.is_single()
            && self.pairs().skip(1).any(|(a, b)| {
                let heard = [a, b].map(|part| sounds(self.script, part));
                let [a, b] = &heard;
                a.weight() + b.weight() >= ENOUGH && both_agree(&heard, &other.sounds)
            })
    }

    /// A Korean name against its romanised form, in either order.
    fn korean_alike(&self, latin: &View<'_>) -> bool {
        if !self.native || latin.script != Script::Latin {
            return false;
        }
        let [own_given, own_surname] = &self.sounds;
        let fits = |given: &str, surname: &str| {
            own_given.agree(&sounds(Script::Latin, given))
                && match romanised_surname(self.surname()) {
                    Some(forms) => forms.contains(&surname),
                    None => own_surname.agree(&sounds(Script::Latin, surname)),
                }
        };
        latin.pairs().any(|(a, b)| fits(a, b) || fits(b, a))
    }

    /// "Sam" is Samuel as a rule, but may be Samantha.
    fn is_short_for(&self, other: &View<'_>) -> bool {
        self.short.len() >= 3 && other.given().starts_with(self.short)
    }

    /// Spellings of one script that sound alike and begin alike; part 0 is the given name, 1 the
    /// surname.
    fn alike(&self, other: &View<'_>, part: usize) -> bool {
        let (text, their_text) = match part {
            0 => (self.given(), other.given()),
            _ => (self.surname(), other.surname()),
        };
        let (Some(mine), Some(others)) = (self.sounds.get(part), other.sounds.get(part)) else {
            return false;
        };
        mine.weight() >= 2
            && mine.agree(others)
            && (self.script != Script::Latin || are_near(text, their_text))
    }
}

/// Spellings that begin alike and differ in two letters of five at most: Mohamed and Muhammad, but
/// not Pavel and Priya, whose consonants are of the same classes.
fn are_near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    a.first() == b.first() && distance(&a, &b) * 5 <= a.len().max(b.len()) * 2
}

/// How many letters have to be put in, left out or changed (Levenshtein).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, x) in a.iter().enumerate() {
        let mut left = at + 1;
        let mut corner = at;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, y) in row.iter_mut().skip(1).zip(b) {
            let changed = corner + usize::from(x != y);
            corner = *cell;
            left = changed.min(corner + 1).min(left + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(0)
}

fn both_agree([given, surname]: &[Sounds; 2], [first, second]: &[Sounds; 2]) -> bool {
    (given.agree(first) && surname.agree(second)) || (given.agree(second) && surname.agree(first))
}

fn partial_if(yes: bool) -> Likeness {
    if yes { Likeness::Partial } else { Likeness::Different }
}

/// "J" and "Chris" begin "John" and "Christopher"; two letters are not enough for "Al" and "Alan".
fn begins(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.starts_with(short) && (short.chars().count() == 1 || short.len() >= 3)
}
