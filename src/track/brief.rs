//! What the comparison of an unnamed claim with a move asks first, of all moves side by side.
//!
//! Hundreds of moves of a large company may explain an unnamed claim. The moves themselves lie all
//! over the memory, and reading them is what costs; these lie together and rule out all but a few.

use super::company::Companies;
use super::fit::{CORRECTION, Told};
use super::judge::Judged;
use super::known::{Ends, Known};
use super::role::{Comparison, Role, Roles};
use super::unnamed::{AT_ONCE, Closeness};
use crate::model::Kind;

/// A move in brief, as it was when it was last written. Times are whole seconds: the difference of
/// two dates takes longer than all the rest.
#[derive(Debug)]
pub(crate) struct Brief {
    event: i64,
    last_seen: i64,
    ends: Ends,
    role: Option<Role>,
    id: u64,
    count: u32,
    named: bool,
    promoted: bool,
}

impl Brief {
    pub(crate) fn of(known: &Known) -> Brief {
        Brief {
            event: known.event().timestamp(),
            last_seen: known.last_seen.timestamp(),
            ends: known.ends,
            role: known.role,
            // An id that is not of the usual form is never ruled out.
            id: known.id.head().unwrap_or(u64::MAX),
            count: known.count,
            named: known.is_named(),
            promoted: known.kind == Kind::Promoted,
        }
    }

    /// The closest that the move can be to an unnamed claim of `count` people; `None` where they
    /// are about different people.
    pub(crate) fn at_most(
        &self,
        companies: &Companies,
        (told, judged, count): (&Told, &Judged, u32),
        roles: &mut Comparison<'_>,
    ) -> Option<Closeness> {
        // One more than the limit, for what the whole seconds leave out.
        let apart = (told.event.timestamp() - self.event).abs();
        if apart > CORRECTION.num_seconds() + 1 || self.promoted != (told.kind == Kind::Promoted) {
            return None;
        }
        let shared = self.ends.shared(&told.ends, companies);
        if shared == 0 {
            return None;
        }
        let same_article =
            (judged.seen.timestamp() - self.last_seen).abs() <= AT_ONCE.num_seconds() + 1;
        let agree = roles.with(self.role) == Roles::Agree;
        let groups = (count > 1) == (self.count > 1);
        Some((same_article, agree, shared, groups, self.named))
    }

    /// True where the move may be closer than the best one so far, or as close and of a later id.
    pub(crate) fn beats(&self, at_most: Closeness, best: Closeness, id: Option<u64>) -> bool {
        at_most > best || (at_most == best && id.is_none_or(|id| self.id >= id))
    }

    /// True where the move has a name.
    pub(crate) fn is_named(&self) -> bool {
        self.named
    }
}
