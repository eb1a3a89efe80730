//! The labelled articles in date order: one alert for each person and destination.
//!
//! The labels become claims, so that this measures the tracker alone. Runs where the data is.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use talentwire::model::{Arrival, Article, Attention, ClaimRecord, Kind, Move, Status};
use talentwire::track::{History, Outcome, Relation, Settings, Tracker};

use crate::track_articles::{engine, tagged};
use crate::track_claims::{claim, record, relations};

const GOLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/gold-dev.jsonl");

#[derive(Deserialize)]
struct Labelled {
    id: String,
    lang: String,
    title: String,
    moves: Vec<Label>,
    published: Option<DateTime<Utc>>,
}

#[derive(Deserialize, Clone)]
struct Label {
    person: Option<String>,
    person_en: Option<String>,
    count: Option<u32>,
    from: Option<String>,
    to: Option<String>,
    role: Option<String>,
    kind: Kind,
    status: Status,
}

/// The labelled articles with a date, in its order; `None` where the data is not there.
fn labelled() -> Option<Vec<Labelled>> {
    let Ok(text) = std::fs::read_to_string(GOLD) else {
        println!("skipped: no labelled articles at {GOLD}");
        return None;
    };
    let mut articles: Vec<Labelled> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|article: &Labelled| article.published.is_some() && !article.moves.is_empty())
        .collect();
    articles.sort_by(|a, b| (a.published, &a.id).cmp(&(b.published, &b.id)));
    Some(articles)
}

/// Ids of listed companies where the label has their names.
fn company(name: &Option<String>) -> Option<String> {
    let name = name.as_deref()?;
    let listed = relations().into_iter().find(|relation| relation.name == name);
    Some(listed.map_or(name.to_owned(), |relation| relation.id))
}

fn claims(articles: &[Labelled], use_english: bool) -> Vec<ClaimRecord> {
    let mut claims = Vec::new();
    for (number, article) in articles.iter().enumerate() {
        for label in &article.moves {
            let (from, to) = (company(&label.from), company(&label.to));
            let english = label.person_en.as_deref().filter(|_| use_english);
            let person = label.person.as_deref();
            let mut claim = claim(english.or(person), from.as_deref(), to.as_deref());
            claim.person_as_written = label.person.clone();
            claim.count = label.count.unwrap_or(if person.is_some() { 1 } else { 2 });
            claim.role.clone_from(&label.role);
            claim.kind = label.kind;
            claim.status = label.status;
            claim.alert = label.kind != Kind::Promoted;
            let mut record = record(claim, &article.id, number, article.published.unwrap());
            record.article.title = article.title.clone();
            record.article.lang = Some(article.lang.clone());
            claims.push(record);
        }
    }
    claims
}

fn play(
    claims: &[ClaimRecord],
    relations: &[Relation],
    kill_every: Option<usize>,
) -> (BTreeMap<String, Move>, Vec<Outcome>) {
    let fresh = || Tracker::new(Settings::default(), &History::default(), relations);
    let (mut tracker, mut topic, mut outcomes) = (fresh(), BTreeMap::new(), Vec::new());
    for (number, claim) in claims.iter().enumerate() {
        if kill_every.is_some_and(|every| number % every == 0) {
            tracker = fresh();
            for of in topic.values() {
                tracker.restore(of);
            }
        }
        let verdict = tracker.merge(claim, claim.article.first_seen);
        outcomes.push(verdict.outcome);
        for of in verdict.moves {
            topic.insert(of.id.clone(), of);
        }
    }
    (topic, outcomes)
}

#[test]
fn a_stream_of_labelled_articles_alerts_once_for_each_person_and_destination() {
    let Some(articles) = labelled() else { return };
    let claims = claims(&articles, true);
    let (topic, outcomes) = play(&claims, &relations(), None);
    let alerts: Vec<&Move> = topic.values().filter(|of| of.attention == Attention::Alert).collect();

    // What a reader of the labels would count: named people of alerting kinds, by destination.
    let mut wanted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut unnamed = 0;
    for record in claims.iter().filter(|record| record.claim.alert) {
        match &record.claim.person {
            Some(person) => {
                let ends = wanted.entry(person.clone()).or_default();
                ends.extend(record.claim.to.clone());
            }
            None => unnamed += 1,
        }
    }
    let pairs: usize = wanted.values().map(|ends| ends.len().max(1)).sum();
    let named = alerts.iter().filter(|of| of.person.is_some()).count();
    println!(
        "{} claims, {} people, {pairs} people and destinations; {} alerts, {named} of them named; \
         {unnamed} unnamed claims",
        claims.len(),
        wanted.len(),
        alerts.len(),
    );
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for outcome in &outcomes {
        *counts.entry(outcome.label()).or_default() += 1;
    }
    println!("{counts:?}");
    for (person, destinations) in &wanted {
        let own: Vec<&&Move> = alerts.iter().filter(|of| of.spellings.contains(person)).collect();
        for destination in destinations {
            let alerted = own.iter().filter(|of| of.to.as_ref() == Some(destination)).count();
            let back =
                own.iter().any(|of| of.is_reversed() && of.from.as_ref() == Some(destination));
            assert!(
                alerted == 1 || (alerted == 0 && back),
                "{person} -> {destination}: {alerted} alerts, want 1: {own:#?}"
            );
        }
        let without = own.iter().filter(|of| of.to.is_none()).count();
        if own.len() != destinations.len() {
            println!("{person}: {} alerts, {without} without a destination", own.len());
            for of in own {
                println!("    {:?} -> {:?} {}", of.from, of.to, of.first_seen.date_naive());
            }
        }
    }
}

/// All articles of the labelled set, those without a move among them, as live articles.
fn articles() -> Option<Vec<Article>> {
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

#[test]
fn killed_at_any_claim_of_the_stream_it_continues_the_same() {
    let Some(articles) = labelled() else { return };
    let claims = claims(&articles, true);
    let (topic, outcomes) = play(&claims, &relations(), None);
    let (again, answers) = play(&claims, &relations(), Some(1));
    assert_eq!(outcomes, answers);
    assert_eq!(topic, again);
}

#[test]
fn without_a_list_of_known_people_most_spellings_still_meet() {
    let Some(articles) = labelled() else { return };
    let (known, _) = play(&claims(&articles, true), &relations(), None);
    let (unknown, _) = play(&claims(&articles, false), &relations(), None);
    println!("moves with the list {}, without {}", known.len(), unknown.len());
    for of in unknown.values().filter(|of| of.spellings.iter().all(|name| !name.is_ascii())) {
        println!("    {:?} {:?} -> {:?}", of.spellings, of.from, of.to);
    }
    assert!(unknown.len() <= known.len() + known.len() / 10);
}
