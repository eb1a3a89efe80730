//! What of a move is read only when a claim joins it, in little room.

use super::id::MoveId;
use super::packed::{Reader, Writer};
use crate::model::{Change, ChangeKind, Move, Report};

/// The parts of a move that its publication needs.
#[derive(Debug)]
pub(crate) struct Rest(Box<[u8]>);

/// Where a report stands: texts that are only compared.
pub(crate) struct Source<'a> {
    pub(crate) url: Option<&'a [u8]>,
    pub(crate) title: &'a [u8],
    pub(crate) outlet: &'a [u8],
}

/// The parts as they come out again.
pub(crate) struct Parts {
    pub(crate) confidence: f64,
    pub(crate) report_count: u32,
    pub(crate) merged: Vec<u32>,
    pub(crate) reports: Vec<Report>,
    pub(crate) changes: Vec<Change>,
}

impl Rest {
    /// Remembers the parts; `room` is how many bytes they took before.
    pub(crate) fn new(of: &Move, room: usize) -> Rest {
        const OF_A_REPORT: usize = 512;
        let mut rest = Writer::with_room(room + OF_A_REPORT);
        rest.float(of.confidence);
        // Records of the first days had no count of their own.
        rest.number(u64::from(of.report_count).max(of.reports.len() as u64));
        rest.number(of.merged.len() as u64);
        for claim in &of.merged {
            rest.four(*claim);
        }
        rest.number(of.reports.len() as u64);
        for report in &of.reports {
            write_report(report, &mut rest);
        }
        rest.number(of.changes.len() as u64);
        for change in &of.changes {
            rest.number(u64::from(change.revision));
            rest.number(change.kind as u64);
            rest.time(change.at);
            rest.id(&MoveId::new(&change.cause));
        }
        Rest(rest.finish())
    }

    /// How many bytes they take.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Confidence and number of reports.
    pub(crate) fn counts(&self) -> (f64, u32) {
        let mut rest = Reader(&self.0);
        (rest.float(), rest.small())
    }

    fn after_counts(&self) -> Reader<'_> {
        let mut rest = Reader(&self.0);
        let _confidence_and_count = (rest.float(), rest.number());
        rest
    }

    /// True where the claim of this short id was merged.
    pub(crate) fn has_merged(&self, claim: u32) -> bool {
        let mut rest = self.after_counts();
        (0..rest.count()).any(|_| rest.four() == claim)
    }

    /// True where one of the reports is as asked for.
    pub(crate) fn has_report(&self, mut is: impl FnMut(&Source<'_>) -> bool) -> bool {
        let mut rest = self.after_counts();
        (0..rest.count()).for_each(|_| {
            rest.four();
        });
        (0..rest.count()).any(|_| {
            let source =
                Source { url: rest.maybe_bytes(), title: rest.bytes(), outlet: rest.bytes() };
            let _what_is_not_asked_for = (rest.maybe_bytes(), rest.maybe_time());
            rest.skip_within();
            rest.skip_within();
            is(&source)
        })
    }

    /// Gives everything back.
    pub(crate) fn parts(&self) -> Parts {
        let mut rest = Reader(&self.0);
        Parts {
            confidence: rest.float(),
            report_count: rest.small(),
            merged: (0..rest.count()).map(|_| rest.four()).collect(),
            reports: (0..rest.count()).map(|_| read_report(&mut rest)).collect(),
            changes: (0..rest.count()).map(|_| read_change(&mut rest)).collect(),
        }
    }
}

fn write_report(report: &Report, rest: &mut Writer) {
    rest.maybe_text(report.url.as_deref());
    rest.text(&report.title);
    rest.text(&report.outlet);
    rest.maybe_text(report.lang.as_deref());
    rest.maybe_time(report.published);
    // Half of all quotes are from the title, and every trigger is from the quote.
    rest.text_within(&report.quote, &report.title);
    rest.text_within(&report.trigger, &report.quote);
}

fn read_report(rest: &mut Reader<'_>) -> Report {
    let (url, title, outlet) = (rest.maybe_text(), rest.str(), rest.text());
    let (lang, published) = (rest.maybe_text(), rest.maybe_time());
    let quote = rest.str_within(title);
    let trigger = rest.str_within(quote).to_owned();
    let (title, quote) = (title.to_owned(), quote.to_owned());
    Report { url, title, outlet, lang, published, quote, trigger }
}

fn read_change(rest: &mut Reader<'_>) -> Change {
    let revision = rest.small();
    let number = rest.number();
    let kind = ChangeKind::ALL.iter().find(|kind| **kind as u64 == number);
    Change {
        revision,
        kind: kind.copied().unwrap_or(ChangeKind::New),
        at: rest.time(),
        cause: rest.id().to_string(),
    }
}
