//! The words of `lexicon/ko.toml`, ready for look-ups.

use super::classes::{Class, Classes};
use super::lists::Lists;
use super::terse::hints;
use super::trigger::ACTS;
use super::triggers::Triggers;
use crate::extract::fast::FastSet;
use crate::extract::lexicon::Lexicon;
use crate::extract::people::{People, key};
use crate::extract::sieve::Sieve;
use crate::model::Problems;

/// The lists that the grammar reads.
pub(super) const LISTS: &[&str] = &[
    "role",
    "common",
    "unit",
    "homograph",
    "workplace",
    "affair",
    "elsewhere",
    "leave_of_absence",
    "talk",
    "column",
    "no_move",
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
    pub(super) triggers: Triggers,
    lists: Lists,
    given_names: FastSet<String>,
    /// The heads who stand for their companies, by name.
    pub(super) heads: std::collections::HashMap<String, String>,
    /// First words of the names of known people, normalised.
    name_heads: FastSet<String>,
    /// Finds [`hints`].
    hints: Sieve,
    /// What single syllables stand for.
    pub(super) classes: Classes,
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
        let given_names = given_names(&lexicon, people);
        Some(Self {
            heads: crate::extract::heads::parse(problems)?,
            classes: Classes::new(&lexicon, people),
            lists: Lists::new(&lexicon, LISTS),
            hints: Sieve::new(hints(&lexicon).iter().map(String::as_str)),
            triggers: Triggers::new(&lexicon)?,
            given_names,
            name_heads: name_heads(people),
            lexicon,
        })
    }

    /// True where the list holds the word.
    pub(super) fn is(&self, list: &str, word: &str) -> bool {
        self.lists.is(list, word)
    }

    /// True where the word begins with one of the list.
    pub(super) fn begins(&self, list: &str, word: &str) -> bool {
        self.lists.begins(list, word)
    }

    /// True where the word ends with one of the list and is longer than it, or is it.
    pub(super) fn ends(&self, list: &str, word: &str) -> bool {
        self.lists.ending_like(list, word).iter().any(|tail| {
            word.ends_with(tail.as_str())
                && (word.len() == tail.len() || is_longer(tail, 1) || is_longer(word, 1))
        })
    }

    /// True for a role: listed, or a word that ends in a listed one of two syllables or more.
    pub(super) fn is_role(&self, word: &str) -> bool {
        if self.is("role", word) {
            return true;
        }
        // A lone short role at the end of a longer word is chance: 반도체 is no 체.
        is_longer(word, 3)
            && self
                .lists
                .ending_like("role", word)
                .iter()
                .any(|role| word.ends_with(role.as_str()) && is_longer(role, 1))
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
        let Some(first) = word.chars().next() else { return false };
        let hangul = super::token::is_hangul(first);
        if hangul && !self.classes.has(first, Class::Known) {
            return false;
        }
        let mut ends = word.char_indices().map(|(at, ch)| at + ch.len_utf8()).take(5);
        ends.any(|end| word.get(..end).is_some_and(|head| self.name_heads.contains(head)))
            || !hangul && self.name_heads.contains(&key(word))
    }

    /// True where the text holds a word that headlines without a verb are told with.
    pub(super) fn has_hint(&self, text: &str) -> bool {
        self.hints.any(text, &|_, _| true)
    }
}

/// True for a word of more characters than these.
fn is_longer(word: &str, count: usize) -> bool {
    word.chars().nth(count).is_some()
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
