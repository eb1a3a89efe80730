//! A tokenizer for XML as feeds have it: it knows no error.
//!
//! Crossed and missing tags, bare `<` and `&`, broken quotes, unclosed comments and CDATA sections
//! all give some piece, never an end. Entities are left alone and none is ever expanded into markup.

use memchr::{memchr, memmem};

use super::bounds::Bounds;
use super::html::{name_length, unescape};

/// Most attributes of a tag that are looked at.
const ATTRIBUTES: usize = 256;

/// One piece of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// `<name attributes>`
    Open(Tag<'a>),
    /// `</name>`
    Close(&'a str),
    /// Text, with its references undecoded.
    Text(&'a str),
    /// What a CDATA section holds.
    Cdata(&'a str),
}

/// An opening tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tag<'a> {
    /// Name with its prefix, as written.
    pub(crate) name: &'a str,
    /// Everything between the name and the `>`.
    attributes: &'a str,
    /// True for `<name/>`.
    pub(crate) empty: bool,
}

impl<'a> Tag<'a> {
    /// Returns the first attributes, with their references undecoded.
    pub(crate) fn attributes(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = self.attributes;
        let next = move || {
            rest = rest
                .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\''));
            if rest.is_empty() {
                return None;
            }
            let name_end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
            let (name, after) = rest.split_at_checked(name_end)?;
            let Some(value) = after.trim_start().strip_prefix('=') else {
                rest = if name.is_empty() { "" } else { after };
                return Some((name, ""));
            };
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (value, after) = match quote {
                Some(quote) => {
                    let inner = value.get(1..).unwrap_or_default();
                    inner.split_once(quote).unwrap_or((inner, ""))
                }
                None => value.split_once(char::is_whitespace).unwrap_or((value, "")),
            };
            rest = after;
            Some((name, value))
        };
        std::iter::from_fn(next).take(ATTRIBUTES)
    }

    /// Returns the value of an attribute, decoded; case does not matter.
    pub(crate) fn attribute(self, name: &str) -> Option<String> {
        let mut found = self.attributes().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| unescape(value).trim().to_owned())
    }
}

/// The pieces of a document, from front to back.
#[derive(Debug, Clone)]
pub(crate) struct Pieces<'a> {
    text: &'a str,
    at: usize,
    bounds: Bounds,
}

impl<'a> Pieces<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, bounds: Bounds::new() }
    }

    /// True when markup was met that had to be guessed at.
    pub(crate) fn were_broken(&self) -> bool {
        self.bounds.are_broken()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Moves to the next closing tag that begins with this name, or to the end.
    fn skip_to_end_of(&mut self, name: &str) {
        let rest = self.rest();
        let end = memmem::find(rest.as_bytes(), format!("</{name}").as_bytes());
        self.at += end.unwrap_or(rest.len());
    }

    /// Skips a comment, declaration or instruction; or returns a CDATA section.
    fn marked(&mut self, rest: &'a str) -> Option<Piece<'a>> {
        if let Some(comment) = rest.strip_prefix("<!--") {
            let length = self.bounds.comment(comment.as_bytes()).map_or(4, |n| n + 4);
            self.at += length;
            return None;
        }
        if rest.starts_with("<![CDATA[") {
            let from = self.at + 9;
            let end = self.bounds.cdata(self.text.as_bytes(), from);
            let (end, skip) = match end {
                Some(end) => (end, 3),
                None => (
                    from + memmem::find(rest.as_bytes(), b"</")
                        .map_or(rest.len(), |n| n.saturating_sub(9)),
                    0,
                ),
            };
            let end = end.clamp(from, self.text.len());
            self.at = end + skip;
            return Some(Piece::Cdata(self.text.get(from..end).unwrap_or_default()));
        }
        self.at += self.bounds.declaration(rest.as_bytes()).unwrap_or(rest.len());
        None
    }

    fn tag(&mut self, rest: &'a str) -> Option<Piece<'a>> {
        let closing = rest.as_bytes().get(1) == Some(&b'/');
        let start = if closing { 2 } else { 1 };
        let named = rest.get(start..)?;
        let length = name_length(named.as_bytes());
        let name = named.get(..length)?;
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return None;
        }
        let after = named.get(length..)?;
        let end = self.bounds.tag(after.as_bytes())?;
        self.at += start + length + end + 1;
        if closing {
            return Some(Piece::Close(name));
        }
        let attributes = after.get(..end)?;
        let (attributes, empty) = match attributes.trim_end().strip_suffix('/') {
            Some(attributes) => (attributes, true),
            None => (attributes, false),
        };
        Some(Piece::Open(Tag { name, attributes, empty }))
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let rest = self.rest();
            if rest.is_empty() {
                return None;
            }
            if rest.starts_with("<!") || rest.starts_with("<?") {
                match self.marked(rest) {
                    Some(piece) => return Some(piece),
                    None => continue,
                }
            }
            if rest.starts_with('<')
                && let Some(piece) = self.tag(rest)
            {
                return Some(piece);
            }
            let first = usize::from(rest.starts_with('<'));
            let length = memchr(b'<', rest.as_bytes().get(first..).unwrap_or_default());
            let length = length.map_or(rest.len(), |n| n + first);
            self.at += length;
            return Some(Piece::Text(rest.get(..length).unwrap_or_default()));
        }
    }
}

/// Most bytes of an element's content that are read: enough for the longest text that is kept.
const CONTENT: usize = 1 << 20;
/// How many elements may turn out never to close, each at the cost of reading all that follows it,
/// before none is believed to.
const UNCLOSED: usize = 4;
/// Pieces of an element's content after which only its end is looked for.
const PIECES: usize = 50_000;

/// Reads the content of elements, and remembers which never close.
#[derive(Debug, Default)]
pub(crate) struct Contents<'a> {
    unclosed: Vec<&'a str>,
}

impl<'a> Contents<'a> {
    /// Returns the content of `tag`, whose end `pieces` is moved behind, as HTML or plain text.
    ///
    /// Text and CDATA are decoded once; where the content has tags of its own it is kept as it is.
    /// An element that never closes ends where the next tag begins.
    pub(crate) fn of(&mut self, tag: Tag<'a>, pieces: &mut Pieces<'a>) -> String {
        if tag.empty {
            return String::new();
        }
        let start = pieces.clone();
        let closes = self.unclosed.len() < UNCLOSED
            && !self.unclosed.iter().any(|name| name.eq_ignore_ascii_case(tag.name));
        let mut depth = 0_usize;
        let mut has_tags = false;
        let mut end = start.at;
        let mut closed = false;
        let mut number = 0;
        while let Some(piece) = pieces.next() {
            number += 1;
            match piece {
                Piece::Open(_) | Piece::Close(_) if !closes => {
                    pieces.at = end;
                    closed = true;
                }
                Piece::Open(open) => {
                    has_tags = true;
                    depth += usize::from(!open.empty && open.name.eq_ignore_ascii_case(tag.name));
                }
                Piece::Close(name) if name.eq_ignore_ascii_case(tag.name) => {
                    closed = depth == 0;
                    depth = depth.saturating_sub(1);
                }
                Piece::Close(_) => has_tags = true,
                Piece::Text(_) | Piece::Cdata(_) => {}
            }
            if closed {
                break;
            }
            if number > PIECES {
                pieces.skip_to_end_of(tag.name);
            }
            end = pieces.at;
        }
        if !closed && closes {
            self.unclosed.push(tag.name);
            *pieces = start;
            return self.of(tag, pieces);
        }
        let inner = head_of(start.text.get(start.at..end).unwrap_or_default(), CONTENT);
        if has_tags { unwrapped(inner) } else { decoded(inner) }
    }
}

/// The first bytes of a text, at most `most` of them, up to a character.
pub(crate) fn head_of(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

/// Text with its references decoded, CDATA as it is.
fn decoded(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len());
    for piece in Pieces::new(inner) {
        match piece {
            Piece::Text(text) => out.push_str(&unescape(text)),
            Piece::Cdata(text) => out.push_str(text),
            Piece::Open(_) | Piece::Close(_) => {}
        }
    }
    out
}

/// Markup as it is, CDATA without its brackets.
fn unwrapped(inner: &str) -> String {
    if memmem::find(inner.as_bytes(), b"<![CDATA[").is_none() {
        return inner.to_owned();
    }
    let mut out = String::with_capacity(inner.len());
    let mut pieces = Pieces::new(inner);
    let mut before = 0;
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Cdata(text) => out.push_str(text),
            _ => out.push_str(inner.get(before..pieces.at).unwrap_or_default()),
        }
        before = pieces.at;
    }
    out
}
