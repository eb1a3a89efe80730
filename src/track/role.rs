//! Roles: do "OpenAI's policy head" and "head of policy research" mean one person?

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

/// Which words a role has, in few bits: enough to tell that two roles share none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Signature(u32);

impl Signature {
    /// The role is in another script, so that its words must be read.
    const READ: u32 = 1 << 31;

    pub(crate) fn of(role: Option<&str>) -> Signature {
        let Some(role) = role else { return Signature(0) };
        if !role.is_ascii() {
            return Signature(Signature::READ);
        }
        let bit = |word: &String| {
            let hash = word.bytes().fold(7_u32, |hash, b| hash.wrapping_mul(31) ^ u32::from(b));
            1 << (hash % 31)
        };
        Signature(words(role).iter().map(bit).fold(0, |all, bit| all | bit))
    }

    /// How two roles compare; `exactly` is asked only where the bits do not tell.
    pub(crate) fn compare(self, other: Signature, exactly: impl FnOnce() -> Roles) -> Roles {
        match (self.0, other.0) {
            (a, b) if (a | b) & Signature::READ != 0 => exactly(),
            (0, _) | (_, 0) => Roles::Unknown,
            (a, b) if a & b == 0 => Roles::Differ,
            _ => exactly(),
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
