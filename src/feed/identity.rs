//! By what an entry is recognised: guid, then link, then its words.
//!
//! Each step is only trusted where it tells entries of one document apart: many feeds write the
//! same guid, or the same link, into every entry. What a title may become by editing is judged by
//! its words, see [`Keys::resembles`].

use std::collections::HashMap;

use super::document::{Entry, Feed};
use super::hash::{hash, hash_parts};
use super::links;
use crate::model::content_id;

/// A title of fewer letters is no identity by itself ("Update").
const TELLING_TITLE: usize = 16;
/// How much of the text stands in for a missing guid and link, in characters.
const TELLING_TEXT: usize = 512;

/// The hashes by which an entry is recognised; 0 stands for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Keys {
    /// The first of guid, link and words that can be trusted; 40 bits.
    pub id: u64,
    /// What `id` would be if the guid, or the link in its place, were shared with other entries, or
    /// were not; not stored.
    pub other: u64,
    /// The link, where it can be trusted: half of its hash, 0 where there is none.
    pub link: u32,
    /// A set of the title's words, one bit each.
    pub title: u64,
    /// All words, without case and punctuation; another value is an edit.
    pub words: u32,
    /// True for those of an entry that has left its document: of the title a part is kept.
    pub past: bool,
}

/// Bits of an id. Among a hundred remembered entries one in 10^10 has that of another by chance, and
/// then link and title have to agree as well.
pub(crate) const ID: u64 = (1 << 40) - 1;
/// Bits that the words of a title fall into once its entry has left the document.
const PAST_TITLE: u32 = 40;
const TITLE: u32 = 64;

/// A set of words in fewer bits.
pub(crate) fn past_title(title: u64) -> u64 {
    title & ((1 << PAST_TITLE) - 1) | title >> PAST_TITLE << (2 * PAST_TITLE - TITLE)
}

/// Half of a hash, and never 0: enough among the entries of one feed.
pub(crate) fn short(hash: u64) -> u32 {
    u32::try_from(hash & u64::from(u32::MAX)).unwrap_or_default().max(1)
}

impl Keys {
    /// True where the id of these keys is the link of `other`.
    pub(crate) fn is_link_of(self, other: Keys) -> bool {
        other.link != 0 && short(self.id) == other.link
    }

    /// True when two titles may be one, edited: half the words of the shorter one are shared, or
    /// two thirds where fewer bits have to tell them apart.
    pub fn resembles(self, other: Keys) -> bool {
        let (title, known) = self.titles(other);
        let shorter = title.count_ones().min(known.count_ones());
        let shared = (title & known).count_ones();
        shorter == 0
            || if self.past || other.past { shared * 3 > shorter * 2 } else { shared * 2 > shorter }
    }

    /// True for the same title, where there is one.
    pub(crate) fn has_title_of(self, other: Keys) -> bool {
        let (title, known) = self.titles(other);
        title == known && title != 0
    }

    /// Both titles in as many bits as are kept of either.
    fn titles(self, other: Keys) -> (u64, u64) {
        match self.past || other.past {
            true => (past_title(self.title), past_title(other.title)),
            false => (self.title, other.title),
        }
    }
}

/// Returns the id of the article whose identity is `key`, in the feed with this URL.
pub fn article_id(feed_url: &str, key: u64) -> String {
    content_id(&["article", feed_url, &format!("{key:016x}")])
}

/// Returns the keys of all entries of a document, in order.
pub fn keys(feed: &Feed) -> Vec<Keys> {
    let home = feed.link.as_deref().and_then(links::comparison_key);
    let parts: Vec<Parts> =
        feed.entries.iter().map(|entry| Parts::of(entry, home.as_deref())).collect();
    let mut guids: HashMap<&str, Use> = HashMap::new();
    let mut links: HashMap<&str, Use> = HashMap::new();
    for part in &parts {
        if let Some(guid) = &part.guid {
            guids.entry(guid).or_default().note(part.link_hash(), part);
        }
        if let Some(link) = &part.link {
            links.entry(link).or_default().note(part.guid_hash(), part);
        }
    }
    parts.iter().map(|part| part.keys(&guids, &links)).collect()
}

/// What one guid, or one link, is used with in a document.
#[derive(Default)]
struct Use {
    first: Option<(u64, u64, u64)>,
    shared: bool,
}

impl Use {
    /// Entries that agree in the other key and whose titles may be one, or in their words where
    /// there is no other key, are one entry.
    fn note(&mut self, other: u64, part: &Parts) {
        let (first_other, content, title) =
            *self.first.get_or_insert((other, part.content, part.title));
        let [first, this] = [title, part.title].map(|title| Keys { title, ..Keys::default() });
        let same = content == part.content || (other != 0 && first.resembles(this));
        self.shared |= first_other != other || !same;
    }
}

struct Parts {
    guid: Option<String>,
    link: Option<String>,
    /// The title, with the beginning of the text where the title is short.
    content: u64,
    title: u64,
    words: u32,
}

impl Parts {
    fn of(entry: &Entry, home: Option<&str>) -> Self {
        let link =
            entry.link.as_deref().and_then(link_key).filter(|link| Some(link.as_str()) != home);
        let title = letters(&entry.title);
        let text = if entry.summary.is_empty() {
            entry.content.as_deref().unwrap_or_default()
        } else {
            &entry.summary
        };
        let beginning: String = text.chars().take(TELLING_TEXT).collect();
        let telling = if title.chars().count() >= TELLING_TITLE {
            String::new()
        } else {
            letters(&beginning)
        };
        let content = entry.content.as_deref().unwrap_or_default();
        let words = [title.as_str(), &letters(&entry.summary), &letters(content)];
        Self {
            guid: entry.guid.as_deref().map(guid_key).filter(|guid| !guid.is_empty()),
            link,
            content: hash_parts(&["content", &title, &telling]),
            title: title_words(&entry.title),
            words: short(hash_parts(&words)),
        }
    }

    fn guid_hash(&self) -> u64 {
        self.guid.as_deref().map_or(0, |guid| hash_parts(&["guid", guid]))
    }

    fn link_hash(&self) -> u64 {
        self.link.as_deref().map_or(0, |link| hash_parts(&["link", link]))
    }

    fn keys(&self, guids: &HashMap<&str, Use>, links: &HashMap<&str, Use>) -> Keys {
        let is_shared = |uses: &HashMap<&str, Use>, key: &Option<String>| {
            key.as_deref().and_then(|key| uses.get(key)).is_none_or(|found| found.shared)
        };
        let link = if is_shared(links, &self.link) { 0 } else { self.link_hash() };
        // Shared guid and shared link: together with the title they may still tell.
        let guid = self.guid_hash();
        let together = mix(&[guid, self.link_hash(), self.content]);
        let (id, other) = match is_shared(guids, &self.guid) {
            false => (guid, together),
            true if link != 0 && guid != 0 => (link, guid),
            true if link != 0 => (link, together),
            true => (together, guid),
        };
        let (id, other) = (id & ID, other & ID);
        let link = if link == 0 { 0 } else { short(link) };
        Keys { id, other, link, title: self.title, words: self.words, past: false }
    }
}

/// Returns one hash of several.
pub(crate) fn mix(keys: &[u64]) -> u64 {
    hash(&keys.iter().flat_map(|key| key.to_le_bytes()).collect::<Vec<u8>>())
}

/// A guid without what servers change at will: `http` or `https`, white space.
fn guid_key(guid: &str) -> String {
    let guid = guid.trim();
    let web = guid.get(..8).filter(|start| start.eq_ignore_ascii_case("https://"));
    match web {
        Some(_) => format!("http{}", guid.get(5..).unwrap_or_default()),
        None => guid.to_owned(),
    }
}

/// A link as identity inside one feed; fragments count, because change logs link to places.
fn link_key(link: &str) -> Option<String> {
    if links::is_wrapper(link) {
        return None;
    }
    let fragment = link.split_once('#').map(|(_, fragment)| fragment).unwrap_or_default();
    Some(format!("{}#{fragment}", links::comparison_key(link)?))
}

/// Letters and digits in lower case: case, punctuation and spacing are not an edit.
fn letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            'a'..='z' | '0'..='9' => out.push(character),
            'A'..='Z' => out.push(character.to_ascii_lowercase()),
            _ if character.is_ascii() || !character.is_alphanumeric() => {}
            // Scripts without case make up most of what is not Latin.
            '\u{3040}'..='\u{d7a3}' => out.push(character),
            _ => out.extend(character.to_lowercase()),
        }
    }
    out
}

/// One bit for each word; for scripts without spaces, for each pair of characters.
fn title_words(title: &str) -> u64 {
    let mut bits = 0;
    for word in title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let word: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
        let is_spaceless = word.iter().any(|c| *c >= '\u{2e80}');
        let step = if is_spaceless { 2 } else { word.len() };
        for part in word.windows(step.min(word.len()).max(1)) {
            let part: String = part.iter().collect();
            bits |= 1 << (hash(part.as_bytes()) % 64);
        }
    }
    bits
}
