//! The loop of one receiver over one topic: records in, one post at a time.

mod offer;
mod post;
mod recall;
mod report;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::common::Common;
use super::{Clock, Outlet};
use crate::log::{Event, Log, LogError, Member, Membership, Topic};
use crate::metrics::Metrics;
use crate::model::counted;
use crate::notify::outbox::{Memory, Outbox, Rules};
use crate::notify::retry::plus;
use crate::stage::runner::Pause;

/// Name of the stage in metrics and headers.
const STAGE: &str = "notify";
/// Records taken at once.
const READ: usize = 256;
/// Messages that wait at most; the rest waits in the topic.
const MAX_WAITING: usize = 20_000;
/// A clock that goes back by more was set; less is the daily work of its keeper.
const STEP: TimeDelta = TimeDelta::seconds(60);
/// Longest wait before looking at the clock again.
const TICK: Duration = Duration::from_secs(1);
/// The partition of `moves` that decides which process posts to an address.
const HOME: i32 = 0;
/// How often silences and errands of other processes are looked for.
const REFRESH: TimeDelta = TimeDelta::seconds(15);

/// What a loop is made of.
pub(super) struct Parts<L: Log, C: Clock> {
    pub(super) log: L,
    pub(super) outlet: Outlet,
    pub(super) rules: Arc<Rules>,
    pub(super) metrics: Metrics,
    pub(super) clock: C,
    pub(super) stop: CancellationToken,
    /// Shared by the loops of the receiver.
    pub(super) common: Common,
    /// True where a loop of its own reads articles for keyword alerts.
    pub(super) mentions: bool,
}

/// The loop.
pub(super) struct Courier<L: Log, C: Clock> {
    log: L,
    topic: Topic,
    outlet: Outlet,
    metrics: Metrics,
    clock: C,
    stop: CancellationToken,
    common: Common,
    mentions: bool,
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
    pub(super) fn new(topic: Topic, parts: Parts<L, C>) -> Self {
        let Parts { log, outlet, rules, metrics, clock, stop, common, mentions } = parts;
        let now = clock.now();
        let outbox = Outbox::new(&outlet.name, outlet.receiver.habits(), rules, now);
        Self {
            log,
            topic,
            outlet,
            metrics,
            clock,
            stop,
            common,
            mentions,
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
                    self.give_up(&[HOME]);
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
            self.refresh(member, now).await?;
        }
        if let Some(why) = self.common.disabled() {
            self.outbox.disable(why);
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
        if back > STEP {
            let name = self.outlet.name.as_str();
            warn!(receiver = name, "the clock was set back by {} s", back.num_seconds());
            self.outbox.clock_was_set_back(back, now);
            // Where another loop holds the pace, it posts, and sets the pace by the new clock.
            if let Ok(mut free) = self.outlet.address.free().try_lock() {
                // A pause that had long been over lies ahead by the new clock.
                let paced = plus(now, self.outlet.address.interval());
                let moved =
                    |at: DateTime<Utc>| if at - now >= back { at - back } else { at.min(paced) };
                *free = free.map(moved);
            }
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
                    "receiver `{}` takes {} of `{}`",
                    self.outlet.name,
                    counted(partitions.len(), "partition"),
                    self.topic.name()
                );
                self.stale = Stale::Partitions(partitions);
            }
            Event::Revoked(partitions) => {
                self.give_up(&partitions);
                self.outbox.forget(&partitions);
                // Some may be another process's now; those that are ours still come back.
                self.outbox.drop_errands();
                self.stale = Stale::Partitions(Vec::new());
            }
            Event::Idle => {}
            Event::Records(records) => self.offer(member, &records).await?,
        }
        Ok(())
    }

    /// True where this loop decides whether this process posts to the address.
    fn decides(&self) -> bool {
        self.topic == Topic::Moves && self.outlet.address.is_decided_by(&self.outlet.name)
    }

    /// Leaves the address to another process, where the partition that decides went to one.
    fn give_up(&self, partitions: &[i32]) {
        if self.decides() && partitions.contains(&HOME) {
            self.outlet.address.give_up();
        }
    }
}

enum Next {
    Go,
    /// Leave the group and join again: records were left behind.
    Rejoin,
}
