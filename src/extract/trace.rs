//! What the engine saw and why it decided as it did, for `talentwire explain`.

use serde::Serialize;

use crate::model::{Claim, Field};

/// The whole trace of one article.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Trace {
    /// Language of the text.
    pub lang: Option<String>,
    /// True where the language has a grammar.
    pub supported: bool,
    /// Company mentions.
    pub mentions: Vec<TracedMention>,
    /// Trigger words.
    pub triggers: Vec<TracedTrigger>,
    /// Candidates kept and dropped.
    pub candidates: Vec<TracedCandidate>,
}

/// A company mention; the span counts in the field as it came in.
#[derive(Debug, Clone, Serialize)]
pub struct TracedMention {
    /// The field.
    pub field: Field,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Id of the company.
    pub company: String,
    /// True where only a product was named.
    pub by_product: bool,
    /// True where a move from or to it alerts.
    pub watched: bool,
}

/// A trigger word; the span counts in the field as it came in.
#[derive(Debug, Clone, Serialize)]
pub struct TracedTrigger {
    /// The field.
    pub field: Field,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The words.
    pub text: String,
}

/// A candidate with the claim it became; `claim.suppressed` says why it was dropped.
#[derive(Debug, Clone, Serialize)]
pub struct TracedCandidate {
    /// Name of the pattern that assembled it.
    pub pattern: &'static str,
    /// Where the person's name stands in the field as it came in.
    pub person: Option<(usize, usize)>,
    /// Where the trigger stands in the field as it came in.
    pub trigger: (usize, usize),
    /// The claim.
    pub claim: Claim,
}
