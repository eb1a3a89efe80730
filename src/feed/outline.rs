//! Where the entries of a document are: one quick pass, before anything is parsed.

use std::ops::Range;

use memchr::{memchr, memmem};

use super::bounds::Bounds;
use super::parse::MAX_ENTRIES;

/// Longest prefix of an entry's name, and its colon.
const PREFIX: usize = 16;
/// How many bytes are near.
const NEAR: usize = 8;
/// How far from its end the end tags of a document are looked for.
const TAIL: usize = 1 << 20;

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
    /// There were more than [`MAX_ENTRIES`]: nothing after them is looked at.
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
    while !out.too_many
        && let Some(found) = bytes.get(at..).and_then(next_tag)
    {
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
    if !out.too_many {
        out.finish(text, open, outside);
    }
    out
}

/// Where the next `<` is; the nearest bytes are looked at one by one, for where tags stand close
/// together a call takes longer.
fn next_tag(bytes: &[u8]) -> Option<usize> {
    match bytes.iter().take(NEAR).position(|b| *b == b'<') {
        None => Some(NEAR + memchr(b'<', bytes.get(NEAR..)?)?),
        near => near,
    }
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
        let before = rest.len().saturating_sub(TAIL);
        let tail = rest.get(before..).unwrap_or_default();
        let end = ends.iter().filter_map(|end| memmem::rfind(tail, end)).min();
        let end = end.map(|end| before + end);
        self.broken = true;
        self.truncated = end.is_none();
        if end.is_some() || self.entries.is_empty() {
            self.add(start, start + end.unwrap_or(rest.len()));
        }
        self.head.extend(end.and_then(|end| text.get(start + end..)));
    }
}

/// True where `bytes` begin with the name of an entry: `item` or `entry`, with any prefix.
///
/// Asked for every tag of a document: most are told by their first letters.
fn is_entry(bytes: &[u8]) -> bool {
    match bytes.first() {
        Some(b'i' | b'I' | b'e' | b'E') if is_named_entry(bytes) => true,
        Some(first) if first.is_ascii_alphanumeric() => {
            let name = bytes.iter().take(PREFIX);
            let end = name.enumerate().skip(1).find(|(_, b)| !b.is_ascii_alphanumeric());
            let prefix = end.filter(|(_, b)| **b == b':').map(|(end, _)| end);
            prefix.and_then(|end| bytes.get(end + 1..)).is_some_and(is_named_entry)
        }
        _ => false,
    }
}

fn is_named_entry(bytes: &[u8]) -> bool {
    let name = match bytes.first() {
        Some(b'i' | b'I') => b"item".as_slice(),
        Some(b'e' | b'E') => b"entry",
        _ => return false,
    };
    let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'>' | b'/');
    bytes.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        && bytes.get(name.len()).is_none_or(ends)
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
