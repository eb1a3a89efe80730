//! Names of people: when do two spellings mean the same person?

mod characters;
mod foreign;
mod likeness;
mod parse;
mod pinyin;
mod store;
mod tables;

use std::cmp::Ordering;

use super::sound::{self, Print, Sounds};

/// The script that a name is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    Latin,
    Hangul,
    Kana,
    /// Han and every script without rules of its own. A Chinese name is compared by its characters
    /// and by its pinyin, a foreign one by its characters and by its sound.
    Other,
}

impl Script {
    const ALL: [Script; 4] = [Script::Latin, Script::Hangul, Script::Kana, Script::Other];
}

/// How much two spellings have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// Two people.
    Different,
    /// The same person if the companies agree: a surname alone, an initial, a short name in
    /// another script.
    Partial,
    /// The same person.
    Same,
}

/// A name, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    script: Script,
    /// The parts without spaces, normalised, nicknames written out; the given name first.
    all: String,
    /// Where the first part of `all` ends, and where the last one begins; both 0 for a single part.
    first: usize,
    last: usize,
    /// The nickname that the article has; empty where there is none.
    short: String,
    /// "given surname" of a Chinese name in Han; else empty.
    pinyin: String,
    /// Where the second half of a surname with a hyphen begins in `all`; 0 where there is none.
    hyphen: usize,
    middle: Option<char>,
    native: bool,
    parts: usize,
    sounds: [Sounds; 2],
}

/// A look at a name, whether it was just taken apart or comes out of the store.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) script: Script,
    all: &'a str,
    first: usize,
    last: usize,
    short: &'a str,
    pinyin: &'a str,
    hyphen: usize,
    /// First letter of a second given name.
    middle: Option<char>,
    /// A Korean name, written without a space: surname first.
    native: bool,
    /// How many parts the name has; the fuller of two spellings is shown.
    parts: usize,
    /// Given name and surname as they sound.
    sounds: [Sounds; 2],
}

/// Keys of one name in the index of sounds.
const KEYS: usize = 8;

impl Name {
    /// A look at it.
    pub(crate) fn view(&self) -> View<'_> {
        View {
            script: self.script,
            all: &self.all,
            first: self.first,
            last: self.last,
            short: &self.short,
            pinyin: &self.pinyin,
            hyphen: self.hyphen,
            middle: self.middle,
            native: self.native,
            parts: self.parts,
            sounds: self.sounds,
        }
    }
}

/// Both parts in an order that does not depend on the custom of the country.
fn in_order<'a>((a, b): (&'a str, &'a str)) -> (&'a str, &'a str) {
    if a < b { (a, b) } else { (b, a) }
}

fn sounds(script: Script, part: &str) -> Sounds {
    match script {
        Script::Latin => sound::latin(part),
        Script::Hangul => sound::hangul(part),
        Script::Kana => sound::kana(part),
        Script::Other => Sounds::default(),
    }
}

impl<'a> View<'a> {
    fn part(&self, from: usize, to: usize) -> &'a str {
        self.all.get(from..to).unwrap_or("")
    }

    /// First given name; empty for a single name.
    pub(crate) fn given(&self) -> &'a str {
        self.part(0, self.first)
    }

    /// The family name, or all there is.
    pub(crate) fn surname(&self) -> &'a str {
        self.part(self.last, self.all.len())
    }

    /// True for a surname or a first name alone.
    pub(crate) fn is_single(&self) -> bool {
        self.first == 0 && self.script != Script::Other
    }

    /// True for a foreign name in Han.
    pub(crate) fn is_foreign(&self) -> bool {
        self.script == Script::Other && self.parts > 1
    }

    /// True for a Korean name, written without a space.
    pub(crate) fn is_native(&self) -> bool {
        self.native
    }

    /// True where the given name is one letter.
    pub(crate) fn is_initial(&self) -> bool {
        self.script == Script::Latin && self.given().chars().count() == 1
    }

    /// True where this spelling alone does not tell one person from another.
    pub(crate) fn is_partial(&self) -> bool {
        self.is_single() || self.is_initial()
    }

    /// Every way to read it as a given name and a surname, the usual one first. A second given name
    /// may be part of the first one (Ji Woo, Jiwoo) or of the surname (Kim Ji Woo), and a foreign
    /// name in Hangul may begin with a surname of one or two syllables (팡뤄밍).
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let name = *self;
        let cut = move |at: usize| (name.part(0, at), name.part(at, name.all.len()));
        let others = if name.first < name.last {
            [Some(name.last), Some(name.first)]
        } else if name.script == Script::Hangul && name.is_single() {
            let mut places = name.all.char_indices().map(|(at, _)| at).skip(1);
            let (one, two, three) = (places.next(), places.next(), places.next());
            [one.and(two).and(one), two.and(three).and(two)]
        } else {
            [None, None]
        };
        std::iter::once((name.given(), name.surname()))
            .chain(others.into_iter().flatten().map(cut))
            .chain(name.pinyin.split_once(' '))
    }

    /// The name with one half of a surname that has a hyphen, keyed like [`View::exact_keys`].
    pub(crate) fn half_keys(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let name = *self;
        let halves = [(name.last, name.hyphen), (name.hyphen, name.all.len())];
        let halves = halves.into_iter().filter(move |_| name.hyphen > 0);
        halves.map(move |(from, to)| in_order((name.given(), name.part(from, to))))
    }

    /// The two parts of each reading, in an order that does not depend on the custom of the country.
    pub(crate) fn exact_keys(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        self.pairs().map(in_order)
    }

    /// What the id of the person's move is made of.
    pub(crate) fn exact_key(&self) -> (&'a str, &'a str) {
        in_order((self.given(), self.surname()))
    }

    /// Keys that all scripts share, one for each way to read the letters, with what they leave out.
    /// None for a single name, nor for Han without pinyin.
    pub(crate) fn sound_keys(&self) -> Vec<(u64, Print)> {
        let most = if self.is_foreign() { 2 * KEYS } else { KEYS };
        let mut keys = Vec::with_capacity(most);
        for (place, (given, surname)) in self.pairs().enumerate() {
            let [given, surname] = match place {
                _ if self.is_foreign() => self.sounds,
                _ if given.is_empty() => continue,
                0 => self.sounds,
                _ if self.script == Script::Other => self.sounds,
                _ => [sounds(self.script, given), sounds(self.script, surname)],
            };
            let surnames = surname.readings();
            for a in given.readings().as_slice() {
                for b in surnames.as_slice() {
                    let print = match a.cmp(b) {
                        // The romanised surname may have an l that the Korean one has not.
                        _ if self.native => Print::ANY,
                        Ordering::Less => Print::of(&given, &surname),
                        Ordering::Greater => Print::of(&surname, &given),
                        Ordering::Equal => Print::ANY,
                    };
                    let key = (u64::from(*a.min(b)) << 32) | u64::from(*a.max(b));
                    if keys.len() < most && !keys.contains(&(key, print)) {
                        keys.push((key, print));
                    }
                }
            }
        }
        keys
    }

    /// The key of the surname alone, in both readings; says nothing about Han.
    pub(crate) fn surname_keys(&self) -> [u32; 2] {
        let [_, surname] = self.sounds;
        [surname.bucket(true), surname.bucket(false)]
    }

    /// Orders spellings by how well they show: Latin first, then the fuller one.
    pub(crate) fn rank(&self) -> (bool, bool, usize) {
        (
            self.script == Script::Latin,
            !self.is_initial(),
            self.parts + usize::from(self.hyphen > 0),
        )
    }
}

#[cfg(test)]
mod tests;
