//! The integration tests: one binary, one module per subject.

// Test code stops at the first surprise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod config;
mod extract_ablation;
mod extract_cjk;
mod extract_companies;
mod extract_en;
mod extract_hostile;
mod extract_ja;
mod extract_ko;
mod extract_zh;
mod feed_lies;
mod feed_mutants;
mod feed_parse;
mod feed_parse_broken;
mod feed_parse_conformance;
mod feed_parse_identity;
mod feed_parse_known;
mod fetch;
mod fetch_blocked;
mod fetch_bombs;
mod kafka;
mod layers;
mod log_child;
mod log_contract;
mod log_embedded;
mod log_kafka;
mod net;
mod notify;
mod opml;
mod ops;
mod ops_alerts;
mod ops_clock;
mod ops_dashboards;
mod ops_disk;
mod ops_docs;
mod ops_flood;
mod ops_guide;
mod ops_logs;
mod ops_reload;
mod ops_supervisor;
mod poll;
mod poll_kill;
mod support;
mod track;
mod track_articles;
mod track_claims;
mod track_cli;
mod track_engine;
mod track_history;
mod track_kill;
mod track_order;
mod track_replay;
mod track_stream;
mod web;
