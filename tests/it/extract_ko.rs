//! Korean articles in our own words against the shipped rules.

use std::fmt::Write as _;

use chrono::{TimeZone, Utc};
use talentwire::extract::{Extractor, Input, RuleFiles, Rules};
use talentwire::model::Claim;

const CASES: &str = include_str!("../data/extract/ko-moves.txt");

fn extractor() -> Extractor {
    let rules = Rules::parse(&RuleFiles::built_in()).unwrap();
    Extractor::new(&rules).unwrap()
}

fn tag(extractor: &Extractor, title: &str, summary: &str, content: Option<&str>) -> Vec<Claim> {
    let published = Utc.with_ymd_and_hms(2026, 11, 20, 9, 0, 0).unwrap();
    let (id, url, lang) = (None, None, Some("ko"));
    extractor.tag(&Input { id, title, summary, content, url, published, lang }).claims
}

/// `person: from -> to`, `?3` for three unnamed people, `-` for an end that is not said.
fn shown(claim: &Claim) -> String {
    let end = |end: &Option<String>| end.clone().unwrap_or_else(|| "-".into());
    let who = match (&claim.person, claim.count) {
        (Some(name), _) => name.clone(),
        (None, 1) => "?".into(),
        (None, count) => format!("?{count}"),
    };
    // What a founder starts, and employers nobody watches, are not what these cases are about.
    let listed = |end: String| {
        let id = end
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if id { end } else { "-".into() }
    };
    format!("{who}: {} -> {}", listed(end(&claim.from)), listed(end(&claim.to)))
}

#[test]
fn korean_articles_alert_for_what_they_report_and_nothing_else() {
    let extractor = extractor();
    let mut wrong = String::new();
    let mut cases = 0;
    for line in CASES.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let mut fields = line.split('|').map(str::trim);
        let [title, summary, want] = [(); 3].map(|()| fields.next().unwrap_or(""));
        let mut want: Vec<&str> =
            want.split(';').map(str::trim).filter(|one| !one.is_empty()).collect();
        let claims = tag(&extractor, title, summary, None);
        let mut got: Vec<String> = claims.iter().filter(|claim| claim.alert).map(shown).collect();
        got.sort();
        want.sort_unstable();
        cases += 1;
        if got != want {
            let dropped: Vec<String> = claims
                .iter()
                .filter(|claim| !claim.alert)
                .map(|claim| {
                    format!(
                        "{} ({})",
                        shown(claim),
                        claim.suppressed.map_or("", |reason| reason.label())
                    )
                })
                .collect();
            writeln!(
                wrong,
                "{title} | {summary}\n   want {want:?}\n   got  {got:?}   dropped {dropped:?}"
            )
            .unwrap();
        }
    }
    let failed = wrong.matches("\n   want").count();
    assert!(wrong.is_empty(), "{failed} of {cases} wrong:\n{wrong}");
}
