//! `talentwire dead-letters`: what could not be handled, and another try.
//!
//! A message that a receiver did not take is tried again as an errand for that receiver, which
//! leaves the topic `moves` alone: its newest record must stay the newest. Other records are
//! published again where they came from.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::table::{clip, render};
use crate::log::topic::Cleanup;
use crate::log::{Received, Record, Topic};
use crate::model::delivery::{Errand, inbox_key};

/// Header of the record that says that a dead letter was tried again.
const RETRIED: &str = "retried";

/// One dead letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetter {
    /// How `retry` names it.
    pub id: String,
    /// When it was given up.
    pub at: DateTime<Utc>,
    /// Topic of the original record.
    pub topic: String,
    /// The stage that gave it up.
    pub stage: String,
    /// The receiver that did not take it.
    pub receiver: Option<String>,
    /// Why.
    pub reason: String,
    /// Key of the original record.
    pub key: String,
    /// The original record.
    pub value: Option<Vec<u8>>,
}

/// The step of a fold over `dead-letters`.
pub fn collect(letters: &mut Vec<DeadLetter>, received: Received) {
    let header = |name: &str| {
        let found = received.headers.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| String::from_utf8_lossy(value).into_owned())
    };
    if let Some(id) = header(RETRIED) {
        letters.retain(|letter| letter.id != id);
        return;
    }
    letters.push(DeadLetter {
        id: format!("{}-{}", received.partition, received.offset),
        at: received.timestamp,
        topic: header("topic").unwrap_or_default(),
        stage: header("stage").unwrap_or_default(),
        receiver: header("receiver"),
        reason: header("reason").unwrap_or_default(),
        key: received.key.clone(),
        value: received.value.clone(),
    });
}

impl DeadLetter {
    /// Returns the records that try it again and take it off the list.
    ///
    /// # Errors
    /// Why it cannot be tried again.
    pub fn retry(&self, now: DateTime<Utc>) -> Result<Vec<(Topic, Record)>, String> {
        let bytes = self.value.as_ref().ok_or("the original record was empty")?;
        let again = match &self.receiver {
            Some(receiver) => self.errand(receiver, bytes)?,
            None => self.original(bytes)?,
        };
        let mark = Record {
            key: self.key.clone(),
            value: None,
            headers: vec![
                (RETRIED.to_owned(), self.id.clone().into_bytes()),
                ("at".to_owned(), now.to_rfc3339().into_bytes()),
            ],
            partition_by: None,
        };
        Ok(vec![again, (Topic::DeadLetters, mark)])
    }

    fn errand(&self, receiver: &str, bytes: &[u8]) -> Result<(Topic, Record), String> {
        let record: Value = serde_json::from_slice(bytes)
            .map_err(|_| "the original record cannot be read".to_owned())?;
        let errand = Errand::Retry { topic: self.topic.clone(), record };
        let key = inbox_key(receiver, &format!("retry-{}", self.id));
        let value = serde_json::to_vec(&errand).ok();
        Ok((Topic::Deliveries, Record { key, value, headers: Vec::new(), partition_by: None }))
    }

    fn original(&self, bytes: &[u8]) -> Result<(Topic, Record), String> {
        let topic = Topic::ALL.into_iter().find(|topic| topic.name() == self.topic);
        let topic = topic.ok_or_else(|| format!("there is no topic `{}`", self.topic))?;
        if topic.cleanup() == Cleanup::Compact {
            return Err(format!(
                "`{}` keeps only the newest record of each key; an old one must not replace it",
                self.topic
            ));
        }
        let value = Some(bytes.to_vec());
        let record = Record { key: self.key.clone(), value, headers: vec![], partition_by: None };
        Ok((topic, record))
    }

    fn json(&self) -> Value {
        let value = self.value.as_deref().unwrap_or_default();
        let record = serde_json::from_slice(value)
            .unwrap_or_else(|_| Value::from(String::from_utf8_lossy(value).into_owned()));
        json!({
            "id": self.id, "at": self.at, "topic": self.topic, "stage": self.stage,
            "receiver": self.receiver, "reason": self.reason, "key": self.key, "record": record,
        })
    }
}

/// Dead letters as a table; with `json`, one a line.
pub fn list(letters: &[DeadLetter], json: bool) -> String {
    if json {
        return letters.iter().map(|letter| format!("{}\n", letter.json())).collect();
    }
    if letters.is_empty() {
        return "no dead letters\n".to_owned();
    }
    let rows: Vec<Vec<String>> = letters.iter().map(row).collect();
    render(&["id", "given up", "topic", "by", "reason"], &rows)
}

fn row(letter: &DeadLetter) -> Vec<String> {
    vec![
        letter.id.clone(),
        letter.at.to_rfc3339_opts(SecondsFormat::Secs, true),
        letter.topic.clone(),
        letter.receiver.as_ref().unwrap_or(&letter.stage).clone(),
        clip(&letter.reason, 200),
    ]
}
