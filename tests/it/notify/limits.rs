//! Mention routes, rate caps, quiet hours, silences and errands, through the whole stage.

use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveTime, TimeDelta, Utc};
use talentwire::log::{Record, Topic};
use talentwire::model::delivery::{Errand, inbox_key, silence_key};
use talentwire::model::{Arrival, ArticleRef, SCHEMA, Tagged, Tagging};
use talentwire::notify::cap::Cap;
use talentwire::notify::matcher::Matcher;
use talentwire::notify::outbox::Rules;
use talentwire::notify::quiet::Quiet;
use talentwire::notify::route::{On, Route, Silence};

use super::bench::Bench;
use super::fixtures::{a_move, all_to};
use super::sink::{Say, Sink};

/// An invented article that names OpenAI.
pub(crate) fn an_article(number: usize, title: &str, at: DateTime<Utc>) -> Tagged {
    let article = ArticleRef {
        id: format!("a{number}"),
        feed: "https://ledger.example/rss".to_owned(),
        outlet: "The Valley Ledger".to_owned(),
        url: Some(format!("https://ledger.example/{number}")),
        title: title.to_owned(),
        published: Some(at),
        lang: Some("en".to_owned()),
        first_seen: at,
        arrival: Arrival::Live,
    };
    let tagging = Tagging {
        id: article.id.clone(),
        lang: Some("en".to_owned()),
        companies: vec!["openai".to_owned()],
        keywords: vec!["resigns".to_owned()],
        claims: Vec::new(),
    };
    Tagged { schema: SCHEMA, article, summary: "Read more.".to_owned(), tagging }
}

/// Rules by which articles with the word go to `receiver`.
pub(crate) fn mentions_to(receiver: &str) -> Rules {
    let matcher = Matcher {
        company: vec!["openai".to_owned()],
        keyword: vec!["resign".to_owned()],
        ..Matcher::default()
    };
    let route = Route { on: On::Mention, matcher, ..Route::to(receiver) };
    Rules { routes: vec![route], ..all_to(receiver).as_ref().clone() }
}

fn texts(sink: &Sink) -> Vec<String> {
    sink.got().iter().map(|got| got.body["text"].as_str().unwrap().to_owned()).collect()
}

fn slack_bench(rules: &Rules) -> (Bench, Sink) {
    let mut bench = Bench::new(rules);
    let sink = bench.sink(|_| Say::ok());
    bench.slack("slack", &sink);
    (bench, sink)
}

async fn mentions_dry(bench: &Bench) {
    bench.run(|inner, _| inner.lag("notify.slack.mentions", Topic::Tagged) == 0).await;
}

#[tokio::test]
async fn a_keyword_alert_tells_each_story_once_and_nothing_else() {
    let (bench, sink) = slack_bench(&mentions_to("slack"));
    let now = bench.now();
    let mut copy = an_article(2, "Quite another headline that resigns itself", now);
    copy.article.url = Some("https://www.ledger.example/1/?utm_source=rss".to_owned());
    let unwanted = an_article(4, "OpenAI opens an office", now);
    let seed = {
        let mut seed = an_article(5, "Old hand resigns from OpenAI in silence", now);
        seed.article.arrival = Arrival::Seed;
        seed
    };
    let unwanted =
        Tagged { tagging: Tagging { keywords: Vec::new(), ..unwanted.tagging }, ..unwanted };
    bench.publish_tagged(&[
        an_article(1, "Chief scientist of OpenAI resigns after dispute", now),
        copy,
        an_article(3, "Chief scientist of OpenAI resigns, after dispute", now),
        unwanted,
        seed,
    ]);
    mentions_dry(&bench).await;
    mentions_dry(&bench).await;
    let texts = texts(&sink);
    assert_eq!(texts.len(), 1, "{texts:?}");
    assert!(texts[0].starts_with("Chief scientist of OpenAI resigns"), "{texts:?}");
}

#[tokio::test]
async fn a_story_is_news_again_after_two_days() {
    let (bench, sink) = slack_bench(&mentions_to("slack"));
    let title = "Chief scientist of OpenAI resigns after dispute";
    bench.publish_tagged(&[an_article(1, title, bench.now())]);
    mentions_dry(&bench).await;
    bench.clock.advance(Duration::from_secs(49 * 3600));
    bench.publish_tagged(&[an_article(2, title, bench.now())]);
    mentions_dry(&bench).await;
    assert_eq!(sink.got().len(), 2);
}

#[tokio::test]
async fn what_a_rate_cap_holds_back_comes_later_in_one_digest() {
    let mut rules = all_to("slack").as_ref().clone();
    rules.routes[0].cap = Some(Cap { count: 3, per: Duration::from_secs(3600) });
    let (bench, sink) = slack_bench(&rules);
    let start = bench.now();
    for number in 0..13 {
        let at = start + TimeDelta::seconds(30 * number);
        let mv = a_move(&format!("m{number}"), at);
        let value = Some(serde_json::to_vec(&mv).unwrap());
        let record = Record { key: mv.id, value, headers: vec![], partition_by: None };
        bench.log.schedule(at, Topic::Moves, record);
    }
    bench
        .run(|inner, _| inner.still_coming() == 0 && inner.lag("notify.slack", Topic::Moves) == 0)
        .await;
    let texts = texts(&sink);
    assert_eq!(texts.len(), 4, "{texts:?}");
    assert!(texts[3].starts_with("10 more alerts (rate cap)"), "{}", texts[3]);
    let digest = sink.got()[3].clone();
    assert!(digest.at - start >= TimeDelta::seconds(3600), "{}", digest.at);
    assert!((3..13).all(|number| digest.text().contains(&format!("m{number}:"))), "{digest:?}");
}

#[tokio::test]
async fn quiet_hours_hold_back_until_the_morning_and_tell_all_at_once() {
    let mut rules = all_to("slack").as_ref().clone();
    // The test begins at 21:00 in Seoul.
    rules.routes[0].quiet = Some(Quiet {
        from: NaiveTime::from_hms_opt(22, 0, 0).unwrap(),
        to: NaiveTime::from_hms_opt(7, 0, 0).unwrap(),
        offset: FixedOffset::east_opt(9 * 3600).unwrap(),
    });
    let (bench, sink) = slack_bench(&rules);
    bench.publish(&[a_move("m0", bench.now())]);
    bench.run_dry("slack").await;
    assert_eq!(sink.got().len(), 1, "before the quiet hours");
    bench.clock.advance(Duration::from_secs(2 * 3600));
    bench.publish(&[a_move("m1", bench.now()), a_move("m2", bench.now())]);
    bench.log.tick(Duration::from_secs(60));
    // A restart in the night wakes nobody.
    bench.run(|_, now| now >= "2026-11-23T18:00:00Z".parse::<DateTime<Utc>>().unwrap()).await;
    assert_eq!(sink.got().len(), 1);
    bench.run_dry("slack").await;
    let morning: DateTime<Utc> = "2026-11-23T22:00:00Z".parse().unwrap();
    let posts = sink.got();
    assert_eq!(posts.len(), 2, "{posts:?}");
    assert!(posts[1].at >= morning && posts[1].at < morning + TimeDelta::minutes(5));
    assert!(texts(&sink)[1].starts_with("2 alerts from the quiet hours"), "{:?}", texts(&sink));
}

#[tokio::test]
async fn a_silence_from_the_command_line_is_heard_while_running_and_ends_by_itself() {
    let (bench, sink) = slack_bench(&all_to("slack"));
    let silence = Silence {
        schema: SCHEMA,
        id: "s1".to_owned(),
        matcher: Matcher { company: vec!["anthropic".to_owned()], ..Matcher::default() },
        receiver: None,
        until: bench.now() + TimeDelta::hours(1),
        reason: String::new(),
    };
    let value = serde_json::to_vec(&silence).unwrap();
    bench.record(Topic::Deliveries, &silence_key("s1"), Some(value));
    bench.publish(&[a_move("m1", bench.now())]);
    bench.run_dry("slack").await;
    assert_eq!(sink.got().len(), 0);
    bench.clock.advance(Duration::from_secs(3601));
    bench.publish(&[a_move("m2", bench.now())]);
    bench.run_dry("slack").await;
    assert_eq!(sink.got().len(), 1);
}

#[tokio::test]
async fn a_dead_letter_that_is_tried_again_arrives_once_and_the_errand_is_gone() {
    let (bench, sink) = slack_bench(&all_to("slack"));
    let record = serde_json::to_value(a_move("m1", bench.now())).unwrap();
    let errand = Errand::Retry { topic: "moves".to_owned(), record };
    let notice = Errand::Notice { text: "The other one is ill.".to_owned(), at: bench.now() };
    for (id, errand) in [("retry-0-1", errand), ("disabled-other", notice)] {
        let value = Some(serde_json::to_vec(&errand).unwrap());
        bench.record(Topic::Deliveries, &inbox_key("slack", id), value);
    }
    let told = sink.clone();
    bench.run(move |_, _| told.got().len() >= 2).await;
    let end = bench.now() + TimeDelta::minutes(5);
    bench.run(move |_, now| now >= end).await;
    let texts = texts(&sink);
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts.iter().any(|text| text.contains("Marta Lindqvist m1")), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains("The other one is ill.")), "{texts:?}");
    let inner = bench.log.inner.lock().unwrap();
    let errands = inner.records(Topic::Deliveries).iter().filter(|it| it.key.starts_with("inbox/"));
    let ended = errands.filter(|it| it.value.is_none()).count();
    assert_eq!(ended, 2, "both errands are deleted");
}
