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

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::io::Write;

use anyhow::Context;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::args::ScoreArgs;
use crate::extract::{Extractor, Input};
use crate::model::{Claim, Tagging};

/// A labelled article.
#[derive(Debug, Clone, Deserialize)]
pub struct Gold {
    /// Id of the article.
    pub id: String,
    /// Its language.
    pub lang: String,
    /// Headline.
    pub title: String,
    /// Summary.
    #[serde(default)]
    pub summary: String,
    /// When it was published.
    #[serde(default)]
    pub published: Option<String>,
    /// Companies named.
    #[serde(default)]
    orgs: Vec<String>,
    /// Companies implied by a product.
    #[serde(default)]
    orgs_by_product: Vec<String>,
    /// Moves.
    #[serde(default)]
    moves: Vec<GoldMove>,
    #[serde(default)]
    cls: String,
    #[serde(default)]
    scope: Option<String>,
    #[serde(default)]
    flags: Option<Vec<String>>,
}

#[derive(Debug, Clone, Deserialize)]
struct GoldMove {
    person: Option<String>,
    person_en: Option<String>,
    from: Option<String>,
    to: Option<String>,
    kind: String,
}

const KINDS: &[&str] = &["joined", "left", "moved", "founded"];
const LEFT_OUT: &[&str] = &["first_person", "planning_only", "historical_funding"];

/// Counts of one measure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Right.
    pub tp: usize,
    /// Found and wrong.
    pub fp: usize,
    /// Missed.
    pub r#fn: usize,
}

impl Tally {
    fn ratio(part: usize, rest: usize) -> Option<f64> {
        (part + rest > 0).then(|| part as f64 / (part + rest) as f64)
    }

    /// Right among the found.
    pub fn precision(&self) -> Option<f64> {
        Self::ratio(self.tp, self.fp)
    }

    /// Right among the labelled.
    pub fn recall(&self) -> Option<f64> {
        Self::ratio(self.tp, self.r#fn)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> Option<f64> {
        match (self.precision(), self.recall()) {
            (Some(p), Some(r)) if p > 0.0 && r > 0.0 => Some(2.0 * p * r / (p + r)),
            (None, None) => None,
            _ => Some(0.0),
        }
    }
}

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

/// What kind of error an article shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErrorClass {
    /// A labelled move, no alert.
    Missed,
    /// An alert, no labelled move.
    FalseAlarm,
    /// An alert, but not every labelled move is complete.
    Incomplete,
}

/// The result of a run.
#[derive(Debug, Default)]
pub struct Report {
    /// By language ("all" for the whole) and measure.
    pub tallies: BTreeMap<(String, &'static str), Tally>,
    /// Index into the articles, by class.
    pub errors: Vec<(ErrorClass, usize)>,
}

fn squeeze(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

fn company(name: &str) -> String {
    let key = squeeze(name);
    let short = ["inc", "corp", "labs", "lab", "ai", "technologies"]
        .iter()
        .find_map(|end| key.strip_suffix(end).filter(|rest| !rest.is_empty()))
        .unwrap_or(&key)
        .to_owned();
    match short.as_str() {
        "deepmind" | "googledeepmind" | "googledeepmin" => "google".to_owned(),
        _ => short,
    }
}

/// The companies that count, by their names.
pub struct Watched(HashSet<String>);

impl Watched {
    /// From display names, one an item.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self(names.into_iter().filter(|n| !n.trim().is_empty()).map(company).collect())
    }

    fn has(&self, name: Option<&String>) -> bool {
        name.is_some_and(|name| self.0.contains(&company(name)))
    }
}

fn surname(name: &str) -> String {
    squeeze(name.split([' ', '·', '・', '‧', '•']).rfind(|part| !part.is_empty()).unwrap_or(""))
}

fn same_person(gold: &GoldMove, claim: &Claim) -> bool {
    let of = |names: [&Option<String>; 2], fold: fn(&str) -> String| -> HashSet<String> {
        names.into_iter().flatten().map(|name| fold(name)).filter(|n| !n.is_empty()).collect()
    };
    let (want, have) = ([&gold.person, &gold.person_en], [&claim.person, &claim.person_as_written]);
    let (whole_want, whole_have) = (of(want, squeeze), of(have, squeeze));
    if whole_want.is_empty() || whole_have.is_empty() {
        return whole_want.is_empty() && whole_have.is_empty();
    }
    if !whole_want.is_disjoint(&whole_have) {
        return true;
    }
    of(want, surname)
        .intersection(&of(have, surname))
        .any(|name| name.chars().count() > 2 || !name.is_ascii())
}

fn matches(gold: &GoldMove, claim: &Claim, loose: bool, watched: &Watched) -> bool {
    let ends = [(&gold.from, &claim.from), (&gold.to, &claim.to)];
    let mut hits =
        ends.into_iter().filter(|(want, _)| watched.has(want.as_ref())).map(|(want, have)| {
            want.as_deref().map(company) == Some(have.as_deref().map(company).unwrap_or_default())
        });
    same_person(gold, claim) && if loose { hits.any(|hit| hit) } else { hits.all(|hit| hit) }
}

/// How many labelled moves find a claim of their own.
fn pair(golds: &[&GoldMove], claims: &[&Claim], loose: bool, watched: &Watched) -> usize {
    let mut left: Vec<&&Claim> = claims.iter().collect();
    let mut hits = 0;
    for gold in golds {
        if let Some(at) = left.iter().position(|claim| matches(gold, claim, loose, watched)) {
            left.remove(at);
            hits += 1;
        }
    }
    hits
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

impl Report {
    /// The figures as an aligned table.
    pub fn table(&self) -> String {
        let mut page = format!(
            "{:5} {:8} {:>9} {:>7} {:>6} {:>5} {:>5} {:>5}\n",
            "lang", "what", "precision", "recall", "f1", "tp", "fp", "fn"
        );
        let mut rows: Vec<_> = self.tallies.iter().collect();
        rows.sort_by_key(|((lang, what), _)| (lang != "all", lang.clone(), *what));
        let show = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.3}"));
        for ((lang, what), tally) in rows {
            // Writing to a String cannot fail.
            let _ignored = writeln!(
                page,
                "{lang:5} {what:8} {:>9} {:>7} {:>6} {:5} {:5} {:5}",
                show(tally.precision()),
                show(tally.recall()),
                show(tally.f1()),
                tally.tp,
                tally.fp,
                tally.r#fn
            );
        }
        page
    }

    /// The figures as one JSON object, keyed `lang.what`.
    pub fn json(&self) -> serde_json::Value {
        self.tallies
            .iter()
            .map(|((lang, what), tally)| {
                let row = serde_json::json!({
                    "precision": tally.precision(), "recall": tally.recall(), "f1": tally.f1(),
                    "tp": tally.tp, "fp": tally.fp, "fn": tally.r#fn,
                });
                (format!("{lang}.{what}"), row)
            })
            .collect::<serde_json::Map<_, _>>()
            .into()
    }

    /// At most `limit` errors of each class, readable.
    pub fn errors(&self, gold: &[Gold], results: &[Tagging], limit: usize) -> String {
        let mut page = String::new();
        for class in [ErrorClass::FalseAlarm, ErrorClass::Missed, ErrorClass::Incomplete] {
            let of_class: Vec<usize> =
                self.errors.iter().filter(|(c, _)| *c == class).map(|(_, at)| *at).collect();
            let _ignored = writeln!(page, "\n{class:?}: {}", of_class.len());
            for (gold, result) in of_class
                .iter()
                .take(limit)
                .filter_map(|at| Some((gold.get(*at)?, results.get(*at)?)))
            {
                let _ignored = writeln!(page, "  [{}] {}", gold.lang, gold.title);
                for m in &gold.moves {
                    let _ignored = writeln!(
                        page,
                        "     gold  {:?} {:?} -> {:?} {}",
                        m.person, m.from, m.to, m.kind
                    );
                }
                for c in &result.claims {
                    let why = c.suppressed.map_or("alerts", |why| why.label());
                    let _ignored = writeln!(
                        page,
                        "     claim {:?} {:?} -> {:?} {} {why}",
                        c.person, c.from, c.to, c.kind
                    );
                }
            }
        }
        page
    }
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
