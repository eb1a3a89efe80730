//! The loop of one receiver over one topic.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use super::memory::remember;
use super::{Clock, Outlet};
use crate::log::{
    Event, Log, LogError, Member, Membership, Position, Received, Record, Topic, Unit,
};
use crate::metrics::Metrics;
use crate::model::{Move, SCHEMA, Tagged};
use crate::notify::error::DeliveryError;
use crate::notify::message::News;
use crate::notify::outbox::{Batch, Finished, Memory, Outbox, Output, Place, Rules};
use crate::notify::receiver::Posted;
use crate::stage::runner::{Pause, dead_letter};

/// Name of the stage in metrics and headers.
const STAGE: &str = "notify";
/// Records taken at once.
const READ: usize = 256;
/// Messages that wait at most; the rest waits in the topic.
const MAX_WAITING: usize = 20_000;
/// Longest wait before looking at the clock again.
const TICK: Duration = Duration::from_secs(1);
/// How often silences and errands of other processes are looked for.
const REFRESH: TimeDelta = TimeDelta::seconds(15);
/// Clocks of other processes may be this far off.
const SKEW: TimeDelta = TimeDelta::seconds(60);
/// A receiver that has not answered by then never will, whatever its client believes.
const LONGEST_POST: Duration = Duration::from_secs(330);
/// Attempts to commit after the request to stop.
const LAST_TRIES: u32 = 20;

/// The loop.
pub(super) struct Courier<L: Log, C: Clock> {
    log: L,
    topic: Topic,
    outlet: Outlet,
    metrics: Metrics,
    clock: C,
    stop: CancellationToken,
    outbox: Outbox,
    /// Silences as last seen, for the next look.
    memory: Memory,
    refreshed: DateTime<Utc>,
    /// What the clock said last.
    clocked: DateTime<Utc>,
    /// What this loop added to the gauge of waiting messages.
    shown: i64,
    /// What the receiver's last refusal was, which is said once.
    said: Option<&'static str>,
    /// Records were left in the topic because too much waited.
    missed: bool,
    /// What of the memory is no longer that of the log.
    stale: Stale,
}

/// What has to be rebuilt from the log before anything else.
enum Stale {
    Nothing,
    /// These partitions were assigned, perhaps to others that are held on to.
    Partitions(Vec<i32>),
    /// A commit failed because a partition was lost; the log gives all that is not done again.
    All,
}

impl<L: Log, C: Clock> Courier<L, C> {
    pub(super) fn new(
        log: L,
        topic: Topic,
        outlet: Outlet,
        rules: Arc<Rules>,
        metrics: Metrics,
        clock: C,
        stop: CancellationToken,
    ) -> Self {
        let now = clock.now();
        let outbox = Outbox::new(&outlet.name, outlet.receiver.habits(), rules, now);
        Self {
            log,
            topic,
            outlet,
            metrics,
            clock,
            stop,
            outbox,
            memory: Memory::default(),
            refreshed: now,
            clocked: now,
            shown: 0,
            said: None,
            missed: false,
            stale: Stale::Nothing,
        }
    }

    fn membership(&self) -> Membership {
        let group = match self.topic {
            Topic::Tagged => format!("notify.{}.mentions", self.outlet.name),
            _ => format!("notify.{}", self.outlet.name),
        };
        Membership { group, topic: self.topic, assignment_only: false }
    }

    pub(super) async fn run(mut self) -> Result<(), LogError> {
        let mut pause = Pause::new(STAGE);
        let mut member: Option<L::Member> = None;
        let ended = loop {
            if self.stop.is_cancelled() {
                break Ok(());
            }
            let done = async {
                let member = match &mut member {
                    Some(member) => member,
                    none => none.insert(self.log.join(self.membership()).await?),
                };
                self.step(member).await
            };
            match done.await {
                Ok(Next::Go) => pause.over(),
                Ok(Next::Rejoin) => {
                    if let Some(member) = member.take() {
                        member.close().await;
                    }
                }
                Err(LogError::Lost) => self.stale = Stale::All,
                Err(LogError::Transient(cause)) => pause.wait(&cause, &self.stop).await,
                Err(fatal) => break Err(fatal),
            }
        };
        self.show(0);
        if let Some(member) = member {
            member.close().await;
        }
        ended
    }

    async fn step(&mut self, member: &mut L::Member) -> Result<Next, LogError> {
        if !matches!(self.stale, Stale::Nothing) {
            self.rebuild(member).await?;
        }
        let now = self.read_clock();
        if now - self.refreshed >= REFRESH {
            self.refresh(now).await?;
        }
        let expired = self.outbox.expire(now);
        self.settle(member, expired).await?;
        if let Some(batch) = self.outbox.take(now) {
            self.deliver(member, batch).await?;
        }
        self.store(member).await?;
        self.show(self.outbox.waiting());
        if self.missed && self.outbox.waiting() < MAX_WAITING / 2 {
            self.missed = false;
            return Ok(Next::Rejoin);
        }
        self.receive(member).await?;
        Ok(Next::Go)
    }

    /// The time; what waits is moved along where the clock was set back.
    fn read_clock(&mut self) -> DateTime<Utc> {
        let now = self.clock.now();
        let back = self.clocked - now;
        if back > SKEW {
            let name = self.outlet.name.as_str();
            warn!(receiver = name, "the clock was set back by {} s", back.num_seconds());
            self.outbox.clock_was_set_back(back);
            self.refreshed = now - REFRESH;
        }
        self.clocked = now;
        now
    }

    /// How long to wait for records: until something is due, at most a tick.
    fn wait(&self) -> Duration {
        let due = self.outbox.next_due().map(|due| due - self.clock.now());
        due.map_or(TICK, |due| due.to_std().unwrap_or(Duration::ZERO)).min(TICK)
    }

    async fn receive(&mut self, member: &mut L::Member) -> Result<(), LogError> {
        self.metrics.turned(&self.membership().group, self.clock.now());
        let wait = self.wait();
        let event = tokio::select! {
            event = member.next(READ, wait) => event?,
            () = self.stop.cancelled() => return Ok(()),
        };
        match event {
            Event::Assigned(partitions) => {
                info!(
                    receiver = self.outlet.name,
                    ?partitions,
                    "receiver `{}` takes {} partitions of `{}`",
                    self.outlet.name,
                    partitions.len(),
                    self.topic.name()
                );
                self.stale = Stale::Partitions(partitions);
            }
            Event::Revoked(partitions) => self.outbox.forget(&partitions),
            Event::Idle => {}
            Event::Records(records) => self.offer(member, &records).await?,
        }
        Ok(())
    }

    async fn offer(
        &mut self,
        member: &mut L::Member,
        records: &[Received],
    ) -> Result<(), LogError> {
        let mut bad = Vec::new();
        for received in records {
            if self.outbox.waiting() >= MAX_WAITING {
                if !self.missed {
                    warn!(
                        receiver = self.outlet.name,
                        "{MAX_WAITING} messages wait for receiver `{}`; the rest stays in the topic",
                        self.outlet.name
                    );
                }
                self.missed = true;
                break;
            }
            let outcome = self.judge(received).unwrap_or_else(|reason| {
                bad.push((Topic::DeadLetters, dead_letter(received, STAGE, &reason)));
                self.metrics.dead_letters_total.with_label_values(&[STAGE]).inc();
                "rejected"
            });
            self.metrics.stage_records_total.with_label_values(&[STAGE, outcome]).inc();
        }
        if bad.is_empty() {
            return Ok(());
        }
        // The outbox counts them as done: their dead letters must not be lost to a failed commit.
        self.commit_at_last(member, bad).await
    }

    /// Looks at one record; an error says why it can never be read.
    fn judge(&mut self, received: &Received) -> Result<&'static str, String> {
        let place = Place { partition: received.partition, offset: received.offset };
        let now = self.clock.now();
        let Some(value) = &received.value else {
            self.outbox.remove(&received.key, place);
            return Ok("deleted");
        };
        let parsed = match self.topic {
            Topic::Tagged => read(value, |tagged: &Tagged| tagged.schema)
                .map(|tagged| self.outbox.offer_mention(Arc::new(tagged), place, now)),
            _ => read(value, |mv: &Move| mv.schema)
                .map(|mv| self.outbox.offer_move(Arc::new(mv), place, now)),
        };
        if parsed.is_err() {
            self.outbox.skip(place);
        }
        parsed
    }

    /// One post: pace, intent, post, delivery.
    async fn deliver(&mut self, member: &mut L::Member, mut batch: Batch) -> Result<(), LogError> {
        let pace = self.outlet.pace.clone();
        let mut free = pace.lock().await;
        if let Some(wait) = free.and_then(|at| (at - self.clock.now()).to_std().ok()) {
            // Never longer than the pace, wherever the clock was set to meanwhile.
            tokio::select! {
                () = self.clock.sleep(wait.min(self.outlet.interval)) => {}
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
        *free = Some(now + TimeDelta::from_std(self.outlet.interval).unwrap_or_default());
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
    async fn settle(&mut self, member: &mut L::Member, finished: Finished) -> Result<(), LogError> {
        self.report(&finished);
        if finished.outputs.is_empty() && finished.delivered.is_empty() {
            return Ok(());
        }
        self.commit_at_last(member, finished.outputs.into_iter().map(record).collect()).await
    }

    /// Commits, again and again while the log cannot be reached.
    async fn commit_at_last(
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

    async fn store(&mut self, member: &mut L::Member) -> Result<(), LogError> {
        if self.outbox.positions().is_empty() {
            return Ok(());
        }
        self.commit(member, Vec::new()).await
    }

    /// Commits records together with every position that may be.
    async fn commit(
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

    /// Rebuilds the memory from the log.
    async fn rebuild(&mut self, member: &mut L::Member) -> Result<(), LogError> {
        let now = self.clock.now();
        let mut memory = remember(&self.log, &self.outlet.name, None, Memory::default()).await?;
        self.memory = Memory { silences: memory.silences.clone(), ..Memory::default() };
        if self.topic != Topic::Moves {
            memory.errands.clear();
        }
        let first = match &self.stale {
            Stale::Partitions(assigned) => self.outbox.extend(assigned, memory, now),
            Stale::Nothing | Stale::All => self.outbox.restore(memory, now),
        };
        self.refreshed = now;
        if let Some(state) = first {
            let key = crate::model::delivery::delivery_key(&self.outlet.name, "");
            self.commit(member, vec![record(Output::delivery(key, &state))]).await?;
        }
        self.stale = Stale::Nothing;
        Ok(())
    }

    /// Looks for silences and errands that other processes left since the last look.
    async fn refresh(&mut self, now: DateTime<Utc>) -> Result<(), LogError> {
        let since = Some(self.refreshed - SKEW);
        let start = std::mem::take(&mut self.memory);
        self.memory.silences.clone_from(&start.silences);
        let mut seen = remember(&self.log, &self.outlet.name, since, start).await?;
        self.memory = Memory { silences: seen.silences.clone(), ..Memory::default() };
        if self.topic != Topic::Moves {
            seen.errands.clear();
        }
        let silences = seen.silences.into_values().collect();
        self.outbox.hear(silences, seen.errands, now);
        self.refreshed = now;
        Ok(())
    }

    /// Counts an attempt; a refusal is a log line when it is another one than the last.
    fn count(&mut self, result: &Result<Posted, DeliveryError>) {
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

    fn report(&self, finished: &Finished) {
        let name = self.outlet.name.as_str();
        let now = self.clock.now();
        for news in &finished.delivered {
            let since = |at: DateTime<Utc>| (now - at).num_milliseconds().max(0) as f64 / 1_000.0;
            if let Some(published) = news.published() {
                self.metrics.publish_to_post_seconds.observe(since(published));
            }
            self.metrics.first_seen_to_post_seconds.observe(since(news.at()));
            let what = match news {
                News::Move(news) => crate::notify::card::headline(&news.mv),
                News::Mention(tagged) => tagged.article.id.clone(),
            };
            info!(receiver = name, event = news.event().label(), "told `{name}`: {what}");
        }
        if finished.dead > 0 {
            self.metrics.dead_letters_total.with_label_values(&[STAGE]).inc_by(finished.dead);
            error!(
                receiver = name,
                "{} messages for receiver `{name}` were given up; see `talentwire dead-letters list`",
                finished.dead
            );
        }
        if finished.disabled {
            error!(receiver = name, "receiver `{name}` is disabled until talentwire starts anew");
        }
        let disabled = i64::from(self.outbox.health().disabled.is_some());
        self.metrics.receiver_disabled.with_label_values(&[name]).set(disabled);
    }

    fn show(&mut self, waiting: usize) {
        let name = self.outlet.name.as_str();
        let waiting = i64::try_from(waiting).unwrap_or(i64::MAX);
        self.metrics.delivery_queue.with_label_values(&[name]).add(waiting - self.shown);
        self.shown = waiting;
        if self.topic == Topic::Moves {
            let oldest = self.outbox.oldest().map(|at| self.clock.now() - at);
            let seconds = oldest.map_or(0.0, |age| age.num_seconds().max(0) as f64);
            self.metrics.delivery_queue_oldest_seconds.with_label_values(&[name]).set(seconds);
        }
    }
}

enum Next {
    Go,
    /// Leave the group and join again: records were left behind.
    Rejoin,
}

fn record(output: Output) -> (Topic, Record) {
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

/// Reads a record of this version or an older one.
fn read<T: serde::de::DeserializeOwned>(value: &[u8], schema: fn(&T) -> u16) -> Result<T, String> {
    let record: T = serde_json::from_slice(value).map_err(|error| error.to_string())?;
    match schema(&record) {
        found if found > SCHEMA => {
            Err(format!("record of schema {found}; this version reads up to {SCHEMA}"))
        }
        _ => Ok(record),
    }
}
