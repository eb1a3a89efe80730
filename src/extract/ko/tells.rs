//! Whether an article holds a trigger at all: a cheap test before it is read.

use super::Korean;
use crate::extract::candidate::{Grammar, Passage};

impl Korean {
    /// True where a passage holds a trigger.
    pub(super) fn tells(&self, passage: &Passage<'_>) -> bool {
        match passage.cues {
            Some(cues) => {
                self.told_by(&passage.text.norm, cues).is_some_and(|told| !told.is_empty())
            }
            None => !self.find(passage.text).is_empty(),
        }
    }
}
