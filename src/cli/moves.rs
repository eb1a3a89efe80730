//! `talentwire moves`: known moves as a table, JSON, CSV or a matrix of who wins and who loses.
//!
//! Plain functions over moves; reading them from the log is the caller's.

use std::io::{self, Write};

use chrono::{DateTime, SecondsFormat, Utc};

pub use super::moves_flow::{Flow, print_flow, print_flow_csv, print_flow_json};
use super::table::{clip, render};
use crate::model::moves::Attention;
use crate::model::{Kind, Move, Status, counted};

/// Which moves to show. Names are compared without case and punctuation.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only moves first seen at or after this time.
    pub since: Option<DateTime<Utc>>,
    /// Only moves from this company: its id, its name or part of it.
    pub from: Option<String>,
    /// Only moves to this company.
    pub to: Option<String>,
    /// Only moves of people of this name, in any spelling seen.
    pub person: Option<String>,
    /// Only moves of this kind.
    pub kind: Option<Kind>,
    /// Only moves of this status.
    pub status: Option<Status>,
}

/// A word that is none of the values of an option.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`--{option} {word}`: must be one of {}", .values.join(", "))]
pub struct UnknownWord {
    /// The option.
    pub option: &'static str,
    /// What the operator typed.
    pub word: String,
    /// What would be right.
    pub values: Vec<&'static str>,
}

/// Reads the value of `--kind`.
///
/// # Errors
/// When it is no kind; the error lists them.
pub fn kind(word: &str) -> Result<Kind, UnknownWord> {
    let values = || Kind::ALL.iter().map(|kind| kind.label()).collect();
    let found = Kind::ALL.iter().find(|kind| kind.label() == word);
    found.copied().ok_or_else(|| UnknownWord {
        option: "kind",
        word: word.into(),
        values: values(),
    })
}

/// Reads the value of `--status`.
///
/// # Errors
/// When it is no status; the error lists them.
pub fn status(word: &str) -> Result<Status, UnknownWord> {
    let values = || Status::ALL.iter().map(|status| status.label()).collect();
    let found = Status::ALL.iter().find(|status| status.label() == word);
    found.copied().ok_or_else(|| UnknownWord {
        option: "status",
        word: word.into(),
        values: values(),
    })
}

/// A name as it is compared: without case, spaces and punctuation.
fn loose(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Filter {
    /// True for a move to show.
    pub fn wants(&self, of: &Move) -> bool {
        let holds = |asked: &Option<String>, names: &[Option<&String>]| {
            let Some(asked) = asked.as_deref().map(loose) else { return true };
            // Nothing but punctuation is no name.
            !asked.is_empty() && names.iter().flatten().any(|name| loose(name).contains(&asked))
        };
        let spellings = of.spellings.iter().map(Some);
        let names: Vec<Option<&String>> = spellings.chain([of.person.as_ref()]).collect();
        self.since.is_none_or(|since| of.first_seen >= since)
            && holds(&self.from, &[of.from.as_ref(), of.from_name.as_ref()])
            && holds(&self.to, &[of.to.as_ref(), of.to_name.as_ref()])
            && holds(&self.person, &names)
            && self.kind.is_none_or(|kind| of.kind == kind)
            && self.status.is_none_or(|status| of.status == status)
    }

    /// The moves to show, the latest first.
    pub fn select(&self, moves: impl IntoIterator<Item = Move>) -> Vec<Move> {
        let mut chosen: Vec<Move> = moves.into_iter().filter(|of| self.wants(of)).collect();
        chosen.sort_by(|a, b| (b.first_seen, &a.id).cmp(&(a.first_seen, &b.id)));
        chosen
    }
}

/// One JSON move a line.
///
/// # Errors
/// When the output cannot be written.
pub fn print_json(moves: &[Move], out: &mut impl Write) -> io::Result<()> {
    for of in moves {
        serde_json::to_writer(&mut *out, of)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// A table for people, in colour where `colour` says that it goes to a terminal. `all` is how many
/// moves there are, those among them that the filter left out.
///
/// # Errors
/// When the output cannot be written.
pub fn print_table(
    moves: &[Move],
    all: usize,
    colour: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    match (moves.len(), all) {
        (0, 0) => return writeln!(out, "no moves yet"),
        (0, all) => return writeln!(out, "none of {} matches", counted(all, "move")),
        _ => {}
    }
    let header =
        ["first seen", "person", "from", "to", "kind", "status", "reports", "alert", "role"];
    let rows: Vec<Vec<String>> = moves.iter().map(row).collect();
    let page = render(&header, &rows);
    let tones = std::iter::once("1").chain(moves.iter().map(tone));
    for (line, tone) in page.lines().zip(tones) {
        if colour && !tone.is_empty() {
            writeln!(out, "\u{1b}[{tone}m{line}\u{1b}[0m")?;
        } else {
            writeln!(out, "{line}")?;
        }
    }
    if moves.len() == all {
        writeln!(out, "{}", counted(all, "move"))
    } else {
        writeln!(out, "{} of {}", moves.len(), counted(all, "move"))
    }
}

fn row(of: &Move) -> Vec<String> {
    let end = |name: &Option<String>, id: &Option<String>| {
        name.as_deref().or(id.as_deref()).map_or("-".to_owned(), |name| clip(name, 24))
    };
    vec![
        of.first_seen.format("%Y-%m-%d %H:%M").to_string(),
        clip(&person(of), 28),
        end(&of.from_name, &of.from),
        end(&of.to_name, &of.to),
        of.kind.label().to_owned(),
        state(of).to_owned(),
        reports(of).to_string(),
        attention(of).to_owned(),
        of.role.as_deref().map_or("-".to_owned(), |role| clip(role, 36)),
    ]
}

/// Who moves, in words: a name, a name and others, or how many.
fn person(of: &Move) -> String {
    match (&of.person, of.count) {
        (Some(name), 0 | 1) => name.clone(),
        (Some(name), count) => format!("{name} +{}", count - 1),
        (None, 0 | 1) => "(unnamed)".to_owned(),
        (None, count) => format!("({count} people)"),
    }
}

fn state(of: &Move) -> &'static str {
    if of.is_reversed() { "reversed" } else { of.status.label() }
}

fn attention(of: &Move) -> &'static str {
    match of.attention {
        Attention::Alert => "yes",
        Attention::Digest => "digest",
        Attention::Silent => "no",
    }
}

/// Records of the first days had no count of their own.
fn reports(of: &Move) -> usize {
    usize::try_from(of.report_count).unwrap_or(usize::MAX).max(of.reports.len())
}

/// SGR codes of a line: red for what did not last, yellow for rumours, dim for what woke nobody.
fn tone(of: &Move) -> &'static str {
    match (of.is_reversed(), of.status, of.attention) {
        (true, ..) | (_, Status::Denied, _) => "31",
        (_, _, Attention::Silent) => "2",
        (_, Status::Rumoured, _) => "33",
        (_, Status::Confirmed, _) => "32",
        (_, Status::Reported, _) => "",
    }
}

/// Comma-separated values (RFC 4180) with a header. A cell that a spreadsheet would take for a
/// formula gets an apostrophe, because names and headlines come from the web.
///
/// # Errors
/// When the output cannot be written.
pub fn print_csv(moves: &[Move], out: &mut impl Write) -> io::Result<()> {
    let header = "id,first_seen,first_published,person,count,from,from_name,to,to_name,role,kind,status,confidence,reports,alert,url,title";
    write!(out, "{header}\r\n")?;
    let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    for of in moves {
        let first = of.reports.first();
        let cells = [
            of.id.clone(),
            time(of.first_seen),
            of.first_published.map(time).unwrap_or_default(),
            text(&of.person),
            of.count.to_string(),
            text(&of.from),
            text(&of.from_name),
            text(&of.to),
            text(&of.to_name),
            text(&of.role),
            of.kind.label().to_owned(),
            state(of).to_owned(),
            of.confidence.to_string(),
            reports(of).to_string(),
            attention(of).to_owned(),
            first.and_then(|report| report.url.clone()).unwrap_or_default(),
            first.map(|report| report.title.clone()).unwrap_or_default(),
        ];
        let line: Vec<String> = cells.iter().map(|cell| csv_cell(cell)).collect();
        write!(out, "{}\r\n", line.join(","))?;
    }
    Ok(())
}

pub(super) fn csv_cell(cell: &str) -> String {
    let harmless = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if harmless.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", harmless.replace('"', "\"\""))
    } else {
        harmless
    }
}
