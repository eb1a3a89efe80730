//! One poll of one feed: fetch, read, judge, settle. Changes nothing but its own copy.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;
use futures_util::future::join_all;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};
use tracing::debug;

use super::known::{Known, json};
use super::{Candidate, key_of};
use crate::feed::fetch::{Fetch, FetchError, Fetcher};
use crate::feed::fulltext::{full_text, is_wanted};
use crate::feed::health::{self, Outcome, PollError, Settled};
use crate::feed::schedule::{self, Pace};
use crate::feed::settings::{FeedSettings, FirstPoll};
use crate::feed::{Hints, ParseError, Reading, Seen};
use crate::log::{LogError, Record, Topic, Unit};
use crate::model::{Arrival, Article};

/// Pages fetched for one poll.
const MOST_PAGES: usize = 3;
/// How long articles wait for their pages; then they go on without.
const PAGE_PATIENCE: Duration = Duration::from_secs(4);

/// One poll to make.
#[derive(Clone)]
pub(super) struct Call {
    pub(super) key: Arc<str>,
    pub(super) feed: Arc<FeedSettings>,
    pub(super) known: Arc<Known>,
    pub(super) due: Instant,
    pub(super) epoch: u64,
    pub(super) domain: Option<String>,
}

/// One poll made; nothing of it counts before it is committed.
pub(super) struct Visit {
    pub(super) key: Arc<str>,
    pub(super) epoch: u64,
    pub(super) domain: Option<String>,
    /// The feed after this poll.
    pub(super) known: Known,
    /// New and edited articles.
    pub(super) articles: Vec<Article>,
    /// When the first request went out.
    pub(super) begun: Instant,
    /// How late that was.
    pub(super) late: Duration,
    /// How long the fetch took.
    pub(super) took: Duration,
    /// Size of the document.
    pub(super) bytes: usize,
    /// From `begun` to the next poll.
    pub(super) wait: Duration,
    /// A wait that no change of settings shortens: the server asked for it.
    pub(super) floor: Duration,
    /// Result, as a metric label.
    pub(super) label: &'static str,
    pub(super) settled: Settled,
}

impl Visit {
    /// True where the state must be written now, and together with the articles.
    pub(super) fn weighty(&self) -> bool {
        self.settled.weighty || !self.articles.is_empty()
    }

    /// Adds the articles and the feed's state to a unit.
    pub(super) fn publish(&self, unit: &mut Unit) -> Result<(), LogError> {
        for article in &self.articles {
            let record = Record {
                key: article.id.clone(),
                value: Some(json(article)?),
                headers: Vec::new(),
                partition_by: None,
            };
            unit.outputs.push((Topic::Articles, record));
        }
        unit.outputs.push((Topic::FeedState, self.known.record()?));
        Ok(())
    }
}

/// Makes polls; shared by all of them.
pub(super) struct Visitor {
    pub(super) fetcher: Fetcher,
    pub(super) candidate: Candidate,
    /// Documents that are read at once: reading one may take eight times its length.
    pub(super) readers: Semaphore,
}

/// One reader for each processor, and two at least: more would only take more memory.
pub(super) fn readers() -> Semaphore {
    Semaphore::new(std::thread::available_parallelism().map_or(2, |count| count.get().max(2)))
}

/// What reading a document gave, and what the feed has shown after it.
type Read = (Result<Reading, ParseError>, Arc<Seen>);

impl Visitor {
    /// Polls one feed. A panic anywhere in it is a failed poll, so that no feed can take the
    /// others with it.
    pub(super) async fn visit(&self, call: Call) -> Visit {
        match AssertUnwindSafe(self.poll(call.clone())).catch_unwind().await {
            Ok(visit) => visit,
            Err(_) => panicked(call),
        }
    }

    async fn poll(&self, call: Call) -> Visit {
        let Call { key, feed, known, due, epoch, domain } = call;
        let mut state = known.state.clone();
        let fetch = self.fetcher.fetch(&feed, &state, crate::stage::now()).await;
        let begun = Instant::now().checked_sub(fetch.took).unwrap_or(due).max(due);
        let now = crate::stage::now();
        let (read, seen) = match self.read(&feed, &known, &fetch, now).await {
            Some((read, seen)) => (Some(read), seen),
            None => (None, Arc::clone(&known.seen)),
        };
        let failed = failure(&fetch, read.as_ref());
        let outcome = match (&fetch.result, &read, &failed) {
            (_, _, Some(error)) => Outcome::Failed(error),
            (Ok(fetched), Some(Ok(reading)), _) => Outcome::Read(fetched, reading),
            (Ok(fetched), _, _) => Outcome::NotModified(fetched),
            // `failure` has taken this case.
            (Err(_), _, _) => Outcome::Failed(&PollError::Parse(ParseError::Panicked)),
        };
        let label = label(&outcome);
        let first = state.last_success.is_none();
        let settled = health::settle(&mut state, &fetch, &outcome, now);
        let took = fetch.took;
        let bytes = health::document(&fetch).map_or(0, |(bytes, _)| bytes.len());
        // Pages need room themselves.
        drop(fetch);
        let mut articles = match read {
            Some(Ok(reading)) => admit(reading, &feed, first, now),
            _ => Vec::new(),
        };
        if !first && self.add_full_text(&feed, &mut articles, now).await {
            schedule::ignite(&mut state, now);
        }
        let pace = Pace::of(&feed);
        let wait = schedule::next_wait(pace, &state, settled.verdict, now);
        let left = wait.saturating_sub(begun.elapsed());
        state.next_poll = schedule::after(crate::stage::now(), left);
        Visit {
            known: Known { state, seen },
            key,
            epoch,
            domain,
            articles,
            begun,
            late: begun.saturating_duration_since(due),
            took,
            bytes,
            wait,
            floor: if wait > pace.max { wait } else { Duration::ZERO },
            label,
            settled,
        }
    }

    /// Reads a document away from the runtime's workers; a panic there is a failed poll.
    async fn read(
        &self,
        feed: &Arc<FeedSettings>,
        known: &Arc<Known>,
        fetch: &Fetch,
        now: DateTime<Utc>,
    ) -> Option<Read> {
        let (bytes, content_type) = health::document(fetch)?;
        let (bytes, content_type) = (bytes.clone(), content_type.map(str::to_owned));
        let (feed, before) = (Arc::clone(feed), Arc::clone(known));
        let _turn = self.readers.acquire().await;
        let reading = tokio::task::spawn_blocking(move || {
            let mut seen = Seen::clone(&before.seen);
            let feed_url = key_of(&feed);
            let hints = Hints {
                feed_url: &feed_url,
                content_type: content_type.as_deref(),
                encoding: feed.encoding.as_deref(),
                now,
            };
            let reading = crate::feed::read(&bytes, &hints, &mut seen);
            let same = !matches!(&reading, Ok(reading) if reading.feed.is_some());
            (reading, if same { Arc::clone(&before.seen) } else { Arc::new(seen) })
        });
        // A cancelled task only happens when the runtime ends.
        let panicked = || (Err(ParseError::Panicked), Arc::clone(&known.seen));
        Some(reading.await.unwrap_or_else(|_| panicked()))
    }

    /// Fetches the pages of articles that name a watched company; true where there was one.
    async fn add_full_text(
        &self,
        feed: &FeedSettings,
        articles: &mut [Article],
        now: DateTime<Utc>,
    ) -> bool {
        let candidates: Vec<&mut Article> = articles
            .iter_mut()
            .filter(|article| article.arrival == Arrival::Live && (self.candidate)(article))
            .collect();
        let any = !candidates.is_empty();
        let wanted = candidates.into_iter().filter(|article| is_wanted(feed, article));
        join_all(wanted.take(MOST_PAGES).map(|article| async move {
            match timeout(PAGE_PATIENCE, full_text(&self.fetcher, feed, article, now)).await {
                Ok(Ok(text)) => article.content = Some(text),
                Ok(Err(cause)) => debug!(article.id, "no full text: {cause}"),
                Err(_) => debug!(article.id, "no full text: the page takes too long"),
            }
        }))
        .await;
        any
    }
}

/// A visit that found nothing but a bug of ours.
fn panicked(call: Call) -> Visit {
    let now = crate::stage::now();
    let error = PollError::Parse(ParseError::Panicked);
    let fetch = Fetch { result: Err(FetchError::Location), permanent: None, took: Duration::ZERO };
    let mut state = call.known.state.clone();
    let settled = health::settle(&mut state, &fetch, &Outcome::Failed(&error), now);
    let wait = schedule::next_wait(Pace::of(&call.feed), &state, settled.verdict, now);
    state.next_poll = schedule::after(now, wait);
    let seen = Arc::clone(&call.known.seen);
    Visit {
        key: call.key,
        epoch: call.epoch,
        domain: call.domain,
        known: Known { state, seen },
        articles: Vec::new(),
        begun: Instant::now(),
        late: Duration::ZERO,
        took: Duration::ZERO,
        bytes: 0,
        wait,
        floor: Duration::ZERO,
        label: error.label(),
        settled,
    }
}

fn failure(fetch: &Fetch, read: Option<&Result<Reading, ParseError>>) -> Option<PollError> {
    match (&fetch.result, read) {
        (Err(error), _) => Some(error.clone().into()),
        (_, Some(Err(error))) => Some(error.clone().into()),
        _ => None,
    }
}

fn label(outcome: &Outcome<'_>) -> &'static str {
    match outcome {
        Outcome::Failed(error) => error.label(),
        Outcome::NotModified(_) => "not_modified",
        Outcome::Read(_, reading) if reading.feed.is_none() => "same_body",
        Outcome::Read(_, reading) if reading.new.is_empty() => "nothing_new",
        Outcome::Read(..) => "new",
    }
}

/// Decides how each article comes in, and gives it what the settings know better.
fn admit(reading: Reading, feed: &FeedSettings, first: bool, now: DateTime<Utc>) -> Vec<Article> {
    let max_age = TimeDelta::from_std(feed.max_age).unwrap_or(TimeDelta::MAX);
    let arrival = |article: &Article| match (first, feed.first_poll) {
        (false, _) => Arrival::Live,
        (true, FirstPoll::Seed) => Arrival::Seed,
        (true, FirstPoll::Alert) => {
            let young = article.published.is_some_and(|published| now - published < max_age);
            if young { Arrival::Live } else { Arrival::Seed }
        }
    };
    let new = reading.new.into_iter().map(|article| (arrival(&article), article));
    let edited = reading.edited.into_iter().map(|article| (Arrival::Edit, article));
    new.chain(edited)
        .map(|(arrival, mut article)| {
            article.arrival = arrival;
            if let Some(title) = &feed.title {
                article.outlet.clone_from(title);
            }
            if feed.lang.is_some() {
                article.lang.clone_from(&feed.lang);
            }
            article
        })
        .collect()
}
