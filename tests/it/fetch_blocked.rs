//! A network of its own, in which everything that is blocked can be reached: the addresses of a
//! cloud's secrets, of neighbours and of this machine all lead to a listener, and a feed lies on an
//! address that counts as public. Redirects, and names whose address changes between two polls,
//! lead from there to the listener, which must hear nothing.
//!
//! The network is a namespace that only root can make; without it the test says SKIPPED.

use std::net::{IpAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use chrono::{DateTime, Utc};
use talentwire::feed::fetch::{FetchError, Fetcher};
use talentwire::feed::polite::{Gates, Politeness};
use talentwire::feed::settings::FeedSettings;
use talentwire::model::FeedState;
use talentwire::net::NetError;
use url::Url;

use crate::ops::skip;
use crate::support::namespace::{folder, run, run_inside};
use crate::web::{Asked, Reply, Web};

/// Where the feed lies.
const PUBLIC: &str = "8.8.8.8";
/// Addresses of every blocked kind that a machine can have.
const BLOCKED: [&str; 17] = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.1.1",
    "169.254.169.254",
    "169.254.170.2",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.2.1",
    "198.18.0.1",
    "::1",
    "fd00:ec2::254",
    "fd12:3456::1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
];

#[test]
fn nothing_that_is_blocked_hears_of_redirects_or_of_names_that_change_their_address() {
    if Command::new("ip").arg("-V").output().is_err() {
        return skip("`ip` is not installed (Debian: package iproute2)");
    }
    run_inside(&["--net", "--mount"], "fetch_blocked::inside_the_network");
}

/// Gives the loopback device every address, and the namespace its own file of names.
fn set_up(hosts: &Path) {
    run("ip", &["link", "set", "lo", "up"]);
    let mine = ["127.0.0.1", "::1"];
    for address in BLOCKED.iter().chain([&PUBLIC]).filter(|address| !mine.contains(address)) {
        let ip: IpAddr = address.parse().unwrap();
        let length = if ip.is_ipv4() { 32 } else { 128 };
        // Without waiting until nobody else has it.
        let more: &[&str] = if ip.is_ipv4() { &[] } else { &["nodad"] };
        let whole = format!("{address}/{length}");
        run("ip", &[&["addr", "add", &whole, "dev", "lo"], more].concat());
    }
    run("mount", &["--bind", &hosts.display().to_string(), "/etc/hosts"]);
}

/// Listens on every blocked address, on the port that the feed has on its own.
struct Ears(Vec<TcpListener>);

impl Ears {
    fn open(port: u16) -> Self {
        let listen = |address: &&str| {
            let ear = TcpListener::bind((address.parse::<IpAddr>().unwrap(), port)).unwrap();
            ear.set_nonblocking(true).unwrap();
            ear
        };
        Self(BLOCKED.iter().map(listen).collect())
    }

    fn heard(&self) -> usize {
        self.0.iter().map(|ear| std::iter::from_fn(|| ear.accept().ok()).count()).sum()
    }

    /// Shows that the addresses do lead here.
    fn are_open(&self) {
        for ear in &self.0 {
            let address = ear.local_addr().unwrap();
            TcpStream::connect_timeout(&address, Duration::from_secs(5)).unwrap();
        }
        assert_eq!(self.heard(), BLOCKED.len());
    }
}

fn host(address: &str) -> String {
    if address.contains(':') { format!("[{address}]") } else { address.to_owned() }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by the test above, in a network of its own"]
async fn inside_the_network() {
    let Some(folder) = folder() else { return };
    let hosts = folder.join("hosts");
    std::fs::write(&hosts, "").unwrap();
    set_up(&hosts);
    let web = Web::start_at(&format!("{PUBLIC}:0"), |asked: &Asked| {
        let reply = match asked.path.strip_prefix("/to/") {
            Some(place) => Reply::redirect(301, &format!("http://{place}/secrets")),
            None => Reply::ok("<rss><channel></channel></rss>"),
        };
        // A kept connection would spare the second look at the name.
        reply.with("connection", "close")
    });
    let port = web.address.port();
    let ears = Ears::open(port);
    ears.are_open();
    let fetcher = Fetcher::new(
        "talentwire/test",
        8,
        Gates::new(Politeness { spacing: Duration::ZERO, ..Politeness::default() }),
    );
    let now: DateTime<Utc> = "2026-03-04T12:00:00Z".parse().unwrap();
    let fetch = async |url: &str| {
        let feed = FeedSettings::new(Url::parse(url).unwrap());
        fetcher.fetch(&feed, &FeedState::new(url, now), now).await.result
    };
    let is_blocked = |error: &FetchError| matches!(error, FetchError::Net(NetError::Blocked(_)));
    fetch(&web.url("/feed")).await.expect("what counts as public is reached");

    for address in BLOCKED {
        let place = format!("{}:{port}", host(address));
        for url in [format!("http://{place}/secrets"), web.url(&format!("/to/{place}"))] {
            let error = fetch(&url).await.expect_err(&url);
            assert!(is_blocked(&error), "{url}: {error}");
        }
    }

    let name = |name: &str| format!("http://{name}.example:{port}/feed");
    for address in BLOCKED {
        let are = |lines: &str| std::fs::write(&hosts, lines).unwrap();
        are(&format!("{PUBLIC} feed.example\n"));
        fetch(&name("feed")).await.expect("a name with a public address");
        are(&format!("{address} feed.example\n"));
        let redirect = web.url(&format!("/to/feed.example:{port}"));
        for url in [name("feed"), redirect] {
            let error = fetch(&url).await.expect_err(&url);
            assert!(is_blocked(&error), "{url} at {address}: {error}");
        }
        are(&format!("{address} both.example\n{PUBLIC} both.example\n"));
        fetch(&name("both")).await.expect("the public one of two addresses");
    }
    assert_eq!(ears.heard(), 0);
}
