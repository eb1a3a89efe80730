//! The integration tests: one binary, one module per subject.

mod extract_ko;
