//! How many feeds one machine polls: the real program against a fake server of its own process.
//!
//!     cargo bench --bench poll                                  # 100,000 feeds, for a minute
//!     POLL_SECONDS=1800 cargo bench --bench poll                # two whole rounds of 15 minutes
//!     POLL_FEEDS=10000 POLL_INTERVAL=90 cargo bench --bench poll
//!     POLL_REMEMBERED=100 cargo bench --bench poll              # as after weeks of polling
//!
//! Every feed is a host of its own (127.0.0.0/8), known from earlier polls, with 25 entries; its
//! document changes every two hours, and unchanged ones are answered 304. `talentwire run --stage
//! poll` is started on that log as an operator would start it. Prints how late polls began, from
//! its /metrics, and processor time and memory of its process; before that, what a poll that finds
//! nothing new costs beside the HTTP exchange.

// Measuring code stops at the first surprise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::hint::black_box;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use talentwire::feed::fetch::{Body, Fetch, Fetched};
use talentwire::feed::health::{Outcome, settle};
use talentwire::feed::schedule::{self, Pace, Verdict};
use talentwire::feed::settings::FeedSettings;
use talentwire::feed::{Hints, Seen};
use talentwire::log::embedded::{Embedded, Settings};
use talentwire::log::{Log, Topic};
use talentwire::model::FeedState;
use talentwire::stage::poll::Known;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use url::Url;

/// Seconds after which a feed has one more entry.
const CHANGES_EVERY: u64 = 7200;
/// Feeds, unless `POLL_FEEDS` says otherwise.
const FEEDS: u64 = 100_000;
/// Entries of a document.
const ENTRIES: u64 = 25;
/// The first polls are due so long after the preparation.
const HEAD_START: Duration = Duration::from_secs(20);

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    if std::env::args().any(|argument| argument == "--serve") {
        runtime.block_on(serve());
        return;
    }
    cost_of_nothing_new();
    if setting("POLL_FEEDS", FEEDS) == 0 {
        return;
    }
    let mut server = Command::new(std::env::current_exe().unwrap())
        .arg("--serve")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let output = server.stdout.take().unwrap();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(output), &mut line).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let port = line.trim().parse().unwrap();
    runtime.block_on(prepare(folder.path(), port));
    drop(runtime);
    measure(folder.path());
    server.kill().unwrap();
    server.wait().unwrap();
}

/// The number of a feed's newest entry at a time.
fn version(feed: u64, unix: u64) -> u64 {
    (unix + feed * 7919 % CHANGES_EVERY) / CHANGES_EVERY
}

fn document(feed: u64, version: u64) -> String {
    document_of(feed, version, 10)
}

/// A document with so many sentences in each entry.
fn document_of(feed: u64, version: u64, sentences: usize) -> String {
    use std::fmt::Write as _;
    let mut page = format!("<rss version=\"2.0\"><channel><title>Feed {feed}</title>");
    for entry in (version.saturating_sub(ENTRIES - 1)..=version).rev() {
        write!(
            page,
            "<item><guid isPermaLink=\"false\">{feed}-{entry}</guid><title>Entry {entry} of feed \
             {feed}</title><link>https://outlet.example/{feed}/{entry}</link><description>{}\
             </description></item>",
            "A sentence of some length about nothing in particular. ".repeat(sentences)
        )
        .unwrap();
    }
    page.push_str("</channel></rss>");
    page
}

/// The fake feeds: one socket for all of 127.0.0.0/8; prints its port.
async fn serve() {
    let listener = TcpListener::bind("0.0.0.0:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap().port());
    let mut connections = JoinSet::new();
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            connections.spawn(answer(stream));
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn answer(mut stream: TcpStream) -> Option<()> {
    let mut buffer = Vec::with_capacity(1024);
    loop {
        buffer.clear();
        while memchr::memmem::find(&buffer, b"\r\n\r\n").is_none() {
            if stream.read_buf(&mut buffer).await.ok()? == 0 {
                return None;
            }
        }
        let head = String::from_utf8_lossy(&buffer);
        let feed: u64 = head.split(' ').nth(1)?.trim_start_matches('/').parse().ok()?;
        let version = version(feed, u64::try_from(Utc::now().timestamp()).ok()?);
        let etag = format!("\"{version}\"");
        let reply = if head.contains(&format!("if-none-match: {etag}")) {
            format!("HTTP/1.1 304 Not Modified\r\netag: {etag}\r\n\r\n")
        } else {
            let body = document(feed, version);
            format!(
                "HTTP/1.1 200 OK\r\netag: {etag}\r\ncontent-type: application/rss+xml\r\n\
                 content-length: {}\r\n\r\n{body}",
                body.len()
            )
        };
        stream.write_all(reply.as_bytes()).await.ok()?;
    }
}

fn feed_settings(feed: u64, port: u16, interval: Duration) -> FeedSettings {
    let (a, b, c) = (feed / 62_500 + 1, feed / 250 % 250, feed % 250 + 1);
    let url = Url::parse(&format!("http://127.{a}.{b}.{c}:{port}/{feed}")).unwrap();
    FeedSettings {
        allow_private: true,
        interval,
        min_interval: interval,
        max_interval: interval,
        ..FeedSettings::new(url)
    }
}

/// What an earlier poll would have left: state and entries of a feed.
fn known(feed: u64, settings: &FeedSettings, now: DateTime<Utc>, wait: Duration) -> Known {
    let version = version(feed, u64::try_from(now.timestamp()).unwrap());
    let mut seen = Seen::default();
    let url = settings.url.as_str();
    let hints = Hints { feed_url: url, content_type: None, encoding: None, now };
    for earlier in (1..setting("POLL_REMEMBERED", ENTRIES) / ENTRIES).rev() {
        let page = document_of(feed, version - earlier * ENTRIES, 0);
        talentwire::feed::read(page.as_bytes(), &hints, &mut seen).unwrap();
    }
    talentwire::feed::read(document(feed, version).as_bytes(), &hints, &mut seen).unwrap();
    let state = FeedState {
        etag: Some(format!("\"{version}\"")),
        last_full: Some(now),
        last_success: Some(now),
        last_poll: Some(now),
        polls: 10,
        ..FeedState::new(url, schedule::after(now, wait))
    };
    Known { state, seen: Arc::new(seen) }
}

fn interval() -> Duration {
    Duration::from_secs(setting("POLL_INTERVAL", 900))
}

/// Leaves in `folder` what an operator's would hold after days of polling: configuration, OPML,
/// and a log with the state of every feed.
async fn prepare(folder: &Path, port: u16) {
    let feeds = setting("POLL_FEEDS", FEEDS);
    let seconds = interval().as_secs();
    let configuration = format!(
        "[log]\npath = {:?}\n[http]\nlisten = \"127.0.0.1:0\"\n[poll]\nfeeds = \"feeds.opml\"\n\
         interval = \"{seconds}s\"\nmin_interval = \"{seconds}s\"\nmax_interval = \"{seconds}s\"\n\
         allow_private_networks = true\n",
        folder.join("data")
    );
    std::fs::write(folder.join("talentwire.toml"), configuration).unwrap();
    let log = Embedded::open(Settings::at(folder.join("data"))).await.unwrap();
    let mut opml = String::from("<opml version=\"2.0\"><body>\n");
    let now = Utc::now();
    let numbers: Vec<u64> = (0..feeds).collect();
    for part in numbers.chunks(2_000) {
        let outputs = part.iter().map(|feed| {
            let settings = feed_settings(*feed, port, interval());
            opml += &format!("<outline text=\"Feed {feed}\" xmlUrl=\"{}\"/>\n", settings.url);
            #[expect(clippy::cast_precision_loss, reason = "a share")]
            let share = (feed * 7919 % feeds) as f64 / feeds as f64;
            let wait = HEAD_START + interval().mul_f64(share);
            (Topic::FeedState, known(*feed, &settings, now, wait).record().unwrap())
        });
        let outputs = outputs.collect();
        log.publish(outputs).await.unwrap();
    }
    opml.push_str("</body></opml>\n");
    std::fs::write(folder.join("feeds.opml"), opml).unwrap();
    log.close(Duration::from_secs(60)).await.unwrap();
    println!("{feeds} feeds prepared in {} s", (Utc::now() - now).num_seconds());
}

/// Runs the program on `folder` and prints what it takes.
fn measure(folder: &Path) {
    let begun = Instant::now();
    let logged = std::fs::File::create(folder.join("log.json")).unwrap();
    let mut daemon = Command::new(env!("CARGO_BIN_EXE_talentwire"))
        .args(["run", "--stage", "poll", "--config"])
        .arg(folder.join("talentwire.toml"))
        .env("TALENTWIRE_LOG_FORMAT", "json")
        .stderr(logged)
        .spawn()
        .unwrap();
    let address = loop {
        std::thread::sleep(Duration::from_millis(100));
        assert!(daemon.try_wait().unwrap().is_none(), "it ended: {}", read_log(folder));
        if let Some(address) = listening(&read_log(folder)) {
            break address;
        }
    };
    let ready = begun.elapsed();
    while Metrics::fetch(&address).polls < 1.0 {
        std::thread::sleep(Duration::from_millis(100));
    }
    println!(
        "listening after {:.1} s, first poll after {:.1} s and {:.1} s of processor time",
        ready.as_secs_f64(),
        begun.elapsed().as_secs_f64(),
        cpu_seconds(daemon.id())
    );
    // What became due while the program started is not what is measured here.
    std::thread::sleep(Duration::from_secs(5));
    watch(&daemon, &address);
    daemon.kill().unwrap();
    daemon.wait().unwrap();
}

fn watch(daemon: &Child, address: &str) {
    let seconds = Duration::from_secs(setting("POLL_SECONDS", 60));
    let (cpu, before) = (cpu_seconds(daemon.id()), Metrics::fetch(address));
    let begun = Instant::now();
    let mut minutes = 0;
    while begun.elapsed() < seconds {
        std::thread::sleep((seconds - begun.elapsed().min(seconds)).min(Duration::from_secs(60)));
        minutes += 1;
        let done = Metrics::fetch(address).polls - before.polls;
        let rss = status(daemon, "VmRSS");
        println!("minute {minutes}: {done} polls, {rss}, {:.1} s", cpu_seconds(daemon.id()) - cpu);
    }
    let (took, used) = (begun.elapsed().as_secs_f64(), cpu_seconds(daemon.id()) - cpu);
    let after = Metrics::fetch(address);
    let done = after.polls - before.polls;
    println!("{done} polls in {took:.0} s = {:.0}/s", done / took);
    println!("processor: {:.3} cores, {:.0} us a poll", used / took, used * 1e6 / done);
    let (now, most) = (status(daemon, "VmRSS"), status(daemon, "VmHWM"));
    println!("memory: {now} now, {most} at most");
    for ((bound, late), (_, earlier)) in after.late.iter().zip(&before.late).take(5) {
        let share = (late - earlier) / done * 100.0;
        println!("begun within {bound} s of the due time: {share:.3} %");
    }
    println!("results: {}", after.results.join(", "));
}

fn read_log(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("log.json")).unwrap_or_default()
}

/// The address that the program says it listens on.
fn listening(log: &str) -> Option<String> {
    let line = log.lines().find(|line| line.contains("metrics and health at"))?;
    let at = line.find("127.0.0.1:")?;
    let rest = line.get(at..)?;
    Some(rest.chars().take_while(|c| c.is_ascii_digit() || ".:".contains(*c)).collect())
}

/// What /metrics says of polling.
struct Metrics {
    polls: f64,
    /// Bounds, and how many polls were at most so late.
    late: Vec<(String, f64)>,
    results: Vec<String>,
}

impl Metrics {
    fn fetch(address: &str) -> Self {
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        let request =
            format!("GET /metrics HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut page = String::new();
        stream.read_to_string(&mut page).unwrap();
        let values = |start: &str| -> Vec<(String, f64)> {
            let lines = page.lines().filter_map(|line| line.strip_prefix(start)?.split_once(' '));
            lines.map(|(label, value)| (label.to_owned(), value.parse().unwrap())).collect()
        };
        let label = |text: &str| text.split('"').nth(1).unwrap_or_default().to_owned();
        let late = values("talentwire_poll_lateness_seconds_bucket");
        let results = values("talentwire_polls_total");
        let some = results.iter().filter(|(_, count)| *count > 0.0);
        Self {
            polls: values("talentwire_poll_lateness_seconds_count")[0].1,
            late: late.iter().map(|(bound, count)| (label(bound), *count)).collect(),
            results: some.map(|(result, count)| format!("{} {count}", label(result))).collect(),
        }
    }
}

/// Processor time of a process so far.
fn cpu_seconds(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks: f64 = fields[11..13].iter().map(|field| field.parse::<f64>().unwrap()).sum();
    ticks / 100.0
}

fn status(child: &Child, name: &str) -> String {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
}

/// Processor time of what a poll does beside the HTTP exchange, when nothing is new.
fn cost_of_nothing_new() {
    const TURNS: u32 = 20_000;
    let now = Utc::now();
    let settings = feed_settings(1, 80, Duration::from_secs(900));
    let mut known = known(1, &settings, now, Duration::ZERO);
    let body = document(1, version(1, u64::try_from(now.timestamp()).unwrap()));
    let fetched = |body| Fetched {
        body,
        full: false,
        etag: Some("\"1\"".to_owned()),
        last_modified: None,
        fresh_for: 0,
        hubs: Vec::new(),
    };
    let fetch = Fetch {
        result: Ok(fetched(Body::NotModified)),
        permanent: None,
        took: Duration::from_millis(1),
    };
    let answer = fetched(Body::NotModified);
    let mut poll = |same_body: bool| {
        let mut state = known.state.clone();
        if same_body {
            let url = settings.url.as_str();
            let hints = Hints { feed_url: url, content_type: None, encoding: None, now };
            let mut seen = Seen::clone(&known.seen);
            let reading = talentwire::feed::read(body.as_bytes(), &hints, &mut seen).unwrap();
            settle(&mut state, &fetch, &Outcome::Read(&answer, &reading), now);
            known.seen = Arc::new(seen);
        } else {
            settle(&mut state, &fetch, &Outcome::NotModified(&answer), now);
        }
        black_box(schedule::next_wait(Pace::of(&settings), &state, Verdict::Good, now));
        known.state = state;
        black_box(known.record().unwrap());
    };
    for (name, same_body) in [("304", false), ("the same body of 18 kB", true)] {
        let begun = cpu_seconds(std::process::id());
        (0..TURNS).for_each(|_| poll(same_body));
        let each = (cpu_seconds(std::process::id()) - begun) * 1e6 / f64::from(TURNS);
        println!("{name}: {each:.1} us beside the HTTP exchange, record included");
    }
}
