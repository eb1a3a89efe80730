//! talentwire watches news feeds and tells Slack, once per real-world move, that a person moved
//! between AI companies. ARCHITECTURE.md has the map.

pub mod app;
pub mod cli;
pub mod config;
pub mod extract;
pub mod feed;
pub mod http;
pub mod log;
pub mod metrics;
pub mod model;
pub mod net;
pub mod notify;
pub mod shutdown;
pub mod stage;
pub mod telemetry;
pub mod track;
