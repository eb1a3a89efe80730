//! Makes a move of its first claim.

use chrono::{DateTime, Datelike, Utc};

use super::apply::{kind_of, note, remember};
use super::find::Person;
use super::judge::Judged;
use super::reports::add_report;
use super::spellings::{Parsed, add_spelling};
use crate::model::{ChangeKind, ClaimRecord, Move, SCHEMA, content_id};

/// Makes a move of its first claim.
pub(crate) fn begin(
    id: String,
    record: &ClaimRecord,
    judged: &Judged,
    person: Option<&Person>,
) -> Move {
    let claim = &record.claim;
    let mut new = Move {
        schema: SCHEMA,
        id,
        revision: 1,
        count: if claim.person.is_some() { 1 } else { claim.count.max(1) },
        first_seen: judged.seen,
        first_published: judged.published,
        person: claim.person.clone(),
        from: claim.from.clone(),
        to: claim.to.clone(),
        role: claim.role.clone(),
        kind: claim.kind,
        status: claim.status,
        confidence: claim.confidence,
        from_name: None,
        to_name: None,
        reports: Vec::new(),
        report_count: 0,
        changes: Vec::new(),
        attention: judged.attention,
        spellings: Vec::new(),
        last_seen: judged.seen,
        merged: Vec::new(),
    };
    new.kind = kind_of(&new, claim.kind);
    add_spelling(&mut new, record, Parsed { person, before: None });
    add_report(&mut new, record);
    remember(&mut new, record);
    if judged.announces {
        note(&mut new, ChangeKind::New, record, judged.seen);
    }
    new
}

/// The id of a move by its first claim, and how many moves had the same content before.
///
/// A function of the person (in a spelling that all scripts share), or of the ends, count and role
/// of somebody unnamed, and of the month: so it is the same on every machine, and for most orders of
/// the claims.
pub(crate) fn id_of(who: &str, event: DateTime<Utc>, earlier: u32) -> String {
    let month = format!("{:04}-{:02}", event.year(), event.month());
    content_id(&["move", who, &month, &earlier.to_string()])
}

/// A move of a canary claim: complete in itself, and nobody's.
pub(crate) fn canary(record: &ClaimRecord, judged: &Judged) -> Move {
    begin(content_id(&["canary", &record.id]), record, judged, None)
}
