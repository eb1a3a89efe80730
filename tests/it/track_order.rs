//! Any order, any restart: properties of the tracker.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use talentwire::log::{Received, Topic};
use talentwire::model::{Arrival, Attention, ClaimRecord, Kind, Move, SCHEMA, Status};
use talentwire::stage::tag::decode;
use talentwire::track::{Outcome, Tracker};

use crate::track_claims::{claim, record, start, tracker};

const PEOPLE: &[&[&str]] = &[
    &["John Schulman", "존 슐먼", "ジョン・シュルマン", "John A. Schulman"],
    &["Andrea Vallone", "안드레아 발로네", "안드레아 발론"],
    &["Dylan Scandinaro", "딜런 스칸디나로"],
    &["Lucas Beyer", "ルーカス・バイヤー", "ルーカス・ベイヤー"],
    &["Mira Murati", "미라 무라티"],
    &["John Smith"],
    &["約翰·江珀"],
];
const MOVES: &[(&[&str], &[&str])] = &[
    (&["openai"], &["anthropic"]),
    (&["google", "google-deepmind"], &["meta"]),
    (&["apple"], &["Wiz", "Wiz, Inc."]),
    (&["River AI"], &["google-deepmind", "google"]),
];

/// One claim about the move of a person: which spelling, which ends, how sure, when.
#[derive(Debug, Clone)]
struct Said {
    person: usize,
    spelling: usize,
    ends: usize,
    variant: usize,
    status: usize,
    hour: i64,
    arrival: bool,
}

fn said() -> impl Strategy<Value = Said> {
    (0..PEOPLE.len(), 0..4_usize, 0..3_usize, 0..2_usize, 0..3_usize, 0..480_i64, any::<bool>())
        .prop_map(|(person, spelling, ends, variant, status, hour, arrival)| Said {
            person,
            spelling,
            ends,
            variant,
            status,
            hour,
            arrival,
        })
}

fn records(said: &[Said]) -> Vec<ClaimRecord> {
    said.iter()
        .enumerate()
        .map(|(number, said)| {
            let spellings = PEOPLE[said.person];
            let (from, to) = MOVES[said.person % MOVES.len()];
            let from = (said.ends != 1).then(|| from[said.variant % from.len()]);
            let to = (said.ends != 0).then(|| to[said.variant % to.len()]);
            let mut claim = claim(Some(spellings[said.spelling % spellings.len()]), from, to);
            claim.status = [Status::Rumoured, Status::Reported, Status::Confirmed][said.status];
            let mut record = record(claim, "Wire", number, start() + TimeDelta::hours(said.hour));
            record.article.arrival = if said.arrival { Arrival::Live } else { Arrival::Seed };
            record
        })
        .collect()
}

fn run(tracker: &mut Tracker, records: &[ClaimRecord]) -> (Vec<Move>, Vec<Outcome>) {
    let mut topic: Vec<Move> = Vec::new();
    let mut outcomes = Vec::new();
    for record in records {
        let verdict = tracker.merge(record, record.article.first_seen);
        outcomes.push(verdict.outcome);
        for of in verdict.moves {
            topic.retain(|old| old.id != of.id);
            topic.push(of);
        }
    }
    (topic, outcomes)
}

/// What of a move must not depend on the order of the claims.
fn essence(moves: &[Move]) -> BTreeSet<String> {
    moves
        .iter()
        .map(|of| {
            format!(
                "{:?} {:?} {:?} {} {} {} {} {:?} {:?}",
                of.person,
                of.from,
                of.to,
                of.kind,
                of.status,
                of.count,
                of.report_count,
                of.first_seen,
                of.first_published
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn the_same_claims_in_the_same_order_give_byte_identical_moves(
        said in prop::collection::vec(said(), 1..40),
    ) {
        let records = records(&said);
        let (first, _) = run(&mut tracker(), &records);
        let (second, _) = run(&mut tracker(), &records);
        prop_assert_eq!(
            serde_json::to_string(&first).unwrap(),
            serde_json::to_string(&second).unwrap()
        );
    }

    #[test]
    fn claims_in_another_order_give_the_same_set_of_moves(
        (said, shuffled) in prop::collection::vec(said(), 1..40)
            .prop_flat_map(|said| (Just(said.clone()), Just(said).prop_shuffle())),
    ) {
        let number = |all: &[Said]| -> Vec<ClaimRecord> {
            // The article's identity must stay with the claim, whatever its place.
            let mut records = records(all);
            for (record, said) in records.iter_mut().zip(all) {
                record.article.url = Some(format!("https://news.example/{said:?}"));
                record.article.title = format!("{said:?}");
            }
            records
        };
        let (first, _) = run(&mut tracker(), &number(&said));
        let (second, _) = run(&mut tracker(), &number(&shuffled));
        prop_assert_eq!(essence(&first), essence(&second));
        let people: BTreeSet<usize> = said.iter().map(|said| said.person).collect();
        prop_assert_eq!(first.len(), people.len(), "one move a person");
    }

    #[test]
    fn a_tracker_that_is_restored_in_any_order_continues_the_same(
        said in prop::collection::vec(said(), 2..40),
        cut in 0.0..1.0_f64,
        seed in any::<u64>(),
    ) {
        let records = records(&said);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let cut = (records.len() as f64 * cut) as usize;
        let mut tracker_that_lives = tracker();
        let (mut published, _) = run(&mut tracker_that_lives, &records[..cut]);
        published.sort_by_key(|of| talentwire::model::content_id(&[&of.id, &seed.to_string()]));
        let mut restored = tracker();
        for of in &published {
            restored.restore(of);
        }
        let alive = run(&mut tracker_that_lives, &records[cut..]);
        let again = run(&mut restored, &records[cut..]);
        prop_assert_eq!(alive, again);
    }
}

#[test]
fn the_same_claim_a_thousand_times_changes_nothing() {
    let mut tracker = tracker();
    let record = record(claim(Some("Ada Byron"), Some("openai"), Some("meta")), "Wire", 1, start());
    assert_eq!(tracker.merge(&record, start()).outcome, Outcome::New);
    for _ in 0..1000 {
        let verdict = tracker.merge(&record, start());
        assert_eq!((verdict.outcome, verdict.moves.len()), (Outcome::Duplicate, 0));
    }
}

#[test]
fn a_clock_that_was_not_set_or_runs_ahead_counts_as_now() {
    let now = start() + TimeDelta::days(9);
    let of = |seen: DateTime<Utc>| {
        let claim = claim(Some("Ada Byron"), Some("openai"), Some("meta"));
        let mut record = record(claim, "Wire", 1, seen);
        record.article.published = None;
        let of = tracker().merge(&record, now).moves.remove(0);
        (of.first_seen, of.attention)
    };
    for odd in [DateTime::UNIX_EPOCH, now + TimeDelta::days(3), now] {
        assert_eq!(of(odd), (now, Attention::Alert), "{odd}");
    }
    let earlier = now - TimeDelta::hours(1);
    assert_eq!(of(earlier), (earlier, Attention::Alert));
}

#[test]
fn a_claim_of_an_older_schema_is_read_and_one_of_a_newer_schema_is_refused() {
    let written = record(claim(Some("Ada Byron"), Some("openai"), None), "Wire", 1, start());
    let read = |change: &dyn Fn(&mut serde_json::Map<String, serde_json::Value>)| {
        let mut wire = serde_json::to_value(&written).unwrap();
        change(wire.as_object_mut().unwrap());
        decode::<ClaimRecord>(&Received {
            topic: Topic::Claims,
            partition: 0,
            offset: 0,
            timestamp: start(),
            key: "ada".to_owned(),
            value: Some(wire.to_string().into_bytes()),
            headers: Vec::new(),
        })
    };
    let old = read(&|wire| {
        wire.remove("schema");
        wire["claim"].as_object_mut().unwrap().retain(|_, value| !value.is_null());
        wire["article"].as_object_mut().unwrap().retain(|_, value| !value.is_null());
    });
    assert_eq!(tracker().merge(&old.unwrap(), start()).outcome, Outcome::New);
    let newer = read(&|wire| {
        wire.insert("schema".to_owned(), (SCHEMA + 1).into());
    });
    assert!(newer.unwrap_err().contains("is newer than"));
}

#[test]
fn a_move_of_an_older_schema_is_restored_with_defaults() {
    let mut tracker = tracker();
    let record = record(claim(Some("Ada Byron"), Some("openai"), None), "Wire", 1, start());
    let published = tracker.merge(&record, start()).moves.remove(0);
    let mut wire = serde_json::to_value(&published).unwrap();
    for newer in ["schema", "report_count", "attention", "spellings", "merged"] {
        wire.as_object_mut().unwrap().remove(newer);
    }
    let old: Move = serde_json::from_value(wire).unwrap();
    let mut tracker = crate::track_claims::tracker();
    tracker.restore(&old);
    let next = claim(Some("Ada Byron"), None, Some("meta"));
    let next = crate::track_claims::record(next, "Post", 2, start() + TimeDelta::days(1));
    let verdict = tracker.merge(&next, next.article.first_seen);
    assert_eq!(verdict.moves[0].id, published.id);
    assert_eq!(verdict.moves[0].kind, Kind::Moved);
    assert_eq!(verdict.moves[0].report_count, 2);
}

#[test]
fn a_move_that_many_articles_report_stays_small() {
    let mut tracker = tracker();
    let mut last = None;
    for number in 0..500 {
        let claim = claim(Some("Ada Byron"), Some("openai"), Some("meta"));
        let at = start() + TimeDelta::minutes(i64::try_from(number).unwrap());
        last = tracker.merge(&record(claim, "Wire", number, at), at).moves.pop();
    }
    let of = last.unwrap();
    assert_eq!((of.report_count, of.revision), (500, 500));
    let titles: Vec<&str> = of.reports.iter().map(|report| report.title.as_str()).collect();
    assert_eq!(titles, [0, 1, 2, 498, 499].map(|n| format!("Wire article {n}")));
    assert!(serde_json::to_string(&of).unwrap().len() < 4096);
    assert_eq!(tracker.len(), 1);
}
