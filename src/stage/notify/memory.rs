//! What a receiver knows from `deliveries`.

use chrono::{DateTime, Utc};

use crate::log::{Log, LogError, Received, Scan, Topic};
use crate::model::delivery::{ReceiverState, inbox_key, silence_key};
use crate::notify::outbox::Memory;

/// Folds `deliveries`, from its beginning or from `since`, into what the receiver knows;
/// `neighbours` are the receivers at its address.
pub(super) async fn remember<L: Log>(
    log: &L,
    receiver: &str,
    neighbours: &[String],
    since: Option<DateTime<Utc>>,
    start: Memory,
) -> Result<Memory, LogError> {
    let scan = Scan { topic: Topic::Deliveries, partitions: None, since };
    let (receiver, neighbours) = (receiver.to_owned(), neighbours.to_vec());
    log.fold(scan, start, move |memory, received| {
        heed(memory, &neighbours, &received);
        learn(memory, &receiver, &received);
    })
    .await
}

/// Notes until when the address is to be left alone, whichever receiver there was asked.
fn heed(memory: &mut Memory, neighbours: &[String], received: &Received) {
    let Some((name, "")) = received.key.split_once('/') else { return };
    if neighbours.iter().any(|it| it == name)
        && let Some(value) = &received.value
        && let Ok(state) = serde_json::from_slice::<ReceiverState>(value)
    {
        memory.asked = memory.asked.max(state.not_before);
    }
}

/// Takes one record into the memory. A record that cannot be read is another version's: it is
/// left alone, and what it was about is judged as unknown.
fn learn(memory: &mut Memory, receiver: &str, received: &Received) {
    let key = received.key.as_str();
    let value = received.value.as_deref();
    if let Some(id) = key.strip_prefix(&silence_key("")) {
        match value.and_then(|value| serde_json::from_slice(value).ok()) {
            Some(silence) => memory.silences.insert(id.to_owned(), silence),
            None => memory.silences.remove(id),
        };
    } else if key.starts_with(&inbox_key(receiver, "")) {
        match value.and_then(|value| serde_json::from_slice(value).ok()) {
            Some(errand) => memory.errands.insert(key.to_owned(), errand),
            None => memory.errands.remove(key),
        };
    } else if let Some(subject) = key.strip_prefix(receiver).and_then(|rest| rest.strip_prefix('/'))
    {
        if subject.is_empty() {
            memory.state = value.and_then(|value| serde_json::from_slice(value).ok());
            return;
        }
        match value.and_then(|value| serde_json::from_slice(value).ok()) {
            Some(delivery) => memory.deliveries.insert(subject.to_owned(), delivery),
            None => memory.deliveries.remove(subject),
        };
    }
}
