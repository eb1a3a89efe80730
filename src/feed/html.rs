//! Plain text out of titles and summaries, however often they were escaped.

mod elements;

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use memchr::{memchr, memchr2};

use super::bounds::Bounds;
use super::hash::hash;
use elements::sort_of;

/// Longest entity name, `&` and `;` apart.
const LONGEST_ENTITY: usize = 24;
/// How often escaped markup is unwrapped: once as HTML says, twice more for feeds that escape twice.
const ROUNDS: usize = 3;

/// A hostile feed can hold hundreds of thousands of references; the names are ours, so that no
/// choice of them makes the table slow.
#[derive(Default)]
struct NameHasher(u64);

impl Hasher for NameHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 ^= hash(bytes);
    }

    fn write_u8(&mut self, _end: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

type Entities = HashMap<&'static str, char, BuildHasherDefault<NameHasher>>;

static ENTITIES: LazyLock<Entities> = LazyLock::new(|| {
    let lines = include_str!("tables/entities.tsv").lines();
    let pair = |line: &'static str| {
        let (name, code) = line.split_once('\t')?;
        Some((name, char::from_u32(u32::from_str_radix(code, 16).ok()?)?))
    };
    lines.filter_map(pair).collect()
});

/// Returns the words of an HTML fragment on one line.
///
/// Tags, comments, scripts and styles are dropped, entities decoded (twice where the feed escaped
/// twice), white space is folded, block elements separate words. Time is linear in the input.
pub fn plain(html: &str) -> String {
    let mut text = strip(html);
    for _ in 1..ROUNDS {
        if !is_escaped(&text) {
            break;
        }
        text = strip(&text);
    }
    fold(&text)
}

/// Returns `text` with its character references decoded once.
///
/// A bare `&` and an unknown name stay as they are; numbers from 128 to 159 are read as
/// Windows-1252, as browsers do.
pub fn unescape(text: &str) -> Cow<'_, str> {
    let Some(mut at) = memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let length = match reference(rest) {
            Some((character, length)) => {
                out.push_str(text.get(done..at).unwrap_or_default());
                out.push(character);
                done = at + length;
                length
            }
            None => 1,
        };
        match memchr(b'&', text.as_bytes().get(at + length..).unwrap_or_default()) {
            Some(next) => at += length + next,
            None => break,
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// The character reference at the start of `text`, and its length in bytes.
fn reference(text: &str) -> Option<(char, usize)> {
    let body = text.get(1..)?;
    if let Some(number) = body.strip_prefix('#') {
        let (digits, radix, prefix) = match number.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16, 3),
            None => (number, 10, 2),
        };
        let length = digits.bytes().take(8).take_while(|b| char::from(*b).is_digit(radix)).count();
        let code = u32::from_str_radix(digits.get(..length)?, radix).ok()?;
        let semicolon = usize::from(digits.as_bytes().get(length) == Some(&b';'));
        return Some((character_of(code), prefix + length + semicolon));
    }
    let length = body.bytes().take(LONGEST_ENTITY).take_while(u8::is_ascii_alphanumeric).count();
    let name = body.get(..length)?;
    match body.as_bytes().get(length) {
        Some(b';') => ENTITIES.get(name).map(|c| (*c, length + 2)),
        Some(b'=') => None,
        // Without a semicolon only what HTML has always allowed, and only as a whole word.
        _ => {
            let character = ENTITIES.get(name)?;
            let legacy = (*character as u32) < 256 && name != "not" && length > 1;
            legacy.then_some((*character, length + 1))
        }
    }
}

fn character_of(code: u32) -> char {
    let byte = u8::try_from(code).ok().filter(|byte| (0x80..0xa0).contains(byte));
    if let Some(byte) = byte {
        let text = [byte];
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&text);
        return text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
    }
    char::from_u32(code).filter(|c| *c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// One round: tags out, references decoded.
fn strip(html: &str) -> String {
    let bytes = html.as_bytes();
    let mut out = String::with_capacity(html.len());
    let mut bounds = Bounds::new();
    let mut unclosed: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr2(b'<', b'&', rest)) {
        out.push_str(html.get(at..at + found).unwrap_or_default());
        at += found;
        let rest = html.get(at..).unwrap_or_default();
        if rest.starts_with('&') {
            let (character, length) = reference(rest).unwrap_or(('&', 1));
            out.push(character);
            at += length;
            continue;
        }
        let Some(tag) = Tag::read(rest, &mut bounds) else {
            out.push('<');
            at += 1;
            continue;
        };
        at += tag.length;
        if tag.is_block {
            out.push(' ');
        }
        if tag.opens_unread && !unclosed.iter().any(|name| name.eq_ignore_ascii_case(tag.name)) {
            match end_of(html.get(at..).unwrap_or_default(), tag.name) {
                Some(end) => at += end,
                None => unclosed.push(tag.name),
            }
        }
    }
    out.push_str(html.get(at..).unwrap_or_default());
    out
}

/// A tag, comment or declaration at the start of a text.
struct Tag<'a> {
    name: &'a str,
    length: usize,
    is_block: bool,
    opens_unread: bool,
}

impl<'a> Tag<'a> {
    fn read(text: &'a str, bounds: &mut Bounds) -> Option<Self> {
        let body = text.get(1..)?;
        let marker = |length| Tag { name: "", length, is_block: false, opens_unread: false };
        if let Some(comment) = body.strip_prefix("!--") {
            // One without an end goes to the first `>`, or is only its mark.
            let comment = comment.as_bytes();
            let length = bounds.comment(comment).or_else(|| bounds.declaration(comment));
            return Some(marker(4 + length.unwrap_or(0)));
        }
        if body.starts_with("![CDATA[") {
            return Some(marker(9));
        }
        if body.starts_with(['!', '?']) {
            return Some(marker(1 + bounds.declaration(body.as_bytes())?));
        }
        let closing = body.starts_with('/');
        let named = body.get(usize::from(closing)..)?;
        let name = named.get(..name_length(named.as_bytes()))?;
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let sort = sort_of(name)?;
        let attributes = named.as_bytes().get(name.len()..)?;
        if !attributes.first().is_some_and(|b| b.is_ascii_whitespace() || b"/>".contains(b)) {
            return None;
        }
        let end = bounds.tag(attributes)?;
        let self_closing = attributes.get(..end).is_some_and(|a| a.ends_with(b"/"));
        let opens_unread = !closing && !self_closing && sort.is_unread;
        let length = 2 + usize::from(closing) + name.len() + end;
        Some(Tag { name, length, is_block: sort.is_block, opens_unread })
    }
}

/// Length of the name at the start of a tag.
pub(crate) fn name_length(bytes: &[u8]) -> usize {
    let is_name =
        |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.' | 0x80..);
    bytes.iter().take(64).take_while(is_name).count()
}

/// Where the content of an unread element ends, its closing tag left for the caller.
fn end_of(text: &str, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memmem::find_iter(bytes, b"</").find(|at| {
        let after = bytes.get(at + 2..at + 2 + name.len());
        after.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    })
}

/// True when decoded text still holds references or tags: the feed escaped twice.
fn is_escaped(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_reference = |at: usize| {
        let rest = text.get(at..).unwrap_or_default();
        reference(rest).is_some_and(|(_, length)| rest.as_bytes().get(length - 1) == Some(&b';'))
    };
    memchr::memchr_iter(b'&', bytes).any(is_reference)
        || memchr::memchr_iter(b'<', bytes).take(64).any(|at| {
            Tag::read(text.get(at..).unwrap_or_default(), &mut Bounds::new())
                .is_some_and(|tag| !tag.name.is_empty())
        })
}

/// Folds white space and drops what cannot be seen.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut shown = 0;
    let mut space = false;
    for (at, character) in text.char_indices() {
        let is_plain = character.is_ascii_graphic();
        let is_space = !is_plain && character.is_whitespace();
        if is_plain || !(is_space || is_invisible(character)) {
            continue;
        }
        push_run(&mut out, text.get(shown..at).unwrap_or_default(), &mut space);
        space |= is_space;
        shown = at + character.len_utf8();
    }
    push_run(&mut out, text.get(shown..).unwrap_or_default(), &mut space);
    out
}

fn push_run(out: &mut String, run: &str, space: &mut bool) {
    if run.is_empty() {
        return;
    }
    if *space && !out.is_empty() {
        out.push(' ');
    }
    *space = false;
    out.push_str(run);
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, want: &str) {
        assert_eq!(plain(html), want, "html: {html}");
    }

    #[test]
    fn tags_go_and_words_stay_apart() {
        check("<p>One</p><p>two <b>th</b>ree<br/>four</p>", "One two three four");
        check("a<!-- note -->b <img src='x>y' alt=\"\"> c", "ab c");
        check("<script>if (a < b) {}</script>seen<style>p{}</style>", "seen");
    }

    #[test]
    fn what_only_looks_like_a_tag_stays() {
        check("1 < 2 and 3 > 2, I <3 you", "1 < 2 and 3 > 2, I <3 you");
        check("Vec<T> and Option<String>", "Vec<T> and Option<String>");
        check("<script> is never closed here", "is never closed here");
    }

    #[test]
    fn entities_are_decoded_even_when_escaped_twice() {
        check("AT&amp;T &eacute;t&#233; &#x2019; &#146;", "AT&T été ’ ’");
        check("Q&A, R&D; and a&b=c&copy=1", "Q&A, R&D; and a&b=c&copy=1");
        check("AT&amp;amp;T &amp;lt;b&amp;gt;bold&amp;lt;/b&amp;gt;", "AT&T bold");
    }

    #[test]
    fn white_space_folds_and_the_invisible_goes() {
        check(" a\n\t b\u{a0}c\u{3000}d\u{200b}e\u{202e} ", "a b c de");
    }
}
