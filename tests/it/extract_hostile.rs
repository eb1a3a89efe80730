//! Hostile text: no panic, spans on character borders, and the tiers of `tag` skip only what comes
//! to nothing. How time grows with the length, `benches/tag.rs` measures.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use std::time::Instant;

use proptest::prelude::*;
use talentwire::extract::{Extractor, Input, RuleFiles, Rules, Text};
use talentwire::model::Tagging;

fn engine() -> &'static (Rules, Extractor) {
    static ENGINE: std::sync::OnceLock<(Rules, Extractor)> = std::sync::OnceLock::new();
    ENGINE.get_or_init(|| {
        let rules = Rules::parse(&RuleFiles::built_in()).expect("the built-in rules are right");
        let extractor = Extractor::new(&rules);
        (rules, extractor)
    })
}

fn extractor() -> &'static Extractor {
    &engine().1
}

/// Each once, in order of first appearance.
fn distinct<T: PartialEq>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut kept = Vec::new();
    for one in all {
        if !kept.contains(&one) {
            kept.push(one);
        }
    }
    kept
}

/// The first tier has found the companies and keywords that reading the texts for them finds.
#[track_caller]
fn check_tags(tagging: &Tagging, texts: &[Text]) {
    let gazetteer = extractor().gazetteer();
    let mentions = gazetteer.find_all(texts);
    let named = mentions.iter().flatten().filter(|mention| !mention.by_product);
    let companies =
        named.filter_map(|mention| Some(gazetteer.company(mention.company)?.id.clone()));
    assert_eq!(tagging.companies, distinct(companies));
    let grammar = tagging.lang.as_ref().and_then(|lang| engine().0.grammars.get(lang));
    if let Some(grammar) = grammar {
        let keywords = texts.iter().flat_map(|text| grammar.keywords(text));
        assert_eq!(tagging.keywords, distinct(keywords));
    }
}

#[track_caller]
fn check(title: &str, summary: &str, content: Option<&str>) {
    let input = Input {
        id: None,
        title,
        summary,
        content,
        url: None,
        published: chrono::DateTime::UNIX_EPOCH,
        lang: None,
    };
    let tagging = extractor().tag(&input);
    for claim in &tagging.claims {
        let field = match claim.evidence.field.label() {
            "title" => title,
            "summary" => summary,
            _ => content.unwrap_or(""),
        };
        let span = claim.evidence.start..claim.evidence.end;
        assert!(field.get(span.clone()).is_some(), "{span:?} of {field:?}");
        assert_eq!(claim.alert, claim.suppressed.is_none());
    }
    let trace = extractor().explain(&input);
    assert_eq!(tagging.lang, trace.lang);
    let texts: Vec<Text> = [title, summary].into_iter().chain(content).map(Text::new).collect();
    check_tags(&tagging, &texts);
    // `explain` reads every sentence; the tiers of `tag` may only skip what comes to nothing.
    let explained: Vec<_> = trace.candidates.iter().map(|one| one.claim.clone()).collect();
    assert_eq!(tagging.claims, explained, "{title:?} {summary:?}");
    for mention in &trace.mentions {
        let field = match mention.field.label() {
            "title" => title,
            "summary" => summary,
            _ => content.unwrap_or(""),
        };
        assert!(field.get(mention.start..mention.end).is_some());
    }
}

/// Pieces that together make sentences which nearly mean something.
fn piece() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "OpenAI",
        "Meta",
        "Google DeepMind",
        "오픈AI",
        "앤트로픽",
        "谷歌",
        "アップル",
        "Ada Gray",
        "Bo",
        "존 슐먼",
        "CEO",
        "head of",
        "'s",
        "\u{2019}s",
        "leaves",
        "joins",
        "poaches",
        "left",
        "hired",
        "for",
        "to join",
        "from",
        "launches",
        "a lab",
        "starts",
        "as",
        "adds",
        "loses",
        "becomes",
        "will be",
        "its",
        "him",
        "a feature",
        "who",
        ",",
        " and ",
        ".",
        ": ",
        "; ",
        "(",
        ")",
        "&amp;",
        "&#8217;",
        "\u{200b}",
        "\u{202e}",
        "😀",
        "é",
        "e\u{301}",
        "三人",
        "퇴사",
        "영입",
        "离职",
        "加入",
        "退社",
        "ＡＩ",
        "\n",
        " ",
        "in 2024",
        "not",
        "two",
        "ex-",
        "-",
        "\"",
    ]);
    prop_oneof![4 => words.prop_map(|word| format!("{word} ")), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_breaks_the_engine(title in prop::collection::vec(piece(), 0..14), summary in prop::collection::vec(piece(), 0..40)) {
        let (title, summary) = (title.concat(), summary.concat());
        check(&title, &summary, Some(&format!("{summary}{title}")));
    }
}

/// `count` company names in a row, all companies in turn.
fn every_name(count: usize, between: &str) -> String {
    let companies = &extractor().gazetteer().companies;
    let names = companies.iter().cycle().map(|company| company.name.as_str());
    names.take(count).collect::<Vec<_>>().join(between)
}

#[test]
fn long_and_odd_texts_break_nothing() {
    let odd: Vec<String> = vec![
        "OpenAI ".repeat(10_000),
        "OpenAI, ".repeat(10_000),
        "a".repeat(1_000_000),
        "Ada Gray leaves ".repeat(60_000),
        "Ada Gray and ".repeat(50_000),
        "former CEO of ".repeat(50_000),
        "leaves ".repeat(100_000),
        "메타".repeat(100_000),
        "e\u{301}".repeat(200_000),
        "\u{301}".repeat(300_000),
        "((((".repeat(200_000),
        "\"'".repeat(200_000),
        "&#8217;".repeat(100_000),
        "😀".repeat(100_000),
        "\u{202e}OpenAI\u{200f} leaves ".repeat(20_000),
        "존 슐먼 오픈AI 퇴사 ".repeat(20_000),
        "谷歌加入离职".repeat(50_000),
        "グーグル退社".repeat(50_000),
        every_name(10_000, " "),
        every_name(10_000, ""),
        "“‘".repeat(80_000) + "Ada Gray leaves OpenAI" + &"’”".repeat(80_000),
        "\"Ada Gray \"leaves \"OpenAI ".repeat(15_000),
        "Ada\u{a0}Gray\u{a0}leaves\u{a0}".repeat(30_000),
        "X ".repeat(100_000) + "Twitter",
        "to work ".repeat(60_000),
    ];
    extractor();
    for text in &odd {
        let begun = Instant::now();
        check(text, "", None);
        check("OpenAI", text, None);
        check("Ada Gray leaves OpenAI", "", Some(text));
        let name: String = text.chars().take(16).collect();
        eprintln!("{:>8} bytes {:>7.1?} {name:?}", text.len(), begun.elapsed());
    }
}
