//! feed
pub mod challenge;
pub mod fetch;
pub mod polite;
pub mod schedule;
pub mod settings;
