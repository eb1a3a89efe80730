//! The one place where receivers meet the network: posts through the guarded client, and sorts
//! what comes back. No error holds a URL: most of them are secrets.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use url::Url;

use super::error::{DeliveryError, parse_retry_after};
use super::receiver::{Body, Posted};
use crate::model::Secret;
use crate::net::{Client, NetError, Request};

/// Most bytes of an answer that are looked at.
const MOST: usize = 256 * 1024;

/// What a receiver answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Status code.
    pub status: u16,
    /// `Retry-After`, read and clamped.
    pub retry_after: Option<Duration>,
    /// The body as text.
    pub body: String,
}

impl Reply {
    /// True for 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as JSON; null where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }
}

/// A way to a receiver: client, address, credentials.
#[derive(Clone)]
pub struct Wire {
    client: Client,
    url: Url,
    token: Option<Secret>,
}

impl Wire {
    /// A way to `url`.
    ///
    /// # Errors
    /// [`DeliveryError::Refused`] where `url` is none.
    pub fn new(
        client: &Client,
        url: &Secret,
        token: Option<Secret>,
    ) -> Result<Self, DeliveryError> {
        let bad = |why: &str| DeliveryError::Refused { status: 0, why: why.to_owned() };
        let url = Url::parse(url.expose()).map_err(|_| bad("the address is not a URL"))?;
        client.check(&url).map_err(|error| bad(&error.to_string()))?;
        Ok(Self { client: client.clone(), url, token })
    }

    /// The same way to another address.
    #[must_use]
    pub fn at(&self, url: Url) -> Self {
        Self { url, ..self.clone() }
    }

    /// The address; a secret.
    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// Posts JSON.
    ///
    /// # Errors
    /// Only what happens below HTTP; a status is no error here.
    pub async fn post(
        &self,
        body: String,
        headers: &[(&'static str, String)],
        now: DateTime<Utc>,
    ) -> Result<Reply, DeliveryError> {
        let request = Request::post(self.url.clone(), body);
        let json = HeaderValue::from_static("application/json; charset=utf-8");
        self.send(request.header(CONTENT_TYPE, json), headers, now).await
    }

    /// Posts every call of a body; the first that is not taken decides what became of it, as
    /// `judge` reads the answer.
    ///
    /// # Errors
    /// What `judge` says, and what happens below HTTP.
    pub(super) async fn deliver(
        &self,
        body: Body,
        now: DateTime<Utc>,
        judge: fn(&Reply) -> Result<(), DeliveryError>,
    ) -> Result<Posted, DeliveryError> {
        for (_, call) in body.calls {
            judge(&self.post(call.to_string(), &[], now).await?)?;
        }
        Ok(Posted::default())
    }

    /// Gets.
    ///
    /// # Errors
    /// Only what happens below HTTP; a status is no error here.
    pub async fn get(&self, now: DateTime<Utc>) -> Result<Reply, DeliveryError> {
        self.send(Request::get(self.url.clone()), &[], now).await
    }

    async fn send(
        &self,
        mut request: Request,
        headers: &[(&'static str, String)],
        now: DateTime<Utc>,
    ) -> Result<Reply, DeliveryError> {
        let unfit =
            || DeliveryError::Refused { status: 0, why: "a header has a line break".to_owned() };
        for (name, value) in headers {
            let value = HeaderValue::from_str(value).map_err(|_| unfit())?;
            request.headers.insert(HeaderName::from_static(name), value);
        }
        if let Some(token) = &self.token {
            let bearer = format!("Bearer {}", token.expose());
            let mut value = HeaderValue::from_str(&bearer).map_err(|_| unfit())?;
            value.set_sensitive(true);
            request.headers.insert(AUTHORIZATION, value);
        }
        let answer = self.client.send(request).await.map_err(sort)?;
        let text = answer.body.get(..MOST.min(answer.body.len())).unwrap_or(&[]);
        Ok(Reply {
            status: answer.status,
            retry_after: retry_after(&answer.headers, now),
            body: String::from_utf8_lossy(text).into_owned(),
        })
    }
}

fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    parse_retry_after(headers.get("retry-after")?.to_str().ok()?, now)
}

/// What a failure below HTTP means for a delivery.
fn sort(error: NetError) -> DeliveryError {
    match error {
        NetError::Timeout(limit) => DeliveryError::Timeout(limit),
        NetError::Dns(_) | NetError::Connect(_) | NetError::Tls(_) => {
            DeliveryError::Connect(error.to_string())
        }
        NetError::TooLarge(_)
        | NetError::TooSlow(_)
        | NetError::Encoding(_)
        | NetError::Protocol(_) => DeliveryError::Aborted(error.to_string()),
        NetError::Url | NetError::Scheme(_) | NetError::Blocked(_) | NetError::Setup(_) => {
            DeliveryError::Refused { status: 0, why: error.to_string() }
        }
    }
}

/// What a status means where the receiver has no words of its own. `gone` lists the statuses
/// that say that the receiver is gone.
pub fn by_status(reply: &Reply, gone: &[u16]) -> DeliveryError {
    let Reply { status, retry_after, .. } = *reply;
    let why = String::new();
    match status {
        429 => DeliveryError::RateLimited { retry_after },
        status if gone.contains(&status) => DeliveryError::Refused { status, why },
        400 | 405 | 406 | 411 | 413 | 414 | 415 | 422 | 431 => {
            DeliveryError::Rejected { status, why }
        }
        _ => DeliveryError::Unavailable { status, retry_after, why },
    }
}

/// Sorts an answer of a receiver for people that has no words of its own: a success, or gone where
/// it does not know us or the address any more.
pub(super) fn taken(reply: &Reply) -> Result<(), DeliveryError> {
    if reply.is_success() {
        return Ok(());
    }
    Err(by_status(reply, &[401, 403, 404, 410]))
}
