//! Outgoing connections: nothing reaches an address that is not public.

use std::net::TcpListener;

use talentwire::net::{self, ClientSettings, NetError, Request};
use url::Url;

/// Listens on loopback, in both families where the machine has both.
fn listeners() -> (Vec<TcpListener>, u16) {
    let v4 = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = v4.local_addr().unwrap().port();
    v4.set_nonblocking(true).unwrap();
    let mut all = vec![v4];
    if let Ok(v6) = TcpListener::bind(("::1", port)) {
        v6.set_nonblocking(true).unwrap();
        all.push(v6);
    }
    (all, port)
}

#[tokio::test]
async fn no_spelling_of_a_private_address_reaches_a_listener() {
    let (listeners, port) = listeners();
    let client = net::client(&ClientSettings::default()).unwrap();
    let table = include_str!("../data/net/spellings.txt");
    let mut cases = 0;
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let spelling = line.replace("PORT", &port.to_string());
        let url = Url::parse(&spelling).unwrap();
        let error = client.send(Request::get(url)).await.expect_err(&spelling);
        assert!(matches!(error, NetError::Blocked(_)), "{spelling}: {error}");
        assert!(!error.to_string().contains("secret"), "{error}");
        cases += 1;
    }
    assert!(cases >= 40, "the table lost cases: {cases}");
    for listener in &listeners {
        assert!(listener.accept().is_err(), "a connection arrived at the listener");
    }
}

#[tokio::test]
async fn only_http_and_https_are_spoken() {
    let client = net::client(&ClientSettings::default()).unwrap();
    for url in ["file:///etc/passwd", "ftp://example.org/feed", "gopher://example.org/", "data:,x"]
    {
        let error = client.send(Request::get(Url::parse(url).unwrap())).await.expect_err(url);
        assert!(matches!(error, NetError::Scheme(_)), "{url}: {error}");
    }
}

#[tokio::test]
async fn private_networks_open_by_the_setting_but_never_the_metadata_address() {
    let (listeners, port) = listeners();
    let settings = ClientSettings {
        allow_private: true,
        total_timeout: std::time::Duration::from_millis(200),
        ..ClientSettings::default()
    };
    let client = net::client(&settings).unwrap();
    let url = Url::parse(&format!("http://127.0.0.1:{port}/")).unwrap();
    let error = client.send(Request::get(url)).await.expect_err("nobody answers");
    assert!(matches!(error, NetError::Timeout(_)), "{error}");
    assert!(listeners.iter().any(|listener| listener.accept().is_ok()));

    let url = Url::parse("http://169.254.169.254/latest/meta-data/").unwrap();
    let error = client.send(Request::get(url)).await.expect_err("metadata");
    assert!(matches!(error, NetError::Blocked(_)), "{error}");
}

#[tokio::test]
async fn an_error_never_shows_the_url() {
    let client = net::client(&ClientSettings { allow_private: true, ..ClientSettings::default() });
    let client = client.unwrap();
    let (listeners, port) = listeners();
    drop(listeners);
    let url = Url::parse(&format!("http://127.0.0.1:{port}/services/T0/B0/topsecret")).unwrap();
    let error = client.send(Request::get(url)).await.expect_err("nobody listens");
    assert!(matches!(error, NetError::Connect(_)), "{error}");
    assert!(!format!("{error} {error:?}").contains("topsecret"), "{error:?}");
}
