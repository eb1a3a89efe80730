//! `talentwire articles`: what came in, read from the log beside the running daemon.

use std::io::{self, Write};
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::logs::ReadLog;
use super::table::{clip, render};
use crate::log::{LogError, Scan, Topic};
use crate::model::{Arrival, Article, counted};

/// Which articles to show.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only what was first seen at or after this time.
    pub since: Option<DateTime<Utc>>,
    /// Only feeds whose URL holds this.
    pub feed: Option<String>,
}

impl Filter {
    /// From what the operator typed.
    pub fn new(now: DateTime<Utc>, since: Option<Duration>, feed: Option<String>) -> Self {
        let since = since.and_then(|since| chrono::Duration::from_std(since).ok());
        Self { since: since.and_then(|since| now.checked_sub_signed(since)), feed }
    }

    fn wants(&self, article: &Article) -> bool {
        article.arrival != Arrival::Canary
            && self.since.is_none_or(|since| article.first_seen >= since)
            && self.feed.as_deref().is_none_or(|feed| article.feed.contains(feed))
    }
}

/// Reads the articles, each once: of an edited one the latest text, in order of first sight.
///
/// # Errors
/// When the log cannot be read.
pub async fn read(log: &ReadLog, filter: Filter) -> Result<Vec<Article>, LogError> {
    let scan = Scan { topic: Topic::Articles, partitions: None, since: filter.since };
    let start = (Vec::<Article>::new(), std::collections::HashMap::<String, usize>::new());
    let (mut articles, _) = log
        .fold(scan, start, move |(articles, places), received| {
            let value = received.value.as_deref().unwrap_or_default();
            let Ok(article) = serde_json::from_slice::<Article>(value) else { return };
            if !filter.wants(&article) {
                return;
            }
            match places.get(&article.id).and_then(|place| articles.get_mut(*place)) {
                Some(known) => {
                    let first_seen = known.first_seen;
                    *known = Article { first_seen, ..article };
                }
                None => {
                    places.insert(article.id.clone(), articles.len());
                    articles.push(article);
                }
            }
        })
        .await?;
    articles.sort_by_key(|article| article.first_seen);
    Ok(articles)
}

/// One JSON article a line.
///
/// # Errors
/// When the output cannot be written.
pub fn print_json(articles: &[Article], out: &mut impl Write) -> io::Result<()> {
    for article in articles {
        serde_json::to_writer(&mut *out, article)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// A table for people.
///
/// # Errors
/// When the output cannot be written.
pub fn print_table(articles: &[Article], out: &mut impl Write) -> io::Result<()> {
    let time = |at: DateTime<Utc>| at.format("%m-%d %H:%M:%S").to_string();
    let rows: Vec<Vec<String>> = articles
        .iter()
        .map(|article| {
            vec![
                time(article.first_seen),
                article.published.map_or("-".to_owned(), time),
                format!("{:?}", article.arrival).to_lowercase(),
                clip(&article.outlet, 24),
                clip(&article.title, 90),
            ]
        })
        .collect();
    out.write_all(render(&["seen", "published", "arrival", "outlet", "title"], &rows).as_bytes())?;
    writeln!(out, "{}", counted(articles.len(), "article"))
}
