//! Recorded histories of real feeds through the real program, killed over and over.
//!
//! Takes two minutes, because no feed is polled more often than ten times a second:
//!
//!     cargo test --test it poll_kill -- --ignored
//!
//! The histories are not part of this project: without `../shared/data/feed-history` the test says
//! that it is skipped.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use talentwire::log::embedded::{Embedded, Settings};
use talentwire::log::{Log, Received, Scan, Topic};
use talentwire::model::{Arrival, Article};

use crate::web::{Asked, Reply, Web};

/// Times that the process is killed.
const KILLS: usize = 15;
/// Longer than anything here takes on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// Of one feed: its snapshots in order, and how many articles they hold.
struct History {
    snapshots: Vec<Vec<u8>>,
    articles: u64,
}

fn histories(folder: &Path, into: &Path) -> Option<HashMap<String, History>> {
    let expected = std::fs::read(folder.join("expected.json")).ok()?;
    let expected: HashMap<String, HashMap<String, u64>> =
        serde_json::from_slice(&expected).unwrap();
    let mut histories = HashMap::new();
    for (name, numbers) in expected {
        let target = into.join(&name);
        std::fs::create_dir(&target).unwrap();
        let archive = folder.join(format!("{name}.tar.xz"));
        let unpacked =
            Command::new("tar").arg("-xJf").arg(archive).arg("-C").arg(&target).status().ok()?;
        unpacked.success().then_some(())?;
        let mut files = Vec::new();
        collect(&target, &mut files);
        files.sort();
        let snapshots = files.iter().map(|file| std::fs::read(file).unwrap()).collect();
        histories.insert(name, History { snapshots, articles: numbers["articles"] });
    }
    Some(histories)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}

/// The daemon; dropping it kills it as `kill -9` does.
struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_talentwire"));
    command.args(arguments).arg("--config").arg(folder.join("talentwire.toml"));
    command.current_dir(folder).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

fn write_configuration(folder: &Path, web: &Web, names: &[&String]) {
    let mut text =
        "[log]\npath = \"data\"\n[http]\nenabled = false\n[poll]\ninterval = \"100ms\"\n\
                    allow_private_networks = true\n"
            .to_owned();
    for name in names {
        text += &format!("[[feed]]\nurl = {:?}\n", web.url(&format!("/{name}")));
    }
    std::fs::write(folder.join("talentwire.toml"), text).unwrap();
}

/// Waits until so many snapshots were served, while the daemon lives.
fn wait_for(served: &Mutex<HashMap<String, usize>>, daemon: &mut Daemon, least: usize) {
    let begun = Instant::now();
    while served.lock().unwrap().values().sum::<usize>() < least {
        assert!(daemon.0.try_wait().unwrap().is_none(), "the daemon ended by itself");
        assert!(begun.elapsed() < PATIENCE, "waited too long for {least} snapshots");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Every record of the log, not only the last one of an id.
fn articles(log: &Path) -> Vec<Article> {
    let scan = Scan { topic: Topic::Articles, partitions: None, since: None };
    let step = |all: &mut Vec<Article>, received: Received| {
        all.push(serde_json::from_slice(received.value.as_deref().unwrap()).unwrap());
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let log = Embedded::open(Settings::at(log)).await.unwrap();
        log.fold(scan, Vec::new(), step).await.unwrap()
    })
}

#[test]
#[ignore = "takes two minutes and needs recorded histories"]
fn a_program_killed_again_and_again_gives_exactly_the_recorded_articles() {
    let folder = tempfile::tempdir().unwrap();
    let shared = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/feed-history");
    let Some(histories) = histories(&shared, folder.path()) else {
        eprintln!("SKIPPED: ../shared/data/feed-history is not here");
        return;
    };
    let served: Arc<Mutex<HashMap<String, usize>>> = Arc::default();
    let snapshots: HashMap<String, Vec<Vec<u8>>> =
        histories.iter().map(|(name, it)| (name.clone(), it.snapshots.clone())).collect();
    let progress = Arc::clone(&served);
    let web = Web::start(move |asked: &Asked| {
        let name = asked.path.trim_start_matches('/');
        let Some(all) = snapshots.get(name) else { return Reply::status(404) };
        let mut served = progress.lock().unwrap();
        let at = served.entry(name.to_owned()).or_default();
        let body = all[(*at).min(all.len() - 1)].clone();
        *at += 1;
        Reply::ok(body)
    });
    let names: Vec<&String> = histories.keys().collect();
    write_configuration(folder.path(), &web, &names);
    let shortest = histories.values().map(|it| it.snapshots.len()).min().unwrap();
    let longest = histories.values().map(|it| it.snapshots.len()).max().unwrap();
    for kill in 1..=KILLS {
        let start = || program(folder.path(), &["run", "--stage", "poll"]).spawn().unwrap();
        let mut daemon = Daemon(start());
        wait_for(&served, &mut daemon, shortest * histories.len() * kill / (KILLS + 1));
    }
    let mut daemon = Daemon(program(folder.path(), &["run", "--stage", "poll"]).spawn().unwrap());
    // Each feed is polled beyond its last snapshot, so that this one is committed.
    let begun = Instant::now();
    while !names.iter().all(|name| served.lock().unwrap().get(*name) > Some(&(longest + 3))) {
        assert!(daemon.0.try_wait().unwrap().is_none(), "the daemon ended by itself");
        assert!(begun.elapsed() < PATIENCE, "waited too long for the end of the histories");
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(daemon);
    let articles = articles(&folder.path().join("data"));
    for (name, history) in &histories {
        let url = web.url(&format!("/{name}"));
        let new = |article: &&Article| article.feed == url && article.arrival != Arrival::Edit;
        let ids: Vec<&str> =
            articles.iter().filter(new).map(|article| article.id.as_str()).collect();
        let distinct: std::collections::HashSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len() as u64, history.articles, "articles of {name}");
        assert_eq!(distinct.len(), ids.len(), "{name} gave an article twice");
    }
}
