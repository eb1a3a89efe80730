//! What a later clause of the same sentence tells better.

use super::event::{Event, Frame};
use super::mover::Mover;
use super::resolve::Made;

/// Marks what gives way to a later event.
pub(super) fn absorb(events: &[Event], made: &mut [Made]) {
    told_again(events, made);
    guessed_wrong(made);
    left_behind(made);
}

/// Who moves, to be compared.
fn who(mover: &Mover) -> (Option<&str>, Option<u32>) {
    (mover.name.as_deref(), mover.name.is_none().then_some(mover.count))
}

/// The same move, or the clause about who moves.
fn told_again(events: &[Event], made: &mut [Made]) {
    for (index, event) in events.iter().enumerate() {
        let Some(serial) = event.serial else { continue };
        let same = made.get(index).zip(made.get(serial)).is_some_and(|(own, before)| {
            own.suppressed.is_none()
                && !own.movers.is_empty()
                && own.movers.iter().map(who).eq(before.movers.iter().map(who))
                && own.ends.from.is_some()
                && own.ends.from == before.ends.from
                && (before.ends.to.is_none() || own.ends.to.is_some())
        });
        let told = made.get(index).zip(made.get(serial)).is_some_and(|(own, before)| {
            before.relative
                && before.statement == own.statement
                && !own.movers.is_empty()
                && own.suppressed.is_none()
        });
        if (same || told)
            && let Some(before) = made.get_mut(serial)
        {
            before.absorbed = true;
        }
    }
}

/// "B hires X. X told the colleagues that he resigns": not from B, though B was spoken of last.
fn left_behind(made: &mut [Made]) {
    for index in 1..made.len() {
        let told = made.get(index).is_some_and(|own| {
            own.ends.guessed
                && own.frame == Frame::Leave
                && own.ends.from.is_some()
                && made.iter().take(index).any(|earlier| {
                    earlier.suppressed.is_none()
                        && earlier.ends.to == own.ends.from
                        && earlier.movers.iter().map(who).eq(own.movers.iter().map(who))
                })
        });
        if told && let Some(own) = made.get_mut(index) {
            own.absorbed = true;
        }
    }
}

/// "X 离职，加入 B": B was only guessed as what X leaves.
fn guessed_wrong(made: &mut [Made]) {
    for index in 0..made.len() {
        let wrong = made.get(index).is_some_and(|own| {
            own.ends.guessed
                && own.frame == Frame::Leave
                && own.ends.from.is_some()
                && made.iter().skip(index + 1).any(|later| {
                    later.frame == Frame::Join
                        && later.ends.to == own.ends.from
                        && later.movers.iter().map(who).eq(own.movers.iter().map(who))
                })
        });
        if wrong && let Some(own) = made.get_mut(index) {
            own.absorbed = true;
        }
    }
}
