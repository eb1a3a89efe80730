//! What the log knows: rebuilt after an assignment, looked at again now and then.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::post::record;
use super::{Courier, HOME, Stale};
use crate::log::{Log, LogError, Member, Topic};
use crate::model::delivery::{Errand, delivery_key};
use crate::notify::outbox::{Memory, Output};
use crate::stage::notify::Clock;
use crate::stage::notify::memory::remember;

/// Clocks of other processes may be this far off.
const SKEW: TimeDelta = TimeDelta::seconds(60);

impl<L: Log, C: Clock> Courier<L, C> {
    /// Rebuilds the memory from the log.
    pub(super) async fn rebuild(&mut self, member: &mut L::Member) -> Result<(), LogError> {
        let now = self.clock.now();
        let mut memory = self.remember(None, Memory::default()).await?;
        let asked = memory.asked;
        self.memory = Memory { silences: memory.silences.clone(), ..Memory::default() };
        memory.errands.retain(|key, errand| self.is_ours(member, key, errand));
        let first = match &self.stale {
            Stale::Partitions(assigned) => self.outbox.extend(assigned, memory, now),
            Stale::Nothing | Stale::All => self.outbox.restore(memory, now),
        };
        self.refreshed = now;
        if let Some(state) = first {
            let key = delivery_key(&self.outlet.name, "");
            self.commit(member, vec![record(Output::delivery(key, &state))]).await?;
        }
        self.stale = Stale::Nothing;
        if self.decides() && member.assigned().contains(&HOME) {
            self.outlet.address.take_over(self.clock.now(), asked).await;
        }
        Ok(())
    }

    async fn remember(
        &self,
        since: Option<DateTime<Utc>>,
        start: Memory,
    ) -> Result<Memory, LogError> {
        let (name, address) = (&self.outlet.name, &self.outlet.address);
        remember(&self.log, name, address.receivers(), since, start).await
    }

    /// Looks for what other processes left since the last look.
    pub(super) async fn refresh(
        &mut self,
        member: &mut L::Member,
        now: DateTime<Utc>,
    ) -> Result<(), LogError> {
        let since = Some(self.refreshed - SKEW);
        let start = std::mem::take(&mut self.memory);
        self.memory.silences.clone_from(&start.silences);
        let mut seen = self.remember(since, start).await?;
        self.memory = Memory { silences: seen.silences.clone(), ..Memory::default() };
        seen.errands.retain(|key, errand| self.is_ours(member, key, errand));
        self.outbox.hear(seen, now);
        self.refreshed = now;
        Ok(())
    }

    /// True where this loop, of all processes of the group, runs the errand: a retry belongs to
    /// whoever has the record's partition and so its memory, a notice to whoever has the one of
    /// its key. So none is posted twice.
    fn is_ours(&self, member: &L::Member, key: &str, errand: &Errand) -> bool {
        let (topic, home) = match errand {
            Errand::Retry { topic, record } if topic == Topic::Tagged.name() && self.mentions => {
                (Topic::Tagged, record.pointer("/article/id"))
            }
            Errand::Retry { record, .. } => (Topic::Moves, record.get("id")),
            Errand::Notice { .. } => (Topic::Moves, None),
        };
        let home = home.and_then(Value::as_str).unwrap_or(key);
        topic == self.topic && member.assigned().contains(&member.partition_of(topic, home))
    }
}
