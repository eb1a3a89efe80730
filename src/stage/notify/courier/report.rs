//! What an operator sees of the loop: metrics and log lines.

use chrono::{DateTime, Utc};
use tracing::{error, info, warn};

use super::{Courier, STAGE};
use crate::log::Log;
use crate::model::counted;
use crate::notify::card::headline;
use crate::notify::error::DeliveryError;
use crate::notify::message::News;
use crate::notify::outbox::Finished;
use crate::notify::receiver::Posted;
use crate::stage::notify::Clock;

impl<L: Log, C: Clock> Courier<L, C> {
    /// Counts an attempt; a refusal is a log line when it is another one than the last.
    pub(super) fn count(&mut self, result: &Result<Posted, DeliveryError>) {
        let name = self.outlet.name.as_str();
        let refusal = result.as_ref().err().map(DeliveryError::label);
        let label = refusal.unwrap_or("delivered");
        self.metrics.deliveries_total.with_label_values(&[name, label]).inc();
        if std::mem::replace(&mut self.said, refusal) == refusal {
            return;
        }
        match result {
            Ok(_) => info!(receiver = name, "receiver `{name}` takes messages again"),
            Err(problem) => warn!(
                receiver = name,
                error = %problem,
                "receiver `{name}` did not take a message: {problem}"
            ),
        }
    }

    pub(super) fn report(&self, finished: &Finished) {
        let name = self.outlet.name.as_str();
        let now = self.clock.now();
        for news in &finished.delivered {
            let since = |at: DateTime<Utc>| (now - at).num_milliseconds().max(0) as f64 / 1_000.0;
            if let Some(published) = news.published() {
                self.metrics.publish_to_post_seconds.observe(since(published));
            }
            self.metrics.first_seen_to_post_seconds.observe(since(news.at()));
            let what = match news {
                News::Move(news) => headline(&news.mv),
                News::Mention(tagged) => tagged.article.id.clone(),
            };
            info!(receiver = name, event = news.event().label(), "told `{name}`: {what}");
        }
        if finished.dead > 0 {
            self.metrics.dead_letters_total.with_label_values(&[STAGE]).inc_by(finished.dead);
            error!(
                receiver = name,
                "given up for receiver `{name}`: {}; see `talentwire dead-letters list`",
                counted(finished.dead, "message")
            );
        }
        if let (true, Some(why)) = (finished.disabled, &self.outbox.health().disabled) {
            self.common.disable(why);
            self.metrics.receiver_disabled.with_label_values(&[name]).set(1);
            error!(
                receiver = name,
                "receiver `{name}` is disabled until the next reload or restart: {why}"
            );
        }
    }

    pub(super) fn show(&mut self, waiting: usize) {
        let name = self.outlet.name.as_str();
        let waiting = i64::try_from(waiting).unwrap_or(i64::MAX);
        self.metrics.delivery_queue.with_label_values(&[name]).add(waiting - self.shown);
        self.shown = waiting;
        let oldest = self.common.oldest(self.topic, self.outbox.oldest());
        let age = oldest.map(|at| (self.clock.now() - at).num_seconds().max(0));
        let gauge = self.metrics.delivery_queue_oldest_seconds.with_label_values(&[name]);
        gauge.set(age.unwrap_or(0) as f64);
    }
}
