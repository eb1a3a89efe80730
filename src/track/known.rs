//! A move as the tracker remembers it: small, and complete enough to publish it again.

use chrono::{DateTime, Utc};

use super::company::{Companies, Company};
use super::name::{Name, View};
use super::packed::{Reader, Writer};
use super::role::{self, Signature};
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
    /// The person, then every other spelling, taken apart; empty for someone unnamed.
    names: Box<[u8]>,
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
    /// What the role is about; nothing once the reports are forgotten.
    pub(crate) role: Signature,
    rest: Option<Box<[u8]>>,
}

impl Known {
    /// Remembers a move; `before` is what was remembered of it.
    pub(crate) fn new(of: &Move, companies: &mut Companies, before: Option<&Known>) -> Self {
        let mut company = |name: &Option<String>| name.as_deref().map(|name| companies.find(name));
        let reversed = of.changes.iter().find(|change| change.kind == ChangeKind::Reversed);
        Known {
            id: of.id.as_str().into(),
            names: match before.filter(|before| before.is_called(of)) {
                Some(before) => before.names.clone(),
                None => pack_names(of.person.as_deref(), &of.spellings),
            },
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
            role: Signature::of(of.role.as_deref()),
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
            names: pack_names(Some(person), names),
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
            role: Signature::default(),
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
    pub(crate) fn names(&self) -> impl Iterator<Item = View<'_>> {
        self.spellings().filter_map(|(_, name)| name)
    }

    /// Every spelling as written, the person first, each taken apart once.
    fn spellings(&self) -> impl Iterator<Item = (&str, Option<View<'_>>)> {
        let mut names = Reader(&self.names);
        let mut person = None;
        std::iter::from_fn(move || {
            let spelling = match names.more()?.number() {
                SAME => (person.unwrap_or(""), None),
                UNREADABLE => (names.str(), None),
                _ => (names.str(), Some(View::unpack(&mut names))),
            };
            person = person.or(Some(spelling.0));
            Some(spelling)
        })
    }

    /// True where person and spellings are those of `of`.
    fn is_called(&self, of: &Move) -> bool {
        let names = of.person.iter().chain(&of.spellings);
        of.person.is_some() && self.spellings().map(|(text, _)| text).eq(names)
    }

    /// The role, where it lies.
    pub(crate) fn role_text(&self) -> Option<&str> {
        let mut rest = self.rest()?;
        skip_merged(&mut rest);
        rest.maybe_str()
    }

    fn rest(&self) -> Option<Reader<'_>> {
        self.rest.as_deref().map(Reader)
    }

    /// How its role compares with that of a claim.
    pub(crate) fn compare_role(&self, said: Option<&str>, signature: Signature) -> role::Roles {
        self.role.compare(signature, || {
            let own = self.role_text();
            if own == said { role::Roles::Agree } else { role::compare(own, said) }
        })
    }

    /// True where the claim of this short id was merged.
    pub(crate) fn has_merged(&self, claim: u32) -> bool {
        let Some(mut rest) = self.rest() else { return false };
        (0..rest.count()).any(|_| rest.small() == claim)
    }

    /// True where one of the reports is as asked for.
    pub(crate) fn has_report(&self, mut is: impl FnMut(&Source<'_>) -> bool) -> bool {
        let Some(mut rest) = self.rest() else { return false };
        skip_merged(&mut rest);
        let _role_confidence_count = (rest.maybe_str(), rest.float(), rest.number());
        (0..rest.count()).any(|_| {
            let source = Source { url: rest.maybe_str(), title: rest.str(), outlet: rest.str() };
            let _what_is_not_asked_for =
                (rest.maybe_str(), rest.maybe_time(), rest.str(), rest.str());
            is(&source)
        })
    }

    /// True while a claim may still change it.
    pub(crate) fn is_complete(&self) -> bool {
        self.rest.is_some()
    }

    /// Forgets what only publishing needs.
    pub(crate) fn forget_reports(&mut self) {
        self.rest = None;
        self.role = Signature::default();
    }

    /// Gives the move back as it was remembered; `None` once its reports are forgotten.
    pub(crate) fn to_move(&self, companies: &Companies) -> Option<Move> {
        let mut rest = Reader(self.rest.as_deref()?);
        let written = |end: Option<Company>| end.map(|end| companies.written(end).to_owned());
        let name = |end: Option<Company>| end.map(|end| companies.name(end).to_owned());
        let mut names = self.spellings().map(|(text, _)| text.to_owned());
        let merged = (0..rest.count()).map(|_| rest.small()).collect();
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
            merged,
            attention: self.attention,
            spellings: names.collect(),
            last_seen: self.last_seen,
        })
    }
}

/// Where a report stands.
pub(crate) struct Source<'a> {
    pub(crate) url: Option<&'a str>,
    pub(crate) title: &'a str,
    pub(crate) outlet: &'a str,
}

/// What follows in the list of spellings: nothing for one that is the person's, the text alone for
/// one that no name could be read from, or the text and the name.
const SAME: u64 = 0;
const UNREADABLE: u64 = 1;
const READABLE: u64 = 2;

/// The person and the spellings, taken apart. White space is made plain.
fn pack_names(person: Option<&str>, spellings: &[String]) -> Box<[u8]> {
    let mut packed = Writer::default();
    let Some(person) = person else { return packed.finish() };
    pack_name(&plain(person), &mut packed);
    for spelling in spellings {
        if spelling == person {
            packed.number(SAME);
        } else {
            pack_name(&plain(spelling), &mut packed);
        }
    }
    packed.finish()
}

fn pack_name(written: &str, packed: &mut Writer) {
    match Name::parse(written) {
        Some(name) => {
            packed.number(READABLE);
            packed.text(written);
            name.view().pack(packed);
        }
        None => {
            packed.number(UNREADABLE);
            packed.text(written);
        }
    }
}

fn skip_merged(rest: &mut Reader<'_>) {
    (0..rest.count()).for_each(|_| {
        rest.number();
    });
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
    rest.number(of.merged.len() as u64);
    for claim in &of.merged {
        rest.number(u64::from(*claim));
    }
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
