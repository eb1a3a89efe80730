//! What the list of known people is worth on labelled articles: the engine must know moves by its
//! grammar, and the list only spells names. Runs where the data is.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use talentwire::extract::{Extractor, Input, RuleFiles, Rules};

const GOLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/gold-dev.jsonl");

#[derive(Deserialize)]
struct Article {
    title: String,
    summary: String,
    lang: String,
    published: Option<chrono::DateTime<chrono::Utc>>,
    cls: String,
    event: Option<String>,
}

fn articles() -> Vec<Article> {
    let Ok(text) = std::fs::read_to_string(GOLD) else {
        eprintln!("skipped: no labelled articles at {GOLD}");
        return Vec::new();
    };
    text.lines().map(|line| serde_json::from_str(line).expect("a labelled article")).collect()
}

/// The engine with `people` for its list of known people.
fn engine(people: &str) -> Extractor {
    let files = RuleFiles { people: ("people.toml", people), ..RuleFiles::built_in() };
    Extractor::new(&Rules::parse(&files).expect("the rules are right"))
}

/// Indices of the articles that alert.
fn alerting(engine: &Extractor, articles: &[Article]) -> BTreeSet<usize> {
    let alerts = |article: &Article| {
        let tagging = engine.tag(&Input {
            id: Some("1"),
            title: &article.title,
            summary: &article.summary,
            content: None,
            url: None,
            published: article.published.unwrap_or_default(),
            lang: Some(&article.lang),
        });
        tagging.claims.iter().any(|claim| claim.alert)
    };
    (0..articles.len()).filter(|index| alerts(&articles[*index])).collect()
}

/// The list without the line that begins with this name.
fn without(people: &str, name: &str) -> String {
    let line = |line: &&str| !line.starts_with(&format!("\"{name}\" "));
    people.lines().filter(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn moves_are_found_without_knowing_the_people() {
    let articles = articles();
    let listed = alerting(&engine(RuleFiles::built_in().people.1), &articles);
    let unlisted = alerting(&engine("[people]\n"), &articles);
    let mut by_language: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for index in &listed {
        let (all, kept) = by_language.entry(&articles[*index].lang).or_default();
        *all += 1;
        *kept += usize::from(unlisted.contains(index));
    }
    let gained = unlisted.difference(&listed);
    let gained: Vec<&str> = gained.map(|index| articles[*index].cls.as_str()).collect();
    eprintln!("alerts with the list, and those kept without it: {by_language:?}");
    eprintln!("classes of articles that alert only without it: {gained:?}");
    for (lang, (all, kept)) in by_language {
        assert!(kept * 10 >= all * 8, "{lang}: {kept} of {all} alerts without the list");
    }
    assert!(gained.iter().all(|class| *class == "positive"), "{gained:?}");
}

/// Slow: one engine for each name that stands in an article which the list decides.
#[test]
fn few_names_of_the_list_decide_the_alerts_of_one_event_only() {
    let articles = articles();
    let people = RuleFiles::built_in().people.1;
    let listed = alerting(&engine(people), &articles);
    let unlisted = alerting(&engine("[people]\n"), &articles);
    let decided: Vec<usize> = listed.difference(&unlisted).copied().collect();
    let mut alone: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for line in people.lines().filter(|line| line.starts_with('"')) {
        let names: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
        let within = |index: &&usize| {
            let article = &articles[**index];
            names.iter().any(|name| article.title.contains(name) || article.summary.contains(name))
        };
        let touched: Vec<usize> = decided.iter().filter(within).copied().collect();
        let Some(name) = names.first().filter(|_| !touched.is_empty()) else { continue };
        let still = alerting(&engine(&without(people, name)), &articles);
        let lost = touched.iter().filter(|index| !still.contains(index));
        for index in lost {
            let event = articles[*index].event.as_deref().unwrap_or("");
            alone.entry(name).or_default().insert(event);
        }
    }
    let single = alone.iter().filter(|(_, events)| events.len() == 1).count();
    eprintln!("names whose loss silences an article: {alone:?}; of one event: {single}");
    let events: BTreeSet<_> = articles.iter().filter_map(|one| one.event.as_deref()).collect();
    assert!(single * 20 <= events.len(), "{single} names decide one event each");
}
