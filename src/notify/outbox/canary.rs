//! The canary at the receiver that was chosen for it: no route, no silence, no rate cap, no quiet
//! hours, and never more than the newest one.

use chrono::{DateTime, TimeDelta, Utc};

use super::Outbox;
use super::item::{Content, Place};
use crate::model::Move;

/// An older one says nothing about now.
const STALE: TimeDelta = TimeDelta::minutes(15);

impl Outbox {
    /// Takes a canary; returns what became of it, as a label of the metric.
    pub(super) fn offer_canary(
        &mut self,
        mv: &Move,
        place: Place,
        now: DateTime<Utc>,
    ) -> &'static str {
        if self.rules.canary.as_ref() != Some(&self.name) {
            return "silent";
        }
        // Each canary is a move of its own, all under one key: its time tells them apart.
        let number = u32::try_from(mv.first_seen.timestamp()).unwrap_or(0);
        let known = self.known.get(&mv.id).cloned();
        if known.as_ref().is_some_and(|it| number <= it.delivered.max(it.dead)) {
            return "told";
        }
        if now - mv.first_seen > STALE {
            return "old";
        }
        let mut item = self.blank(&mv.id, number, Content::Canary(mv.first_seen), now);
        item.place = Some(place);
        item.alone = true;
        if let Some(known) = known.filter(|it| it.intended == number) {
            item.resume(&known);
        }
        self.items.put(item);
        "queued"
    }
}
