//! From the files that a person wrote to checked settings: all problems at once.

pub mod keys;
pub mod section;
