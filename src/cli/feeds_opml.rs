//! `talentwire feeds import` and `export`: OPML in and out.

use std::sync::Arc;
use std::time::Duration;

use crate::config;
use crate::feed::opml::{Opml, OpmlError, Outline};
use crate::feed::settings::FeedSettings;

/// What an import came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Imported {
    /// The new text of our file.
    pub page: String,
    /// Feeds that were added.
    pub added: usize,
    /// Feeds that were there already.
    pub known: usize,
    /// Feeds that cannot be polled, with their line and the reason; they are left out, because
    /// the daemon would not start with them.
    pub refused: Vec<(usize, String)>,
}

/// Adds the feeds of the OPML text `from` to the OPML text `into`.
///
/// # Errors
/// Where either is no OPML; the flag says whether it was `into`.
pub(super) fn import(into: &str, from: &str) -> Result<Imported, (bool, OpmlError)> {
    let mut ours = match into.trim() {
        "" => Opml::default(),
        text => Opml::parse(text).map_err(|error| (true, error))?,
    };
    let mut theirs = Opml::parse(from).map_err(|error| (false, error))?;
    let mut refused = Vec::new();
    keep_pollable(&mut theirs.outlines, &mut refused);
    let offered = theirs.feeds().len();
    let added = ours.merge(&theirs);
    Ok(Imported { page: ours.write(), added, known: offered - added, refused })
}

/// Drops the feeds whose address is none.
fn keep_pollable(outlines: &mut Vec<Outline>, refused: &mut Vec<(usize, String)>) {
    outlines.retain(|outline| match outline.get("xmlUrl").map(config::feed_url) {
        Some(Err(what)) => {
            refused.push((outline.line, what));
            false
        }
        _ => true,
    });
    for outline in outlines {
        keep_pollable(&mut outline.children, refused);
    }
}

/// Writes feeds as OPML: those of the configured OPML text with all that it says, then `others`.
///
/// # Errors
/// Where the text is no OPML.
pub(super) fn export(
    opml: Option<&str>,
    others: &[Arc<FeedSettings>],
) -> Result<String, OpmlError> {
    let mut all = opml.map(Opml::parse).transpose()?.unwrap_or_default();
    if all.head.is_empty() {
        all.head.push(("title".to_owned(), "talentwire feeds".to_owned()));
    }
    let outlines = others.iter().map(|feed| outline(feed)).collect();
    all.merge(&Opml { outlines, ..Opml::default() });
    Ok(all.write())
}

/// The outline of a configured feed: whatever differs from the defaults becomes an attribute.
fn outline(feed: &FeedSettings) -> Outline {
    let default = FeedSettings::new(feed.url.clone());
    let title = feed.title.as_deref().unwrap_or(feed.url.as_str());
    let mut outline = Outline::feed(feed.url.as_str(), title);
    if let Some(lang) = &feed.lang {
        outline.attributes.push(("language".to_owned(), lang.clone()));
    }
    for (key, is, was) in [
        ("interval", feed.interval, default.interval),
        ("min_interval", feed.min_interval, default.min_interval),
        ("max_interval", feed.max_interval, default.max_interval),
        ("max_age", feed.max_age, default.max_age),
        ("connect_timeout", feed.connect_timeout, default.connect_timeout),
        ("timeout", feed.timeout, default.timeout),
    ] {
        if is != was {
            outline.set(key, &exactly(is));
        }
    }
    if feed.first_poll != default.first_poll {
        outline.set("first_poll", "alert");
    }
    if feed.allow_private {
        outline.set("allow_private_networks", "true");
    }
    if !feed.full_text {
        outline.set("full_text", "false");
    }
    if let Some(encoding) = &feed.encoding {
        outline.set("encoding", encoding);
    }
    if feed.max_body != default.max_body {
        outline.set("max_body_mib", &(feed.max_body >> 20).max(1).to_string());
    }
    outline
}

/// A duration with a single unit, which every reader of the configuration understands.
fn exactly(duration: Duration) -> String {
    let millis = duration.as_millis();
    for (unit, size) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000)] {
        if millis >= size && millis.is_multiple_of(size) {
            return format!("{}{unit}", millis / size);
        }
    }
    format!("{millis}ms")
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    #[test]
    fn an_import_leaves_out_what_would_keep_the_daemon_from_starting() {
        let ours = "<opml><body><outline text='A' xmlUrl='https://a.example/'/></body></opml>";
        let theirs = "<opml><body>\n<outline text='A' xmlUrl='http://www.a.example'/>\n\
                      <outline text='F'><outline text='B' xmlUrl='https://b.example/rss'/>\n\
                      <outline text='C' xmlUrl='c.example/rss'/></outline>\n\
                      <outline text='D' xmlUrl='ftp://d.example/rss'/></body></opml>";
        let imported = import(ours, theirs).unwrap();
        assert_eq!((imported.added, imported.known), (1, 1));
        let lines: Vec<usize> = imported.refused.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [5, 4], "{:?}", imported.refused);
        assert!(imported.refused[0].1.contains("http and https"), "{:?}", imported.refused);
        let feeds = Opml::parse(&imported.page).unwrap();
        let urls: Vec<&str> = feeds.feeds().iter().map(|feed| feed.url).collect();
        assert_eq!(urls, ["https://a.example/", "https://b.example/rss"]);
    }

    fn feed(url: &str) -> FeedSettings {
        FeedSettings::new(Url::parse(url).unwrap())
    }

    #[test]
    fn an_export_keeps_the_opml_and_adds_the_settings_of_other_feeds() {
        let opml = "<opml><body><outline text='F'><outline text='A' xmlUrl='https://a.example/' \
                    x:y='kept'/></outline></body></opml>";
        let mut other = feed("https://b.example/rss");
        other.interval = Duration::from_secs(120);
        other.encoding = Some("euc-kr".to_owned());
        let feeds = [feed("https://a.example/"), other].map(Arc::new);
        let written = export(Some(opml), &feeds).unwrap();
        let read = Opml::parse(&written).unwrap();
        assert_eq!(read.feeds().len(), 2);
        assert!(written.contains("x:y=\"kept\""));
        let settings = read.feeds().remove(1).settings;
        assert_eq!(settings, [("interval", "2m"), ("encoding", "euc-kr")]);
    }

    #[test]
    fn durations_are_written_so_that_nothing_is_lost() {
        for (millis, want) in [(90_000, "90s"), (200, "200ms"), (172_800_000, "2d"), (0, "0ms")] {
            assert_eq!(exactly(Duration::from_millis(millis)), want);
        }
    }
}
