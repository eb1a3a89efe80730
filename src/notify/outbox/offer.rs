//! Records come in: what becomes a message, what does not, and why.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::item::{Content, Item, Place};
use super::{Delivery, Outbox};
use crate::model::moves::{Attention, CANARY};
use crate::model::{Arrival, Move, Tagged};
use crate::notify::message::{Gathered, News};
use crate::notify::protocol::{Nothing, doubtful_news, message_id, next_news};
use crate::notify::receiver::{Form, Ids};
use crate::notify::route::{Hit, Subject, decide};
use crate::notify::story::{story_id, story_of};

/// How long late news are collected for one message.
const COLLECT: TimeDelta = TimeDelta::seconds(60);

impl Outbox {
    /// Notes that a record was seen that becomes no message.
    pub fn skip(&mut self, place: Place) {
        let end = self.ends.entry(place.partition).or_insert(0);
        *end = (*end).max(place.offset + 1);
    }

    /// Forgets what waits of a move that was deleted.
    pub fn remove(&mut self, subject: &str, place: Place) {
        self.skip(place);
        self.items.drain(|item| item.subject == subject);
    }

    /// Looks at a move; returns what became of it, as a label of the metric.
    pub fn offer_move(&mut self, mv: Arc<Move>, place: Place, now: DateTime<Utc>) -> &'static str {
        self.skip(place);
        if mv.id == CANARY {
            return self.offer_canary(&mv, place, now);
        }
        self.consider(mv, Some(place), now)
    }

    pub(super) fn consider(
        &mut self,
        mv: Arc<Move>,
        place: Option<Place>,
        now: DateTime<Utc>,
    ) -> &'static str {
        let mut before = None;
        if let Some(item) = self.items.of_subject(&mv.id) {
            if mv.revision <= item.latest {
                return "queued";
            }
            if item.attempts > 0 && self.habits.ids != Ids::None || item.errand.is_some() {
                // What may have arrived is settled under its id first.
                item.latest = mv.revision;
                item.later = Some((mv, place));
                return "queued";
            }
            before = Some(item.serial);
        }
        let before = before.and_then(|serial| self.items.remove(serial));
        match self.item_of(&mv, place, now) {
            Ok(mut item) => {
                if let Some(before) = before {
                    item.serial = before.serial;
                    item.attempts = before.attempts;
                    item.since = before.since.or(item.since);
                    item.due = item.due.max(before.due);
                    item.queued = before.queued;
                    item.doubt |= before.doubt;
                    item.open |= before.open;
                    item.alone = before.alone;
                    item.lane = item.lane.or(before.lane);
                }
                self.items.put(item);
                "queued"
            }
            Err(why) => why,
        }
    }

    fn item_of(
        &mut self,
        mv: &Arc<Move>,
        place: Option<Place>,
        now: DateTime<Utc>,
    ) -> Result<Item, &'static str> {
        let known = self.known.get(&mv.id);
        let doubtful = known.filter(|known| known.is_in_doubt());
        let settle = doubtful.filter(|_| self.habits.ids != Ids::None).cloned();
        let tried = known.filter(|known| known.since.is_some()).cloned();
        let news = match &settle {
            Some(known) => doubtful_news(mv, known),
            None => next_news(mv, known, self.horizon()).map_err(Nothing::label)?,
        };
        let hit = self.route(Subject::Move(mv), now)?;
        let late = mv.attention == Attention::Digest && known.is_none_or(|it| it.delivered == 0);
        let mut item = self.item(News::Move(news.clone()), &mv.id, news.mv.revision, place, now);
        item.latest = mv.revision;
        item.route = Some(hit.route);
        hold_back(&mut item, &hit, late, now);
        if let Some(known) = tried {
            item.resume(&known);
        }
        item.later = settle.map(|_| (mv.clone(), place));
        Ok(item)
    }

    /// Looks at an article; returns what became of it, as a label of the metric.
    pub fn offer_mention(
        &mut self,
        tagged: Arc<Tagged>,
        place: Place,
        now: DateTime<Utc>,
    ) -> &'static str {
        self.skip(place);
        if tagged.article.arrival != Arrival::Live {
            return "silent";
        }
        let subject = story_id(&tagged.article);
        if self.items.has(&subject) {
            return "queued";
        }
        let known = self.known.get(&subject).cloned();
        if known.as_ref().is_some_and(|known| known.delivered > 0 || known.dead > 0) {
            return "told";
        }
        let back = TimeDelta::from_std(self.rules.backfill).unwrap_or(TimeDelta::MAX);
        let oldest = now.checked_sub_signed(back).unwrap_or(DateTime::<Utc>::MIN_UTC);
        let published = tagged.article.published.unwrap_or(tagged.article.first_seen);
        if tagged.article.first_seen < self.horizon() || published < oldest {
            return "old";
        }
        let hit = match self.route(Subject::Mention(&tagged), now) {
            Ok(hit) => hit,
            Err(why) => return why,
        };
        let story = story_of(&tagged.article);
        if self.stories.same_as(&subject, &story, now).is_some() {
            return "same_story";
        }
        self.stories.add(&subject, story, now);
        let mut item = self.item(News::Mention(tagged), &subject, 1, Some(place), now);
        item.route = Some(hit.route);
        hold_back(&mut item, &hit, false, now);
        if let Some(known) = known {
            item.resume(&known);
        }
        self.items.put(item);
        "queued"
    }

    fn route(&self, subject: Subject<'_>, now: DateTime<Utc>) -> Result<Hit, &'static str> {
        let decision = decide(&self.rules.routes, &self.silences, subject, now);
        let mut ours = decision.hits.into_iter().filter(|hit| hit.receiver == self.name).peekable();
        if ours.peek().is_none() {
            return Err("unrouted");
        }
        ours.find(|hit| hit.silenced.is_none()).ok_or("silenced")
    }

    pub(super) fn item(
        &mut self,
        news: News,
        subject: &str,
        revision: u32,
        place: Option<Place>,
        now: DateTime<Utc>,
    ) -> Item {
        let mut item = self.blank(subject, revision, Content::News(news), now);
        item.place = place;
        item
    }

    pub(super) fn blank(
        &mut self,
        subject: &str,
        revision: u32,
        content: Content,
        now: DateTime<Utc>,
    ) -> Item {
        Item {
            serial: self.items.number(),
            subject: subject.to_owned(),
            revision,
            latest: revision,
            id: message_id(subject, revision),
            content,
            place: None,
            route: None,
            lane: None,
            due: now,
            queued: now,
            since: None,
            attempts: 0,
            form: Form::Rich,
            alone: false,
            doubt: false,
            open: false,
            errand: None,
            later: None,
        }
    }

    /// The delivery of an item as far as it is known.
    pub(super) fn delivery_of(&self, item: &Item, now: DateTime<Utc>) -> Delivery {
        let known: &HashMap<String, Delivery> = &self.known;
        let blank = || Delivery::new(&self.name, &item.subject, now);
        known.get(&item.subject).cloned().unwrap_or_else(blank)
    }
}

fn hold_back(item: &mut Item, hit: &Hit, late: bool, now: DateTime<Utc>) {
    if late {
        item.lane = Some(Gathered::Late);
        item.due = now + COLLECT;
    }
    if let Some(until) = hit.quiet_until {
        item.lane = item.lane.or(Some(Gathered::Quiet));
        item.due = item.due.max(until);
    }
}
