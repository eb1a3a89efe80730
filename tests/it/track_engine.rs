//! All labelled articles in date order through tag and track: how the alerts differ from the people
//! and destinations of the labels. Runs where the data is.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use talentwire::model::{Arrival, Article, Attention, ClaimRecord, Kind, Move};
use talentwire::track::{History, Relation, Settings, Tracker};

use crate::track_articles::{engine, tagged};
use crate::track_stream::{GOLD, Label, labelled, play};

/// All articles of the labelled set, those without a move among them, as live articles.
pub(crate) fn articles() -> Option<Vec<Article>> {
    #[derive(Deserialize)]
    struct Plain {
        id: String,
        title: String,
        summary: String,
        published: Option<DateTime<Utc>>,
    }
    let Ok(text) = std::fs::read_to_string(GOLD) else {
        println!("skipped: no labelled articles at {GOLD}");
        return None;
    };
    let plain = text.lines().map(|line| serde_json::from_str::<Plain>(line).unwrap());
    let mut articles: Vec<Article> = plain
        .filter_map(|plain| {
            Some(Article {
                schema: 1,
                feed: "https://news.example/rss".into(),
                outlet: format!("Outlet of {}", plain.id),
                url: Some(format!("https://news.example/{}", plain.id)),
                title: plain.title,
                summary: plain.summary,
                content: None,
                published: Some(plain.published?),
                updated: None,
                authors: Vec::new(),
                lang: None,
                first_seen: plain.published?,
                arrival: Arrival::Live,
                id: plain.id,
            })
        })
        .collect();
    articles.sort_by(|a, b| (a.first_seen, &a.id).cmp(&(b.first_seen, &b.id)));
    Some(articles)
}

/// What became of one claim that the engine made.
struct Made {
    article: String,
    person: Option<String>,
    to: Option<String>,
    why: String,
}

fn loose(name: &str) -> String {
    let letters: String =
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    letters.trim_end_matches("labs").trim_end_matches("lab").trim_end_matches("ai").to_owned()
}

/// The name or a part of it: labels write "Google" where the engine has Google DeepMind.
fn alike(a: Option<&str>, b: Option<&str>) -> bool {
    match (a.map(loose), b.map(loose)) {
        (Some(a), Some(b)) => a.contains(&b) || b.contains(&a),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// Prints how the alerts differ from the people and destinations of the labels.
fn differences(alerts: &[&Move], made: &[Made]) {
    let mut wanted: BTreeMap<(String, Option<String>), (Label, String)> = BTreeMap::new();
    for article in labelled().unwrap_or_default() {
        for label in article.moves.iter().filter(|label| label.kind != Kind::Promoted) {
            let name = label.person_en.clone().or_else(|| label.person.clone());
            let Some(name) = name else { continue };
            wanted.entry((name, label.to.clone())).or_insert((label.clone(), article.id.clone()));
        }
    }
    let is_of = |of: &Move, label: &Label| {
        let names = [&label.person, &label.person_en];
        let called = |name: &str| of.spellings.iter().any(|own| loose(own) == loose(name));
        names.into_iter().flatten().any(|name| called(name))
    };
    let destination = |of: &Move| of.to_name.clone().or_else(|| of.to.clone());
    let (mut once, mut other, mut never) = (0, Vec::new(), Vec::new());
    for ((person, to), (label, article)) in &wanted {
        let own: Vec<&&Move> = alerts.iter().filter(|of| is_of(of, label)).collect();
        let exact = own.iter().filter(|of| alike(destination(of).as_deref(), to.as_deref()));
        match (exact.count(), own.first()) {
            (1, _) => once += 1,
            (0, None) => {
                let claims = made.iter().filter(|made| made.article == *article);
                let claims: Vec<String> = claims
                    .map(|made| format!("{:?} -> {:?} {}", made.person, made.to, made.why))
                    .collect();
                never.push(format!("{person} -> {to:?} [{article}] {claims:?}"));
            }
            (0, Some(of)) => {
                other.push(format!("{person} -> {to:?}: told as -> {:?}", destination(of)));
            }
            (times, _) => {
                let days: Vec<_> = own.iter().map(|of| of.first_seen.date_naive()).collect();
                other.push(format!("{person} -> {to:?}: {times} alerts on {days:?}"));
            }
        }
    }
    println!("{} people and destinations: {once} alerted once", wanted.len());
    println!("{} in another way:\n  {}", other.len(), other.join("\n  "));
    println!("{} never:\n  {}", never.len(), never.join("\n  "));
    let beyond: Vec<String> = alerts
        .iter()
        .filter(|of| of.person.is_some() && !wanted.values().any(|(label, _)| is_of(of, label)))
        .map(|of| format!("{:?} -> {:?} {:?}", of.person, of.to, of.reports[0].url))
        .collect();
    println!("{} beyond the labels:\n  {}", beyond.len(), beyond.join("\n  "));
}

/// The claims that the engine makes of the articles.
fn told(articles: &[Article]) -> (Vec<ClaimRecord>, Vec<Relation>) {
    let (extractor, relations) = engine();
    (articles.iter().flat_map(|article| tagged(&extractor, article)).collect(), relations)
}

#[test]
fn killed_at_any_claim_of_the_stream_through_the_engine_it_continues_the_same() {
    let Some(articles) = articles() else { return };
    let (records, relations) = told(&articles);
    assert_eq!(play(&records, &relations, None), play(&records, &relations, Some(1)));
}

#[test]
fn the_stream_through_the_engine_alerts_nobody_twice_for_one_destination() {
    let Some(articles) = articles() else { return };
    let (records, relations) = told(&articles);
    let mut tracker = Tracker::new(Settings::default(), &History::default(), &relations);
    let mut topic = BTreeMap::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut made = Vec::new();
    for record in &records {
        let verdict = tracker.merge(record, record.article.first_seen);
        *counts.entry(verdict.outcome.label()).or_default() += 1;
        let (claim, outcome) = (&record.claim, verdict.outcome.label());
        made.push(Made {
            article: record.article.id.clone(),
            person: claim.person.clone(),
            to: claim.to.clone(),
            why: format!("alert {} {:?} => {outcome}", claim.alert, claim.suppressed),
        });
        for of in verdict.moves {
            topic.insert(of.id.clone(), of);
        }
    }
    let alerts: Vec<&Move> = topic.values().filter(|of| of.attention == Attention::Alert).collect();
    let named = alerts.iter().filter(|of| of.person.is_some()).count();
    println!(
        "{} articles, {} claims, {} alerts, {named} named",
        articles.len(),
        records.len(),
        alerts.len()
    );
    println!("{counts:?}");
    differences(&alerts, &made);
    let mut seen: BTreeMap<(&str, &str), &Move> = BTreeMap::new();
    for of in alerts {
        let (Some(person), Some(to)) = (of.person.as_deref(), of.to.as_deref()) else { continue };
        if let Some(first) = seen.insert((person, to), of) {
            let apart = (of.first_seen - first.first_seen).abs();
            assert!(apart > TimeDelta::days(30), "{person} -> {to} twice: {first:#?} {of:#?}");
            println!("{person} -> {to} again after {} days", apart.num_days());
        }
    }
}
