//! What the grammar itself says of its candidates: why they do not alert, as signs for the model.

use crate::extract::candidate::Candidate;
use crate::model::Suppressed;

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
        let reason = reason.map_or("none", Suppressed::label);
        sink(&["GRAMMAR=", reason]);
        sink(&["GRAMMAR=", reason, "/", one.kind.label()]);
    }
}
