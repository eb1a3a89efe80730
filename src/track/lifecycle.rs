//! The life of a move: rumoured -> reported -> confirmed; denied; reversed.
//!
//! A stronger word replaces a weaker one, a denial everything but a confirmation, and a confirmation
//! everything. So the state does not depend on the order in which the words arrive; only a person who
//! goes back ends it.

use crate::model::{ChangeKind, Move, Status};

/// Where a move stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Somebody heard of it.
    Rumoured,
    /// An outlet says so in its own voice.
    Reported,
    /// The person or the company says so.
    Confirmed,
    /// The person or the company says that it is not so.
    Denied,
    /// It happened, and the person went back.
    Reversed,
}

impl State {
    /// The state of a move.
    pub fn of(of: &Move) -> State {
        if of.is_reversed() { State::Reversed } else { of.status.into() }
    }

    /// The state after one more claim, and what that change is, if it deserves attention.
    pub fn after(self, said: Status) -> (State, Option<ChangeKind>) {
        use State::{Confirmed, Denied, Reported, Reversed, Rumoured};
        match (self, said) {
            (Reversed, _) => (Reversed, None),
            (Confirmed, _) => (Confirmed, None),
            (Rumoured | Reported | Denied, Status::Confirmed) => {
                (Confirmed, Some(ChangeKind::Confirmed))
            }
            (Denied, _) => (Denied, None),
            (Rumoured | Reported, Status::Denied) => (Denied, Some(ChangeKind::Denied)),
            (Rumoured | Reported, Status::Reported) => (Reported, None),
            (state @ (Rumoured | Reported), Status::Rumoured) => (state, None),
        }
    }

    /// The status that a move in this state shows; a reversed one keeps the status it had.
    pub(crate) fn status(self) -> Option<Status> {
        match self {
            State::Rumoured => Some(Status::Rumoured),
            State::Reported => Some(Status::Reported),
            State::Confirmed => Some(Status::Confirmed),
            State::Denied => Some(Status::Denied),
            State::Reversed => None,
        }
    }
}

impl From<Status> for State {
    fn from(status: Status) -> Self {
        match status {
            Status::Rumoured => State::Rumoured,
            Status::Reported => State::Reported,
            Status::Confirmed => State::Confirmed,
            Status::Denied => State::Denied,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_state_does_not_depend_on_the_order_of_the_words() {
        use Status::{Confirmed, Denied, Reported, Rumoured};
        let words = [Rumoured, Reported, Confirmed, Denied];
        for a in words {
            for b in words {
                for c in words {
                    let end = |x: Status, y, z| State::from(x).after(y).0.after(z).0;
                    assert_eq!(end(a, b, c), end(c, a, b), "{a} {b} {c}");
                    assert_eq!(end(a, b, c), end(b, a, c), "{a} {b} {c}");
                }
            }
        }
    }

    #[test]
    fn confirmations_and_denials_deserve_attention_and_upgraded_rumours_do_not() {
        assert_eq!(State::Rumoured.after(Status::Reported), (State::Reported, None));
        let confirmed = (State::Confirmed, Some(ChangeKind::Confirmed));
        assert_eq!(State::Rumoured.after(Status::Confirmed), confirmed);
        assert_eq!(State::Denied.after(Status::Confirmed), confirmed);
        assert_eq!(
            State::Reported.after(Status::Denied),
            (State::Denied, Some(ChangeKind::Denied))
        );
        assert_eq!(State::Reversed.after(Status::Confirmed), (State::Reversed, None));
    }
}
