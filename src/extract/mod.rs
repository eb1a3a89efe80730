//! The engine: finds companies, people and move triggers in an article and assembles claims.
//!
//! Pure and synchronous: no clock, no file, no socket. The flow is: normalise -> language -> first
//! tier (company names and cues of keywords in one pass) -> company mentions -> second tier (a cue
//! or hint of that language?) -> sentences -> the language's grammar (persons, triggers,
//! candidates) -> merge -> gates -> claims. Each tier only skips what would come to nothing:
//! [`Extractor::explain`] goes through none of them and finds the same claims.
//!
//! [`Rules::parse`] reads the rule files, [`Extractor::tag`] is the engine, [`Extractor::explain`]
//! the same with everything seen on the way.

mod assemble;
mod block;
pub mod candidate;
mod common_words;
mod companies_file;
pub mod company;
pub mod en;
mod entity;
mod entries;
mod extractor;
mod fast;
mod fields;
mod first;
mod forms;
mod gates;
mod gloss;
mod han;
mod heads;
pub mod ja;
mod key;
pub mod ko;
pub mod language;
pub mod latin;
mod letters;
pub mod lexicon;
mod listed;
mod longer;
mod marks;
mod normalise;
mod octet;
pub mod people;
mod prepared;
mod regression;
pub mod rules;
pub mod script;
mod sentence;
mod sieve;
mod spaced;
pub mod text;
pub mod trace;
mod vocabulary;
mod votes;
pub mod zh;

use chrono::{DateTime, Utc};

pub use candidate::{Candidate, End, Grammar, Passage, Signs};
pub use company::{CompanyMention, Gazetteer};
pub use extractor::Extractor;
pub use lexicon::Lexicon;
pub use rules::{RuleFiles, Rules};
pub use text::{Span, Text};
pub use trace::Trace;

/// What the engine reads of an article.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Id to print in the result; computed from the content where missing.
    pub id: Option<&'a str>,
    /// Headline.
    pub title: &'a str,
    /// Summary of the feed; may be empty.
    pub summary: &'a str,
    /// Full text, where there is one.
    pub content: Option<&'a str>,
    /// Link, to know a company's own site.
    pub url: Option<&'a str>,
    /// When it was published: dates such as "in 2024" are judged against it.
    pub published: DateTime<Utc>,
    /// Language the feed claims; the text decides.
    pub lang: Option<&'a str>,
}
