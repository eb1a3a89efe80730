//! One HTTP exchange: guarded, bounded in time and size, never following a redirect.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Response, redirect};
use tokio::time::{Instant, timeout_at};
use url::{Host, Url};

use super::NetError;
use super::pages::Pages;
use super::resolve::Guarded;
use super::room::{Place, Room};
use super::settings::ClientSettings;

/// Over how long the minimum rate is measured.
const RATE_WINDOW: Duration = Duration::from_secs(10);
/// Bytes of an answer other than 2xx that are kept: enough for the receiver's explanation.
const ERROR_BODY: usize = 64 * 1024;

/// One request. It has no `Debug`: the URL of a receiver is a secret.
#[derive(Clone)]
pub struct Request {
    /// `GET`, `POST`, ...
    pub method: Method,
    /// Absolute http or https URL; user name and password in it become basic authentication.
    pub url: Url,
    /// Headers beside those of the client.
    pub headers: HeaderMap,
    /// The body.
    pub body: Option<Bytes>,
}

impl Request {
    /// A `GET` of `url`.
    pub fn get(url: Url) -> Self {
        Self { method: Method::GET, url, headers: HeaderMap::new(), body: None }
    }

    /// A `POST` of `body` to `url`.
    pub fn post(url: Url, body: impl Into<Bytes>) -> Self {
        Self { method: Method::POST, url, headers: HeaderMap::new(), body: Some(body.into()) }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }
}

/// One answer with its whole body.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Headers as received.
    pub headers: HeaderMap,
    /// Decompressed body; empty for 3xx, cut to 64 KiB for 4xx and 5xx.
    pub body: Bytes,
}

impl Answer {
    /// Returns a header's value where it is readable text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// An HTTP client whose every request goes through the address guard. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    guard: Guarded,
    settings: Arc<ClientSettings>,
    /// Where bodies have to find room; anywhere without it.
    room: Option<Room>,
}

/// Builds a client.
///
/// # Errors
/// [`NetError::Setup`] when the user agent is no header value or TLS cannot be set up.
pub fn client(settings: &ClientSettings) -> Result<Client, NetError> {
    let guard = Guarded { allow_private: settings.allow_private };
    let build = |own_roots: bool| {
        let mut builder = reqwest::Client::builder()
            .user_agent(&settings.user_agent)
            .redirect(redirect::Policy::none())
            .referer(false)
            // A proxy would resolve names itself, behind the guard's back.
            .no_proxy()
            .dns_resolver(Arc::new(guard))
            .connect_timeout(settings.connect_timeout)
            .timeout(settings.total_timeout)
            .pool_idle_timeout(settings.idle_timeout)
            .pool_max_idle_per_host(settings.idle_per_host)
            .http1_ignore_invalid_headers_in_responses(true)
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .http1_allow_spaces_after_header_name_in_responses(true);
        if own_roots {
            builder = builder.tls_certs_only([]);
        }
        builder.build()
    };
    install_crypto();
    // A machine without CA certificates can still poll http; https then fails by itself, with
    // a message that names the issuer as unknown.
    let http = build(false)
        .or_else(|_| build(true))
        .map_err(|error| NetError::Setup(deepest(&error.without_url())))?;
    Ok(Client { http, guard, settings: Arc::new(settings.clone()), room: None })
}

/// Makes ring the provider of the process where none is chosen yet; a second call does nothing.
fn install_crypto() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Fails only when another thread was faster, which is as good.
        rustls::crypto::ring::default_provider().install_default().ok();
    }
}

/// Returns the message at the end of the chain of causes.
fn deepest(error: &dyn std::error::Error) -> String {
    let mut last = error;
    while let Some(inner) = last.source() {
        last = inner;
    }
    last.to_string()
}

/// True for `localhost` and everything below it.
fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name.rsplit('.').next().is_some_and(|last| last.eq_ignore_ascii_case("localhost"))
}

impl Client {
    /// The same client, whose bodies share `room` with those of others.
    #[must_use]
    pub fn within(mut self, room: Room) -> Self {
        self.room = Some(room);
        self
    }

    /// Judges scheme and host of `url` as far as that is possible without a look-up.
    ///
    /// # Errors
    /// [`NetError::Scheme`], [`NetError::Url`] without a host, [`NetError::Blocked`] where the
    /// host is written as an address that may not be reached.
    pub fn check(&self, url: &Url) -> Result<(), NetError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(NetError::Scheme(url.scheme().to_owned()));
        }
        // hyper does not ask the resolver for a host that is an address.
        let ip = match url.host() {
            None => return Err(NetError::Url),
            // RFC 6761 §6.3: such a name is loopback whatever the resolver says.
            Some(Host::Domain(name)) if is_localhost(name) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            Some(Host::Domain(_)) => return Ok(()),
            Some(Host::Ipv4(v4)) => IpAddr::V4(v4),
            Some(Host::Ipv6(v6)) => IpAddr::V6(v6),
        };
        self.guard.refused(ip).map_or(Ok(()), |class| Err(NetError::Blocked(class)))
    }

    /// Sends `request` and reads the whole answer, whatever its status.
    ///
    /// # Errors
    /// Every variant of [`NetError`] but `Setup`; a status is no error.
    pub async fn send(&self, request: Request) -> Result<Answer, NetError> {
        self.check(&request.url)?;
        let limit = self.settings.total_timeout;
        let deadline = Instant::now() + limit;
        let mut call = self.http.request(request.method, request.url).headers(request.headers);
        if let Some(body) = request.body {
            call = call.body(body);
        }
        let answer = timeout_at(deadline, call.send())
            .await
            .map_err(|_| NetError::Timeout(limit))?
            .map_err(|error| NetError::from_reqwest(error, limit))?;
        let status = answer.status();
        let headers = answer.headers().clone();
        let body = if status.is_redirection() {
            Bytes::new()
        } else {
            let within = self.read(answer, deadline, status.is_success());
            timeout_at(deadline, within).await.map_err(|_| NetError::Timeout(limit))??
        };
        Ok(Answer { status: status.as_u16(), headers, body })
    }

    /// Reads a body within the limits of size, rate and time.
    async fn read(
        &self,
        mut answer: Response,
        deadline: Instant,
        whole: bool,
    ) -> Result<Bytes, NetError> {
        let limit = self.settings.total_timeout;
        let most = if whole { self.settings.max_body } else { ERROR_BODY };
        let mut place = match &self.room {
            Some(room) => Some(room.enter().await),
            None => None,
        };
        let mut body = Pages::default();
        let mut window = Instant::now() + RATE_WINDOW;
        let mut floor = 0;
        loop {
            match timeout_at(deadline.min(window), answer.chunk()).await {
                Err(_) if Instant::now() >= deadline => return Err(NetError::Timeout(limit)),
                Err(_) => {
                    floor += self.settings.min_rate as usize * RATE_WINDOW.as_secs() as usize;
                    if body.len() < floor {
                        return Err(NetError::TooSlow(self.settings.min_rate));
                    }
                    window += RATE_WINDOW;
                }
                Ok(Err(error)) => return Err(NetError::from_reqwest(error, limit)),
                Ok(Ok(None)) => return Ok(kept(body, place)),
                Ok(Ok(Some(chunk))) => {
                    let room = most.saturating_sub(body.len());
                    if chunk.len() > room && whole {
                        return Err(NetError::TooLarge(most));
                    }
                    if let Some(place) = &mut place {
                        place.grow(body.len() + chunk.len().min(room), most).await;
                    }
                    body.push(chunk.get(..room.min(chunk.len())).unwrap_or(&chunk));
                    if !whole && body.len() >= most {
                        return Ok(kept(body, place));
                    }
                }
            }
        }
    }
}

/// A whole body, which keeps its place as long as it is needed.
fn kept(body: Pages, place: Option<Place>) -> Bytes {
    let body = body.join();
    place.map_or_else(|| body.clone(), |place| place.keep(body.clone()))
}
