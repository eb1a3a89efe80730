//! `talentwire parse FILE...`: feed documents to articles, one JSON line each.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::feed::{self, Entry, Feed, Hints, identity};

/// One article, with the keys of the contract in this order.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    feed_title: &'a str,
    id: String,
    url: Option<&'a str>,
    title: &'a str,
    summary: &'a str,
    content: Option<&'a str>,
    published: Option<DateTime<Utc>>,
    updated: Option<DateTime<Utc>>,
    authors: &'a [String],
    lang: Option<&'a str>,
}

/// A file that is no feed.
#[derive(Serialize)]
struct Failure<'a> {
    file: &'a str,
    error: String,
}

/// Parses every file and writes its articles to `out`; fails when a file is no feed.
///
/// # Errors
/// When `out` cannot be written to. A file that cannot be read gives a line like one that is no feed.
pub fn run(files: &[PathBuf], out: &mut dyn Write) -> io::Result<ExitCode> {
    let mut all_fine = true;
    for path in files {
        let file = path.display().to_string();
        match read_file(path) {
            Ok((feed, url)) => write_feed(&file, &feed, &url, out)?,
            Err(error) => {
                all_fine = false;
                write_line(&Failure { file: &file, error }, out)?;
            }
        }
    }
    out.flush()?;
    Ok(if all_fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The feed of a file, and the address it calls its own.
fn read_file(path: &Path) -> Result<(Feed, String), String> {
    let document = std::fs::read(path).map_err(|error| format!("cannot be read: {error}"))?;
    let hints = Hints { feed_url: "", content_type: None, encoding: None, now: Utc::now() };
    let feed = feed::parse(&document, &hints).map_err(|error| error.to_string())?;
    let url = feed.self_link.clone().or_else(|| feed.link.clone()).unwrap_or_default();
    Ok((feed, url))
}

fn write_feed(file: &str, feed: &Feed, url: &str, out: &mut dyn Write) -> io::Result<()> {
    for (entry, keys) in feed.entries.iter().zip(identity::keys(feed)) {
        let Entry { title, summary, published, updated, authors, .. } = entry;
        let line = Line {
            file,
            feed_title: &feed.title,
            id: identity::article_id(url, keys.id),
            url: entry.link.as_deref(),
            title,
            summary,
            content: entry.content.as_deref(),
            published: *published,
            updated: *updated,
            authors,
            lang: entry.lang.as_deref().or(feed.lang.as_deref()),
        };
        write_line(&line, out)?;
    }
    Ok(())
}

fn write_line(line: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}
