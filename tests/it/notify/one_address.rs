//! Several receivers behind one address: never more than a post a second, whoever posts.

use std::sync::atomic::Ordering;

use chrono::{DateTime, TimeDelta, Utc};
use talentwire::log::Topic;
use talentwire::model::Secret;
use talentwire::model::delivery::delivery_key;
use talentwire::notify::build::Target;
use talentwire::notify::outbox::Rules;
use talentwire::notify::route::Route;

use super::bench::Bench;
use super::fixtures::{a_move, all_to};
use super::limits::{an_article, mentions_to};
use super::receivers::settings;
use super::simulated::Inner;
use super::sink::{Got, Say, Sink};
use crate::ops::wait_for;
use crate::support::daemon::Daemon;
use crate::support::site::{Answer, Site, rss};

/// Rules that send every move to both.
fn to_both() -> Rules {
    let mut rules = all_to("first").as_ref().clone();
    rules.routes[0].go_on = true;
    rules.routes.push(Route::to("second"));
    rules
}

fn both_are_done(inner: &Inner, _: DateTime<Utc>) -> bool {
    ["notify.first", "notify.second"].iter().all(|it| inner.lag(it, Topic::Moves) == 0)
}

#[track_caller]
fn check_pace(got: &[Got], posts: usize) {
    assert_eq!(got.len(), posts);
    let gaps = got.windows(2).map(|pair| pair[1].at - pair[0].at);
    let least = gaps.min().unwrap();
    assert!(least >= TimeDelta::seconds(1), "two posts within {least}");
}

/// Two plain Slack webhooks that are one.
fn at_slack(bench: &mut Bench) -> Sink {
    let sink = bench.sink(|_| Say::ok());
    bench.slack("first", &sink);
    bench.slack("second", &sink);
    sink
}

#[tokio::test]
async fn two_receivers_of_one_process_share_the_pace() {
    let mut bench = Bench::new(&to_both());
    let sink = at_slack(&mut bench);
    bench.at_one_address();
    let at = bench.now();
    bench.publish(&["m1", "m2", "m3"].map(|id| a_move(id, at)));
    bench.run(both_are_done).await;
    check_pace(&sink.got(), 6);
}

/// Moves and keyword alerts of two receivers: four loops, and never two posts at once.
#[tokio::test]
async fn one_post_at_most_is_under_way_to_an_address() {
    let mut rules = to_both();
    for name in ["first", "second"] {
        let mut mentions = mentions_to(name).routes;
        mentions.iter_mut().for_each(|route| route.go_on = true);
        rules.routes.extend(mentions);
    }
    let mut bench = Bench::new(&rules);
    let sink = at_slack(&mut bench);
    bench.at_one_address();
    let at = bench.now();
    bench.publish(&["m1", "m2", "m3"].map(|id| a_move(id, at)));
    let titles = ["Chief scientist resigns", "A founder resigns in Paris"];
    let article = |number| an_article(number, titles[number], at);
    bench.publish_tagged(&[article(0), article(1)]);
    let posts = sink.clone();
    bench.run(move |_, _| posts.got().len() >= 10).await;
    check_pace(&sink.got(), 10);
    assert_eq!(bench.most_in_flight.load(Ordering::SeqCst), 1);
}

/// The second process is given nothing of the second receiver while the first one has the first.
#[tokio::test]
async fn two_receivers_are_never_with_two_processes() {
    let mut bench = Bench::new(&to_both());
    let sink = at_slack(&mut bench);
    bench.at_one_address();
    let first_process = std::mem::take(&mut bench.outlets);
    let second = bench.sink(|_| Say::ok());
    bench.slack("first", &second);
    bench.slack("second", &second);
    bench.at_one_address();
    // The receivers that come second ask for their partitions first.
    bench.outlets.reverse();
    let second_process = std::mem::take(&mut bench.outlets);
    bench.outlets = second_process.into_iter().chain(first_process).collect();
    let at = bench.now();
    bench.publish(&["m1", "m2", "m3"].map(|id| a_move(id, at)));
    bench.run(both_are_done).await;
    let (one, other) = (sink.got(), second.got());
    assert!(one.is_empty() || other.is_empty(), "{} and {} posts", one.len(), other.len());
    check_pace(&[one, other].concat(), 6);
}

/// Neither a restart nor another process knows when the last post was.
#[tokio::test]
async fn a_restart_does_not_shorten_the_pace() {
    let mut bench = Bench::new(&all_to("first"));
    let sink = at_slack(&mut bench);
    let at = bench.now();
    bench.publish(&["m1", "m2", "m3"].map(|id| a_move(id, at)));
    for posts in 1..=3 {
        bench.outlets.clear();
        bench.slack("first", &sink);
        let seen = sink.clone();
        bench.run(move |_, _| seen.got().len() >= posts).await;
    }
    check_pace(&sink.got(), 3);
}

/// What one receiver was asked before a restart holds for its neighbour after it.
#[tokio::test]
async fn a_pause_of_the_address_outlives_a_restart_for_all_receivers_there() {
    let mut bench = Bench::new(&to_both());
    let mut first = true;
    let sink = bench.sink(move |_| match std::mem::take(&mut first) {
        true => Say::header(429, "retry-after", "600"),
        false => Say::ok(),
    });
    // Only the second one was ever asked to wait.
    bench.slack("second", &sink);
    let at = bench.now();
    bench.publish(&[a_move("m1", at)]);
    let key = delivery_key("second", "");
    let said = move |inner: &Inner| {
        let states = inner.records(Topic::Deliveries).iter().filter(|it| it.key == key);
        states.count() > 1
    };
    bench.run(move |inner, _| said(inner)).await;
    bench.slack("first", &sink);
    bench.at_one_address();
    bench.run(both_are_done).await;
    let posts = sink.got();
    assert_eq!(posts.len(), 3);
    let early = posts[1..].iter().filter(|got| got.at - posts[0].at < TimeDelta::seconds(600));
    assert_eq!(early.count(), 0, "{posts:?}");
}

/// The real program: however the address is spelt, and whatever kind of receiver stands there.
#[test]
fn the_program_knows_an_address_again_that_is_spelt_in_another_way() {
    let slack = Sink::start(|_| Say::ok());
    let site = Site::start(|_, _| {
        let item =
            |n: u32, who: &str| (format!("g{n}"), format!("{who} leaves OpenAI for Anthropic"), 5);
        Answer::new(200, rss(&[item(1, "Marta Lindqvist"), item(2, "Jonas Falkberg")]))
    });
    let plain = slack.url("/slack");
    let receiver = |name: &str, url: &str| {
        format!(
            "[[receiver]]\nname = {name:?}\ntype = \"slack\"\nurl = {url:?}\n\
             [[route]]\nreceiver = {name:?}\ncontinue = true\n"
        )
    };
    let text = format!(
        "[poll]\nallow_private_networks = true\nfirst_poll = \"alert\"\nfull_text = false\n\
         [[feed]]\nurl = {:?}\n{}{}",
        site.url("/feed"),
        receiver("zeta", &plain),
        receiver("alpha", &format!("{}#alpha", plain.replace("http:", "HTTP:"))),
    );
    let _daemon = Daemon::start(&text);
    wait_for("every alert at both", || (slack.got().len() >= 4).then_some(()));
    check_pace(&slack.got(), 4);
}

#[test]
fn a_slack_channel_is_one_address_whichever_token_posts_there() {
    let bot = |token: &str, channel: &str| {
        let (token, channel) = (Secret::new(token), channel.to_owned());
        settings("bot", Target::SlackBot { token, channel, api: None }).place()
    };
    assert_eq!(bot("xoxb-1", "C042"), bot("xoxb-2", "C042"));
    assert_ne!(bot("xoxb-1", "C042"), bot("xoxb-1", "C043"));
    let hook = |url: &str| settings("hook", Target::SlackWebhook { url: Secret::new(url) }).place();
    assert_eq!(hook("https://Hooks.Example.com:443/a"), hook("https://hooks.example.com/a#b"));
    assert_ne!(hook("https://hooks.example.com/a"), hook("https://hooks.example.com/A"));
}
