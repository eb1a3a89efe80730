//! What the grammars of Chinese and Japanese share: words, tokens, names, phrases, the resolution
//! of events, and the union of what title and summary say.

mod ends;
pub(crate) mod event;
pub(crate) mod fold;
pub(crate) mod latin;
pub(crate) mod names;
pub(crate) mod person;
pub(crate) mod resolve;
pub(crate) mod token;
pub(crate) mod unite;
pub(crate) mod view;
pub(crate) mod words;
