//! A title that tells of people leaving, and a summary that tells who, and where to.

use crate::extract::candidate::{Candidate, End, Passage};
use crate::model::{Field, Kind, Suppressed};

/// How much less sure than the title those are whom the summary names.
const BEHIND_TITLE: f64 = 0.2;

/// "Researchers leave Gana. Ada Gray has joined Dara, Bo Field departed in May": they leave Gana.
pub(super) fn complete(passages: &[Passage<'_>], found: &mut [Candidate]) {
    let Some(Told { house, counted, many, score }) = left_by_many(found) else { return };
    let related = |end: &Option<End>| match end {
        Some(End::Listed(end)) => {
            passages.first().is_some_and(|passage| passage.gazetteer.related(*end, house))
        }
        _ => false,
    };
    let named = |one: &Candidate| {
        one.field == Field::Summary && one.person.is_some() && one.suppressed.is_none()
    };
    // "Gana loses three scientists. Ada Gray left in February": news with the title.
    let dated = |one: &Candidate| {
        one.field == Field::Summary
            && one.person.is_some()
            && one.suppressed == Some(Suppressed::Recap)
            && matches!(one.kind, Kind::Left | Kind::Moved)
    };
    for one in found.iter_mut().filter(|one| counted && dated(one)) {
        if related(&one.from) {
            one.suppressed = None;
        }
    }
    for one in found.iter_mut().filter(|one| named(one)) {
        if one.kind == Kind::Joined && one.from.is_none() && !related(&one.to) {
            one.from = Some(End::Listed(house));
            one.kind = Kind::Moved;
        }
        if many && matches!(one.kind, Kind::Left | Kind::Moved) && related(&one.from) {
            one.score = one.score.max(score - BEHIND_TITLE);
        }
    }
}

/// What the title tells of people without names.
struct Told {
    /// The company that they leave.
    house: u16,
    /// Several, by their number.
    counted: bool,
    /// Several.
    many: bool,
    score: f64,
}

fn left_by_many(found: &[Candidate]) -> Option<Told> {
    // Those whom the title counts may have their names by now.
    let several = |one: &Candidate| {
        let same = |other: &&Candidate| {
            other.field == Field::Title && other.trigger == one.trigger && other.from == one.from
        };
        one.person.is_none() || found.iter().filter(same).count() > 1
    };
    let told = found.iter().find(|one| {
        one.field == Field::Title
            && several(one)
            && matches!(one.suppressed, None | Some(Suppressed::Generic))
            && one.kind == Kind::Left
            && one.to.is_none()
    })?;
    let counted = (told.count > 1 || told.person.is_some()) && told.suppressed.is_none();
    let many = counted || told.suppressed == Some(Suppressed::Generic);
    match told.from {
        Some(End::Listed(house)) => Some(Told { house, counted, many, score: told.score }),
        _ => None,
    }
}
