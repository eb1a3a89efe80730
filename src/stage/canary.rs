//! The canary: a synthetic article through the whole pipeline, so that a dead alerter is noticed.
//!
//! Out: an article of arrival `canary` on `articles`, every interval. It takes the way of every
//! other article; `notify` resets the age when it comes out at the other end.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;

use super::runner::{self, Pause};
use super::tag::encode;
use super::track::CANARY;
use crate::log::{Event, Log, LogError, Member, Membership, Topic, Unit};
use crate::metrics::Metrics;
use crate::model::{Arrival, Article, SCHEMA, content_id};

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
    /// Seconds since 1970; 0 where there is no canary.
    at: Arc<AtomicI64>,
}

impl Default for Heard {
    fn default() -> Self {
        Self { at: Arc::new(AtomicI64::new(0)) }
    }
}

impl Heard {
    fn hear(&self, now: DateTime<Utc>) {
        self.at.store(now.timestamp(), Ordering::Relaxed);
    }

    /// Sets the age when metrics are gathered; 0 where there is no canary.
    pub fn refresh(&self, metrics: &Metrics) -> Arc<dyn Fn() + Send + Sync> {
        let (this, gauge) = (self.clone(), metrics.canary_age_seconds.clone());
        Arc::new(move || {
            let at = this.at.load(Ordering::Relaxed);
            let age = if at == 0 { 0 } else { (super::now().timestamp() - at).max(0) };
            gauge.set(age as f64);
        })
    }
}

/// Listens on `moves` for canaries that came through. The age counts from the start, so that a
/// pipeline that is dead from the start shows as well.
///
/// # Errors
/// [`LogError::Fatal`]: the process has to end.
pub async fn listen<L: Log>(log: L, heard: Heard, stop: CancellationToken) -> Result<(), LogError> {
    heard.hear(super::now());
    let membership =
        Membership { group: "canary".to_owned(), topic: Topic::Moves, assignment_only: false };
    let Some(mut member) = runner::join(&log, &membership, "canary", &stop).await? else {
        return Ok(());
    };
    let mut pause = Pause::new("canary");
    while !stop.is_cancelled() {
        match hear_some(&mut member, &heard, &stop).await {
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
            heard.hear(now);
        }
    }
    member.commit(unit).await
}
