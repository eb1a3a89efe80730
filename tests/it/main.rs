//! The integration tests: one binary, one module per subject.

mod kafka;
mod log_child;
mod log_contract;
mod log_embedded;
mod log_kafka;
mod support;
