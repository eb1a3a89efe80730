//! The four stages: thin shells between the log and the engines.

pub mod canary;
pub mod notify;
pub mod poll;
pub mod runner;
pub mod tag;
pub mod track;

use chrono::{DateTime, Utc};

/// The clock that stages hand to the engines. One place, so that engines stay free of it.
pub fn now() -> DateTime<Utc> {
    Utc::now()
}
