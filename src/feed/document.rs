//! What a feed document says: the feed, its entries, and what had to be repaired.

use chrono::{DateTime, Utc};

use crate::model::{Arrival, Article, SCHEMA};

/// What is known about a document besides its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Hints<'a> {
    /// URL of the feed as configured: base of relative links and part of every article id.
    pub feed_url: &'a str,
    /// The `Content-Type` header, as it came.
    pub content_type: Option<&'a str>,
    /// Encoding by the feed's settings; overrides everything.
    pub encoding: Option<&'a str>,
    /// The present: dates after it are clamped to it.
    pub now: DateTime<Utc>,
}

/// The format of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// RSS 0.9x, 2.0 and everything that looks like it.
    #[default]
    Rss,
    /// RSS 0.90, 1.0 and 1.1 (RDF).
    Rdf,
    /// Atom 0.3 and 1.0.
    Atom,
    /// Channel Definition Format.
    Cdf,
    /// JSON Feed 1.0 and 1.1.
    Json,
}

impl Format {
    /// The name that people know it by.
    pub fn label(self) -> &'static str {
        match self {
            Format::Rss => "RSS",
            Format::Rdf => "RSS 1.0",
            Format::Atom => "Atom",
            Format::Cdf => "CDF",
            Format::Json => "JSON Feed",
        }
    }
}

/// What was wrong with a document and was dealt with; closed: the labels are metric labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Repair {
    /// The declared encoding was not the real one, or not a known one.
    Encoding,
    /// Tags that cross, stay open or have broken attributes.
    Markup,
    /// Something before the prolog or after the root.
    Surroundings,
    /// The document ends early; the entry that was cut is left out.
    Truncated,
    /// A date that could not be read.
    Date,
    /// A date after the present.
    FutureDate,
    /// More entries than [`super::parse::MAX_ENTRIES`]; the rest is left out.
    TooManyEntries,
    /// The tolerant reader found nothing, feed-rs did.
    SecondReader,
}

impl Repair {
    /// The value of the metric's label.
    pub fn label(self) -> &'static str {
        match self {
            Repair::Encoding => "encoding",
            Repair::Markup => "markup",
            Repair::Surroundings => "surroundings",
            Repair::Truncated => "truncated",
            Repair::Date => "date",
            Repair::FutureDate => "future_date",
            Repair::TooManyEntries => "too_many_entries",
            Repair::SecondReader => "second_reader",
        }
    }
}

/// A feed document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Feed {
    /// Plain text.
    pub title: String,
    /// Absolute link of the site.
    pub link: Option<String>,
    /// BCP 47.
    pub lang: Option<String>,
    /// The format.
    pub format: Format,
    /// WHATWG name of the encoding that was used.
    pub encoding: &'static str,
    /// The entries, in document order.
    pub entries: Vec<Entry>,
    /// WebSub hubs (`rel="hub"`).
    pub hubs: Vec<String>,
    /// The feed's own address (`rel="self"`), the topic of WebSub.
    pub self_link: Option<String>,
    /// `ttl`, in minutes.
    pub ttl: Option<u32>,
    /// `skipHours`: hours of the day, in UTC, from 0 to 23.
    pub skip_hours: Vec<u8>,
    /// `skipDays`: 0 is Monday.
    pub skip_days: Vec<u8>,
    /// Minutes between updates by `sy:updatePeriod` and `sy:updateFrequency`.
    pub update_minutes: Option<u32>,
    /// What was dealt with, each kind once.
    pub repairs: Vec<Repair>,
}

/// One entry of a feed document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Entry {
    /// `guid`, `id` or `rdf:about`, as written.
    pub guid: Option<String>,
    /// Absolute, normalised link.
    pub link: Option<String>,
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub summary: String,
    /// Plain text of the whole article, where the feed gives it.
    pub content: Option<String>,
    /// When the outlet says it was published; never after [`Hints::now`].
    pub published: Option<DateTime<Utc>>,
    /// When the outlet says it was last changed; never after [`Hints::now`].
    pub updated: Option<DateTime<Utc>>,
    /// The date that `published` (or else `updated`) was read from, as written.
    pub raw_date: Option<String>,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// BCP 47, where the entry says so itself.
    pub lang: Option<String>,
    /// Hash of the entry's bytes.
    pub raw: u64,
}

impl Entry {
    /// Returns the article of this entry; `id` comes from [`super::identity`] or [`super::seen`].
    pub fn article(&self, feed: &Feed, hints: &Hints<'_>, id: String, arrival: Arrival) -> Article {
        Article {
            schema: SCHEMA,
            id,
            feed: hints.feed_url.to_owned(),
            outlet: feed.outlet(hints.feed_url),
            url: self.link.clone(),
            title: self.title.clone(),
            summary: self.summary.clone(),
            content: self.content.clone(),
            published: self.published,
            updated: self.updated,
            authors: self.authors.clone(),
            lang: self.lang.clone().or_else(|| feed.lang.clone()),
            first_seen: hints.now,
            arrival,
        }
    }
}

impl Feed {
    /// Who publishes: the feed's title, or the host of its link, or of `feed_url`.
    pub fn outlet(&self, feed_url: &str) -> String {
        if !self.title.is_empty() {
            return self.title.clone();
        }
        let host = |link: &str| Some(url::Url::parse(link).ok()?.host_str()?.to_owned());
        self.link.as_deref().and_then(host).or_else(|| host(feed_url)).unwrap_or_default()
    }

    /// Notes a repair once.
    pub(crate) fn repaired(&mut self, repair: Repair) {
        if !self.repairs.contains(&repair) {
            self.repairs.push(repair);
        }
    }
}

/// Why a document is no feed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// Nothing but white space.
    #[error("the document is empty; a feed was expected")]
    Empty,
    /// A web page.
    #[error("this is an HTML page, not a feed; {}", announced(.feeds))]
    Html {
        /// Addresses of the feeds that the page announces.
        feeds: Vec<String>,
    },
    /// Neither XML nor JSON that any feed format knows.
    #[error("this is no feed: it begins with `{start}`; RSS, Atom, CDF or JSON Feed were expected")]
    NotAFeed {
        /// The beginning of the document.
        start: String,
    },
    /// Larger than [`super::parse::MAX_BYTES`].
    #[error("the document has {bytes} bytes; {limit} are the most that is read")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The parser itself failed; a bug.
    #[error("the parser failed on this document; please report it with the document")]
    Panicked,
}

impl ParseError {
    /// The value of the metric's label.
    pub fn label(&self) -> &'static str {
        match self {
            ParseError::Empty => "empty",
            ParseError::Html { .. } => "html",
            ParseError::NotAFeed { .. } => "not_a_feed",
            ParseError::TooLarge { .. } => "too_large",
            ParseError::Panicked => "parser_panic",
        }
    }
}

fn announced(feeds: &[String]) -> String {
    if feeds.is_empty() {
        "it announces no feed".to_owned()
    } else {
        format!("it announces feeds at {}", feeds.join(", "))
    }
}
