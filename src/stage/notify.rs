//! Delivers moves and keyword alerts to one receiver: intended (committed), posted, delivered
//! (committed together with the input position).
//!
//! In: `moves`, and `tagged` for mention routes; one consumer group per receiver, so a dead one
//! delays nobody and its lag is its queue. Out: `deliveries`, `dead-letters`. At most one post per
//! receiver is in flight. Of all processes, the one that has the partition of `moves` reads the
//! articles of mention routes as well. While a receiver is left alone the membership is kept
//! alive, and a request to stop ends the wait, never a post.
//!
//! Elsewhere: what is told, when and in which order in `notify::outbox`.

mod common;
mod courier;
mod memory;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::{Mutex, watch};
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
    let courier = |topic, stop: &CancellationToken| {
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
    let moves = courier(Topic::Moves, &stop).run();
    if !mentions {
        return moves.await;
    }
    let articles =
        while_it_has_the_receiver(&common, &stop, |tenure| courier(Topic::Tagged, &tenure).run());
    tokio::try_join!(moves, articles).map(|_| ())
}

/// Runs the loop over articles in the process that has the receiver, and in no other one: only who
/// sees every alert of a receiver can tell each story once, and keep the pace of its address.
async fn while_it_has_the_receiver<F>(
    common: &Common,
    stop: &CancellationToken,
    articles: impl Fn(CancellationToken) -> F,
) -> Result<(), LogError>
where
    F: Future<Output = Result<(), LogError>>,
{
    let mut has = common.has();
    loop {
        tokio::select! {
            () = turns(&mut has, true) => {}
            () = stop.cancelled() => return Ok(()),
        }
        let tenure = stop.child_token();
        let running = articles(tenure.clone());
        tokio::pin!(running);
        tokio::select! {
            ended = &mut running => ended?,
            () = turns(&mut has, false) => {
                tenure.cancel();
                running.await?;
            }
        }
    }
}

/// Waits until what is watched is `wanted`; for ever where nobody is left to say so.
async fn turns(watched: &mut watch::Receiver<bool>, wanted: bool) {
    if watched.wait_for(|is| *is == wanted).await.is_err() {
        std::future::pending().await
    }
}
