//! Delivery: never lost, never twice, readable.

mod first_path;
mod fixtures;
