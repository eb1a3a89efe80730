//! Fetches a feed document: conditional, polite, bounded, and with every redirect judged.
//!
//! In: a feed's settings and state. Out: a document, "not modified", or a typed failure, with
//! what the answer said about caching and about the feed's address. Nothing is remembered here:
//! the caller stores validators together with the articles that they stand for.

mod error;
mod headers;
mod redirect;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use tokio::sync::Semaphore;
use url::Url;

pub use self::error::FetchError;
use self::headers::{Validators, conditions, fresh_for, hubs, validators};
use self::redirect::{Trail, next_hop};
use super::challenge::{Guard, guard_of};
use super::polite::Gates;
use super::schedule;
use super::settings::FeedSettings;
use crate::model::FeedState;
use crate::net::{self, Answer, Client, ClientSettings, NetError, Request, Room};

/// Most redirects that are followed.
pub const MAX_HOPS: usize = 5;
/// After so many conditional fetches, or after [`FULL_EVERY`], one goes without condition,
/// because some servers send the same validators with a changed document.
pub const FULL_AFTER: u32 = 50;
/// See [`FULL_AFTER`].
pub const FULL_EVERY: Duration = Duration::from_secs(24 * 60 * 60);

const ACCEPTED: &str = "application/atom+xml, application/rss+xml, application/feed+json;q=0.9, \
    application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, \
    */*;q=0.1";

/// A document, or the word that it has not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// 304.
    NotModified,
    /// 200.
    Document {
        /// After decompression, as sent otherwise.
        bytes: Bytes,
        /// `Content-Type`.
        content_type: Option<String>,
    },
}

/// A fetch that succeeded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// What came.
    pub body: Body,
    /// True where the request had no condition.
    pub full: bool,
    /// `ETag`, byte for byte, where it is worth keeping: not one made of this very second.
    pub etag: Option<String>,
    /// `Last-Modified`, byte for byte, likewise.
    pub last_modified: Option<String>,
    /// For how long the answer says to be fresh, in seconds.
    pub fresh_for: u32,
    /// Hubs that the `Link` header names.
    pub hubs: Vec<String>,
}

/// One finished fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    /// What came of it.
    pub result: Result<Fetched, FetchError>,
    /// Where permanent redirects led, from the first hop on, when the last hop answered well.
    pub permanent: Option<Url>,
    /// Time from the first request to the last byte, waiting at gates apart.
    pub took: Duration,
}

/// Fetches politely; shared by all feeds. Cheap to clone.
#[derive(Clone)]
pub struct Fetcher {
    user_agent: Arc<str>,
    gates: Gates,
    places: Arc<Semaphore>,
    room: Room,
    clients: Arc<Mutex<HashMap<Key, Client>>>,
}

/// What makes clients differ.
#[derive(PartialEq, Eq, Hash)]
struct Key(bool, Duration, Duration, usize);

impl Fetcher {
    /// A fetcher that introduces itself as `user_agent` and sends at most `at_once` requests at
    /// the same time.
    pub fn new(user_agent: &str, at_once: usize, gates: Gates) -> Self {
        Self {
            user_agent: user_agent.into(),
            gates,
            places: Arc::new(Semaphore::new(at_once.max(1))),
            // As many again may wait to be read.
            room: Room::new(at_once.saturating_mul(2)),
            clients: Arc::default(),
        }
    }

    fn client(&self, settings: &ClientSettings) -> Result<Client, NetError> {
        let key = Key(
            settings.allow_private,
            settings.connect_timeout,
            settings.total_timeout,
            settings.max_body,
        );
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(&key) {
            return Ok(client.clone());
        }
        let client = net::client(settings)?.within(self.room.clone());
        clients.insert(key, client.clone());
        Ok(client)
    }

    /// Fetches a feed; conditionally where `state` has validators and they are to be trusted.
    pub async fn fetch(&self, feed: &FeedSettings, state: &FeedState, now: DateTime<Utc>) -> Fetch {
        let believed = state.address.as_deref().filter(|_| state.failures < 3);
        let address = believed.and_then(|to| Url::parse(to).ok()).unwrap_or(feed.url.clone());
        let conditions = conditions(state, now);
        let full = conditions.is_empty();
        let mut headers = conditions;
        headers.insert(ACCEPT, HeaderValue::from_static(ACCEPTED));
        let mut trail = Trail::default();
        let answer = self.follow(feed, address, &headers, &mut trail).await;
        let result = answer.and_then(|answer| fetched(&answer, full, now));
        let permanent = trail.permanent.filter(|_| result.is_ok());
        Fetch { result, permanent, took: trail.took }
    }

    /// Fetches a page with the manners of a feed; for full text.
    ///
    /// # Errors
    /// As a feed.
    pub async fn page(
        &self,
        feed: &FeedSettings,
        page: Url,
        now: DateTime<Utc>,
    ) -> Result<Fetched, FetchError> {
        let mut headers = HeaderMap::new();
        let accepted = HeaderValue::from_static("text/html, application/xhtml+xml");
        headers.insert(ACCEPT, accepted);
        let answer = self.follow(feed, page, &headers, &mut Trail::default()).await?;
        fetched(&answer, true, now)
    }

    /// Sends a `GET` and follows redirects; each hop passes the gate of its own domain and the
    /// address guard, and credentials stay with their host.
    async fn follow(
        &self,
        feed: &FeedSettings,
        first: Url,
        headers: &HeaderMap,
        trail: &mut Trail,
    ) -> Result<Answer, FetchError> {
        let client = self.client(&feed.client(&self.user_agent))?;
        let mut url = first;
        for _ in 0..=MAX_HOPS {
            client.check(&url)?;
            let answer = {
                // First the gate: who waits for a domain must not hold a place.
                let _pass = self.gates.enter(&url).await;
                let _place = self.places.acquire().await;
                let begun = Instant::now();
                let mut request = Request::get(url.clone());
                request.headers = headers.clone();
                let answer = client.send(request).await;
                trail.took += begun.elapsed();
                answer?
            };
            if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
                return Ok(answer);
            }
            url = next_hop(&url, &answer)?;
            trail.hop(&url, matches!(answer.status, 301 | 308));
        }
        Err(FetchError::TooManyRedirects)
    }
}

fn fetched(answer: &Answer, full: bool, now: DateTime<Utc>) -> Result<Fetched, FetchError> {
    let headers = &answer.headers;
    let retry_after = answer.header(RETRY_AFTER.as_str());
    let retry_after = retry_after.and_then(|value| schedule::retry_after(value, now));
    let body = match answer.status {
        304 if !full => Body::NotModified,
        200 | 203 => Body::Document {
            bytes: answer.body.clone(),
            content_type: answer.header(CONTENT_TYPE.as_str()).map(str::to_owned),
        },
        status => {
            return Err(match guard_of(headers, &answer.body) {
                Some(guard) => FetchError::Challenge { guard, retry_after },
                None => FetchError::Status { status, retry_after },
            });
        }
    };
    // A feed is XML or JSON; a guard's page comes with 200 as well.
    if let Body::Document { bytes, .. } = &body
        && let Some(guard) = guard_of(headers, &[]).or_else(|| guard_of_page(bytes))
    {
        return Err(FetchError::Challenge { guard, retry_after });
    }
    let Validators { etag, last_modified } = validators(headers, now);
    Ok(Fetched {
        body,
        full,
        etag,
        last_modified,
        fresh_for: fresh_for(headers),
        hubs: hubs(headers),
    })
}

/// Looks for a guard only in what begins as an HTML page, so that an article about Cloudflare
/// in a feed is no challenge.
fn guard_of_page(body: &[u8]) -> Option<Guard> {
    let head = body.trim_ascii_start();
    let begins = |words: &[u8]| {
        head.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words))
    };
    if begins(b"<!doctype html") || begins(b"<html") || begins(b"<head") {
        guard_of(&HeaderMap::new(), body)
    } else {
        None
    }
}
