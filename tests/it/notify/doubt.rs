//! What an operator is told of posts that nobody knows the end of: neither too little nor too much.

use serde_json::json;
use talentwire::model::Secret;
use talentwire::notify::build::Target;

use super::bench::Bench;
use super::fixtures::{a_move, all_to};
use super::receivers::settings;
use super::sink::{Got, Say, Sink};

type Kind = fn(&Sink) -> Target;

fn plain_slack(sink: &Sink) -> Target {
    Target::SlackWebhook { url: Secret::new(&sink.url("/slack")) }
}

fn webhook(sink: &Sink) -> Target {
    Target::Webhook { url: Secret::new(&sink.url("/hook")), secrets: Vec::new() }
}

fn slack_bot(sink: &Sink) -> Target {
    let (token, api) = (Secret::new("xoxb-hush"), Some(Secret::new(&sink.url("/api/"))));
    Target::SlackBot { token, channel: "C042".to_owned(), api }
}

/// What each kind calls a success; the bot finds nothing of ours in its channel.
fn taken(got: &Got) -> Say {
    match got.path.as_str() {
        "/slack" => Say::ok(),
        "/hook" => Say::words(204, ""),
        _ => Say::json(&json!({"ok": true, "channel": "C042", "ts": "1.2", "messages": []})),
    }
}

/// Messages in doubt, and messages that were perhaps seen twice, as the metrics say.
fn seen(bench: &Bench) -> (u64, u64) {
    let (metrics, name) = (&bench.metrics, ["target"]);
    let doubtful = metrics.deliveries_in_doubt_total.with_label_values(&name).get();
    (doubtful, metrics.deliveries_possible_duplicate_total.with_label_values(&name).get())
}

/// One move whose first two posts end as `bad` says.
async fn after(kind: Kind, bad: fn() -> Say) -> (u64, u64) {
    let mut bench = Bench::new(&all_to("target"));
    let mut left = 2;
    let sink = bench.sink(move |got| {
        let is_post = !got.path.contains("conversations.");
        if is_post && left > 0 {
            left -= 1;
            return bad();
        }
        taken(got)
    });
    bench.receiver(&settings("target", kind(&sink)));
    bench.publish(&[a_move("m1", bench.now())]);
    bench.run_dry("target").await;
    assert_eq!(bench.dead_letters(), [""; 0]);
    seen(&bench)
}

#[tokio::test]
async fn a_server_error_is_a_doubt_only_where_the_receiver_knows_no_ids() {
    let broken = || Say::words(503, "");
    assert_eq!(after(plain_slack, broken).await, (2, 2));
    assert_eq!(after(webhook, broken).await, (0, 0), "the same id is sent again");
    assert_eq!(after(slack_bot, broken).await, (0, 0), "the channel is asked first");
}

#[tokio::test]
async fn a_lost_answer_is_a_doubt_for_everybody_and_a_duplicate_only_without_ids() {
    for lost in [(|| Say::Hang) as fn() -> Say, || Say::BreakOff] {
        assert_eq!(after(plain_slack, lost).await, (2, 2));
        assert_eq!(after(webhook, lost).await, (2, 0));
        assert_eq!(after(slack_bot, lost).await, (2, 0));
    }
}

#[tokio::test]
async fn what_certainly_did_not_arrive_is_no_doubt() {
    let refusals: [fn() -> Say; 4] = [
        || Say::header(429, "retry-after", "3"),
        || Say::header(302, "location", "https://login.example/"),
        || Say::words(401, ""),
        || Say::words(408, ""),
    ];
    for refusal in refusals {
        assert_eq!(after(plain_slack, refusal).await, (0, 0));
    }
}

/// A restart does not make a doubt of what was refused before it.
#[tokio::test]
async fn a_refusal_before_a_restart_is_no_doubt_after_it() {
    for refusal in [(|| Say::words(404, "no_service")) as fn() -> Say, || {
        Say::header(429, "retry-after", "1800")
    }] {
        let mut bench = Bench::new(&all_to("target"));
        let sink = bench.sink(move |_| refusal());
        bench.receiver(&settings("target", plain_slack(&sink)));
        bench.publish(&[a_move("m1", bench.now())]);
        let end = bench.now() + chrono::TimeDelta::minutes(1);
        bench.run(move |_, now| now >= end).await;
        assert_eq!(sink.got().len(), 1);
        let mended = bench.sink(taken);
        bench.outlets.clear();
        bench.receiver(&settings("target", plain_slack(&mended)));
        bench.run_dry("target").await;
        assert_eq!(mended.got().len(), 1);
        assert_eq!(seen(&bench), (0, 0));
    }
}

/// However often talentwire is started anew, three days after its first attempt a message is over.
#[tokio::test]
async fn restarts_do_not_prolong_the_patience() {
    let mut bench = Bench::new(&all_to("target"));
    let sink = bench.sink(|_| Say::header(429, "retry-after", "3600"));
    bench.publish(&[a_move("m1", bench.now())]);
    bench.log.tick(std::time::Duration::from_secs(60));
    for day in 1..=4 {
        bench.outlets.clear();
        bench.receiver(&settings("target", plain_slack(&sink)));
        let end = bench.now() + chrono::TimeDelta::hours(23);
        bench.run(move |_, now| now >= end).await;
        let given_up = bench.dead_letters().len();
        assert_eq!(given_up, usize::from(day == 4), "after {} hours", 23 * day);
    }
}
