//! The real program, twice, on a real Kafka: one dies, the other one takes over whole receivers.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use chrono::{TimeDelta, Utc};
use talentwire::log::kafka::{Kafka, Settings};
use talentwire::log::{Log, Record, Topic};

use super::fixtures::{a_move, publish};
use super::limits::an_article;
use super::sink::{Got, Say, Sink};
use crate::kafka::TestKafka;
use crate::log_contract::Backend;
use crate::ops::wait_for;

/// One process of the stage; killed when this is dropped.
struct Process(Child);

impl Process {
    fn start(config: &Path) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_talentwire"))
            .args(["run", "--stage", "notify", "-c"])
            .arg(config)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self(child)
    }

    fn ends_when_asked(mut self) {
        let id = self.0.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        assert!(self.0.wait().unwrap().success());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Two receivers at one address, which are told apart by what they post, and a keyword alert.
fn configuration(folder: &Path, kafka: &Settings, instance: &str, address: &str) -> PathBuf {
    let path = folder.join(format!("{instance}.toml"));
    let receiver = |name: &str, kind: &str| {
        format!(
            "[[receiver]]\nname = {name:?}\ntype = {kind:?}\nurl = {address:?}\n\
             allow_private_networks = true\n[[route]]\nreceiver = {name:?}\ncontinue = true\n"
        )
    };
    let text = format!(
        "[log]\nbackend = \"kafka\"\n[log.kafka]\nbrokers = {:?}\ntopic_prefix = {:?}\n\
         instance = {instance:?}\n[log.kafka.options]\n\"session.timeout.ms\" = 3000\n\
         \"heartbeat.interval.ms\" = 500\n[http]\nenabled = false\n{}{}\
         [[route]]\nreceiver = \"slack\"\non = \"mention\"\nmatch = {{ keyword = [\"resigns\"] }}\n",
        kafka.brokers,
        kafka.topic_prefix,
        receiver("slack", "slack"),
        receiver("hook", "webhook"),
    );
    std::fs::write(&path, text).unwrap();
    path
}

fn is_hook(got: &Got) -> bool {
    got.body.get("type").is_some()
}

/// How often the Slack receiver, or the webhook, told of something.
fn times(sink: &Sink, hook: bool, what: &str) -> usize {
    let told = |got: &&Got| is_hook(got) == hook && got.text().contains(what);
    sink.got().iter().filter(told).count()
}

/// Messages to one of the two that tell something again.
fn repeated(got: &[Got], hook: bool, what: &[String]) -> usize {
    let mut told = HashSet::new();
    let repeats = |got: &&Got| {
        let text = got.text();
        let news: Vec<&String> = what.iter().filter(|it| text.contains(it.as_str())).collect();
        let again = news.iter().any(|it| told.contains(*it));
        told.extend(news);
        again
    };
    got.iter().filter(|got| is_hook(got) == hook).filter(repeats).count()
}

async fn tell(log: &Kafka, moves: std::ops::Range<usize>, story: usize, copies: &[&str]) {
    let now = Utc::now();
    let moves: Vec<_> = moves.map(|number| a_move(&format!("m{number}x"), now)).collect();
    publish(log, &moves).await;
    let record = |(copy, words): (usize, &&str)| {
        let title = format!("Worker{story} of Team{story} resigns over Matter{story} {words}");
        let tagged = an_article(10 * story + copy, title.trim(), now);
        let value = Some(serde_json::to_vec(&tagged).unwrap());
        let key = tagged.article.id;
        (Topic::Tagged, Record { key, value, headers: vec![], partition_by: None })
    };
    log.publish(copies.iter().enumerate().map(record).collect()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_daemons_one_dies_and_the_other_tells_the_rest_once_at_the_same_pace() {
    let Some(backend) = TestKafka::new() else { return };
    let log = backend.open().await;
    let sink = Sink::start(|got| if is_hook(got) { Say::words(200, "") } else { Say::ok() });
    let folder = tempfile::tempdir().unwrap();
    let config = |instance: &str| {
        configuration(folder.path(), &backend.settings, instance, &sink.url("/both"))
    };
    let (one, other) = (config("one"), config("other"));

    let first = Process::start(&one);
    tell(&log, 0..4, 1, &["", "report"]).await;
    wait_for("three posts", || (sink.got().len() >= 3).then_some(()));
    let second = Process::start(&other);
    // In the middle of its work, with a killer's signal.
    drop(first);
    tell(&log, 4..6, 1, &["today"]).await;
    let all = |moves: usize, stories: usize| {
        let both = |what: &str| times(&sink, true, what) >= 1 && times(&sink, false, what) >= 1;
        (0..moves).all(|number| both(&format!("m{number}x")))
            && (1..=stories).all(|story| times(&sink, false, &format!("Worker{story} ")) >= 1)
    };
    wait_for("what the dead one left", || all(6, 1).then_some(()));
    // A third one comes, and the second one goes in order.
    let third = Process::start(&one);
    tell(&log, 6..8, 2, &["", "report"]).await;
    second.ends_when_asked();
    tell(&log, 8..9, 2, &["today"]).await;
    wait_for("what the one that left did not tell", || all(9, 2).then_some(()));
    third.ends_when_asked();
    log.close(std::time::Duration::from_secs(10)).await.unwrap();

    let got = sink.got();
    let mut ids: Vec<&str> =
        got.iter().filter(|it| is_hook(it)).map(|it| it.header("webhook-id")).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 9, "each move under one id: {ids:?}");
    let what: Vec<String> = (0..9)
        .map(|it| format!("m{it}x"))
        .chain((1..=2).map(|it| format!("Worker{it} ")))
        .collect();
    let repeated = [true, false].map(|hook| repeated(&got, hook, &what)).iter().sum::<usize>();
    assert!(repeated <= 1, "one post at most was under way at the kill: {repeated} repeated");
    let gaps = got.windows(2).map(|pair| pair[1].at - pair[0].at);
    let least = gaps.min().unwrap();
    assert!(least >= TimeDelta::seconds(1), "two posts within {least}");
    println!("{} posts, {repeated} repeated, at least {least} apart", got.len());
}
