//! The integration tests: one binary, one module per subject.
mod track;
mod track_claims;
