//! `talentwire score`: precision, recall and F1 per language on labelled articles.
//!
//! - **alert**: should this article wake a person? Positive when it holds a labelled move of kind
//!   joined, left, moved or founded with a watched company at either end; articles that hold only
//!   other moves are left out. Predicted positive: any claim that alerts.
//! - **move**: complete moves in alerting claims: the person and every watched end match.
//! - **loose**: the person and one watched end match.
//! - **company**: company tags, watched ones only.
//!
//! Names match when equal without case, spaces and punctuation, or by the last part of the name.

mod labels;
mod report;

use std::collections::HashSet;
use std::io::Write;

use anyhow::Context;
use chrono::{DateTime, Utc};

pub use self::labels::{Gold, Watched};
use self::labels::{GoldMove, company, pair};
pub use self::report::{ErrorClass, Report, Tally};
use super::args::ScoreArgs;
use crate::extract::{Extractor, Input};
use crate::model::{Claim, Tagging};

const KINDS: &[&str] = &["joined", "left", "moved", "founded"];
const LEFT_OUT: &[&str] = &["first_person", "planning_only", "historical_funding"];

/// Tags the articles of a file and prints the figures.
///
/// # Errors
/// When a file cannot be read or a line is no labelled article; the message names file and line.
pub fn run(
    extractor: &Extractor,
    today: DateTime<Utc>,
    options: &ScoreArgs,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let gold = read_gold(&options.gold)?;
    let watched = match &options.watched {
        Some(path) => {
            let names = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            Watched::new(names.lines())
        }
        None => {
            let companies = &extractor.gazetteer().companies;
            Watched::new(companies.iter().filter(|it| it.watched).map(|it| it.name.as_str()))
        }
    };
    let bar = indicatif::ProgressBar::new(gold.len() as u64);
    let results: Vec<Tagging> =
        bar.wrap_iter(gold.iter()).map(|article| tag(extractor, today, article)).collect();
    bar.finish_and_clear();
    let report = score(&gold, &results, &watched);
    if options.json {
        writeln!(out, "{}", report.json())?;
    } else {
        out.write_all(report.table().as_bytes())?;
    }
    if options.errors > 0 {
        out.write_all(report.errors(&gold, &results, options.errors).as_bytes())?;
    }
    Ok(())
}

fn read_gold(path: &std::path::Path) -> anyhow::Result<Vec<Gold>> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(index, line)| {
            serde_json::from_str(line)
                .with_context(|| format!("{shown}:{}: no labelled article", index + 1))
        })
        .collect()
}

fn tag(extractor: &Extractor, today: DateTime<Utc>, article: &Gold) -> Tagging {
    let published =
        article.published.as_deref().and_then(|at| DateTime::parse_from_rfc3339(at).ok());
    extractor.tag(&Input {
        id: Some(&article.id),
        title: &article.title,
        summary: &article.summary,
        content: None,
        url: None,
        published: published.map_or(today, |at| at.with_timezone(&Utc)),
        lang: Some(&article.lang),
    })
}

fn scored<'g>(gold: &'g Gold, watched: &Watched) -> Vec<&'g GoldMove> {
    let flagged = gold.flags.iter().flatten().any(|flag| LEFT_OUT.contains(&flag.as_str()));
    if gold.scope.as_deref().unwrap_or("ai") != "ai" || flagged {
        return Vec::new();
    }
    gold.moves
        .iter()
        .filter(|m| KINDS.contains(&m.kind.as_str()))
        .filter(|m| watched.has(m.from.as_ref()) || watched.has(m.to.as_ref()))
        .collect()
}

/// Scores results against labels, both in the same order.
pub fn score(gold: &[Gold], results: &[Tagging], watched: &Watched) -> Report {
    let mut report = Report::default();
    for (index, (gold, result)) in gold.iter().zip(results).enumerate() {
        score_one(index, gold, result, watched, &mut report);
    }
    report
}

fn score_one(index: usize, gold: &Gold, result: &Tagging, watched: &Watched, report: &mut Report) {
    let wanted = scored(gold, watched);
    let mut alerting: Vec<&Claim> = result.claims.iter().filter(|claim| claim.alert).collect();
    // A true move between companies that nobody watches: only a claim that drags in a watched one
    // is a false alarm.
    if gold.cls == "out_of_scope" {
        alerting.retain(|claim| watched.has(claim.from.as_ref()) || watched.has(claim.to.as_ref()));
    }
    for lang in [gold.lang.as_str(), "all"] {
        if !wanted.is_empty() || gold.moves.is_empty() {
            let tally = report.tallies.entry((lang.to_owned(), "alert")).or_default();
            match (wanted.is_empty(), alerting.is_empty()) {
                (false, false) => tally.tp += 1,
                (false, true) => tally.r#fn += 1,
                (true, false) => tally.fp += 1,
                (true, true) => {}
            }
            for (name, loose) in [("move", false), ("loose", true)] {
                let hits = pair(&wanted, &alerting, loose, watched);
                let tally = report.tallies.entry((lang.to_owned(), name)).or_default();
                tally.tp += hits;
                tally.r#fn += wanted.len() - hits;
                // A claim of another labelled move (a promotion, an unwatched company) is no error.
                tally.fp += (alerting.len() - hits).saturating_sub(gold.moves.len() - wanted.len());
            }
        }
        score_companies(lang, gold, result, watched, report);
    }
    let complete = pair(&wanted, &alerting, false, watched) == wanted.len();
    let class = match (wanted.is_empty(), alerting.is_empty()) {
        (false, true) => Some(ErrorClass::Missed),
        (true, false) if gold.moves.is_empty() => Some(ErrorClass::FalseAlarm),
        (false, false) if !complete => Some(ErrorClass::Incomplete),
        _ => None,
    };
    report.errors.extend(class.map(|class| (class, index)));
}

fn score_companies(
    lang: &str,
    gold: &Gold,
    result: &Tagging,
    watched: &Watched,
    report: &mut Report,
) {
    let keys = |names: &[String]| names.iter().map(|name| company(name)).collect::<HashSet<_>>();
    let want: HashSet<String> = keys(&gold.orgs).intersection(&watched.0).cloned().collect();
    let have: HashSet<String> = keys(&result.companies).intersection(&watched.0).cloned().collect();
    let product = keys(&gold.orgs_by_product);
    let tally = report.tallies.entry((lang.to_owned(), "company")).or_default();
    tally.tp += want.intersection(&have).count();
    tally.r#fn += want.difference(&have).count();
    tally.fp += have.difference(&want).filter(|name| !product.contains(*name)).count();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Evidence, Field, Kind, Status};

    fn gold(json: &str) -> Gold {
        serde_json::from_str(json).unwrap()
    }

    fn claim(person: &str, from: Option<&str>, to: Option<&str>) -> Claim {
        Claim {
            person: Some(person.into()),
            person_as_written: None,
            count: 1,
            from: from.map(Into::into),
            to: to.map(Into::into),
            role: None,
            kind: Kind::Moved,
            status: Status::Reported,
            confidence: 0.9,
            alert: true,
            suppressed: None,
            evidence: Evidence {
                field: Field::Title,
                start: 0,
                end: 1,
                text: "x".into(),
                trigger: "x".into(),
            },
        }
    }

    fn tagging(claims: Vec<Claim>) -> Tagging {
        Tagging { companies: vec!["openai".into()], claims, ..Tagging::default() }
    }

    const MOVE: &str = r#"{"id":"1","lang":"en","title":"t","orgs":["OpenAI"],"moves":[{"person":"Ada Birk","person_en":null,"from":"OpenAI","to":"Anthropic","kind":"moved"}]}"#;

    #[test]
    fn a_complete_move_counts_everywhere() {
        let watched = Watched::new(["OpenAI", "Anthropic"]);
        let report = score(
            &[gold(MOVE)],
            &[tagging(vec![claim("A. Birk", Some("openai"), Some("anthropic"))])],
            &watched,
        );
        for what in ["alert", "move", "loose", "company"] {
            assert_eq!(
                report.tallies[&("en".to_owned(), what)],
                Tally { tp: 1, fp: 0, r#fn: 0 },
                "{what}"
            );
        }
        assert!(report.errors.is_empty());
    }

    #[test]
    fn a_missing_end_is_loose_only_and_an_alert_without_a_move_is_false() {
        let watched = Watched::new(["OpenAI", "Anthropic"]);
        let nothing = gold(r#"{"id":"2","lang":"en","title":"t"}"#);
        let results = [
            tagging(vec![claim("Ada Birk", Some("openai"), None)]),
            tagging(vec![claim("Bo", None, Some("openai"))]),
        ];
        let report = score(&[gold(MOVE), nothing], &results, &watched);
        assert_eq!(report.tallies[&("en".to_owned(), "move")], Tally { tp: 0, fp: 2, r#fn: 1 });
        assert_eq!(report.tallies[&("en".to_owned(), "loose")], Tally { tp: 1, fp: 1, r#fn: 0 });
        assert_eq!(report.errors, [(ErrorClass::Incomplete, 0), (ErrorClass::FalseAlarm, 1)]);
    }
}
