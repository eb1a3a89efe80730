//! The canary's alert: to the receiver that was chosen, and to nobody else.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use talentwire::log::{Record, Topic};
use talentwire::model::Move;
use talentwire::model::moves::Attention;
use talentwire::notify::outbox::Rules;
use talentwire::notify::route::Route;
use talentwire::stage::notify::Clock;

use super::bench::Bench;
use super::fixtures::{a_move, all_to};
use super::kills::Daemon;
use super::simulated::SimClock;
use super::sink::{Got, Say, Sink};
use crate::ops::{free_address, get, wait_for};

/// What track makes of a canary article that was seen at `at`.
fn canary(at: DateTime<Utc>) -> Move {
    Move { attention: Attention::Silent, ..a_move("canary", at) }
}

/// Rules by which every move goes to `slack` and canaries to `ops`.
fn rules() -> Rules {
    Rules { canary: Some("ops".to_owned()), ..all_to("slack").as_ref().clone() }
}

fn bench(answer: impl FnMut(&Got) -> Say + Send + 'static) -> (Bench, Sink, Sink) {
    let mut bench = Bench::new(&rules());
    let (slack, ops) = (bench.sink(|_| Say::ok()), bench.sink(answer));
    bench.slack("slack", &slack);
    bench.slack("ops", &ops);
    (bench, slack, ops)
}

#[tokio::test]
async fn only_the_chosen_receiver_is_told_and_it_is_plain_that_nobody_moved() {
    let (mut bench, slack, ops) = bench(|_| Say::ok());
    // Neither quiet hours nor a route is asked.
    bench.rules.routes.push(Route::to("ops"));
    bench.publish(&[canary(bench.now())]);
    bench.run_dry("ops").await;
    bench.run_dry("slack").await;
    assert_eq!((slack.got().len(), ops.got().len()), (0, 1));
    let text = ops.got()[0].body["text"].as_str().unwrap().to_owned();
    assert!(text.starts_with("Canary: talentwire works."), "{text}");
    assert!(text.ends_with("nobody moved."), "{text}");
    assert!(!text.contains("Lindqvist"), "{text}");
}

#[tokio::test]
async fn each_canary_is_told_once_also_over_a_restart() {
    let (bench, _, ops) = bench(|_| Say::ok());
    for _ in 0..3 {
        bench.publish(&[canary(bench.now())]);
        bench.run_dry("ops").await;
        bench.run_dry("ops").await;
        bench.clock.advance(std::time::Duration::from_secs(60));
    }
    assert_eq!(ops.got().len(), 3);
}

#[tokio::test]
async fn a_canary_of_an_hour_ago_says_nothing_about_now() {
    let (bench, _, ops) = bench(|_| Say::ok());
    bench.publish(&[canary(bench.now() - TimeDelta::hours(1))]);
    bench.run_dry("ops").await;
    assert_eq!(ops.got().len(), 0);
}

#[tokio::test]
async fn of_many_that_waited_only_the_newest_is_told() {
    let start = SimClock::new().now();
    let back = start + TimeDelta::minutes(10);
    let (bench, _, ops) =
        bench(move |got| if got.at < back { Say::words(503, "") } else { Say::ok() });
    for minute in 0..10 {
        let at = start + TimeDelta::minutes(minute);
        let value = Some(serde_json::to_vec(&canary(at)).unwrap());
        let key = "canary".to_owned();
        let record = Record { key, value, headers: vec![], partition_by: None };
        bench.log.schedule(at, Topic::Moves, record);
    }
    bench
        .run(|inner, _| inner.still_coming() == 0 && inner.lag("notify.ops", Topic::Moves) == 0)
        .await;
    assert_eq!(ops.got().iter().filter(|got| got.at >= back).count(), 1);
}

#[tokio::test]
async fn a_canary_that_is_refused_leaves_no_dead_letter_and_touches_no_latency() {
    let (bench, _, ops) = bench(|_| Say::words(400, "invalid_payload"));
    bench.publish(&[canary(bench.now())]);
    bench.run_dry("ops").await;
    assert_eq!(ops.got().len(), 2, "as a card and as plain text");
    assert_eq!(bench.dead_letters(), [""; 0]);
    assert_eq!(bench.metrics.dead_letters_total.with_label_values(&["notify"]).get(), 0);

    let (bench, _, _) = super::canary::bench(|_| Say::ok());
    bench.publish(&[canary(bench.now())]);
    bench.run_dry("ops").await;
    assert_eq!(bench.metrics.first_seen_to_post_seconds.get_sample_count(), 0);
    assert_eq!(bench.metrics.publish_to_post_seconds.get_sample_count(), 0);
}

#[tokio::test]
async fn a_canary_overtakes_no_move_and_holds_back_none() {
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let log = seen.clone();
    let mut bench =
        Bench::new(&Rules { canary: Some("slack".to_owned()), ..all_to("slack").as_ref().clone() });
    let sink = bench.sink(move |got| {
        log.lock().unwrap().push(got.body["text"].as_str().unwrap().to_owned());
        Say::ok()
    });
    bench.slack("slack", &sink);
    bench.publish(&[a_move("m1", bench.now()), canary(bench.now()), a_move("m2", bench.now())]);
    bench.run_dry("slack").await;
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 3, "{seen:?}");
    assert!(seen[0].contains("m1") && seen[1].starts_with("Canary") && seen[2].contains("m2"));
}

/// The real program: from the synthetic article to the receiver's answer.
#[test]
fn the_program_sends_its_canary_through_every_stage_to_the_chosen_receiver_only() {
    let (slack, hook) = (Sink::start(|_| Say::ok()), Sink::start(|_| Say::words(204, "")));
    let (folder, address) = (tempfile::tempdir().unwrap(), free_address());
    let config = folder.path().join("talentwire.toml");
    let text = format!(
        "[log]\npath = {:?}\n[http]\nlisten = {address:?}\n[poll]\nallow_private_networks = true\n\
         [canary]\ninterval = \"1s\"\nreceiver = \"hook\"\n\
         [[receiver]]\nname = \"slack\"\ntype = \"slack\"\nurl = \"{}\"\n\
         [[receiver]]\nname = \"hook\"\ntype = \"webhook\"\nurl = \"{}\"\n\
         [[route]]\nreceiver = \"slack\"\n[[route]]\nreceiver = \"hook\"\n",
        folder.path().join("log"),
        slack.url("/slack"),
        hook.url("/hook"),
    );
    std::fs::write(&config, text).unwrap();
    let daemon = Daemon::start(&config);
    wait_for("three canaries", || (hook.got().len() >= 3).then_some(()));
    let age = |page: &str| {
        let line = page.lines().find_map(|it| it.strip_prefix("talentwire_canary_age_seconds "));
        line.unwrap().parse::<f64>().unwrap()
    };
    let page = wait_for("metrics", || get(&address, "/metrics"));
    assert!(age(&page) < 60.0, "{}", age(&page));
    let told = |page: &str| page.lines().any(|line| line.starts_with("talentwire_moves_total{"));
    assert!(!told(&page), "a canary is no move");
    assert_eq!(get(&address, "/api/v1/moves").unwrap(), "[]");
    drop(daemon);
    assert_eq!(slack.got().len(), 0);
    let got = hook.got();
    assert!(got.iter().all(|got| got.body["type"] == "talentwire.canary"), "{got:?}");
    let ids: std::collections::HashSet<&str> =
        got.iter().map(|got| got.header("webhook-id")).collect();
    assert_eq!(ids.len(), got.len(), "each has an id of its own");
}
