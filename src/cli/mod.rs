//! The command line: what the operator types.

pub mod args;
pub mod articles;
pub mod generate;
pub mod score;
pub mod table;
pub mod tag;
pub mod parse;
