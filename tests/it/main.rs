//! The integration tests: one binary, one module per subject.

// Test code stops at the first surprise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod feed_parse;
mod fetch;
mod layers;
mod log_contract;
mod log_embedded;
mod net;
mod opml;
mod poll;
mod support;
mod web;
