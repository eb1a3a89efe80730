//! `talentwire silence`: records of the topic `deliveries`, heard by running receivers within
//! seconds. The caller folds the topic and hands the outputs to the log.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::Value;

use super::table::{clip, render};
use crate::log::{Received, Record, Topic};
use crate::model::delivery::silence_key;
use crate::model::there_is;
use crate::notify::matcher::Matcher;
use crate::notify::route::Silence;

/// The silences on the log, by id.
pub type Silences = BTreeMap<String, Silence>;

/// The step of a fold over `deliveries`.
pub fn collect(silences: &mut Silences, received: Received) {
    let Some(id) = received.key.strip_prefix(&silence_key("")) else { return };
    let value = received.value.and_then(|value| serde_json::from_slice(&value).ok());
    match value {
        Some(silence) => silences.insert(id.to_owned(), silence),
        None => silences.remove(id),
    };
}

/// What is to be silent, and why.
#[derive(Debug, Clone, Default)]
pub struct What {
    /// Which moves.
    pub matcher: Matcher,
    /// Only at this receiver.
    pub receiver: Option<String>,
    /// For the next reader.
    pub reason: String,
}

/// Makes a silence and the record that begins it.
///
/// # Errors
/// Where it would silence everything everywhere, which is rather a mistake.
pub fn add(
    what: What,
    lasting: Duration,
    now: DateTime<Utc>,
) -> Result<(Silence, (Topic, Record)), String> {
    let What { matcher, receiver, reason } = what;
    if matcher == Matcher::default() && receiver.is_none() {
        return Err("say what to silence: --person, --company, --receiver or several".to_owned());
    }
    let until = TimeDelta::from_std(lasting).ok().and_then(|wait| now.checked_add_signed(wait));
    let until = until.filter(|until| *until > now).ok_or("--for must be a time such as 12h")?;
    let words = serde_json::to_string(&matcher).unwrap_or_default();
    let place = receiver.as_deref().unwrap_or_default();
    let id = crate::model::content_id(&[&words, place, &now.to_rfc3339()]);
    let id: String = id.chars().take(8).collect();
    let silence = Silence { schema: crate::model::SCHEMA, id, matcher, receiver, until, reason };
    let value = serde_json::to_vec(&silence).ok();
    let record = of_key(silence_key(&silence.id), value);
    Ok((silence, record))
}

/// Returns the record that ends a silence.
///
/// # Errors
/// Where there is none of that name, with those that there are.
pub fn expire(silences: &Silences, id: &str) -> Result<(Topic, Record), String> {
    if silences.contains_key(id) {
        return Ok(of_key(silence_key(id), None));
    }
    let known: Vec<&str> = silences.keys().map(String::as_str).collect();
    Err(format!("no silence is named `{id}`; {}", there_is(&known)))
}

fn of_key(key: String, value: Option<Vec<u8>>) -> (Topic, Record) {
    (Topic::Deliveries, Record { key, value, headers: Vec::new(), partition_by: None })
}

/// The silences that hold at `now`, as a table; with `json`, one a line.
pub fn list(silences: &Silences, json: bool, now: DateTime<Utc>) -> String {
    let held = silences.values().filter(|silence| silence.until > now);
    if json {
        return held.filter_map(|it| serde_json::to_string(it).ok()).map(|it| it + "\n").collect();
    }
    let rows: Vec<Vec<String>> = held.map(row).collect();
    if rows.is_empty() {
        return "no silences\n".to_owned();
    }
    render(&["id", "until", "receiver", "what", "reason"], &rows)
}

fn row(silence: &Silence) -> Vec<String> {
    vec![
        silence.id.clone(),
        silence.until.to_rfc3339_opts(SecondsFormat::Secs, true),
        silence.receiver.clone().unwrap_or_else(|| "every".to_owned()),
        clip(&spoken(&silence.matcher), 80),
        clip(&silence.reason, 120),
    ]
}

/// `company openai or xai, person Ada Sample`.
fn spoken(matcher: &Matcher) -> String {
    let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let words = |value: &Value| match value.as_array() {
        Some(items) => items.iter().map(word).collect::<Vec<_>>().join(" or "),
        None => word(value),
    };
    let Ok(Value::Object(keys)) = serde_json::to_value(matcher) else { return String::new() };
    if keys.is_empty() {
        return "everything".to_owned();
    }
    keys.iter().map(|(key, value)| format!("{key} {}", words(value))).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    #[test]
    fn a_silence_is_added_listed_and_expired() {
        let now: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
        let matcher = Matcher { person: vec!["Ada Sample".to_owned()], ..Matcher::default() };
        let (silence, (topic, record)) =
            add(What { matcher, receiver: None, reason: "on leave".to_owned() }, HOUR, now)
                .unwrap();
        let received = |record: Record| Received {
            topic,
            partition: 0,
            offset: 0,
            timestamp: now,
            key: record.key,
            value: record.value,
            headers: record.headers,
        };
        let mut silences = Silences::new();
        collect(&mut silences, received(record));
        let table = list(&silences, false, now);
        assert!(table.starts_with("id "), "{table}");
        assert!(table.contains("every     person Ada Sample  on leave"), "{table}");
        assert_eq!(list(&silences, false, now + TimeDelta::hours(2)), "no silences\n");
        assert!(expire(&silences, "nope").unwrap_err().contains(&silence.id));
        let (_, end) = expire(&silences, &silence.id).unwrap();
        collect(&mut silences, received(end));
        assert!(silences.is_empty());
    }

    #[test]
    fn a_silence_of_everything_everywhere_is_refused() {
        assert!(add(What::default(), HOUR, Utc::now()).is_err());
        let (silence, _) =
            add(What { receiver: Some("slack".to_owned()), ..What::default() }, HOUR, Utc::now())
                .unwrap();
        assert_eq!(silence.receiver.as_deref(), Some("slack"));
    }
}
