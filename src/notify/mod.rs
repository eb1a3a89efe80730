//! Who is told what, and in which words: routes, receivers, the delivery protocol.
//!
//! Pure: [`route`], [`card`], [`text`] and each receiver's `render`. The network is
//! touched in [`wire`] only, through the guarded client of `net`. The stage that drives all this
//! is `stage::notify`.

pub mod card;
pub mod console;
pub mod error;
pub mod matcher;
pub mod message;
mod plain;
pub mod receiver;
pub mod route;
pub mod sample;
pub mod slack;
mod slack_card;
pub mod template;
pub mod text;
pub mod webhook;
pub mod wire;
