//! The labelled articles in date order: one alert for each person and destination.
//!
//! The labels become claims, so that this measures the tracker alone. Runs where the data is.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::Deserialize;
use talentwire::model::{Attention, ClaimRecord, Kind, Move, Status};
use talentwire::track::{History, Outcome, Relation, Settings, Tracker};

use crate::track_claims::{claim, record, relations};

pub(crate) const GOLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/gold-dev.jsonl");

#[derive(Deserialize)]
pub(crate) struct Labelled {
    pub(crate) id: String,
    lang: String,
    title: String,
    pub(crate) moves: Vec<Label>,
    published: Option<DateTime<Utc>>,
}

#[derive(Deserialize, Clone)]
pub(crate) struct Label {
    pub(crate) person: Option<String>,
    pub(crate) person_en: Option<String>,
    count: Option<u32>,
    from: Option<String>,
    pub(crate) to: Option<String>,
    role: Option<String>,
    pub(crate) kind: Kind,
    status: Status,
}

/// The labelled articles with a date, in its order; `None` where the data is not there.
pub(crate) fn labelled() -> Option<Vec<Labelled>> {
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

pub(crate) fn play(
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
