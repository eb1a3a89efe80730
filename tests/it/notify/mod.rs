//! Delivery: never lost, never twice, readable.

mod answers;
mod bench;
mod canary;
mod cancelled;
mod cards;
mod commands;
mod doubt;
mod first_path;
mod fixtures;
mod hostile;
mod kills;
mod limits;
mod loss;
mod one_address;
mod picture;
mod receivers;
mod routing;
mod scripted;
mod secrets;
mod simulated;
mod sink;
mod slack_bot;
mod tls;
mod two_daemons;
mod two_members;
