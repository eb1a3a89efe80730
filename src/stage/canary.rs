//! The canary: a synthetic article through the whole pipeline, so that a dead alerter is noticed.
//!
//! Out: an article of arrival `canary` on `articles`, every interval. It takes the way of every
//! other article; `notify` resets the age when it comes out at the other end.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;

use super::runner::{self, Pause};
use super::tag::encode;
use super::track::CANARY;
use crate::log::{Event, Log, LogError, Member, Membership, Topic, Unit};
use crate::metrics::Metrics;
use crate::model::{Arrival, Article, Move, SCHEMA, content_id};

/// The feed that canary articles name.
pub const FEED: &str = "canary:";

/// Publishes a canary article every `interval` until `stop` is cancelled.
///
/// # Errors
/// [`LogError::Fatal`]: the process has to end.
pub async fn run<L: Log>(
    log: L,
    interval: Duration,
    stop: CancellationToken,
) -> Result<(), LogError> {
    let mut pause = Pause::new("canary");
    let mut ticks = tokio::time::interval(interval);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = stop.cancelled() => return Ok(()),
        }
        let article = article(super::now());
        let record = encode(&article.id, &article).map_err(LogError::Fatal)?;
        match log.publish(vec![(Topic::Articles, record)]).await {
            Ok(()) => pause.over(),
            Err(fatal @ LogError::Fatal(_)) => return Err(fatal),
            Err(other) => pause.wait(&other.to_string(), &stop).await,
        }
    }
}

/// The article: a plain case that the engine is certain to understand.
fn article(now: DateTime<Utc>) -> Article {
    Article {
        schema: SCHEMA,
        id: content_id(&["canary", &now.to_rfc3339()]),
        feed: FEED.to_owned(),
        outlet: "talentwire canary".to_owned(),
        url: None,
        title: "Canary Testwood leaves OpenAI for Anthropic".to_owned(),
        summary: "A synthetic article: it proves that the pipeline is alive.".to_owned(),
        content: None,
        published: Some(now),
        updated: None,
        authors: Vec::new(),
        lang: Some("en".to_owned()),
        first_seen: now,
        arrival: Arrival::Canary,
    }
}

/// When the canary last came out at the other end.
#[derive(Clone)]
pub struct Heard {
    begun: Instant,
    /// Milliseconds after `begun`; [`NEVER`] where there is no canary. Not the time of day, so that
    /// a clock that is set neither hides a dead pipeline nor reports a live one.
    at: Arc<AtomicU64>,
}

const NEVER: u64 = u64::MAX;

impl Default for Heard {
    fn default() -> Self {
        Self { begun: Instant::now(), at: Arc::new(AtomicU64::new(NEVER)) }
    }
}

impl Heard {
    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(NEVER)
    }

    fn hear(&self) {
        self.at.store(self.now(), Ordering::Relaxed);
    }

    /// Seconds since then; 0 where there is no canary.
    pub fn age(&self) -> f64 {
        match self.at.load(Ordering::Relaxed) {
            NEVER => 0.0,
            at => (self.now().saturating_sub(at) / 1_000) as f64,
        }
    }
}

/// Listens on `moves` for canaries that came through. The age counts from the start, so that a
/// pipeline that is dead from the start shows as well.
///
/// # Errors
/// [`LogError::Fatal`]: the process has to end.
pub async fn listen<L: Log>(
    log: L,
    heard: Heard,
    metrics: Metrics,
    stop: CancellationToken,
) -> Result<(), LogError> {
    heard.hear();
    let membership =
        Membership { group: "canary".to_owned(), topic: Topic::Moves, assignment_only: false };
    let Some(mut member) = runner::join(&log, &membership, "canary", &stop).await? else {
        return Ok(());
    };
    let mut pause = Pause::new("canary");
    while !stop.is_cancelled() {
        match hear_some(&mut member, &heard, &metrics, &stop).await {
            Ok(()) => pause.over(),
            Err(fatal @ LogError::Fatal(_)) => return Err(fatal),
            Err(other) => pause.wait(&other.to_string(), &stop).await,
        }
    }
    member.close().await;
    Ok(())
}

async fn hear_some<M: Member>(
    member: &mut M,
    heard: &Heard,
    metrics: &Metrics,
    stop: &CancellationToken,
) -> Result<(), LogError> {
    let event = tokio::select! {
        event = member.next(100, Duration::from_secs(1)) => event?,
        () = stop.cancelled() => return Ok(()),
    };
    let Event::Records(records) = event else { return Ok(()) };
    let mut unit = Unit::default();
    for received in &records {
        runner::advance(&mut unit.done, received);
        let now = super::now();
        // An old canary says nothing about now: after a restart the topic still holds the last.
        if received.key == CANARY && now - received.timestamp < chrono::Duration::minutes(1) {
            heard.hear();
            let value = received.value.as_deref().unwrap_or_default();
            if let Ok(mv) = serde_json::from_slice::<Move>(value) {
                metrics.canary_latency_seconds.set((now - mv.first_seen).as_seconds_f64().max(0.0));
            }
        }
    }
    member.commit(unit).await
}
