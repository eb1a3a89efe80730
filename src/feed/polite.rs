//! Politeness towards whoever answers for a domain: few requests at once, and a pause between.
//!
//! Feeds of one registrable domain (`blog.example.co.uk` and `example.co.uk`) share a gate, for
//! one machine often stands behind all of them. Loopback has no gate: it is the user's own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};
use url::{Host, Url};

/// How polite to be towards one registrable domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Politeness {
    /// Requests under way at once.
    pub at_once: usize,
    /// Time between two starts.
    pub spacing: Duration,
}

impl Default for Politeness {
    fn default() -> Self {
        Self { at_once: 2, spacing: Duration::from_secs(1) }
    }
}

/// Gates kept before those that nobody uses are dropped.
const SWEEP_AT: usize = 1024;

/// The gates of all domains, shared by everything that fetches.
#[derive(Clone)]
pub struct Gates {
    politeness: Politeness,
    gates: Arc<Mutex<HashMap<String, Arc<Gate>>>>,
}

/// Leave to send one request; given back when dropped.
#[derive(Debug)]
pub struct Pass {
    _place: Option<OwnedSemaphorePermit>,
}

struct Gate {
    places: Arc<Semaphore>,
    next_start: Mutex<Instant>,
}

impl Gates {
    /// Gates that are all open.
    pub fn new(politeness: Politeness) -> Self {
        Self { politeness, gates: Arc::default() }
    }

    /// Waits, first come first served, until a request to the host of `url` may start.
    pub async fn enter(&self, url: &Url) -> Pass {
        let Some(domain) = domain_of(url) else { return Pass { _place: None } };
        let gate = self.gate(domain);
        // Fails only for a closed semaphore, and no gate is ever closed.
        let place = Arc::clone(&gate.places).acquire_owned().await.ok();
        let start = {
            let mut next = gate.next_start.lock().unwrap_or_else(PoisonError::into_inner);
            let start = (*next).max(Instant::now());
            *next = start + self.politeness.spacing;
            start
        };
        sleep_until(start).await;
        Pass { _place: place }
    }

    fn gate(&self, domain: String) -> Arc<Gate> {
        let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
        if gates.len() >= SWEEP_AT && gates.len() == gates.capacity() {
            let now = Instant::now();
            gates.retain(|_, gate| Arc::strong_count(gate) > 1 || gate.is_held(now));
        }
        let fresh = || {
            Arc::new(Gate {
                places: Arc::new(Semaphore::new(self.politeness.at_once.max(1))),
                next_start: Mutex::new(Instant::now()),
            })
        };
        Arc::clone(gates.entry(domain).or_insert_with(fresh))
    }
}

impl Gate {
    /// True while forgetting the gate would let somebody pass too early: its spacing runs, or
    /// a request is under way.
    fn is_held(&self, now: Instant) -> bool {
        let next = *self.next_start.lock().unwrap_or_else(PoisonError::into_inner);
        next > now || Arc::strong_count(&self.places) > 1
    }
}

/// Returns the registrable domain of a URL, or its address; `None` for loopback.
pub fn domain_of(url: &Url) -> Option<String> {
    match url.host()? {
        Host::Ipv4(address) => (!address.is_loopback()).then(|| address.to_string()),
        Host::Ipv6(address) => (!address.is_loopback()).then(|| address.to_string()),
        Host::Domain(name) => {
            let name = name.strip_suffix('.').unwrap_or(name);
            let loopback = name == "localhost" || name.ends_with(".localhost");
            (!loopback).then(|| psl::domain_str(name).unwrap_or(name).to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn feeds_of_one_registrable_domain_share_a_gate() {
        let cases = [
            ("https://blog.example.co.uk/feed", Some("example.co.uk")),
            ("https://EXAMPLE.com./rss", Some("example.com")),
            ("https://feeds.bbci.co.uk/news", Some("bbci.co.uk")),
            ("https://someone.github.io/feed", Some("someone.github.io")),
            ("https://www.hani.co.kr/rss/", Some("hani.co.kr")),
            ("http://192.0.2.7/", Some("192.0.2.7")),
            ("http://intranet/feed", Some("intranet")),
            ("http://127.0.0.1:8700/feed", None),
            ("http://[::1]/feed", None),
            ("http://localhost/feed", None),
        ];
        for (text, want) in cases {
            assert_eq!(domain_of(&url(text)).as_deref(), want, "{text}");
        }
    }

    /// Short enough for a test; what is asserted are lower bounds, which no slow machine breaks.
    const QUICK: Politeness = Politeness { at_once: 2, spacing: Duration::from_millis(30) };

    #[tokio::test]
    async fn starts_are_spaced_and_two_at_once_are_the_most() {
        let gates = Gates::new(QUICK);
        let begun = Instant::now();
        let feed = url("https://a.example.com/1");
        let first = gates.enter(&feed).await;
        let second = gates.enter(&url("https://b.example.com/2")).await;
        assert!(begun.elapsed() >= QUICK.spacing, "the second start waits");
        let third = tokio::time::timeout(QUICK.spacing * 4, gates.enter(&feed)).await;
        assert!(third.is_err(), "a third at once has to wait");
        drop(first);
        gates.enter(&feed).await;
        drop(second);
    }

    #[tokio::test]
    async fn domains_and_loopback_do_not_wait_for_each_other() {
        let hour = Duration::from_secs(3600);
        let gates = Gates::new(Politeness { at_once: 1, spacing: hour });
        let _a = gates.enter(&url("https://example.com/")).await;
        let _b = gates.enter(&url("https://example.org/")).await;
        for _ in 0..100 {
            let _pass = gates.enter(&url("http://127.0.0.1/")).await;
        }
    }
}
