//! A word in lower case, borrowed where it is so already.

use std::borrow::Cow;
use std::ops::Deref;

/// A word in lower case; of the text where it is ASCII.
#[derive(Debug, Clone)]
pub(super) struct Lower<'a>(Cow<'a, str>);

impl<'a> Lower<'a> {
    pub(super) fn borrowed(word: &'a str) -> Self {
        Self(Cow::Borrowed(word))
    }

    pub(super) fn owned(word: String) -> Self {
        Self(Cow::Owned(word))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Lower<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<&str> for Lower<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}
