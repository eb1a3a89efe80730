//! `[log]`: where records are kept.

use std::collections::BTreeMap;
use std::path::PathBuf;

use toml::de::DeValue;

use super::keys::KAFKA;
use super::receivers::Secrets;
use super::section::{Document, Section};
use super::{Environment, Files};
use crate::log::kafka::{Sasl, Security};
use crate::log::{embedded, kafka};

/// Which log, and how to open it.
#[derive(Clone)]
pub enum LogSettings {
    /// SQLite in a folder of this machine.
    Embedded(embedded::Settings),
    /// Apache Kafka or another broker of its protocol.
    Kafka(Box<kafka::Settings>),
}

/// Reads `[log]`.
pub(super) fn check_log<'a>(
    doc: &'a Document<'a>,
    section: &Section<'a>,
    files: &Files,
    environment: Environment<'_>,
) -> LogSettings {
    let kafka = Section::new(doc, "log.kafka", section.value("kafka"), &[KAFKA]);
    let secrets = Secrets { section: &kafka, files, environment };
    let settings = check_kafka(&kafka, &secrets);
    if section.text("backend").as_deref() != Some("kafka") {
        let path = section.text("path").unwrap_or_default();
        if path.is_empty() {
            section.problem("path", "is empty; name a folder, such as \"data\"");
        }
        return LogSettings::Embedded(embedded::Settings::at(path));
    }
    for (key, what) in settings.problems() {
        kafka.problem(&key, what);
    }
    check_files(&kafka, files);
    LogSettings::Kafka(Box::new(settings))
}

/// The files that librdkafka will read by itself: said here, not when the daemon starts.
fn check_files(section: &Section<'_>, files: &Files) {
    for key in ["ca_file", "certificate_file", "key_file"] {
        let Some(path) = section.text(key).and_then(|path| files.on_disk(&path)) else { continue };
        if let Err(cause) = std::fs::File::open(&path) {
            section.problem(key, format!("cannot read `{}`: {cause}", path.display()));
        }
    }
}

fn check_kafka(section: &Section<'_>, secrets: &Secrets<'_, '_>) -> kafka::Settings {
    kafka::Settings {
        brokers: section.text("brokers").unwrap_or_default(),
        topic_prefix: section.text("topic_prefix").unwrap_or_default(),
        instance: section.text("instance"),
        replication: section.integer("replication").and_then(|count| i32::try_from(count).ok()),
        security: check_security(section, secrets),
        options: check_options(section),
    }
}

fn check_security(section: &Section<'_>, secrets: &Secrets<'_, '_>) -> Security {
    let security = section.text("security").unwrap_or_default();
    let path = |key: &str| -> Option<PathBuf> {
        let found = section.text(key)?;
        Some(secrets.files.on_disk(&found).unwrap_or_else(|| found.into()))
    };
    Security {
        tls: security.ends_with("ssl"),
        ca_file: path("ca_file"),
        certificate_file: path("certificate_file"),
        key_file: path("key_file"),
        key_password: secrets.optional("key_password"),
        sasl: if security.starts_with("sasl") { check_sasl(section, secrets) } else { None },
    }
}

fn check_sasl(section: &Section<'_>, secrets: &Secrets<'_, '_>) -> Option<Sasl> {
    let mechanism = section.text("sasl_mechanism");
    let username = section.text("username");
    let password = secrets.optional("password");
    for (key, missing) in [
        ("sasl_mechanism", mechanism.is_none()),
        ("username", username.is_none()),
        ("password", !secrets.is_set("password")),
    ] {
        if missing && !section.has(key) {
            section.problem(key, "is missing; SASL needs sasl_mechanism, username and password");
        }
    }
    Some(Sasl { mechanism: mechanism?, username: username?, password: password? })
}

fn check_options(section: &Section<'_>) -> BTreeMap<String, String> {
    let mut options = BTreeMap::new();
    let Some(table) = section.value("options").and_then(|value| value.get_ref().as_table()) else {
        if section.has("options") {
            section.problem("options", "must be a table of librdkafka settings");
        }
        return options;
    };
    for (name, value) in table {
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Float(number) => number.as_str().to_owned(),
            DeValue::Boolean(value) => value.to_string(),
            other => {
                let what = format!("must be a text or a number, not {}", other.type_str());
                section.problem(&format!("options.{}", name.get_ref()), what);
                continue;
            }
        };
        options.insert(name.get_ref().to_string(), text);
    }
    options
}
