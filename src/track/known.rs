//! A move as the tracker remembers it: small, and complete enough to publish it again.

use chrono::{DateTime, Utc};

use super::company::{Companies, Company};
use super::find::Person;
use super::id::MoveId;
use super::name::View;
use super::rest::{Rest, Source};
use super::role::{Role, RoleTexts};
use super::spellings::{Parsed, Spellings};
use crate::model::{Attention, ChangeKind, Kind, Move, SCHEMA, Status};

/// Where a move begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Ends {
    pub(crate) from: Option<Company>,
    pub(crate) to: Option<Company>,
}

impl Ends {
    /// How many are known.
    pub(crate) fn count(self) -> usize {
        usize::from(self.from.is_some()) + usize::from(self.to.is_some())
    }

    /// True where both are known.
    pub(crate) fn both(self) -> bool {
        self.from.is_some() && self.to.is_some()
    }
}

/// A known move. What only its publication needs is packed in `rest`, and dropped when the window
/// is long over: then the move is no more than a reason to stay silent.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) id: MoveId,
    spellings: Spellings,
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
    /// Nothing once the reports are forgotten.
    pub(crate) role: Option<Role>,
    rest: Option<Rest>,
}

/// The words that known moves share.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub(crate) companies: Companies,
    pub(crate) roles: RoleTexts,
}

impl Known {
    /// Remembers a move; `before` is what was remembered of it, `person` whom the claim names.
    pub(crate) fn new(
        of: &Move,
        words: &mut Words,
        before: Option<&Known>,
        person: Option<&Person>,
    ) -> Self {
        let mut company =
            |name: &Option<String>| name.as_deref().map(|name| words.companies.find(name));
        let ends = Ends { from: company(&of.from), to: company(&of.to) };
        let reversed = of.changes.iter().find(|change| change.kind == ChangeKind::Reversed);
        let spellings = match before.filter(|before| before.spellings.are_those_of(of)) {
            Some(before) => before.spellings.clone(),
            None => {
                let none = Parsed { person, before: None };
                let parsed = before.map_or(none, |before| before.parsed(person));
                Spellings::new(of.person.as_deref(), &of.spellings, parsed)
            }
        };
        let room = before.and_then(|before| before.rest.as_ref()).map_or(0, Rest::len);
        Known {
            id: before.map_or_else(|| MoveId::new(&of.id), |before| before.id.clone()),
            spellings,
            ends,
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
            role: of.role.as_deref().map(|role| words.roles.find(role)),
            rest: Some(Rest::new(of, room)),
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
            id: MoveId::new(""),
            spellings: Spellings::new(Some(person), names, Parsed::default()),
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
            role: None,
            rest: None,
        }
    }

    /// When the event was first told, by the outlets if they said so.
    pub(crate) fn event(&self) -> DateTime<Utc> {
        self.first_published.map_or(self.first_seen, |published| published.min(self.first_seen))
    }

    /// True where a person is named.
    pub(crate) fn is_named(&self) -> bool {
        !self.spellings.is_empty()
    }

    /// A number that takes a look at the names, and nothing else.
    pub(crate) fn size_of_names(&self) -> usize {
        self.spellings.first_byte()
    }

    /// Counts up with every change.
    pub(crate) fn revision(&self) -> u32 {
        self.revision
    }

    /// True where both have the same spellings.
    pub(crate) fn is_person_of(&self, other: &Known) -> bool {
        self.spellings == other.spellings
    }

    /// The names that the claim of `person` need not take apart again.
    pub(crate) fn parsed<'a>(&'a self, person: Option<&'a Person>) -> Parsed<'a> {
        Parsed { person, before: Some(&self.spellings) }
    }

    /// Every spelling of the name, taken apart.
    pub(crate) fn names(&self) -> impl Iterator<Item = View<'_>> {
        self.spellings.names()
    }

    /// The names among them that `old` has not.
    pub(crate) fn names_beyond<'a>(&'a self, old: &'a Known) -> impl Iterator<Item = View<'a>> {
        self.spellings.names_beyond(&old.spellings)
    }

    /// True where the claim of this short id was merged.
    pub(crate) fn has_merged(&self, claim: u32) -> bool {
        self.rest.as_ref().is_some_and(|rest| rest.has_merged(claim))
    }

    /// True where one of the reports is as asked for.
    pub(crate) fn has_report(&self, is: impl FnMut(&Source<'_>) -> bool) -> bool {
        self.rest.as_ref().is_some_and(|rest| rest.has_report(is))
    }

    /// True while a claim may still change it.
    pub(crate) fn is_complete(&self) -> bool {
        self.rest.is_some()
    }

    /// Forgets what only publishing needs.
    pub(crate) fn forget_reports(&mut self) {
        self.rest = None;
        self.role = None;
    }

    /// True where `of` says nothing that is not remembered; times, and which claims were merged, are
    /// not looked at.
    #[allow(clippy::float_cmp)] // a number that nobody changed is the same number
    pub(crate) fn says_all_of(&self, of: &Move, words: &Words) -> bool {
        let end = |end: Option<Company>| end.map(|end| words.companies.written(end));
        let role = self.role.map(|role| words.roles.text(role));
        end(self.ends.from) == of.from.as_deref()
            && end(self.ends.to) == of.to.as_deref()
            && role == of.role.as_deref()
            && (self.kind, self.status, self.count) == (of.kind, of.status, of.count)
            && self.rest.as_ref().map(Rest::counts) == Some((of.confidence, of.report_count))
            && self.spellings.are_those_of(of)
    }

    /// Gives the move back as it was remembered; `None` once its reports are forgotten.
    pub(crate) fn to_move(&self, words: &Words) -> Option<Move> {
        let rest = self.rest.as_ref()?.parts();
        let written = |end: Option<Company>| end.map(|end| words.companies.written(end).to_owned());
        let name = |end: Option<Company>| end.map(|end| words.companies.name(end).to_owned());
        let mut texts = self.spellings.texts().map(str::to_owned);
        Some(Move {
            schema: SCHEMA,
            id: self.id.to_string(),
            revision: self.revision,
            count: self.count,
            first_seen: self.first_seen,
            first_published: self.first_published,
            person: texts.next(),
            from: written(self.ends.from),
            to: written(self.ends.to),
            role: self.role.map(|role| words.roles.text(role).to_owned()),
            kind: self.kind,
            status: self.status,
            confidence: rest.confidence,
            from_name: name(self.ends.from),
            to_name: name(self.ends.to),
            reports: rest.reports,
            report_count: rest.report_count,
            changes: rest.changes,
            attention: self.attention,
            spellings: texts.collect(),
            last_seen: self.last_seen,
            merged: rest.merged,
        })
    }
}
