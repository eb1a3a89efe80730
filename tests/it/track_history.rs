//! The shipped history: recaps stay quiet from the first day, news of the same people does not.

use chrono::{DateTime, Utc};
use talentwire::track::{History, Settings, Tracker};

use crate::track_claims::{claim, record, relations};

fn shipped() -> Tracker {
    let text = include_str!("../../config/history.toml");
    let history = History::parse("history.toml", text).unwrap();
    Tracker::new(Settings::default(), &history, &relations())
}

#[track_caller]
fn check(day: &str, person: &str, from: Option<&str>, to: Option<&str>, want: &str) {
    let seen: DateTime<Utc> = format!("{day}T09:00:00Z").parse().unwrap();
    let record = record(claim(Some(person), from, to), "Wire", 1, seen);
    let verdict = shipped().merge(&record, seen);
    assert_eq!(verdict.outcome.label(), want, "{day} {person}: {from:?} -> {to:?}");
}

#[test]
fn recaps_of_the_history_are_known_in_every_spelling() {
    let known = "known_history";
    check("2026-01-16", "Jan Leike", Some("openai"), None, known);
    check("2026-01-16", "얀 라이케", Some("openai"), Some("anthropic"), known);
    check("2026-11-23", "John Schulman", Some("openai"), Some("anthropic"), known);
    check("2026-11-23", "존 슐먼", Some("openai"), Some("anthropic"), known);
    check("2026-11-23", "Schulman", Some("anthropic"), Some("thinking-machines-lab"), known);
    check("2026-11-23", "Mira Murati", Some("openai"), Some("thinking-machines-lab"), known);
    check("2026-11-23", "ダリオ・アモデイ", Some("openai"), None, known);
    check("2026-11-23", "Noam Shazeer", Some("character-ai"), Some("google-deepmind"), known);
    check("2026-11-23", "Daniela Amodei", None, Some("anthropic"), known);
}

#[test]
fn a_recap_that_follows_the_move_by_a_day_is_known_too() {
    check("2024-08-06", "John Schulman", Some("openai"), Some("anthropic"), "known_history");
    check("2024-08-03", "John Schulman", Some("openai"), Some("anthropic"), "known_history");
}

#[test]
fn news_of_the_same_people_alerts() {
    check("2026-11-23", "John Schulman", Some("thinking-machines-lab"), Some("openai"), "new");
    check("2026-11-23", "Jan Leike", Some("anthropic"), None, "new");
    check("2026-11-23", "Mira Murati", None, Some("meta"), "new");
    check("2026-06-18", "Noam Shazeer", Some("google-deepmind"), Some("openai"), "new");
    check("2026-05-19", "Andrej Karpathy", None, Some("anthropic"), "new");
    check("2026-11-23", "Andrej Karpathy", None, Some("openai"), "new");
}

#[test]
fn an_article_from_before_the_move_is_not_about_it() {
    check("2023-05-02", "John Schulman", Some("openai"), Some("anthropic"), "new");
}

#[test]
fn another_person_of_the_same_surname_is_not_meant() {
    check("2026-11-23", "Anna Schulman", Some("openai"), Some("anthropic"), "new");
    check("2026-11-23", "Schulman", Some("meta"), Some("nvidia"), "new");
}
