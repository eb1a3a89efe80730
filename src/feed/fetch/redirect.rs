//! Where redirects lead, and what they tell about a feed's address.

use std::time::Duration;

use reqwest::header::LOCATION;
use url::Url;

use super::FetchError;
use crate::net::Answer;

/// What following redirects brought to light.
#[derive(Default)]
pub(super) struct Trail {
    /// Time that the requests took.
    pub(super) took: Duration,
    /// Where permanent redirects from the first hop on have led.
    pub(super) permanent: Option<Url>,
    broken: bool,
}

impl Trail {
    /// Notes a hop; only an unbroken row of permanent ones from the start says that the feed moved.
    pub(super) fn hop(&mut self, to: &Url, permanent: bool) {
        self.broken |= !permanent;
        if !self.broken {
            self.permanent = Some(to.clone());
        }
    }
}

/// Returns where a redirect leads.
pub(super) fn next_hop(from: &Url, answer: &Answer) -> Result<Url, FetchError> {
    let location = answer.headers.get(LOCATION).ok_or(FetchError::Location)?;
    // Some servers send UTF-8 here, which is no valid header text.
    let location = String::from_utf8_lossy(location.as_bytes());
    let mut to = from.join(location.trim()).map_err(|_| FetchError::Location)?;
    if !matches!(to.scheme(), "http" | "https") {
        return Err(FetchError::Location);
    }
    if from.scheme() == "https" && to.scheme() == "http" {
        return Err(FetchError::Downgrade);
    }
    to.set_fragment(None);
    // A name and password belong to the host they were configured for; a redirect neither
    // carries them elsewhere nor brings some of its own.
    let same = from.origin() == to.origin();
    let (name, word) = if same { (from.username(), from.password()) } else { ("", None) };
    to.set_username(name).map_err(|()| FetchError::Location)?;
    to.set_password(word).map_err(|()| FetchError::Location)?;
    Ok(to)
}
