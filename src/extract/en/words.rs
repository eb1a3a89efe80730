//! The word lists of `lexicon/en.toml`, ready to look up.

use std::collections::{HashMap, HashSet};

use crate::extract::lexicon::Lexicon;

/// The lists that the grammar reads, in the words of the file.
pub(super) const LISTS: &[&str] = &[
    "role",
    "role_plural",
    "function",
    "no_person",
    "org_suffix",
    "auxiliary",
    "say",
    "hedge",
    "confirm",
    "negation",
    "hypothetical",
    "background",
    "house",
    "follow",
    "former",
    "startup",
    "sabbatical",
    "retelling",
    "product_noun",
    "object_stop",
    "hedge_source",
    "post_modifier",
    "statistics",
    "object_adjective",
    "no_company",
    "companion",
    "subordinator",
    "layoff",
    "denial",
    "current_board",
    "hired_house",
    "eastern_surname",
];

/// The lists, as sets.
#[derive(Debug)]
pub(super) struct Words {
    sets: HashMap<&'static str, HashSet<String>>,
    roles: HashMap<String, bool>,
}

impl Words {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let set = |name: &str| lexicon.list(name).iter().map(|word| word.to_lowercase()).collect();
        let sets: HashMap<&'static str, HashSet<String>> =
            LISTS.iter().map(|name| (*name, set(name))).collect();
        let mut roles = HashMap::new();
        for role in lexicon.list("role") {
            roles.insert(plural(role), true);
            roles.insert(role.to_lowercase(), false);
        }
        for role in lexicon.list("role_plural") {
            roles.insert(role.to_lowercase(), true);
        }
        Self { sets, roles }
    }

    /// True when the list holds the word.
    pub(super) fn is(&self, list: &str, word: &str) -> bool {
        self.sets.get(list).is_some_and(|set| set.contains(word))
    }

    /// The entries of a list that `text` holds as whole words; `text` is in lower case.
    pub(super) fn any_phrase(&self, list: &str, text: &str) -> bool {
        let Some(set) = self.sets.get(list) else { return false };
        let padded = format!(" {text} ");
        set.iter().any(|phrase| padded.contains(&format!(" {phrase} ")))
    }

    pub(super) fn is_function(&self, word: &str) -> bool {
        self.is("function", word) || self.is("auxiliary", word)
    }

    pub(super) fn no_person(&self, word: &str) -> bool {
        self.is("no_person", word)
    }

    pub(super) fn org_suffix(&self, word: &str) -> bool {
        self.is("org_suffix", word)
    }

    /// Whether the words are a role head, and whether in the plural.
    pub(super) fn role(&self, words: &str) -> Option<bool> {
        self.roles.get(words).copied()
    }

    /// The value of a number word; small numbers only.
    pub(super) fn count(&self, word: &str) -> Option<u32> {
        const NUMBERS: &[&str] = &[
            "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
            "twelve",
        ];
        if word == "dozen" {
            return Some(12);
        }
        if let Some(at) = NUMBERS.iter().position(|number| *number == word) {
            return u32::try_from(at + 2).ok();
        }
        word.parse().ok().filter(|count| (2..=50).contains(count))
    }
}

fn plural(role: &str) -> String {
    let role = role.to_lowercase();
    match role.strip_suffix("man") {
        Some(stem) => format!("{stem}men"),
        None if role.ends_with("ss") || role.ends_with('x') => format!("{role}es"),
        None => format!("{role}s"),
    }
}
