//! Decides whether a candidate may wake anybody, and if not, why not.

use super::candidate::{Candidate, End, Passage};
use super::company::Gazetteer;
use crate::model::{Field, Kind, Suppressed};

/// A candidate whose parts fit worse than this does not alert.
pub(crate) const MIN_SCORE: f64 = 0.5;

/// Bytes of the full text that count as its lead; a move told further down is no news.
pub(crate) const LEAD: usize = 1_500;

/// Returns why this candidate must not alert; `None` where it may.
pub(crate) fn judge(candidate: &Candidate, gazetteer: &Gazetteer) -> Option<Suppressed> {
    if let Some(reason) = candidate.suppressed {
        return Some(reason);
    }
    if candidate.kind == Kind::Promoted {
        return Some(Suppressed::Promotion);
    }
    if let (Some(from), Some(to)) = (&candidate.from, &candidate.to)
        && same_house(from, to, gazetteer)
    {
        return Some(Suppressed::Contradiction);
    }
    if !is_watched(candidate.from.as_ref(), gazetteer)
        && !is_watched(candidate.to.as_ref(), gazetteer)
    {
        return Some(Suppressed::Unwatched);
    }
    if candidate.person.is_none() && candidate.role.is_none() && candidate.count == 0 {
        return Some(Suppressed::Unidentified);
    }
    if candidate.field == Field::Content && candidate.sentence.start > LEAD {
        return Some(Suppressed::Recap);
    }
    (candidate.score < MIN_SCORE).then_some(Suppressed::LowConfidence)
}

fn is_watched(end: Option<&End>, gazetteer: &Gazetteer) -> bool {
    match end {
        Some(End::Listed(index)) => {
            gazetteer.company(*index).is_some_and(|company| company.watched)
        }
        _ => false,
    }
}

/// True when both ends are one company or belong to one parent.
fn same_house(from: &End, to: &End, gazetteer: &Gazetteer) -> bool {
    match (from, to) {
        (End::Listed(from), End::Listed(to)) => gazetteer.related(*from, *to),
        (End::Unlisted(from), End::Unlisted(to)) => from == to,
        _ => false,
    }
}

/// Why each candidate does not alert; `None` for one that does.
pub(crate) fn reasons(passages: &[Passage<'_>], found: &[Candidate]) -> Vec<Option<Suppressed>> {
    let Some(first) = passages.first() else { return Vec::new() };
    found.iter().map(|one| judge(one, first.gazetteer)).collect()
}

/// What the grammar found and why it does not alert, as signs for a learned model: the reason alone,
/// and with what `beside` says of the candidate.
pub(crate) fn each_reason(
    reasons: &[Option<Suppressed>],
    found: &[Candidate],
    beside: impl Fn(&Candidate) -> [&'static str; 2],
    mut sink: impl FnMut(&[&str]),
) {
    if found.is_empty() {
        sink(&["GRAMMAR=nothing"]);
    }
    for (reason, one) in reasons.iter().zip(found) {
        let reason = reason.map_or("none", Suppressed::label);
        let [first, second] = beside(one);
        sink(&["GRAMMAR=", reason]);
        sink(&["GRAMMAR=", reason, "/", first, second]);
    }
}

/// Which ends of a candidate are told.
pub(crate) fn ends_told(one: &Candidate) -> [&'static str; 2] {
    [&one.from, &one.to].map(|end| if end.is_some() { "1" } else { "0" })
}
