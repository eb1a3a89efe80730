//! The integration tests: one binary, one module per subject.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a failing test says so

mod kafka;
mod log_child;
mod log_contract;
mod log_embedded;
mod log_kafka;
mod support;
