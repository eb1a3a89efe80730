//! Roles: do "OpenAI's policy head" and "head of policy research" mean one person?

use std::collections::HashMap;

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

/// Every role that a move has, each text once: so that a role is compared once with a claim, however
/// many moves have it.
#[derive(Debug, Default)]
pub(crate) struct RoleTexts {
    texts: Vec<Box<str>>,
    by_text: HashMap<Box<str>, Role>,
}

impl RoleTexts {
    /// Returns the role of this text.
    pub(crate) fn find(&mut self, text: &str) -> Role {
        if let Some(role) = self.by_text.get(text) {
            return *role;
        }
        let role = Role(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.texts.push(text.into());
        self.by_text.insert(text.into(), role);
        role
    }

    /// The role as articles write it.
    pub(crate) fn text(&self, role: Role) -> &str {
        self.texts.get(role.0 as usize).map_or("", |text| text)
    }
}

/// Compares the role of a claim with those of moves, each text once.
pub(crate) struct Comparison<'a> {
    said: Option<&'a str>,
    texts: &'a RoleTexts,
    known: HashMap<Role, Roles>,
    last: Option<(Role, Roles)>,
}

impl<'a> Comparison<'a> {
    pub(crate) fn new(said: Option<&'a str>, texts: &'a RoleTexts) -> Self {
        Comparison { said, texts, known: HashMap::new(), last: None }
    }

    /// How the role of a move compares with that of the claim.
    pub(crate) fn with(&mut self, role: Option<Role>) -> Roles {
        let (Some(role), Some(said)) = (role, self.said) else { return Roles::Unknown };
        if let Some((_, roles)) = self.last.filter(|(last, _)| *last == role) {
            return roles;
        }
        let texts = self.texts;
        let roles =
            *self.known.entry(role).or_insert_with(|| compare(Some(texts.text(role)), Some(said)));
        self.last = Some((role, roles));
        roles
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

/// Compares two roles as articles write them.
pub(crate) fn compare(a: Option<&str>, b: Option<&str>) -> Roles {
    let (Some(a), Some(b)) = (a, b) else { return Roles::Unknown };
    if !a.is_ascii() || !b.is_ascii() {
        let inside = a.contains(b) || b.contains(a);
        return if inside { Roles::Agree } else { Roles::Unknown };
    }
    let (a, b) = (words(a), words(b));
    if a.is_empty() || b.is_empty() {
        Roles::Unknown
    } else if a.iter().any(|word| b.contains(word)) {
        Roles::Agree
    } else {
        Roles::Differ
    }
}

fn words(role: &str) -> Vec<String> {
    let role = role
        .to_ascii_lowercase()
        .replace("chief executive", "ceo")
        .replace("co-found", "cofound")
        .replace("safeguard", "safety");
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
            assert_eq!(compare(Some(a), Some(b)), want, "{a} / {b}");
        }
        assert_eq!(compare(None, Some("CEO")), Roles::Unknown);
    }
}
