//! A log in memory and a clock that only moves when somebody waits, so that an hour takes a
//! second.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use talentwire::log::{
    Event, Log, LogError, Member, Membership, Received, Record, Scan, Topic, Unit,
};
use talentwire::stage::notify::Clock;
use tokio_util::sync::CancellationToken;

/// A clock that moves by what is waited.
#[derive(Clone)]
pub(crate) struct SimClock(Arc<Mutex<DateTime<Utc>>>);

impl SimClock {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new("2026-11-23T12:00:00Z".parse().unwrap())))
    }

    pub(crate) fn advance(&self, wait: Duration) {
        *self.0.lock().unwrap() += TimeDelta::from_std(wait).unwrap();
    }
}

impl Clock for SimClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    async fn sleep(&self, wait: Duration) {
        self.advance(wait);
        tokio::task::yield_now().await;
    }
}

type Done = Box<dyn Fn(&Inner, DateTime<Utc>) -> bool + Send>;

#[derive(Default)]
pub(crate) struct Inner {
    topics: HashMap<Topic, Vec<Received>>,
    positions: HashMap<(String, Topic), i64>,
    /// Records that somebody else publishes at a later time, in order.
    coming: VecDeque<(DateTime<Utc>, Topic, Record)>,
    done: Option<(Done, CancellationToken)>,
    /// Where nothing happens, the clock moves on by at least this much.
    tick: Duration,
    /// Every n-th commit fails.
    fail_every: Option<u64>,
    commits: u64,
    /// Which member of each group has the partition; the others wait for it.
    seats: HashMap<(String, Topic), u64>,
    members: u64,
}

impl Inner {
    pub(crate) fn append(&mut self, topic: Topic, record: Record, timestamp: DateTime<Utc>) {
        let records = self.topics.entry(topic).or_default();
        records.push(Received {
            topic,
            partition: 0,
            offset: records.len() as i64,
            timestamp,
            key: record.key,
            value: record.value,
            headers: record.headers,
        });
    }

    pub(crate) fn records(&self, topic: Topic) -> &[Received] {
        self.topics.get(&topic).map_or(&[], Vec::as_slice)
    }

    /// Records of `topic` that `group` is not done with.
    pub(crate) fn lag(&self, group: &str, topic: Topic) -> usize {
        let position = self.positions.get(&(group.to_owned(), topic)).copied().unwrap_or(0);
        self.records(topic).len() - usize::try_from(position).unwrap()
    }

    pub(crate) fn still_coming(&self) -> usize {
        self.coming.len()
    }
}

/// The log.
#[derive(Clone)]
pub(crate) struct MemLog {
    pub(crate) inner: Arc<Mutex<Inner>>,
    /// Posts in flight: while there are any, time stands still.
    pub(crate) in_flight: Arc<AtomicUsize>,
    clock: SimClock,
}

impl MemLog {
    pub(crate) fn new(clock: &SimClock) -> Self {
        Self { inner: Arc::default(), in_flight: Arc::default(), clock: clock.clone() }
    }

    /// Publishes a record at a later time.
    pub(crate) fn schedule(&self, at: DateTime<Utc>, topic: Topic, record: Record) {
        self.inner.lock().unwrap().coming.push_back((at, topic, record));
    }

    /// Stops the stage when `done` holds.
    pub(crate) fn stop_when(
        &self,
        stop: &CancellationToken,
        done: impl Fn(&Inner, DateTime<Utc>) -> bool + Send + 'static,
    ) {
        self.inner.lock().unwrap().done = Some((Box::new(done), stop.clone()));
    }

    /// Lets quiet time pass in larger steps.
    pub(crate) fn tick(&self, tick: Duration) {
        self.inner.lock().unwrap().tick = tick;
    }

    /// Lets every n-th commit fail.
    pub(crate) fn fail_every(&self, commits: u64) {
        self.inner.lock().unwrap().fail_every = Some(commits);
    }
}

pub(crate) struct MemMember {
    log: MemLog,
    key: (String, Topic),
    number: u64,
    next: Option<i64>,
    assigned: bool,
}

impl MemMember {
    fn sits(&self) -> bool {
        let mut inner = self.log.inner.lock().unwrap();
        *inner.seats.entry(self.key.clone()).or_insert(self.number) == self.number
    }
}

impl Drop for MemMember {
    fn drop(&mut self) {
        let mut inner = self.log.inner.lock().unwrap();
        if inner.seats.get(&self.key) == Some(&self.number) {
            inner.seats.remove(&self.key);
        }
    }
}

impl Log for MemLog {
    type Member = MemMember;

    async fn join(&self, membership: Membership) -> Result<MemMember, LogError> {
        let key = (membership.group, membership.topic);
        let mut inner = self.inner.lock().unwrap();
        inner.members += 1;
        let number = inner.members;
        Ok(MemMember { log: self.clone(), key, number, next: None, assigned: false })
    }

    async fn fold<T: Send + 'static>(
        &self,
        scan: Scan,
        start: T,
        mut step: impl FnMut(&mut T, Received) + Send + 'static,
    ) -> Result<T, LogError> {
        let inner = self.inner.lock().unwrap();
        let mut state = start;
        let records = inner.records(scan.topic);
        let old = |it: &Received| scan.since.is_some_and(|since| it.timestamp < since);
        for received in records.iter().skip(records.partition_point(old)) {
            step(&mut state, received.clone());
        }
        Ok(state)
    }

    async fn publish(&self, outputs: Vec<(Topic, Record)>) -> Result<(), LogError> {
        let now = self.clock.now();
        let mut inner = self.inner.lock().unwrap();
        outputs.into_iter().for_each(|(topic, record)| inner.append(topic, record, now));
        Ok(())
    }

    async fn lag(&self) -> Result<Vec<(String, Topic, u64)>, LogError> {
        Ok(Vec::new())
    }

    async fn close(&self, _limit: Duration) -> Result<(), LogError> {
        Ok(())
    }
}

impl Member for MemMember {
    async fn next(&mut self, max: usize, wait: Duration) -> Result<Event, LogError> {
        tokio::task::yield_now().await;
        let sits = self.sits();
        if sits && !self.assigned {
            self.assigned = true;
            return Ok(Event::Assigned(vec![0]));
        }
        if self.log.in_flight.load(Ordering::SeqCst) > 0 {
            // Somebody waits for an answer, in real time.
            tokio::time::sleep(Duration::from_micros(200)).await;
            return Ok(Event::Idle);
        }
        let now = self.log.clock.now();
        let mut inner = self.log.inner.lock().unwrap();
        while inner.coming.front().is_some_and(|(at, _, _)| *at <= now) {
            let (at, topic, record) = inner.coming.pop_front().unwrap();
            inner.append(topic, record, at);
        }
        if let Some((done, stop)) = &inner.done
            && done(&inner, now)
        {
            stop.cancel();
        }
        let stored = inner.positions.get(&self.key).copied().unwrap_or(0);
        let next = self.next.unwrap_or(stored);
        let start = usize::try_from(next).unwrap();
        let max = if sits { max } else { 0 };
        let records: Vec<Received> =
            inner.records(self.key.1).iter().skip(start).take(max).cloned().collect();
        self.next = Some(next + records.len() as i64);
        if records.is_empty() {
            self.log.clock.advance(wait.max(inner.tick));
            return Ok(Event::Idle);
        }
        Ok(Event::Records(records))
    }

    async fn commit(&mut self, unit: Unit) -> Result<(), LogError> {
        let now = self.log.clock.now();
        let mut inner = self.log.inner.lock().unwrap();
        inner.commits += 1;
        if inner.fail_every.is_some_and(|every| inner.commits.is_multiple_of(every)) {
            self.next = None;
            return Err(LogError::Transient("the disk is busy".to_owned()));
        }
        for (topic, record) in unit.outputs {
            inner.append(topic, record, now);
        }
        for position in unit.done {
            let stored = inner.positions.entry(self.key.clone()).or_insert(0);
            assert!(position.next >= *stored, "a position went back");
            *stored = position.next;
        }
        Ok(())
    }

    async fn close(self) {}

    fn assigned(&self) -> Vec<i32> {
        if self.assigned { vec![0] } else { Vec::new() }
    }

    fn partition_of(&self, _topic: Topic, _key: &str) -> i32 {
        0
    }
}
