//! Records that another process hands to the one that has the log open.
//!
//! One file per submission in `inbox/`, written under another name and renamed when it is whole
//! and on the disk. The name is stored in the same transaction as the records, and forgotten only
//! after the file is removed: killed at any point in between, each file is published once.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::Utc;
use serde::{Deserialize, Serialize};

use crate::log::{LogError, Record, Topic};

/// A file that was begun and not finished is removed after this time.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// The records of one submission, as its file spells them.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Submission {
    outputs: Vec<Output>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Output {
    topic: String,
    key: String,
    /// Base64.
    value: Option<String>,
    /// Names, and values as base64.
    headers: Vec<(String, String)>,
}

/// A file of the inbox.
pub(super) enum Waiting {
    /// Whole and readable.
    Whole(Vec<(Topic, Record)>),
    /// Not something that [`put`] writes; says why.
    Unreadable(String),
}

/// The folder of the inbox.
pub(super) fn folder(log: &Path) -> PathBuf {
    log.join("inbox")
}

/// Leaves records for the process that has the log open.
pub(super) fn put(log: &Path, outputs: Vec<(Topic, Record)>) -> std::io::Result<()> {
    let folder = folder(log);
    fs::create_dir_all(&folder)?;
    let outputs = outputs.into_iter().map(output).collect();
    let text = serde_json::to_vec(&Submission { outputs })?;
    // Ordered by time; two processes at the same nanosecond differ in their number.
    let nanos = Utc::now().timestamp_nanos_opt().unwrap_or_default();
    let name = format!("{nanos:020}-{}", std::process::id());
    let begun = folder.join(format!("{name}.part"));
    let mut file = File::create_new(&begun)?;
    let written = file.write_all(&text).and_then(|()| file.sync_all());
    if let Err(error) = written {
        fs::remove_file(&begun).ok();
        return Err(error);
    }
    fs::rename(&begun, folder.join(format!("{name}.json")))?;
    File::open(&folder)?.sync_all()
}

fn output((topic, record): (Topic, Record)) -> Output {
    Output {
        topic: topic.name().to_owned(),
        key: record.key,
        value: record.value.map(|value| STANDARD.encode(value)),
        headers: record
            .headers
            .into_iter()
            .map(|(name, value)| (name, STANDARD.encode(value)))
            .collect(),
    }
}

/// Returns the names of the files that wait, oldest first, and removes abandoned ones.
pub(super) fn names(log: &Path) -> std::io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder(log)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        if name.ends_with(".json") {
            names.push(name);
        } else if name.ends_with(".part") {
            let age = entry.metadata()?.modified()?.elapsed().unwrap_or_default();
            if age > ABANDONED {
                fs::remove_file(entry.path())?;
            }
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// Reads one file of the inbox.
pub(super) fn read(log: &Path, name: &str) -> std::io::Result<Waiting> {
    let bytes = fs::read(folder(log).join(name))?;
    Ok(match decode(&bytes) {
        Ok(outputs) => Waiting::Whole(outputs),
        Err(why) => Waiting::Unreadable(why),
    })
}

fn decode(bytes: &[u8]) -> Result<Vec<(Topic, Record)>, String> {
    let submission: Submission =
        serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let base64 = |text: String| STANDARD.decode(text).map_err(|error| error.to_string());
    let mut outputs = Vec::new();
    for output in submission.outputs {
        let topic = Topic::ALL
            .into_iter()
            .find(|topic| topic.name() == output.topic)
            .ok_or_else(|| format!("there is no topic `{}`", output.topic))?;
        let value = output.value.map(base64).transpose()?;
        let mut headers = Vec::new();
        for (name, value) in output.headers {
            headers.push((name, base64(value)?));
        }
        // The embedded log has one partition: `partition_by` means nothing there.
        let record = Record { key: output.key, value, headers, partition_by: None };
        outputs.push((topic, record));
    }
    Ok(outputs)
}

/// Removes a published file; it may be gone already.
pub(super) fn remove(log: &Path, name: &str) -> std::io::Result<()> {
    match fs::remove_file(folder(log).join(name)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Puts an unreadable file aside, where a person can look at it.
pub(super) fn put_aside(log: &Path, name: &str) -> std::io::Result<PathBuf> {
    let aside = folder(log).join(format!("{name}.unreadable"));
    fs::rename(folder(log).join(name), &aside)?;
    Ok(aside)
}

/// Names an error of the inbox for the person that submitted.
pub(super) fn failure(log: &Path, error: &std::io::Error) -> LogError {
    let folder = folder(log);
    let text = format!("cannot leave records in {}: {error}", folder.display());
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::Interrupted => {
            LogError::Transient(text)
        }
        _ => LogError::Fatal(text),
    }
}
