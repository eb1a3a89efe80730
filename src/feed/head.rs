//! What a document says about the feed itself.

use super::document::{Feed, Format};
use super::entry::{Context, rebase};
use super::html::plain;
use super::links;
use super::names::{Namespaces, Vocabulary};
use super::outline::Outline;
use super::salvage::{Contents, Piece, Pieces, Tag, head_of};

/// How much is read of what stands outside entries.
const HEAD: usize = 1 << 20;
/// Most hubs of a feed.
const HUBS: usize = 5;
const DAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The root of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Root {
    Feed(Format),
    Html,
    Unknown,
}

/// Returns what the first elements of a document are.
pub(crate) fn root(text: &str) -> Root {
    let mut pieces = Pieces::new(text);
    let names = pieces.by_ref().filter_map(|piece| match piece {
        Piece::Open(tag) => Some(tag),
        _ => None,
    });
    for tag in names.take(3) {
        let local = tag.name.rsplit(':').next().unwrap_or(tag.name).to_ascii_lowercase();
        return Root::Feed(match local.as_str() {
            "rss" | "redirect" | "newlocation" => Format::Rss,
            "rdf" => Format::Rdf,
            "feed" | "entry" => Format::Atom,
            "channel" if tag.attribute("href").is_some() || tag.attribute("base").is_some() => {
                Format::Cdf
            }
            "channel" => {
                if tag.name == "CHANNEL" {
                    Format::Cdf
                } else {
                    Format::Rss
                }
            }
            "item" => Format::Rss,
            "html" | "head" | "body" | "script" | "meta" | "title" | "div" | "p" => {
                return Root::Html;
            }
            _ => continue,
        });
    }
    Root::Unknown
}

/// Fills what the document says about the feed; returns what its entries inherit.
pub(crate) fn read_head(outline: &Outline<'_>, feed_url: &str, feed: &mut Feed) -> Context {
    let mut head = Head {
        names: Namespaces::default(),
        base: feed_url.to_owned(),
        period: None,
        frequency: 1,
        spare_link: None,
    };
    let mut left = HEAD;
    for part in outline.head.iter().filter(|part| part.len() > 8) {
        let part = head_of(part, left);
        left -= part.len();
        head.read(part, feed);
    }
    feed.update_minutes = head.period.map(|minutes| minutes / head.frequency.max(1));
    feed.link = feed.link.take().or(head.spare_link).map(|link| links::normalise(&link));
    let base = match feed.format {
        // RSS has no rule for relative links; readers take the site's.
        Format::Rss | Format::Rdf if head.base == feed_url => {
            feed.link.clone().filter(|link| links::is_web(link)).unwrap_or(head.base)
        }
        _ => head.base,
    };
    Context { namespaces: head.names, format: feed.format, base }
}

struct Head {
    names: Namespaces,
    base: String,
    period: Option<u32>,
    frequency: u32,
    spare_link: Option<String>,
}

impl Head {
    fn read(&mut self, part: &str, feed: &mut Feed) {
        let mut pieces = Pieces::new(part);
        let mut contents = Contents::default();
        while let Some(piece) = pieces.next() {
            let Piece::Open(tag) = piece else { continue };
            if tag.attributes().any(|(name, _)| name.starts_with("xmlns")) {
                self.names.learn(tag);
            }
            let (vocabulary, local) = self.names.resolve(tag.name);
            let core = matches!(vocabulary, Vocabulary::Core | Vocabulary::Atom);
            match local.as_str() {
                local @ ("rss" | "rdf" | "feed" | "channel") => self.open(tag, local, feed),
                "title" if core || vocabulary == Vocabulary::DublinCore => {
                    let title = super::entry::text_of(tag, &contents.of(tag, &mut pieces));
                    if feed.title.is_empty() {
                        feed.title = super::entry::cut(title, 300);
                    }
                }
                "link" if core => {
                    let text = if tag.attribute("href").is_some() {
                        String::new()
                    } else {
                        contents.of(tag, &mut pieces)
                    };
                    self.link(tag, &text, feed);
                }
                "image" | "textinput" | "author" | "logo" | "generator" if core => {
                    drop(contents.of(tag, &mut pieces))
                }
                "language" if core || vocabulary == Vocabulary::DublinCore => {
                    let lang = contents.of(tag, &mut pieces).trim().to_owned();
                    feed.lang = feed.lang.take().or(Some(lang)).filter(|lang| !lang.is_empty());
                }
                "ttl" if core => feed.ttl = number(&contents.of(tag, &mut pieces)),
                "hour" if core => {
                    let hour = number(&contents.of(tag, &mut pieces))
                        .and_then(|h| u8::try_from(h % 24).ok());
                    feed.skip_hours.extend(hour.filter(|hour| !feed.skip_hours.contains(hour)));
                }
                "day" if core => {
                    let day = contents.of(tag, &mut pieces).trim().to_ascii_lowercase();
                    let day = DAYS
                        .iter()
                        .position(|known| *known == day)
                        .and_then(|d| u8::try_from(d).ok());
                    feed.skip_days.extend(day.filter(|day| !feed.skip_days.contains(day)));
                }
                "updateperiod" => self.period = period(&contents.of(tag, &mut pieces)),
                "updatefrequency" => {
                    self.frequency = number(&contents.of(tag, &mut pieces)).unwrap_or(1)
                }
                _ => {}
            }
        }
    }

    fn open(&mut self, tag: Tag<'_>, local: &str, feed: &mut Feed) {
        rebase(&mut self.base, tag);
        let lang = tag.attribute("xml:lang").filter(|lang| !lang.is_empty());
        feed.lang = feed.lang.take().or(lang);
        if local == "channel" && feed.format == Format::Cdf {
            if let Some(base) =
                tag.attribute("base").and_then(|own| links::resolve(&self.base, &own))
            {
                self.base = base;
            }
            self.spare_link = tag.attribute("href").map(|href| links::absolute(&self.base, &href));
        }
    }

    fn link(&mut self, tag: Tag<'_>, text: &str, feed: &mut Feed) {
        let base = &self.base;
        let Some(href) = tag.attribute("href") else {
            let text = plain(text);
            if feed.link.is_none() && !text.is_empty() {
                feed.link = Some(links::absolute(base, &text));
            }
            return;
        };
        let link = match tag.attribute("rel").unwrap_or_default().to_ascii_lowercase().as_str() {
            "hub" if feed.hubs.len() < HUBS => {
                feed.hubs.push(links::absolute(base, &href));
                return;
            }
            "self" => &mut feed.self_link,
            "" | "alternate" if tag.name.contains(':') => &mut self.spare_link,
            "" | "alternate" => &mut feed.link,
            _ => return,
        };
        link.get_or_insert_with(|| links::absolute(base, &href));
    }
}

fn number(text: &str) -> Option<u32> {
    text.trim().parse().ok()
}

/// Minutes of a `sy:updatePeriod`.
fn period(text: &str) -> Option<u32> {
    Some(match text.trim().to_ascii_lowercase().as_str() {
        "hourly" => 60,
        "daily" => 24 * 60,
        "weekly" => 7 * 24 * 60,
        "monthly" => 30 * 24 * 60,
        "yearly" => 365 * 24 * 60,
        _ => return None,
    })
}
