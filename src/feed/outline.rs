//! Where the entries of a document are: one quick pass, before anything is parsed.

use std::ops::Range;

use memchr::{memchr, memmem};

use super::bounds::Bounds;
use super::parse::MAX_ENTRIES;

/// The document cut into its entries and the rest.
#[derive(Debug, Default)]
pub(crate) struct Outline<'a> {
    /// Everything outside entries.
    pub(crate) head: Vec<&'a str>,
    /// Where each entry is, with its own tags.
    pub(crate) entries: Vec<Range<usize>>,
    /// The document ends inside an entry, which is left out unless it is the only one.
    pub(crate) truncated: bool,
    /// An entry's end tag was missing, or a CDATA section stayed open.
    pub(crate) broken: bool,
    /// There were more than [`MAX_ENTRIES`].
    pub(crate) too_many: bool,
}

/// Cuts a document into its entries.
pub(crate) fn outline(text: &str) -> Outline<'_> {
    let bytes = text.as_bytes();
    let mut out = Outline::default();
    let mut bounds = Bounds::new();
    let mut open: Option<usize> = None;
    let mut outside = 0;
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr(b'<', rest)) {
        at += found;
        let rest = bytes.get(at + 1..).unwrap_or_default();
        match rest.first() {
            Some(b'!') => {
                at += 1 + marked(bytes, at, &mut bounds, &mut out.broken);
                continue;
            }
            Some(b'/') if is_entry(rest.get(1..).unwrap_or_default()) => {
                // Of a document that is cut off within the tag, the entry is whole without it.
                let end = memchr(b'>', rest).map_or(at, |n| at + n + 2);
                if let Some(start) = open.take() {
                    out.add(start, end);
                    outside = end;
                }
                at = end.max(at + 1);
                continue;
            }
            Some(_) if is_entry(rest) => {
                if let Some(start) = open.take() {
                    out.broken = true;
                    out.add(start, at);
                } else {
                    out.head.extend(text.get(outside..at));
                }
                open = Some(at);
                outside = at;
            }
            _ => {}
        }
        at += 1;
    }
    out.finish(text, open, outside);
    out
}

impl<'a> Outline<'a> {
    fn add(&mut self, start: usize, end: usize) {
        if self.entries.len() >= MAX_ENTRIES {
            self.too_many = true;
            return;
        }
        self.entries.push(start..end);
    }

    fn finish(&mut self, text: &'a str, open: Option<usize>, outside: usize) {
        let Some(start) = open else {
            self.head.extend(text.get(outside..));
            return;
        };
        let rest = text.as_bytes().get(start..).unwrap_or_default();
        let ends = [b"</channel".as_slice(), b"</rss", b"</feed", b"</rdf:RDF"];
        let end = ends.iter().filter_map(|end| memmem::rfind(rest, end)).min();
        self.broken = true;
        self.truncated = end.is_none();
        if end.is_some() || self.entries.is_empty() {
            self.add(start, start + end.unwrap_or(rest.len()));
        }
        self.head.extend(end.and_then(|end| text.get(start + end..)));
    }
}

/// True where `bytes` begin with the name of an entry: `item` or `entry`, with any prefix.
fn is_entry(bytes: &[u8]) -> bool {
    let named = |bytes: &[u8]| {
        let length = match bytes.first() {
            Some(b'i' | b'I') => 4,
            Some(b'e' | b'E') => 5,
            _ => return false,
        };
        let name = bytes.get(..length).unwrap_or_default();
        let ends =
            bytes.get(length).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'));
        ends && (name.eq_ignore_ascii_case(b"item") || name.eq_ignore_ascii_case(b"entry"))
    };
    if named(bytes) {
        return true;
    }
    let prefix = bytes.iter().take(16).take_while(|b| b.is_ascii_alphanumeric()).count();
    let prefixed = prefix > 0 && bytes.get(prefix) == Some(&b':');
    prefixed && bytes.get(prefix + 1..).is_some_and(named)
}

/// Length to skip from `at`, where `<!` stands, less one.
fn marked(bytes: &[u8], at: usize, bounds: &mut Bounds, broken: &mut bool) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    if let Some(comment) = rest.strip_prefix(b"<!--") {
        return bounds.comment(comment).map_or(3, |length| length + 3);
    }
    if !rest.starts_with(b"<![CDATA[") {
        return 1;
    }
    let from = at + 9;
    let Some(end) = bounds.cdata(bytes, from) else {
        *broken = true;
        return 8;
    };
    // Left open, a section would swallow the entries up to the end of the next section.
    let section = bytes.get(from..end).unwrap_or_default();
    if let Some(next) = memmem::find(section, b"<![CDATA[") {
        let before = section.get(..next).unwrap_or_default();
        if memmem::find(before, b"</item").or_else(|| memmem::find(before, b"</entry")).is_some() {
            *broken = true;
            return 8;
        }
    }
    end + 2 - at
}
