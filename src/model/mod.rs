//! What flows between the stages, and its wire format.
//!
//! Every type here is plain data: `serde` gives it its JSON form on the topics. A record carries
//! [`SCHEMA`]; a reader accepts its own version and older ones, because new fields have defaults.

pub mod article;
pub mod claim;
pub mod delivery;
pub mod feed_state;
pub mod moves;
pub mod phrase;
pub mod problem;
pub mod secret;
pub mod tagged;

pub use article::{Arrival, Article, ArticleRef};
pub use claim::{Claim, ClaimRecord, Evidence, Field, Kind, Status, Suppressed};
pub use feed_state::{FeedState, Health, Redirected, Wishes};
pub use moves::{Attention, Change, ChangeKind, Move, Report};
pub use phrase::{counted, there_is};
pub use problem::{Problem, Problems};
pub use secret::Secret;
pub use tagged::{Tagged, Tagging};

/// Version of the records on the topics. A reader rejects a newer one into `dead-letters`.
pub const SCHEMA: u16 = 1;

pub(crate) fn schema() -> u16 {
    SCHEMA
}

/// Returns the first 16 bytes of the BLAKE3 hash of `parts` as 32 hex digits.
///
/// Parts are separated by a byte that cannot occur in UTF-8, so that `["ab", "c"]` and
/// `["a", "bc"]` differ. Every id of the project is made by this function: the same content
/// gives the same id on every replay and on every machine.
pub fn content_id(parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update(&[0xff]);
    }
    hasher.finalize().to_hex().get(..32).unwrap_or_default().to_owned()
}
