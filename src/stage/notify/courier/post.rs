//! One post, and the commits around it.

use std::time::Duration;

use chrono::TimeDelta;

use super::{Courier, STAGE};
use crate::log::{Log, LogError, Member, Position, Record, Topic, Unit};
use crate::notify::error::DeliveryError;
use crate::notify::outbox::{Batch, Finished, Output};
use crate::notify::receiver::Posted;
use crate::notify::retry::plus;
use crate::stage::notify::Clock;
use crate::stage::runner::Pause;

/// A receiver that has not answered by then never will, whatever its client believes.
const LONGEST_POST: Duration = Duration::from_secs(330);
/// A pause of the address that is not worth holding the loop for.
const LONG_PAUSE: TimeDelta = TimeDelta::seconds(5);
/// Attempts to commit after the request to stop.
const LAST_TRIES: u32 = 20;

impl<L: Log, C: Clock> Courier<L, C> {
    /// One post: pace, intent, post, delivery.
    pub(super) async fn deliver(
        &mut self,
        member: &mut L::Member,
        mut batch: Batch,
    ) -> Result<(), LogError> {
        let address = self.outlet.address.clone();
        let mut free = address.free().lock().await;
        if let Some(until) = free.filter(|at| *at > self.clock.now() + LONG_PAUSE) {
            // Another loop, or another receiver at this address, was asked to wait.
            self.outbox.leave_alone(until);
            return Ok(());
        }
        if let Some(wait) = free.and_then(|at| (at - self.clock.now()).to_std().ok()) {
            tokio::select! {
                // Never longer than the pace, wherever the clock was set to meanwhile.
                () = self.clock.sleep(wait.min(address.interval())) => {}
                () = self.stop.cancelled() => return Ok(()),
            }
        }
        let now = self.clock.now();
        batch.letter.now = now;
        let intents = self.outbox.begin(&batch, now);
        let outputs = intents.iter().map(|it| record(Output::delivery(it.key(), it))).collect();
        self.commit(member, outputs).await?;
        let intended = u64::try_from(intents.len()).unwrap_or(u64::MAX);
        let name = self.outlet.name.as_str();
        self.metrics.deliveries_intended_total.with_label_values(&[name]).inc_by(intended);
        self.metrics.deliveries_in_doubt_total.with_label_values(&[name]).inc_by(batch.doubtful);
        self.outbox.begun(&batch, intents, now);
        let result = self.post(&batch).await;
        let now = self.clock.now();
        let next = plus(now, address.interval());
        let asked = result.as_ref().err().and_then(DeliveryError::retry_after);
        *free = Some(asked.map_or(next, |wait| plus(now, wait).max(next)));
        drop(free);
        self.count(&result);
        let finished = self.outbox.finish(&batch, result, now);
        self.settle(member, finished).await
    }

    async fn post(&self, batch: &Batch) -> Result<Posted, DeliveryError> {
        let receiver = &self.outlet.receiver;
        if batch.look_up
            && let Some(posted) = receiver.find(&batch.letter).await?
        {
            return Ok(posted);
        }
        let name = self.outlet.name.as_str();
        let doubtful = self.metrics.deliveries_possible_duplicate_total.with_label_values(&[name]);
        doubtful.inc_by(batch.possible_duplicates);
        if self.outbox.health().asked.is_some_and(|asked| batch.letter.now < asked) {
            self.metrics.retry_after_violations_total.inc();
        }
        let body = receiver.render(&batch.letter)?;
        let post = receiver.post(&batch.letter, body);
        let late = |_| DeliveryError::Timeout(LONGEST_POST);
        tokio::time::timeout(LONGEST_POST, post).await.map_err(late)?
    }

    /// Commits what a post came to. The post cannot be undone, so this is tried for as long as
    /// the log can be hoped for.
    pub(super) async fn settle(
        &mut self,
        member: &mut L::Member,
        finished: Finished,
    ) -> Result<(), LogError> {
        self.report(&finished);
        if finished.outputs.is_empty() && finished.delivered.is_empty() {
            return Ok(());
        }
        self.commit_at_last(member, finished.outputs.into_iter().map(record).collect()).await
    }

    /// Commits, again and again while the log cannot be reached.
    pub(super) async fn commit_at_last(
        &mut self,
        member: &mut L::Member,
        outputs: Vec<(Topic, Record)>,
    ) -> Result<(), LogError> {
        let mut pause = Pause::new(STAGE);
        let mut last_tries = 0;
        loop {
            match self.commit(member, outputs.clone()).await {
                Err(LogError::Transient(cause)) => {
                    if self.stop.is_cancelled() {
                        last_tries += 1;
                        if last_tries > LAST_TRIES {
                            return Err(LogError::Transient(cause));
                        }
                        tokio::time::sleep(Duration::from_millis(100)).await;
                    }
                    pause.wait(&cause, &self.stop).await;
                }
                other => return other,
            }
        }
    }

    pub(super) async fn store(&mut self, member: &mut L::Member) -> Result<(), LogError> {
        if self.outbox.positions().is_empty() {
            return Ok(());
        }
        self.commit(member, Vec::new()).await
    }

    /// Commits records together with every position that may be.
    pub(super) async fn commit(
        &mut self,
        member: &mut L::Member,
        outputs: Vec<(Topic, Record)>,
    ) -> Result<(), LogError> {
        let positions = self.outbox.positions();
        let done = positions
            .iter()
            .map(|it| Position { partition: it.partition, next: it.offset })
            .collect();
        member.commit(Unit { outputs, done }).await?;
        self.outbox.stored(&positions);
        Ok(())
    }
}

pub(super) fn record(output: Output) -> (Topic, Record) {
    match output {
        Output::Delivery { key, value } => {
            (Topic::Deliveries, Record { key, value, headers: Vec::new(), partition_by: None })
        }
        Output::DeadLetter { key, value, headers } => {
            let headers = headers.into_iter().map(|(name, it)| (name.to_owned(), it.into_bytes()));
            let headers = headers.collect();
            (Topic::DeadLetters, Record { key, value: Some(value), headers, partition_by: None })
        }
    }
}
