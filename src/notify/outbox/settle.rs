//! A post is over: what is delivered, what waits again, what is given up.

use chrono::{DateTime, TimeDelta, Utc};

use super::item::{Batch, Content, Finished, Item, Output};
use super::{Errand, Outbox};
use crate::model::counted;
use crate::model::delivery::{delivery_key, inbox_key};
use crate::notify::error::DeliveryError;
use crate::notify::message::News;
use crate::notify::receiver::{Form, Ids, Posted};

/// A pause shorter than this is not worth remembering over a restart.
const BRIEF: TimeDelta = TimeDelta::seconds(2);

impl Outbox {
    /// Notes what a post came to and returns what to commit.
    pub fn finish(
        &mut self,
        batch: &Batch,
        result: Result<Posted, DeliveryError>,
        now: DateTime<Utc>,
    ) -> Finished {
        let mut finished = Finished::default();
        let ours = batch.serials.iter().filter_map(|serial| self.items.remove(*serial)).collect();
        match result {
            Ok(posted) => self.arrived(ours, &posted, now, &mut finished),
            Err(error) => self.failed(ours, &error, now, &mut finished),
        }
        finished
    }

    fn arrived(
        &mut self,
        items: Vec<Item>,
        posted: &Posted,
        now: DateTime<Utc>,
        finished: &mut Finished,
    ) {
        self.health.succeeded();
        // The receiver is back: whatever waits for another attempt need not wait any longer.
        for item in self.items.iter_mut().filter(|item| item.attempts > 0) {
            item.due = item.due.min(now);
        }
        let grouped = items.len() > 1;
        for item in items {
            if let Some(route) = item.route.filter(|_| item.lane.is_none()) {
                self.budgets.entry(route).or_default().count(now);
            }
            if item.has_delivery() {
                let mut delivery = self.delivery_of(&item, now);
                delivery.delivered = delivery.delivered.max(item.revision);
                delivery.intended = delivery.intended.max(item.revision);
                (delivery.attempts, delivery.since, delivery.at) = (0, None, now);
                if let (Some((channel, ts)), None) = (&posted.thread, &delivery.ts) {
                    delivery.channel = Some(channel.clone());
                    delivery.ts = Some(ts.clone());
                    delivery.grouped = grouped;
                }
                finished.outputs.push(Output::delivery(delivery.key(), &delivery));
                self.known.insert(item.subject.clone(), delivery);
            }
            if let Content::News(news) = &item.content {
                finished.delivered.push(news.clone());
            }
            self.close(item, now, finished);
        }
        self.prune(now, finished);
    }

    fn failed(
        &mut self,
        items: Vec<Item>,
        error: &DeliveryError,
        now: DateTime<Utc>,
        finished: &mut Finished,
    ) {
        if let DeliveryError::Refused { .. } = error {
            self.refuse(error, now, finished);
            for item in items {
                self.take_back(&item, now, finished);
                self.items.put(item);
            }
            return;
        }
        if error.is_transient() {
            self.wait_again(items, error, now, finished);
        } else {
            self.simplify(items, error, now, finished);
        }
    }

    fn wait_again(
        &mut self,
        items: Vec<Item>,
        error: &DeliveryError,
        now: DateTime<Utc>,
        finished: &mut Finished,
    ) {
        self.health.failed(error, &self.name, now);
        if let Some(until) = self.health.asked.filter(|until| *until > now + BRIEF) {
            self.state.not_before = Some(until);
            finished.outputs.push(Output::delivery(delivery_key(&self.name, ""), &self.state));
        }
        for mut item in items {
            item.attempts = item.attempts.saturating_add(1);
            item.doubt |= error.is_ambiguous();
            // Where ids are known a 5xx is settled by the next attempt, whatever became of this one.
            item.open = match self.habits.ids {
                Ids::None => error.is_ambiguous(),
                Ids::Ignores | Ids::Lists => error.is_unanswered(),
            };
            let since = item.since.unwrap_or(now);
            if self.rules.patience.is_over(since, now) {
                self.bury(item, &format!("not delivered in time: {error}"), now, finished);
                continue;
            }
            item.due = self.rules.patience.next_attempt(&item.id, item.attempts, since, now);
            self.take_back(&item, now, finished);
            self.items.put(item);
        }
    }

    /// A message that is not accepted is tried alone, then as plain text, then given up.
    fn simplify(
        &mut self,
        items: Vec<Item>,
        error: &DeliveryError,
        now: DateTime<Utc>,
        finished: &mut Finished,
    ) {
        self.health.succeeded();
        let together = items.len() > 1;
        for mut item in items {
            if together {
                item.alone = true;
            } else if item.form == Form::Rich {
                item.form = Form::Plain;
            } else {
                self.bury(item, &error.to_string(), now, finished);
                continue;
            }
            item.due = now;
            self.take_back(&item, now, finished);
            self.items.put(item);
        }
    }

    /// Takes the intent of a message back that certainly did not arrive, so that nobody is in doubt
    /// about it after a restart.
    fn take_back(&mut self, item: &Item, now: DateTime<Utc>, finished: &mut Finished) {
        if item.doubt || !item.has_delivery() {
            return;
        }
        let mut delivery = self.delivery_of(item, now);
        delivery.intended = delivery.delivered.max(delivery.dead);
        (delivery.attempts, delivery.at) = (item.attempts, now);
        finished.outputs.push(Output::delivery(delivery.key(), &delivery));
        self.known.insert(item.subject.clone(), delivery);
    }

    /// Notes that the receiver was found elsewhere to refuse for good.
    pub fn disable(&mut self, why: String) {
        self.health.disabled.get_or_insert(why);
    }

    /// Notes that the address was asked elsewhere to be left alone.
    pub fn leave_alone(&mut self, until: DateTime<Utc>) {
        self.health.ask(until);
    }

    fn refuse(&mut self, error: &DeliveryError, now: DateTime<Utc>, finished: &mut Finished) {
        self.health.disabled = Some(error.to_string());
        finished.disabled = true;
        let Some(other) = self.rules.ops.iter().find(|other| **other != self.name) else { return };
        let waiting = match self.items.len() + 1 {
            1 => "One alert waits for it and is kept".to_owned(),
            more => format!("{more} alerts wait for it and are kept"),
        };
        let text = format!(
            "Receiver “{}” is disabled: {error}. {waiting} for {}; mend its address, then \
             reload or restart talentwire.",
            self.name,
            match self.rules.patience.max_age.as_secs() / 60 {
                minutes @ ..120 => counted(minutes, "minute"),
                minutes => counted(minutes / 60, "hour"),
            },
        );
        let key = inbox_key(other, &format!("disabled-{}", self.name));
        finished.outputs.push(Output::delivery(key, &Errand::Notice { text, at: now }));
    }

    /// Gives up what waits for too long at a receiver that cannot be tried.
    pub fn expire(&mut self, now: DateTime<Utc>) -> Finished {
        let mut finished = Finished::default();
        let Some(why) = self.health.disabled.clone() else { return finished };
        let patience = self.rules.patience;
        let over = |item: &Item| patience.is_over(item.since.unwrap_or(item.queued), now);
        let old = self.items.drain(over);
        for item in old {
            self.bury(item, &format!("the receiver was disabled: {why}"), now, &mut finished);
        }
        finished
    }

    fn bury(&mut self, item: Item, reason: &str, now: DateTime<Utc>, finished: &mut Finished) {
        if item.has_delivery() {
            let mut delivery = self.delivery_of(&item, now);
            delivery.dead = delivery.dead.max(item.revision);
            (delivery.attempts, delivery.since, delivery.at) = (0, None, now);
            finished.outputs.push(Output::delivery(delivery.key(), &delivery));
            self.known.insert(item.subject.clone(), delivery);
        }
        // A canary that does not arrive is told by its age, not by a dead letter.
        if let Content::News(news) = &item.content {
            finished.outputs.push(self.dead_letter(&item, news, reason));
            finished.dead += 1;
        }
        self.close(item, now, finished);
    }

    fn dead_letter(&self, item: &Item, news: &News, reason: &str) -> Output {
        let value = match news {
            News::Move(news) => serde_json::to_vec(news.mv.as_ref()),
            News::Mention(tagged) => serde_json::to_vec(tagged.as_ref()),
        };
        let mut headers = vec![
            ("topic", item.topic().to_owned()),
            ("stage", "notify".to_owned()),
            ("receiver", self.name.clone()),
            ("reason", reason.to_owned()),
        ];
        if let Some(place) = item.place {
            headers.push(("partition", place.partition.to_string()));
            headers.push(("offset", place.offset.to_string()));
        }
        let key = match news {
            News::Move(_) => item.subject.clone(),
            News::Mention(tagged) => tagged.article.id.clone(),
        };
        Output::DeadLetter { key, value: value.unwrap_or_default(), headers }
    }

    /// An item is over: its errand is done, and what came meanwhile is looked at.
    fn close(&mut self, item: Item, now: DateTime<Utc>, finished: &mut Finished) {
        if let Some(key) = item.errand {
            finished.outputs.push(tombstone(key));
        }
        if let Some((mv, place)) = item.later {
            self.consider(mv, place, now);
        }
    }

    /// Forgets stories that are over.
    fn prune(&mut self, now: DateTime<Utc>, finished: &mut Finished) {
        for id in self.stories.prune(now) {
            if self.known.remove(&id).is_some() {
                finished.outputs.push(tombstone(delivery_key(&self.name, &id)));
            }
        }
    }
}

fn tombstone(key: String) -> Output {
    Output::Delivery { key, value: None }
}
