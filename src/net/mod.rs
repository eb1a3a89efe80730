//! Outgoing connections: which addresses may be reached, and the client that obeys.
//!
//! Layer 1: used by `feed` (fetching) and `notify` (receivers). Whatever address a name resolves
//! to at the moment of connecting is judged, so a name that changes its address between two
//! look-ups gains nothing; hosts written as an address are judged before the request. Redirects
//! are never followed here: whoever follows one sends a new [`Request`], and each is judged.

mod address;
mod client;
mod error;
mod pages;
mod resolve;
mod room;
mod settings;

pub use address::{AddressClass, class_of};
pub use client::{Answer, Client, Request, client};
pub use error::NetError;
pub use room::Room;
pub use settings::ClientSettings;

/// Returns `url` as it may be shown: without user name and password.
pub fn shown(url: &url::Url) -> String {
    if url.username().is_empty() && url.password().is_none() {
        return url.as_str().to_owned();
    }
    let mut bare = url.clone();
    // Both fail only for URLs without a host, which carry no credentials.
    bare.set_username("").ok();
    bare.set_password(None).ok();
    bare.into()
}
