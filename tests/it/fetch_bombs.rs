//! Bombs (RELIABILITY's table, row 13): whatever a server sends or points to, the fetch ends in
//! time with an error that says why, and what may not be reached hears nothing.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use talentwire::feed::fetch::{FetchError, Fetcher, MAX_HOPS};
use talentwire::feed::polite::{Gates, Politeness};
use talentwire::feed::settings::FeedSettings;
use talentwire::model::FeedState;
use talentwire::net::NetError;
use tokio::task::JoinSet;
use url::Url;

use crate::web::{Asked, Reply, Web};

/// Bodies of 64 MiB once they are decoded. The first is all zeros from its 300th byte on, so that
/// it has no end when the zeros have none.
const GZIP: &[u8] = include_bytes!("../data/fetch/zeros-64MiB.gz");
const ZSTD: &[u8] = include_bytes!("../data/fetch/zeros-64MiB.zst");
const BROTLI: &[u8] = include_bytes!("../data/fetch/zeros-64MiB.br");
const MIB: usize = 1024 * 1024;
/// Bytes that an endless answer repeats.
const PIECE: usize = 0x4000;

/// One thing that a server does, and what has to become of it.
struct Bomb {
    name: String,
    reply: Box<dyn Fn(&Asked) -> Reply + Send + Sync>,
    /// Where the fetch begins, if not at the server.
    url: Option<String>,
    settings: fn(FeedSettings) -> FeedSettings,
    want: fn(&FetchError) -> bool,
}

impl Bomb {
    fn new(
        name: impl Into<String>,
        want: fn(&FetchError) -> bool,
        reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let (name, reply) = (name.into(), Box::new(reply));
        Self { name, reply, url: None, settings: |feed| feed, want }
    }
}

fn is_too_large(error: &FetchError) -> bool {
    matches!(error, FetchError::Net(NetError::TooLarge(_)))
}

fn is_status(error: &FetchError) -> bool {
    matches!(error, FetchError::Status { .. })
}

fn is_blocked(error: &FetchError) -> bool {
    matches!(error, FetchError::Net(NetError::Blocked(_)) | FetchError::Location)
}

/// The server does not speak as it should, or does not come to an end.
fn is_broken(error: &FetchError) -> bool {
    use NetError::{Encoding, Protocol, Timeout, TooLarge};
    matches!(error, FetchError::Net(Encoding(_) | Protocol(_) | Timeout(_) | TooLarge(_)))
}

fn is_late(error: &FetchError) -> bool {
    matches!(error, FetchError::Net(NetError::Timeout(_)))
}

/// How a body's end is told.
#[derive(Debug, Clone, Copy)]
enum Framing {
    Chunked,
    Length,
    Close,
}

fn framed(framing: Framing, bytes: &[u8]) -> Vec<u8> {
    match framing {
        Framing::Chunked => {
            [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n".as_slice()].concat()
        }
        Framing::Length | Framing::Close => bytes.to_vec(),
    }
}

/// An answer whose body never ends, or ends far beyond every limit.
fn endless(status: u16, encoding: &str, framing: Framing) -> Reply {
    let mut head = format!("HTTP/1.1 {status} Boom\r\ncontent-type: application/rss+xml\r\n");
    head += match framing {
        Framing::Chunked => "transfer-encoding: chunked\r\n",
        Framing::Length => "content-length: 10000000000\r\n",
        Framing::Close => "connection: close\r\n",
    };
    if encoding != "plain" {
        head += &format!("content-encoding: {encoding}\r\n");
    }
    head += "\r\n";
    let (first, again) = match encoding {
        "gzip" => (&GZIP[..300], vec![0; PIECE]),
        "zstd" => (ZSTD, Vec::new()),
        "br" => (BROTLI, Vec::new()),
        _ => (b"<rss><channel>".as_slice(), b"<item><title>a".repeat(PIECE / 14)),
    };
    let head = [head.as_bytes(), &framed(framing, first)].concat();
    if again.is_empty() {
        return Reply::Raw(head);
    }
    Reply::Endless(head, framed(framing, &again), Duration::ZERO)
}

const ENCODINGS: [&str; 4] = ["plain", "gzip", "zstd", "br"];
const FRAMINGS: [Framing; 3] = [Framing::Chunked, Framing::Length, Framing::Close];

fn bodies(bombs: &mut Vec<Bomb>) {
    let limits: [fn(FeedSettings) -> FeedSettings; 3] = [
        |feed| FeedSettings { max_body: 64 * 1024, ..feed },
        |feed| FeedSettings { max_body: MIB, ..feed },
        |feed| feed,
    ];
    for encoding in ENCODINGS {
        for framing in FRAMINGS {
            let all = [200, 203].into_iter().flat_map(|status| limits.map(|limit| (status, limit)));
            for (status, settings) in all {
                let name = format!("{encoding}, {framing:?}, {status}");
                let reply = move |_: &Asked| endless(status, encoding, framing);
                bombs.push(Bomb { settings, ..Bomb::new(name, is_too_large, reply) });
            }
            for status in [400, 404, 410, 429, 500, 503] {
                let name = format!("{encoding}, {framing:?}, {status}");
                let reply = move |_: &Asked| endless(status, encoding, framing);
                bombs.push(Bomb::new(name, is_status, reply));
            }
        }
    }
}

/// Heads and chunks that are malformed, or have no end.
fn malformed(bombs: &mut Vec<Bomb>) {
    const OK: &str = "HTTP/1.1 200 OK\r\n";
    const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let line = |length| format!("x-bomb: {}\r\n", "a".repeat(length));
    let forever: [(&str, String, String); 9] = [
        ("endless status line", "HTTP/1.1 200 ".into(), "a".repeat(PIECE)),
        ("endless header", format!("{OK}x-bomb: "), "a".repeat(PIECE)),
        ("endless headers", OK.into(), line(100)),
        ("endless folded header", format!("{OK}x-bomb: a\r\n"), " a\r\n".repeat(100)),
        ("endless informational answers", String::new(), "HTTP/1.1 100 Continue\r\n\r\n".into()),
        ("endless early hints", String::new(), format!("HTTP/1.1 103 Hint\r\n{}\r\n", line(100))),
        ("endless chunk size", CHUNKED.into(), "0".repeat(PIECE)),
        ("endless chunk extension", format!("{CHUNKED}5;a="), "a".repeat(PIECE)),
        ("endless trailers", format!("{CHUNKED}5\r\n<rss>\r\n0\r\n"), line(100)),
    ];
    for (name, head, again) in forever {
        let reply = move |_: &Asked| {
            Reply::Endless(head.clone().into(), again.clone().into(), Duration::ZERO)
        };
        let settings = |feed| FeedSettings { timeout: Duration::from_secs(2), ..feed };
        bombs.push(Bomb { settings, ..Bomb::new(name, is_broken, reply) });
    }
    let once: [(&str, String); 12] = [
        ("a header of 1 MB", format!("{OK}{}\r\n<rss/>", line(MIB))),
        ("10,000 headers", format!("{OK}{}\r\n<rss/>", line(90).repeat(10_000))),
        ("a chunk of 2^64 bytes", format!("{CHUNKED}ffffffffffffffff\r\n<rss>")),
        ("a chunk of more", format!("{CHUNKED}fffffffffffffffff\r\n<rss>")),
        ("a chunk of less than nothing", format!("{CHUNKED}-5\r\n<rss>\r\n")),
        ("a chunk without an end", format!("{CHUNKED}5\r\n<rss>")),
        ("two lengths", format!("{OK}content-length: 5\r\ncontent-length: 9\r\n\r\n<rss>")),
        ("a length of -1", format!("{OK}content-length: -1\r\n\r\n<rss>")),
        ("a length of 2^70", format!("{OK}content-length: {}\r\n\r\n<rss>", 1_u128 << 70)),
        ("another protocol", "SSH-2.0-OpenSSH_9.2\r\n".into()),
        ("another version", "HTTP/9.9 200 OK\r\n\r\n".into()),
        ("nothing", String::new()),
    ];
    for (name, bytes) in once {
        let reply = move |_: &Asked| Reply::Raw(bytes.clone().into());
        bombs.push(Bomb::new(name, is_broken, reply));
    }
}

/// Answers that come byte by byte, or not at all.
fn slow(bombs: &mut Vec<Bomb>) {
    let heads = [
        ("status", ""),
        ("header", "HTTP/1.1 200 OK\r\nx: "),
        ("length", "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n"),
        ("close", "HTTP/1.1 200 OK\r\n\r\n"),
        ("extension", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5;"),
        ("error", "HTTP/1.1 404 No\r\ncontent-length: 100000\r\n\r\n"),
    ];
    for pause in [10, 40] {
        for (name, head) in heads {
            let again = if head.is_empty() { b"H" } else { b"a" };
            let reply = move |_: &Asked| {
                Reply::Endless(head.into(), again.to_vec(), Duration::from_millis(pause))
            };
            let settings = |feed| FeedSettings { timeout: Duration::from_millis(400), ..feed };
            // No status begins with two of its first letter.
            let want = if head.is_empty() { is_broken } else { is_late };
            let name = format!("a byte every {pause} ms: {name}");
            bombs.push(Bomb { settings, ..Bomb::new(name, want, reply) });
        }
    }
    let settings = |feed| FeedSettings { timeout: Duration::from_millis(400), ..feed };
    let reply = |_: &Asked| Reply::Silence(Duration::from_secs(1));
    bombs.push(Bomb { settings, ..Bomb::new("silence", is_late, reply) });
}

/// Chains and circles; `Asked` has the number of the hop behind the bomb's own.
fn redirects(bombs: &mut Vec<Bomb>) {
    let too_many = |error: &FetchError| *error == FetchError::TooManyRedirects;
    let hop = |asked: &Asked| -> usize {
        asked.path.rsplit('-').next().and_then(|n| n.parse().ok()).unwrap_or(0)
    };
    let bomb_of = |asked: &Asked| asked.path.split('-').next().unwrap_or_default().to_owned();
    for length in MAX_HOPS + 1..=100 {
        let reply = move |asked: &Asked| match hop(asked) {
            at if at >= length => Reply::ok("<rss/>"),
            at => Reply::redirect(302, &format!("{}-{}", bomb_of(asked), at + 1)),
        };
        bombs.push(Bomb::new(format!("{length} redirects"), too_many, reply));
    }
    for status in [301, 302, 303, 307, 308] {
        let reply = move |asked: &Asked| Reply::redirect(status, &asked.path);
        bombs.push(Bomb::new(format!("a circle of {status}"), too_many, reply));
        let grows = move |asked: &Asked| Reply::redirect(status, &format!("{}-0", asked.path));
        bombs.push(Bomb::new(format!("a growing circle of {status}"), too_many, grows));
    }
}

/// Lines of a table without its comments.
fn lines(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Redirects to where nobody may go, although this feed may lie on a private address; and feeds
/// that are themselves at every spelling of an address that only an allowed feed may have.
fn forbidden(bombs: &mut Vec<Bomb>, port: u16) {
    let metadata = lines(include_str!("../data/fetch/forbidden-redirects.txt")).map(str::to_owned);
    // Whoever connects to these reaches our own listener.
    let hosts =
        ["0.0.0.0", "0", "0x0", "00.0.0.0", "0.0", "[::]", "[::ffff:0.0.0.0]", "[::ffff:0:0]"];
    let own = hosts.map(|host| format!("http://{host}:{port}/"));
    for place in metadata.chain(own) {
        for status in [301, 302, 303, 307, 308] {
            let to = place.clone();
            let reply = move |_: &Asked| Reply::redirect(status, &to);
            bombs.push(Bomb::new(format!("{status} to {place}"), is_blocked, reply));
        }
    }
    for spelling in lines(include_str!("../data/net/spellings.txt")) {
        let url = spelling.replace("PORT", &port.to_string());
        let settings = |feed| FeedSettings { allow_private: false, ..feed };
        let never = |_: &Asked| Reply::ok("<rss/>");
        let bomb = Bomb::new(url.clone(), is_blocked, never);
        bombs.push(Bomb { url: Some(url), settings, ..bomb });
    }
}

fn bombs(port: u16) -> Vec<Bomb> {
    let mut bombs = Vec::new();
    bodies(&mut bombs);
    malformed(&mut bombs);
    slow(&mut bombs);
    redirects(&mut bombs);
    forbidden(&mut bombs, port);
    bombs
}

/// A listener that must not be reached, in both families where the machine has both.
fn listeners() -> (Vec<TcpListener>, u16) {
    let v4 = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = v4.local_addr().unwrap().port();
    let all: Vec<TcpListener> =
        [Some(v4), TcpListener::bind(("::1", port)).ok()].into_iter().flatten().collect();
    all.iter().for_each(|listener| listener.set_nonblocking(true).unwrap());
    (all, port)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_bomb_is_an_error_in_time_and_what_is_blocked_hears_nothing() {
    let (listeners, port) = listeners();
    let bombs: Arc<Vec<Bomb>> = Arc::new(bombs(port));
    assert!(bombs.len() >= 500, "{} bombs", bombs.len());
    let served = Arc::clone(&bombs);
    let web = Web::start(move |asked: &Asked| {
        let number = asked.path.trim_start_matches('/').split('-').next().unwrap_or_default();
        (served[number.parse::<usize>().unwrap()].reply)(asked)
    });
    let fetcher = Fetcher::new("talentwire/test", 8, Gates::new(Politeness::default()));
    let now: DateTime<Utc> = "2026-03-04T12:00:00Z".parse().unwrap();
    let mut fetches = JoinSet::new();
    for number in 0..bombs.len() {
        let (bombs, fetcher) = (Arc::clone(&bombs), fetcher.clone());
        let url = bombs[number].url.clone().unwrap_or_else(|| web.url(&format!("/{number}")));
        fetches.spawn(async move {
            let bomb = &bombs[number];
            let feed = FeedSettings::new(Url::parse(&url).unwrap());
            let limit = feed.timeout;
            let feed = (bomb.settings)(FeedSettings { allow_private: true, ..feed });
            let fetch = fetcher.fetch(&feed, &FeedState::new(&*url, now), now).await;
            let error = fetch.result.err();
            let right = error.as_ref().is_some_and(bomb.want);
            assert!(right, "{}: {error:?}", bomb.name);
            assert!(fetch.took <= limit, "{} took {:?}", bomb.name, fetch.took);
        });
    }
    while let Some(ended) = fetches.join_next().await {
        ended.unwrap();
    }
    for listener in &listeners {
        assert!(listener.accept().is_err(), "a connection arrived at the listener");
    }
}
