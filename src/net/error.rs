//! Why an exchange failed; never holds a URL, because a URL may be a secret.

use std::error::Error;
use std::time::Duration;

use super::AddressClass;
use super::resolve::Refused;

/// Why an HTTP exchange failed. What to do is decided by the variant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NetError {
    /// Not an absolute URL with a host.
    #[error("not an absolute http or https URL")]
    Url,
    /// Neither http nor https.
    #[error("scheme {0:?} is not allowed: only http and https are")]
    Scheme(String),
    /// The host is, or resolves to, an address that may not be reached.
    #[error("the host has a {0} address, which is not allowed (see allow_private_networks)")]
    Blocked(AddressClass),
    /// The name does not resolve.
    #[error("the host name does not resolve: {0}")]
    Dns(String),
    /// No connection.
    #[error("connection failed: {0}")]
    Connect(String),
    /// The certificate or the handshake is bad.
    #[error("TLS failed: {0}")]
    Tls(String),
    /// No complete answer in time.
    #[error("no complete answer within {0:?}")]
    Timeout(Duration),
    /// The decoded body is longer than the limit.
    #[error("the answer is larger than {0} bytes")]
    TooLarge(usize),
    /// The body trickles in below the minimum rate.
    #[error("the answer comes at less than {0} bytes a second")]
    TooSlow(u32),
    /// The body ends early, or its compression is broken.
    #[error("the body is broken: {0}")]
    Encoding(String),
    /// The peer does not speak HTTP as it should, or closed the connection midway.
    #[error("the exchange broke off: {0}")]
    Protocol(String),
    /// The client itself cannot be built.
    #[error("the HTTP client cannot be set up: {0}")]
    Setup(String),
}

impl NetError {
    /// True where the same request may succeed later.
    pub fn is_transient(&self) -> bool {
        match self {
            NetError::Dns(_)
            | NetError::Connect(_)
            | NetError::Tls(_)
            | NetError::Timeout(_)
            | NetError::TooSlow(_)
            | NetError::Encoding(_)
            | NetError::Protocol(_) => true,
            NetError::Url
            | NetError::Scheme(_)
            | NetError::Blocked(_)
            | NetError::TooLarge(_)
            | NetError::Setup(_) => false,
        }
    }

    /// Value of a metric label.
    pub fn label(&self) -> &'static str {
        match self {
            NetError::Url => "url",
            NetError::Scheme(_) => "scheme",
            NetError::Blocked(_) => "address",
            NetError::Dns(_) => "dns",
            NetError::Connect(_) => "connect",
            NetError::Tls(_) => "tls",
            NetError::Timeout(_) => "timeout",
            NetError::TooLarge(_) => "too_large",
            NetError::TooSlow(_) => "too_slow",
            NetError::Encoding(_) => "body",
            NetError::Protocol(_) => "protocol",
            NetError::Setup(_) => "setup",
        }
    }

    /// Sorts an error of reqwest; `limit` is the total time that was allowed.
    pub(super) fn from_reqwest(error: reqwest::Error, limit: Duration) -> Self {
        let error = error.without_url();
        let mut source: Option<&(dyn Error + 'static)> = error.source();
        let mut last = error.to_string();
        while let Some(inner) = source {
            if let Some(Refused(class)) = inner.downcast_ref::<Refused>() {
                return NetError::Blocked(*class);
            }
            if let Some(tls) = inner.downcast_ref::<rustls::Error>() {
                return NetError::Tls(tls.to_string());
            }
            // rustls errors travel as the payload of an io::Error, which `source` skips.
            if let Some(io) = inner.downcast_ref::<std::io::Error>()
                && let Some(tls) =
                    io.get_ref().and_then(|payload| payload.downcast_ref::<rustls::Error>())
            {
                return NetError::Tls(tls.to_string());
            }
            last = inner.to_string();
            source = inner.source();
        }
        if error.is_timeout() {
            return NetError::Timeout(limit);
        }
        if error.is_dns() {
            return NetError::Dns(last);
        }
        if error.is_connect() {
            return NetError::Connect(last);
        }
        if error.is_decode() {
            return NetError::Encoding(last);
        }
        if error.is_builder() {
            return NetError::Url;
        }
        NetError::Protocol(last)
    }
}
