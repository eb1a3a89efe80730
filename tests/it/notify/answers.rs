//! What a receiver answers, over real HTTP, and what follows from it.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use talentwire::log::{Log, Topic};
use talentwire::metrics::Metrics;
use talentwire::model::Secret;
use talentwire::notify::build::Target;
use talentwire::notify::route::Route;
use talentwire::stage::notify::{SystemClock, run};
use tokio_util::sync::CancellationToken;

use super::bench::Bench;
use super::fixtures::{a_move, all_to, paced, publish};
use super::receivers::{client, settings};
use super::sink::{Say, Sink};
use crate::support::TempLog;

/// The times of the posts that one bad answer and then good ones lead to.
async fn posts_after(bad: impl Fn() -> Say + Send + 'static) -> (Vec<DateTime<Utc>>, Bench) {
    let mut bench = Bench::new(&all_to("slack"));
    let mut first = true;
    let sink = bench.sink(move |_| if std::mem::take(&mut first) { bad() } else { Say::ok() });
    bench.slack("slack", &sink);
    bench.publish(&[a_move("m1", bench.now())]);
    bench.run_dry("slack").await;
    assert_eq!(bench.dead_letters(), [""; 0]);
    (sink.got().iter().map(|got| got.at).collect(), bench)
}

#[tokio::test]
async fn a_receiver_is_left_alone_for_as_long_as_it_asks_within_a_day() {
    let table = include_str!("../../data/notify/retry_after_http.txt");
    let mut cases = 0;
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (value, want) = line.split_once(" -> ").expect(line);
        let (least, most) = want.split_once("..").expect(line);
        let seconds = |text: &str| TimeDelta::seconds(text.trim().parse().expect(line));
        let value = value.to_owned();
        let answer = move || Say::header(429, "retry-after", &value);
        let (posts, bench) = posts_after(answer).await;
        assert_eq!(posts.len(), 2, "{line}");
        let wait = posts[1] - posts[0];
        assert!(seconds(least) <= wait && wait <= seconds(most), "{line}: waited {wait}");
        assert_eq!(bench.metrics.retry_after_violations_total.get(), 0, "{line}");
        cases += 1;
    }
    assert!(cases >= 8, "only {cases} cases");
}

#[tokio::test]
async fn what_slack_calls_invalid_is_tried_once_as_plain_text_and_then_given_up() {
    let mut bench = Bench::new(&all_to("slack"));
    let sink = bench.sink(|got| match got.text().contains("m1") {
        true => Say::words(400, "invalid_payload"),
        false => Say::ok(),
    });
    bench.slack("slack", &sink);
    bench.publish(&[a_move("m1", bench.now()), a_move("m2", bench.now())]);
    bench.run_dry("slack").await;
    let posts = sink.got();
    let about = |id: &str| posts.iter().filter(|got| got.text().contains(id)).count();
    assert_eq!((about("m1"), about("m2")), (2, 1), "one card, one plain text, and the next move");
    let plain = posts.iter().filter(|got| got.text().contains("m1")).nth(1).unwrap();
    assert!(plain.body.get("blocks").is_none() && plain.body.get("attachments").is_none());
    assert_eq!(
        bench.dead_letters(),
        ["receiver does not accept the message: 400, invalid_payload"]
    );
}

#[tokio::test]
async fn a_card_that_slack_does_not_accept_arrives_as_plain_text() {
    let mut bench = Bench::new(&all_to("slack"));
    let sink = bench.sink(|got| match got.body.get("attachments") {
        Some(_) => Say::words(400, "invalid_blocks"),
        None => Say::ok(),
    });
    bench.slack("slack", &sink);
    bench.publish(&[a_move("m1", bench.now())]);
    bench.run_dry("slack").await;
    assert_eq!(sink.got().len(), 2);
    assert!(sink.got()[1].text().contains("OpenAI → Anthropic"));
    assert_eq!(bench.dead_letters(), [""; 0]);
}

#[tokio::test]
async fn a_success_without_the_word_ok_is_none() {
    let (posts, _) = posts_after(|| Say::words(200, "<html>Sign in to the proxy</html>")).await;
    assert_eq!(posts.len(), 2);
}

#[tokio::test]
async fn a_post_that_is_never_answered_or_breaks_off_is_repeated_and_counted_as_doubtful() {
    for bad in [(|| Say::Hang) as fn() -> Say, || Say::BreakOff] {
        let (posts, bench) = posts_after(bad).await;
        assert_eq!(posts.len(), 2);
        let doubtful = &bench.metrics.deliveries_possible_duplicate_total;
        assert_eq!(doubtful.with_label_values(&["slack"]).get(), 1);
    }
}

#[tokio::test]
async fn a_receiver_that_is_gone_is_left_alone_keeps_its_queue_and_another_one_is_told() {
    for (status, body) in [
        (403, "action_prohibited"),
        (404, "channel_not_found"),
        (410, "channel_is_archived"),
        (200, "no_service"),
        (404, "no_service"),
    ] {
        let mut rules = all_to("slack").as_ref().clone();
        rules.ops = vec!["slack".to_owned(), "ops".to_owned()];
        let mut bench = Bench::new(&rules);
        let gone = bench.sink(move |_| Say::words(status, body));
        let ops = bench.sink(|_| Say::ok());
        bench.slack("slack", &gone);
        bench.slack("ops", &ops);
        bench.publish(&[a_move("m1", bench.now()), a_move("m2", bench.now())]);
        let told = ops.clone();
        bench.run(move |_, _| !told.got().is_empty()).await;
        assert_eq!(gone.got().len(), 1, "{status} {body}: it is not tried again");
        let notice = ops.got()[0].text();
        for words in ["“slack”", "disabled", "2 alerts wait"] {
            assert!(notice.contains(words), "{notice}");
        }
        assert_eq!(bench.metrics.receiver_disabled.with_label_values(&["slack"]).get(), 1);
        assert_eq!(bench.dead_letters(), [""; 0]);

        // Mended and started anew: what waited is delivered, and the notice is not repeated.
        let mended = bench.sink(|_| Say::ok());
        bench.outlets.clear();
        bench.slack("slack", &mended);
        bench.slack("ops", &ops);
        bench.run_dry("slack").await;
        assert_eq!(mended.got().len(), 2, "{status} {body}");
        assert_eq!(ops.got().len(), 1, "{status} {body}");
        assert_eq!(bench.metrics.receiver_disabled.with_label_values(&["slack"]).get(), 0);
    }
}

#[tokio::test]
async fn a_redirect_is_no_success_and_is_not_followed() {
    let mut bench = Bench::new(&all_to("hook"));
    let elsewhere = bench.sink(|_| Say::ok());
    let target = elsewhere.url("/inner");
    let mut first = true;
    let sink = bench.sink(move |_| match std::mem::take(&mut first) {
        true => Say::header(307, "location", &target),
        false => Say::words(204, ""),
    });
    let url = Secret::new(&sink.url("/hook"));
    bench.receiver(&settings("hook", Target::Webhook { url, secrets: Vec::new() }));
    bench.publish(&[a_move("m1", bench.now())]);
    bench.run_dry("hook").await;
    assert_eq!((sink.got().len(), elsewhere.got().len()), (2, 0));
}

#[tokio::test]
async fn every_kind_of_receiver_is_told_again_under_the_same_id_after_a_server_error() {
    let sink_of = |bench: &Bench| {
        let mut answers = vec![500, 502, 503];
        bench.sink(move |_| answers.pop().map_or_else(Say::ok, |status| Say::words(status, "")))
    };
    let url = |sink: &Sink| Secret::new(&sink.url("/topic"));
    type Kind = fn(Secret) -> Target;
    let kinds: [Kind; 5] = [
        |url| Target::SlackWebhook { url },
        |url| Target::Webhook { url, secrets: Vec::new() },
        |url| Target::Discord { url },
        |url| Target::Teams { url },
        |url| Target::Ntfy { url, token: None },
    ];
    for kind in kinds {
        let mut bench = Bench::new(&all_to("target"));
        let sink = sink_of(&bench);
        bench.receiver(&settings("target", kind(url(&sink))));
        bench.publish(&[a_move("m1", bench.now())]);
        bench.run_dry("target").await;
        let posts = sink.got();
        assert_eq!(posts.len(), 4);
        assert!(posts.iter().all(|got| got.text().contains("Marta Lindqvist")));
        assert!(posts.iter().all(|got| got.header("webhook-id") == posts[0].header("webhook-id")));
    }
}

/// In real time: a post that hangs holds its own receiver only.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_never_answers_delays_no_other_one() {
    let (hanging, quick) = (Sink::start(|_| Say::Hang), Sink::start(|_| Say::ok()));
    let folder = TempLog::new();
    let log = folder.open().await;
    let mut rules = all_to("hanging").as_ref().clone();
    rules.routes[0].go_on = true;
    rules.routes.push(Route::to("quick"));
    let (rules, stop) = (Arc::new(rules), CancellationToken::new());
    let metrics = Metrics::new().unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for (name, sink) in [("hanging", &hanging), ("quick", &quick)] {
        let url = Secret::new(&sink.url("/hook"));
        let receiver = settings(name, Target::Webhook { url, secrets: Vec::new() });
        let outlet = paced(name, receiver.build(&client()).unwrap(), Duration::ZERO);
        tasks.spawn(run(
            log.clone(),
            outlet,
            rules.clone(),
            metrics.clone(),
            SystemClock,
            stop.clone(),
        ));
    }
    while hanging.got().is_empty() {
        let now = Utc::now();
        publish(&log, &[a_move(&format!("m{}", now.timestamp_micros()), now)]).await;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // From here on the first one hangs; the other one goes on.
    let before = quick.got().len();
    for number in 0..20 {
        publish(&log, &[a_move(&format!("n{number}"), Utc::now())]).await;
    }
    while quick.got().len() < before + 20 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let failed = metrics.deliveries_total.with_label_values(&["quick", "timeout"]).get();
    assert_eq!(failed, 0);
    assert_eq!(metrics.deliveries_total.with_label_values(&["hanging", "delivered"]).get(), 0);
    stop.cancel();
    while let Some(ended) = tasks.join_next().await {
        ended.unwrap().unwrap();
    }
    log.close(Duration::from_secs(5)).await.unwrap();
}

/// Two receivers at one address: what one is asked, the other one heeds.
#[tokio::test]
async fn a_pause_that_an_address_asks_for_holds_for_every_receiver_there() {
    let mut rules = all_to("first").as_ref().clone();
    rules.routes[0].go_on = true;
    rules.routes.push(Route::to("second"));
    let mut bench = Bench::new(&rules);
    let mut first = true;
    let sink = bench.sink(move |_| match std::mem::take(&mut first) {
        true => Say::header(429, "retry-after", "600"),
        false => Say::ok(),
    });
    bench.slack("first", &sink);
    bench.slack("second", &sink);
    bench.at_one_address();
    bench.publish(&[a_move("m1", bench.now())]);
    bench
        .run(|inner, _| {
            ["notify.first", "notify.second"].iter().all(|it| inner.lag(it, Topic::Moves) == 0)
        })
        .await;
    let posts = sink.got();
    assert_eq!(posts.len(), 3);
    let early = |at: DateTime<Utc>| at - posts[0].at < TimeDelta::seconds(600);
    assert!(!posts[1..].iter().any(|got| early(got.at)), "{posts:?}");
}
