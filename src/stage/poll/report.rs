//! What the outside learns of polls: metrics, and one log line per change of a feed's health.

use tracing::{info, warn};

use super::book::Book;
use super::visit::Visit;
use crate::metrics::{FEED_OUTCOMES, MOST_SINGLE_FEEDS, Metrics};
use crate::model::{Arrival, Health, counted};

pub(super) struct Report {
    metrics: Metrics,
    /// Whether each feed has series of its own.
    single: bool,
}

impl Report {
    pub(super) fn new(metrics: Metrics) -> Self {
        Self { metrics, single: false }
    }

    /// Counts a committed poll.
    pub(super) fn ended(&self, visit: &Visit) {
        let metrics = &self.metrics;
        metrics.polls_total.with_label_values(&[visit.label]).inc();
        metrics.poll_duration_seconds.observe(visit.took.as_secs_f64());
        metrics.poll_lateness_seconds.observe(visit.late.as_secs_f64());
        metrics.poll_body_bytes_total.inc_by(u64::try_from(visit.bytes).unwrap_or(u64::MAX));
        for oddity in &visit.settled.oddities {
            metrics.feed_oddities_total.with_label_values(&[*oddity]).inc();
        }
        if self.single {
            self.of_feed(visit);
        }
        for article in &visit.articles {
            metrics.articles_total.with_label_values(&[label(article.arrival)]).inc();
            if let (Arrival::Live, Some(published)) = (article.arrival, article.published) {
                let age = (article.first_seen - published).as_seconds_f64();
                metrics.article_age_seconds.observe(age.max(0.0));
            }
        }
        tell(visit);
    }

    /// Decides by their number whether each feed has series of its own.
    pub(super) fn expect_feeds(&mut self, feeds: usize) {
        self.single = feeds <= MOST_SINGLE_FEEDS;
    }

    /// Counts for the feed alone.
    fn of_feed(&self, visit: &Visit) {
        let (metrics, feed) = (&self.metrics, &*visit.key);
        let [ok, failed] = FEED_OUTCOMES;
        let outcome = if visit.known.state.failures == 0 { ok } else { failed };
        metrics.feed_polls_total.with_label_values(&[feed, outcome]).inc();
        if let Some(at) = visit.known.state.last_success {
            let gauge = metrics.feed_last_success_timestamp_seconds.with_label_values(&[feed]);
            gauge.set(at.timestamp_millis() as f64 / 1_000.0);
        }
        let live = visit.articles.iter().filter(|article| article.arrival == Arrival::Live).count();
        let counter = metrics.feed_articles_total.with_label_values(&[feed]);
        counter.inc_by(u64::try_from(live).unwrap_or(u64::MAX));
    }

    /// Notes that poll asked the log.
    pub(super) fn turned(&self) {
        self.metrics.turned(super::NAME, crate::stage::now());
    }

    /// Shows how many feeds are in each state.
    pub(super) fn count_feeds(&self, book: &Book) {
        for (health, count) in book.count() {
            let gauge = self.metrics.feeds.with_label_values(&[health.label()]);
            gauge.set(i64::try_from(count).unwrap_or(i64::MAX));
        }
    }
}

fn label(arrival: Arrival) -> &'static str {
    match arrival {
        Arrival::Live => "live",
        Arrival::Seed => "seed",
        Arrival::Edit => "edit",
        Arrival::Canary => "canary",
    }
}

/// One line when a feed's health changes; repeats are silent.
fn tell(visit: &Visit) {
    let state = &visit.known.state;
    let feed = &*visit.key;
    let fresh = visit.articles.iter().filter(|article| article.arrival == Arrival::Live).count();
    if fresh > 0 {
        info!(feed, new = fresh, "{fresh} new from `{feed}`");
    }
    let Some(was) = visit.settled.was else { return };
    let (was, is) = (was.label(), state.health.label());
    let cause = state.cause.as_deref().unwrap_or_default();
    match state.health {
        Health::Ok if was == "new" => {
            let entries = state.entries;
            info!(feed, entries, "`{feed}` answers with {}", counted(entries, "entry"));
        }
        Health::New | Health::Ok => info!(ops = true, feed, was, is, "`{feed}` is well again"),
        Health::Parse => {
            warn!(ops = true, feed, was, is, cause, "`{feed}` cannot be read: {cause}")
        }
        _ => warn!(ops = true, feed, was, is, cause, "`{feed}` is {is}: {cause}"),
    }
}
