//! Two processes in one group.

use std::collections::HashSet;
use std::slice;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use talentwire::log::kafka::Kafka;
use talentwire::log::{Log, Record, Scan, Topic};
use talentwire::metrics::Metrics;
use talentwire::model::delivery::{Errand, inbox_key};
use talentwire::notify::outbox::Rules;
use talentwire::notify::receiver::{Ids, Receiver};
use talentwire::notify::route::Route;
use talentwire::stage::notify::{Address, Clock, Outlet, SystemClock, run};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::bench::Bench;
use super::fixtures::{a_move, all_to, elsewhere, paced, publish};
use super::limits::{an_article, mentions_to};
use super::scripted::{Answer, Scripted, Seen};
use super::simulated::SimClock;
use super::sink::Say;
use crate::kafka::TestKafka;
use crate::log_contract::{Backend, PATIENCE};

/// A notice that cannot be delivered at once waits in one process only.
#[tokio::test]
async fn a_notice_is_posted_by_one_process_of_the_group() {
    let back = SimClock::new().now() + TimeDelta::minutes(30);
    let mut bench = Bench::new(&all_to("ops"));
    let sink = bench.sink(move |got| if got.at < back { Say::words(503, "") } else { Say::ok() });
    bench.slack("ops", &sink);
    bench.slack("ops", &sink);
    let text = "The other one is ill.".to_owned();
    let notice = Errand::Notice { text, at: bench.now() };
    let value = Some(serde_json::to_vec(&notice).unwrap());
    bench.record(Topic::Deliveries, &inbox_key("ops", "disabled-other"), value);
    let end = back + TimeDelta::hours(3);
    bench.run(move |_, now| now >= end).await;
    let taken = sink.got().iter().filter(|got| got.at >= back).count();
    assert_eq!(taken, 1);
}

/// One process: its own connection to the brokers.
struct Process {
    log: Kafka,
    tasks: JoinSet<()>,
    stop: CancellationToken,
}

impl Process {
    async fn start(backend: &TestKafka, outlets: &[Outlet], rules: &Rules) -> Self {
        let (log, stop) = (backend.open().await, CancellationToken::new());
        let (metrics, rules) = (Metrics::new().unwrap(), Arc::new(rules.clone()));
        let mut tasks = JoinSet::new();
        for outlet in outlets.iter().cloned() {
            let (log, rules, metrics) = (log.clone(), rules.clone(), metrics.clone());
            let running = run(log, outlet, rules, metrics, SystemClock, stop.clone());
            tasks.spawn(async { running.await.unwrap() });
        }
        Self { log, tasks, stop }
    }

    async fn end(self) {
        self.stop.cancel();
        self.tasks.join_all().await;
        self.log.close(Duration::from_secs(10)).await.unwrap();
    }
}

/// A headline that is like no other one.
fn headline(number: usize) -> String {
    format!("Worker{number}a of Team{number}b resigns in Month{number}c over Matter{number}d")
}

/// A record of an article with this headline.
fn article(number: usize, title: &str) -> (Topic, Record) {
    let tagged = an_article(number, title, Utc::now());
    let value = Some(serde_json::to_vec(&tagged).unwrap());
    let key = tagged.article.id;
    (Topic::Tagged, Record { key, value, headers: vec![], partition_by: None })
}

/// Waits until so many messages have arrived.
async fn arrive(seen: &Mutex<Seen>, count: usize) {
    let begun = std::time::Instant::now();
    let arrived = || seen.lock().unwrap().arrived.len();
    while arrived() < count {
        assert!(begun.elapsed() < PATIENCE, "{} of {count} alerts arrived", arrived());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// The receiver goes back and forth while much waits: nothing of it is lost, and nothing is told by
/// both.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_that_come_and_go_lose_no_alert_and_repeat_none() {
    const COUNT: usize = 400;
    let Some(backend) = TestKafka::new() else { return };
    let log = backend.open().await;
    let mut receiver = Scripted::new(Ids::Ignores, 1, |_| Answer::Taken);
    receiver.takes = Duration::from_millis(8);
    let seen = receiver.seen.clone();
    let outlet = paced("target", Arc::new(receiver), Duration::ZERO);
    let rules = mentions_to("target");
    let until = async |count: usize| arrive(&seen, count).await;

    let first = Process::start(&backend, slice::from_ref(&outlet), &rules).await;
    let record = |number| article(number, &headline(number));
    log.publish((0..COUNT).map(record).collect()).await.unwrap();
    until(20).await;
    // Its pace is that of its own process.
    let other = || elsewhere(&outlet, Duration::ZERO);
    let second = Process::start(&backend, &[other()], &rules).await;
    until(150).await;
    // What it held comes back to the first one, which has much waiting of its own.
    second.end().await;
    until(250).await;
    let third = Process::start(&backend, &[other()], &rules).await;
    until(300).await;
    first.end().await;
    until(COUNT).await;
    third.end().await;
    log.close(Duration::from_secs(10)).await.unwrap();

    let seen = seen.lock().unwrap();
    let twice = seen.times().into_values().filter(|times| *times > 1).count();
    assert_eq!((seen.times().len(), twice), (COUNT, 0));
    let again = seen.posts.len() - seen.arrived.len();
    println!("{COUNT} alerts over 4 changes of partitions: {again} posted again under the same id");
    assert!(again <= 4, "one at most is in flight when partitions change: {again}");
}

/// How four outlets word one story.
fn wordings(story: usize) -> [String; 4] {
    let plain = headline(story);
    [plain.clone(), format!("{plain}, report"), format!("{plain} today"), plain.to_uppercase()]
}

/// Waits until every article was judged by whoever has the receiver.
async fn judged(log: &Kafka, articles: usize) {
    let begun = std::time::Instant::now();
    loop {
        let lags = log.lag().await.unwrap();
        let group = |it: &&(String, Topic, u64)| it.0.ends_with(MENTIONS) && it.1 == Topic::Tagged;
        let lag = lags.iter().find(group).map(|it| it.2);
        if lag == Some(0) {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "of {articles} articles {lag:?} are not judged");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// The group that reads articles for `target`.
const MENTIONS: &str = "notify.target.mentions";

/// Whichever process a story's copies come to, one before and one after a change of hands: a person
/// reads it once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_story_is_told_once_whichever_process_and_partition_its_copies_come_to() {
    const STORIES: usize = 40;
    let Some(backend) = TestKafka::new() else { return };
    let log = backend.open().await;
    // A post that a change of hands cuts off is repeated under its id: that is no second telling.
    let mut receiver = Scripted::new(Ids::Ignores, 1, |_| Answer::Taken);
    receiver.takes = Duration::from_millis(4);
    let seen = receiver.seen.clone();
    let outlet = paced("target", Arc::new(receiver), Duration::ZERO);
    let process = async || {
        let own = elsewhere(&outlet, Duration::ZERO);
        Process::start(&backend, &[own], &mentions_to("target")).await
    };
    let mut published = 0;
    let mut copies = |which: usize| -> Vec<(Topic, Record)> {
        published += STORIES;
        (0..STORIES).map(|it| article(which * STORIES + it, &wordings(it)[which])).collect()
    };

    let (first, second) = tokio::join!(process(), process());
    // Two copies of each at once, on partitions of their own; then one of the processes leaves.
    log.publish([copies(0), copies(1)].concat()).await.unwrap();
    arrive(&seen, STORIES / 4).await;
    first.end().await;
    log.publish(copies(2)).await.unwrap();
    arrive(&seen, STORIES / 2).await;
    let third = process().await;
    arrive(&seen, STORIES).await;
    // The one that told most of them leaves; who takes over knows what was told.
    second.end().await;
    log.publish(copies(3)).await.unwrap();
    judged(&log, published).await;
    third.end().await;

    let titles = seen.lock().unwrap().titles();
    let told = |story: usize| titles.iter().filter(|it| wordings(story).contains(it)).count();
    let times: Vec<usize> = (0..STORIES).map(told).collect();
    assert_eq!(times, [1; STORIES], "{titles:?}");
    let partitions = partitions_of_stories(&log, STORIES).await;
    println!("{published} copies of {STORIES} stories; a story lay on {partitions:?} partitions");
    assert!(partitions.iter().filter(|count| **count > 1).count() > STORIES / 2);
    log.close(Duration::from_secs(10)).await.unwrap();
}

/// Over how many partitions the copies of each story were spread.
async fn partitions_of_stories(log: &Kafka, stories: usize) -> Vec<usize> {
    let scan = Scan { topic: Topic::Tagged, partitions: None, since: None };
    let spread = vec![HashSet::new(); stories];
    let spread = log.fold(scan, spread, move |spread, received| {
        let number: usize = received.key.trim_start_matches('a').parse().unwrap();
        spread[number % stories].insert(received.partition);
    });
    spread.await.unwrap().iter().map(HashSet::len).collect()
}

/// Two processes that start together and share out the receivers: those at one address stay together.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_keep_the_pace_of_an_address_that_two_receivers_share() {
    const PACE: Duration = Duration::from_millis(300);
    let Some(backend) = TestKafka::new() else { return };
    let log = backend.open().await;
    let receiver = Scripted::new(Ids::Ignores, 1, |_| Answer::Taken);
    let seen = receiver.seen.clone();
    let receiver: Arc<dyn Receiver> = Arc::new(receiver);
    let mut rules = all_to("first").as_ref().clone();
    rules.routes[0].go_on = true;
    rules.routes.push(Route::to("second"));
    let process = async || {
        let names = ["second", "first"].map(str::to_owned);
        let address = Address::of(names.clone(), PACE);
        let outlet = |name: String| {
            let (receiver, address) = (receiver.clone(), address.clone());
            Outlet { name, receiver, address }
        };
        Process::start(&backend, &names.map(outlet), &rules).await
    };
    let posts = || seen.lock().unwrap().posts.clone();
    let posted = async |count: usize| {
        let begun = std::time::Instant::now();
        while posts().len() < count {
            assert!(begun.elapsed() < PATIENCE, "{} of {count} posts", posts().len());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let (one, other) = tokio::join!(process(), process());
    let now = Utc::now();
    let moves: Vec<_> = (0..6).map(|number| a_move(&format!("m{number}"), now)).collect();
    publish(&log, &moves).await;
    posted(5).await;
    one.end().await;
    posted(12).await;
    other.end().await;
    log.close(Duration::from_secs(10)).await.unwrap();
    let mut posts = posts();
    posts.sort();
    let gaps = posts.windows(2).map(|pair| (pair[1] - pair[0]).num_milliseconds());
    let least = gaps.min().unwrap();
    assert!(least >= 300, "two posts within {least} ms");
}
