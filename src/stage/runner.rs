//! Receive, judge, commit, count: written once, used by `tag` and `track`.
//!
//! In: records of one topic. Out: what the stage emits, committed together with the input
//! positions. Every record ends in exactly one counted outcome. A record that can never succeed
//! goes to `dead-letters` with its original bytes; a log that does not answer is waited for.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::log::{
    Event, Log, LogError, Member, Membership, Position, Received, Record, Topic, Unit,
};
use crate::metrics::Metrics;
use crate::model::counted;

/// Records taken at once: enough to share the cost of a commit, few enough to commit often.
const BATCH: usize = 256;
/// How long to wait for records before looking at `stop` again.
const WAIT: Duration = Duration::from_secs(1);
/// After so long without a partition the others of the group have them all.
const SPARE: Duration = Duration::from_secs(30);
/// Longest pause between two attempts to reach the log.
const MAX_PAUSE: Duration = Duration::from_secs(5);

/// What a stage decided about one record. Every arm lets the position advance.
#[derive(Debug)]
pub enum Outcome {
    /// Publish these; counted under the label.
    Emit(&'static str, Vec<(Topic, Record)>),
    /// Understood and ignored on purpose; counted under the label.
    Drop(&'static str),
    /// Can never succeed; its bytes go to `dead-letters` with this reason.
    Reject(String),
}

/// A stage without effects of its own.
pub trait Stage<L: Log>: Send + 'static {
    /// Name in metrics, headers and log lines.
    const NAME: &'static str;

    /// Forgets everything and rebuilds the memory from the log: after an assignment, and after a
    /// commit that failed.
    fn rebuild(&mut self, log: &L) -> impl Future<Output = Result<(), LogError>> + Send;

    /// True where what the stage goes by was replaced, so that the memory must be rebuilt.
    fn is_stale(&self) -> bool {
        false
    }

    /// Judges one record.
    fn judge(&mut self, received: &Received) -> Outcome;
}

/// Held by a stage until its memory is that of the log. Whoever has the receiver sees the last
/// sender go.
pub type Rebuilding = mpsc::Sender<()>;

/// Runs a stage until `stop` is cancelled; lets go of `rebuilding` when its memory is first rebuilt,
/// or when there is nothing to rebuild because other members have all partitions.
///
/// # Errors
/// [`LogError::Fatal`]: the process has to end.
pub async fn run<L: Log, S: Stage<L>>(
    log: L,
    membership: Membership,
    mut stage: S,
    metrics: Metrics,
    rebuilding: Rebuilding,
    stop: CancellationToken,
) -> Result<(), LogError> {
    let Some(mut member) = join(&log, &membership, S::NAME, &stop).await? else { return Ok(()) };
    let mut pause = Pause::new(S::NAME);
    let mut stale = false;
    let (joined, mut rebuilding) = (Instant::now(), Some(rebuilding));
    let ended = loop {
        if stop.is_cancelled() {
            break Ok(());
        }
        let done = async {
            if std::mem::take(&mut stale) || stage.is_stale() {
                stage.rebuild(&log).await?;
            }
            step(&log, &mut member, &mut stage, &metrics, &stop).await
        };
        match done.await {
            Ok(()) => {
                pause.over();
                if rebuilding.is_some()
                    && (!member.assigned().is_empty() || joined.elapsed() > SPARE)
                {
                    rebuilding = None;
                }
            }
            Err(LogError::Lost) => stale = true,
            Err(LogError::Transient(cause)) => {
                stale = true;
                pause.wait(&cause, &stop).await;
            }
            Err(fatal) => break Err(fatal),
        }
    };
    member.close().await;
    ended
}

pub(super) async fn join<L: Log>(
    log: &L,
    membership: &Membership,
    name: &'static str,
    stop: &CancellationToken,
) -> Result<Option<L::Member>, LogError> {
    let mut pause = Pause::new(name);
    while !stop.is_cancelled() {
        match log.join(membership.clone()).await {
            Ok(member) => return Ok(Some(member)),
            Err(fatal @ LogError::Fatal(_)) => return Err(fatal),
            Err(other) => pause.wait(&other.to_string(), stop).await,
        }
    }
    Ok(None)
}

async fn step<L: Log, S: Stage<L>>(
    log: &L,
    member: &mut L::Member,
    stage: &mut S,
    metrics: &Metrics,
    stop: &CancellationToken,
) -> Result<(), LogError> {
    metrics.turned(S::NAME, super::now());
    let event = tokio::select! {
        event = member.next(BATCH, WAIT) => event?,
        () = stop.cancelled() => return Ok(()),
    };
    match event {
        Event::Assigned(partitions) => {
            info!(
                stage = S::NAME,
                ?partitions,
                "`{}` was given {}",
                S::NAME,
                counted(partitions.len(), "partition")
            );
            stage.rebuild(log).await
        }
        Event::Revoked(partitions) => {
            info!(
                stage = S::NAME,
                ?partitions,
                "`{}` gave up {}",
                S::NAME,
                counted(partitions.len(), "partition")
            );
            Ok(())
        }
        Event::Idle => Ok(()),
        Event::Records(records) => {
            let begun = Instant::now();
            let (unit, counts) = judge_all(stage, &records);
            member.commit(unit).await?;
            count::<L, S>(metrics, &counts);
            let histogram = metrics.stage_batch_duration_seconds.with_label_values(&[S::NAME]);
            histogram.observe(begun.elapsed().as_secs_f64());
            Ok(())
        }
    }
}

fn judge_all<L: Log, S: Stage<L>>(
    stage: &mut S,
    records: &[Received],
) -> (Unit, Vec<&'static str>) {
    let mut unit = Unit::default();
    let mut counts = Vec::with_capacity(records.len());
    for received in records {
        // A panic is a bug of ours; the record is kept for its repair and the flow goes on.
        let outcome = catch_unwind(AssertUnwindSafe(|| stage.judge(received)))
            .unwrap_or_else(|_| Outcome::Reject("the stage panicked on this record".to_owned()));
        counts.push(match outcome {
            Outcome::Emit(label, outputs) => {
                unit.outputs.extend(outputs);
                label
            }
            Outcome::Drop(label) => label,
            Outcome::Reject(reason) => {
                error!(
                    stage = S::NAME,
                    topic = received.topic.name(),
                    partition = received.partition,
                    offset = received.offset,
                    reason,
                    "`{}` cannot read a record of `{}`; it goes to dead-letters",
                    S::NAME,
                    received.topic.name(),
                );
                unit.outputs.push((Topic::DeadLetters, dead_letter(received, S::NAME, &reason)));
                "rejected"
            }
        });
        advance(&mut unit.done, received);
    }
    (unit, counts)
}

fn count<L: Log, S: Stage<L>>(metrics: &Metrics, counts: &[&'static str]) {
    for label in counts {
        metrics.stage_records_total.with_label_values(&[S::NAME, label]).inc();
        if *label == "rejected" {
            metrics.dead_letters_total.with_label_values(&[S::NAME]).inc();
        }
    }
}

/// Moves the position of the record's partition behind the record.
pub(crate) fn advance(done: &mut Vec<Position>, received: &Received) {
    let next = received.offset + 1;
    match done.iter_mut().find(|position| position.partition == received.partition) {
        Some(position) => position.next = position.next.max(next),
        None => done.push(Position { partition: received.partition, next }),
    }
}

/// The dead letter of a record: its original bytes, and where it comes from in headers.
pub fn dead_letter(received: &Received, stage: &str, reason: &str) -> Record {
    let header = |name: &str, value: String| (name.to_owned(), value.into_bytes());
    let mut headers = vec![
        header("topic", received.topic.name().to_owned()),
        header("partition", received.partition.to_string()),
        header("offset", received.offset.to_string()),
        header("stage", stage.to_owned()),
        header("reason", reason.to_owned()),
    ];
    headers.extend(received.headers.iter().cloned());
    Record { key: received.key.clone(), value: received.value.clone(), headers, partition_by: None }
}

/// Backoff that says what is wrong once, and once when it is over.
pub(crate) struct Pause {
    stage: &'static str,
    next: Duration,
    said: Option<String>,
}

impl Pause {
    pub(crate) fn new(stage: &'static str) -> Self {
        Self { stage, next: Duration::from_millis(100), said: None }
    }

    pub(crate) async fn wait(&mut self, cause: &str, stop: &CancellationToken) {
        if self.said.as_deref() != Some(cause) {
            warn!(stage = self.stage, error = cause, "`{}` waits for the log: {cause}", self.stage);
            self.said = Some(cause.to_owned());
        }
        tokio::select! {
            () = tokio::time::sleep(self.next) => {}
            () = stop.cancelled() => {}
        }
        self.next = (self.next * 2).min(MAX_PAUSE);
    }

    pub(crate) fn over(&mut self) {
        if self.said.take().is_some() {
            info!(stage = self.stage, "`{}` reaches the log again", self.stage);
        }
        self.next = Duration::from_millis(100);
    }
}
