//! Plain text out of titles and summaries, however often they were escaped.

mod elements;
mod references;

use memchr::memchr2;

use super::bounds::Bounds;
use elements::sort_of;
use references::reference;
pub use references::unescape;

/// How often escaped markup is unwrapped: once as HTML says, twice more for feeds that escape twice.
const ROUNDS: usize = 3;

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
