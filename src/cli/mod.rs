//! The command line: what the operator types.

pub mod args;
pub mod articles;
pub mod feeds;
pub mod generate;
pub mod parse;
pub mod score;
pub mod table;
pub mod tag;
