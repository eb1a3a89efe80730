//! The canary: a synthetic article through the whole pipeline, so that a dead alerter is noticed.
//!
//! Out: an article of arrival `canary` on `articles`, every interval. It takes the way of every
//! other article up to `moves`, and on to the receiver that was chosen for it; the age is the time
//! since one came out at that end.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tracing::error;

use super::runner::Pause;
use super::tag::{encode, input};
use crate::extract::Extractor;
use crate::log::{Log, LogError, Received, Scan, Topic};
use crate::metrics::Metrics;
use crate::model::delivery::{Delivery, delivery_key};
use crate::model::moves::CANARY;
use crate::model::{Arrival, Article, Move, SCHEMA, content_id};

/// The feed that canary articles name.
pub const FEED: &str = "canary:";
/// Who moves; nobody is called that.
const PERSON: &str = "Ada Testwood";
/// Pairs of companies that are tried.
const TRIES: usize = 50;
/// How often the other end is looked at.
const LOOK: Duration = Duration::from_secs(2);
/// Clocks of other processes may be this far off.
const SKEW: TimeDelta = TimeDelta::seconds(60);

/// Publishes a canary article every `interval` until `stop` is cancelled. What it says is chosen
/// by the present engine, because the rules decide what is understood.
///
/// # Errors
/// [`LogError::Fatal`]: the process has to end.
pub async fn run<L: Log>(
    log: L,
    interval: Duration,
    extractor: watch::Receiver<Arc<Extractor>>,
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
        let now = super::now();
        let engine = Arc::clone(&extractor.borrow());
        let Some(title) = title(&engine, now) else {
            error!(stage = "canary", "the rules understand no sentence that a canary could say");
            continue;
        };
        let article = article(title, now);
        let record = encode(&article.id, &article).map_err(LogError::Fatal)?;
        match log.publish(vec![(Topic::Articles, record)]).await {
            Ok(()) => pause.over(),
            Err(fatal @ LogError::Fatal(_)) => return Err(fatal),
            Err(other) => pause.wait(&other.to_string(), &stop).await,
        }
    }
}

/// A headline that the engine is certain to understand: an invented person moves between two
/// watched companies. `None` where it understands none of those tried.
pub fn title(engine: &Extractor, now: DateTime<Utc>) -> Option<String> {
    let watched = engine.gazetteer().companies.iter().filter(|company| company.watched);
    let names: Vec<&str> =
        watched.map(|company| company.name.as_str()).filter(|name| name.is_ascii()).collect();
    let usual = ["OpenAI", "Anthropic"];
    let pairs = std::iter::once(usual.as_slice()).chain(names.windows(2)).take(TRIES);
    let titles = pairs.filter_map(|pair| match pair {
        [from, to] => Some(format!("{PERSON} leaves {from} for {to}")),
        _ => None,
    });
    let mut titles = titles.map(|title| article(title, now));
    let understood =
        |article: &Article| engine.tag(&input(article)).claims.iter().any(|claim| claim.alert);
    titles.find(understood).map(|article| article.title)
}

fn article(title: String, now: DateTime<Utc>) -> Article {
    Article {
        schema: SCHEMA,
        id: content_id(&["canary", &now.to_rfc3339()]),
        feed: FEED.to_owned(),
        outlet: "talentwire canary".to_owned(),
        url: None,
        title,
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

/// Where a canary has come through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// On `moves`: nobody is told.
    Moves,
    /// At a receiver: this is the key of its delivery.
    Receiver(String),
}

impl End {
    /// The end for a receiver that is told, or for none.
    pub fn of(receiver: Option<&str>) -> Self {
        match receiver {
            Some(name) => Self::Receiver(delivery_key(name, CANARY)),
            None => Self::Moves,
        }
    }

    fn topic(&self) -> Topic {
        match self {
            Self::Moves => Topic::Moves,
            Self::Receiver(_) => Topic::Deliveries,
        }
    }

    /// True where the record says that a canary came through.
    fn is_reached(&self, received: &Received) -> bool {
        let Self::Receiver(key) = self else { return received.key == CANARY };
        let value = received.value.as_deref().filter(|_| received.key == *key);
        let delivery = value.and_then(|value| serde_json::from_slice::<Delivery>(value).ok());
        delivery.is_some_and(|it| it.delivered > 0 && it.delivered >= it.intended)
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

/// Looks on the log for canaries that came through, again and again. The age counts from the
/// start, so that a pipeline that is dead from the start shows as well. Every process that
/// delivers looks for itself: in a consumer group only one of them would hear.
///
/// # Errors
/// [`LogError::Fatal`]: the process has to end.
pub async fn listen<L: Log>(
    log: L,
    end: End,
    heard: Heard,
    metrics: Metrics,
    stop: CancellationToken,
) -> Result<(), LogError> {
    let mut pause = Pause::new("canary");
    let mut known = super::now();
    heard.hear();
    loop {
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = stop.cancelled() => return Ok(()),
        }
        // A clock that was set back must not hide what is written now.
        match look(&log, &end, known.min(super::now()) - SKEW).await {
            Ok(Some((at, latency))) if at != known => {
                pause.over();
                known = at;
                heard.hear();
                metrics.canary_latency_seconds.set(latency);
            }
            Ok(_) => pause.over(),
            Err(fatal @ LogError::Fatal(_)) => return Err(fatal),
            Err(other) => pause.wait(&other.to_string(), &stop).await,
        }
    }
}

/// When the last canary since then came through, and how many seconds it took.
async fn look<L: Log>(
    log: &L,
    end: &End,
    since: DateTime<Utc>,
) -> Result<Option<(DateTime<Utc>, f64)>, LogError> {
    let end = end.clone();
    let scan = Scan { topic: end.topic(), partitions: None, since: Some(since) };
    let arrival = move |last: &mut Option<DateTime<Utc>>, received: Received| {
        if end.is_reached(&received) {
            // By the order of the log, not the greatest: a clock may have been set back.
            *last = Some(received.timestamp);
        }
    };
    let Some(at) = log.fold(scan, None, arrival).await? else { return Ok(None) };
    let scan = Scan { topic: Topic::Moves, partitions: None, since: Some(since) };
    let departure = |last: &mut Option<DateTime<Utc>>, received: Received| {
        let value = received.value.filter(|_| received.key == CANARY).unwrap_or_default();
        if let Ok(mv) = serde_json::from_slice::<Move>(&value) {
            *last = Some(mv.first_seen);
        }
    };
    let begun = log.fold(scan, None, departure).await?.unwrap_or(at);
    Ok(Some((at, (at - begun).as_seconds_f64().max(0.0))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{RuleFiles, Rules};

    #[track_caller]
    fn check(companies: &str, want: Option<&str>) {
        let files = RuleFiles { companies: ("companies.toml", companies), ..RuleFiles::built_in() };
        let engine = Extractor::new(&Rules::parse(&files).unwrap());
        let now: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
        assert_eq!(title(&engine, now).as_deref(), want);
    }

    #[test]
    fn the_canary_says_what_the_engine_understands_whatever_the_companies() {
        let built_in = RuleFiles::built_in().companies.1;
        check(built_in, Some("Ada Testwood leaves OpenAI for Anthropic"));
        let company =
            |id: &str, name: &str| format!("[[company]]\nid = \"{id}\"\nname = \"{name}\"\n");
        let two = company("glimmer", "Glimmerworks") + &company("quonset", "Quonsetry");
        check(&two, Some("Ada Testwood leaves Glimmerworks for Quonsetry"));
        check(&company("glimmer", "글리머웍스"), None);
    }
}
