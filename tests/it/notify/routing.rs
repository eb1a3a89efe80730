//! Which moves a route takes, and what it says of those that it does not take.

use chrono::Utc;
use talentwire::notify::matcher::Matcher;
use talentwire::notify::route::{Route, Subject, decide};

use super::fixtures::a_move;

#[test]
fn every_matcher_takes_what_it_names_and_says_why_it_does_not() {
    let mut mv = a_move("m1", Utc::now());
    mv.person = Some("Marta Lindqvist".to_owned());
    mv.spellings = vec!["마르타 린드크비스트".to_owned()];
    mv.reports[0].url = Some("https://ledger.example/m1".to_owned());
    let table = include_str!("../../data/notify/matchers.txt");
    let mut keys = std::collections::BTreeSet::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let (matcher, want) = line.split_once(" -> ").expect(line);
        let matcher: Matcher = serde_json::from_str(matcher).expect(line);
        if let Some((key, _)) = want.split_once(" is ") {
            keys.insert(key.to_owned());
        }
        let routes = [Route { matcher, ..Route::to("slack") }];
        let decision = decide(&routes, &[], Subject::Move(&mv), Utc::now());
        let said = decision.steps[0].refused.as_deref().unwrap_or("yes");
        assert_eq!(said, want, "{line}");
        assert_eq!(decision.hits.len(), usize::from(want == "yes"), "{line}");
    }
    assert_eq!(keys.len(), 11, "each key refuses once: {keys:?}");
}
