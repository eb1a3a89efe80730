//! What the grammars of Chinese and Japanese share: words, tokens, names, phrases, the resolution
//! of events, the bonds of people and houses (`bond`, `affiliation`), and the union of what title and
//! summary say.

mod absorb;
mod affiliation;
mod anaphor;
mod article;
pub(crate) mod bond;
mod builder;
mod ends;
pub(crate) mod event;
pub(crate) mod fold;
pub(crate) mod gloss;
mod house;
pub(crate) mod latin;
mod learned;
mod mover;
pub(crate) mod names;
mod naming;
pub(crate) mod number;
pub(crate) mod person;
mod piece;
mod pinyin;
pub(crate) mod reading;
mod reason;
pub(crate) mod resolve;
mod roster;
mod settle;
mod signs;
mod title;
pub(crate) mod token;
pub(crate) mod tongue;
pub(crate) mod unite;
mod unnamed;
mod view;
mod whom;
pub(crate) mod words;
