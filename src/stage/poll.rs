//! Polls feeds and publishes every article that was not seen before.
//!
//! In: the configured feeds. Out: topics `articles` and `feed-state`. The articles of a poll and
//! the feed's new state commit together, so a crash neither loses an article nor publishes it
//! twice; several finished polls may share one unit. A log that does not answer is waited for:
//! finished polls are kept, and no new ones begin once a bound is reached.
//!
//! Elsewhere: when a feed is due in `feed::schedule`, HTTP in `feed::fetch`, bytes to articles in
//! `feed::read`.

mod book;
mod commit;
mod known;
mod report;
mod visit;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use self::book::Book;
pub use self::known::Known;
use self::report::Report;
use self::visit::{Visit, Visitor};
use super::runner;
use crate::feed::fetch::Fetcher;
use crate::feed::polite::{Gates, Politeness};
use crate::feed::settings::{FeedSettings, PollSettings};
use crate::log::{Event, Log, LogError, Member, Membership, Topic};
use crate::metrics::Metrics;
use crate::model::{Article, counted};

/// Says whether an article names a watched company, so that its page is worth a fetch.
pub type Candidate = Arc<dyn Fn(&Article) -> bool + Send + Sync>;

/// Name of the stage and of its consumer group.
pub const NAME: &str = "poll";
/// How often states that carry nothing weighty are written.
const FLUSH: Duration = Duration::from_secs(2);
/// States written at once in such a flush.
const FLUSH_MOST: usize = 1_000;
/// Polls in one unit; each is whole in it.
const UNIT_POLLS: usize = 256;
/// Articles in one unit, but for a single poll with more.
const UNIT_ARTICLES: usize = 2_000;
/// Finished polls that wait for the log before no new ones begin.
const BACKLOG: usize = 512;
/// Polls that wait or run at once, for each fetch that may be under way.
const QUEUE_PER_FETCH: usize = 8;
/// The loop turns at least this often.
const TICK: Duration = Duration::from_secs(1);
/// A turn that comes later than this means that the process was stopped or the machine slept.
const FREEZE: Duration = Duration::from_secs(30);
/// How long polls under way may still take when the stage is asked to end.
const DRAIN: Duration = Duration::from_secs(5);
/// First and longest pause before the log is tried again.
const PAUSE: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(5));

/// What a feed is called on the log, in metrics and in log lines: its address without the name and
/// password that may be in it.
pub(crate) fn key_of(feed: &FeedSettings) -> String {
    crate::net::shown(&feed.url)
}

/// What polling needs.
pub struct Poller {
    /// The feeds; a new list may be sent at any time.
    pub feeds: watch::Receiver<Arc<Vec<Arc<FeedSettings>>>>,
    /// How the whole of polling behaves.
    pub settings: PollSettings,
    /// How polite to be.
    pub politeness: Politeness,
    /// Which articles are worth fetching their page.
    pub candidate: Candidate,
    /// What is counted.
    pub metrics: Metrics,
}

/// Polls until `stop` is cancelled; then polls under way get a moment to end, and everything that
/// has ended is committed.
///
/// # Errors
/// [`LogError::Fatal`]: the process has to end.
pub async fn run<L: Log>(log: L, poller: Poller, stop: CancellationToken) -> Result<(), LogError> {
    let membership =
        Membership { group: NAME.to_owned(), topic: Topic::FeedState, assignment_only: true };
    let Some(member) = runner::join(&log, &membership, NAME, &stop).await? else { return Ok(()) };
    let fetcher = Fetcher::new(
        &poller.settings.user_agent,
        poller.settings.concurrency,
        Gates::new(poller.politeness),
    );
    let visitor =
        Arc::new(Visitor { fetcher, candidate: poller.candidate, readers: visit::readers() });
    let mut stage = Stage {
        log,
        member,
        book: Book::default(),
        feeds: poller.feeds,
        most: poller.settings.concurrency.max(1) * QUEUE_PER_FETCH,
        visitor,
        visits: JoinSet::new(),
        finished: Vec::new(),
        report: Report::new(poller.metrics),
        list_open: true,
        stale: false,
        retry: None,
        pause: PAUSE.0,
        flushed: Instant::now(),
        turned: Instant::now(),
    };
    let ended = stage.turn_until(&stop).await;
    let drained = match ended {
        Ok(()) => stage.drain().await,
        Err(fatal) => Err(fatal),
    };
    stage.visits.shutdown().await;
    stage.member.close().await;
    drained
}

struct Stage<L: Log> {
    log: L,
    member: L::Member,
    book: Book,
    feeds: watch::Receiver<Arc<Vec<Arc<FeedSettings>>>>,
    most: usize,
    visitor: Arc<Visitor>,
    visits: JoinSet<Visit>,
    finished: Vec<Visit>,
    report: Report,
    /// False once nobody can send another list of feeds.
    list_open: bool,
    /// True where the book does not agree with the list or the partitions.
    stale: bool,
    /// The log did not answer: not before then again.
    retry: Option<Instant>,
    pause: Duration,
    flushed: Instant,
    turned: Instant,
}

impl<L: Log> Stage<L> {
    async fn turn_until(&mut self, stop: &CancellationToken) -> Result<(), LogError> {
        while !stop.is_cancelled() {
            self.report.turned();
            self.start_due();
            if self.retry.is_none_or(|at| at <= Instant::now()) {
                let outcome = self.settle_with_log().await;
                self.heed(outcome)?;
            }
            let wake = self.next_wake();
            tokio::select! {
                biased;
                () = stop.cancelled() => {}
                event = self.member.next(1, TICK) => self.hear(event)?,
                changed = self.feeds.changed(), if self.list_open => match changed {
                    Ok(()) => self.stale = true,
                    // Nobody can send another list; the present one stays.
                    Err(_) => self.list_open = false,
                },
                Some(ended) = self.visits.join_next() => self.take(ended),
                () = tokio::time::sleep_until(wake) => {}
            }
            while let Some(ended) = self.visits.try_join_next() {
                self.take(ended);
            }
        }
        Ok(())
    }

    /// Starts what is due, as far as there is room.
    fn start_due(&mut self) {
        let now = Instant::now();
        let gap = now - std::mem::replace(&mut self.turned, now);
        if gap > FREEZE {
            info!("polling stood still for {} s; overdue polls are spread", gap.as_secs());
            self.book.spread_overdue(now);
        }
        while self.visits.len() < self.most && self.finished.len() < BACKLOG {
            let Some(call) = self.book.next_due(now) else { return };
            let visitor = Arc::clone(&self.visitor);
            self.visits.spawn(async move { visitor.visit(call).await });
        }
    }

    fn next_wake(&self) -> Instant {
        let tick = Instant::now() + TICK;
        let full = self.visits.len() >= self.most || self.finished.len() >= BACKLOG;
        let due = self.book.next_wake().filter(|_| !full).unwrap_or(tick);
        // Something to commit, and the log is not being waited for: at once.
        let at_once = Instant::now();
        let work = if self.finished.is_empty() { tick } else { self.retry.unwrap_or(at_once) };
        due.min(work).min(tick)
    }

    fn take(&mut self, ended: Result<Visit, tokio::task::JoinError>) {
        match ended {
            Ok(visit) => self.finished.push(visit),
            // Only when the runtime ends: panics of a visit are caught within it.
            Err(cause) => error!(error = %cause, "a poll was cut off: {cause}"),
        }
    }

    fn hear(&mut self, event: Result<Event, LogError>) -> Result<(), LogError> {
        match event {
            Ok(Event::Assigned(partitions)) => {
                info!(
                    stage = NAME,
                    ?partitions,
                    "`{NAME}` was given {}",
                    counted(partitions.len(), "partition")
                );
                self.stale = true;
            }
            Ok(Event::Revoked(partitions)) => {
                info!(
                    stage = NAME,
                    ?partitions,
                    "`{NAME}` gave up {}",
                    counted(partitions.len(), "partition")
                );
                let feeds = self.feeds.borrow().clone();
                self.book.keep_only(&self.ours(&feeds));
            }
            Ok(Event::Records(_) | Event::Idle) => {}
            Err(error) => return self.heed(Err(error)),
        }
        Ok(())
    }

    /// The feeds whose hosts lie in partitions that are ours.
    fn ours<'f>(&self, feeds: &'f [Arc<FeedSettings>]) -> Vec<&'f Arc<FeedSettings>> {
        let assigned = self.member.assigned();
        let partition =
            |feed: &FeedSettings| self.member.partition_of(Topic::FeedState, feed.host());
        feeds.iter().filter(|feed| assigned.contains(&partition(feed))).collect()
    }
}
