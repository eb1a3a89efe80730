//! Who is told what, and in which words: routes, receivers, the delivery protocol.
//!
//! Pure: [`route`], [`card`], [`text`] and each receiver's `render`. The network is
//! touched in [`wire`] only, through the guarded client of `net`. The stage that drives all this
//! is `stage::notify`.

pub mod build;
pub mod cap;
pub mod card;
pub mod console;
pub mod discord;
pub mod error;
mod markdown;
pub mod matcher;
pub mod message;
pub mod ntfy;
pub mod outbox;
mod plain;
pub mod protocol;
pub mod quiet;
pub mod receiver;
pub mod retry;
pub mod route;
pub mod sample;
pub mod seniority;
pub mod slack;
pub mod slack_bot;
mod slack_card;
pub mod story;
pub mod teams;
pub mod template;
pub mod text;
pub mod tone;
mod values;
pub mod webhook;
pub mod wire;
