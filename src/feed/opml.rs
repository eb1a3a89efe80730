//! OPML in and out, without loss: folders, unknown attributes, and our own settings.
//!
//! Settings beyond the address are attributes such as `talentwire:interval="2m"`, named like the
//! keys of `[poll]`; other programs pass them on or ignore them.

mod read;
mod write;

use std::collections::HashSet;

use url::Url;

/// Prefix of our attributes.
const PREFIX: &str = "talentwire:";

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
