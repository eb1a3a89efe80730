//! Dates in every form that feeds write them.

use chrono::{DateTime, Utc};

/// Returns the moment that `raw` means.
pub fn parse(raw: &str) -> Option<DateTime<Utc>> {
    let raw = raw.trim();
    let date = DateTime::parse_from_rfc3339(raw).or_else(|_| DateTime::parse_from_rfc2822(raw));
    date.ok().map(|date| date.to_utc())
}
