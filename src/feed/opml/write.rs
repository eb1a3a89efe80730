//! OPML that every reader understands, with whatever a file brought along.

use std::fmt::Write as _;

use super::{Opml, Outline, PREFIX};

/// Namespace of our attributes.
const NAMESPACE: &str = "urn:talentwire:opml";

impl Opml {
    /// Writes the document.
    pub fn write(&self) -> String {
        let mut page = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml");
        attribute(&mut page, "version", "2.0");
        for (name, value) in &self.attributes {
            attribute(&mut page, name, value);
        }
        let declared = self.attributes.iter().any(|(name, _)| name == "xmlns:talentwire");
        if !declared && uses_prefix(&self.outlines) {
            attribute(&mut page, "xmlns:talentwire", NAMESPACE);
        }
        page.push_str(">\n  <head>\n");
        for (name, value) in &self.head {
            put(&mut page, format_args!("    <{name}>{}</{name}>\n", escaped(value)));
        }
        page.push_str("  </head>\n  <body>\n");
        write_outlines(&mut page, &self.outlines, 2);
        page.push_str("  </body>\n</opml>\n");
        page
    }
}

fn uses_prefix(outlines: &[Outline]) -> bool {
    outlines.iter().any(|outline| {
        outline.attributes.iter().any(|(name, _)| name.starts_with(PREFIX))
            || uses_prefix(&outline.children)
    })
}

fn write_outlines(page: &mut String, outlines: &[Outline], depth: usize) {
    for outline in outlines {
        put(page, format_args!("{:1$}<outline", "", depth * 2));
        for (name, value) in &outline.attributes {
            attribute(page, name, value);
        }
        if outline.children.is_empty() {
            page.push_str("/>\n");
        } else {
            page.push_str(">\n");
            write_outlines(page, &outline.children, depth + 1);
            put(page, format_args!("{:1$}</outline>\n", "", depth * 2));
        }
    }
}

fn attribute(page: &mut String, name: &str, value: &str) {
    put(page, format_args!(" {name}=\"{}\"", escaped(value)));
}

/// Escapes text for content and attributes; line breaks too, which a reader of attributes would
/// turn into spaces, and characters that XML cannot hold are left out.
fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\n' | '\r' | '\t' => put(&mut text, format_args!("&#{};", u32::from(c))),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() && c < '\u{20}' => {}
            c => text.push(c),
        }
    }
    text
}

/// Writing to a `String` cannot fail.
fn put(page: &mut String, what: std::fmt::Arguments<'_>) {
    page.write_fmt(what).ok();
}
