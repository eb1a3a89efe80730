//! Where tags, comments and CDATA sections end, in time linear in the document.
//!
//! Broken markup makes each search run to the end of the document; done for each of a million
//! broken tags that would take hours. Every search here either consumes what it passed, or is
//! remembered as hopeless, or counts against a small allowance.

use memchr::{memchr, memchr3, memmem};

/// How many tags may have quotes that never make sense before quotes stop mattering.
const BROKEN_QUOTES: u8 = 8;

/// How many quoted values of one tag are looked at.
const QUOTED: usize = 1_000;

/// Searches over one document, from front to back.
#[derive(Debug, Clone)]
pub(crate) struct Bounds {
    quotes: u8,
    no_tag_end: bool,
    no_comment_end: bool,
    cdata_end: Option<usize>,
}

impl Bounds {
    pub(crate) fn new() -> Self {
        Self { quotes: BROKEN_QUOTES, no_tag_end: false, no_comment_end: false, cdata_end: Some(0) }
    }

    /// True when a tag was met whose quotes made no sense, or that never ended.
    pub(crate) fn are_broken(&self) -> bool {
        self.quotes < BROKEN_QUOTES
            || self.no_tag_end
            || self.no_comment_end
            || self.cdata_end.is_none()
    }

    /// Returns the length up to the `>` that ends a tag, where `bytes` begins after its name.
    pub(crate) fn tag(&mut self, bytes: &[u8]) -> Option<usize> {
        if self.no_tag_end {
            return None;
        }
        let mut from = 0;
        if self.quotes > 0 {
            match quoted_tag_end(bytes) {
                Ok(end) => return Some(end),
                Err(broken) => from = broken,
            }
            self.quotes -= 1;
        }
        let end = bytes.get(from..).and_then(|rest| memchr(b'>', rest)).map(|end| from + end);
        let end = end.or_else(|| memchr(b'>', bytes));
        self.no_tag_end = end.is_none();
        end
    }

    /// Returns the length of a comment up to and with its `-->`, where `bytes` begins after `<!--`.
    ///
    /// None for a comment without an end: what seems to be in it is read.
    pub(crate) fn comment(&mut self, bytes: &[u8]) -> Option<usize> {
        if self.no_comment_end {
            return None;
        }
        let end = memmem::find(bytes, b"-->").map(|end| end + 3);
        self.no_comment_end = end.is_none();
        end
    }

    /// Returns the length of a declaration or instruction up to and with its `>`.
    pub(crate) fn declaration(&mut self, bytes: &[u8]) -> Option<usize> {
        if self.no_tag_end {
            return None;
        }
        let end = memchr(b'>', bytes).map(|end| end + 1);
        self.no_tag_end = end.is_none();
        end
    }

    /// Returns where the `]]>` is that ends the CDATA section whose content begins at `from`.
    pub(crate) fn cdata(&mut self, document: &[u8], from: usize) -> Option<usize> {
        let known = self.cdata_end?;
        if known < from || known == 0 {
            let rest = document.get(from..)?;
            self.cdata_end = memmem::find(rest, b"]]>").map(|end| from + end);
        }
        self.cdata_end
    }
}

/// The `>` outside quotes; or where the quote is that stays open or swallows other tags.
fn quoted_tag_end(bytes: &[u8]) -> Result<usize, usize> {
    let mut at = 0;
    for _ in 0..QUOTED {
        let rest = bytes.get(at..).unwrap_or_default();
        let found = at + memchr3(b'>', b'"', b'\'', rest).ok_or(at)?;
        let quote = bytes.get(found).copied().unwrap_or(b'>');
        if quote == b'>' {
            return Ok(found);
        }
        let value = bytes.get(found + 1..).unwrap_or_default();
        let end = memchr(quote, value).ok_or(found)?;
        let value = value.get(..end).unwrap_or_default();
        // `title="He said: <b>no</b>"` is sloppy but closed; `href="x>text</a> <a href="` is not.
        if value.ends_with(b"=") && memmem::find(value, b"</").is_some() {
            return Err(found);
        }
        at = found + end + 2;
    }
    Err(at)
}
