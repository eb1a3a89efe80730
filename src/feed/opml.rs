//! OPML in and out, without loss: folders, unknown attributes, and our own settings.
//!
//! Settings beyond the address are attributes such as `talentwire:interval="2m"`, named like the
//! keys of `[poll]`; other programs pass them on or ignore them.

use std::collections::HashSet;
use std::fmt::Write as _;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use url::Url;

/// Prefix of our attributes.
const PREFIX: &str = "talentwire:";
/// Namespace of our attributes.
const NAMESPACE: &str = "urn:talentwire:opml";
/// Deepest folder; real files have three.
const MAX_DEPTH: usize = 64;

/// Why a file is no OPML.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct OpmlError {
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong and what would be right.
    pub what: String,
}

/// A document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opml {
    /// Attributes of the root beside `version`, such as name spaces.
    pub attributes: Vec<(String, String)>,
    /// Elements of the head, in order.
    pub head: Vec<(String, String)>,
    /// The outlines.
    pub outlines: Vec<Outline>,
}

/// One outline: a feed, a folder, or something else that is passed on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// Attributes in order.
    pub attributes: Vec<(String, String)>,
    /// What lies in this folder.
    pub children: Vec<Outline>,
    /// Where it stood in its file, counted from 1; 0 where it comes from no file.
    pub line: usize,
}

/// A feed of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription<'a> {
    /// Address as written.
    pub url: &'a str,
    /// Name, where given.
    pub title: Option<&'a str>,
    /// Language, where given, as BCP 47.
    pub language: Option<&'a str>,
    /// Names of the folders that it lies in, the outermost first.
    pub folders: Vec<&'a str>,
    /// Our settings: keys as in `[poll]`, values as written.
    pub settings: Vec<(&'a str, &'a str)>,
    /// Where it stood in its file, counted from 1.
    pub line: usize,
}

impl Outline {
    /// An outline of a feed.
    pub fn feed(url: &str, title: &str) -> Self {
        let attribute = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let attributes =
            vec![attribute("type", "rss"), attribute("text", title), attribute("xmlUrl", url)];
        Self { attributes, ..Self::default() }
    }

    /// A folder.
    pub fn folder(name: &str, children: Vec<Outline>) -> Self {
        let attributes = vec![("text".to_owned(), name.to_owned())];
        Self { attributes, children, line: 0 }
    }

    /// Returns an attribute; names are compared without case, as many programs write them.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).filter(|value| !value.trim().is_empty())
    }

    /// Adds one of our settings, or replaces it.
    pub fn set(&mut self, key: &str, value: &str) {
        let name = format!("{PREFIX}{key}");
        self.attributes.retain(|(key, _)| *key != name);
        self.attributes.push((name, value.to_owned()));
    }

    fn name(&self) -> &str {
        self.get("text").or_else(|| self.get("title")).unwrap_or_default()
    }
}

impl Opml {
    /// Reads a document.
    ///
    /// # Errors
    /// With the line, where the text is no XML, or no OPML.
    pub fn parse(text: &str) -> Result<Self, OpmlError> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().allow_dangling_amp = true;
        let mut building = Building::default();
        let mut lines = Lines { text, at: 0, line: 1 };
        loop {
            let line = lines.of(usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX));
            let failed = |what: String| OpmlError { line, what };
            match reader.read_event() {
                Ok(Event::Eof) => break,
                Ok(event) => building.take(event, line).map_err(failed)?,
                Err(error) => return Err(failed(format!("this is no XML: {error}"))),
            }
        }
        building.finish(lines.of(text.len()))
    }

    /// Every feed, in order.
    pub fn feeds(&self) -> Vec<Subscription<'_>> {
        let mut feeds = Vec::new();
        collect(&self.outlines, &mut Vec::new(), &mut feeds);
        feeds
    }

    /// Adds the feeds of `other` that are not here yet, in their folders, with everything that
    /// their outlines say. Returns how many were added.
    pub fn merge(&mut self, other: &Opml) -> usize {
        let mut known: HashSet<String> = self.feeds().iter().map(|feed| same(feed.url)).collect();
        for (name, value) in &other.attributes {
            if !self.attributes.iter().any(|(key, _)| key == name) {
                self.attributes.push((name.clone(), value.clone()));
            }
        }
        merge(&mut self.outlines, &other.outlines, &mut known)
    }

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

/// Counts lines on the way through a text: from the start each time, a file of a hundred thousand
/// feeds would take minutes.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line, counted from 1, of an offset that lies behind the last one asked for.
    fn of(&mut self, offset: usize) -> usize {
        let offset = offset.clamp(self.at, self.text.len());
        let passed = self.text.as_bytes().get(self.at..offset).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', passed).count();
        self.at = offset;
        self.line
    }
}

#[derive(Default)]
struct Building {
    opml: Opml,
    /// Open outlines.
    open: Vec<Outline>,
    /// Open element of the head.
    head: Option<(String, String)>,
    in_head: bool,
    is_opml: bool,
}

impl Building {
    fn take(&mut self, event: Event<'_>, line: usize) -> Result<(), String> {
        match event {
            Event::Start(tag) => self.start(&tag, line, false),
            Event::Empty(tag) => self.start(&tag, line, true),
            Event::End(tag) => {
                match tag.local_name().as_ref() {
                    "head" => self.in_head = false,
                    "outline" => self.close(),
                    _ => {
                        let closed = self.head.take();
                        let trimmed = closed.map(|(name, value)| (name, value.trim().to_owned()));
                        self.opml.head.extend(trimmed);
                    }
                }
                Ok(())
            }
            Event::Text(text) => self.text(&text),
            Event::CData(text) => self.text(&text),
            Event::GeneralRef(name) => {
                let reference = format!("&{};", &*name);
                let text = quick_xml::escape::unescape(&reference)
                    .map_or(reference.clone(), std::borrow::Cow::into_owned);
                self.text(&text)
            }
            _ => Ok(()),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, line: usize, empty: bool) -> Result<(), String> {
        match tag.local_name().as_ref() {
            "opml" => {
                self.is_opml = true;
                self.opml.attributes = attributes(tag);
                self.opml.attributes.retain(|(name, _)| name != "version");
            }
            _ if !self.is_opml => {
                return Err(format!(
                    "an <opml> document was expected, not <{}>",
                    tag.local_name().as_ref()
                ));
            }
            "head" => self.in_head = !empty,
            "outline" => {
                if self.open.len() >= MAX_DEPTH {
                    return Err(format!("folders are nested more than {MAX_DEPTH} deep"));
                }
                self.open.push(Outline { attributes: attributes(tag), children: Vec::new(), line });
                if empty {
                    self.close();
                }
            }
            name if self.in_head => {
                let element = (name.to_owned(), String::new());
                if empty { self.opml.head.push(element) } else { self.head = Some(element) }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self) {
        let Some(outline) = self.open.pop() else { return };
        let siblings = self.open.last_mut().map(|parent| &mut parent.children);
        siblings.unwrap_or(&mut self.opml.outlines).push(outline);
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        if let Some((_, value)) = &mut self.head {
            value.push_str(text);
        }
        Ok(())
    }

    fn finish(self, line: usize) -> Result<Opml, OpmlError> {
        let what = if !self.is_opml {
            "the file is empty; an <opml> document was expected"
        } else if !self.open.is_empty() {
            "the file ends within an <outline>"
        } else {
            return Ok(self.opml);
        };
        Err(OpmlError { line, what: what.to_owned() })
    }
}

/// Reads attributes; a bare `&` in an address, which many programs write, stands for itself.
fn attributes(tag: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut all = tag.attributes();
    all.with_checks(false);
    all.flatten()
        .map(|attribute| {
            let value = match attribute.normalized_value(XmlVersion::Implicit1_0) {
                Ok(value) => value.into_owned(),
                Err(_) => attribute.value.replace("&amp;", "&"),
            };
            (attribute.key.0.to_owned(), value)
        })
        .collect()
}

fn collect<'a>(
    outlines: &'a [Outline],
    folders: &mut Vec<&'a str>,
    feeds: &mut Vec<Subscription<'a>>,
) {
    for outline in outlines {
        if let Some(url) = outline.get("xmlUrl") {
            let setting =
                |(key, value): &'a (String, String)| Some((key.strip_prefix(PREFIX)?, &**value));
            feeds.push(Subscription {
                url: url.trim(),
                title: outline.get("title").or_else(|| outline.get("text")),
                language: outline.get("language"),
                folders: folders.clone(),
                settings: outline.attributes.iter().filter_map(setting).collect(),
                line: outline.line,
            });
        }
        folders.push(outline.name());
        collect(&outline.children, folders, feeds);
        folders.pop();
    }
}

fn merge(into: &mut Vec<Outline>, from: &[Outline], known: &mut HashSet<String>) -> usize {
    let mut added = 0;
    for outline in from {
        if let Some(url) = outline.get("xmlUrl") {
            if !known.insert(same(url)) {
                continue;
            }
            added += 1;
            into.push(outline.clone());
            continue;
        }
        let same_folder =
            |other: &Outline| other.get("xmlUrl").is_none() && other.name() == outline.name();
        match into.iter_mut().find(|other| same_folder(other)) {
            Some(folder) => added += merge(&mut folder.children, &outline.children, known),
            None => {
                let mut folder = Outline { children: Vec::new(), ..outline.clone() };
                added += merge(&mut folder.children, &outline.children, known);
                if !folder.children.is_empty() {
                    into.push(folder);
                }
            }
        }
    }
    added
}

/// What two addresses of the same feed have in common.
fn same(url: &str) -> String {
    let url = url.trim();
    let Ok(parsed) = Url::parse(url) else { return url.to_owned() };
    let host = parsed.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let port = parsed.port().map(|port| format!(":{port}")).unwrap_or_default();
    let query = parsed.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{host}{port}{}{query}", parsed.path().trim_end_matches('/'))
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
