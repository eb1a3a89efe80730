//! The integration tests: one binary, one module per subject.
mod track;
mod track_claims;
mod track_history;
mod track_order;
mod track_stream;
