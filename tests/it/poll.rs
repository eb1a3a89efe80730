//! The poll stage on the embedded log: each article once, whatever feeds and kills do.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use talentwire::feed::polite::Politeness;
use talentwire::feed::settings::{FeedSettings, FirstPoll, PollSettings};
use talentwire::log::embedded::{Embedded, Settings};
use talentwire::log::{
    Event, Log, LogError, Member, Membership, Received, Record, Scan, Topic, Unit,
};
use talentwire::metrics::Metrics;
use talentwire::model::{Arrival, Article, FeedState, Health};
use talentwire::stage::poll::{self, Poller};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::web::{Asked, Reply, Web};

/// Longer than anything here takes on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(180);

/// A feed on loopback that is polled all the time.
fn feed(url: &str) -> FeedSettings {
    let often = Duration::from_millis(10);
    FeedSettings {
        allow_private: true,
        interval: often,
        min_interval: often,
        max_interval: often,
        timeout: Duration::from_secs(10),
        ..FeedSettings::new(Url::parse(url).unwrap())
    }
}

fn list(feeds: Vec<FeedSettings>) -> Arc<Vec<Arc<FeedSettings>>> {
    Arc::new(feeds.into_iter().map(Arc::new).collect())
}

/// A running poll stage over a log in `folder`.
struct Polling {
    log: Embedded,
    metrics: Metrics,
    feeds: watch::Sender<Arc<Vec<Arc<FeedSettings>>>>,
    stop: CancellationToken,
    tasks: JoinSet<Result<(), LogError>>,
}

impl Polling {
    async fn start(folder: &Path, feeds: Vec<FeedSettings>) -> Self {
        Self::start_with(folder, feeds, |_| false).await
    }

    async fn start_with(
        folder: &Path,
        feeds: Vec<FeedSettings>,
        candidate: impl Fn(&Article) -> bool + Send + Sync + 'static,
    ) -> Self {
        let log = Embedded::open(Settings::at(folder)).await.unwrap();
        Self::over(log.clone(), log, feeds, candidate)
    }

    fn over<L: Log>(
        stage: L,
        log: Embedded,
        feeds: Vec<FeedSettings>,
        candidate: impl Fn(&Article) -> bool + Send + Sync + 'static,
    ) -> Self {
        let (feeds, list) = watch::channel(list(feeds));
        let metrics = Metrics::new().unwrap();
        let poller = Poller {
            feeds: list,
            settings: PollSettings::default(),
            politeness: Politeness::default(),
            candidate: Arc::new(candidate),
            metrics: metrics.clone(),
        };
        let stop = CancellationToken::new();
        let mut tasks = JoinSet::new();
        tasks.spawn(poll::run(stage, poller, stop.clone()));
        Self { log, metrics, feeds, stop, tasks }
    }

    /// Ends as on SIGTERM.
    async fn stop(mut self) {
        self.stop.cancel();
        self.tasks.join_next().await.unwrap().unwrap().unwrap();
        self.log.close(PATIENCE).await.unwrap();
    }

    /// Ends between any two instructions, as far as a task can be made to.
    async fn kill(mut self) {
        self.tasks.abort_all();
        while self.tasks.join_next().await.is_some() {}
        self.log.close(PATIENCE).await.unwrap();
    }

    async fn articles(&self) -> Vec<Article> {
        let scan = Scan { topic: Topic::Articles, partitions: None, since: None };
        let step = |all: &mut Vec<Article>, received: Received| {
            all.push(serde_json::from_slice(received.value.as_deref().unwrap()).unwrap());
        };
        self.log.fold(scan, Vec::new(), step).await.unwrap()
    }

    async fn states(&self) -> HashMap<String, FeedState> {
        let scan = Scan { topic: Topic::FeedState, partitions: None, since: None };
        let step = |all: &mut HashMap<String, FeedState>, received: Received| {
            let value = received.value.as_deref().unwrap();
            all.insert(received.key, serde_json::from_slice(value).unwrap());
        };
        self.log.fold(scan, HashMap::new(), step).await.unwrap()
    }

    fn polls(&self, result: &str) -> u64 {
        self.metrics.polls_total.with_label_values(&[result]).get()
    }
}

/// Waits until something is so.
async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !is_so().await {
        assert!(begun.elapsed() < PATIENCE, "waited too long for: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn rss(items: &[&str]) -> String {
    let items: String = items
        .iter()
        .map(|item| {
            format!(
                "<item><guid>https://outlet.example/{item}</guid><title>Item {item}</title>\
                 <link>https://outlet.example/{item}</link></item>"
            )
        })
        .collect();
    format!(
        "<rss version=\"2.0\"><channel><title>Outlet</title><link>https://outlet.example/</link>\
         {items}</channel></rss>"
    )
}

fn titles(articles: &[Article], arrival: Arrival) -> Vec<&str> {
    let chosen = articles.iter().filter(|article| article.arrival == arrival);
    let mut titles: Vec<&str> = chosen.map(|article| article.title.as_str()).collect();
    titles.sort_unstable();
    titles
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_poll_seeds_silently_and_what_comes_later_is_live() {
    let step = Arc::new(AtomicUsize::new(0));
    let now = Arc::clone(&step);
    let web = Web::start(move |_: &Asked| {
        Reply::ok(match now.load(Ordering::SeqCst) {
            0 => rss(&["1", "2"]),
            1 => rss(&["3", "1", "2"]),
            _ => rss(&["3", "1", "2"]).replace("Item 2", "Item 2, corrected"),
        })
    });
    let folder = tempfile::tempdir().unwrap();
    let polling = Polling::start(folder.path(), vec![feed(&web.url("/feed"))]).await;
    until("the first poll", async || polling.articles().await.len() == 2).await;
    step.store(1, Ordering::SeqCst);
    until("the new item", async || polling.articles().await.len() == 3).await;
    step.store(2, Ordering::SeqCst);
    until("the edit", async || polling.articles().await.len() == 4).await;
    let articles = polling.articles().await;
    assert_eq!(titles(&articles, Arrival::Seed), ["Item 1", "Item 2"]);
    assert_eq!(titles(&articles, Arrival::Live), ["Item 3"]);
    assert_eq!(titles(&articles, Arrival::Edit), ["Item 2, corrected"]);
    assert!(articles.iter().all(|article| article.outlet == "Outlet"));
    polling.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_first_poll_alert_only_young_entries_are_live() {
    let young = (chrono::Utc::now() - chrono::TimeDelta::hours(1)).to_rfc2822();
    let document = format!(
        "<rss version='2.0'><channel><title>T</title>\
         <item><guid>a</guid><title>young</title><pubDate>{young}</pubDate></item>\
         <item><guid>b</guid><title>old</title><pubDate>Sat, 03 Feb 2024 08:00:00 GMT</pubDate>\
         </item><item><guid>c</guid><title>undated</title></item></channel></rss>"
    );
    let web = Web::start(move |_: &Asked| Reply::ok(document.clone()));
    let folder = tempfile::tempdir().unwrap();
    let alerting = FeedSettings { first_poll: FirstPoll::Alert, ..feed(&web.url("/feed")) };
    let polling = Polling::start(folder.path(), vec![alerting]).await;
    until("the first poll", async || polling.articles().await.len() == 3).await;
    let articles = polling.articles().await;
    assert_eq!(titles(&articles, Arrival::Live), ["young"]);
    assert_eq!(titles(&articles, Arrival::Seed), ["old", "undated"]);
    polling.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_feed_disturbs_no_other_and_its_health_names_the_cause() {
    let web = Web::start(|asked: &Asked| match asked.path.as_str() {
        "/good" => Reply::ok(rss(&["1"])),
        "/html" => Reply::ok("<!DOCTYPE html><html><body>Please log in</body></html>"),
        "/empty" => Reply::ok(""),
        "/huge" => Reply::Endless(
            "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".into(),
            vec![b'x'; 1 << 20],
            Duration::ZERO,
        ),
        "/blocked" => Reply::status(403).with("cf-mitigated", "challenge"),
        "/binary" => Reply::ok((0..=255_u8).cycle().take(4096).collect::<Vec<u8>>()),
        "/error" => Reply::status(500),
        "/hangs" => Reply::Silence(Duration::from_secs(600)),
        _ => Reply::status(404),
    });
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut feeds: Vec<FeedSettings> =
        ["/html", "/empty", "/huge", "/blocked", "/binary", "/error", "/hangs", "/none", "/good"]
            .map(|path| feed(&web.url(path)))
            .into();
    feeds.push(feed(&format!("http://{nobody}/")));
    feeds.push(feed("http://169.254.169.254/feed"));
    let folder = tempfile::tempdir().unwrap();
    let polling = Polling::start(folder.path(), feeds).await;
    until("every feed but the hanging one has its state", async || {
        let states = polling.states().await;
        states.len() == 10 && states.values().all(|state| state.health != Health::New)
    })
    .await;
    let quiet = || polling.polls("same_body") + polling.polls("nothing_new");
    let seen = quiet();
    until("the good feed goes on", async || quiet() > seen + 5).await;
    let states = polling.states().await;
    for (path, health, cause) in [
        ("/good", Health::Ok, ""),
        ("/html", Health::Parse, "HTML"),
        ("/empty", Health::Parse, "empty"),
        ("/huge", Health::Down, "larger than 15728640 bytes"),
        ("/blocked", Health::Blocked, "Cloudflare"),
        ("/binary", Health::Parse, "no feed"),
        ("/error", Health::Down, "500 Internal Server Error"),
        ("/none", Health::Down, "404 Not Found"),
    ] {
        let state = &states[&web.url(path)];
        assert_eq!(state.health, health, "{path}");
        let told = state.cause.clone().unwrap_or_default();
        assert!(told.contains(cause), "{path}: {told}");
    }
    assert_eq!(states[&format!("http://{nobody}/")].health, Health::Down);
    let metadata = &states["http://169.254.169.254/feed"];
    assert!(metadata.cause.clone().unwrap().contains("metadata"), "{metadata:?}");
    assert_eq!(polling.articles().await.len(), 1);
    polling.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn feeds_come_and_go_while_polling() {
    let web = Web::start(|asked: &Asked| Reply::ok(rss(&[asked.path.trim_start_matches('/')])));
    let folder = tempfile::tempdir().unwrap();
    let polling = Polling::start(folder.path(), vec![feed(&web.url("/a"))]).await;
    until("a", async || polling.articles().await.len() == 1).await;
    polling.feeds.send(list(vec![feed(&web.url("/b"))])).unwrap();
    until("b", async || polling.articles().await.len() == 2).await;
    let count = |path: &str| web.asked().iter().filter(|asked| asked.path == path).count();
    let (a, b) = (count("/a"), count("/b"));
    until("b goes on", async || count("/b") > b + 20).await;
    assert!(count("/a") <= a + 1, "a is no longer polled");
    polling.feeds.send(list(vec![feed(&web.url("/a")), feed(&web.url("/b"))])).unwrap();
    let a = count("/a");
    until("a is back", async || count("/a") > a + 5).await;
    assert_eq!(polling.articles().await.len(), 2, "what a showed before is not new");
    polling.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_keeps_validators_and_polls_nothing_before_it_is_due() {
    let web = Web::start(|asked: &Asked| match asked.header("if-none-match") {
        Some(_) => Reply::status(304),
        None => Reply::ok(rss(&["1"])).with("etag", "\"one\""),
    });
    let folder = tempfile::tempdir().unwrap();
    let lazy = |seconds| FeedSettings {
        interval: Duration::from_secs(seconds),
        min_interval: Duration::from_secs(seconds),
        max_interval: Duration::from_secs(seconds),
        ..feed(&web.url("/feed"))
    };
    let polling = Polling::start(folder.path(), vec![lazy(3600)]).await;
    until("the first poll", async || polling.articles().await.len() == 1).await;
    polling.stop().await;
    let polling = Polling::start(folder.path(), vec![lazy(3600)]).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(web.asked().len(), 1, "it is not due for an hour");
    polling.stop().await;
    let polling = Polling::start(folder.path(), vec![feed(&web.url("/feed"))]).await;
    until("a shorter interval", async || polling.polls("not_modified") > 2).await;
    assert_eq!(polling.articles().await.len(), 1);
    polling.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_an_article_that_names_a_company_is_fetched_and_a_bad_page_costs_nothing() {
    let step = Arc::new(AtomicUsize::new(0));
    let now = Arc::clone(&step);
    let page = format!(
        "<html><body><nav>Menu</nav><article><h1>Move</h1>{}</article></body></html>",
        "<p>A sentence about somebody who changes jobs, long enough to be an article.</p>"
            .repeat(12)
    );
    let web = Web::start(move |asked: &Asked| {
        let host = String::from_utf8_lossy(asked.header("host").unwrap()).into_owned();
        let items = ["good", "bad", "plain"].map(|name| {
            format!("<item><title>{name}</title><link>http://{host}/{name}</link></item>")
        });
        match (asked.path.as_str(), now.load(Ordering::SeqCst)) {
            ("/feed", 0) => Reply::ok(rss(&["1"])),
            ("/feed", _) => {
                Reply::ok(rss(&["1"]).replace("<item>", &format!("{}<item>", items.concat())))
            }
            ("/good", _) => Reply::Whole(
                200,
                vec![("content-type", b"text/html".to_vec())],
                page.clone().into(),
            ),
            _ => Reply::status(500),
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let candidate = |article: &Article| article.title != "plain";
    let polling =
        Polling::start_with(folder.path(), vec![feed(&web.url("/feed"))], candidate).await;
    until("the first poll", async || polling.articles().await.len() == 1).await;
    step.store(1, Ordering::SeqCst);
    until("the new items", async || polling.articles().await.len() == 4).await;
    let articles = polling.articles().await;
    let content = |title: &str| {
        articles.iter().find(|article| article.title == title).unwrap().content.clone()
    };
    assert!(content("good").unwrap().contains("somebody who changes jobs"));
    assert!(!content("good").unwrap().contains("Menu"));
    assert_eq!(content("bad"), None);
    assert_eq!(content("plain"), None);
    assert!(web.asked().iter().all(|asked| asked.path != "/plain"), "not asked for");
    polling.stop().await;
}

/// A log that refuses to commit while it is told to.
#[derive(Clone)]
struct Moody {
    log: Embedded,
    down: Arc<AtomicBool>,
    refused: Arc<AtomicUsize>,
}

struct MoodyMember {
    member: <Embedded as Log>::Member,
    log: Moody,
}

impl Log for Moody {
    type Member = MoodyMember;

    async fn join(&self, membership: Membership) -> Result<MoodyMember, LogError> {
        Ok(MoodyMember { member: self.log.join(membership).await?, log: self.clone() })
    }

    async fn fold<T: Send + 'static>(
        &self,
        scan: Scan,
        start: T,
        step: impl FnMut(&mut T, Received) + Send + 'static,
    ) -> Result<T, LogError> {
        self.log.fold(scan, start, step).await
    }

    async fn publish(&self, outputs: Vec<(Topic, Record)>) -> Result<(), LogError> {
        self.log.publish(outputs).await
    }

    async fn lag(&self) -> Result<Vec<(String, Topic, u64)>, LogError> {
        self.log.lag().await
    }

    async fn close(&self, limit: Duration) -> Result<(), LogError> {
        self.log.close(limit).await
    }
}

impl Member for MoodyMember {
    async fn next(&mut self, max: usize, wait: Duration) -> Result<Event, LogError> {
        self.member.next(max, wait).await
    }

    async fn commit(&mut self, unit: Unit) -> Result<(), LogError> {
        if self.log.down.load(Ordering::SeqCst) {
            self.log.refused.fetch_add(1, Ordering::SeqCst);
            return Err(LogError::Transient("the disk is full".to_owned()));
        }
        self.member.commit(unit).await
    }

    async fn close(self) {
        self.member.close().await;
    }

    fn assigned(&self) -> Vec<i32> {
        self.member.assigned()
    }

    fn partition_of(&self, topic: Topic, key: &str) -> i32 {
        self.member.partition_of(topic, key)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_polled_while_the_log_was_down_is_committed_when_it_is_back() {
    // Each answer has one entry, which no later answer has: what is dropped is lost.
    let turn = Arc::new(AtomicUsize::new(0));
    let next = Arc::clone(&turn);
    let web = Web::start(move |_: &Asked| {
        Reply::ok(rss(&[&next.fetch_add(1, Ordering::SeqCst).to_string()]))
    });
    let folder = tempfile::tempdir().unwrap();
    let moody = Moody {
        log: Embedded::open(Settings::at(folder.path())).await.unwrap(),
        down: Arc::default(),
        refused: Arc::default(),
    };
    let polling =
        Polling::over(moody.clone(), moody.log.clone(), vec![feed(&web.url("/feed"))], |_| false);
    for round in 1..=3 {
        until("some articles", async || polling.articles().await.len() >= round * 3).await;
        let refused = moody.refused.load(Ordering::SeqCst);
        moody.down.store(true, Ordering::SeqCst);
        until("a refusal", async || moody.refused.load(Ordering::SeqCst) > refused).await;
        moody.down.store(false, Ordering::SeqCst);
    }
    until("the end", async || polling.articles().await.len() >= 15).await;
    let count = polling.articles().await.len();
    let titles: std::collections::HashSet<String> =
        polling.articles().await.into_iter().take(count).map(|article| article.title).collect();
    for number in 0..count {
        assert!(titles.contains(&format!("Item {number}")), "item {number} of {count} is lost");
    }
    polling.stop().await;
}

/// By feed: its snapshots in order, and how many articles they hold.
type Histories = HashMap<String, (Vec<Vec<u8>>, u64)>;

/// The recorded histories of real feeds, where they are present.
fn histories() -> Option<Histories> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/feed-history");
    let expected = std::fs::read(folder.join("expected.json")).ok()?;
    let expected: HashMap<String, HashMap<String, u64>> =
        serde_json::from_slice(&expected).unwrap();
    let unpacked = tempfile::tempdir().unwrap();
    let mut histories = HashMap::new();
    for (name, numbers) in expected {
        let target = unpacked.path().join(&name);
        std::fs::create_dir(&target).unwrap();
        let archive = folder.join(format!("{name}.tar.xz"));
        let status =
            Command::new("tar").arg("-xJf").arg(archive).arg("-C").arg(&target).status().ok()?;
        if !status.success() {
            return None;
        }
        let mut files = Vec::new();
        collect(&target, &mut files);
        files.sort();
        assert_eq!(files.len() as u64, numbers["snapshots"], "{name}");
        let snapshots = files.iter().map(|file| std::fs::read(file).unwrap()).collect();
        histories.insert(name, (snapshots, numbers["articles"]));
    }
    Some(histories)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}

/// Replays the histories, killed `kills` times on the way, and counts articles.
async fn replay(kills: usize) {
    let Some(histories) = histories() else {
        eprintln!("skipped: ../shared/data/feed-history is not here");
        return;
    };
    let snapshots: HashMap<String, Vec<Vec<u8>>> =
        histories.iter().map(|(name, (all, _))| (name.clone(), all.clone())).collect();
    let served: Arc<Mutex<HashMap<String, usize>>> = Arc::default();
    let progress = Arc::clone(&served);
    let web = Web::start(move |asked: &Asked| {
        let name = asked.path.trim_start_matches('/');
        let Some(all) = snapshots.get(name) else { return Reply::status(404) };
        let mut served = progress.lock().unwrap();
        let at = served.entry(name.to_owned()).or_default();
        let body = all[(*at).min(all.len() - 1)].clone();
        *at += 1;
        let etag = format!("\"{}\"", blake3::hash(&body).to_hex());
        if asked.header("if-none-match") == Some(etag.as_bytes()) {
            return Reply::status(304);
        }
        Reply::ok(body).with("etag", etag)
    });
    let feeds: Vec<FeedSettings> =
        histories.keys().map(|name| feed(&web.url(&format!("/{name}")))).collect();
    let total: usize = histories.values().map(|(all, _)| all.len()).sum();
    let folder = tempfile::tempdir().unwrap();
    let done = |served: &Mutex<HashMap<String, usize>>| -> usize {
        let served = served.lock().unwrap();
        let capped = |(name, (all, _)): (&String, &(Vec<Vec<u8>>, u64))| {
            served.get(name).copied().unwrap_or(0).min(all.len())
        };
        histories.iter().map(capped).sum()
    };
    for kill in 1..=kills {
        let polling = Polling::start(folder.path(), feeds.clone()).await;
        until("the next kill", async || done(&served) >= total * kill / (kills + 1)).await;
        polling.kill().await;
    }
    let polling = Polling::start(folder.path(), feeds).await;
    until("the end of the histories", async || done(&served) == total).await;
    let ended: HashMap<String, usize> = served.lock().unwrap().clone();
    until("a poll after the last snapshot", async || {
        let served = served.lock().unwrap();
        ended.iter().all(|(name, count)| served[name] >= count + 2)
    })
    .await;
    let articles = polling.articles().await;
    polling.stop().await;
    for (name, (_, want)) in &histories {
        let of_feed =
            articles.iter().filter(|article| article.feed == web.url(&format!("/{name}")));
        let first: Vec<&Article> =
            of_feed.filter(|article| article.arrival != Arrival::Edit).collect();
        let ids: std::collections::HashSet<&str> =
            first.iter().map(|article| article.id.as_str()).collect();
        assert_eq!(first.len() as u64, *want, "articles of {name}");
        assert_eq!(ids.len() as u64, *want, "ids of {name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn recorded_histories_give_exactly_the_expected_articles() {
    replay(0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn recorded_histories_give_the_same_articles_with_kills_in_between() {
    replay(7).await;
}
