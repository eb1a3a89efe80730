//! The outbox of one receiver: what waits, what goes next, what became of it. Pure: it is told
//! the time, and returns the records to commit.
//!
//! Order of use by `stage::notify`: [`Outbox::restore`] after an assignment, `offer_*` for every
//! record, then again and again [`Outbox::take`], commit of [`Outbox::begin`],
//! [`Outbox::begun`], the post, [`Outbox::finish`], commit with [`Outbox::positions`].
//! The position of a partition never passes a message that is neither delivered nor dead.

mod canary;
mod errand;
mod item;
mod offer;
mod queue;
mod settle;
mod take;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

pub use item::{Batch, Finished, Output, Place};

use self::item::Item;
use self::queue::Queue;
use super::cap::Budget;
use super::receiver::Habits;
use super::retry::{Health, Patience, plus};
use super::route::{Route, Silence};
use super::story::Stories;
use crate::model::delivery::{Delivery, Errand, ReceiverState};

/// What all receivers go by.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Every route, in the order of the file.
    pub routes: Vec<Route>,
    /// Silences of the configuration file.
    pub silences: Vec<Silence>,
    /// How long to try.
    pub patience: Patience,
    /// A receiver that runs for the first time hears of nothing that became known longer ago.
    pub backfill: Duration,
    /// Receivers that are told when another one is out of order, best first.
    pub ops: Vec<String>,
    /// The receiver that is told of canaries.
    pub canary: Option<String>,
}

/// What a receiver knows from the log: a fold over `deliveries`.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// By subject.
    pub deliveries: HashMap<String, Delivery>,
    /// Of the receiver itself; `None` where it never ran.
    pub state: Option<ReceiverState>,
    /// Until when a receiver at the same address was asked to leave it alone.
    pub asked: Option<DateTime<Utc>>,
    /// By id.
    pub silences: BTreeMap<String, Silence>,
    /// By key.
    pub errands: BTreeMap<String, Errand>,
}

/// The outbox.
pub struct Outbox {
    name: String,
    habits: Habits,
    rules: Arc<Rules>,
    known: HashMap<String, Delivery>,
    silences: Vec<Silence>,
    stories: Stories,
    state: ReceiverState,
    items: Queue,
    /// Of each partition: the offset after the last record seen.
    ends: BTreeMap<i32, i64>,
    /// Of each partition: the position that is committed.
    stored: BTreeMap<i32, i64>,
    health: Health,
    budgets: HashMap<usize, Budget>,
}

impl Outbox {
    /// An empty outbox.
    pub fn new(name: &str, habits: Habits, rules: Arc<Rules>, now: DateTime<Utc>) -> Self {
        let state = ReceiverState { schema: crate::model::SCHEMA, born: now, not_before: None };
        Self {
            name: name.to_owned(),
            habits,
            rules,
            known: HashMap::new(),
            silences: Vec::new(),
            stories: Stories::default(),
            state,
            items: Queue::default(),
            ends: BTreeMap::new(),
            stored: BTreeMap::new(),
            health: Health::default(),
            budgets: HashMap::new(),
        }
    }

    /// Begins anew with what the log knows; what waited is forgotten, because the log gives all
    /// of it again. Returns the receiver's first record where there was none.
    pub fn restore(&mut self, memory: Memory, now: DateTime<Utc>) -> Option<ReceiverState> {
        self.items.drain(|_| true);
        self.ends.clear();
        self.stored.clear();
        self.recall(memory, now)
    }

    /// Takes over what the log knows after more partitions were `assigned`. What waits from the
    /// partitions held before stays: the log does not give it a second time.
    pub fn extend(
        &mut self,
        assigned: &[i32],
        memory: Memory,
        now: DateTime<Utc>,
    ) -> Option<ReceiverState> {
        self.forget(assigned);
        self.recall(memory, now)
    }

    fn recall(&mut self, memory: Memory, now: DateTime<Utc>) -> Option<ReceiverState> {
        self.known = memory.deliveries;
        self.stories = Stories::default();
        for (id, delivery) in &self.known {
            if let Some(story) = &delivery.story {
                self.stories.add(id, story.clone(), delivery.at);
            }
        }
        for item in self.items.iter() {
            if let Some(story) = item.story() {
                self.stories.add(&item.subject, story, item.queued);
            }
        }
        let first = memory.state.is_none();
        // A first run under a clock that was ahead: what is told from now on is no older history.
        self.state.born = memory.state.as_ref().map_or(now, |state| state.born.min(now));
        if let Some(until) = memory.state.and_then(|state| state.not_before) {
            self.health.ask(until);
        }
        self.hear_silences(memory.silences.into_values().collect());
        self.offer_errands(memory.errands, now);
        first.then(|| self.state.clone())
    }

    /// Takes over what was found on the log since the last look: silences, errands, and what other
    /// processes of the group told meanwhile.
    pub fn hear(&mut self, memory: Memory, now: DateTime<Utc>) {
        self.hear_silences(memory.silences.into_values().collect());
        let mut stories_told = false;
        for (subject, delivery) in memory.deliveries {
            if self.known.contains_key(&subject) {
                continue;
            }
            if let Some(story) = &delivery.story {
                self.stories.add(&subject, story.clone(), delivery.at);
                stories_told = true;
            }
            self.known.insert(subject, delivery);
        }
        if stories_told {
            self.drop_told_stories(now);
        }
        self.offer_errands(memory.errands, now);
    }

    /// Forgets keyword alerts whose story another process told while they waited.
    fn drop_told_stories(&mut self, now: DateTime<Utc>) {
        let stories = &self.stories;
        self.items.drain(|item| {
            let story = item.story().filter(|_| item.since.is_none());
            story.is_some_and(|story| stories.same_as(&item.subject, &story, now).is_some())
        });
    }

    fn hear_silences(&mut self, silences: Vec<Silence>) {
        self.silences = self.rules.silences.iter().cloned().chain(silences).collect();
    }

    /// The clock was set back by so much: what was to wait a minute shall not wait a day, and
    /// what happens now is no history from before the first run. Caps begin anew, because what they
    /// counted lies in the future now.
    pub fn clock_was_set_back(&mut self, by: TimeDelta, now: DateTime<Utc>) {
        let earlier = |at: DateTime<Utc>| at.checked_sub_signed(by).unwrap_or(at);
        for item in self.items.iter_mut() {
            item.due = earlier(item.due);
            item.queued = earlier(item.queued);
        }
        self.state.born = self.state.born.min(now);
        self.health.hold = self.health.hold.map(earlier);
        self.health.asked = self.health.asked.map(earlier);
        self.budgets.clear();
    }

    /// Forgets what waits from these partitions.
    pub fn forget(&mut self, partitions: &[i32]) {
        let gone = |item: &Item| item.place.is_some_and(|it| partitions.contains(&it.partition));
        self.items.drain(gone);
        self.ends.retain(|partition, _| !partitions.contains(partition));
        self.stored.retain(|partition, _| !partitions.contains(partition));
    }

    /// The positions that may be committed and are not yet; the offset is that of the first
    /// record not done.
    pub fn positions(&self) -> Vec<Place> {
        let mut next = self.ends.clone();
        for place in self.items.iter().filter_map(|item| item.place) {
            if let Some(end) = next.get_mut(&place.partition) {
                *end = place.offset.min(*end);
            }
        }
        let next = next.into_iter().map(|(partition, offset)| Place { partition, offset });
        next.filter(|it| self.stored.get(&it.partition).is_none_or(|stored| *stored < it.offset))
            .collect()
    }

    /// Notes that positions are committed.
    pub fn stored(&mut self, positions: &[Place]) {
        for position in positions {
            self.stored.insert(position.partition, position.offset);
        }
    }

    /// How many messages wait.
    pub fn waiting(&self) -> usize {
        self.items.len()
    }

    /// When the oldest message that waits came in.
    pub fn oldest(&self) -> Option<DateTime<Utc>> {
        self.items.iter().map(|item| item.queued).min()
    }

    /// Whether the receiver can be tried.
    pub fn health(&self) -> &Health {
        &self.health
    }

    /// Before this time a receiver wants to hear of nothing.
    fn horizon(&self) -> DateTime<Utc> {
        let back = chrono::TimeDelta::from_std(self.rules.backfill).unwrap_or_default();
        self.state.born.checked_sub_signed(back).unwrap_or(DateTime::<Utc>::MIN_UTC)
    }

    /// When something can be done next; `None` where nothing waits.
    pub fn next_due(&self) -> Option<DateTime<Utc>> {
        let due = self.items.iter().map(|item| item.due).min()?;
        if self.health.disabled.is_some() {
            let given_up = |item: &Item| plus(item.queued, self.rules.patience.max_age);
            return self.items.iter().map(given_up).min();
        }
        Some(due.max(self.health.hold.unwrap_or(due)))
    }
}
