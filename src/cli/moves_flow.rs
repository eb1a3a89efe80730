//! `talentwire moves --flow`: who wins people and who loses them.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use serde_json::json;

use super::moves::csv_cell;
use super::table::{clip, render};
use crate::model::{Kind, Move, Status};

/// People by origin and destination.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flow {
    /// How many people went from where to where; `None` for an end that is not known.
    pub people: BTreeMap<(Option<String>, Option<String>), u64>,
}

impl Flow {
    /// Counts people. Denied and reversed moves, promotions, and moves that only weak claims speak
    /// for count for nobody.
    pub fn of(moves: &[Move]) -> Flow {
        let mut flow = Flow::default();
        for of in moves {
            let counts = of.is_announced() && !of.is_reversed();
            if !counts || of.status == Status::Denied || of.kind == Kind::Promoted {
                continue;
            }
            let name = |name: &Option<String>, id: &Option<String>| name.clone().or(id.clone());
            let ends = (name(&of.from_name, &of.from), name(&of.to_name, &of.to));
            *flow.people.entry(ends).or_default() += u64::from(of.count.max(1));
        }
        flow
    }

    /// Arrivals, departures and net gain of every company, the greatest gain first.
    pub fn gains(&self) -> Vec<(String, u64, u64, i64)> {
        let mut counts: HashMap<&str, (u64, u64)> = HashMap::new();
        for ((from, to), people) in &self.people {
            if let Some(from) = from {
                counts.entry(from).or_default().1 += people;
            }
            if let Some(to) = to {
                counts.entry(to).or_default().0 += people;
            }
        }
        let net = |into: u64, out: u64| into.cast_signed().saturating_sub(out.cast_signed());
        let mut gains: Vec<_> = counts
            .into_iter()
            .map(|(name, (into, out))| (name.to_owned(), into, out, net(into, out)))
            .collect();
        gains.sort_by(|a, b| (b.3, b.1, &a.0).cmp(&(a.3, a.1, &b.0)));
        gains
    }
}

/// The most companies that a matrix shows as columns and as rows; the rest are "others".
const COLUMNS: usize = 9;
const ROWS: usize = 20;

/// The matrix: a row an origin, a column a destination, then gains and losses of each company.
///
/// # Errors
/// When the output cannot be written.
pub fn print_flow(moves: &[Move], out: &mut impl Write) -> io::Result<()> {
    let flow = Flow::of(moves);
    if flow.people.is_empty() {
        return writeln!(
            out,
            "no moves that count: those denied, undone or within a company do not"
        );
    }
    let columns = groups(flow.people.iter().map(|((_, to), people)| (to, *people)), COLUMNS);
    let lines = groups(flow.people.iter().map(|((from, _), people)| (from, *people)), ROWS);
    let mut header = vec!["from \\ to"];
    header.extend(columns.iter().map(|column| column.label.as_str()));
    header.push("sum");
    let number = |people: u64| if people == 0 { "·".to_owned() } else { people.to_string() };
    let rows: Vec<Vec<String>> = lines
        .iter()
        .map(|line| {
            let cells = columns.iter().map(|column| {
                let inside = |(from, to): &(Option<String>, Option<String>)| {
                    line.names.contains(&from.as_deref()) && column.names.contains(&to.as_deref())
                };
                flow.people.iter().filter(|(ends, _)| inside(ends)).map(|(_, people)| people).sum()
            });
            let cells: Vec<u64> = cells.collect();
            let sum = cells.iter().sum();
            std::iter::once(line.label.clone())
                .chain(cells.into_iter().map(number))
                .chain([number(sum)])
                .collect()
        })
        .collect();
    writeln!(out, "{}", render(&header, &rows))?;
    let gains: Vec<Vec<String>> = flow
        .gains()
        .into_iter()
        .map(|(name, into, left, net)| {
            let net = if net == 0 { "0".to_owned() } else { format!("{net:+}") };
            vec![clip(&name, 28), into.to_string(), left.to_string(), net]
        })
        .collect();
    out.write_all(render(&["company", "joined", "left", "net"], &gains).as_bytes())
}

/// The counts as one JSON object: every pair of ends, then every company.
///
/// # Errors
/// When the output cannot be written.
pub fn print_flow_json(moves: &[Move], out: &mut impl Write) -> io::Result<()> {
    let flow = Flow::of(moves);
    let pairs: Vec<serde_json::Value> = flow
        .people
        .iter()
        .map(|((from, to), people)| json!({ "from": from, "to": to, "people": people }))
        .collect();
    let companies: Vec<serde_json::Value> = flow
        .gains()
        .into_iter()
        .map(|(company, joined, left, net)| {
            json!({ "company": company, "joined": joined, "left": left, "net": net })
        })
        .collect();
    serde_json::to_writer(&mut *out, &json!({ "flows": pairs, "companies": companies }))?;
    out.write_all(b"\n")
}

/// The counts as comma-separated values, a line a pair of ends; an end that is not known is empty.
///
/// # Errors
/// When the output cannot be written.
pub fn print_flow_csv(moves: &[Move], out: &mut impl Write) -> io::Result<()> {
    write!(out, "from,to,people\r\n")?;
    for ((from, to), people) in &Flow::of(moves).people {
        let end = |end: &Option<String>| csv_cell(end.as_deref().unwrap_or(""));
        write!(out, "{},{},{people}\r\n", end(from), end(to))?;
    }
    Ok(())
}

/// A row or a column: one company, the others, or the end that is not known.
struct Group<'a> {
    label: String,
    names: Vec<Option<&'a str>>,
}

/// The companies with most people, then the others, then the unknown one.
fn groups<'a>(
    ends: impl Iterator<Item = (&'a Option<String>, u64)>,
    most: usize,
) -> Vec<Group<'a>> {
    let mut people: BTreeMap<Option<&str>, u64> = BTreeMap::new();
    for (end, count) in ends {
        *people.entry(end.as_deref()).or_default() += count;
    }
    let unknown = people.remove(&None).is_some();
    let mut names: Vec<(Option<&str>, u64)> = people.into_iter().collect();
    names.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let names: Vec<Option<&str>> = names.into_iter().map(|(name, _)| name).collect();
    // A group of one would only hide its name.
    let cut = if names.len() <= most + 1 { names.len() } else { most };
    let (shown, rest) = names.split_at(cut);
    let label = |name: &Option<&str>| clip(name.unwrap_or(""), 16);
    let mut groups: Vec<Group<'_>> =
        shown.iter().map(|name| Group { label: label(name), names: vec![*name] }).collect();
    if !rest.is_empty() {
        let label = format!("{} others", rest.len());
        groups.push(Group { label, names: rest.to_vec() });
    }
    if unknown {
        groups.push(Group { label: "(unknown)".to_owned(), names: vec![None] });
    }
    groups
}
