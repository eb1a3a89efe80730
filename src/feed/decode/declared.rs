//! What a document, or the header it came with, says of its encoding.

use memchr::memmem;

/// How far into a document its own declarations are looked for.
pub(super) const DECLARATIONS: usize = 1024;

/// The `charset` parameter of a `Content-Type`.
pub(super) fn charset_label(content_type: &str) -> Option<&str> {
    let parameters = content_type.split(';').skip(1);
    parameters.filter_map(|parameter| parameter.split_once('=')).find_map(|(name, value)| {
        let value = value.trim().trim_matches(['"', '\'']).trim();
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then_some(value)
    })
}

/// The labels by which a document declares its own encoding: XML prolog, then HTML `meta`.
pub(super) fn own_labels(bytes: &[u8]) -> Vec<&str> {
    let head = bytes.get(..DECLARATIONS).unwrap_or(bytes);
    let mut labels = Vec::new();
    if let Some(start) = memmem::find(head, b"<?xml")
        && let Some(prolog) = head.get(start..)
    {
        let end = memchr::memchr(b'>', prolog).unwrap_or(prolog.len());
        labels.extend(prolog.get(..end).and_then(|prolog| label_after(prolog, b"encoding")));
    } else if let Some(start) = memmem::find(head, b"<meta") {
        labels.extend(head.get(start..).and_then(|rest| label_after(rest, b"charset")));
    }
    labels
}

pub(super) fn label_after<'a>(text: &'a [u8], word: &[u8]) -> Option<&'a str> {
    let rest = text.get(memmem::find(text, word)? + word.len()..)?;
    let skip = rest
        .iter()
        .position(|b| !matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'=' | b'"' | b'\''))?;
    let label = rest.get(skip..)?;
    let end = label.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_.:".contains(b)));
    let label = std::str::from_utf8(label.get(..end.unwrap_or(label.len()))?).ok()?;
    (!label.is_empty()).then_some(label)
}
