//! HTML entities.

/// Reads an HTML entity at the start of `text`; returns its character and length in bytes.
pub(super) fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let decoded = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        char::from_u32(code.ok()?)?
    } else {
        ENTITIES.iter().find(|(known, _)| *known == name)?.1
    };
    Some((decoded, end + 1))
}

/// The entities that feeds use; the rest stay as they are.
const ENTITIES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("lsquo", '\''),
    ("rsquo", '\''),
    ("ldquo", '"'),
    ("rdquo", '"'),
    ("sbquo", ','),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("shy", '\u{ad}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("euro", '€'),
    ("pound", '£'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("aacute", 'á'),
    ("eacute", 'é'),
    ("iacute", 'í'),
    ("oacute", 'ó'),
    ("uacute", 'ú'),
    ("agrave", 'à'),
    ("egrave", 'è'),
    ("ccedil", 'ç'),
    ("ntilde", 'ñ'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("szlig", 'ß'),
    ("ecirc", 'ê'),
    ("ocirc", 'ô'),
    ("aring", 'å'),
    ("oslash", 'ø'),
    ("euml", 'ë'),
    ("iuml", 'ï'),
    ("aelig", 'æ'),
];

#[cfg(test)]
mod tests {
    use super::entity;

    #[test]
    fn entities_are_read_by_name_and_number() {
        assert_eq!(entity("&amp;B"), Some(('&', 5)));
        assert_eq!(entity("&#39;"), Some(('\'', 5)));
        assert_eq!(entity("&#x2019;s"), Some(('’', 8)));
        for text in ["&bogus;", "& more;", "&amp", "&#xd800;", "&;"] {
            assert_eq!(entity(text), None, "{text}");
        }
    }
}
