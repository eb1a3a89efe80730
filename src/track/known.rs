//! A move as the tracker remembers it: small, and complete enough to publish it again.

use chrono::{DateTime, Utc};

use super::company::{Companies, Company};
use super::name::Name;
use super::packed::{Reader, Writer};
use crate::model::{Attention, Change, ChangeKind, Kind, Move, Report, SCHEMA, Status};

/// Where a move begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Ends {
    pub(crate) from: Option<Company>,
    pub(crate) to: Option<Company>,
}

impl Ends {
    /// True where both are known.
    pub(crate) fn both(self) -> bool {
        self.from.is_some() && self.to.is_some()
    }
}

/// A known move. What only its publication needs is packed in `rest`, and dropped when the window
/// is long over: then the move is no more than a reason to stay silent.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) id: Box<str>,
    /// The person, then every other spelling, a line each; empty for someone unnamed.
    names: Box<str>,
    pub(crate) ends: Ends,
    pub(crate) first_seen: DateTime<Utc>,
    pub(crate) last_seen: DateTime<Utc>,
    first_published: Option<DateTime<Utc>>,
    pub(crate) reversed_at: Option<DateTime<Utc>>,
    pub(crate) kind: Kind,
    pub(crate) status: Status,
    attention: Attention,
    pub(crate) announced: bool,
    /// From `history.toml`: never merged, never published.
    pub(crate) history: bool,
    revision: u32,
    pub(crate) count: u32,
    rest: Option<Box<[u8]>>,
}

impl Known {
    /// Remembers a move.
    pub(crate) fn new(of: &Move, companies: &mut Companies) -> Self {
        let mut company = |name: &Option<String>| name.as_deref().map(|name| companies.find(name));
        let reversed = of.changes.iter().find(|change| change.kind == ChangeKind::Reversed);
        Known {
            id: of.id.as_str().into(),
            names: lines(of.person.as_deref(), &of.spellings),
            ends: Ends { from: company(&of.from), to: company(&of.to) },
            first_seen: of.first_seen,
            last_seen: of.last_seen,
            first_published: of.first_published,
            reversed_at: reversed.map(|change| change.at),
            kind: of.kind,
            status: of.status,
            attention: of.attention,
            announced: of.is_announced(),
            history: false,
            revision: of.revision,
            count: of.count,
            rest: Some(pack(of)),
        }
    }

    /// A well-known past move.
    pub(crate) fn past(
        person: &str,
        names: &[String],
        ends: Ends,
        kind: Kind,
        date: DateTime<Utc>,
    ) -> Self {
        Known {
            id: "".into(),
            names: lines(Some(person), names),
            ends,
            first_seen: date,
            last_seen: date,
            first_published: Some(date),
            reversed_at: None,
            kind,
            status: Status::Confirmed,
            attention: Attention::Silent,
            announced: true,
            history: true,
            revision: 1,
            count: 1,
            rest: None,
        }
    }

    /// When the event was first told, by the outlets if they said so.
    pub(crate) fn event(&self) -> DateTime<Utc> {
        self.first_published.map_or(self.first_seen, |published| published.min(self.first_seen))
    }

    /// True where a person is named.
    pub(crate) fn is_named(&self) -> bool {
        !self.names.is_empty()
    }

    /// Counts up with every change.
    pub(crate) fn revision(&self) -> u32 {
        self.revision
    }

    /// True where the same looks find both.
    pub(crate) fn is_found_like(&self, other: &Known) -> bool {
        self.names == other.names && self.ends == other.ends && self.count == other.count
    }

    /// Every spelling of the name, taken apart.
    pub(crate) fn names(&self) -> impl Iterator<Item = Name> + '_ {
        let first = self.names.lines().next();
        let others = self.names.lines().skip(1).filter(move |line| Some(*line) != first);
        first.into_iter().chain(others).filter_map(Name::parse)
    }

    /// The role, without unpacking the rest.
    pub(crate) fn role(&self) -> Option<String> {
        Reader(self.rest.as_deref()?).maybe_text()
    }

    /// True while a claim may still change it.
    pub(crate) fn is_complete(&self) -> bool {
        self.rest.is_some()
    }

    /// Forgets what only publishing needs.
    pub(crate) fn forget_reports(&mut self) {
        self.rest = None;
    }

    /// Gives the move back as it was remembered; `None` once its reports are forgotten.
    pub(crate) fn to_move(&self, companies: &Companies) -> Option<Move> {
        let mut rest = Reader(self.rest.as_deref()?);
        let written = |end: Option<Company>| end.map(|end| companies.written(end).to_owned());
        let name = |end: Option<Company>| end.map(|end| companies.name(end).to_owned());
        let mut names = self.names.lines().map(str::to_owned);
        Some(Move {
            schema: SCHEMA,
            id: self.id.to_string(),
            revision: self.revision,
            count: self.count,
            first_seen: self.first_seen,
            first_published: self.first_published,
            person: names.next(),
            from: written(self.ends.from),
            to: written(self.ends.to),
            role: rest.maybe_text(),
            kind: self.kind,
            status: self.status,
            confidence: rest.float(),
            from_name: name(self.ends.from),
            to_name: name(self.ends.to),
            report_count: rest.small(),
            reports: (0..rest.count()).map(|_| read_report(&mut rest)).collect(),
            changes: (0..rest.count()).map(|_| read_change(&mut rest)).collect(),
            merged: (0..rest.count()).map(|_| rest.small()).collect(),
            attention: self.attention,
            spellings: names.collect(),
            last_seen: self.last_seen,
        })
    }
}

/// The person and the spellings, a line each. White space is made plain, so that lines stay lines.
fn lines(person: Option<&str>, spellings: &[String]) -> Box<str> {
    let Some(person) = person else { return "".into() };
    let mut lines = plain(person);
    for spelling in spellings {
        lines.push('\n');
        lines.push_str(&plain(spelling));
    }
    lines.into()
}

fn plain(name: &str) -> String {
    if name.contains(|c: char| c.is_control()) {
        name.split_whitespace().collect::<Vec<_>>().join(" ").replace(char::is_control, "")
    } else {
        name.to_owned()
    }
}

fn pack(of: &Move) -> Box<[u8]> {
    let mut rest = Writer::default();
    rest.maybe_text(of.role.as_deref());
    rest.float(of.confidence);
    // Records of the first days had no count of their own.
    rest.number(u64::from(of.report_count).max(of.reports.len() as u64));
    rest.number(of.reports.len() as u64);
    for report in &of.reports {
        rest.maybe_text(report.url.as_deref());
        rest.text(&report.title);
        rest.text(&report.outlet);
        rest.maybe_text(report.lang.as_deref());
        rest.maybe_time(report.published);
        rest.text(&report.quote);
        rest.text(&report.trigger);
    }
    rest.number(of.changes.len() as u64);
    for change in &of.changes {
        rest.number(u64::from(change.revision));
        rest.number(change.kind as u64);
        rest.time(change.at);
        rest.text(&change.cause);
    }
    rest.number(of.merged.len() as u64);
    for claim in &of.merged {
        rest.number(u64::from(*claim));
    }
    rest.finish()
}

fn read_report(rest: &mut Reader<'_>) -> Report {
    Report {
        url: rest.maybe_text(),
        title: rest.text(),
        outlet: rest.text(),
        lang: rest.maybe_text(),
        published: rest.maybe_time(),
        quote: rest.text(),
        trigger: rest.text(),
    }
}

fn read_change(rest: &mut Reader<'_>) -> Change {
    let revision = rest.small();
    let number = rest.number();
    let kind = ChangeKind::ALL.iter().find(|kind| **kind as u64 == number);
    Change {
        revision,
        kind: kind.copied().unwrap_or(ChangeKind::New),
        at: rest.time(),
        cause: rest.text(),
    }
}
