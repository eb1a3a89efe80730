//! Any article is tagged without a panic; `explain` finds the same language and claims, though it
//! skips no tier; the first tier finds the companies that reading the texts for them finds; and
//! every span lies on a character border of the field it counts in.
#![no_main]

use std::sync::LazyLock;

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use talentwire::extract::{Extractor, Input, RuleFiles, Rules, Text};

static ENGINE: LazyLock<Extractor> = LazyLock::new(|| {
    let rules = Rules::parse(&RuleFiles::built_in()).expect("the built-in rules are right");
    Extractor::new(&rules)
});

fuzz_target!(|article: (&str, &str, Option<&str>, Option<&str>)| {
    let (title, summary, content, lang) = article;
    let published = DateTime::from_timestamp(1_795_421_880, 0).unwrap_or_default();
    let input = Input { id: Some("1"), title, summary, content, url: None, published, lang };
    let tagging = ENGINE.tag(&input);
    let trace = ENGINE.explain(&input);
    let explained: Vec<_> = trace.candidates.iter().map(|one| one.claim.clone()).collect();
    assert_eq!(tagging.claims, explained);
    assert_eq!(tagging.lang, trace.lang);
    let texts: Vec<Text> = [title, summary].into_iter().chain(content).map(Text::new).collect();
    let gazetteer = ENGINE.gazetteer();
    for mention in gazetteer.find_all(&texts).iter().flatten().filter(|one| !one.by_product) {
        let company = gazetteer.company(mention.company).map_or("", |company| &company.id);
        assert!(tagging.companies.iter().any(|id| id == company));
    }
    let text = |field: &str| match field {
        "title" => title,
        "summary" => summary,
        _ => content.unwrap_or(""),
    };
    for claim in &tagging.claims {
        let evidence = &claim.evidence;
        assert!(text(evidence.field.label()).get(evidence.start..evidence.end).is_some());
    }
    for mention in &trace.mentions {
        assert!(text(mention.field.label()).get(mention.start..mention.end).is_some());
    }
});
