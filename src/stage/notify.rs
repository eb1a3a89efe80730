//! Delivers moves and keyword alerts to one receiver: intended (committed), posted, delivered
//! (committed together with the input position).
//!
//! In: `moves`, and `tagged` for mention routes; one consumer group per receiver, so a dead one
//! delays nobody and its lag is its queue. Out: `deliveries`, `dead-letters`. At most one post per
//! address is in flight. Of all processes, one posts to an address: the one that has the partition of
//! `moves` for the first receiver there works for the others too, and reads the articles of mention
//! routes. While a receiver is left alone the membership is kept alive, and a request to stop ends the
//! wait, never a post.
//!
//! Elsewhere: what is told, when and in which order in `notify::outbox`.

mod address;
mod common;
mod courier;
mod memory;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

pub use self::address::Address;
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

/// A receiver as the stage drives it.
#[derive(Clone)]
pub struct Outlet {
    /// Its name: of the consumer group, in metrics, and in the keys of `deliveries`.
    pub name: String,
    /// Its kind and address.
    pub receiver: Arc<dyn Receiver>,
    /// Shared by receivers at the same address.
    pub address: Arc<Address>,
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
    let address = &outlet.address;
    let moves = async {
        if address.is_decided_by(&outlet.name) {
            return courier(Topic::Moves, &stop).run().await;
        }
        while_ours(address, &stop, |tenure| courier(Topic::Moves, &tenure).run()).await
    };
    if !mentions {
        return moves.await;
    }
    let articles = while_ours(address, &stop, |tenure| courier(Topic::Tagged, &tenure).run());
    tokio::try_join!(moves, articles).map(|_| ())
}

/// Runs a loop in the process that posts to the address, and in no other one: only who sees every
/// alert of a receiver can tell each story once, and only who posts all of them can keep the pace.
async fn while_ours<F>(
    address: &Address,
    stop: &CancellationToken,
    begin: impl Fn(CancellationToken) -> F,
) -> Result<(), LogError>
where
    F: Future<Output = Result<(), LogError>>,
{
    let mut ours = address.ours();
    loop {
        tokio::select! {
            () = turns(&mut ours, true) => {}
            () = stop.cancelled() => return Ok(()),
        }
        let tenure = stop.child_token();
        let running = begin(tenure.clone());
        tokio::pin!(running);
        tokio::select! {
            ended = &mut running => ended?,
            () = turns(&mut ours, false) => {
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
