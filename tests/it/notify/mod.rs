//! Delivery: never lost, never twice, readable.

mod first_path;
mod fixtures;
mod hostile;
mod loss;
mod receivers;
mod scripted;
mod simulated;
