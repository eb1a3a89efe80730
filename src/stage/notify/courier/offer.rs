//! Takes records into the outbox.

use std::sync::Arc;

use tracing::warn;

use super::{Courier, MAX_WAITING, STAGE};
use crate::log::{Log, LogError, Received, Topic};
use crate::model::{Move, SCHEMA, Tagged};
use crate::notify::outbox::Place;
use crate::stage::notify::Clock;
use crate::stage::runner::dead_letter;

impl<L: Log, C: Clock> Courier<L, C> {
    pub(super) async fn offer(
        &mut self,
        member: &mut L::Member,
        records: &[Received],
    ) -> Result<(), LogError> {
        let mut bad = Vec::new();
        for received in records {
            if self.outbox.waiting() >= MAX_WAITING {
                if !self.missed {
                    warn!(
                        receiver = self.outlet.name,
                        "{MAX_WAITING} messages wait for receiver `{}`; the rest stays in the topic",
                        self.outlet.name
                    );
                }
                self.missed = true;
                break;
            }
            let outcome = self.judge(received).unwrap_or_else(|reason| {
                bad.push((Topic::DeadLetters, dead_letter(received, STAGE, &reason)));
                self.metrics.dead_letters_total.with_label_values(&[STAGE]).inc();
                "rejected"
            });
            self.metrics.stage_records_total.with_label_values(&[STAGE, outcome]).inc();
        }
        if bad.is_empty() {
            return Ok(());
        }
        // The outbox counts them as done: their dead letters must not be lost to a failed commit.
        self.commit_at_last(member, bad).await
    }

    /// Looks at one record; an error says why it can never be read.
    fn judge(&mut self, received: &Received) -> Result<&'static str, String> {
        let place = Place { partition: received.partition, offset: received.offset };
        let now = self.clock.now();
        let Some(value) = &received.value else {
            self.outbox.remove(&received.key, place);
            return Ok("deleted");
        };
        let parsed = match self.topic {
            Topic::Tagged => read(value, |tagged: &Tagged| tagged.schema)
                .map(|tagged| self.outbox.offer_mention(Arc::new(tagged), place, now)),
            _ => read(value, |mv: &Move| mv.schema)
                .map(|mv| self.outbox.offer_move(Arc::new(mv), place, now)),
        };
        if parsed.is_err() {
            self.outbox.skip(place);
        }
        parsed
    }
}

/// Reads a record of this version or an older one.
fn read<T: serde::de::DeserializeOwned>(value: &[u8], schema: fn(&T) -> u16) -> Result<T, String> {
    let record: T = serde_json::from_slice(value).map_err(|error| error.to_string())?;
    match schema(&record) {
        found if found > SCHEMA => {
            Err(format!("record of schema {found}; this version reads up to {SCHEMA}"))
        }
        _ => Ok(record),
    }
}
