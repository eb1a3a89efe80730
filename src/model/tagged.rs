//! What the tagger found in one article.

use serde::{Deserialize, Serialize};

use super::article::ArticleRef;
use super::claim::Claim;

/// The output of the engine for one article, in the form that `talentwire tag` prints.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Tagging {
    /// Id of the article.
    pub id: String,
    /// Language of the text, as the engine found it.
    pub lang: Option<String>,
    /// Ids of the companies named, in order of first mention.
    pub companies: Vec<String>,
    /// Move keywords found, as the lexicon spells them.
    pub keywords: Vec<String>,
    /// What the article says about people's moves.
    pub claims: Vec<Claim>,
}

/// A tagged article on its topic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tagged {
    /// Version of this record.
    #[serde(default = "super::schema")]
    pub schema: u16,
    /// The article.
    pub article: ArticleRef,
    /// The beginning of its summary, for keyword alerts.
    #[serde(default)]
    pub summary: String,
    /// What was found.
    #[serde(flatten)]
    pub tagging: Tagging,
}
