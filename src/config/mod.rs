//! config
pub mod keys;
pub mod section;
