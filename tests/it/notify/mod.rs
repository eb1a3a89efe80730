//! Delivery: never lost, never twice, readable.

mod first_path;
mod fixtures;
mod loss;
mod scripted;
mod simulated;
