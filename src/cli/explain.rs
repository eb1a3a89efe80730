//! `talentwire explain`: the whole trace of one article, marked in its text.

use std::fmt::Write as _;
use std::io::{Read, Write};

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::args::ExplainArgs;
use super::logs::ReadLog;
use crate::extract::{Extractor, Input, Trace};
use crate::log::{Scan, Topic};
use crate::model::{Article, Field};
use crate::telemetry::coloured;

/// The texts of the article under explanation.
#[derive(Debug, Deserialize)]
pub struct Texts {
    #[serde(default)]
    title: String,
    #[serde(default)]
    summary: Option<String>,
    #[serde(default)]
    content: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    published: Option<DateTime<Utc>>,
    #[serde(default)]
    lang: Option<String>,
}

impl Texts {
    /// Reads one JSON article from standard input.
    ///
    /// # Errors
    /// When it is none.
    pub fn from_stdin() -> anyhow::Result<Self> {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        let wanted = "standard input holds no JSON article such as {\"title\": \"...\"}";
        let texts: Self = serde_json::from_str(&text).context(wanted)?;
        let fields = [Field::Title, Field::Summary, Field::Content];
        if fields.into_iter().all(|field| texts.field(field).trim().is_empty()) {
            bail!("{wanted}: it has no title, summary or content");
        }
        Ok(texts)
    }

    /// Finds an article in the log by its link or id.
    ///
    /// # Errors
    /// When there is none, or the log cannot be read.
    pub async fn from_log(log: &ReadLog, wanted: &str) -> anyhow::Result<Self> {
        let scan = Scan { topic: Topic::Articles, partitions: None, since: None };
        let (key, shown) = (wanted.to_owned(), wanted);
        let found = log
            .fold(scan, None, move |found: &mut Option<Article>, received| {
                let value = received.value.as_deref().unwrap_or_default();
                if let Ok(article) = serde_json::from_slice::<Article>(value)
                    && (article.id == key || article.url.as_deref() == Some(&key))
                {
                    *found = Some(article);
                }
            })
            .await?;
        let Some(article) = found else {
            bail!(
                "no article in the log has the link or id `{shown}`; `talentwire articles --json` lists them"
            )
        };
        Ok(Self {
            title: article.title,
            summary: Some(article.summary),
            content: article.content,
            url: article.url,
            published: Some(article.published.unwrap_or(article.first_seen)),
            lang: article.lang,
        })
    }

    fn input(&self, today: DateTime<Utc>) -> Input<'_> {
        Input {
            id: None,
            title: &self.title,
            summary: self.summary.as_deref().unwrap_or(""),
            content: self.content.as_deref(),
            url: self.url.as_deref(),
            published: self.published.unwrap_or(today),
            lang: self.lang.as_deref(),
        }
    }

    fn field(&self, field: Field) -> &str {
        match field {
            Field::Title => &self.title,
            Field::Summary => self.summary.as_deref().unwrap_or(""),
            Field::Content => self.content.as_deref().unwrap_or(""),
        }
    }
}

/// Explains an article.
///
/// # Errors
/// When the output cannot be written.
pub fn run(
    extractor: &Extractor,
    texts: &Texts,
    today: DateTime<Utc>,
    options: &ExplainArgs,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let trace = extractor.explain(&texts.input(today));
    if options.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&trace)?)?;
    } else {
        out.write_all(page(texts, &trace, coloured(&std::io::stdout())).as_bytes())?;
    }
    Ok(())
}

/// What a mark means, and how it looks with and without colour.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Company,
    Trigger,
    Person,
}

impl Mark {
    fn paint(self, text: &str, colour: bool) -> String {
        let (code, open, close) = match self {
            Mark::Company => ("36", "[", "]"),
            Mark::Trigger => ("1;33", "*", "*"),
            Mark::Person => ("1;32", "{", "}"),
        };
        if colour {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            format!("{open}{text}{close}")
        }
    }
}

fn page(texts: &Texts, trace: &Trace, colour: bool) -> String {
    let mut page = String::new();
    let legend: Vec<String> =
        [(Mark::Person, "person"), (Mark::Company, "company"), (Mark::Trigger, "trigger")]
            .into_iter()
            .map(|(mark, word)| mark.paint(word, colour))
            .collect();
    // Writing to a String cannot fail.
    let _ignored = writeln!(
        page,
        "language {}{}    {}",
        trace.lang.as_deref().unwrap_or("unknown"),
        if trace.supported { "" } else { " (no lexicon: nothing of it alerts)" },
        legend.join(" ")
    );
    for field in [Field::Title, Field::Summary, Field::Content] {
        let text = texts.field(field);
        if !text.is_empty() {
            let marked = marked(text, &marks(trace, field), colour);
            let _ignored = writeln!(page, "\n{field}:\n  {}", marked.replace('\n', "\n  "));
        }
    }
    page.push_str("\ncompanies: ");
    let mut companies: Vec<String> = Vec::new();
    for mention in &trace.mentions {
        let note = match (mention.by_product, mention.watched) {
            (true, _) => " (by product)",
            (false, false) => " (not watched)",
            (false, true) => "",
        };
        let shown = format!("{}{note}", mention.company);
        if !companies.contains(&shown) {
            companies.push(shown);
        }
    }
    page.push_str(&if companies.is_empty() { "none".to_owned() } else { companies.join(", ") });
    page.push_str("\n\n");
    page.push_str(&candidates(trace, colour));
    page
}

fn marks(trace: &Trace, field: Field) -> Vec<(usize, usize, Mark)> {
    let mut marks: Vec<(usize, usize, Mark)> = Vec::new();
    for candidate in trace.candidates.iter().filter(|it| it.claim.evidence.field == field) {
        if let Some((start, end)) = candidate.person {
            marks.push((start, end, Mark::Person));
        }
    }
    let triggers = trace.triggers.iter().filter(|it| it.field == field);
    let mentions = trace.mentions.iter().filter(|it| it.field == field);
    marks.extend(mentions.map(|it| (it.start, it.end, Mark::Company)));
    marks.extend(triggers.map(|it| (it.start, it.end, Mark::Trigger)));
    marks.sort_by_key(|(start, end, mark)| (*start, std::cmp::Reverse(*end), *mark));
    marks
}

/// The text with its marks; of two that overlap the first one counts.
fn marked(text: &str, marks: &[(usize, usize, Mark)], colour: bool) -> String {
    let mut page = String::new();
    let mut at = 0;
    for (start, end, mark) in marks {
        if *start < at {
            continue;
        }
        let (Some(before), Some(inside)) = (text.get(at..*start), text.get(*start..*end)) else {
            continue;
        };
        page.push_str(&plain(before));
        page.push_str(&mark.paint(&plain(inside), colour));
        at = *end;
    }
    page.push_str(&plain(text.get(at..).unwrap_or("")));
    page
}

/// The text without what could colour a terminal or turn its line around: it is from the web.
fn plain(text: &str) -> String {
    let harmful = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if harmful(c) { ' ' } else { c }).collect()
}

fn candidates(trace: &Trace, colour: bool) -> String {
    if trace.candidates.is_empty() {
        return "no candidate: nobody is said to have moved\n".to_owned();
    }
    let mut page = String::new();
    for candidate in &trace.candidates {
        let claim = &candidate.claim;
        let verdict = match claim.suppressed {
            None if claim.alert => "ALERTS".to_owned(),
            None => "kept, no alert".to_owned(),
            Some(why) => format!("dropped: {why}"),
        };
        let verdict =
            if colour && claim.alert { format!("\u{1b}[1;32m{verdict}\u{1b}[0m") } else { verdict };
        let body = format!(
            "  {} | {} -> {} | {} | {} | confidence {:.2} | pattern `{}`\n  \"{}\" in: {}\n",
            claim.person.as_deref().unwrap_or("(unnamed)"),
            claim.from.as_deref().unwrap_or("?"),
            claim.to.as_deref().unwrap_or("?"),
            claim.kind,
            claim.status,
            claim.confidence,
            candidate.pattern,
            claim.evidence.trigger,
            claim.evidence.text,
        );
        let _ignored = writeln!(page, "{verdict}\n{}", plain(&body));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_colours_no_terminal_and_turns_no_line_around() {
        let hostile = "Ada \u{1b}[31mGray \u{202e}joins";
        assert_eq!(marked(hostile, &[(0, 3, Mark::Person)], false), "{Ada}  [31mGray  joins");
    }

    #[test]
    fn overlapping_marks_do_not_tear_the_text() {
        let marks = [(0, 6, Mark::Person), (3, 9, Mark::Company), (7, 9, Mark::Trigger)];
        assert_eq!(marked("존슐 이직", &marks, false), "{존슐} 이직");
        assert_eq!(marked("abc", &[(1, 2, Mark::Trigger)], false), "a*b*c");
    }
}
