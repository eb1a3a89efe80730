//! The rate cap of a route. Pure.

use std::collections::VecDeque;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

/// At most `count` messages in any stretch of `per`; the rest comes later in one digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cap {
    /// Messages; at least 1.
    pub count: u32,
    /// The stretch of time.
    pub per: Duration,
}

/// Counts the messages of one route against its cap.
#[derive(Debug, Clone, Default)]
pub struct Budget {
    posted: VecDeque<DateTime<Utc>>,
}

impl Budget {
    /// Returns when the next message may go, or `None` for at once; `begun` messages are on their
    /// way and not counted yet.
    pub fn wait_until(
        &mut self,
        cap: Cap,
        begun: usize,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let per = TimeDelta::from_std(cap.per).unwrap_or(TimeDelta::MAX);
        while self.posted.front().is_some_and(|at| now.signed_duration_since(at) >= per) {
            self.posted.pop_front();
        }
        let full = self.posted.len() + begun >= usize::try_from(cap.count).unwrap_or(usize::MAX);
        let oldest = self.posted.front().unwrap_or(&now);
        full.then(|| oldest.checked_add_signed(per).unwrap_or(DateTime::<Utc>::MAX_UTC))
    }

    /// Counts a message.
    pub fn count(&mut self, now: DateTime<Utc>) {
        self.posted.push_back(now);
    }
}
