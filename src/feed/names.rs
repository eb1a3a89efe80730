//! Which element means what: namespaces, and the many names of one thing.

use super::salvage::Tag;

/// The vocabularies that feeds are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vocabulary {
    /// RSS, RDF's RSS, CDF, and whatever has no namespace.
    Core,
    Atom,
    DublinCore,
    Content,
    Media,
    Itunes,
    Syndication,
    Rdf,
    Xhtml,
    Other,
}

/// Most prefixes that are learnt; each element's is looked for among them.
const PREFIXES: usize = 256;
/// Longest local name that means anything, `updatefrequency`, and one more.
const LONGEST: usize = 16;

/// A local name in lower case; empty where it is too long to mean anything.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Local {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Local {
    fn of(name: &str) -> Self {
        let mut local = Self { bytes: [0; LONGEST], length: 0 };
        if let Some(bytes) = local.bytes.get_mut(..name.len()) {
            bytes.copy_from_slice(name.as_bytes());
            bytes.make_ascii_lowercase();
            local.length = name.len();
        }
        local
    }

    /// The name.
    pub(crate) fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..self.length).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

/// What prefixes stand for in a document.
#[derive(Debug, Clone)]
pub(crate) struct Namespaces {
    prefixes: Vec<(String, Vocabulary)>,
    default: Vocabulary,
}

impl Default for Namespaces {
    fn default() -> Self {
        Self { prefixes: Vec::new(), default: Vocabulary::Core }
    }
}

impl Namespaces {
    /// Learns the declarations of a tag.
    pub(crate) fn learn(&mut self, tag: Tag<'_>) {
        for (name, uri) in tag.attributes().take(64) {
            let Some(prefix) = name.strip_prefix("xmlns") else { continue };
            match (prefix.strip_prefix(':'), vocabulary_of_uri(uri)) {
                (Some(prefix), Some(vocabulary)) if self.prefixes.len() < PREFIXES => {
                    self.prefixes.push((prefix.to_owned(), vocabulary))
                }
                (None, Some(vocabulary)) if prefix.is_empty() => self.default = vocabulary,
                _ => {}
            }
        }
    }

    /// Returns the vocabulary and the local name of an element, in lower case.
    pub(crate) fn resolve(&self, name: &str) -> (Vocabulary, Local) {
        let Some((prefix, local)) = name.split_once(':') else {
            let vocabulary = match self.default {
                Vocabulary::Atom => Vocabulary::Atom,
                _ => Vocabulary::Core,
            };
            return (vocabulary, Local::of(name));
        };
        let declared = self.prefixes.iter().rev().find(|(known, _)| known == prefix);
        let vocabulary = declared.map(|(_, vocabulary)| *vocabulary);
        (vocabulary.unwrap_or_else(|| vocabulary_of_prefix(prefix)), Local::of(local))
    }
}

fn vocabulary_of_uri(uri: &str) -> Option<Vocabulary> {
    let uri = uri.trim().to_ascii_lowercase();
    let uri = uri.trim_end_matches(['/', '#']);
    let has = |part: &str| uri.contains(part);
    Some(match () {
        () if has("w3.org/2005/atom") || has("purl.org/atom/ns") => Vocabulary::Atom,
        () if has("purl.org/dc/") => Vocabulary::DublinCore,
        () if has("rss/1.0/modules/content") => Vocabulary::Content,
        () if has("search.yahoo.com/mrss") || has("video.search.yahoo.com") => Vocabulary::Media,
        () if has("itunes") => Vocabulary::Itunes,
        () if has("rss/1.0/modules/syndication") => Vocabulary::Syndication,
        () if has("22-rdf-syntax-ns") => Vocabulary::Rdf,
        () if has("1999/xhtml") => Vocabulary::Xhtml,
        () if has("purl.org/rss/1.0/modules") || has("purl.org/rss/1.0/admin") => return None,
        () if has("rss") || has("my.netscape.com/rdf") => Vocabulary::Core,
        () => return None,
    })
}

fn vocabulary_of_prefix(prefix: &str) -> Vocabulary {
    match prefix.to_ascii_lowercase().as_str() {
        "atom" | "atom10" | "atom03" | "a10" => Vocabulary::Atom,
        "dc" | "dcterms" | "dct" => Vocabulary::DublinCore,
        "content" => Vocabulary::Content,
        "media" => Vocabulary::Media,
        "itunes" => Vocabulary::Itunes,
        "sy" => Vocabulary::Syndication,
        "rdf" => Vocabulary::Rdf,
        "xhtml" => Vocabulary::Xhtml,
        "rss" | "rss1" | "rss2" => Vocabulary::Core,
        _ => Vocabulary::Other,
    }
}

/// What an element of an entry says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    Title,
    /// A title of something in the entry; used where the entry has none.
    SpareTitle,
    Link,
    Guid,
    Summary,
    SpareSummary,
    Content,
    Published,
    Created,
    Updated,
    /// A name, or an element with a name in it.
    Author,
    SpareAuthor,
    Language,
    /// Something with titles and links of its own.
    Apart,
}

/// Returns what an element of an entry says, if it matters.
pub(crate) fn meaning(vocabulary: Vocabulary, local: &str) -> Option<Meaning> {
    use Vocabulary as V;
    Some(match (vocabulary, local) {
        (V::Core | V::Atom | V::DublinCore, "title") => Meaning::Title,
        (V::Media | V::Itunes, "title") => Meaning::SpareTitle,
        (V::Core | V::Atom, "link" | "a") => Meaning::Link,
        (V::Core | V::Atom, "guid" | "id") => Meaning::Guid,
        (V::Core | V::Atom, "description" | "summary" | "abstract") => Meaning::Summary,
        (V::DublinCore, "description" | "abstract") => Meaning::SpareSummary,
        (V::Itunes, "summary" | "subtitle") | (V::Media, "description") => Meaning::SpareSummary,
        (V::Core | V::Atom, "content" | "fullitem" | "encoded") => Meaning::Content,
        (V::Content, "encoded" | "html") | (V::Xhtml, "body" | "div") | (V::Core, "body") => {
            Meaning::Content
        }
        (V::Core | V::Atom, "pubdate" | "published" | "issued") => Meaning::Published,
        (V::DublinCore, "date" | "issued" | "available" | "datesubmitted") => Meaning::Published,
        (V::Core | V::Atom | V::DublinCore, "created") | (V::Core, "date" | "dateadded") => {
            Meaning::Created
        }
        (
            V::Core | V::Atom | V::DublinCore,
            "updated" | "modified" | "lastmod" | "lastbuilddate",
        ) => Meaning::Updated,
        (V::Core | V::Atom, "author" | "managingeditor")
        | (V::DublinCore, "creator" | "author") => Meaning::Author,
        (V::Itunes, "author") => Meaning::SpareAuthor,
        (V::DublinCore | V::Core, "language") => Meaning::Language,
        (V::Core | V::Atom, "source" | "contributor" | "image" | "textinput" | "category") => {
            Meaning::Apart
        }
        (V::Media, "credit" | "text" | "comments") => Meaning::Apart,
        _ => return None,
    })
}
