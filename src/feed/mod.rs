//! Feeds: from an answer's bytes to articles that were not seen before.
//!
//! `decode` makes UTF-8 of any bytes, `parse` makes a [`Feed`] of any document, `seen` decides
//! which of its entries are new, edited or known, and `read` does all three at the speed of the
//! common case: everything is known. All of it is pure.

pub mod dates;
pub mod decode;
pub mod document;
pub mod html;
pub mod identity;
pub mod links;
pub mod parse;
pub mod read;
pub mod seen;

pub use document::{Entry, Feed, Format, Hints, ParseError, Repair};
pub use parse::parse;
pub use read::{Reading, read};
pub use seen::{Judged, Seen, judge};
