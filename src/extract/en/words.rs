//! The word lists of `lexicon/en.toml`, ready to look up.

use crate::extract::fast::FastMap;
use crate::extract::lexicon::{EVERYDAY, Lexicon};
use crate::extract::listed::Table;
use crate::extract::spaced::spaced;

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
    "urging",
    "contest",
    "fiction",
    "already",
    EVERYDAY,
];

/// The lists, ready to look up.
#[derive(Debug)]
pub(super) struct Words {
    /// For each word of a list or of a role which of `sets` it is in, and what most ask.
    listed: Table<(u16, Listed)>,
    /// For each set of lists a bit for each list.
    sets: Vec<u128>,
    /// The bit of each list.
    bits: FastMap<&'static str, u128>,
    /// Those that say most often that a word is no name.
    common: Common,
    /// The entries of each list by their first word.
    phrases: FastMap<&'static str, FastMap<String, Vec<String>>>,
    roles: FastMap<String, bool>,
}

/// What the lists say of one word, as far as most words are asked for it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Listed(u8);

const NO_NAME: u8 = 1;
const IS_ROLE: u8 = 1 << 1;
const OPENS_ROLE: u8 = 1 << 2;

impl Listed {
    /// True for a word that is no part of a name.
    pub(super) fn no_name(self) -> bool {
        self.0 & NO_NAME != 0
    }

    /// True for a word that is a role head alone.
    pub(super) fn is_role(self) -> bool {
        self.0 & IS_ROLE != 0
    }

    /// True where a role head may begin with the word: a cheap test before look-ups.
    pub(super) fn opens_role(self) -> bool {
        self.0 & OPENS_ROLE != 0
    }
}

/// Bits of lists.
#[derive(Debug, Clone, Copy)]
struct Common {
    function: u128,
    no_person: u128,
    org_suffix: u128,
    former: u128,
}

impl Words {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let bits: FastMap<&'static str, u128> =
            LISTS.iter().zip(0_u32..u128::BITS).map(|(name, at)| (*name, 1 << at)).collect();
        let mut listed: FastMap<String, (u128, Listed)> = FastMap::default();
        for (name, bit) in &bits {
            for word in lexicon.list(name) {
                listed.entry(word.to_lowercase()).or_default().0 |= bit;
            }
        }
        let bit = |name: &str| bits.get(name).copied().unwrap_or(0);
        let common = Common {
            function: bit("function") | bit("auxiliary"),
            no_person: bit("no_person"),
            org_suffix: bit("org_suffix"),
            former: bit("former"),
        };
        let phrases = LISTS.iter().map(|name| (*name, by_first(lexicon.list(name)))).collect();
        let mut roles = FastMap::default();
        for role in lexicon.list("role") {
            roles.insert(plural(role), true);
            roles.insert(role.to_lowercase(), false);
        }
        for role in lexicon.list("role_plural") {
            roles.insert(role.to_lowercase(), true);
        }
        for role in roles.keys() {
            let head = role.split(' ').next().unwrap_or("");
            listed.entry(head.to_owned()).or_default().1.0 |= OPENS_ROLE;
            listed.entry(role.clone()).or_default().1.0 |= IS_ROLE;
        }
        let mut sets = vec![0];
        let entry = |(word, (lists, listed)): (&'_ String, &'_ (u128, Listed))| {
            let number = sets.iter().position(|set| set == lists).unwrap_or_else(|| {
                sets.push(*lists);
                sets.len() - 1
            });
            let no_name = lists & (common.function | common.no_person) != 0;
            let listed = Listed(listed.0 | if no_name { NO_NAME } else { 0 });
            (word.clone(), (u16::try_from(number).unwrap_or(0), listed))
        };
        let entries: Vec<(String, (u16, Listed))> = listed.iter().map(entry).collect();
        let listed = Table::new(entries.iter().map(|(word, entry)| (word.as_str(), *entry)));
        Self { listed, sets, bits, common, phrases, roles }
    }

    /// True when the list holds the word.
    pub(super) fn is(&self, list: &str, word: &str) -> bool {
        let lists = self.lists(word);
        lists != 0 && self.bits.get(list).is_some_and(|bit| lists & bit != 0)
    }

    /// What the lists say of the word.
    pub(super) fn listed(&self, word: &str) -> Listed {
        self.listed.get(word).1
    }

    fn lists(&self, word: &str) -> u128 {
        self.sets.get(usize::from(self.listed.get(word).0)).copied().unwrap_or(0)
    }

    /// True where `text`, which is in lower case, holds an entry of the list as whole words.
    pub(super) fn any_phrase(&self, list: &str, text: &str) -> bool {
        let Some(phrases) = self.phrases.get(list) else { return false };
        let mut words = spaced(text);
        while let Some(rest) = words.rest()
            && let Some(word) = words.next()
        {
            let begins = |phrase: &String| {
                let after = rest.strip_prefix(phrase.as_str());
                after.is_some_and(|after| after.is_empty() || after.starts_with(' '))
            };
            if phrases.get(word).is_some_and(|phrases| phrases.iter().any(begins)) {
                return true;
            }
        }
        false
    }

    pub(super) fn is_function(&self, word: &str) -> bool {
        self.lists(word) & self.common.function != 0
    }

    pub(super) fn no_person(&self, word: &str) -> bool {
        self.lists(word) & self.common.no_person != 0
    }

    pub(super) fn org_suffix(&self, word: &str) -> bool {
        self.lists(word) & self.common.org_suffix != 0
    }

    /// True for a role head of one word, or a word for what somebody was before.
    pub(super) fn is_post_or_former(&self, word: &str) -> bool {
        let (set, listed) = self.listed.get(word);
        let lists = self.sets.get(usize::from(set)).copied().unwrap_or(0);
        listed.is_role() || lists & self.common.former != 0
    }

    /// Whether the words are a role head, and whether in the plural.
    pub(super) fn role(&self, words: &str) -> Option<bool> {
        self.roles.get(words).copied()
    }

    /// The role heads of one word, in the singular and the plural.
    pub(super) fn posts(&self) -> impl Iterator<Item = &str> {
        let single = |post: &&str| post.bytes().all(|byte| byte.is_ascii_alphanumeric());
        self.roles.keys().map(String::as_str).filter(single)
    }

    /// The value of a number word; small numbers only.
    pub(super) fn count(&self, word: &str) -> Option<u32> {
        const NUMBERS: &[&str] = &[
            "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
            "twelve",
        ];
        // Most words begin like no number.
        if !matches!(
            word.as_bytes(),
            [b'd' | b'e' | b'f' | b'n' | b's' | b't' | b'+' | b'0'..=b'9', ..]
        ) {
            return None;
        }
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
