//! The elements of HTML: which separate words, and whose content nobody reads.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Elements that separate words; all others of HTML stand inside a line.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd",
    "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr",
    "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre",
    "section", "select", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr",
    "ul", "video",
];
/// Elements inside a line.
#[rustfmt::skip]
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "applet", "area", "audio", "b", "base", "basefont", "bdi", "bdo",
    "big", "blink", "canvas", "cite", "code", "col", "colgroup", "data", "datalist", "del", "dfn",
    "em", "embed", "font", "i", "iframe", "img", "input", "ins", "kbd", "label", "link", "map",
    "mark", "marquee", "math", "meta", "meter", "nobr", "noframes", "noscript", "object", "output",
    "param", "picture", "progress", "q", "rp", "rt", "ruby", "s", "samp", "script", "small",
    "source", "span", "strike", "strong", "style", "sub", "sup", "svg", "template", "textarea",
    "time", "track", "tt", "u", "var", "wbr", "xmp",
];
/// Elements whose content is not text for a reader.
const UNREAD: &[&str] = &["script", "style", "template", "svg", "math", "noframes", "head"];

/// What kind of element a name stands for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sort {
    pub(super) is_block: bool,
    pub(super) is_unread: bool,
}

static SORTS: LazyLock<HashMap<&'static str, Sort>> = LazyLock::new(|| {
    let names = BLOCKS.iter().chain(INLINE).copied();
    let sort = |name| Sort { is_block: BLOCKS.contains(&name), is_unread: UNREAD.contains(&name) };
    names.map(|name| (name, sort(name))).collect()
});

/// Returns what an element is; none for a name that HTML does not have, such as in `Vec<T>`.
pub(super) fn sort_of(name: &str) -> Option<Sort> {
    let mut lower = [0; 16];
    let known = lower.get_mut(..name.len()).and_then(|lower| {
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        SORTS.get(std::str::from_utf8(lower).ok()?).copied()
    });
    // Names with a mark in them are of other vocabularies, or made up as HTML allows.
    known.or_else(|| name.contains(['-', ':']).then(Sort::default))
}
