//! `[poll]`, `[[feed]]` and the OPML file: which feeds are polled, and how.

use std::cell::RefCell;
use std::collections::HashSet;
use std::net::IpAddr;
use std::time::Duration;

use url::{Host, Url};

use super::duration;
use super::files::Loaded;
use super::keys::{FEED_ONLY, POLL, POLL_ONLY};
use super::section::{Document, Section};
use crate::feed::opml::{Opml, Subscription};
use crate::feed::settings::{FeedSettings, FirstPoll, PollSettings};
use crate::model::Problems;

/// Nobody on the open net is polled more often, whatever the file says.
const POLITE: Duration = Duration::from_secs(60);

/// Reads `[poll]`: what holds for every feed, and what each starts from.
pub(super) fn check_poll(section: &Section<'_>) -> (PollSettings, FeedSettings) {
    let mut common = PollSettings::default();
    if let Some(concurrency) = section.integer("concurrency") {
        common.concurrency = usize::try_from(concurrency).unwrap_or(1);
    }
    if let Some(agent) = section.text("user_agent") {
        if agent.trim().is_empty() || agent.chars().any(char::is_control) {
            let what =
                "must be one line, such as \"talentwire/0.1 (+https://example.org/contact)\"";
            section.problem("user_agent", what);
        }
        common.user_agent = agent;
    }
    // The address is replaced in every feed; only the other fields of the template matter.
    let mut template = FeedSettings::new(placeholder());
    fill(section, &mut template);
    (common, template)
}

fn placeholder() -> Url {
    #[expect(clippy::unwrap_used, reason = "a constant that parses")]
    Url::parse("http://feed.invalid/").unwrap()
}

/// The keys that `[poll]` and `[[feed]]` share; a key that is absent leaves what was there.
fn fill(section: &Section<'_>, feed: &mut FeedSettings) {
    let set = |name: &str, place: &mut Duration| {
        if section.has(name)
            && let Some(found) = section.duration(name)
        {
            *place = found;
        }
    };
    set("interval", &mut feed.interval);
    set("min_interval", &mut feed.min_interval);
    set("max_interval", &mut feed.max_interval);
    // An interval that the file sets is kept; one that it does not set adapts to the feed.
    if section.has("interval") && !section.has("max_interval") {
        feed.max_interval = feed.interval;
    }
    set("max_age", &mut feed.max_age);
    set("connect_timeout", &mut feed.connect_timeout);
    set("timeout", &mut feed.timeout);
    if section.has("first_poll") {
        match section.text("first_poll").as_deref() {
            Some("alert") => feed.first_poll = FirstPoll::Alert,
            Some(_) => feed.first_poll = FirstPoll::Seed,
            None => {}
        }
    }
    if section.has("allow_private_networks") {
        feed.allow_private = section.boolean("allow_private_networks").unwrap_or(false);
    }
    if section.has("full_text") {
        feed.full_text = section.boolean("full_text").unwrap_or(true);
    }
    if let Some(label) = section.text("encoding") {
        if encoding_rs::Encoding::for_label(label.as_bytes()).is_none() {
            section.problem(
                "encoding",
                format!("\"{label}\" is no encoding; try \"euc-kr\" or \"shift_jis\""),
            );
        }
        feed.encoding = Some(label);
    }
    if section.has("max_body_mib")
        && let Some(mib) = section.integer("max_body_mib")
    {
        feed.max_body = usize::try_from(mib).unwrap_or(15) * 1024 * 1024;
    }
}

/// Reads one `[[feed]]`.
pub(super) fn check_feed(section: &Section<'_>, template: &FeedSettings) -> Option<FeedSettings> {
    if !section.has("url") {
        section.problem("url", "is missing; write url = \"https://example.org/rss\"");
        return None;
    }
    let url = section.text("url")?;
    let mut feed = template.clone();
    feed.url = match feed_url(&url) {
        Ok(url) => url,
        Err(what) => {
            section.problem("url", what);
            return None;
        }
    };
    feed.title = section.text("title");
    fill(section, &mut feed);
    settle(&mut feed, |key, what| section.problem(key, what));
    Some(feed)
}

/// A feed's address, or what is wrong with it.
///
/// # Errors
/// A sentence that says what would be right.
pub fn feed_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text.trim())
        .map_err(|cause| format!("\"{text}\" is no URL ({cause}); it starts with https://"))?;
    match (url.scheme(), url.host_str()) {
        ("http" | "https", Some(_)) => Ok(url),
        ("http" | "https", None) => Err(format!("\"{text}\" names no host")),
        (other, _) => Err(format!("\"{other}\" cannot be polled; http and https can")),
    }
}

/// True for addresses of this machine, which may be polled as often as one likes.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).to_canonical().is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

/// Holds a feed's intervals against each other and against good manners.
pub(super) fn settle(feed: &mut FeedSettings, mut problem: impl FnMut(&str, String)) {
    let loopback = is_loopback(&feed.url);
    if loopback && !feed.allow_private {
        problem(
            "url",
            format!(
                "{} is on this machine; set allow_private_networks = true to poll it",
                crate::net::shown(&feed.url)
            ),
        );
    }
    if !loopback {
        for (key, value) in [("interval", feed.interval), ("min_interval", feed.min_interval)] {
            if value < POLITE {
                problem(
                    key,
                    format!(
                        "is {}; at least 1m is polite, and only feeds on loopback may be polled faster",
                        duration::format(value)
                    ),
                );
                return;
            }
        }
    }
    // A short interval for a feed of this machine is meant, even where min_interval is not set.
    if loopback {
        feed.min_interval = feed.min_interval.min(feed.interval);
    }
    if feed.max_interval < feed.min_interval {
        let (min, max) = (duration::format(feed.min_interval), duration::format(feed.max_interval));
        problem("max_interval", format!("is {max}, below min_interval ({min})"));
    }
    if feed.interval < feed.min_interval {
        let (min, is) = (duration::format(feed.min_interval), duration::format(feed.interval));
        problem("interval", format!("is {is}, below min_interval ({min})"));
    }
    feed.max_interval = feed.max_interval.max(feed.interval);
}

/// The section of one `[[feed]]`.
pub(super) fn feed_section<'a>(
    doc: &'a Document<'a>,
    index: usize,
    table: &'a toml::Spanned<toml::de::DeValue<'a>>,
) -> Section<'a> {
    Section::new(doc, format!("feed[{}]", index + 1), Some(table), &[FEED_ONLY, POLL])
}

/// The keys of `[poll]`.
pub(super) const POLL_KEYS: &[&[super::keys::Key]] = &[POLL, POLL_ONLY];

/// The feeds of an OPML file, each polled as `[poll]` and its own attributes say.
pub(super) fn check_opml(
    loaded: &Loaded,
    template: &FeedSettings,
    problems: &RefCell<Problems>,
) -> Vec<FeedSettings> {
    let opml = match Opml::parse(&loaded.text) {
        Ok(opml) => opml,
        Err(error) => {
            problems.borrow_mut().add(&loaded.name, Some(error.line), "", error.what);
            return Vec::new();
        }
    };
    let mut feeds: Vec<FeedSettings> = Vec::new();
    let mut known: HashSet<String> = HashSet::new();
    for subscription in opml.feeds() {
        let Some(feed) = check_subscription(&subscription, template, loaded, problems) else {
            continue;
        };
        // Readers export a feed that lies in two folders twice.
        if known.insert(crate::net::shown(&feed.url)) {
            feeds.push(feed);
        }
    }
    feeds
}

fn check_subscription(
    subscription: &Subscription<'_>,
    template: &FeedSettings,
    loaded: &Loaded,
    problems: &RefCell<Problems>,
) -> Option<FeedSettings> {
    let at = Some(subscription.line);
    let problem = |key: &str, what: String| {
        problems.borrow_mut().add(&loaded.name, at, key, what);
    };
    let mut feed = template.clone();
    match feed_url(subscription.url) {
        Ok(url) => feed.url = url,
        Err(what) => {
            problem("xmlUrl", what);
            return None;
        }
    }
    feed.title = subscription.title.map(str::to_owned);
    feed.lang = subscription.language.map(str::to_owned);
    // Our attributes are keys of [poll]; they are read as a table of their own.
    let text = settings_table(&subscription.settings);
    let own = RefCell::new(Problems::default());
    let doc = Document { file: &loaded.name, text: &text, problems: &own };
    let (table, _) = toml::de::DeTable::parse_recoverable(&text);
    let value = toml::Spanned::new(table.span(), toml::de::DeValue::Table(table.into_inner()));
    fill(&Section::new(&doc, "talentwire", Some(&value), &[POLL]), &mut feed);
    settle(&mut feed, |key, what| problem(key, what));
    for found in own.into_inner().0 {
        problem(&found.key, found.what);
    }
    Some(feed)
}

/// Attributes are text; numbers and truth values are written bare, so that they are read as such.
fn settings_table(settings: &[(&str, &str)]) -> String {
    let bare = |value: &str| value == "true" || value == "false" || value.parse::<i64>().is_ok();
    settings
        .iter()
        .map(|(key, value)| match bare(value) {
            true => format!("{key:?} = {value}\n"),
            false => format!("{key:?} = {value:?}\n"),
        })
        .collect()
}
