//! What the comparison of an unnamed claim with a move asks first, in twelve bytes.
//!
//! Thousands of moves of a large company may explain an unnamed claim. The moves themselves lie all
//! over the memory, and reading them is what costs; these stand side by side in the index and rule
//! out all but a few.

use std::cmp::{Ordering, Reverse};

use chrono::{DateTime, TimeDelta, Utc};

use super::ends::Look;
use super::fit::CORRECTION;
use super::index::{Entries, Slot};
use super::known::Known;
use super::role::{Comparison, Roles};
use super::unnamed::{CLOSE, Closeness, Closest};
use crate::model::Kind;

/// A move in brief, as it was when it was last written. The default one may be any move. In order,
/// those of the same bits stand together, the last id first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Brief {
    /// What is said below, and the number of the role, if there is one.
    bits: u32,
    /// The beginning of the id.
    id: Reverse<u32>,
    /// See [`units`].
    event: i32,
}

const GROUP: u32 = 1 << 31;
const NAMED: u32 = 1 << 30;
const PROMOTED: u32 = 1 << 29;
const ANY: u32 = 1 << 28;
const ROLE: u32 = ANY - 1;

/// Seconds of one unit of time; weeks are whole numbers of them.
const UNIT: i64 = 64;

impl Default for Brief {
    fn default() -> Self {
        Brief { bits: ANY, id: Reverse(u32::MAX), event: 0 }
    }
}

/// Minutes, roughly: a difference of numbers is quick, one of dates is not.
pub(crate) fn units(time: DateTime<Utc>) -> i32 {
    i32::try_from(time.timestamp().div_euclid(UNIT)).unwrap_or(i32::MAX)
}

impl Brief {
    pub(crate) fn of(known: &Known) -> Brief {
        let role = known.role.map_or(0, |role| role.number() + 1);
        if role > ROLE {
            return Brief::default();
        }
        let flag = |is: bool, bit: u32| if is { bit } else { 0 };
        Brief {
            // An id that is not of the usual form is never ruled out.
            id: Reverse(known.id.head().unwrap_or(u32::MAX)),
            event: units(known.event()),
            bits: role
                | flag(known.count > 1, GROUP)
                | flag(known.is_named(), NAMED)
                | flag(known.kind == Kind::Promoted, PROMOTED),
        }
    }

    fn is(self, bit: u32) -> bool {
        self.bits & bit != 0
    }

    /// True where it may be a group one of whom is named.
    pub(crate) fn may_be_named_group(self) -> bool {
        self.is(ANY) || (self.is(NAMED) && self.is(GROUP))
    }
}

/// What an unnamed claim asks for.
pub(crate) struct Asked {
    /// See [`units`].
    pub(crate) event: i32,
    pub(crate) group: bool,
    pub(crate) promoted: bool,
    /// Moves with a name, or those without one.
    pub(crate) named: bool,
}

/// Lets those moves through that may be closer to a claim than the best one so far, unless one
/// article tells of both. What the flags and the role of a move say is worked out once for all that
/// have the same ones side by side.
pub(crate) struct Sieve<'a> {
    pub(crate) asked: Asked,
    pub(crate) look: Look,
    pub(crate) roles: Comparison<'a>,
    last: Option<(u32, Option<Mesh>)>,
}

/// Whether a move may be the closest.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Passage {
    Through,
    Stopped,
    /// Nor may those of the same bits and an earlier id.
    AllStopped,
}

/// How near in time a move must be, and the closest that it can be then.
#[derive(Clone, Copy)]
struct Mesh {
    within: u32,
    at_most: Closeness,
}

impl<'a> Sieve<'a> {
    pub(crate) fn new(asked: Asked, roles: Comparison<'a>) -> Self {
        let look = Look { key: 0, shared: 0, adds: false };
        Sieve { asked, look, roles, last: None }
    }

    /// Begins with the moves of another key.
    pub(crate) fn turn_to(&mut self, look: Look) {
        (self.look, self.last) = (look, None);
    }

    /// Shows those of the entries that may be closer than the best so far to `closer`, which returns
    /// the best one then.
    pub(crate) fn sift<'m>(
        &mut self,
        entries: &Entries<'_, Brief>,
        mut best: Option<Closest<'m>>,
        mut closer: impl FnMut(Slot, &mut Comparison<'a>) -> Option<Closest<'m>>,
    ) -> Option<Closest<'m>> {
        if let Some(slot) = entries.single {
            best = best.max(closer(slot, &mut self.roles));
        }
        let mut rest = entries.in_order;
        while let Some(((slot, brief), others)) = rest.split_first() {
            match self.judge(*brief, best.as_ref()) {
                Passage::Through => best = best.max(closer(*slot, &mut self.roles)),
                Passage::Stopped => {}
                Passage::AllStopped => {
                    let run = others.partition_point(|(_, other)| other.bits <= brief.bits);
                    rest = others.get(run..).unwrap_or(&[]);
                    continue;
                }
            }
            rest = others;
        }
        for (slot, brief) in entries.loose {
            if self.judge(*brief, best.as_ref()) == Passage::Through {
                best = best.max(closer(*slot, &mut self.roles));
            }
        }
        best
    }

    fn judge(&mut self, brief: Brief, best: Option<&Closest<'_>>) -> Passage {
        let mesh = match self.last {
            Some((bits, mesh)) if bits == brief.bits => mesh,
            _ => self.mesh(brief),
        };
        let Some(mesh) = mesh else { return Passage::AllStopped };
        let beaten = best.is_some_and(|((closeness, id), _)| match mesh.at_most.cmp(closeness) {
            Ordering::Greater => false,
            Ordering::Equal => id.head().is_some_and(|head| brief.id.0 < head),
            Ordering::Less => true,
        });
        let near = || brief.event.abs_diff(self.asked.event) <= mesh.within || brief.is(ANY);
        match beaten {
            true => Passage::AllStopped,
            false if near() => Passage::Through,
            false => Passage::Stopped,
        }
    }

    fn mesh(&mut self, brief: Brief) -> Option<Mesh> {
        let mesh = self.limits(brief).map(|(limit, agree, groups)| {
            let (shared, named) = (self.look.shared, self.asked.named);
            // One more than the limit, for what the whole units leave out.
            let within = u32::try_from(limit.num_seconds() / UNIT + 1).unwrap_or(u32::MAX);
            Mesh { within, at_most: Closeness::new(false, agree, shared, groups, named) }
        });
        self.last = Some((brief.bits, mesh));
        mesh
    }

    /// How near in time the move must be, and whether the roles agree and both are groups; `None`
    /// where they are about different people.
    fn limits(&mut self, brief: Brief) -> Option<(TimeDelta, bool, bool)> {
        let asked = &self.asked;
        if brief.is(ANY) {
            return Some((CORRECTION, true, true));
        }
        if brief.is(NAMED) != asked.named || brief.is(PROMOTED) != asked.promoted {
            return None;
        }
        let group = brief.is(GROUP);
        let groups = group == asked.group;
        let both = self.look.shared == 2;
        let roles = self.roles.with_number((brief.bits & ROLE).checked_sub(1));
        let limit = match roles {
            Roles::Agree => CORRECTION,
            Roles::Differ if both && (group || asked.group) => CORRECTION,
            Roles::Unknown if both => CORRECTION,
            Roles::Unknown if !(self.look.adds && asked.named) => CLOSE,
            Roles::Differ | Roles::Unknown => return None,
        };
        let limit = if asked.named || groups { limit } else { CLOSE };
        Some((limit, roles == Roles::Agree, groups))
    }
}
