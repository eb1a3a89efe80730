//! `[[receiver]]`: where alerts go, with secrets by value, file or environment.

use toml::Spanned;
use toml::de::DeValue;

use super::Environment;
use super::files::Files;
use super::keys::RECEIVER;
use super::section::{Document, Section};
use crate::model::Secret;
use crate::notify::build::{ReceiverSettings, Target};
use crate::telemetry::coloured;

/// One receiver and what it may reach.
#[derive(Clone)]
pub struct Receiver {
    /// Its settings.
    pub settings: ReceiverSettings,
    /// True where it may lie on a loopback, private or link-local address.
    pub allow_private: bool,
}

/// The names that routes may use: also those of receivers with another fault, which would else be
/// reported a second time as missing.
pub(super) fn receiver_names<'a>(root: &Section<'a>) -> Vec<&'a str> {
    let value = root.value("receiver");
    let items: Vec<&Spanned<DeValue<'a>>> = match value.map(Spanned::get_ref) {
        Some(DeValue::Array(items)) => items.iter().collect(),
        _ => value.into_iter().collect(),
    };
    items
        .into_iter()
        .filter_map(|item| item.get_ref().as_table()?.get("name")?.get_ref().as_str())
        .collect()
}

/// Reads every `[[receiver]]`.
pub(super) fn check_receivers<'a>(
    doc: &'a Document<'a>,
    root: &Section<'a>,
    files: &Files,
    environment: Environment<'_>,
    allow_private: bool,
) -> Vec<Receiver> {
    let mut receivers: Vec<Receiver> = Vec::new();
    for (index, table) in root.tables("receiver").into_iter().enumerate() {
        let section =
            Section::new(doc, format!("receiver[{}]", index + 1), Some(table), &[RECEIVER]);
        let secrets = Secrets { section: &section, files, environment };
        let Some(receiver) = check_receiver(&section, &secrets, allow_private) else { continue };
        if receivers.iter().any(|other| other.settings.name == receiver.settings.name) {
            section.problem("name", format!("`{}` is used twice", receiver.settings.name));
        } else {
            receivers.push(receiver);
        }
    }
    receivers
}

fn check_receiver(
    section: &Section<'_>,
    secrets: &Secrets<'_, '_>,
    allow_private: bool,
) -> Option<Receiver> {
    let name = section.text("name");
    match name.as_deref() {
        None => section.problem("name", "is missing; routes name the receiver by it"),
        Some(name) if !is_name(name) => {
            section.problem("name", "may hold letters, digits, '-' and '_' only, at most 60");
        }
        Some(_) => {}
    }
    if !section.has("type") {
        section.problem("type", "is missing; one of slack, webhook, discord, teams, ntfy, console");
    }
    let target = check_target(section, secrets)?;
    let template = check_template(section, secrets.files);
    let settings = ReceiverSettings {
        name: name.filter(|name| is_name(name))?,
        target,
        template,
        interval: None,
        ops: section.boolean("ops").unwrap_or(false),
    };
    if let Some(what) = settings.name_problem() {
        section.problem("name", what);
    }
    let allow_private = section.boolean("allow_private_networks").unwrap_or(allow_private);
    Some(Receiver { settings, allow_private })
}

/// The text of the template that replaces the built-in card.
fn check_template(section: &Section<'_>, files: &Files) -> Option<String> {
    match files.read(&section.text("template")?) {
        Ok(loaded) => Some(loaded.text),
        Err(what) => {
            section.problem("template", what);
            None
        }
    }
}

fn is_name(name: &str) -> bool {
    (1..=60).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn check_target(section: &Section<'_>, secrets: &Secrets<'_, '_>) -> Option<Target> {
    let kind = section.text("type")?;
    Some(match kind.as_str() {
        "console" => Target::Console { colour: coloured(&std::io::stdout()) },
        "slack" => return check_slack(section, secrets),
        "webhook" => Target::Webhook { url: secrets.url()?, secrets: secrets.signing() },
        "discord" => Target::Discord { url: secrets.url()? },
        "teams" => Target::Teams { url: secrets.url()? },
        _ => Target::Ntfy { url: secrets.url()?, token: secrets.optional("token") },
    })
}

fn check_slack(section: &Section<'_>, secrets: &Secrets<'_, '_>) -> Option<Target> {
    if !secrets.is_set("token") {
        return Some(Target::SlackWebhook { url: secrets.url()? });
    }
    let token = secrets.optional("token")?;
    let api = if secrets.is_set("url") { Some(secrets.url()?) } else { None };
    match section.text("channel") {
        Some(channel) => Some(Target::SlackBot { token, channel, api }),
        None => {
            section.problem(
                "channel",
                "is missing; a bot token needs the id of a channel, such as \"C0123456789\"",
            );
            None
        }
    }
}

/// Reads secrets given as `key`, `key_file` or `key_env`.
pub(super) struct Secrets<'s, 'a> {
    pub(super) section: &'s Section<'a>,
    pub(super) files: &'s Files,
    pub(super) environment: Environment<'s>,
}

impl Secrets<'_, '_> {
    pub(super) fn is_set(&self, key: &str) -> bool {
        ["", "_file", "_env"].iter().any(|end| self.section.has(&format!("{key}{end}")))
    }

    /// The secret in its raw form; `None` where it is absent or wrong, which is then reported.
    pub(super) fn raw(&self, key: &str) -> Option<String> {
        let forms: Vec<String> = ["", "_file", "_env"]
            .iter()
            .map(|end| format!("{key}{end}"))
            .filter(|name| self.section.has(name))
            .collect();
        let [form] = forms.as_slice() else {
            if let Some(second) = forms.get(1) {
                self.section.problem(
                    second,
                    format!("give {key} one way only, not as {}", forms.join(" and ")),
                );
            }
            return None;
        };
        let value = self.section.text(form)?;
        let found = if form.ends_with("_file") {
            self.files.read(&value).map(|loaded| loaded.text)
        } else if form.ends_with("_env") {
            (self.environment)(&value)
                .ok_or_else(|| format!("the environment variable {value} is not set"))
        } else {
            Ok(value)
        };
        match found {
            Ok(text) if text.trim().is_empty() => {
                self.section.problem(form, "is empty; the secret itself is needed");
                None
            }
            Ok(text) => Some(text.trim().to_owned()),
            Err(what) => {
                self.section.problem(form, what);
                None
            }
        }
    }

    pub(super) fn optional(&self, key: &str) -> Option<Secret> {
        self.raw(key).map(|text| Secret::new(&text))
    }

    /// An address to post to. What is wrong with it is said without repeating it.
    fn url(&self) -> Option<Secret> {
        if !self.is_set("url") {
            self.section.problem("url", "is missing; give url, url_file or url_env");
            return None;
        }
        let text = self.raw("url")?;
        let problem = match url::Url::parse(&text) {
            Err(cause) => format!("is no URL ({cause}); it starts with https://"),
            Ok(url) if !matches!(url.scheme(), "http" | "https") => {
                format!("starts with {}://; https:// is right", url.scheme())
            }
            Ok(_) => return Some(Secret::new(&text)),
        };
        let key = ["url", "url_file", "url_env"].into_iter().find(|key| self.section.has(key));
        self.section.problem(key.unwrap_or("url"), problem);
        None
    }

    fn signing(&self) -> Vec<Secret> {
        if self.section.has("secret") {
            return self.section.texts("secret").iter().map(|text| Secret::new(text)).collect();
        }
        let text = self.raw("secret").unwrap_or_default();
        text.split_whitespace().map(Secret::new).collect()
    }
}
