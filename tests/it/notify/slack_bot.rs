//! Slack by bot token, against a channel that behaves like Slack's: edits, threads, metadata.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use serde_json::{Value, json};
use talentwire::model::{ChangeKind, Move, Secret};
use talentwire::notify::build::Target;

use super::bench::Bench;
use super::fixtures::{a_move, all_to, changed};
use super::receivers::settings;
use super::sink::{Got, Say, Sink};

/// The messages of one channel, as Slack keeps them.
#[derive(Clone, Default)]
struct Channel(Arc<Mutex<Vec<Value>>>);

impl Channel {
    fn messages(&self) -> Vec<Value> {
        self.0.lock().unwrap().clone()
    }

    /// What Slack does and answers.
    fn take(&self, got: &Got) -> Say {
        let mut messages = self.0.lock().unwrap();
        let (method, _) = got.path.split_once('?').unwrap_or((&got.path, ""));
        match method {
            "/api/chat.postMessage" => {
                let mut message = got.body.clone();
                let ts = format!("{}.000100", 1_700_000_000 + messages.len());
                message["ts"] = json!(ts);
                messages.push(message);
                Say::json(&json!({"ok": true, "channel": "C042", "ts": ts}))
            }
            "/api/chat.update" => {
                let ts = got.body["ts"].clone();
                match messages.iter_mut().find(|message| message["ts"] == ts) {
                    Some(message) => {
                        message["edited"] = got.body["text"].clone();
                        Say::json(&json!({"ok": true}))
                    }
                    None => Say::json(&json!({"ok": false, "error": "message_not_found"})),
                }
            }
            "/api/conversations.history" | "/api/conversations.replies" => {
                assert!(got.path.contains("include_all_metadata=true"), "{}", got.path);
                let in_thread = method.ends_with("replies");
                let listed: Vec<&Value> = messages
                    .iter()
                    .filter(|it| it.get("thread_ts").is_some() == in_thread)
                    .collect();
                Say::json(&json!({"ok": true, "messages": listed}))
            }
            other => panic!("Slack has no {other}"),
        }
    }
}

fn bot(bench: &mut Bench, sink: &Sink) {
    let target = Target::SlackBot {
        token: Secret::new("xoxb-hush"),
        channel: "C042".to_owned(),
        api: Some(Secret::new(&sink.url("/api/"))),
    };
    bench.receiver(&settings("bot", target));
}

/// A bench whose Slack does as it should, but for what `first` says to each call.
fn bench(
    mut first: impl FnMut(&Got, &Channel) -> Option<Say> + Send + 'static,
) -> (Bench, Sink, Channel) {
    let mut bench = Bench::new(&all_to("bot"));
    let channel = Channel::default();
    let slack = channel.clone();
    let sink = bench.sink(move |got| first(got, &slack).unwrap_or_else(|| slack.take(got)));
    bot(&mut bench, &sink);
    (bench, sink, channel)
}

fn confirmed(bench: &Bench, mv: &Move) -> Move {
    changed(mv, ChangeKind::Confirmed, bench.now())
}

fn methods(sink: &Sink) -> Vec<String> {
    let name = |got: &Got| {
        let path = got.path.split('?').next().unwrap();
        path.rsplit('/').next().unwrap().to_owned()
    };
    sink.got().iter().map(name).collect()
}

#[tokio::test]
async fn an_update_edits_the_first_message_and_answers_in_its_thread() {
    let (bench, sink, channel) = bench(|_, _| None);
    let first = a_move("m1", bench.now());
    bench.publish(std::slice::from_ref(&first));
    bench.run_dry("bot").await;
    bench.publish(&[confirmed(&bench, &first)]);
    bench.run_dry("bot").await;
    assert_eq!(methods(&sink), ["chat.postMessage", "chat.update", "chat.postMessage"]);
    let messages = channel.messages();
    assert_eq!(messages.len(), 2);
    assert_eq!(messages[0]["channel"], "C042");
    assert_eq!(messages[0]["metadata"]["event_payload"]["ids"], json!(["m1-1"]));
    assert!(messages[0]["edited"].as_str().unwrap().contains("confirmed"));
    assert_eq!(messages[1]["thread_ts"], messages[0]["ts"]);
    assert_eq!(messages[1]["metadata"]["event_payload"]["ids"], json!(["m1-2"]));
    assert!(sink.got().iter().all(|got| got.header("authorization") == "Bearer xoxb-hush"));
}

#[tokio::test]
async fn a_post_whose_answer_was_lost_is_found_by_its_metadata_and_not_repeated() {
    let mut lost = false;
    let (bench, sink, channel) = bench(move |got, slack| {
        let lose = got.path.ends_with("postMessage") && !std::mem::replace(&mut lost, true);
        lose.then(|| {
            slack.take(got);
            Say::BreakOff
        })
    });
    let first = a_move("m1", bench.now());
    bench.publish(std::slice::from_ref(&first));
    bench.run_dry("bot").await;
    assert_eq!(methods(&sink), ["chat.postMessage", "conversations.history"]);
    assert_eq!(channel.messages().len(), 1);
    // Its timestamp was learnt on the way: the update finds it.
    bench.publish(&[confirmed(&bench, &first)]);
    bench.run_dry("bot").await;
    assert_eq!(channel.messages()[1]["thread_ts"], channel.messages()[0]["ts"]);
}

#[tokio::test]
async fn a_reply_whose_answer_was_lost_is_found_in_its_thread() {
    let (bench, sink, channel) = bench(|got, slack| {
        let reply = got.body.get("thread_ts").is_some();
        let replies = slack.messages().iter().any(|it| it.get("thread_ts").is_some());
        (reply && !replies).then(|| {
            slack.take(got);
            Say::BreakOff
        })
    });
    let first = a_move("m1", bench.now());
    bench.publish(std::slice::from_ref(&first));
    bench.run_dry("bot").await;
    bench.publish(&[confirmed(&bench, &first)]);
    bench.run_dry("bot").await;
    assert_eq!(methods(&sink).last().unwrap(), "conversations.replies");
    assert_eq!(channel.messages().len(), 2);
}

#[tokio::test]
async fn a_post_that_did_not_arrive_is_looked_for_and_then_repeated() {
    let mut first = true;
    let (bench, sink, channel) =
        bench(move |_, _| std::mem::take(&mut first).then_some(Say::BreakOff));
    bench.publish(&[a_move("m1", bench.now())]);
    bench.run_dry("bot").await;
    assert_eq!(methods(&sink), ["chat.postMessage", "conversations.history", "chat.postMessage"]);
    assert_eq!(channel.messages().len(), 1);
}

#[tokio::test]
async fn a_pause_is_kept_whether_the_status_or_the_body_asks_for_it() {
    type Refusal = fn() -> Say;
    let refusals: [Refusal; 3] = [
        || Say::header(429, "retry-after", "30"),
        || Say::json(&json!({"ok": false, "error": "ratelimited", "retry_after": 30})),
        || Say::words(429, r#"{"ok": false, "error": "rate_limited", "retry_after": 30}"#),
    ];
    for refusal in refusals {
        let mut first = true;
        let (bench, sink, channel) = bench(move |_, _| std::mem::take(&mut first).then(refusal));
        bench.publish(&[a_move("m1", bench.now())]);
        bench.run_dry("bot").await;
        let posts = sink.got();
        assert_eq!((posts.len(), channel.messages().len()), (2, 1));
        assert!(posts[1].at - posts[0].at >= TimeDelta::seconds(30));
    }
}

#[tokio::test]
async fn ok_false_is_no_success_whatever_the_status_says() {
    let mut words = vec!["internal_error", "fatal_error", "<!channel> hello"];
    let (bench, sink, channel) = bench(move |got, _| {
        let post = got.path.ends_with("postMessage");
        let word = post.then(|| words.pop()).flatten()?;
        Some(Say::json(&json!({"ok": false, "error": word})))
    });
    bench.publish(&[a_move("m1", bench.now())]);
    bench.run_dry("bot").await;
    let posts = methods(&sink).iter().filter(|it| *it == "chat.postMessage").count();
    assert_eq!((posts, channel.messages().len()), (4, 1));
}

#[tokio::test]
async fn a_token_that_was_revoked_disables_the_receiver() {
    let (bench, sink, _) =
        bench(|_, _| Some(Say::json(&json!({"ok": false, "error": "token_revoked"}))));
    bench.publish(&[a_move("m1", bench.now()), a_move("m2", bench.now())]);
    let metrics = bench.metrics.clone();
    bench.run(move |_, _| metrics.receiver_disabled.with_label_values(&["bot"]).get() == 1).await;
    assert_eq!(sink.got().len(), 1);
    assert_eq!(bench.dead_letters(), [""; 0]);
}

#[tokio::test]
async fn a_first_message_that_was_deleted_does_not_stop_the_update() {
    let (bench, sink, channel) = bench(|_, _| None);
    let first = a_move("m1", bench.now());
    bench.publish(std::slice::from_ref(&first));
    bench.run_dry("bot").await;
    channel.0.lock().unwrap()[0]["ts"] = json!("0");
    bench.publish(&[confirmed(&bench, &first)]);
    bench.run_dry("bot").await;
    assert_eq!(methods(&sink), ["chat.postMessage", "chat.update", "chat.postMessage"]);
    assert_eq!(channel.messages().len(), 2);
}
