//! `talentwire replay`: what other rules would have alerted, and what not.
//!
//! Two runs over the same articles are compared by what a person would have seen: who, from where,
//! to where. Plain functions over the moves of both runs; the caller tags and tracks.

use std::io::{self, Write};

use serde::Serialize;

use super::table::clip;
use crate::model::moves::Attention;
use crate::model::{Move, counted};

/// An alert, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alert {
    /// Who, or how many.
    pub person: Option<String>,
    /// How many people.
    pub count: u32,
    /// Where from.
    pub from: Option<String>,
    /// Where to.
    pub to: Option<String>,
    /// Kind and status, as a reader saw them last.
    pub state: String,
    /// What the thread was told after the first message, in order.
    pub updates: Vec<&'static str>,
    /// The first article.
    pub title: Option<String>,
    /// Its link.
    pub url: Option<String>,
}

/// The differences between two runs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Alerts of both runs that are the same.
    pub same: usize,
    /// Alerts that only the other rules give.
    pub gained: Vec<Alert>,
    /// Alerts that only the present rules give.
    pub lost: Vec<Alert>,
    /// Alerts of both that say something else: the present one, then the other one.
    pub changed: Vec<(Alert, Alert)>,
}

impl Alert {
    fn of(of: &Move) -> Alert {
        let first = of.reports.first();
        let name = |name: &Option<String>, id: &Option<String>| name.clone().or(id.clone());
        Alert {
            person: of.person.clone(),
            count: of.count,
            from: name(&of.from_name, &of.from),
            to: name(&of.to_name, &of.to),
            state: format!("{} {}", of.kind, of.status),
            updates: of.changes.iter().skip(1).map(|change| change.kind.label()).collect(),
            title: first.map(|report| report.title.clone()),
            url: first.and_then(|report| report.url.clone()),
        }
    }

    /// Says who moves from where to where.
    fn line(&self) -> String {
        let who = match (&self.person, self.count) {
            (Some(name), _) => name.clone(),
            (None, 0 | 1) => "(unnamed)".to_owned(),
            (None, count) => format!("({count} people)"),
        };
        let end = |end: &Option<String>| end.clone().unwrap_or_else(|| "?".to_owned());
        let mut line = format!("{who}: {} -> {}, {}", end(&self.from), end(&self.to), self.state);
        if !self.updates.is_empty() {
            line += &format!(", then {}", self.updates.join(", "));
        }
        line
    }
}

/// True where two moves of two runs are about one event: they have a report in common and name the
/// same person, or one of them names nobody.
fn about_one(a: &Move, b: &Move) -> bool {
    let person = match (&a.person, &b.person) {
        (Some(x), Some(y)) => x == y || a.spellings.iter().any(|name| b.spellings.contains(name)),
        _ => true,
    };
    let report = a.reports.iter().any(|x| {
        b.reports.iter().any(|y| (x.url.is_some() && x.url == y.url) || x.title == y.title)
    });
    a.id == b.id || (person && report)
}

/// Compares the moves of two runs over the same articles. Only moves that alert count.
pub fn compare(present: &[Move], other: &[Move]) -> Comparison {
    let alerts = |of: &&Move| of.attention == Attention::Alert;
    let mut left: Vec<&Move> = other.iter().filter(alerts).collect();
    let mut comparison = Comparison::default();
    for of in present.iter().filter(alerts) {
        // The same person first, so that a group's report does not take the wrong one.
        let exact = left.iter().position(|new| new.person == of.person && about_one(of, new));
        let found = exact.or_else(|| left.iter().position(|new| about_one(of, new)));
        match found.map(|place| left.remove(place)) {
            Some(new) if same(&Alert::of(of), &Alert::of(new)) => comparison.same += 1,
            Some(new) => comparison.changed.push((Alert::of(of), Alert::of(new))),
            None => comparison.lost.push(Alert::of(of)),
        }
    }
    comparison.gained = left.into_iter().map(Alert::of).collect();
    comparison
}

/// True where a reader would see no difference; the first article may be another one.
fn same(a: &Alert, b: &Alert) -> bool {
    a.line() == b.line()
}

/// The differences for people, coloured where `colour` says that they go to a terminal.
///
/// # Errors
/// When the output cannot be written.
pub fn print(comparison: &Comparison, colour: bool, out: &mut impl Write) -> io::Result<()> {
    let paint = |tone: &str, text: &str| {
        if colour { format!("\u{1b}[{tone}m{text}\u{1b}[0m") } else { text.to_owned() }
    };
    for alert in &comparison.lost {
        writeln!(out, "{}", paint("31", &format!("- {}", clip(&alert.line(), 160))))?;
        source(alert, out)?;
    }
    for alert in &comparison.gained {
        writeln!(out, "{}", paint("32", &format!("+ {}", clip(&alert.line(), 160))))?;
        source(alert, out)?;
    }
    for (old, new) in &comparison.changed {
        writeln!(out, "{}", paint("33", &format!("~ {}", clip(&old.line(), 160))))?;
        writeln!(out, "  now {}", clip(&new.line(), 160))?;
        source(new, out)?;
    }
    writeln!(
        out,
        "{} gained, {} lost, {} changed, {} the same",
        counted(comparison.gained.len(), "alert"),
        comparison.lost.len(),
        comparison.changed.len(),
        comparison.same
    )
}

fn source(alert: &Alert, out: &mut impl Write) -> io::Result<()> {
    if let Some(title) = &alert.title {
        writeln!(out, "    {}", clip(title, 120))?;
    }
    match &alert.url {
        Some(url) => writeln!(out, "    {}", clip(url, 200)),
        None => Ok(()),
    }
}

/// The differences as one JSON object.
///
/// # Errors
/// When the output cannot be written.
pub fn print_json(comparison: &Comparison, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, comparison)?;
    out.write_all(b"\n")
}
