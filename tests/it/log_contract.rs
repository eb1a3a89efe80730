//! What every log promises, as tests that run on each backend.
//!
//! Nothing here waits for "no more records": a record that is published last proves that none
//! came before it.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::log_child::{Child, Work};
use talentwire::log::{
    Event, Log, LogError, Member, Membership, Position, Received, Record, Scan, Topic, Unit,
};

/// Longest wait for something that must happen.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// One log, opened again and again.
pub(crate) trait Backend {
    /// The log.
    type Log: Log;

    /// Opens it: the first time empty, then with what was committed.
    async fn open(&self) -> Self::Log;

    /// Where another process finds it (`log_child`).
    fn address(&self) -> String;
}

/// Declares every test of the contract for one backend; `$backend` is an expression that gives
/// `Option<impl Backend>`, where `None` skips.
macro_rules! contract {
    ($backend:expr) => {
        $crate::log_contract::contract! { $backend;
            a_unit_publishes_and_moves_the_group_on_together,
            uncommitted_records_come_again_to_the_next_member,
            a_unit_with_a_foreign_partition_is_lost_and_changes_nothing,
            records_of_a_refused_unit_come_again,
            groups_do_not_disturb_each_other,
            a_group_that_is_new_begins_at_the_oldest_record,
            records_of_one_key_stay_in_order,
            a_batch_has_no_more_records_than_asked_for,
            the_last_value_of_each_key_is_the_state,
            a_tombstone_deletes_its_key,
            a_fold_can_begin_at_a_time,
            a_fold_reads_only_the_partitions_asked_for,
            a_fold_of_an_empty_topic_ends,
            partition_by_decides_the_partition,
            large_values_survive,
            headers_empty_keys_and_empty_values_survive,
            an_assignment_only_member_gets_partitions_and_commits_but_no_records,
            the_lag_is_what_a_group_has_before_it,
            several_inputs_commit_as_one,
            a_crash_with_a_unit_in_hand_loses_and_repeats_nothing,
            a_second_member_takes_over_when_the_first_one_leaves,
            what_is_published_while_a_member_waits_arrives,
            a_member_that_is_dropped_without_a_word_makes_room,
            killed_again_and_again_nothing_is_lost_or_repeated,
        }
    };
    ($backend:expr; $($name:ident),* $(,)?) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let Some(backend) = $backend else { return };
                $crate::log_contract::$name(&backend).await;
            }
        )*
    };
}
pub(crate) use contract;

// Words of the tests.

pub(crate) fn record(key: &str, value: &str) -> Record {
    Record {
        key: key.to_owned(),
        value: Some(value.as_bytes().to_vec()),
        headers: Vec::new(),
        partition_by: None,
    }
}

pub(crate) fn group(name: &str, topic: Topic) -> Membership {
    Membership { group: name.to_owned(), topic, assignment_only: false }
}

pub(crate) async fn publish(log: &impl Log, topic: Topic, values: &[&str]) {
    let outputs = values.iter().map(|value| (topic, record(value, value))).collect();
    log.publish(outputs).await.unwrap();
}

pub(crate) fn text(received: &Received) -> String {
    String::from_utf8(received.value.clone().unwrap()).unwrap()
}

pub(crate) fn texts(records: &[Received]) -> Vec<String> {
    records.iter().map(text).collect()
}

/// The positions after these records.
pub(crate) fn after(records: &[Received]) -> Vec<Position> {
    let mut next = BTreeMap::new();
    for record in records {
        next.insert(record.partition, record.offset + 1);
    }
    next.into_iter().map(|(partition, next)| Position { partition, next }).collect()
}

pub(crate) async fn join<L: Log>(log: &L, membership: Membership) -> L::Member {
    let mut member = log.join(membership).await.unwrap();
    let until = tokio::time::Instant::now() + PATIENCE;
    loop {
        match member.next(10, Duration::from_secs(1)).await {
            Ok(Event::Assigned(partitions)) => {
                assert!(!partitions.is_empty());
                return member;
            }
            Ok(Event::Idle) | Err(LogError::Transient(_)) => {}
            other => panic!("expected an assignment, not {other:?}"),
        }
        assert!(tokio::time::Instant::now() < until, "no assignment within {PATIENCE:?}");
    }
}

/// Takes records until there are `count`.
pub(crate) async fn take(member: &mut impl Member, count: usize) -> Vec<Received> {
    let mut records = Vec::new();
    let until = tokio::time::Instant::now() + PATIENCE;
    while records.len() < count {
        match member.next(count - records.len(), Duration::from_secs(1)).await {
            Ok(Event::Records(more)) => records.extend(more),
            Ok(Event::Idle | Event::Assigned(_) | Event::Revoked(_))
            | Err(LogError::Transient(_)) => {}
            other => panic!("expected records, not {other:?}"),
        }
        let late = tokio::time::Instant::now() >= until;
        assert!(!late, "{} of {count} records within {PATIENCE:?}", records.len());
    }
    records
}

pub(crate) async fn read(log: &impl Log, topic: Topic) -> Vec<Received> {
    let scan = Scan { topic, partitions: None, since: None };
    log.fold(scan, Vec::new(), |records, record| records.push(record)).await.unwrap()
}

// The contract.

pub(crate) async fn a_unit_publishes_and_moves_the_group_on_together(backend: &impl Backend) {
    let log = backend.open().await;
    publish(&log, Topic::Claims, &["one", "two", "three"]).await;
    let mut member = join(&log, group("track", Topic::Claims)).await;
    let records = take(&mut member, 3).await;
    assert_eq!(texts(&records), ["one", "two", "three"]);
    let outputs = vec![(Topic::Moves, record("m", "move")), (Topic::Tagged, record("t", "tag"))];
    member.commit(Unit { outputs, done: after(&records) }).await.unwrap();
    member.close().await;

    assert_eq!(texts(&read(&log, Topic::Moves).await), ["move"]);
    assert_eq!(texts(&read(&log, Topic::Tagged).await), ["tag"]);
    publish(&log, Topic::Claims, &["four"]).await;
    let mut member = join(&log, group("track", Topic::Claims)).await;
    assert_eq!(texts(&take(&mut member, 1).await), ["four"]);
}

pub(crate) async fn uncommitted_records_come_again_to_the_next_member(backend: &impl Backend) {
    let log = backend.open().await;
    publish(&log, Topic::Claims, &["one", "two"]).await;
    let mut member = join(&log, group("track", Topic::Claims)).await;
    let records = take(&mut member, 2).await;
    member.commit(Unit { outputs: Vec::new(), done: after(&records[..1]) }).await.unwrap();
    member.close().await;

    let mut member = join(&log, group("track", Topic::Claims)).await;
    assert_eq!(texts(&take(&mut member, 1).await), ["two"]);
}

pub(crate) async fn a_unit_with_a_foreign_partition_is_lost_and_changes_nothing(
    backend: &impl Backend,
) {
    let log = backend.open().await;
    publish(&log, Topic::Claims, &["one"]).await;
    let mut member = join(&log, group("track", Topic::Claims)).await;
    take(&mut member, 1).await;
    let unit = Unit {
        outputs: vec![(Topic::Moves, record("m", "move"))],
        done: vec![Position { partition: 99, next: 1 }],
    };
    assert!(matches!(member.commit(unit).await, Err(LogError::Lost)));
    assert_eq!(read(&log, Topic::Moves).await, []);
}

pub(crate) async fn records_of_a_refused_unit_come_again(backend: &impl Backend) {
    let log = backend.open().await;
    publish(&log, Topic::Claims, &["one", "two", "three"]).await;
    let mut member = join(&log, group("track", Topic::Claims)).await;
    let records = take(&mut member, 1).await;
    member.commit(Unit { outputs: Vec::new(), done: after(&records) }).await.unwrap();
    take(&mut member, 2).await;
    let foreign = vec![Position { partition: 99, next: 1 }];
    member.commit(Unit { outputs: Vec::new(), done: foreign }).await.unwrap_err();
    let again = take(&mut member, 2).await;
    assert_eq!(texts(&again), ["two", "three"]);
    member.commit(Unit { outputs: Vec::new(), done: after(&again) }).await.unwrap();
    publish(&log, Topic::Claims, &["four"]).await;
    assert_eq!(texts(&take(&mut member, 1).await), ["four"]);
}

pub(crate) async fn groups_do_not_disturb_each_other(backend: &impl Backend) {
    let log = backend.open().await;
    publish(&log, Topic::Moves, &["one", "two"]).await;
    let mut slack = join(&log, group("notify.slack", Topic::Moves)).await;
    let mut hook = join(&log, group("notify.hook", Topic::Moves)).await;
    let records = take(&mut slack, 2).await;
    slack.commit(Unit { outputs: Vec::new(), done: after(&records) }).await.unwrap();
    assert_eq!(texts(&take(&mut hook, 2).await), ["one", "two"]);
}

pub(crate) async fn a_group_that_is_new_begins_at_the_oldest_record(backend: &impl Backend) {
    let log = backend.open().await;
    publish(&log, Topic::Articles, &["one"]).await;
    publish(&log, Topic::Articles, &["two"]).await;
    let mut member = join(&log, group("late", Topic::Articles)).await;
    let mut values = texts(&take(&mut member, 2).await);
    values.sort();
    assert_eq!(values, ["one", "two"]);
}

pub(crate) async fn records_of_one_key_stay_in_order(backend: &impl Backend) {
    let log = backend.open().await;
    let (keys, each) = (20, 15);
    for number in 0..each {
        let outputs = (0..keys)
            .map(|key| (Topic::Articles, record(&format!("key {key}"), &number.to_string())))
            .collect();
        log.publish(outputs).await.unwrap();
    }
    let mut member = join(&log, group("tag", Topic::Articles)).await;
    let mut seen: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for record in take(&mut member, keys * each).await {
        seen.entry(record.key.clone()).or_default().push(text(&record).parse().unwrap());
    }
    assert_eq!(seen.len(), keys);
    for (key, numbers) in seen {
        assert_eq!(numbers, (0..each).collect::<Vec<_>>(), "{key}");
    }
}

pub(crate) async fn a_batch_has_no_more_records_than_asked_for(backend: &impl Backend) {
    let log = backend.open().await;
    publish(&log, Topic::Claims, &["a", "b", "c", "d", "e"]).await;
    let mut member = join(&log, group("track", Topic::Claims)).await;
    let mut all = Vec::new();
    while all.len() < 5 {
        if let Event::Records(records) = member.next(2, PATIENCE).await.unwrap() {
            assert!(records.len() <= 2 && !records.is_empty());
            all.extend(texts(&records));
        }
    }
    assert_eq!(all, ["a", "b", "c", "d", "e"]);
}

async fn state(log: &impl Log, topic: Topic) -> BTreeMap<String, String> {
    let scan = Scan { topic, partitions: None, since: None };
    log.fold(scan, BTreeMap::new(), |state, record| match &record.value {
        Some(_) => {
            state.insert(record.key.clone(), text(&record));
        }
        None => {
            state.remove(&record.key);
        }
    })
    .await
    .unwrap()
}

pub(crate) async fn the_last_value_of_each_key_is_the_state(backend: &impl Backend) {
    let log = backend.open().await;
    for value in ["1", "2", "3"] {
        let outputs = ["a", "b"].iter().map(|key| (Topic::FeedState, record(key, value))).collect();
        log.publish(outputs).await.unwrap();
    }
    log.publish(vec![(Topic::FeedState, record("a", "4"))]).await.unwrap();
    let want = [("a", "4"), ("b", "3")].map(|(key, value)| (key.to_owned(), value.to_owned()));
    assert_eq!(state(&log, Topic::FeedState).await, BTreeMap::from(want));
}

pub(crate) async fn a_tombstone_deletes_its_key(backend: &impl Backend) {
    let log = backend.open().await;
    let tombstone = Record { value: None, ..record("a", "") };
    let outputs = vec![record("a", "1"), record("b", "1"), tombstone];
    log.publish(outputs.into_iter().map(|record| (Topic::Moves, record)).collect()).await.unwrap();
    let want = BTreeMap::from([("b".to_owned(), "1".to_owned())]);
    assert_eq!(state(&log, Topic::Moves).await, want);
    let mut member = join(&log, group("notify", Topic::Moves)).await;
    // Compaction may have removed the value of "a" before this reader came; never the tombstone.
    let mut seen = Vec::new();
    while seen.last() != Some(&("a".to_owned(), None)) {
        let received = take(&mut member, 1).await;
        seen.extend(received.into_iter().map(|it| (it.key, it.value)));
    }
    assert!(seen.contains(&("b".to_owned(), Some(b"1".to_vec()))), "{seen:?}");
}

pub(crate) async fn a_fold_can_begin_at_a_time(backend: &impl Backend) {
    let log = backend.open().await;
    publish(&log, Topic::Claims, &["early"]).await;
    let early = read(&log, Topic::Claims).await[0].timestamp;
    while chrono::Utc::now() <= early + chrono::TimeDelta::milliseconds(2) {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    publish(&log, Topic::Claims, &["late", "later"]).await;
    let late = read(&log, Topic::Claims).await[1].timestamp;
    assert!(early < late);
    for (since, want) in [
        (early, vec!["early", "late", "later"]),
        (late, vec!["late", "later"]),
        (late + chrono::TimeDelta::hours(1), vec![]),
    ] {
        let scan = Scan { topic: Topic::Claims, partitions: None, since: Some(since) };
        let got =
            log.fold(scan, Vec::new(), |texts, record| texts.push(text(&record))).await.unwrap();
        assert_eq!(got, want, "since {since}");
    }
}

pub(crate) async fn a_fold_reads_only_the_partitions_asked_for(backend: &impl Backend) {
    let log = backend.open().await;
    let values: Vec<String> = (0..30).map(|number| format!("value {number}")).collect();
    publish(&log, Topic::Articles, &values.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let member = join(&log, group("tag", Topic::Articles)).await;
    let wanted = member.partition_of(Topic::Articles, "value 0");
    let mut want: Vec<String> = values
        .into_iter()
        .filter(|value| member.partition_of(Topic::Articles, value) == wanted)
        .collect();
    want.sort();
    for (partitions, want) in [(vec![wanted], want), (vec![], vec![])] {
        let scan = Scan { topic: Topic::Articles, partitions: Some(partitions), since: None };
        let mut got =
            log.fold(scan, Vec::new(), |texts, record| texts.push(text(&record))).await.unwrap();
        got.sort();
        assert_eq!(got, want);
    }
}

pub(crate) async fn a_fold_of_an_empty_topic_ends(backend: &impl Backend) {
    let log = backend.open().await;
    for topic in Topic::ALL {
        assert_eq!(read(&log, topic).await, [], "{topic:?}");
    }
}

pub(crate) async fn partition_by_decides_the_partition(backend: &impl Backend) {
    let log = backend.open().await;
    let feeds = ["https://a.example/1", "https://a.example/2", "https://a.example/3"];
    let outputs = feeds.map(|feed| {
        let partition_by = Some("a.example".to_owned());
        (Topic::FeedState, Record { partition_by, ..record(feed, feed) })
    });
    log.publish(outputs.to_vec()).await.unwrap();
    let member = join(&log, group("poll", Topic::FeedState)).await;
    let want = member.partition_of(Topic::FeedState, "a.example");
    let records = read(&log, Topic::FeedState).await;
    assert_eq!(records.len(), 3);
    assert!(records.iter().all(|record| record.partition == want));
    assert!(member.assigned().contains(&want));
}

pub(crate) async fn large_values_survive(backend: &impl Backend) {
    let log = backend.open().await;
    let mut value = vec![0_u8; 3 << 20];
    for (place, byte) in (0_u32..).zip(value.iter_mut()) {
        *byte = (place.wrapping_mul(2_654_435_761) >> 24) as u8;
    }
    let large = Record { value: Some(value.clone()), ..record("large", "") };
    let outputs = vec![(Topic::Claims, large.clone()), (Topic::Claims, large)];
    log.publish(outputs).await.unwrap();
    let mut member = join(&log, group("track", Topic::Claims)).await;
    let records = take(&mut member, 2).await;
    assert!(records.iter().all(|record| record.value.as_ref() == Some(&value)));
    let outputs = vec![(Topic::Tagged, Record { value: Some(value.clone()), ..record("l", "") })];
    member.commit(Unit { outputs, done: after(&records) }).await.unwrap();
    assert_eq!(read(&log, Topic::Tagged).await[0].value, Some(value));
}

pub(crate) async fn headers_empty_keys_and_empty_values_survive(backend: &impl Backend) {
    let log = backend.open().await;
    let headers = vec![
        ("reason".to_owned(), "읽을 수 없음".as_bytes().to_vec()),
        ("raw".to_owned(), vec![0, 255, 10]),
        ("empty".to_owned(), Vec::new()),
    ];
    let empty = Record { headers: headers.clone(), ..record("", "") };
    log.publish(vec![(Topic::DeadLetters, empty)]).await.unwrap();
    let mut member = join(&log, group("retry", Topic::DeadLetters)).await;
    let got = take(&mut member, 1).await.remove(0);
    assert_eq!((got.key.as_str(), got.value), ("", Some(Vec::new())));
    assert_eq!(got.headers, headers);
    assert_eq!(got.topic, Topic::DeadLetters);
    assert!((chrono::Utc::now() - got.timestamp).num_minutes().abs() < 2);
}

pub(crate) async fn an_assignment_only_member_gets_partitions_and_commits_but_no_records(
    backend: &impl Backend,
) {
    let log = backend.open().await;
    publish(&log, Topic::FeedState, &["state"]).await;
    let membership = Membership { assignment_only: true, ..group("poll", Topic::FeedState) };
    let mut member = join(&log, membership.clone()).await;
    for number in 0..2 {
        let value = number.to_string();
        let outputs = vec![
            (Topic::Articles, record("article", &value)),
            (Topic::FeedState, record("feed", &value)),
        ];
        member.commit(Unit { outputs, done: Vec::new() }).await.unwrap();
        let event = member.next(10, Duration::from_millis(300)).await.unwrap();
        assert!(matches!(event, Event::Idle), "{event:?}");
    }
    assert_eq!(texts(&read(&log, Topic::Articles).await), ["0", "1"]);
    assert_eq!(read(&log, Topic::FeedState).await.len(), 3);
    member.close().await;
    join(&log, membership).await;
    assert_eq!(log.lag().await.unwrap(), [], "only who consumes can lag");
}

async fn lag_of(log: &impl Log, group: &str) -> Option<u64> {
    let lags = log.lag().await.unwrap();
    lags.into_iter().find(|(name, ..)| name == group).map(|(.., lag)| lag)
}

pub(crate) async fn the_lag_is_what_a_group_has_before_it(backend: &impl Backend) {
    let log = backend.open().await;
    publish(&log, Topic::Claims, &["one", "two", "three"]).await;
    let mut member = join(&log, group("track", Topic::Claims)).await;
    let records = take(&mut member, 3).await;
    member.commit(Unit { outputs: Vec::new(), done: after(&records[..1]) }).await.unwrap();
    let lag = lag_of(&log, "track").await.unwrap();
    // A Kafka transaction leaves a marker behind, which counts until the group has passed it.
    assert!((2..=3).contains(&lag), "{lag}");
    member.commit(Unit { outputs: Vec::new(), done: after(&records) }).await.unwrap();
    let until = tokio::time::Instant::now() + PATIENCE;
    while lag_of(&log, "track").await != Some(0) {
        assert!(tokio::time::Instant::now() < until, "the lag stays above 0");
        member.next(10, Duration::from_millis(50)).await.unwrap();
    }
}

pub(crate) async fn several_inputs_commit_as_one(backend: &impl Backend) {
    let log = backend.open().await;
    let values: Vec<String> = (0..200).map(|number| format!("{number:03}")).collect();
    publish(&log, Topic::Articles, &values.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let mut member = join(&log, group("tag", Topic::Articles)).await;
    let mut published = 0;
    while published < values.len() {
        let Event::Records(records) = member.next(64, PATIENCE).await.unwrap() else { continue };
        published += records.len();
        let outputs = records
            .iter()
            .map(|received| (Topic::Tagged, record(&received.key, &text(received))))
            .collect();
        member.commit(Unit { outputs, done: after(&records) }).await.unwrap();
    }
    let mut tagged = texts(&read(&log, Topic::Tagged).await);
    tagged.sort();
    assert_eq!(tagged, values);
}

pub(crate) async fn a_crash_with_a_unit_in_hand_loses_and_repeats_nothing(backend: &impl Backend) {
    let values: Vec<String> = (0..12).map(|number| format!("{number:02}")).collect();
    let log = backend.open().await;
    publish(&log, Topic::Claims, &values.iter().map(String::as_str).collect::<Vec<_>>()).await;
    drop(log);
    for _ in 0..3 {
        let log = backend.open().await;
        let mut member = join(&log, group("track", Topic::Claims)).await;
        let records = take(&mut member, 2).await;
        copy_claims(&mut member, &records).await;
        let records = take(&mut member, 2).await;
        // The commit is begun and its answer not waited for; then everything is dropped.
        let unit = copies(&records);
        drop(tokio::time::timeout(Duration::ZERO, member.commit(unit)).await);
        drop(member);
        drop(log);
    }
    let log = backend.open().await;
    let mut member = join(&log, group("track", Topic::Claims)).await;
    while read(&log, Topic::Tagged).await.len() < values.len() {
        let records = take(&mut member, 1).await;
        copy_claims(&mut member, &records).await;
    }
    let mut tagged = texts(&read(&log, Topic::Tagged).await);
    tagged.sort();
    assert_eq!(tagged, values);
}

pub(crate) fn copies(records: &[Received]) -> Unit {
    let outputs = records.iter().map(|claim| (Topic::Tagged, record(&claim.key, &text(claim))));
    Unit { outputs: outputs.collect(), done: after(records) }
}

async fn copy_claims(member: &mut impl Member, records: &[Received]) {
    member.commit(copies(records)).await.unwrap();
}

pub(crate) async fn a_second_member_takes_over_when_the_first_one_leaves(backend: &impl Backend) {
    let log = backend.open().await;
    publish(&log, Topic::Claims, &["one", "two"]).await;
    let mut first = join(&log, group("track", Topic::Claims)).await;
    let records = take(&mut first, 1).await;
    first.commit(Unit { outputs: Vec::new(), done: after(&records) }).await.unwrap();
    let mut second = log.join(group("track", Topic::Claims)).await.unwrap();
    let waiting = second.next(10, Duration::from_millis(200)).await.unwrap();
    assert!(matches!(waiting, Event::Idle), "{waiting:?}");
    assert!(second.assigned().is_empty());
    first.close().await;
    assert_eq!(texts(&take(&mut second, 1).await), ["two"]);
    assert_eq!(second.assigned(), [0]);
}

pub(crate) async fn what_is_published_while_a_member_waits_arrives(backend: &impl Backend) {
    let log = backend.open().await;
    let mut member = join(&log, group("track", Topic::Claims)).await;
    let (got, ()) = tokio::join!(take(&mut member, 1), publish(&log, Topic::Claims, &["news"]));
    assert_eq!(texts(&got), ["news"]);
}

pub(crate) async fn a_member_that_is_dropped_without_a_word_makes_room(backend: &impl Backend) {
    let log = backend.open().await;
    publish(&log, Topic::Claims, &["one"]).await;
    let mut first = join(&log, group("track", Topic::Claims)).await;
    take(&mut first, 1).await;
    let mut second = log.join(group("track", Topic::Claims)).await.unwrap();
    drop(first);
    assert_eq!(texts(&take(&mut second, 1).await), ["one"]);
}

pub(crate) async fn killed_again_and_again_nothing_is_lost_or_repeated(backend: &impl Backend) {
    let values: Vec<String> = (0..400).map(|number| format!("{number:03}")).collect();
    let log = backend.open().await;
    publish(&log, Topic::Articles, &values.iter().map(String::as_str).collect::<Vec<_>>()).await;
    log.close(PATIENCE).await.unwrap();
    drop(log);
    for units in [1, 5, 12] {
        let mut child = Child::start(backend.address(), Work::Copy);
        for _ in 0..units {
            assert_eq!(child.says(), "committed");
        }
        child.kill();
    }
    let log = backend.open().await;
    let before = read(&log, Topic::Tagged).await.len();
    assert!((18..values.len()).contains(&before), "{before}");
    let mut member = join(&log, group("tag", Topic::Articles)).await;
    let left = take(&mut member, values.len() - before).await;
    member.commit(copies(&left)).await.unwrap();
    let mut tagged = texts(&read(&log, Topic::Tagged).await);
    tagged.sort();
    assert_eq!(tagged, values);
}

/// Not a promise but a measurement: prints how fast units commit and how fast a fold reads.
pub(crate) async fn measure(backend: &impl Backend) {
    let log = backend.open().await;
    let value = "x".repeat(2000);
    let count = 5000;
    for _ in 0..count / 500 {
        let outputs = (0..500).map(|n| (Topic::Claims, record(&format!("{n}"), &value))).collect();
        log.publish(outputs).await.unwrap();
    }
    let mut member = join(&log, group("track", Topic::Claims)).await;
    let mut times = Vec::new();
    for _ in 0..200 {
        let records = take(&mut member, 1).await;
        let begun = std::time::Instant::now();
        let outputs = vec![(Topic::Moves, record("move", &value))];
        member.commit(Unit { outputs, done: after(&records) }).await.unwrap();
        times.push(begun.elapsed());
    }
    times.sort();
    println!("commit of one record: p50 {:?}, p99 {:?}", times[100], times[198]);
    let begun = std::time::Instant::now();
    let (mut units, mut copied) = (0, 200);
    while copied < count {
        let Ok(Event::Records(records)) = member.next(100, PATIENCE).await else { continue };
        member.commit(copies(&records)).await.unwrap();
        units += 1;
        copied += records.len();
    }
    let took = begun.elapsed();
    println!("{} records of 2 kB in {units} units: {took:?}", count - 200);
    let mut tasks = tokio::task::JoinSet::new();
    let begun = std::time::Instant::now();
    for _ in 0..16 {
        let (log, value) = (log.clone(), value.clone());
        tasks.spawn(async move {
            for _ in 0..25 {
                log.publish(vec![(Topic::Tagged, record("t", &value))]).await.unwrap();
            }
        });
    }
    tasks.join_all().await;
    println!("400 units of 16 at a time: {:?}", begun.elapsed());
    let begun = std::time::Instant::now();
    let read = read(&log, Topic::Claims).await.len();
    println!("fold over {read} records of 2 kB: {:?}", begun.elapsed());
}
