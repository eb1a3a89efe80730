//! Checks shared by the tests of Chinese and Japanese extraction.

use std::path::Path;

use chrono::{TimeZone, Utc};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use talentwire::extract::{Extractor, Input, RuleFiles, Rules};
use talentwire::model::{Claim, Tagging};

fn extractor() -> &'static Extractor {
    static ENGINE: std::sync::LazyLock<Extractor> = std::sync::LazyLock::new(|| {
        let rules = Rules::parse(&RuleFiles::built_in()).expect("the built-in rules are sound");
        Extractor::new(&rules)
    });
    &ENGINE
}

pub(crate) fn tag(lang: &str, title: &str, summary: &str) -> Tagging {
    let published = Utc.with_ymd_and_hms(2026, 6, 20, 0, 0, 0).unwrap();
    let input =
        Input { id: None, title, summary, content: None, url: None, published, lang: Some(lang) };
    extractor().tag(&input)
}

/// `person: from -> to`, with `role xN` for someone unnamed and the reason where it does not alert.
fn shown(claim: &Claim) -> String {
    let unnamed = || format!("{} x{}", claim.role.as_deref().unwrap_or("?"), claim.count);
    let who = claim.person_as_written.clone().unwrap_or_else(unnamed);
    let end = |end: &Option<String>| end.clone().unwrap_or_else(|| "?".to_owned());
    let reason = claim.suppressed.map(|reason| format!(" ({reason})")).unwrap_or_default();
    format!("{who}: {} -> {}{reason}", end(&claim.from), end(&claim.to))
}

fn alerts(tagging: &Tagging) -> Vec<String> {
    tagging.claims.iter().filter(|claim| claim.alert).map(shown).collect()
}

fn data(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/extract").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Lines of `title || summary => claim | claim`, `=> -` where nothing must alert. All alerting
/// claims are given, in any order.
pub(crate) fn check_file(lang: &str, name: &str) {
    let mut wrong = Vec::new();
    for line in data(name).lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (text, want) = line.split_once(" => ").unwrap_or_else(|| panic!("no => in {line}"));
        let (title, summary) = text.split_once(" || ").unwrap_or((text, ""));
        let mut want: Vec<&str> = want.split(" | ").filter(|want| *want != "-").collect();
        let tagging = tag(lang, title, summary);
        let mut got = alerts(&tagging);
        got.sort();
        want.sort_unstable();
        if got != want {
            let all: Vec<String> = tagging.claims.iter().map(shown).collect();
            wrong.push(format!("{text}\n    want {want:?}\n    got  {all:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Every trigger alerts in its example by one of its forms; a promotion is kept without alert.
pub(crate) fn check_triggers(lang: &str, lexicon: &str) {
    let file: toml::Table = toml::from_str(lexicon).unwrap();
    for trigger in file["trigger"].as_array().unwrap() {
        let example = trigger["example"].as_str().unwrap();
        let forms: Vec<&str> =
            trigger["forms"].as_array().unwrap().iter().filter_map(|form| form.as_str()).collect();
        let tagging = tag(lang, example, "");
        let by_form = |claim: &&Claim| forms.contains(&claim.evidence.trigger.as_str());
        let found: Vec<&Claim> = tagging.claims.iter().filter(by_form).collect();
        assert!(!found.is_empty(), "no claim by its own trigger in: {example}");
        let promotes = trigger["class"].as_str() == Some("promote");
        assert_ne!(found.iter().any(|claim| claim.alert), promotes, "alert of: {example}");
    }
}

/// Lines of `list: sentence with {} => claim`: the sentence must give the claim, or with `-` no
/// alert, for each word of the list.
pub(crate) fn check_lists(lang: &str, lexicon: &str, name: &str) {
    let file: toml::Table = toml::from_str(lexicon).unwrap();
    let mut wrong = Vec::new();
    let mut covered = Vec::new();
    for line in data(name).lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (list, rest) = line.split_once(": ").unwrap();
        let (template, want) = rest.split_once(" => ").unwrap();
        covered.push(list.to_owned());
        for word in file["lists"][list].as_array().unwrap().iter().filter_map(|word| word.as_str())
        {
            let text = template.replace("{}", word);
            let want = want.replace("{}", word);
            let (title, summary) = text.split_once(" || ").unwrap_or((&text, ""));
            let tagging = tag(lang, title, summary);
            let mut got = alerts(&tagging);
            got.sort();
            let right = match want.as_str() {
                "-" => got.is_empty(),
                "rumoured" => tagging
                    .claims
                    .iter()
                    .any(|claim| claim.alert && claim.status.label() == "rumoured"),
                want => got == want.split(" | ").collect::<Vec<_>>(),
            };
            if !right {
                let all: Vec<String> = tagging.claims.iter().map(shown).collect();
                wrong.push(format!("{list}: {text} gives {all:?}"));
            }
        }
    }
    for list in file["lists"].as_table().unwrap().keys() {
        assert!(covered.contains(list), "no sentence tests the list {list}");
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Any mixture of the pieces of `seed` gives evidence that lies on character borders.
pub(crate) fn check_wild(lang: &str, seed: &str) {
    let chars: Vec<char> = seed.chars().collect();
    let piece = proptest::sample::select(chars);
    let text = proptest::collection::vec(piece, 0..120).prop_map(String::from_iter);
    let mut runner =
        TestRunner::new(Config { cases: 300, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&(text.clone(), text), |(title, summary)| {
        for claim in tag(lang, &title, &summary).claims {
            let field = if claim.evidence.field.label() == "title" { &title } else { &summary };
            prop_assert!(field.get(claim.evidence.start..claim.evidence.end).is_some());
        }
        Ok(())
    });
    outcome.unwrap();
    // A very long line takes time in proportion to its length: this would not end otherwise.
    let long = seed.repeat(4_000);
    tag(lang, &long, "");
}
