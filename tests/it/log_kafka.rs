//! The log on a real Apache Kafka: the contract, and what only a cluster can go through.

use std::time::Duration;

use talentwire::log::kafka::{Kafka, Settings};
use talentwire::log::{Event, Log, LogError, Member, Membership, Topic, Unit};

use crate::kafka::{Broker, TestKafka, impatient, skip};
use crate::log_child::{Child, Work};
use crate::log_contract::{
    Backend, PATIENCE, after, contract, copies, group, join, publish, read, record, take, texts,
};

contract!(TestKafka::new());

/// A member whose process froze until the group gave it up, and then goes on.
async fn a_frozen_process_cannot_commit(work: Work, membership: Membership, output: Topic) {
    let Some(backend) = TestKafka::new() else { return };
    let log = backend.open().await;
    publish(&log, Topic::Claims, &["one"]).await;
    let mut child = Child::start(backend.address(), work);
    assert_eq!(child.says(), "ready");
    child.signal("-STOP");
    let assignment_only = membership.assignment_only;
    let mut heir = join(&log, membership).await;
    let done = if assignment_only { Vec::new() } else { after(&take(&mut heir, 1).await) };
    let outputs = vec![(output, record("heir", "heir"))];
    heir.commit(Unit { outputs, done }).await.unwrap();
    child.signal("-CONT");
    child.go_on();
    let came_of_it = child.says();
    assert!(came_of_it == "lost" || came_of_it == "transient", "{came_of_it}");
    let outputs = vec![(output, record("heir", "again"))];
    heir.commit(Unit { outputs, done: Vec::new() }).await.unwrap();
    assert_eq!(texts(&read(&log, output).await), ["heir", "again"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_was_frozen_cannot_commit_what_another_one_did() {
    let membership = group("track", Topic::Claims);
    a_frozen_process_cannot_commit(Work::LateCommit, membership, Topic::Moves).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_was_frozen_cannot_publish_for_feeds_of_another_one() {
    let membership = Membership { assignment_only: true, ..group("poll", Topic::FeedState) };
    let work = Work::LateCommitOfAssignment;
    a_frozen_process_cannot_commit(work, membership, Topic::Moves).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_share_the_partitions_and_every_record_is_copied_once() {
    let Some(backend) = TestKafka::new() else { return };
    let log = backend.open().await;
    let values: Vec<String> = (0..600).map(|number| format!("{number:03}")).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let mut tasks = tokio::task::JoinSet::new();
    let (stop, _) = tokio::sync::watch::channel(false);
    for (number, part) in values.chunks(200).enumerate() {
        let member = log.join(group("tag", Topic::Articles)).await.unwrap();
        tasks.spawn(copy_until(member, stop.subscribe()));
        publish(&log, Topic::Articles, part).await;
        // The next one joins while this one works.
        while read(&log, Topic::Tagged).await.len() < number * 200 + 50 {}
    }
    let mut last = log.join(group("tag", Topic::Articles)).await.unwrap();
    while last.assigned().is_empty() || last.assigned().len() == 12 {
        last.next(1, Duration::from_millis(100)).await.unwrap();
    }
    last.close().await;
    while read(&log, Topic::Tagged).await.len() < values.len() {}
    stop.send_replace(true);
    tasks.join_all().await;
    let mut tagged = texts(&read(&log, Topic::Tagged).await);
    tagged.sort();
    assert_eq!(tagged, values);
}

async fn copy_until(mut member: impl Member, stop: tokio::sync::watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Ok(Event::Records(records)) = member.next(10, Duration::from_millis(100)).await {
            // Lost or refused: somebody, perhaps we, gets them again.
            member.commit(copies(&records)).await.ok();
        }
    }
    member.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connecting_waits_for_a_broker_that_is_not_there() {
    let settings = Settings::at("127.0.0.1:9");
    let connecting = Kafka::connect(settings);
    assert!(tokio::time::timeout(Duration::from_secs(2), connecting).await.is_err());
}

#[tokio::test]
async fn wrong_settings_are_named_without_their_values() {
    let refuse = async |key: &str, value: &str| {
        let mut settings = Settings::at("127.0.0.1:9");
        settings.options.insert(key.to_owned(), value.to_owned());
        match Kafka::connect(settings).await {
            Err(LogError::Fatal(text)) => text,
            _ => panic!("`{key}` was taken"),
        }
    };
    let text = refuse("no.such.option", "hush").await;
    assert!(text.contains("no.such.option") && !text.contains("hush"), "{text}");
    let text = refuse("security.protocol", "hush").await;
    assert!(text.contains("security.protocol") && !text.contains("hush"), "{text}");
    let text = refuse("enable.auto.commit", "true").await;
    assert!(text.contains("options.enable.auto.commit is set by talentwire"), "{text}");
    let text = refuse("max.in.flight", "5").await;
    assert!(text.contains("options.max.in.flight is set by talentwire"), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_that_goes_away_and_comes_back_costs_nothing_but_time() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let broker = match Broker::start(&[data]) {
        Ok(broker) => broker,
        Err(why) => return skip(&why),
    };
    let port = broker.address.rsplit(':').next().unwrap().to_owned();
    let log = Kafka::connect(impatient(Settings::at(broker.address.clone()))).await.unwrap();
    assert!(log.ready());
    publish(&log, Topic::Claims, &["one", "two"]).await;
    let mut member = join(&log, group("track", Topic::Claims)).await;
    let records = take(&mut member, 2).await;
    member.commit(copies(&records[..1])).await.unwrap();
    drop(broker);

    let refused = member.commit(copies(&records[1..])).await;
    assert!(matches!(refused, Err(LogError::Transient(_))), "{refused:?}");
    while log.ready() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }

    let _broker = Broker::start(&[data, &port]).unwrap();
    let again = take(&mut member, 1).await;
    assert_eq!(texts(&again), ["two"]);
    while let Err(error) = member.commit(copies(&again)).await {
        assert!(!matches!(error, LogError::Fatal(_)), "{error}");
        assert_eq!(texts(&take(&mut member, 1).await), ["two"]);
    }
    let mut tagged = texts(&read(&log, Topic::Tagged).await);
    tagged.sort();
    assert_eq!(tagged, ["one", "two"]);
    while !log.ready() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_stage_stays_in_its_group_and_gets_everything_in_order() {
    let Some(backend) = TestKafka::new() else { return };
    let log = backend.open().await;
    let values: Vec<String> = (0..3000).map(|number| format!("{number:04}")).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    publish(&log, Topic::Claims, &values).await;
    let mut member = join(&log, group("track", Topic::Claims)).await;
    let mut got = texts(&take(&mut member, 10).await);
    // Longer than the group waits for a member that gives no sign of life; by then as much waits
    // in the member as it takes in.
    tokio::time::sleep(Duration::from_secs(5)).await;
    while got.len() < values.len() {
        match member.next(700, PATIENCE).await.unwrap() {
            Event::Records(records) => {
                got.extend(texts(&records));
                member.commit(Unit { outputs: Vec::new(), done: after(&records) }).await.unwrap();
            }
            other => panic!("expected records, not {other:?}"),
        }
    }
    assert_eq!(got, values);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_named_instance_has_its_partitions_back_at_once_and_a_twin_is_told() {
    let Some(mut backend) = TestKafka::new() else { return };
    backend.settings.instance = Some("pod-0".to_owned());
    // Without the name it would take this long after a process ended without a word.
    backend.settings.options.insert("session.timeout.ms".to_owned(), "180000".to_owned());
    let log = backend.open().await;
    publish(&log, Topic::Claims, &["one"]).await;
    let mut first = join(&log, group("track", Topic::Claims)).await;
    take(&mut first, 1).await;
    let mut twin = join(&log, group("track", Topic::Claims)).await;
    assert_eq!(texts(&take(&mut twin, 1).await), ["one"]);
    let told = loop {
        match first.next(1, Duration::from_secs(1)).await {
            Err(LogError::Fatal(text)) => break text,
            Ok(Event::Idle | Event::Revoked(_)) | Err(_) => {}
            other => panic!("{other:?}"),
        }
    };
    assert!(told.contains("another process runs as [log.kafka] instance `pod-0`"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "measures; run it alone, with --nocapture"]
async fn measure() {
    let Some(backend) = TestKafka::new() else { return };
    crate::log_contract::measure(&backend).await;
}
