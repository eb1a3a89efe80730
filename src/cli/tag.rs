//! `talentwire tag`: one JSON article a line in, one JSON result a line out.
//!
//! In the same order, flushed whenever the input pauses. A line that is no article gives one line
//! `{"error", "line"}`, and the flow goes on.

use std::io::{BufRead, BufReader, Read, Write};

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::extract::{Extractor, Input};

/// An article as `tag` reads it; every key but `title` may be missing or null.
#[derive(Debug, Deserialize)]
struct Line {
    id: Option<String>,
    title: Option<String>,
    summary: Option<String>,
    content: Option<String>,
    url: Option<String>,
    link: Option<String>,
    published: Option<String>,
    lang: Option<String>,
}

/// Tags every line of `input` and writes one line each to `output`.
///
/// # Errors
/// Only what reading or writing itself gives; a bad line is answered, not an error.
pub fn run(
    extractor: &Extractor,
    today: DateTime<Utc>,
    input: impl Read,
    output: &mut impl Write,
) -> std::io::Result<()> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let mut line = Vec::new();
    let mut number = 0_usize;
    loop {
        if input.buffer().is_empty() {
            output.flush()?;
        }
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            return output.flush();
        }
        number += 1;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match answer(extractor, today, &line) {
            Ok(answer) => output.write_all(&answer)?,
            Err(error) => {
                let answer = serde_json::json!({ "error": error, "line": number });
                output.write_all(answer.to_string().as_bytes())?;
            }
        }
        output.write_all(b"\n")?;
    }
}

/// Tags one line.
fn answer(extractor: &Extractor, today: DateTime<Utc>, line: &[u8]) -> Result<Vec<u8>, String> {
    let text = String::from_utf8_lossy(line);
    let article: Line = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| format!("no article: {error}; a line is {{\"title\": \"...\", ...}}"))?;
    let published =
        article.published.as_deref().and_then(|at| DateTime::parse_from_rfc3339(at).ok());
    let tagging = extractor.tag(&Input {
        id: article.id.as_deref(),
        title: article.title.as_deref().unwrap_or(""),
        summary: article.summary.as_deref().unwrap_or(""),
        content: article.content.as_deref(),
        url: article.url.as_deref().or(article.link.as_deref()),
        published: published.map_or(today, |at| at.with_timezone(&Utc)),
        lang: article.lang.as_deref(),
    });
    serde_json::to_vec(&tagging).map_err(|error| format!("result has no JSON form: {error}"))
}
