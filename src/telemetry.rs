//! Log lines: text on a terminal, JSON otherwise; always on standard error.
//!
//! `TALENTWIRE_LOG` filters them (the syntax of `tracing_subscriber::EnvFilter`, default `info`);
//! `TALENTWIRE_LOG_FORMAT` is `text` or `json`. Text from the web goes into fields only, where the
//! formatter escapes line breaks and terminal colours.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// For collectors: one JSON object a line.
    Json,
}

impl Format {
    /// What `TALENTWIRE_LOG_FORMAT` says, or else by whether standard error is a terminal.
    pub fn choose(asked: Option<&str>) -> Self {
        match asked {
            Some("json") => Format::Json,
            Some("text") => Format::Text,
            _ if std::io::stderr().is_terminal() => Format::Text,
            _ => Format::Json,
        }
    }
}

/// Starts logging; a second call changes nothing. `filter` is an `EnvFilter`; an unreadable one
/// counts as `info`.
pub fn start(format: Format, filter: &str) {
    // What it says comes back as an error as well, which is told where it is handled.
    let filter = format!("rustls_platform_verifier=off,{filter}");
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match format {
        Format::Json => builder.json().flatten_event(true).with_current_span(false).try_init(),
        Format::Text => {
            builder.with_ansi(std::io::stderr().is_terminal()).with_target(false).try_init()
        }
    };
    if started.is_err() {
        tracing::debug!("logging was started before");
    }
}
