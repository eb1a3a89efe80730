//! What the grammar itself says of its candidates: why they do not alert, as signs for the model.

use crate::extract::candidate::{Candidate, Passage};
use crate::extract::gates;
use crate::model::{Kind, Suppressed};

/// Why each candidate does not alert; `None` for one that does.
pub(super) fn reasons(passages: &[Passage<'_>], found: &[Candidate]) -> Vec<Option<Suppressed>> {
    let Some(first) = passages.first() else { return Vec::new() };
    found.iter().map(|one| gates::judge(one, first.gazetteer)).collect()
}

/// True for what the grammar knows to be no move, whatever the words look like.
pub(super) fn is_final(reason: &Suppressed) -> bool {
    matches!(
        reason,
        Suppressed::Negated
            | Suppressed::Promotion
            | Suppressed::Statistics
            | Suppressed::Organisation
            | Suppressed::Product
            | Suppressed::Sabbatical
            | Suppressed::Contradiction
    )
}

/// What the grammar found and why it does not alert is a sign too.
pub(super) fn signs(
    reasons: &[Option<Suppressed>],
    found: &[Candidate],
    mut sink: impl FnMut(&[&str]),
) {
    if found.is_empty() {
        sink(&["GRAMMAR=nothing"]);
    }
    for (reason, one) in reasons.iter().zip(found) {
        let reason = reason.map_or("none", label);
        let kind = match one.kind {
            Kind::Joined => "joined",
            Kind::Left => "left",
            Kind::Moved => "moved",
            Kind::Founded => "founded",
            Kind::Promoted => "promoted",
        };
        sink(&["GRAMMAR=", reason]);
        sink(&["GRAMMAR=", reason, "/", kind]);
    }
}

fn label(reason: Suppressed) -> &'static str {
    match reason {
        Suppressed::Recap => "recap",
        Suppressed::Historical => "historical",
        Suppressed::Negated => "negated",
        Suppressed::Hypothetical => "hypothetical",
        Suppressed::Generic => "generic",
        Suppressed::Organisation => "organisation",
        Suppressed::Product => "product",
        Suppressed::Statistics => "statistics",
        Suppressed::Sabbatical => "sabbatical",
        Suppressed::Unwatched => "unwatched",
        Suppressed::Promotion => "promotion",
        Suppressed::LowConfidence => "low_confidence",
        _ => "other",
    }
}
