//! The integration tests: one binary, one module per subject.

// Test code stops at the first surprise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod fetch;
mod layers;
mod net;
mod web;
