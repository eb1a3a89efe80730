//! What the outside learns of polls: metrics, and one log line per change of a feed's health.

use tracing::{info, warn};

use super::book::Book;
use super::visit::Visit;
use crate::metrics::Metrics;
use crate::model::{Arrival, Health};

pub(super) struct Report {
    metrics: Metrics,
}

impl Report {
    pub(super) fn new(metrics: Metrics) -> Self {
        Self { metrics }
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
        for article in &visit.articles {
            metrics.articles_total.with_label_values(&[label(article.arrival)]).inc();
            if let (Arrival::Live, Some(published)) = (article.arrival, article.published) {
                let age = (article.first_seen - published).as_seconds_f64();
                metrics.article_age_seconds.observe(age.max(0.0));
            }
        }
        tell(visit);
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
            info!(feed, entries = state.entries, "`{feed}` answers with {} entries", state.entries);
        }
        Health::New | Health::Ok => info!(ops = true, feed, was, is, "`{feed}` is well again"),
        _ => warn!(ops = true, feed, was, is, cause, "`{feed}` is {is}: {cause}"),
    }
}
