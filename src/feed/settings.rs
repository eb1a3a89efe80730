//! How feeds are polled: checked values, filled by the configuration.

use std::time::Duration;

use url::Url;

use crate::net::ClientSettings;

/// Long enough for a redirect and for the next feed of the same host; until the next poll of a feed no
/// server keeps a connection, and 14 kB for each of those of the last seconds add up.
const IDLE: Duration = Duration::from_secs(2);

/// What happens to the entries of a feed's very first poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FirstPoll {
    /// Remembered, not alerted.
    #[default]
    Seed,
    /// Those younger than `max_age` are alerted.
    Alert,
}

/// One feed and how it is polled.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedSettings {
    /// Address as configured; the feed's key on `feed-state`, and part of every article id.
    pub url: Url,
    /// Name shown as the outlet, instead of the feed's own title.
    pub title: Option<String>,
    /// Language, where the feed does not say it or lies, as BCP 47.
    pub lang: Option<String>,
    /// Time between two polls of a feed that publishes once a day.
    pub interval: Duration,
    /// Never polled more often.
    pub min_interval: Duration,
    /// Never waited longer, whatever the feed asks for.
    pub max_interval: Duration,
    /// What happens to the entries of the very first poll.
    pub first_poll: FirstPoll,
    /// Entries older than this never alert.
    pub max_age: Duration,
    /// True where the feed may lie on a loopback, private or link-local address.
    pub allow_private: bool,
    /// True where the page of an article that names a watched company is fetched.
    pub full_text: bool,
    /// WHATWG name of the encoding, where the feed lies about it.
    pub encoding: Option<String>,
    /// Time until a connection must stand.
    pub connect_timeout: Duration,
    /// Time until the last byte.
    pub timeout: Duration,
    /// Most bytes of a document after decompression.
    pub max_body: usize,
}

impl FeedSettings {
    /// A feed with the defaults of DESIGN's `[poll]`.
    pub fn new(url: Url) -> Self {
        Self {
            url,
            title: None,
            lang: None,
            interval: Duration::from_secs(5 * 60),
            min_interval: Duration::from_secs(60),
            max_interval: Duration::from_secs(60 * 60),
            first_poll: FirstPoll::Seed,
            max_age: Duration::from_secs(48 * 60 * 60),
            allow_private: false,
            full_text: true,
            encoding: None,
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(20),
            max_body: 15 * 1024 * 1024,
        }
    }

    /// What `feed-state` partitions by: everything of one host is polled by one instance.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// How the HTTP client of this feed behaves.
    pub(crate) fn client(&self, user_agent: &str) -> ClientSettings {
        ClientSettings {
            allow_private: self.allow_private,
            connect_timeout: self.connect_timeout,
            total_timeout: self.timeout,
            user_agent: user_agent.to_owned(),
            max_body: self.max_body,
            idle_timeout: IDLE,
            ..ClientSettings::default()
        }
    }
}

/// How the whole of polling behaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollSettings {
    /// Fetches under way at once.
    pub concurrency: usize,
    /// How we introduce ourselves; ends in a URL to complain at.
    pub user_agent: String,
}

impl Default for PollSettings {
    fn default() -> Self {
        Self { concurrency: 64, user_agent: ClientSettings::default().user_agent }
    }
}
