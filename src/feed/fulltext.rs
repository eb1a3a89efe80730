//! The text of an article's own page, where the feed gives none.
//!
//! Only for articles that name a watched company, politely, within limits, and never at the
//! article's cost: whatever goes wrong, the article goes on without.

use chrono::{DateTime, Utc};
use url::Url;

use super::decode::decode;
use super::fetch::{Body, FetchError, Fetcher};
use super::settings::FeedSettings;
use crate::model::Article;

/// Fewer characters are no article but a teaser, a cookie notice or a pay wall.
const MIN_CHARS: usize = 400;
/// Most characters that are kept.
const MAX_CHARS: usize = 64 * 1024;
/// Largest page that is looked at, in bytes.
const MAX_PAGE: usize = 4 * 1024 * 1024;
/// Most elements of a page that are looked at: real pages have some thousands.
const MAX_ELEMENTS: usize = 50_000;

/// Why an article stays without full text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FullTextError {
    /// The article has no usable link.
    #[error("the article has no http link")]
    NoLink,
    /// The page did not come.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// The page has no text that looks like an article.
    #[error("the page holds no article text")]
    NoText,
}

/// True where the page may say more than the feed did.
pub fn is_wanted(feed: &FeedSettings, article: &Article) -> bool {
    let given = article.content.as_ref().map_or(0, |content| content.chars().count());
    feed.full_text && article.url.is_some() && given < MIN_CHARS
}

/// Fetches the page of `article` and returns its text.
///
/// # Errors
/// See [`FullTextError`].
pub async fn full_text(
    fetcher: &Fetcher,
    feed: &FeedSettings,
    article: &Article,
    now: DateTime<Utc>,
) -> Result<String, FullTextError> {
    let link = article.url.as_deref().ok_or(FullTextError::NoLink)?;
    let url = Url::parse(link).map_err(|_| FullTextError::NoLink)?;
    let page = fetcher.page(feed, url, now).await?;
    let Body::Document { bytes, content_type } = page.body else {
        return Err(FullTextError::NoText);
    };
    let link = link.to_owned();
    let text = tokio::task::spawn_blocking(move || {
        let text = decode(&bytes, content_type.as_deref(), None).text;
        extract(&text, &link)
    });
    text.await.ok().flatten().ok_or(FullTextError::NoText)
}

/// Returns the text of the article on a page; `None` where there is none.
pub fn extract(html: &str, link: &str) -> Option<String> {
    if html.len() > MAX_PAGE {
        return None;
    }
    let settings = dom_smoothie::Config {
        max_elements_to_parse: MAX_ELEMENTS,
        ..dom_smoothie::Config::default()
    };
    let mut reader = dom_smoothie::Readability::new(html, Some(link), Some(settings)).ok()?;
    let text = reader.parse().ok()?.text_content;
    let lines: Vec<String> = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect();
    let text: String = lines.join("\n").chars().take(MAX_CHARS).collect();
    (text.chars().count() >= MIN_CHARS).then_some(text)
}
