//! `[log]`: where records are kept.

use super::files::Files;
use super::keys::KAFKA;
use super::section::{Document, Section};
use super::Environment;
use crate::log::{embedded, kafka};

/// Which log, and how to open it.
#[derive(Clone)]
pub enum LogSettings {
    /// SQLite in a folder of this machine.
    Embedded(embedded::Settings),
    /// Apache Kafka or another broker of its protocol.
    Kafka(Box<kafka::Settings>),
}
