//! The words of `lexicon/ko.toml`, ready for look-ups.

use std::cell::OnceCell;

use super::ending::letters;
use super::tells::hints;
use super::trigger::{ACTS, Opening, Shape, Trigger, fused, is_post, open, shape};
use crate::extract::fast::{FastMap, FastSet};
use crate::extract::lexicon::Lexicon;
use crate::extract::people::{People, key};
use crate::extract::sieve::Sieve;
use crate::model::Problems;

/// The lists that the grammar reads.
const LISTS: &[&str] = &[
    "role",
    "common",
    "unit",
    "workplace",
    "affair",
    "elsewhere",
    "leave_of_absence",
    "talk",
    "no_move",
    "column",
    "correction",
    "alliance",
    "institution",
    "past",
    "asserted",
    "rumoured",
    "open",
    "refused",
    "looked_back",
    "afterwards",
    "clause",
    "hedge",
    "confirmed",
    "denied",
    "adnominal",
    "predicate",
    "career",
    "former",
    "source",
    "court",
    "ordinary",
    "firm",
    "branch",
    "home",
    "outside_post",
    "report",
    "body",
    "licence",
    "latin_ordinary",
    "given_name",
    "surname",
    "rare_surname",
    "pinyin_syllable",
    "pinyin_only",
    "chinese_surname",
    "given_syllable",
    "foreign_syllable",
];

/// The lexicon, ready for look-ups.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) lexicon: Lexicon,
    /// Nouns by their first character.
    nouns: FastMap<char, Vec<Shape>>,
    /// Verbs by their first syllable without what closes it: an ending may.
    verbs: FastMap<char, Vec<Shape>>,
    sets: FastMap<&'static str, FastSet<String>>,
    /// The words of each list by their first character.
    heads_of: FastMap<&'static str, FastMap<char, Vec<String>>>,
    /// The words of each list by their last character.
    tails: FastMap<&'static str, FastMap<char, Vec<String>>>,
    given_names: FastSet<String>,
    /// The heads who stand for their companies, by name.
    pub(super) heads: std::collections::HashMap<String, String>,
    /// First words of the names of known people, normalised.
    name_heads: FastSet<String>,
    /// Finds [`Words::hints`].
    hints: Sieve,
    pub(super) given_syllables: FastSet<char>,
    pub(super) foreign_syllables: FastSet<char>,
    pub(super) pinyin_syllables: FastSet<char>,
    pub(super) pinyin_only: FastSet<char>,
}

impl Words {
    /// Reads `lexicon/ko.toml`; first names of known people are learned beside it.
    pub(super) fn parse(
        file: &str,
        text: &str,
        people: &People,
        problems: &mut Problems,
    ) -> Option<Self> {
        let classes: Vec<&str> = ACTS.iter().map(|(name, _)| *name).collect();
        let lexicon = Lexicon::parse(file, text, &classes, LISTS, problems)?;
        let mut nouns: FastMap<char, Vec<Shape>> = FastMap::default();
        let mut verbs: FastMap<char, Vec<Shape>> = FastMap::default();
        for (index, trigger) in lexicon.triggers.iter().enumerate() {
            let act = ACTS.iter().find(|(name, _)| *name == trigger.class)?.1;
            for form in &trigger.forms {
                let shape = shape(u16::try_from(index).ok()?, act, form);
                let Some(first) = form.rsplit(' ').next().and_then(|last| last.chars().next())
                else {
                    continue;
                };
                match shape.is_verb() {
                    true => verbs.entry(open(first)).or_default().push(shape),
                    false => nouns.entry(first).or_default().push(shape),
                }
            }
        }
        for list in nouns.values_mut().chain(verbs.values_mut()) {
            list.sort_by_key(|shape| {
                std::cmp::Reverse((shape.before.is_some(), shape.stem.chars().count()))
            });
        }
        let sets = LISTS
            .iter()
            .map(|name| (*name, lexicon.list(name).iter().cloned().collect::<FastSet<_>>()))
            .collect();
        let by = |end: fn(&str) -> Option<char>| {
            LISTS.iter().map(|name| (*name, by_end(lexicon.list(name), end))).collect()
        };
        let heads_of = by(|word| word.chars().next());
        let tails = by(|word| word.chars().next_back());
        let given_names = given_names(&lexicon, people);
        let syllables =
            |name: &str| lexicon.list(name).iter().flat_map(|all| all.chars()).collect();
        Some(Self {
            heads: crate::extract::heads::parse(problems)?,
            given_syllables: syllables("given_syllable"),
            foreign_syllables: syllables("foreign_syllable"),
            pinyin_syllables: syllables("pinyin_syllable"),
            pinyin_only: syllables("pinyin_only"),
            hints: Sieve::new(hints(&lexicon).iter().map(String::as_str)),
            nouns,
            verbs,
            sets,
            heads_of,
            tails,
            given_names,
            name_heads: name_heads(people),
            lexicon,
        })
    }

    /// True where the list holds the word.
    pub(super) fn is(&self, list: &str, word: &str) -> bool {
        self.sets.get(list).is_some_and(|set| set.contains(word))
    }

    /// True where the word begins with one of the list.
    pub(super) fn begins(&self, list: &str, word: &str) -> bool {
        let heads = || self.heads_of.get(list)?.get(&word.chars().next()?);
        heads().is_some_and(|heads| heads.iter().any(|head| word.starts_with(head.as_str())))
    }

    /// True where the word ends with one of the list and is longer than it, or is it.
    pub(super) fn ends(&self, list: &str, word: &str) -> bool {
        self.ending_like(list, word).iter().any(|tail| {
            word.ends_with(tail.as_str())
                && (tail.chars().count() > 1 || word.chars().count() > 1 || word == tail)
        })
    }

    /// The words of the list that end in the same character.
    fn ending_like(&self, list: &str, word: &str) -> &[String] {
        let tails = || self.tails.get(list)?.get(&word.chars().next_back()?);
        tails().map_or(&[], Vec::as_slice)
    }

    /// True for a role: listed, or a word that ends in a listed one of two syllables or more.
    pub(super) fn is_role(&self, word: &str) -> bool {
        if self.is("role", word) {
            return true;
        }
        // A lone short role at the end of a longer word is chance: 반도체 is no 체.
        let long = word.chars().count() > 3;
        long && self
            .ending_like("role", word)
            .iter()
            .any(|role| role.chars().count() >= 2 && word.ends_with(role.as_str()))
    }

    /// True for a role that many hold.
    pub(super) fn is_common(&self, word: &str) -> bool {
        self.is("common", word)
    }

    /// True for a first name written in Hangul.
    pub(super) fn is_given_name(&self, word: &str) -> bool {
        self.given_names.contains(word)
    }

    /// True where a known person's name may begin with this word: a cheap test before look-ups.
    pub(super) fn may_open_name(&self, word: &str) -> bool {
        if word.is_ascii() {
            return self.name_heads.contains(&key(word));
        }
        let ends = word.char_indices().map(|(at, ch)| at + ch.len_utf8()).take(5);
        ends.into_iter()
            .any(|end| word.get(..end).is_some_and(|head| self.name_heads.contains(head)))
            || !word.starts_with(super::token::is_hangul) && self.name_heads.contains(&key(word))
    }

    /// Finds the trigger that a Hangul word is a form of; `before` is the word before it.
    pub(super) fn trigger(&self, word: &str, before: Option<&str>) -> Option<Trigger> {
        let first = word.chars().next()?;
        if word == "가" {
            // A particle that stands alone.
            return None;
        }
        let nouns = self.nouns.get(&first).map_or(&[][..], Vec::as_slice);
        let verbs = self.verbs.get(&open(first)).map_or(&[][..], Vec::as_slice);
        let (spelled, opening) = (OnceCell::new(), Opening::of(word));
        let all = nouns.iter().chain(verbs);
        // 한국법인 is a 법인.
        let ends = |want: &str| before.is_some_and(|word| word.ends_with(want));
        let fits = |want: &str| match want.strip_prefix("@role") {
            Some(tail) => before.is_some_and(|word| is_post(self, word, tail)),
            None => before == Some(want) || ends(want) && want.chars().count() > 1,
        };
        all.filter(|shape| shape.may_open(word, &opening))
            .filter(|shape| shape.before.as_deref().is_none_or(fits))
            .filter_map(|shape| shape.read(word, spelled.get_or_init(|| letters(word))))
            .find(|trigger| trigger.is_told(word))
    }

    /// The spellings that the first tier looks for.
    pub(super) fn cues(&self) -> Vec<String> {
        let mut cues = Vec::new();
        for form in self.lexicon.forms() {
            match form.rsplit(' ').next().and_then(|last| last.strip_suffix('-')) {
                Some(stem) => cues.extend(fused(stem)),
                None => cues.push(form.rsplit(' ').next().unwrap_or(form).to_owned()),
            }
        }
        cues
    }

    /// False for a word that is no trigger, whatever stands before it.
    pub(super) fn may_be_trigger(&self, word: &str) -> bool {
        let Some(first) = word.chars().next() else { return false };
        let nouns = self.nouns.get(&first).map_or(&[][..], Vec::as_slice);
        let verbs = self.verbs.get(&open(first)).map_or(&[][..], Vec::as_slice);
        let opening = Opening::of(word);
        nouns.iter().chain(verbs).any(|shape| shape.may_open(word, &opening))
    }

    /// What headlines without a verb are told with.
    pub(super) fn hints(&self) -> Vec<String> {
        hints(&self.lexicon)
    }

    /// True where the text holds one of them.
    pub(super) fn has_hint(&self, text: &str) -> bool {
        self.hints.any(text, &|_, _| true)
    }
}

/// The words by the character that `end` gives.
fn by_end(words: &[String], end: fn(&str) -> Option<char>) -> FastMap<char, Vec<String>> {
    let mut table: FastMap<char, Vec<String>> = FastMap::default();
    for word in words {
        if let Some(end) = end(word) {
            table.entry(end).or_default().push(word.clone());
        }
    }
    table
}

fn name_heads(people: &People) -> FastSet<String> {
    let heads = people.aliases().filter_map(|(alias, _)| alias.split([' ', '-', '·', '・']).next());
    heads.map(key).collect()
}

/// The first names in Hangul: those listed, and those of known people.
fn given_names(lexicon: &Lexicon, people: &People) -> FastSet<String> {
    let known = people.aliases().filter_map(|(alias, _)| {
        let (first, _) = alias.split_once([' ', '-'])?;
        let hangul = first.chars().all(super::token::is_hangul);
        (hangul && first.chars().count() > 1).then(|| first.to_owned())
    });
    let listed = lexicon.list("given_name").iter().cloned();
    let taken = |name: &String| {
        lexicon.list("ordinary").contains(name) || lexicon.list("role").contains(name)
    };
    listed.chain(known).filter(|name| !taken(name)).collect()
}
