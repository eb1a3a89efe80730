//! What a run found: counts by language and measure, and the errors by class.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::labels::Gold;
use crate::model::Tagging;

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

impl ErrorClass {
    fn heading(self) -> &'static str {
        match self {
            Self::Missed => "missed: a labelled move, no alert",
            Self::FalseAlarm => "false alarms: an alert, no labelled move",
            Self::Incomplete => "incomplete: an alert, but not every labelled move is complete",
        }
    }
}

/// The result of a run.
#[derive(Debug, Default)]
pub struct Report {
    /// By language ("all" for the whole) and measure.
    pub tallies: BTreeMap<(String, &'static str), Tally>,
    /// Index into the articles, by class.
    pub errors: Vec<(ErrorClass, usize)>,
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
            let _ignored = writeln!(page, "\n{} {}", of_class.len(), class.heading());
            let shown = of_class.iter().take(limit);
            for (gold, result) in shown.filter_map(|at| Some((gold.get(*at)?, results.get(*at)?))) {
                page.push_str(&side_by_side(gold, result));
            }
        }
        page
    }
}

/// `Ada Gray | openai -> ?`, as `explain` writes it.
fn spoken(person: &Option<String>, from: &Option<String>, to: &Option<String>) -> String {
    let person = person.as_deref().unwrap_or("(unnamed)");
    let [from, to] = [from, to].map(|end| end.as_deref().unwrap_or("?"));
    format!("{person} | {from} -> {to}")
}

/// The labels of an article above its claims.
fn side_by_side(gold: &Gold, result: &Tagging) -> String {
    let mut page = format!("  [{}] {}\n", gold.lang, gold.title);
    for m in &gold.moves {
        let line = spoken(&m.person, &m.from, &m.to);
        let _ignored = writeln!(page, "     label {line} | {}", m.kind);
    }
    for c in &result.claims {
        let why = c.suppressed.map_or("alerts", |why| why.label());
        let line = spoken(&c.person, &c.from, &c.to);
        let trigger = &c.evidence.trigger;
        let _ignored = writeln!(page, "     claim {line} | {} | {why} | \"{trigger}\"", c.kind);
    }
    page
}
