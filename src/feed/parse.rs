//! From any document to a [`Feed`].

use super::document::{Feed, Hints, ParseError};

/// Largest document that is read, in bytes.
pub const MAX_BYTES: usize = 32 << 20;
/// Most entries of one document that are read.
pub const MAX_ENTRIES: usize = 16_384;

/// Returns the feed that a document holds.
///
/// # Errors
/// See [`ParseError`].
pub fn parse(_document: &[u8], _hints: &Hints<'_>) -> Result<Feed, ParseError> {
    Err(ParseError::Empty)
}
