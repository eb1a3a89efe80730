//! The integration tests: one binary, one module per subject.

mod extract_cjk;
mod extract_companies;
mod extract_en;
mod extract_hostile;
mod extract_ja;
mod extract_ko;
mod extract_zh;
