//! What the grammars of Chinese and Japanese share: words, tokens, names, and the union of what
//! title and summary say.

pub(crate) mod fold;
pub(crate) mod latin;
pub(crate) mod names;
pub(crate) mod token;
pub(crate) mod unite;
pub(crate) mod words;
