//! Which feeds are ours, when each is due, and which of them are being polled.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::time::Instant;

use super::key_of;
use super::known::{Known, States};
use super::visit::{Call, Visit};
use crate::feed::polite::domain_of;
use crate::feed::schedule::{self, Pace};
use crate::feed::settings::FeedSettings;
use crate::model::{FeedState, Health};

/// Polls of one registrable domain that wait at its gate; further ones wait here, so that a
/// domain with thousands of feeds takes no places from others.
const PER_DOMAIN: usize = 4;

#[derive(Default)]
pub(super) struct Book {
    feeds: HashMap<Arc<str>, Tracked>,
    due: BTreeSet<(Instant, Arc<str>)>,
    lines: HashMap<String, Line>,
    dirty: HashSet<Arc<str>>,
    epoch: u64,
}

struct Tracked {
    feed: Arc<FeedSettings>,
    known: Arc<Known>,
    due: Instant,
    /// Tells a visit that began before the feed was given away and came back.
    epoch: u64,
}

/// The feeds of one domain that are being polled or have to wait for one another.
#[derive(Default)]
struct Line {
    running: usize,
    waiting: VecDeque<Arc<str>>,
}

impl Book {
    /// Returns the next poll to start: due, and with room in its domain.
    pub(super) fn next_due(&mut self, now: Instant) -> Option<Call> {
        loop {
            if self.due.first().is_none_or(|(due, _)| *due > now) {
                return None;
            }
            let (_, key) = self.due.pop_first()?;
            let Some(tracked) = self.feeds.get(&key) else { continue };
            let domain = domain_of(&tracked.feed.url);
            if let Some(domain) = &domain {
                let line = self.lines.entry(domain.clone()).or_default();
                if line.running >= PER_DOMAIN {
                    line.waiting.push_back(key);
                    continue;
                }
                line.running += 1;
            }
            return Some(call(&key, tracked, domain));
        }
    }

    /// When the next feed is due.
    pub(super) fn next_wake(&self) -> Option<Instant> {
        self.due.first().map(|(due, _)| *due)
    }

    /// True where the visit's feed is still ours and was not given away meanwhile.
    pub(super) fn is_current(&self, visit: &Visit) -> bool {
        self.feeds.get(&visit.key).is_some_and(|tracked| tracked.epoch == visit.epoch)
    }

    /// Takes over a committed visit and makes its feed due again.
    pub(super) fn ended(&mut self, visit: Visit) {
        if let Some(domain) = &visit.domain {
            self.leave(domain);
        }
        let Some(tracked) = self.feeds.get_mut(&visit.key) else { return };
        if tracked.epoch != visit.epoch {
            return;
        }
        if !visit.weighty() {
            self.dirty.insert(Arc::clone(&visit.key));
        }
        // The feed may have got other settings while it was being polled.
        let longest = Pace::of(&tracked.feed).max.max(visit.floor);
        tracked.due = (visit.begun + visit.wait.min(longest)).max(Instant::now());
        match Arc::get_mut(&mut tracked.known) {
            Some(known) => known.take_over(visit.known),
            // Held by a unit that is being written.
            None => tracked.known = Arc::new(visit.known),
        }
        self.due.insert((tracked.due, visit.key));
    }

    /// Gives a place in a domain's line back, to the one who has waited longest.
    fn leave(&mut self, domain: &str) {
        let Some(line) = self.lines.get_mut(domain) else { return };
        line.running = line.running.saturating_sub(1);
        while let Some(key) = line.waiting.pop_front() {
            if let Some(tracked) = self.feeds.get(&key) {
                self.due.insert((tracked.due, key));
                return;
            }
        }
        if line.running == 0 {
            self.lines.remove(domain);
        }
    }

    /// Spreads what became overdue while the process stood still.
    pub(super) fn spread_overdue(&mut self, now: Instant) {
        let overdue: Vec<_> = self.due.iter().take_while(|(due, _)| *due < now).cloned().collect();
        for (due, key) in overdue {
            let Some(tracked) = self.feeds.get_mut(&key) else { continue };
            self.due.remove(&(due, Arc::clone(&key)));
            tracked.due = now + schedule::catch_up(&key, tracked.feed.interval, now - due);
            self.due.insert((tracked.due, key));
        }
    }

    /// Forgets every feed that is not among `ours`.
    pub(super) fn keep_only(&mut self, ours: &[&Arc<FeedSettings>]) {
        let keep: HashSet<String> = ours.iter().map(|feed| key_of(feed)).collect();
        self.feeds.retain(|key, _| keep.contains(&**key));
        let feeds = &self.feeds;
        self.due.retain(|(_, key)| feeds.contains_key(key));
        self.dirty.retain(|key| feeds.contains_key(key));
    }

    /// Gives feeds that are known their present settings; returns those that are not known.
    pub(super) fn update(&mut self, ours: &[&Arc<FeedSettings>]) -> Vec<Arc<FeedSettings>> {
        let now = Instant::now();
        let mut missing: HashMap<String, &Arc<FeedSettings>> = HashMap::new();
        for feed in ours {
            let key = key_of(feed);
            let Some(tracked) = self.feeds.get_mut(key.as_str()) else {
                missing.entry(key).or_insert(*feed);
                continue;
            };
            if tracked.feed == **feed {
                continue;
            }
            tracked.feed = Arc::clone(feed);
            let sooner = tracked.due.min(now + feed.interval);
            let key: Arc<str> = key.into();
            if self.due.remove(&(tracked.due, Arc::clone(&key))) {
                tracked.due = sooner;
                self.due.insert((sooner, key));
            }
        }
        missing.into_values().cloned().collect()
    }

    /// Adds feeds with what the log knows of them.
    pub(super) fn add(
        &mut self,
        feeds: &[Arc<FeedSettings>],
        mut states: States,
        now: DateTime<Utc>,
    ) {
        self.epoch += 1;
        let begun = Instant::now();
        let new = feeds.len().saturating_sub(states.len());
        self.feeds.reserve(feeds.len());
        for feed in feeds {
            let key = key_of(feed);
            let (key, wait, known) = match states.remove_entry(key.as_str()) {
                Some((key, known)) => {
                    (key, schedule::resume(Pace::of(feed), &known.state, now), known)
                }
                None => {
                    let wait = schedule::first_slot(&key, feed.interval, new);
                    let state = FeedState::new(key.as_str(), schedule::after(now, wait));
                    (key.into(), wait, Arc::new(Known { state, seen: Arc::default() }))
                }
            };
            let due = begun + wait;
            let tracked = Tracked { feed: Arc::clone(feed), known, due, epoch: self.epoch };
            self.feeds.insert(Arc::clone(&key), tracked);
            self.due.insert((due, key));
        }
    }

    pub(super) fn has_dirty(&self) -> bool {
        !self.dirty.is_empty()
    }

    /// States that are to be written some time, at most `most` of them.
    pub(super) fn dirty(&self, most: usize) -> Vec<Arc<Known>> {
        let known = |key| self.feeds.get(key).map(|tracked| Arc::clone(&tracked.known));
        self.dirty.iter().filter_map(known).take(most).collect()
    }

    /// Notes that these states were written.
    pub(super) fn clean(&mut self, written: &[Arc<Known>]) {
        for known in written {
            self.dirty.remove(known.state.feed.as_str());
        }
        // What is left without a feed has nothing to write.
        let feeds = &self.feeds;
        self.dirty.retain(|key| feeds.contains_key(key));
    }

    /// Feeds by health.
    pub(super) fn count(&self) -> [(Health, usize); Health::ALL.len()] {
        let mut counts = Health::ALL.map(|health| (health, 0));
        for tracked in self.feeds.values() {
            for (health, count) in &mut counts {
                *count += usize::from(*health == tracked.known.state.health);
            }
        }
        counts
    }
}

fn call(key: &Arc<str>, tracked: &Tracked, domain: Option<String>) -> Call {
    Call {
        key: Arc::clone(key),
        feed: Arc::clone(&tracked.feed),
        known: Arc::clone(&tracked.known),
        due: tracked.due,
        epoch: tracked.epoch,
        domain,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use url::Url;

    use super::*;

    #[test]
    fn after_a_night_asleep_the_overdue_are_spread_and_none_is_lost() {
        let feed = |n: usize| FeedSettings {
            interval: Duration::from_secs(300),
            ..FeedSettings::new(Url::parse(&format!("https://outlet{n}.example/rss")).unwrap())
        };
        let feeds: Vec<Arc<FeedSettings>> = (0..1_000).map(|n| Arc::new(feed(n))).collect();
        let mut book = Book::default();
        book.add(&feeds, HashMap::new(), "2026-11-29T22:00:00Z".parse().unwrap());
        let morning = Instant::now() + Duration::from_secs(8 * 60 * 60);
        book.spread_overdue(morning);
        let mut due_by = |seconds| {
            let now = morning + Duration::from_secs(seconds);
            std::iter::from_fn(|| book.next_due(now)).count()
        };
        let each_half_minute: Vec<usize> = (1..=10).map(|half| due_by(half * 30)).collect();
        assert_eq!(each_half_minute.iter().sum::<usize>(), 1_000);
        let is_even = |count: &usize| (60..150).contains(count);
        assert!(each_half_minute.iter().all(is_even), "{each_half_minute:?}");
    }
}
