//! Roles: do "OpenAI's policy head" and "head of policy research" mean one person?

use std::collections::HashMap;

use super::index::Quick;

/// How two roles compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Roles {
    /// They share a word that says something.
    Agree,
    /// One is missing, says nothing, or is written in another script.
    Unknown,
    /// Two different jobs.
    Differ,
}

/// A role's place in [`RoleTexts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Role(u32);

impl Role {
    /// A number for indexes.
    pub(crate) fn number(self) -> u32 {
        self.0
    }
}

/// A role as it is compared.
#[derive(Debug)]
struct Read {
    text: Box<str>,
    /// The words that say something, by number; empty where another script is compared as it stands.
    words: Box<[u32]>,
}

/// Every role that a move has, each text once, taken apart: so that a claim is compared with many at
/// the price of a few numbers.
#[derive(Debug, Default)]
pub(crate) struct RoleTexts {
    roles: Vec<Read>,
    by_text: HashMap<Box<str>, Role, Quick>,
    words: HashMap<Box<str>, u32, Quick>,
}

impl RoleTexts {
    /// Returns the role of this text.
    pub(crate) fn find(&mut self, text: &str) -> Role {
        if let Some(role) = self.by_text.get(text) {
            return *role;
        }
        let role = Role(u32::try_from(self.roles.len()).unwrap_or(u32::MAX));
        let mut numbers = Vec::new();
        for word in text.is_ascii().then(|| words(text)).into_iter().flatten() {
            let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
            numbers.push(*self.words.entry(word.into()).or_insert(next));
        }
        self.roles.push(Read { text: text.into(), words: numbers.into() });
        self.by_text.insert(text.into(), role);
        role
    }

    /// The role as articles write it.
    pub(crate) fn text(&self, role: Role) -> &str {
        self.read(role).map_or("", |role| &role.text)
    }

    fn read(&self, role: Role) -> Option<&Read> {
        self.roles.get(role.0 as usize)
    }
}

/// Compares the role of a claim with those of moves.
#[derive(Clone)]
pub(crate) struct Comparison<'a> {
    said: Option<&'a str>,
    /// The words that say something, those that no move has left out.
    words: Vec<u32>,
    /// True where there is a word that says something.
    speaks: bool,
    texts: &'a RoleTexts,
    last: Option<(u32, Roles)>,
}

impl<'a> Comparison<'a> {
    pub(crate) fn new(said: Option<&'a str>, texts: &'a RoleTexts) -> Self {
        let known =
            said.and_then(|said| texts.by_text.get(said)).and_then(|role| texts.read(*role));
        if let Some(read) = known {
            let words = read.words.to_vec();
            return Comparison { said, speaks: !words.is_empty(), words, texts, last: None };
        }
        let words = said.filter(|said| said.is_ascii()).map(words).unwrap_or_default();
        Comparison {
            said,
            speaks: !words.is_empty(),
            words: words
                .iter()
                .filter_map(|word| texts.words.get(word.as_str()).copied())
                .collect(),
            texts,
            last: None,
        }
    }

    /// How the role of a move compares with that of the claim.
    pub(crate) fn with(&mut self, role: Option<Role>) -> Roles {
        self.with_number(role.map(Role::number))
    }

    /// The same by [`Role::number`].
    pub(crate) fn with_number(&mut self, number: Option<u32>) -> Roles {
        let (Some(number), Some(said)) = (number, self.said) else { return Roles::Unknown };
        if let Some((_, roles)) = self.last.filter(|(last, _)| *last == number) {
            return roles;
        }
        let role = self.texts.roles.get(number as usize);
        let roles = role.map_or(Roles::Unknown, |role| self.compare(role, said));
        self.last = Some((number, roles));
        roles
    }

    fn compare(&self, role: &Read, said: &str) -> Roles {
        if !said.is_ascii() || !role.text.is_ascii() {
            let inside = said.contains(&*role.text) || role.text.contains(said);
            return if inside { Roles::Agree } else { Roles::Unknown };
        }
        if !self.speaks || role.words.is_empty() {
            Roles::Unknown
        } else if self.words.iter().any(|word| role.words.contains(word)) {
            Roles::Agree
        } else {
            Roles::Differ
        }
    }
}

/// Words that say nothing about which job it is.
const EMPTY: &[&str] = &[
    "a",
    "an",
    "and",
    "at",
    "board",
    "chief",
    "current",
    "director",
    "ex",
    "executive",
    "exec",
    "for",
    "former",
    "global",
    "head",
    "her",
    "his",
    "in",
    "its",
    "key",
    "lead",
    "leader",
    "leading",
    "member",
    "of",
    "officer",
    "on",
    "one",
    "president",
    "senior",
    "staff",
    "s",
    "team",
    "the",
    "their",
    "to",
    "top",
    "vice",
    "vp",
    "who",
    "ai",
];

fn words(role: &str) -> Vec<String> {
    const ALIKE: &[(&str, &str)] =
        &[("chief executive", "ceo"), ("co-found", "cofound"), ("safeguard", "safety")];
    let mut role = role.to_ascii_lowercase();
    for (long, short) in ALIKE {
        if role.contains(long) {
            role = role.replace(long, short);
        }
    }
    let expand = |word: &str| match word {
        "cto" => "technology".to_owned(),
        "technical" => "technology".to_owned(),
        "cfo" => "financial".to_owned(),
        "coo" => "operating".to_owned(),
        "cpo" => "product".to_owned(),
        "cro" => "revenue".to_owned(),
        "cmo" => "marketing".to_owned(),
        "ciso" => "security".to_owned(),
        "founder" => "cofounder".to_owned(),
        word => word.strip_suffix('s').filter(|stem| stem.len() > 3).unwrap_or(word).to_owned(),
    };
    role.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty() && !EMPTY.contains(word))
        .map(expand)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(known: &str, said: Option<&str>) -> Roles {
        let mut texts = RoleTexts::default();
        let role = texts.find(known);
        Comparison::new(said, &texts).with(Some(role))
    }

    #[test]
    fn roles_agree_by_the_words_that_say_something() {
        for (a, b, want) in [
            ("policy head", "head of policy research", Roles::Agree),
            ("CEO", "chief executive", Roles::Agree),
            ("CTO", "Chief Technology Officer", Roles::Agree),
            ("head of safety", "Head of Safety Systems", Roles::Agree),
            ("researchers", "AI researcher", Roles::Agree),
            ("chief product officer", "policy head", Roles::Differ),
            ("executive", "policy head", Roles::Unknown),
            ("芯片元老", "芯片元老", Roles::Agree),
            ("윤리 책임자", "Head of Safety", Roles::Unknown),
        ] {
            assert_eq!(compare(a, Some(b)), want, "{a} / {b}");
            assert_eq!(compare(b, Some(a)), want, "{b} / {a}");
        }
        assert_eq!(compare("CEO", None), Roles::Unknown);
    }
}
