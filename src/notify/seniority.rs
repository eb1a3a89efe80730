//! How high a role is, read from its words in every language of the engine.

use serde::{Deserialize, Serialize};

/// How high a role is, read from its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seniority {
    /// Founders and co-founders.
    Founder,
    /// Chiefs, presidents, vice presidents and heads.
    Executive,
    /// Directors.
    Director,
    /// Everybody else with a role.
    Staff,
}

/// Words that say how high a role is; the first line that fits wins. `=` marks whole words.
const LEVELS: &[(Seniority, &[&str])] = &[
    (
        Seniority::Founder,
        &[
            "founder",
            "창업",
            "창립",
            "創業",
            "創設",
            "共同設立",
            "创始",
            "創辦",
            "fundador",
            "gründer",
        ],
    ),
    (
        Seniority::Executive,
        &[
            "chief",
            "president",
            "head",
            "executive",
            "=vp",
            "=svp",
            "=evp",
            "=ceo",
            "=cto",
            "=cfo",
            "=coo",
            "=cpo",
            "=cro",
            "=cso",
            "=cio",
            "=cmo",
            "=ciso",
            "chair",
            "대표",
            "사장",
            "총괄",
            "본부장",
            "부문장",
            "最高",
            "社長",
            "責任者",
            "首席",
            "总裁",
            "總裁",
            "负责人",
            "負責人",
        ],
    ),
    (Seniority::Director, &["director", "디렉터", "이사", "总监", "總監", "ディレクター"]),
];

impl Seniority {
    /// Reads the words of a role.
    pub fn of(role: &str) -> Self {
        let role = role.to_lowercase();
        let whole = |word: &str| role.split(|c: char| !c.is_alphanumeric()).any(|it| it == word);
        let fits = |word: &&str| match word.strip_prefix('=') {
            Some(word) => whole(word),
            None => role.contains(*word),
        };
        let level = LEVELS.iter().find(|(_, words)| words.iter().any(fits));
        level.map_or(Self::Staff, |(level, _)| *level)
    }

    /// The word of the configuration.
    pub fn label(self) -> &'static str {
        match self {
            Self::Founder => "founder",
            Self::Executive => "executive",
            Self::Director => "director",
            Self::Staff => "staff",
        }
    }
}
