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
    #[error("the host has a {0} address, which {permission}", permission = permission(*.0))]
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
            if let Some(tls) = tls_error(inner) {
                return NetError::Tls(told(tls));
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

/// Whether the configuration can open such addresses.
fn permission(class: AddressClass) -> &'static str {
    if class.opened_by_allow_private() {
        "is not allowed unless allow_private_networks is true"
    } else {
        "is never allowed"
    }
}

/// Finds the error of rustls: it travels as the payload of an `io::Error`, perhaps within another
/// one, and `source` skips payloads.
fn tls_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    if let Some(tls) = error.downcast_ref::<rustls::Error>() {
        return Some(tls);
    }
    let payload = error.downcast_ref::<std::io::Error>()?.get_ref()?;
    tls_error(payload)
}

/// What the usual troubles with TLS mean; the others as rustls says them.
fn told(error: &rustls::Error) -> String {
    use rustls::{CertificateError as Bad, Error as Tls};
    let what = match error {
        Tls::InvalidCertificate(Bad::Expired | Bad::ExpiredContext { .. }) => {
            "the server's certificate has expired"
        }
        Tls::InvalidCertificate(Bad::NotValidYet | Bad::NotValidYetContext { .. }) => {
            "the server's certificate is not valid yet; is the clock of this machine right?"
        }
        Tls::InvalidCertificate(Bad::UnknownIssuer) => {
            "nobody whom this machine trusts has signed the server's certificate"
        }
        Tls::InvalidCertificate(Bad::NotValidForName | Bad::NotValidForNameContext { .. }) => {
            "the server's certificate is for another host"
        }
        Tls::InvalidMessage(rustls::InvalidMessage::InvalidContentType) => {
            "the server does not speak TLS on this port"
        }
        other => return other.to_string(),
    };
    what.to_owned()
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn a_bad_certificate_is_told_however_deep_it_lies() {
        let bad = rustls::Error::InvalidCertificate(rustls::CertificateError::Expired);
        let nested = io::Error::other(io::Error::other(bad));
        assert_eq!(
            tls_error(&nested).map(told).as_deref(),
            Some("the server's certificate has expired")
        );
        assert_eq!(tls_error(&io::Error::other("refused")), None);
    }

    #[test]
    fn only_addresses_that_the_configuration_can_open_name_its_key() {
        let told = |class| NetError::Blocked(class).to_string();
        assert!(told(AddressClass::Loopback).contains("allow_private_networks"));
        assert!(told(AddressClass::Metadata).contains("never allowed"));
    }
}
