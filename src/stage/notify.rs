//! Delivers moves and keyword alerts to one receiver: intended (committed), posted, delivered
//! (committed together with the input position).
//!
//! In: `moves`, and `tagged` for mention routes; one consumer group per receiver, so a dead one
//! delays nobody and its lag is its queue. Out: `deliveries`, `dead-letters`. At most one post per
//! receiver is in flight. While a receiver is left alone the membership is kept alive, and a
//! request to stop ends the wait, never a post.
//!
//! Elsewhere: what is told, when and in which order in `notify::outbox`.

mod common;
mod courier;
mod memory;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use self::common::Common;
use self::courier::{Courier, Parts};
use crate::log::{Log, LogError, Topic};
use crate::metrics::Metrics;
use crate::notify::outbox::Rules;
use crate::notify::receiver::Receiver;
use crate::notify::route::On;

/// The clock and the waiting of the stage, so that tests can run an hour in a second.
pub trait Clock: Clone + Send + Sync + 'static {
    /// The time.
    fn now(&self) -> DateTime<Utc>;

    /// Waits.
    fn sleep(&self, wait: Duration) -> impl Future<Output = ()> + Send;
}

/// The clock on the wall.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        super::now()
    }

    async fn sleep(&self, wait: Duration) {
        tokio::time::sleep(wait).await;
    }
}

/// When an address may be posted to next. Receivers at the same address share one; whoever holds
/// it has the one post that is in flight.
pub type Pace = Arc<Mutex<Option<DateTime<Utc>>>>;

/// A receiver as the stage drives it.
#[derive(Clone)]
pub struct Outlet {
    /// Its name: of the consumer group, in metrics, and in the keys of `deliveries`.
    pub name: String,
    /// Its kind and address.
    pub receiver: Arc<dyn Receiver>,
    /// Shared by receivers at the same address.
    pub pace: Pace,
    /// Least time between two posts to the address.
    pub interval: Duration,
}

/// Delivers to one receiver until `stop` is cancelled.
///
/// # Errors
/// [`LogError::Fatal`]: the process has to end.
pub async fn run<L: Log, C: Clock>(
    log: L,
    outlet: Outlet,
    rules: Arc<Rules>,
    metrics: Metrics,
    clock: C,
    stop: CancellationToken,
) -> Result<(), LogError> {
    let mentions =
        rules.routes.iter().any(|route| route.on == On::Mention && route.receiver == outlet.name);
    metrics.receiver_disabled.with_label_values(&[&outlet.name]).set(0);
    let common = Common::default();
    let courier = |topic| {
        let parts = Parts {
            log: log.clone(),
            outlet: outlet.clone(),
            rules: Arc::clone(&rules),
            metrics: metrics.clone(),
            clock: clock.clone(),
            stop: stop.clone(),
            common: common.clone(),
            mentions,
        };
        Courier::new(topic, parts)
    };
    let moves = courier(Topic::Moves).run();
    if !mentions {
        return moves.await;
    }
    tokio::try_join!(moves, courier(Topic::Tagged).run()).map(|_| ())
}
