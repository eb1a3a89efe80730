//! Members of consumer groups on the embedded log.
//!
//! Every topic has one partition, so of the members of one group on one topic the one that came
//! first has it; the next one takes over when that one is closed or dropped.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, sleep_until, timeout_at};

use super::Shared;
use super::reader::{self, PARTITION};
use super::writer::{Request, Write};
use crate::log::{Event, LogError, Member, Membership, Received, Topic, Unit};

/// Who sits on which group and topic, in the order of joining.
#[derive(Default)]
pub(super) struct Seats {
    queues: Mutex<HashMap<(String, Topic), Vec<u64>>>,
    changes: watch::Sender<u64>,
}

impl Seats {
    /// Joins the queue.
    fn take(self: &Arc<Self>, group: &str, topic: Topic) -> Seat {
        let mut number = 0;
        self.changes.send_modify(|last| {
            *last += 1;
            number = *last;
        });
        let key = (group.to_owned(), topic);
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        queues.entry(key.clone()).or_default().push(number);
        Seat { seats: self.clone(), key, number }
    }
}

/// A place in the queue; given up when it is dropped.
struct Seat {
    seats: Arc<Seats>,
    key: (String, Topic),
    number: u64,
}

impl Seat {
    fn is_first(&self) -> bool {
        let queues = self.seats.queues.lock().unwrap_or_else(PoisonError::into_inner);
        queues.get(&self.key).and_then(|queue| queue.first()) == Some(&self.number)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut queues = self.seats.queues.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(queue) = queues.get_mut(&self.key) {
            queue.retain(|number| *number != self.number);
            if queue.is_empty() {
                queues.remove(&self.key);
            }
        }
        drop(queues);
        self.seats.changes.send_modify(|last| *last += 1);
    }
}

/// A member of a consumer group on the embedded log.
pub struct EmbeddedMember {
    log: Arc<Shared>,
    membership: Membership,
    seat: Seat,
    assigned: bool,
    /// Offset of the next record to hand out; `None` where the log must be asked: at the start,
    /// and after a commit that failed or whose answer was not waited for.
    next: Option<i64>,
}

impl EmbeddedMember {
    pub(super) fn new(log: Arc<Shared>, membership: Membership) -> Self {
        let seat = log.seats.take(&membership.group, membership.topic);
        Self { log, membership, seat, assigned: false, next: None }
    }

    async fn position(&mut self) -> Result<i64, LogError> {
        if let Some(next) = self.next {
            return Ok(next);
        }
        let (reply, answer) = oneshot::channel();
        let (group, topic) = (self.membership.group.clone(), self.membership.topic);
        let next = self.log.ask(Request::Resume(group, topic, reply), answer).await?;
        self.next = Some(next);
        Ok(next)
    }

    async fn assignment(&mut self, deadline: Instant) -> Event {
        let mut changes = self.log.seats.changes.subscribe();
        while !self.seat.is_first() {
            if timeout_at(deadline, changes.changed()).await.is_err() {
                return Event::Idle;
            }
        }
        self.assigned = true;
        Event::Assigned(vec![PARTITION])
    }

    async fn records(&mut self, max: usize, deadline: Instant) -> Result<Event, LogError> {
        let topic = self.membership.topic;
        let mut end = self.log.end(topic)?;
        let mut next = self.position().await?;
        loop {
            let known = *end.borrow_and_update();
            if next < known {
                let records = self.read(topic, next, max).await?;
                next = records.last().map_or(known, |last| last.offset + 1);
                self.next = Some(next);
                if !records.is_empty() {
                    return Ok(Event::Records(records));
                }
            }
            match timeout_at(deadline, end.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return Err(super::closed()),
                Err(_) => return Ok(Event::Idle),
            }
        }
    }

    async fn read(&self, topic: Topic, start: i64, max: usize) -> Result<Vec<Received>, LogError> {
        let readers = self.log.readers.clone();
        super::blocking(move || {
            readers.with(|connection| reader::batch(connection, topic, start, max.max(1)))
        })
        .await
    }
}

impl Member for EmbeddedMember {
    async fn next(&mut self, max: usize, wait: Duration) -> Result<Event, LogError> {
        let deadline = Instant::now() + wait;
        if !self.assigned {
            return Ok(self.assignment(deadline).await);
        }
        if self.membership.assignment_only {
            sleep_until(deadline).await;
            return Ok(Event::Idle);
        }
        self.records(max, deadline).await
    }

    async fn commit(&mut self, unit: Unit) -> Result<(), LogError> {
        let next = self.next.take();
        if !self.assigned || unit.done.iter().any(|done| done.partition != PARTITION) {
            return Err(LogError::Lost);
        }
        let done = if self.membership.assignment_only { Vec::new() } else { unit.done };
        let seat = Some((self.membership.group.clone(), self.membership.topic));
        self.log.write(Write { outputs: unit.outputs, seat, done, file: None }).await?;
        self.next = next;
        Ok(())
    }

    async fn close(self) {}

    fn assigned(&self) -> Vec<i32> {
        if self.assigned { vec![PARTITION] } else { Vec::new() }
    }

    fn partition_of(&self, _topic: Topic, _key: &str) -> i32 {
        PARTITION
    }
}
