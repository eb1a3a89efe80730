//! The integration tests: one binary, one module per subject.

mod log_contract;
mod log_embedded;
mod support;
