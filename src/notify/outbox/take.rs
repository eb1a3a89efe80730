//! What goes next: one message, or several that share one.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::item::{Batch, Content, Item};
use super::{Delivery, Outbox};
use crate::notify::message::{Gathered, Message, News};
use crate::notify::receiver::{Form, Ids, Letter, Thread};

/// So many messages that are due at once still go one by one.
const SINGLY: usize = 3;

impl Outbox {
    /// Returns what to post now, or `None` where nothing is due or the receiver must be left
    /// alone.
    pub fn take(&mut self, now: DateTime<Utc>) -> Option<Batch> {
        if self.health.disabled.is_some() || self.health.hold.is_some_and(|hold| hold > now) {
            return None;
        }
        self.apply_caps(now);
        let ready: Vec<&Item> = self.items.iter().filter(|item| item.due <= now).collect();
        let first = ready.iter().find(|item| item.errand.is_some()).or(ready.first())?;
        let mut chosen = vec![*first];
        if self.may_share(first) {
            let same = |item: &&&Item| item.lane == first.lane && self.may_share(item);
            let together: Vec<&Item> =
                ready.iter().filter(same).take(self.habits.group).copied().collect();
            if first.lane.is_some() || together.len() > SINGLY {
                chosen = together;
            }
        }
        Some(self.batch(&chosen, now))
    }

    fn may_share(&self, item: &Item) -> bool {
        let settled_singly = item.doubt && self.habits.ids == Ids::Lists;
        self.habits.group > 1
            && !item.alone
            && !settled_singly
            && item.form == Form::Rich
            && item.errand.is_none()
    }

    /// Holds back what a route's rate cap does not let pass.
    fn apply_caps(&mut self, now: DateTime<Utc>) {
        let mut used: HashMap<usize, usize> = HashMap::new();
        for item in self.items.iter_mut() {
            let fresh = item.lane.is_none() && item.due <= now && item.attempts == 0;
            let Some(route) = item.route.filter(|_| fresh) else { continue };
            let Some(cap) = self.rules.routes.get(route).and_then(|route| route.cap) else {
                continue;
            };
            let used = used.entry(route).or_default();
            match self.budgets.entry(route).or_default().wait_until(cap, *used, now) {
                None => *used += 1,
                Some(until) => {
                    item.lane = Some(Gathered::Overflow);
                    item.due = until;
                }
            }
        }
    }

    fn batch(&self, chosen: &[&Item], now: DateTime<Utc>) -> Batch {
        let news = chosen.iter().filter_map(|item| match &item.content {
            Content::News(news) => Some(news.clone()),
            Content::Notice(_) | Content::Canary(_) => None,
        });
        let mut news: Vec<News> = news.collect();
        let first = chosen.first();
        let lane = first.and_then(|item| item.lane).unwrap_or(Gathered::Backlog);
        let message = match first.map(|item| &item.content) {
            Some(Content::Notice(text)) => Message::Notice(text.clone()),
            Some(Content::Canary(at)) => Message::Canary(*at),
            _ if news.len() == 1 => Message::One(news.remove(0)),
            _ => Message::Many(lane, news),
        };
        let count = |holds: fn(&Item) -> bool| {
            let found = chosen.iter().filter(|item| holds(item)).count();
            u64::try_from(found).unwrap_or(u64::MAX)
        };
        let (maybe_there, doubtful) = (count(|item| item.doubt), count(|item| item.open));
        let letter = Letter {
            ids: chosen.iter().map(|item| item.id.clone()).collect(),
            message,
            form: first.map_or(Form::Rich, |item| item.form),
            now,
            since: chosen.iter().filter_map(|item| item.since).min().unwrap_or(now),
            thread: if chosen.len() == 1 { first.and_then(|it| self.thread_of(it)) } else { None },
        };
        Batch {
            letter,
            look_up: maybe_there > 0 && self.habits.ids == Ids::Lists,
            doubtful,
            possible_duplicates: match self.habits.ids {
                Ids::None => doubtful,
                Ids::Ignores | Ids::Lists => 0,
            },
            serials: chosen.iter().map(|item| item.serial).collect(),
        }
    }

    fn thread_of(&self, item: &Item) -> Option<Thread> {
        // Canaries are messages of their own: a thread of thousands helps nobody.
        if matches!(item.content, Content::Canary(_)) {
            return None;
        }
        let known = self.known.get(&item.subject)?;
        Some(Thread {
            channel: known.channel.clone()?,
            ts: known.ts.clone()?,
            grouped: known.grouped,
        })
    }

    /// The deliveries to commit as intended before the post; then [`Outbox::begun`].
    pub fn begin(&self, batch: &Batch, now: DateTime<Utc>) -> Vec<Delivery> {
        let items = batch.serials.iter().filter_map(|serial| self.items.get(*serial));
        let told = items.filter(|item| item.has_delivery());
        let intend = |item: &Item| {
            let mut delivery = self.delivery_of(item, now);
            delivery.intended = item.revision;
            delivery.attempts = item.attempts;
            delivery.since = item.since.or(Some(now));
            delivery.at = now;
            delivery.story = item.story().or(delivery.story);
            delivery
        };
        told.map(intend).collect()
    }

    /// Notes that the intent of a post is committed.
    pub fn begun(&mut self, batch: &Batch, deliveries: Vec<Delivery>, now: DateTime<Utc>) {
        for serial in &batch.serials {
            if let Some(item) = self.items.get_mut(*serial) {
                item.since = item.since.or(Some(now));
                item.open = false;
            }
        }
        for delivery in deliveries {
            self.known.insert(delivery.subject.clone(), delivery);
        }
    }
}
