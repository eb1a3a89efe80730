//! Whether a thread that talks to the brokers still lives.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

/// The time of the last sign of life of a thread.
#[derive(Clone, Default)]
pub(super) struct Beat(Arc<AtomicU64>);

impl Beat {
    fn clock() -> u64 {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        u64::try_from(START.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Gives a sign.
    pub(super) fn now(&self) {
        self.0.store(Self::clock(), Ordering::Relaxed);
    }

    /// How long ago the last one was.
    pub(super) fn age(&self) -> Duration {
        Duration::from_millis(Self::clock().saturating_sub(self.0.load(Ordering::Relaxed)))
    }
}
