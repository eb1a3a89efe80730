//! Prints by which signs the learned model would judge articles, to train it by
//! `config/models/train.py`: one JSON article a line on stdin, one JSON object a line on stdout.

use std::io::{BufRead, Write, stdin, stdout};

use anyhow::Context;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::json;
use talentwire::extract::{Extractor, Input, RuleFiles, Rules};

#[derive(Deserialize)]
struct Line {
    title: String,
    #[serde(default)]
    summary: Option<String>,
    #[serde(default)]
    published: Option<DateTime<Utc>>,
    #[serde(default)]
    lang: Option<String>,
}

fn main() -> anyhow::Result<()> {
    let rules = Rules::parse(&RuleFiles::built_in())
        .map_err(|problems| anyhow::anyhow!("the rules do not parse: {problems:?}"))?;
    let engine = Extractor::new(&rules);
    let mut out = stdout().lock();
    for (number, line) in stdin().lock().lines().enumerate() {
        let line: Line =
            serde_json::from_str(&line?).with_context(|| format!("line {}", number + 1))?;
        let signs = engine.signs(&Input {
            id: None,
            title: &line.title,
            summary: line.summary.as_deref().unwrap_or(""),
            content: None,
            url: None,
            published: line.published.unwrap_or_else(Utc::now),
            lang: line.lang.as_deref(),
        });
        let id = |company| engine.gazetteer().company(company).map(|company| company.id.as_str());
        let houses: Vec<_> =
            signs.houses.iter().map(|(company, signs)| json!([id(*company), signs])).collect();
        let claims: Vec<_> = signs
            .claims
            .iter()
            .map(|claim| json!([claim.person, claim.reason.map(|one| one.label()), claim.signs]))
            .collect();
        let line = json!({
            "alerts": signs.alerts,
            "silent": signs.silent,
            "words": signs.words,
            "news": signs.news,
            "people": signs.people,
            "houses": houses,
            "claims": claims,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
