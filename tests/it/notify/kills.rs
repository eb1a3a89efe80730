//! The real program, killed at random instants while moves flow from a feed to a webhook and to a
//! plain Slack webhook. A few kills by default; TALENTWIRE_FULL_DOSE=1 gives a hundred.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::loss::{full_dose, row};
use super::scripted::Dice;
use super::sink::{Got, Say, Sink};

/// Longest wait for what was published to arrive; reached only when the test fails.
const PATIENCE: Duration = Duration::from_secs(240);

const FIRST: &[&str] = &[
    "Marta", "Jonas", "Priya", "Olga", "Tomas", "Ingrid", "Rafael", "Helena", "Viktor", "Amara",
    "Stefan", "Noemi", "Gustav", "Lucia", "Henrik", "Sanjay",
];
const LAST: &[&str] = &[
    "Lindqvist",
    "Okafor",
    "Brandt",
    "Castellano",
    "Novotny",
    "Haraldsen",
    "Mbeki",
    "Petrov",
    "Fitzgerald",
    "Jankowski",
    "Moreau",
    "Sandoval",
    "Eriksen",
    "Batista",
    "Kowalczyk",
    "Delgado",
];

/// The invented person of a number.
pub(super) fn person(number: usize) -> String {
    format!(
        "{} {}",
        FIRST[number % FIRST.len()],
        LAST[(number / FIRST.len() + number) % LAST.len()]
    )
}

/// A feed that grows.
#[derive(Clone, Default)]
struct Feed(Arc<Mutex<Vec<String>>>);

impl Feed {
    fn add(&self, number: usize) {
        let date = chrono::Utc::now().to_rfc2822();
        let name = person(number);
        let item = format!(
            "<item><title>{name} leaves OpenAI for Anthropic</title><guid>g{number}</guid>\
             <link>https://ledger.example/{number}</link><pubDate>{date}</pubDate>\
             <description>{name} is joining Anthropic, the company said.</description></item>"
        );
        self.0.lock().unwrap().insert(0, item);
    }

    fn answer(&self) -> Say {
        let items = self.0.lock().unwrap().join("");
        let text = format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Valley Ledger</title>\
             {items}</channel></rss>"
        );
        Say::Answer(200, vec![("content-type", "application/rss+xml".to_owned())], text)
    }
}

fn configuration(folder: &Path, feed: &Sink, hook: &Sink, slack: &Sink) -> String {
    format!(
        "[log]\npath = {:?}\n[http]\nenabled = false\n[poll]\nallow_private_networks = true\n\
         first_poll = \"alert\"\nfull_text = false\nmin_interval = \"200ms\"\ninterval = \"200ms\"\n\
         [[feed]]\nurl = \"{}\"\n[[receiver]]\nname = \"hook\"\ntype = \"webhook\"\nurl = \"{}\"\n\
         [[receiver]]\nname = \"slack\"\ntype = \"slack\"\nurl = \"{}\"\n\
         [[route]]\nreceiver = \"hook\"\ncontinue = true\n[[route]]\nreceiver = \"slack\"\n",
        folder.join("log"),
        feed.url("/rss"),
        hook.url("/hook"),
        slack.url("/slack"),
    )
}

/// The program; it is killed when this is dropped.
pub(super) struct Daemon(Child);

impl Daemon {
    pub(super) fn start(config: &Path) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_talentwire"))
            .args(["run", "-c"])
            .arg(config)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self(child)
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Who was told of, in each message.
fn people(got: &[Got], all: &[String]) -> Vec<HashSet<String>> {
    let named = |got: &Got| {
        let text = got.text();
        all.iter().filter(|name| text.contains(name.as_str())).cloned().collect()
    };
    got.iter().map(named).collect()
}

/// Messages that name somebody whom an earlier one named.
fn seen_twice(messages: &[HashSet<String>]) -> usize {
    let mut told = HashSet::new();
    let repeats = |names: &&HashSet<String>| {
        let again = names.iter().any(|name| told.contains(name));
        told.extend(names.iter().cloned());
        again
    };
    messages.iter().filter(repeats).count()
}

/// First reports of a person under more than one id, as a receiver that keeps ids sees them.
fn twice_by_id(got: &[Got]) -> usize {
    let mut ids: HashMap<String, HashSet<String>> = HashMap::new();
    for got in got.iter().filter(|got| got.body["type"] == "move.reported") {
        let person = got.body["data"]["person"].as_str().unwrap_or_default().to_owned();
        ids.entry(person).or_default().insert(got.header("webhook-id").to_owned());
    }
    ids.values().filter(|ids| ids.len() > 1).count()
}

fn missing(got: &[Got], all: &[String]) -> Vec<String> {
    let told: HashSet<String> = people(got, all).into_iter().flatten().collect();
    all.iter().filter(|name| !told.contains(*name)).cloned().collect()
}

#[test]
fn the_program_killed_at_random_instants_loses_nothing_and_repeats_nothing_by_id() {
    let kills: usize = if full_dose() { 100 } else { 4 };
    let folder = tempfile::tempdir().unwrap();
    let feed = Feed::default();
    let served = feed.clone();
    let feed_server = Sink::start(move |_| served.answer());
    // A receiver that thinks for a moment, so that kills fall into posts.
    let slow = |answer: fn() -> Say| {
        move |_: &Got| {
            std::thread::sleep(Duration::from_millis(60));
            answer()
        }
    };
    let hook = Sink::start(slow(|| Say::words(204, "")));
    let slack = Sink::start(slow(Say::ok));
    let config = folder.path().join("talentwire.toml");
    std::fs::write(&config, configuration(folder.path(), &feed_server, &hook, &slack)).unwrap();

    let mut dice = Dice::new(23);
    let mut all: Vec<String> = Vec::new();
    for _ in 0..kills {
        let daemon = Daemon::start(&config);
        let end = Instant::now() + Duration::from_millis(300 + dice.roll(4_000));
        while Instant::now() < end {
            if dice.roll(12) == 0 && all.len() < FIRST.len() * LAST.len() {
                feed.add(all.len());
                all.push(person(all.len()));
            }
            std::thread::sleep(Duration::from_millis(50).min(end - Instant::now()));
        }
        drop(daemon);
    }
    let _last = Daemon::start(&config);
    let begun = Instant::now();
    while !(missing(&hook.got(), &all).is_empty() && missing(&slack.got(), &all).is_empty()) {
        assert!(
            begun.elapsed() < PATIENCE,
            "lost: at the webhook {:?}, at Slack {:?}",
            missing(&hook.got(), &all),
            missing(&slack.got(), &all)
        );
        std::thread::sleep(Duration::from_millis(200));
    }
    let (hook, slack) = (hook.got(), slack.got());
    let dose = format!("{kills} kills, {} moves", all.len());
    let twice = twice_by_id(&hook);
    row("kill -9, webhook", &dose, hook.len(), 0, twice, seen_twice(&people(&hook, &all)));
    let seen = seen_twice(&people(&slack, &all));
    row("kill -9, plain Slack webhook", &dose, slack.len(), 0, 0, seen);
    assert_eq!(twice, 0, "reported under two ids");
    assert!(seen <= kills, "{seen} visible duplicates for {kills} kills");
}
