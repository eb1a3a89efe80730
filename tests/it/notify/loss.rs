//! The loss table: what was done to a receiver, how often, what was lost, what came twice.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use talentwire::log::{Record, Topic};
use talentwire::metrics::Metrics;
use talentwire::notify::error::DeliveryError;
use talentwire::notify::outbox::{Memory, Outbox, Place};
use talentwire::notify::receiver::{Habits, Ids};
use talentwire::stage::notify::{Clock, run};
use tokio_util::sync::CancellationToken;

use super::fixtures::{a_move, all_to, outlet};
use super::scripted::{Answer, Dice, Scripted, Seen};
use super::simulated::{MemLog, SimClock};

pub(super) const GROUP: &str = "notify.target";

/// Prints one line of the table.
pub(super) fn row(
    fault: &str,
    dose: &str,
    posts: usize,
    lost: usize,
    by_id: usize,
    visible: usize,
) {
    println!("| {fault} | {dose} | {posts} | {lost} | {by_id} | {visible} |");
}

/// Subjects that were never told, and first reports told under more than one id.
pub(super) fn lost_and_split(seen: &Seen, subjects: &[String]) -> (usize, usize) {
    let mut reports: HashMap<String, HashSet<String>> = HashMap::new();
    for arrived in &seen.arrived {
        for (id, event) in arrived.ids.iter().zip(&arrived.events) {
            if *event == "move.reported" {
                let subject = id.rsplit_once('-').unwrap().0.to_owned();
                reports.entry(subject).or_default().insert(id.clone());
            }
        }
    }
    let lost = subjects.iter().filter(|it| !reports.contains_key(*it)).count();
    for (subject, ids) in reports.iter().filter(|(_, ids)| ids.len() > 1) {
        println!("{subject} was reported under several ids: {ids:?}");
    }
    (lost, reports.values().filter(|ids| ids.len() > 1).count())
}

/// A simulated run: `count` moves, one a second, a receiver that answers as `script` says.
struct Simulation {
    clock: SimClock,
    log: MemLog,
    metrics: Metrics,
    seen: Arc<Mutex<Seen>>,
    subjects: Vec<String>,
    outlet: talentwire::stage::notify::Outlet,
}

impl Simulation {
    fn new(
        ids: Ids,
        group: usize,
        count: u32,
        script: impl FnMut(&talentwire::notify::receiver::Letter, DateTime<Utc>) -> Answer
        + Send
        + 'static,
    ) -> Self {
        let clock = SimClock::new();
        let log = MemLog::new(&clock);
        let start = clock.now();
        let mut subjects = Vec::new();
        for index in 0..count {
            let at = start + TimeDelta::seconds(index.into());
            let mv = a_move(&format!("m{index}"), at);
            let value = Some(serde_json::to_vec(&mv).unwrap());
            let record = Record { key: mv.id.clone(), value, headers: vec![], partition_by: None };
            log.schedule(at, Topic::Moves, record);
            subjects.push(mv.id);
        }
        let mut script = script;
        let time = clock.clone();
        let receiver = Scripted::new(ids, group, move |letter| script(letter, time.now()));
        let seen = receiver.seen.clone();
        let outlet = outlet("target", Arc::new(receiver));
        let metrics = Metrics::new().unwrap();
        Self { clock, log, metrics, seen, subjects, outlet }
    }

    /// Runs until everything is delivered, starting anew wherever the receiver was disabled.
    async fn run(&self) {
        for _ in 0..2_000 {
            let stop = CancellationToken::new();
            let metrics = self.metrics.clone();
            self.log.stop_when(&stop, move |inner, _| {
                let disabled = metrics.receiver_disabled.with_label_values(&["target"]).get() > 0;
                disabled || (inner.still_coming() == 0 && inner.lag(GROUP, Topic::Moves) == 0)
            });
            // Four answers of five are bad: some messages need longer than three days.
            let mut rules = all_to("target").as_ref().clone();
            rules.patience.max_age = Duration::from_secs(30 * 24 * 3600);
            run(
                self.log.clone(),
                self.outlet.clone(),
                Arc::new(rules),
                self.metrics.clone(),
                self.clock.clone(),
                stop,
            )
            .await
            .unwrap();
            let disabled = self.metrics.receiver_disabled.with_label_values(&["target"]);
            if disabled.get() == 0 {
                return;
            }
            disabled.set(0);
            self.clock.advance(Duration::from_secs(30));
        }
        panic!("it does not end");
    }

    fn shortest_gap(&self) -> TimeDelta {
        let seen = self.seen.lock().unwrap();
        let gaps = seen.posts.windows(2).map(|pair| pair[1] - pair[0]);
        gaps.min().unwrap_or(TimeDelta::MAX)
    }
}

#[tokio::test]
async fn an_hours_outage_with_3600_moves_is_caught_up_in_groups_at_one_post_a_second() {
    let start = SimClock::new().now();
    let back = start + TimeDelta::hours(1);
    let simulation = Simulation::new(Ids::None, 20, 3_600, move |_, now| {
        let down = DeliveryError::Connect("connection refused".to_owned());
        if now < back { Answer::Not(down) } else { Answer::Taken }
    });
    simulation.run().await;
    let gap = simulation.shortest_gap();
    let seen = simulation.seen.lock().unwrap();
    let (lost, split) = lost_and_split(&seen, &simulation.subjects);
    let last = seen.arrived.last().unwrap().at;
    let largest = seen.arrived.iter().map(|it| it.ids.len()).max().unwrap();
    let behind = last - back;
    row("one hour down", "3,600 moves wait", seen.posts.len(), lost, 0, seen.repeated_messages());
    println!(
        "caught up {} s after the receiver came back, {} messages, {largest} moves in the largest",
        behind.num_seconds(),
        seen.arrived.len()
    );
    assert_eq!((lost, split, seen.repeated_messages()), (0, 0, 0));
    assert_eq!(largest, 20);
    assert!(gap >= TimeDelta::seconds(1), "two posts within {gap}");
    assert!(behind < TimeDelta::minutes(10), "{behind}");
}

/// Moves of one storm: 600 with TALENTWIRE_FULL_DOSE=1 (more than ten thousand answers in all),
/// else 100.
fn dose() -> u32 {
    if full_dose() { 600 } else { 100 }
}

/// True where the tests of loss are to take as much as the issue asks for.
pub(super) fn full_dose() -> bool {
    std::env::var_os("TALENTWIRE_FULL_DOSE").is_some_and(|it| it == "1")
}

/// Answers of all sorts until everything arrived, and a log whose commits fail now and then.
async fn storm(ids: Ids) -> usize {
    let mut dice = Dice::new(11);
    let early = Arc::new(Mutex::new(0_u64));
    let (early_count, mut not_before) = (early.clone(), None::<DateTime<Utc>>);
    let simulation = Simulation::new(ids, 1, dose(), move |_, now| {
        if not_before.is_some_and(|until| now < until) {
            *early_count.lock().unwrap() += 1;
        }
        let status = |status, why: &str| DeliveryError::Unavailable {
            status,
            retry_after: None,
            why: why.to_owned(),
        };
        match dice.roll(200) {
            0..50 => {
                let wait = Duration::from_secs(dice.roll(40));
                not_before = Some(now + TimeDelta::from_std(wait).unwrap());
                Answer::Not(DeliveryError::RateLimited { retry_after: Some(wait) })
            }
            50..60 => Answer::Not(DeliveryError::RateLimited { retry_after: None }),
            60..110 => Answer::Not(status(503, "")),
            110..120 => Answer::Not(status(500, "rollup_error")),
            120..140 => Answer::Not(DeliveryError::Timeout(Duration::from_secs(15))),
            140..145 => Answer::TakenSilently(DeliveryError::Timeout(Duration::from_secs(15))),
            145..150 => Answer::TakenSilently(DeliveryError::Aborted("reset".to_owned())),
            150..170 => Answer::Not(DeliveryError::Connect("refused".to_owned())),
            170 => Answer::Not(DeliveryError::Refused { status: 410, why: String::new() }),
            _ => Answer::Taken,
        }
    });
    simulation.log.fail_every(397);
    simulation.log.tick(Duration::from_secs(5));
    simulation.run().await;
    let seen = simulation.seen.lock().unwrap();
    let (lost, split) = lost_and_split(&seen, &simulation.subjects);
    let by_id = seen.times().values().filter(|times| **times > 1).count();
    let dead = simulation.log.inner.lock().unwrap().records(Topic::DeadLetters).len();
    let name = format!("429, 5xx, hangs, resets, 410, failing commits ({ids:?})");
    let doubted =
        simulation.metrics.deliveries_possible_duplicate_total.with_label_values(&["target"]).get();
    row(&name, &format!("{} answers", seen.posts.len()), seen.posts.len(), lost, split, by_id);
    println!(
        "posts earlier than allowed: {}, counted as doubtful: {doubted}",
        early.lock().unwrap()
    );
    assert_eq!((lost, dead), (0, 0), "{name}");
    assert_eq!(*early.lock().unwrap(), 0, "{name}: posts earlier than Retry-After allows");
    assert_eq!(simulation.metrics.retry_after_violations_total.get(), 0);
    if ids != Ids::None {
        let twice: Vec<_> = seen.times().into_iter().filter(|(_, times)| *times > 1).collect();
        assert_eq!((by_id, split), (0, 0), "{name}: {twice:?}");
    }
    seen.posts.len()
}

/// The default dose is some 2,000 answers; TALENTWIRE_FULL_DOSE=1 gives more than 10,000.
#[tokio::test]
async fn a_storm_of_bad_answers_loses_nothing_and_no_post_is_early() {
    let mut answers = 0;
    for ids in [Ids::Ignores, Ids::Lists, Ids::None] {
        answers += storm(ids).await;
    }
    let least = if dose() == 600 { 10_000 } else { 1_500 };
    assert!(answers >= least, "only {answers} answers");
}

/// Kafka hands over partitions one by one: what waits from those held before is not given again.
#[test]
fn what_waits_survives_when_more_partitions_are_assigned() {
    let now = SimClock::new().now();
    let habits = Habits { ids: Ids::None, group: 1, interval: Duration::from_secs(1) };
    let mut outbox = Outbox::new("target", habits, all_to("target"), now);
    outbox.extend(&[0], Memory::default(), now);
    let waiting = Place { partition: 0, offset: 7 };
    assert_eq!(outbox.offer_move(Arc::new(a_move("m1", now)), waiting, now), "queued");
    outbox.extend(&[1], Memory::default(), now);
    let later = Place { partition: 0, offset: 8 };
    assert_eq!(outbox.offer_move(Arc::new(a_move("m2", now)), later, now), "queued");
    assert_eq!(outbox.waiting(), 2);
    assert_eq!(outbox.positions(), [waiting], "the position waits for the first of them");
    // The same partition anew: the log gives its records again.
    outbox.extend(&[0], Memory::default(), now);
    assert_eq!(outbox.waiting(), 0);
}

/// A receiver hears no history from before its first run; a clock that was years ahead at that run,
/// or jumped ahead later, must not make history of all that happens once it is right again.
#[test]
fn a_clock_that_was_ahead_does_not_silence_a_receiver_for_years() {
    let right = SimClock::new().now();
    let ahead = right + TimeDelta::days(1_000);
    let habits = Habits { ids: Ids::None, group: 1, interval: Duration::from_secs(1) };
    let place = |offset| Place { partition: 0, offset };

    let mut outbox = Outbox::new("target", habits, all_to("target"), ahead);
    let first_run =
        outbox.restore(Memory::default(), ahead).expect("the first run is written down");
    outbox.clock_was_set_back(ahead - right, right);
    let told = outbox.offer_move(Arc::new(a_move("m1", right)), place(1), right);
    assert_eq!(told, "queued", "while it runs");

    let memory = Memory { state: Some(first_run), ..Memory::default() };
    let mut restarted = Outbox::new("target", habits, all_to("target"), right);
    restarted.restore(memory, right);
    let told = restarted.offer_move(Arc::new(a_move("m1", right)), place(1), right);
    assert_eq!(told, "queued", "after a restart");

    let mut steady = Outbox::new("target", habits, all_to("target"), right);
    steady.restore(Memory::default(), right);
    let old = Arc::new(a_move("m2", right - TimeDelta::days(90)));
    assert_ne!(steady.offer_move(old, place(1), right), "queued", "history stays untold");
}
