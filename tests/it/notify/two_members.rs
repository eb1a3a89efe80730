//! Two processes in one group.

use std::sync::Arc;
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use talentwire::log::kafka::Kafka;
use talentwire::log::{Log, Record, Topic};
use talentwire::metrics::Metrics;
use talentwire::model::delivery::{Errand, inbox_key};
use talentwire::notify::outbox::Rules;
use talentwire::notify::receiver::Ids;
use talentwire::stage::notify::{Clock, Outlet, SystemClock, run};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::bench::Bench;
use super::fixtures::{all_to, elsewhere, paced};
use super::limits::{an_article, mentions_to};
use super::scripted::{Answer, Scripted};
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
    async fn start(backend: &TestKafka, outlet: &Outlet, rules: &Rules) -> Self {
        let (log, stop) = (backend.open().await, CancellationToken::new());
        let (metrics, rules) = (Metrics::new().unwrap(), Arc::new(rules.clone()));
        let running = run(log.clone(), outlet.clone(), rules, metrics, SystemClock, stop.clone());
        let mut tasks = JoinSet::new();
        tasks.spawn(async { running.await.unwrap() });
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

/// Partitions go back and forth while much waits: what waits from those that stay is not lost, and
/// what goes is not told by both.
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
    let arrived = || seen.lock().unwrap().arrived.len();
    let until = async |count: usize| {
        let begun = std::time::Instant::now();
        while arrived() < count {
            assert!(begun.elapsed() < PATIENCE, "{} of {count} alerts arrived", arrived());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };

    let first = Process::start(&backend, &outlet, &rules).await;
    let now = Utc::now();
    let record = |number| {
        let tagged = an_article(number, &headline(number), now);
        let value = Some(serde_json::to_vec(&tagged).unwrap());
        let key = tagged.article.id;
        (Topic::Tagged, Record { key, value, headers: vec![], partition_by: None })
    };
    log.publish((0..COUNT).map(record).collect()).await.unwrap();
    until(20).await;
    // Its pace is that of its own process.
    let other = || elsewhere(&outlet, Duration::ZERO);
    let second = Process::start(&backend, &other(), &rules).await;
    until(150).await;
    // What it held comes back to the first one, which has much waiting of its own.
    second.end().await;
    until(250).await;
    let third = Process::start(&backend, &other(), &rules).await;
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
