//! From the bytes of one entry to an [`Entry`].

use chrono::{DateTime, Utc};

use super::dates;
use super::document::{Entry, Format, Hints, Repair};
use super::html::plain;
use super::links;
use super::names::{Meaning, Namespaces, meaning};
use super::salvage::{Contents, Piece, Pieces, Tag, head_of};

/// Longest title, in characters.
pub(crate) const TITLE: usize = 2_000;
/// How much of a title's markup is read, in bytes.
const TITLE_SOURCE: usize = 64 << 10;
/// Longest summary, in characters.
pub(crate) const SUMMARY: usize = 20_000;
/// Longest full text, in characters.
pub(crate) const CONTENT: usize = 200_000;
/// Most pieces of an entry that are looked at, the contents of its elements apart.
const PIECES: usize = 20_000;
/// Most authors of an entry.
const AUTHORS: usize = 20;

/// What an entry inherits from its document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    pub(crate) namespaces: Namespaces,
    pub(crate) format: Format,
    /// What relative links are relative to.
    pub(crate) base: String,
}

/// An entry in the making: candidates, the better ones first.
#[derive(Default)]
struct Draft {
    entry: Entry,
    spare_title: String,
    summary: String,
    spare_summary: String,
    content: String,
    link: Option<String>,
    spare_link: Option<String>,
    /// True when the guid says that it is no link (`isPermaLink="false"`).
    guid_is_no_link: bool,
    published: Option<String>,
    created: Option<String>,
    updated: Option<String>,
    spare_author: Option<String>,
}

/// Returns the entry that `text` holds, tags and all, whose bytes have the hash `raw`; and what had
/// to be repaired.
pub(crate) fn read_entry(
    text: &str,
    raw: u64,
    context: &Context,
    hints: &Hints<'_>,
) -> (Entry, Vec<Repair>) {
    let mut pieces = Pieces::new(text);
    let mut contents = Contents::default();
    let mut draft = Draft::default();
    let mut base = context.base.clone();
    let mut names = std::borrow::Cow::Borrowed(&context.namespaces);
    if let Some(Piece::Open(tag)) = pieces.next() {
        if tag.attributes().any(|(name, _)| name.starts_with("xmlns")) {
            names.to_mut().learn(tag);
        }
        rebase(&mut base, tag);
        draft.entry.lang = tag.attribute("xml:lang").filter(|lang| !lang.is_empty());
        draft.entry.guid = tag.attribute("rdf:about").filter(|about| !about.is_empty());
        let href = tag.attribute("href").filter(|_| context.format == Format::Cdf);
        draft.link = href.map(|href| links::absolute(&base, &href));
        draft.updated = tag.attribute("lastmod");
    }
    for _ in 0..PIECES {
        let Some(piece) = pieces.next() else { break };
        let Piece::Open(tag) = piece else { continue };
        let (vocabulary, local) = names.resolve(tag.name);
        if let Some(meaning) = meaning(vocabulary, local.as_str()) {
            draft.take(meaning, tag, &base, &mut pieces, &mut contents);
        }
    }
    let mut repairs = Vec::new();
    if pieces.were_broken() {
        repairs.push(Repair::Markup);
    }
    let mut entry = draft.finish(hints, &mut repairs);
    entry.raw = raw;
    (entry, repairs)
}

/// Applies `xml:base`, which may itself be relative.
pub(crate) fn rebase(base: &mut String, tag: Tag<'_>) {
    if let Some(own) = tag.attribute("xml:base")
        && let Some(resolved) = links::resolve(base, &own)
    {
        *base = resolved;
    }
}

impl Draft {
    fn take<'a>(
        &mut self,
        meaning: Meaning,
        tag: Tag<'a>,
        base: &str,
        pieces: &mut Pieces<'a>,
        contents: &mut Contents<'a>,
    ) {
        let mut content = || contents.of(tag, pieces);
        match meaning {
            Meaning::Title => {
                fill(&mut self.entry.title, || text_of(tag, head_of(&content(), TITLE_SOURCE)));
            }
            Meaning::SpareTitle => fill(&mut self.spare_title, || plain(&content())),
            Meaning::Link => self.take_link(tag, base, &mut content),
            Meaning::Guid => {
                let guid = content().trim().to_owned();
                let is_link =
                    tag.attribute("ispermalink").is_none_or(|v| !v.eq_ignore_ascii_case("false"));
                if !guid.is_empty() && (self.entry.guid.is_none() || tag.name.ends_with("id")) {
                    self.guid_is_no_link = !is_link;
                    self.entry.guid = Some(guid);
                }
            }
            Meaning::Summary => fill(&mut self.summary, || text_of(tag, &content())),
            Meaning::SpareSummary => fill(&mut self.spare_summary, || plain(&content())),
            Meaning::Content => fill(&mut self.content, || text_of(tag, &content())),
            Meaning::Published => fill_option(&mut self.published, content),
            Meaning::Created => fill_option(&mut self.created, content),
            Meaning::Updated => fill_option(&mut self.updated, content),
            Meaning::Author => {
                let name = author_name(&content());
                if let Some(name) = name.filter(|name| !self.entry.authors.contains(name))
                    && self.entry.authors.len() < AUTHORS
                {
                    self.entry.authors.push(name);
                }
            }
            Meaning::SpareAuthor => fill_option(&mut self.spare_author, || plain(&content())),
            Meaning::Language => fill_option(&mut self.entry.lang, content),
            Meaning::Apart => drop(content()),
        }
    }

    /// Atom's link is an attribute with a relation, RSS's is text; either occurs in both.
    fn take_link(&mut self, tag: Tag<'_>, base: &str, content: &mut impl FnMut() -> String) {
        let mut base = base.to_owned();
        rebase(&mut base, tag);
        let Some(href) = tag.attribute("href") else {
            let text = content();
            let text = plain(&text);
            let text = text.trim();
            if !text.is_empty() && self.link.is_none() {
                self.link = Some(links::absolute(&base, text));
            }
            return;
        };
        let rel = tag.attribute("rel").unwrap_or_default();
        let is_page = tag.attribute("type").is_none_or(|kind| {
            kind.is_empty() || kind.contains("html") || kind.eq_ignore_ascii_case("text/plain")
        });
        let link = Some(links::absolute(&base, &href)).filter(|_| !href.is_empty());
        match rel.to_ascii_lowercase().as_str() {
            "" | "alternate" | "http://www.iana.org/assignments/relation/alternate" if is_page => {
                self.link = self.link.take().or(link);
            }
            "" | "alternate" => self.spare_link = self.spare_link.take().or(link),
            _ => {}
        }
    }

    fn finish(self, hints: &Hints<'_>, repairs: &mut Vec<Repair>) -> Entry {
        let mut entry = self.entry;
        let guid_link =
            entry.guid.clone().filter(|guid| !self.guid_is_no_link && links::is_web(guid));
        let link = self.link.or(guid_link).or(self.spare_link);
        entry.link = link.map(|link| links::normalise(&link)).filter(|link| !link.is_empty());
        let title = if entry.title.is_empty() { self.spare_title } else { entry.title };
        entry.title = cut(title, TITLE);
        let summary = if self.summary.is_empty() { self.spare_summary } else { self.summary };
        entry.content = Some(cut(self.content, CONTENT)).filter(|c| !c.is_empty() && *c != summary);
        entry.summary = cut(summary, SUMMARY);
        if entry.authors.is_empty() {
            entry.authors.extend(self.spare_author);
        }
        let mut read = |raw: &Option<String>| read_date(raw.as_deref(), hints.now, repairs);
        let published = read(&self.published).or_else(|| read(&self.created));
        entry.updated = read(&self.updated);
        entry.published = published.or(entry.updated);
        entry.raw_date = self.published.or(self.created).or(self.updated);
        entry
    }
}

/// Reads a date leniently; one after the present becomes the present.
pub(crate) fn read_date(
    raw: Option<&str>,
    now: DateTime<Utc>,
    repairs: &mut Vec<Repair>,
) -> Option<DateTime<Utc>> {
    let raw = raw.filter(|raw| !raw.trim().is_empty())?;
    let Some(date) = dates::parse(raw) else {
        repairs.push(Repair::Date);
        return None;
    };
    if date > now {
        repairs.push(Repair::FutureDate);
    }
    Some(date.min(now))
}

/// The words of a text construct; base64 is Atom 0.3's.
pub(crate) fn text_of(tag: Tag<'_>, content: &str) -> String {
    let is_base64 = tag.attribute("mode").is_some_and(|mode| mode.eq_ignore_ascii_case("base64"));
    if is_base64 || tag.attribute("type").is_some_and(|kind| kind == "application/octet-stream") {
        use base64::Engine as _;
        let packed: String = content.split_whitespace().collect();
        let bytes = base64::engine::general_purpose::STANDARD.decode(packed);
        if let Some(text) = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok()) {
            return plain(&text);
        }
    }
    plain(content)
}

/// The name of an author: Atom's `name`, RSS's `mail (Name)`, `Name <mail>`, or the text.
pub(crate) fn author_name(content: &str) -> Option<String> {
    let mut pieces = Pieces::new(content);
    while let Some(piece) = pieces.next() {
        if let Piece::Open(tag) = piece
            && tag.name.rsplit(':').next().is_some_and(|local| local.eq_ignore_ascii_case("name"))
        {
            return Some(plain(&Contents::default().of(tag, &mut pieces)))
                .filter(|name| !name.is_empty());
        }
    }
    if let Some((name, _)) = content.split_once('<').filter(|(_, mail)| mail.contains('@')) {
        return Some(plain(name)).filter(|name| !name.is_empty());
    }
    let text = plain(content);
    let in_brackets = text.split_once('(').and_then(|(mail, rest)| {
        mail.contains('@').then(|| rest.trim_end_matches(')').trim().to_owned())
    });
    Some(in_brackets.unwrap_or(text)).filter(|name| !name.is_empty())
}

fn fill(slot: &mut String, value: impl FnOnce() -> String) {
    let value = value();
    if slot.is_empty() {
        *slot = value;
    }
}

fn fill_option(slot: &mut Option<String>, value: impl FnOnce() -> String) {
    let value = value().trim().to_owned();
    if slot.is_none() && !value.is_empty() {
        *slot = Some(value);
    }
}

/// The first `limit` characters.
pub(crate) fn cut(text: String, limit: usize) -> String {
    if text.len() <= limit {
        return text;
    }
    match text.char_indices().nth(limit) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned(),
        None => text,
    }
}
