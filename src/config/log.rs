//! `[log]`: where records are kept.

use super::section::{Document, Section};
use super::{Environment, Files};
use crate::log::embedded;

/// Which log, and how to open it.
#[derive(Clone)]
pub enum LogSettings {
    /// SQLite in a folder of this machine.
    Embedded(embedded::Settings),
}

/// Reads `[log]`.
pub(super) fn check_log<'a>(
    _doc: &'a Document<'a>,
    section: &Section<'a>,
    _files: &Files,
    _environment: Environment<'_>,
) -> LogSettings {
    let path = section.text("path").unwrap_or_default();
    LogSettings::Embedded(embedded::Settings::at(path))
}
