//! Feeds: from an answer's bytes to articles that were not seen before.
//!
//! `decode` makes UTF-8 of any bytes, `parse` makes a [`Feed`] of any document, `seen` decides
//! which of its entries are new, edited or known, and `read` does all three at the speed of the
//! common case: everything is known. All of it is pure.

mod bounds;
pub mod challenge;
mod codepages;
mod date_words;
pub mod dates;
pub mod decode;
pub mod document;
mod entry;
pub mod fetch;
pub mod fulltext;
mod hash;
mod head;
pub mod health;
pub mod html;
pub mod identity;
mod json;
mod json_parts;
mod json_text;
pub mod links;
mod names;
pub mod opml;
mod outline;
pub mod parse;
pub mod polite;
pub mod read;
mod salvage;
pub mod schedule;
mod second;
pub mod seen;
mod seen_past;
mod seen_record;
mod session;
pub mod settings;
mod stored;

pub use document::{Entry, Feed, Format, Hints, ParseError, Repair};
pub use parse::parse;
pub use read::{Reading, read};
pub use seen::{Judged, Seen, judge};
