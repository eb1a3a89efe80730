//! A claim: what one article says about one person's move.

use serde::{Deserialize, Serialize};

use super::article::ArticleRef;

/// What sort of move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Only the destination is known.
    Joined,
    /// Only the origin is known.
    Left,
    /// Both ends are known.
    Moved,
    /// A named person starts a company.
    Founded,
    /// A new role inside the same organisation.
    Promoted,
}

/// How sure the source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// "In talks", "reportedly", 알려졌다.
    Rumoured,
    /// An outlet says so in its own voice.
    Reported,
    /// The person or the company says so.
    Confirmed,
    /// The person or the company says that it is not so.
    Denied,
}

/// Why a claim does not alert. Closed: these are the values of the metric's label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suppressed {
    /// Tells again what happened long ago ("who left in 2024").
    Recap,
    /// Background ("former OpenAI researcher X says").
    Historical,
    /// The move is said not to happen.
    Negated,
    /// Could, would, if.
    Hypothetical,
    /// Nobody in particular ("employees threaten to leave").
    Generic,
    /// A company joins, moves or leaves.
    Organisation,
    /// A product or a model is what moves.
    Product,
    /// Counts and shares of moves.
    Statistics,
    /// Leave of absence.
    Sabbatical,
    /// Nobody named, no role either.
    Unidentified,
    /// No watched company at either end.
    Unwatched,
    /// A new role in the same organisation.
    Promotion,
    /// The ends contradict each other (from = to).
    Contradiction,
    /// The language has no lexicon.
    UnsupportedLanguage,
    /// The parts fit too loosely.
    LowConfidence,
}

/// Which field of the article a span lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The headline.
    Title,
    /// The feed's summary.
    Summary,
    /// The full text.
    Content,
}

/// The words that the claim rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The field that `start` and `end` count in.
    pub field: Field,
    /// First byte of the sentence, on a character border of the field as it came in.
    pub start: usize,
    /// Byte after the sentence, on a character border.
    pub end: usize,
    /// The sentence.
    pub text: String,
    /// The words in it that say "moved".
    pub trigger: String,
}

/// What one article says about one person's move.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Latin form where known, else as written; null for someone unnamed.
    pub person: Option<String>,
    /// The name as the article spells it.
    pub person_as_written: Option<String>,
    /// How many people; above 1 for an unnamed group.
    pub count: u32,
    /// Id of the company left, or its name as written where it is not listed.
    pub from: Option<String>,
    /// Id of the company joined, or its name as written where it is not listed.
    pub to: Option<String>,
    /// The role that identifies the person.
    pub role: Option<String>,
    /// What sort of move.
    pub kind: Kind,
    /// How sure the source is.
    pub status: Status,
    /// From 0 to 1.
    pub confidence: f64,
    /// Good enough to wake a person.
    pub alert: bool,
    /// Why not, where it is not.
    pub suppressed: Option<Suppressed>,
    /// The words that the claim rests on.
    pub evidence: Evidence,
}

/// A claim on its topic: with the article it comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClaimRecord {
    /// Version of this record.
    #[serde(default = "super::schema")]
    pub schema: u16,
    /// A function of the article and the claim's content.
    pub id: String,
    /// The article.
    pub article: ArticleRef,
    /// The claim.
    pub claim: Claim,
}

macro_rules! labels {
    ($type:ident { $($variant:ident => $label:literal),* $(,)? }) => {
        impl $type {
            /// Every value, in declaration order.
            pub const ALL: &'static [$type] = &[$($type::$variant),*];

            /// The word of the wire format and of metric labels.
            pub fn label(self) -> &'static str {
                match self { $($type::$variant => $label),* }
            }
        }
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.label())
            }
        }
    };
}

labels!(Kind { Joined => "joined", Left => "left", Moved => "moved", Founded => "founded", Promoted => "promoted" });
labels!(Status { Rumoured => "rumoured", Reported => "reported", Confirmed => "confirmed", Denied => "denied" });
labels!(Field { Title => "title", Summary => "summary", Content => "content" });
labels!(Suppressed {
    Recap => "recap", Historical => "historical", Negated => "negated", Hypothetical => "hypothetical",
    Generic => "generic", Organisation => "organisation", Product => "product", Statistics => "statistics",
    Sabbatical => "sabbatical", Unidentified => "unidentified", Unwatched => "unwatched", Promotion => "promotion",
    Contradiction => "contradiction", UnsupportedLanguage => "unsupported_language", LowConfidence => "low_confidence",
});
