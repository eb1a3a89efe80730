//! The word lists of `lexicon/en.toml`, ready to look up.

use crate::extract::fast::{FastMap, FastSet};
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
    "relation",
    "career",
    "people_who_know",
    "occasion",
    "shrug",
    "abroad",
    "other_trade",
    "opinion",
    "undecided",
    "memory",
    "dispute",
    "figures",
    "roll_call",
    "brand",
    "no_brand",
];

/// The lists, as sets.
#[derive(Debug)]
pub(super) struct Words {
    sets: FastMap<&'static str, FastSet<String>>,
    /// The entries of each list by their first word.
    phrases: FastMap<&'static str, FastMap<String, Vec<String>>>,
    roles: FastMap<String, bool>,
    /// The first words of roles.
    role_heads: FastSet<String>,
}

impl Words {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let set = |name: &str| lexicon.list(name).iter().map(|word| word.to_lowercase()).collect();
        let sets: FastMap<&'static str, FastSet<String>> =
            LISTS.iter().map(|name| (*name, set(name))).collect();
        let phrases = LISTS.iter().map(|name| (*name, by_first(lexicon.list(name)))).collect();
        let mut roles = FastMap::default();
        for role in lexicon.list("role") {
            roles.insert(plural(role), true);
            roles.insert(role.to_lowercase(), false);
        }
        for role in lexicon.list("role_plural") {
            roles.insert(role.to_lowercase(), true);
        }
        let head = |role: &String| role.split(' ').next().unwrap_or("").to_owned();
        let role_heads = roles.keys().map(head).collect();
        Self { sets, phrases, roles, role_heads }
    }

    /// True when the list holds the word.
    pub(super) fn is(&self, list: &str, word: &str) -> bool {
        self.sets.get(list).is_some_and(|set| set.contains(word))
    }

    /// True where `text`, which is in lower case, holds an entry of the list as whole words.
    pub(super) fn any_phrase(&self, list: &str, text: &str) -> bool {
        let Some(phrases) = self.phrases.get(list) else { return false };
        let mut rest = text;
        loop {
            let (word, tail) = rest.split_once(' ').unwrap_or((rest, ""));
            let begins = |phrase: &String| {
                let after = rest.strip_prefix(phrase.as_str());
                after.is_some_and(|after| after.is_empty() || after.starts_with(' '))
            };
            if phrases.get(word).is_some_and(|phrases| phrases.iter().any(begins)) {
                return true;
            }
            if tail.is_empty() {
                return false;
            }
            rest = tail;
        }
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

    /// True where a role head may begin with the word: a cheap test before look-ups.
    pub(super) fn opens_role(&self, word: &str) -> bool {
        self.role_heads.contains(word)
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

/// The phrases, in lower case, by their first word.
fn by_first(phrases: &[String]) -> FastMap<String, Vec<String>> {
    let mut table: FastMap<String, Vec<String>> = FastMap::default();
    for phrase in phrases.iter().map(|phrase| phrase.to_lowercase()) {
        let first = phrase.split(' ').next().unwrap_or("").to_owned();
        table.entry(first).or_default().push(phrase);
    }
    table
}

fn plural(role: &str) -> String {
    let role = role.to_lowercase();
    match role.strip_suffix("man") {
        Some(stem) => format!("{stem}men"),
        None if role.ends_with("ss") || role.ends_with('x') => format!("{role}es"),
        None => format!("{role}s"),
    }
}
