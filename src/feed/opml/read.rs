//! OPML as other programs write it: bare `&`, any case of names, unknown elements.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{Opml, OpmlError, Outline};

/// Deepest folder; real files have three.
const MAX_DEPTH: usize = 64;

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
