//! The command line.

pub mod tag;
