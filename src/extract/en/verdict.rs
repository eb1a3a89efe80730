//! What the grammar itself says of its candidates: why they do not alert, as signs for the model.

use crate::extract::candidate::Candidate;
use crate::extract::gates;
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
    sink: impl FnMut(&[&str]),
) {
    gates::each_reason(reasons, found, |one| [one.kind.label(), ""], sink);
}
