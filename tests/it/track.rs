//! The tracker on claims written by hand: `scenarios.txt` has a rule each, `news.txt` the kinds of
//! reports that real news brings.

use std::collections::BTreeMap;

use talentwire::model::Move;
use talentwire::track::{Tracker, Verdict};

use crate::track_claims::{parse, tracker};

const SCENARIOS: [&str; 2] = [
    include_str!("../data/track/scenarios.txt"),
    include_str!("../data/track/news.txt"),
];

/// The moves as a reader of the compacted topic sees them.
#[derive(Default)]
struct Topic(BTreeMap<String, Move>);

impl Topic {
    fn take(&mut self, verdict: &Verdict) {
        for of in &verdict.moves {
            self.0.insert(of.id.clone(), of.clone());
        }
    }
}

fn outcome(verdict: &Verdict) -> String {
    match verdict.moves.first() {
        Some(of) => format!("{} {:?}", verdict.outcome.label(), of.attention).to_lowercase(),
        None => verdict.outcome.label().to_owned(),
    }
}

pub(crate) fn show(of: &Move) -> String {
    let end = |end: &Option<String>| end.clone().unwrap_or_else(|| "-".into());
    let mut line = format!(
        "{} | {} > {} | {} {} | {}",
        end(&of.person),
        end(&of.from),
        end(&of.to),
        of.kind,
        of.status,
        of.report_count
    );
    if of.is_reversed() {
        line += " reversed";
    }
    if of.count > 1 {
        line += &format!(" count {}", of.count);
    }
    line
}

/// Plays a scenario; `restart` rebuilds the tracker from the topic before every claim.
fn play(scenario: &str, restart: bool) -> Vec<String> {
    let mut tracker = tracker();
    let mut topic = Topic::default();
    let (mut wrong, mut want, mut number) = (Vec::new(), Vec::new(), 0);
    for line in scenario.lines().skip(1).map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(line) = line.strip_prefix("= ") {
            want.push(line.to_owned());
            continue;
        }
        let (claim, expected) = line.split_once("=>").unwrap();
        number = if claim.contains("again") { number } else { number + 1 };
        let record = parse(claim, number + usize::from(claim.contains("again")));
        if restart {
            tracker = restored(&topic);
        }
        let verdict = tracker.merge(&record, record.article.first_seen);
        let got = outcome(&verdict);
        if got != expected.trim() {
            wrong.push(format!("{}\n      got {got}", line));
        }
        if record.article.arrival != talentwire::model::Arrival::Canary {
            topic.take(&verdict);
        }
    }
    let mut have: Vec<String> = topic.0.values().map(show).collect();
    have.sort();
    want.sort();
    if have != want {
        wrong.push(format!("moves: got {have:#?}, want {want:#?}"));
    }
    wrong
}

fn restored(topic: &Topic) -> Tracker {
    let mut tracker = tracker();
    for of in topic.0.values().rev() {
        let wire = serde_json::to_string(of).unwrap();
        tracker.restore(&serde_json::from_str(&wire).unwrap());
    }
    tracker
}

fn all(restart: bool) {
    let mut failed = String::new();
    for scenario in SCENARIOS.iter().flat_map(|file| file.split("\n## ").skip(1)) {
        let wrong = play(scenario, restart);
        if !wrong.is_empty() {
            failed +=
                &format!("## {}\n    {}\n", scenario.lines().next().unwrap(), wrong.join("\n    "));
        }
    }
    assert!(failed.is_empty(), "{failed}");
}

#[test]
fn every_scenario_ends_as_written() {
    all(false);
}

#[test]
fn a_tracker_that_is_killed_before_every_claim_answers_the_same() {
    all(true);
}
