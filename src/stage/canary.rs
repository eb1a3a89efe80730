//! The canary: a synthetic article through the whole pipeline, so that a dead alerter is noticed.
//!
//! Out: an article of arrival `canary` on `articles`, every interval. It takes the way of every
//! other article; `notify` resets the age when it comes out at the other end.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;

use super::runner::Pause;
use super::tag::encode;
use crate::log::{Log, LogError, Topic};
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
