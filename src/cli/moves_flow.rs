//! `talentwire moves --flow`: who wins people and who loses them.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

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

/// The most companies that a matrix shows as columns; the rest are in the column "others".
const COLUMNS: usize = 10;

/// The matrix: a row an origin, a column a destination, then gains and losses of each company.
///
/// # Errors
/// When the output cannot be written.
pub fn print_flow(moves: &[Move], out: &mut impl Write) -> io::Result<()> {
    let flow = Flow::of(moves);
    if flow.people.is_empty() {
        return writeln!(out, "no moves");
    }
    let mut arrivals: BTreeMap<Option<&str>, u64> = BTreeMap::new();
    let mut departures: BTreeMap<Option<&str>, u64> = BTreeMap::new();
    for ((from, to), people) in &flow.people {
        *departures.entry(from.as_deref()).or_default() += people;
        *arrivals.entry(to.as_deref()).or_default() += people;
    }
    let columns: Vec<Option<&str>> = by_size(&arrivals);
    let (shown, rest) = columns.split_at(columns.len().min(COLUMNS));
    let label = |end: Option<&str>| clip(end.unwrap_or("(unknown)"), 16);
    let mut header = vec!["from \\ to".to_owned()];
    header.extend(shown.iter().map(|to| label(*to)));
    if !rest.is_empty() {
        header.push("others".to_owned());
    }
    header.push("sum".to_owned());
    let cell = |from: Option<&str>, to: Option<&str>| {
        let ends = (from.map(str::to_owned), to.map(str::to_owned));
        flow.people.get(&ends).copied().unwrap_or(0)
    };
    let number = |people: u64| if people == 0 { "·".to_owned() } else { people.to_string() };
    let rows: Vec<Vec<String>> = by_size(&departures)
        .into_iter()
        .map(|from| {
            let mut row = vec![label(from)];
            row.extend(shown.iter().map(|to| number(cell(from, *to))));
            if !rest.is_empty() {
                row.push(number(rest.iter().map(|to| cell(from, *to)).sum()));
            }
            row.push(number(departures.get(&from).copied().unwrap_or(0)));
            row
        })
        .collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    writeln!(out, "{}", render(&header, &rows))?;
    let gains: Vec<Vec<String>> = flow
        .gains()
        .into_iter()
        .map(|(name, into, left, net)| {
            vec![clip(&name, 28), into.to_string(), left.to_string(), format!("{net:+}")]
        })
        .collect();
    out.write_all(render(&["company", "joined", "left", "net"], &gains).as_bytes())
}

/// Companies by how many people, the unknown one last.
fn by_size<'a>(people: &BTreeMap<Option<&'a str>, u64>) -> Vec<Option<&'a str>> {
    let mut names: Vec<Option<&str>> = people.keys().copied().collect();
    names.sort_by_key(|name| {
        let count = people.get(name).copied().unwrap_or(0);
        (name.is_none(), std::cmp::Reverse(count), *name)
    });
    names
}
