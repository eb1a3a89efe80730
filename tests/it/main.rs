//! The integration tests: one binary, one module per subject.

mod extract_companies;
mod extract_en;
mod extract_hostile;
mod extract_ko;
