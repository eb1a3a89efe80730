//! The integration tests: one binary, one module per subject.
mod feed_parse;
mod feed_parse_broken;
mod feed_parse_conformance;
mod feed_parse_identity;
