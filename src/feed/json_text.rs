//! The text of a JSON string, whatever its escapes are like.

use memchr::memchr;

/// Returns the text between the quotes of a string, of which at most `most` bytes are looked at.
///
/// What is no escape stays as it is, half of a surrogate pair becomes a replacement character.
pub(super) fn unescape(raw: &str, most: usize) -> String {
    let raw = raw.get(..raw.floor_char_boundary(most)).unwrap_or(raw);
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, escape)) = split(rest) {
        out.push_str(before);
        let (character, length) = escaped(escape);
        out.extend(character);
        rest = escape.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// What stands before the next backslash, and what comes after that.
fn split(text: &str) -> Option<(&str, &str)> {
    let at = memchr(b'\\', text.as_bytes())?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The character of the escape that `text` is behind its backslash, and its length.
fn escaped(text: &str) -> (Option<char>, usize) {
    let plain = match text.chars().next() {
        Some('n') => '\n',
        Some('t') => '\t',
        Some('r') => '\r',
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('u') => return unicode(text),
        Some(other) => return (Some(other), other.len_utf8()),
        None => return (None, 0),
    };
    (Some(plain), 1)
}

/// The character of `uXXXX`, or of two such that are one.
fn unicode(text: &str) -> (Option<char>, usize) {
    let unit = |at: usize| u32::from_str_radix(text.get(at..at + 4)?, 16).ok();
    let Some(first) = unit(1) else { return (Some('u'), 1) };
    if let Some(character) = char::from_u32(first) {
        return (Some(character), 5);
    }
    let low = text.get(5..7).filter(|mark| *mark == "\\u").and_then(|_| unit(7));
    let both = low.filter(|low| first < 0xdc00 && (0xdc00..0xe000).contains(low));
    let both =
        both.and_then(|low| char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + low - 0xdc00));
    match both {
        Some(character) => (Some(character), 11),
        None => (Some(char::REPLACEMENT_CHARACTER), 5),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_escape_is_read_and_what_is_none_stays() {
        let all = r#"a\"b\\c\/d\n\u00e9\ud83d\ude00 \uD83Dx \ude00 \q \u12 \"#;
        assert_eq!(unescape(all, 99), "a\"b\\c/d\né😀 \u{fffd}x \u{fffd} q u12 ");
        let sound = r#""\u00e9\ud83d\ude00\t\f\b\r\\\/\"x""#;
        let inner = sound.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap();
        assert_eq!(unescape(inner, 99), serde_json::from_str::<String>(sound).unwrap());
        assert_eq!(unescape("한글", 4), "한");
    }
}
