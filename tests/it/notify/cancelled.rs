//! The stage cut off at random instants, in one process and on a real log: many kills in little time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::Utc;
use talentwire::log::{Log, Topic};
use talentwire::metrics::Metrics;
use talentwire::model::{ChangeKind, Move};
use talentwire::notify::receiver::Ids;
use talentwire::stage::notify::{SystemClock, run};
use tokio_util::sync::CancellationToken;

use super::fixtures::{a_move, all_to, changed, elsewhere, paced, publish};
use super::loss::{GROUP, lost_and_split, row};
use super::scripted::{Answer, Dice, Scripted, Seen};
use crate::support::TempLog;

/// Kills the stage at random instants while moves and updates come in, then lets it finish.
async fn killed(ids: Ids, group: usize, kills: u64, seed: u64) -> (Arc<Mutex<Seen>>, Vec<String>) {
    let folder = TempLog::new();
    let log = folder.open().await;
    let mut receiver = Scripted::new(ids, group, |_| Answer::Taken);
    receiver.takes = Duration::from_millis(1);
    let seen = receiver.seen.clone();
    let mut outlet = paced("target", Arc::new(receiver), Duration::ZERO);
    let metrics = Metrics::new().unwrap();
    let mut dice = Dice::new(seed);
    let mut moves: Vec<Move> = Vec::new();
    for _ in 0..kills {
        let now = Utc::now();
        let mut fresh = vec![a_move(&format!("m{}", moves.len()), now)];
        moves.push(fresh[0].clone());
        if dice.roll(3) == 0 {
            let which = usize::try_from(dice.roll(moves.len() as u64)).unwrap();
            let next = changed(&moves[which], ChangeKind::Confirmed, now);
            moves[which] = next.clone();
            fresh.push(next);
        }
        publish(&log, &fresh).await;
        let stop = CancellationToken::new();
        let stage =
            run(log.clone(), outlet.clone(), all_to("target"), metrics.clone(), SystemClock, stop);
        let mut tasks = tokio::task::JoinSet::new();
        tasks.spawn(stage);
        tokio::time::sleep(Duration::from_micros(dice.roll(12_000))).await;
        tasks.abort_all();
        while tasks.join_next().await.is_some() {}
        // A killed process forgets the pace of the address, too.
        outlet = elsewhere(&outlet, Duration::ZERO);
    }
    let stop = CancellationToken::new();
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(run(log.clone(), outlet, all_to("target"), metrics, SystemClock, stop.clone()));
    for _ in 0..3_000 {
        let lag = log.lag().await.unwrap();
        if lag.iter().any(|(name, topic, lag)| name == GROUP && *topic == Topic::Moves && *lag == 0)
        {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    stop.cancel();
    while let Some(ended) = tasks.join_next().await {
        ended.unwrap().unwrap();
    }
    log.close(Duration::from_secs(5)).await.unwrap();
    (seen, moves.iter().map(|mv| mv.id.clone()).collect())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_at_random_instants_lose_nothing_and_repeat_nothing_by_id() {
    const KILLS: u64 = 100;
    println!("| fault | dose | posts | lost | twice by id | twice visible |");
    for (name, ids, group) in [
        ("kill, receiver ignores known ids", Ids::Ignores, 1),
        ("kill, receiver can be asked for ids", Ids::Lists, 20),
        ("kill, plain Slack webhook", Ids::None, 20),
    ] {
        let (seen, subjects) = killed(ids, group, KILLS, 7).await;
        let seen = seen.lock().unwrap();
        let (lost, split) = lost_and_split(&seen, &subjects);
        let by_id = seen.times().values().filter(|times| **times > 1).count();
        let visible = seen.repeated_messages();
        let twice = if ids == Ids::None { 0 } else { by_id + split };
        row(name, &format!("{KILLS} kills"), seen.posts.len(), lost, twice, visible);
        assert_eq!(lost, 0, "{name}");
        if ids == Ids::None {
            assert!(visible as u64 <= KILLS, "more than one visible duplicate a kill: {visible}");
        } else {
            assert_eq!((by_id, split), (0, 0), "{name}");
        }
    }
}
