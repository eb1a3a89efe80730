//! Why a fetch failed, and what that means for the schedule and for the feed's health.

use std::time::Duration;

use super::MAX_HOPS;
use crate::feed::challenge::Guard;
use crate::feed::schedule::Verdict;
use crate::net::NetError;

/// Why a feed could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The exchange failed.
    #[error(transparent)]
    Net(#[from] NetError),
    /// An answer other than a document.
    #[error("the server answered {}", spoken(*.status))]
    Status {
        /// Its status code.
        status: u16,
        /// How long it wants to be left alone.
        retry_after: Option<Duration>,
    },
    /// A bot guard answers in the feed's place.
    #[error("{} refuses us with a challenge", .guard.label())]
    Challenge {
        /// Whose.
        guard: Guard,
        /// How long it wants to be left alone.
        retry_after: Option<Duration>,
    },
    /// A redirect without a usable `Location`.
    #[error("a redirect leads nowhere: its Location is missing or no http URL")]
    Location,
    /// From https to http.
    #[error("a redirect leads from https to http, which is not followed")]
    Downgrade,
    /// More than [`MAX_HOPS`].
    #[error("more than {MAX_HOPS} redirects")]
    TooManyRedirects,
}

impl FetchError {
    /// Value of a metric label.
    pub fn label(&self) -> &'static str {
        match self {
            FetchError::Net(error) => error.label(),
            FetchError::Status { status: 410, .. } => "gone",
            FetchError::Status { status: 404, .. } => "not_found",
            FetchError::Status { status: 429, .. } => "rate_limited",
            FetchError::Status { status: 401 | 403 | 407 | 451, .. } => "refused",
            FetchError::Status { status: 500.., .. } => "server_error",
            FetchError::Status { .. } => "status",
            FetchError::Challenge { .. } => "challenge",
            FetchError::Location | FetchError::Downgrade | FetchError::TooManyRedirects => {
                "redirect"
            }
        }
    }

    /// What the schedule makes of it.
    pub fn verdict(&self) -> Verdict {
        match self {
            FetchError::Challenge { retry_after, .. }
            | FetchError::Status { status: 401 | 403 | 429 | 451 | 503, retry_after } => {
                Verdict::Refused { retry_after: *retry_after }
            }
            _ => Verdict::Failed,
        }
    }

    /// True where the server answers but does not want us.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            FetchError::Challenge { .. }
                | FetchError::Status { status: 401 | 403 | 407 | 429 | 451, .. }
        )
    }
}

fn spoken(status: u16) -> String {
    let reason = reqwest::StatusCode::from_u16(status).ok().and_then(|s| s.canonical_reason());
    reason.map_or_else(|| status.to_string(), |reason| format!("{status} {reason}"))
}
