//! The command line: what the operator types.

pub mod args;
pub mod generate;
pub mod score;
pub mod tag;
