//! English articles through the whole engine, as a user sees them.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use chrono::{DateTime, Utc};
use talentwire::extract::en::English;
use talentwire::extract::{Extractor, Input, RuleFiles, Rules};
use talentwire::model::{Claim, Kind, Problems, Status, Suppressed, Tagging};

fn extractor() -> Extractor {
    let rules = Rules::parse(&RuleFiles::built_in()).expect("the built-in rules are right");
    Extractor::new(&rules)
}

fn published() -> DateTime<Utc> {
    "2026-05-10T00:00:00Z".parse().expect("a date")
}

fn tag(extractor: &Extractor, title: &str, summary: &str, content: Option<&str>) -> Tagging {
    extractor.tag(&Input {
        id: None,
        title,
        summary,
        content,
        url: None,
        published: published(),
        lang: None,
    })
}

/// `person; from; to` of each alerting claim, sorted.
fn alerts(claims: &[Claim]) -> Vec<String> {
    let end = |end: &Option<String>| end.clone().unwrap_or_else(|| "-".into());
    let line = |claim: &Claim| {
        let person = claim.person.clone().unwrap_or_else(|| "?".into());
        format!("{person}; {}; {}", end(&claim.from), end(&claim.to))
    };
    let mut lines: Vec<String> = claims.iter().filter(|claim| claim.alert).map(line).collect();
    lines.sort();
    lines
}

/// Runs a file of `title || summary => moves` lines.
fn run_file(name: &str, text: &str) {
    let extractor = extractor();
    let mut wrong = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (article, want) = line.rsplit_once("=>").expect("a line has =>");
        let (title, summary) = article.split_once("||").unwrap_or((article, ""));
        let mut want: Vec<String> = match want.trim() {
            "-" => Vec::new(),
            moves => moves.split('&').map(|one| one.trim().to_owned()).collect(),
        };
        want.sort();
        let tagging = tag(&extractor, title.trim(), summary.trim(), None);
        let got = alerts(&tagging.claims);
        if got != want {
            wrong.push(format!("{}\n  want {want:?}\n  got  {got:?}", article.trim()));
        }
    }
    assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
}

#[test]
fn headlines_give_the_moves_that_a_reader_would_name() {
    run_file("en_moves.txt", include_str!("../data/extract/en_moves.txt"));
}

#[test]
fn summaries_complete_or_quiet_their_headlines() {
    run_file("en_summaries.txt", include_str!("../data/extract/en_summaries.txt"));
}

#[test]
fn wires_tabloids_and_newsletters_give_their_moves() {
    run_file("en_dictions.txt", include_str!("../data/extract/en_dictions.txt"));
}

#[test]
fn news_in_the_diction_of_many_outlets_gives_its_moves_and_no_others() {
    run_file("en_news.txt", include_str!("../data/extract/en_news.txt"));
}

#[test]
fn idioms_are_read_and_their_look_alikes_are_not() {
    run_file("en_phrasal.txt", include_str!("../data/extract/en_phrasal.txt"));
}

#[test]
fn names_of_many_shapes_are_people() {
    run_file("en_names.txt", include_str!("../data/extract/en_names.txt"));
}

#[test]
fn title_and_summary_tell_one_move_together() {
    run_file("en_whole.txt", include_str!("../data/extract/en_whole.txt"));
    run_file("en_together.txt", include_str!("../data/extract/en_together.txt"));
    run_file("en_hints.txt", include_str!("../data/extract/en_hints.txt"));
}

#[test]
fn headlines_of_every_build_give_their_moves_and_no_others() {
    run_file("en_built.txt", include_str!("../data/extract/en_built.txt"));
    run_file("en_built_more.txt", include_str!("../data/extract/en_built_more.txt"));
    run_file("en_idioms.txt", include_str!("../data/extract/en_idioms.txt"));
}

#[test]
fn turns_of_phrase_give_both_ends() {
    run_file("en_turns.txt", include_str!("../data/extract/en_turns.txt"));
    run_file("en_frames.txt", include_str!("../data/extract/en_frames.txt"));
}

#[test]
fn what_only_looks_like_a_move_stays_quiet_beside_its_neighbours() {
    run_file("en_quiet.txt", include_str!("../data/extract/en_quiet.txt"));
    run_file("en_quiet_more.txt", include_str!("../data/extract/en_quiet_more.txt"));
    run_file("en_seeming.txt", include_str!("../data/extract/en_seeming.txt"));
    run_file("en_beside.txt", include_str!("../data/extract/en_beside.txt"));
}

#[test]
fn what_no_rule_reads_the_learned_model_reads() {
    run_file("en_model.txt", include_str!("../data/extract/en_model.txt"));
}

#[test]
fn what_only_reads_like_a_move_is_doubted_beside_its_neighbours() {
    run_file("en_doubt.txt", include_str!("../data/extract/en_doubt.txt"));
}

/// A sentence around one form of the trigger with this keyword.
fn sentence(keyword: &str, class: &str, form: &str) -> String {
    let place = if form.ends_with(" as") { "chief of OpenAI" } else { "OpenAI" };
    let one = "former Meta researcher Ada Gray";
    match (keyword, class) {
        ("take a job", _) => format!("Researcher Ada Gray takes a {form} {place}"),
        ("end a stint", _) => format!("Researcher Ada Gray ends her {form} {place}"),
        ("hand walking papers", _) => format!("OpenAI gives Ada Gray {form}"),
        ("staff", _) if form.ends_with(" with") => format!("OpenAI bolsters its {form} {one}"),
        ("staff", _) if form.ends_with(" to") => format!("OpenAI hands the {form} {one}"),
        ("staff", _) if form.ends_with(" in") => format!("OpenAI finds a {form} {one}"),
        ("staff", _) => format!("OpenAI puts {one} {form} its labs"),
        ("come from", _) => format!("OpenAI\u{2019}s new research chief Ada Gray {form} Meta"),
        ("take over", _) => {
            format!("OpenAI research chief to retire as former Meta executive {form}")
        }
        ("succeed", _) => format!("OpenAI research chief Bo Field {form} {one}"),
        ("follow", _) if form == "joined by" => {
            format!("OpenAI chief Bo Field joins Meta; he is {form} researcher Ada Gray")
        }
        ("follow", _) => format!("OpenAI chief Bo Field joins Meta; researcher Ada Gray {form}"),
        (_, "join") if form.starts_with("in come") => {
            format!("OpenAI changes its research chief: {form} Meta\u{2019}s Ada Gray")
        }
        (_, "leave")
            if ["out go", "gone is", "gone are"].iter().any(|stem| form.starts_with(stem)) =>
        {
            format!("{form} OpenAI research chief Ada Gray")
        }
        (_, "hire")
            if ["talk", "negotiat", "discuss"].iter().any(|stem| form.contains(stem))
                && form.ends_with(" with") =>
        {
            format!("OpenAI {form} Ada Gray about research chief role")
        }
        (_, "found") if form.starts_with("introduc") => {
            format!("OpenAI {form} {one} as chief scientist")
        }
        (_, "join") if form.ends_with(" as") => {
            format!("OpenAI\u{2019}s next act: Ada Gray {form} CEO")
        }
        (_, "join") if form.starts_with("will") && form.ends_with(" on") => {
            format!("Researcher Ada Gray {form} chips at OpenAI")
        }
        (_, "hire") if form == "brings" => "OpenAI brings Ada Gray back as its chief".to_owned(),
        (_, "hire")
            if ["fill", "replaces", "strength", "bolster", "beef", "shore"]
                .iter()
                .any(|stem| form.starts_with(stem)) =>
        {
            format!("OpenAI {form} research chief with Meta\u{2019}s Ada Gray")
        }
        (_, "hire") if form == "entrusts" => {
            "OpenAI entrusts research to Meta\u{2019}s Ada Gray".to_owned()
        }
        (_, "hire")
            if matches!(form, "gets" | "gains" | "lines up") || form.starts_with("turn") =>
        {
            format!("OpenAI {form} {one}")
        }
        (_, "hire")
            if form.starts_with("raid") || form.starts_with("swoop") && form.ends_with(" on") =>
        {
            format!("OpenAI {form} Meta for research chief Ada Gray")
        }
        (_, "become") if form.starts_with("to ") && !form.ends_with(" as") => {
            format!("Former Meta researcher Ada Gray {form} OpenAI\u{2019}s labs")
        }
        (_, "leave") if matches!(form, "walks" | "walked") => {
            format!("OpenAI researcher Ada Gray {form}")
        }
        (_, "leave") if form.starts_with("my ") => format!("Ada Gray: \"Today is {form} OpenAI\""),
        (_, "join" | "leave") => format!("Researcher Ada Gray {form} {place}"),
        (_, "hire") => format!("OpenAI {form} Ada Gray as research chief"),
        (_, "next") => format!("{form} for OpenAI\u{2019}s Ada Gray: Meta"),
        (_, "fire") => format!("OpenAI {form} Ada Gray"),
        (_, "lose") => format!("OpenAI {form} research chief Ada Gray to Meta"),
        (_, "found") => format!("Ex-OpenAI chief Ada Gray {form} AI startup"),
        (_, "become") => format!("Meta researcher Ada Gray {form} chief scientist of OpenAI"),
        _ => noun_sentence(class, form),
    }
}

/// The same for a noun.
fn noun_sentence(class: &str, form: &str) -> String {
    match class {
        "departure"
            if form.ends_with(" day") || form.ends_with("week") || form.ends_with("shift") =>
        {
            format!("Ada Gray\u{2019}s {form} at OpenAI is Friday")
        }
        "departure" if form.ends_with(" of") => format!("The {form} Ada Gray from OpenAI"),
        "arrival" if form.contains(' ') && !form.ends_with(" of") => {
            format!("OpenAI\u{2019}s {form}: former Meta researcher Ada Gray")
        }
        "arrival" if form.ends_with(" of") => format!("The {form} Ada Gray by OpenAI"),
        "departure" => format!("The {form} of Ada Gray from OpenAI"),
        _ => format!("The {form} of Ada Gray by OpenAI"),
    }
}

#[test]
fn every_form_of_every_trigger_gives_a_claim() {
    let extractor = extractor();
    let mut problems = Problems::default();
    let text = include_str!("../../config/lexicon/en.toml");
    let english = English::parse("en.toml", text, &mut problems).expect("the lexicon is right");
    let mut silent = Vec::new();
    for trigger in &english.lexicon().triggers {
        for form in &trigger.forms {
            let sentence = sentence(&trigger.keyword, &trigger.class, form);
            let told = tag(&extractor, &sentence, "", None).claims.iter().any(|claim| claim.alert);
            if !told && trigger.class != "promote" {
                silent.push(sentence);
            }
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn every_lexicon_example_gives_a_claim_by_its_own_trigger() {
    let extractor = extractor();
    let text = include_str!("../../config/lexicon/en.toml");
    let file: toml::Table = text.parse().expect("the lexicon is TOML");
    let triggers = file["trigger"].as_array().expect("triggers");
    for trigger in triggers {
        let example = trigger["example"].as_str().expect("an example");
        let keyword = trigger["keyword"].as_str().expect("a keyword");
        let tagging = tag(&extractor, example, "", None);
        assert!(tagging.keywords.iter().any(|found| found == keyword), "{keyword}: {example}");
        let promoted = trigger["class"].as_str() == Some("promote");
        let claim = tagging.claims.first().unwrap_or_else(|| panic!("no claim: {example}"));
        assert_eq!(claim.alert, !promoted, "{example}: {claim:?}");
    }
}

#[track_caller]
fn suppressed(title: &str, summary: &str, want: Suppressed) {
    let tagging = tag(&extractor(), title, summary, None);
    assert!(tagging.claims.iter().all(|claim| !claim.alert), "{title}: {:?}", tagging.claims);
    let reasons: Vec<_> = tagging.claims.iter().filter_map(|claim| claim.suppressed).collect();
    assert!(reasons.contains(&want), "{title}: {reasons:?}");
}

#[test]
fn what_is_no_news_says_why() {
    suppressed("Ada Gray won't leave OpenAI", "", Suppressed::Negated);
    suppressed("Ada Gray may leave OpenAI for Meta", "", Suppressed::Hypothetical);
    suppressed("How Ada Gray left OpenAI for Meta", "", Suppressed::Recap);
    suppressed("Notes", "Ada Gray left OpenAI in 2021.", Suppressed::Recap);
    suppressed("Notes", "Ada Gray, who left OpenAI, gave a talk.", Suppressed::Historical);
    suppressed("OpenAI researchers leave for home", "", Suppressed::Generic);
    suppressed("xAI joins SpaceX", "", Suppressed::Organisation);
    suppressed("OpenAI's Ada Gray to leave on sabbatical", "", Suppressed::Sabbatical);
    suppressed("Ada Gray leaves Netflix for Uber", "", Suppressed::Unwatched);
    suppressed("Google DeepMind's Ada Gray joins Google", "", Suppressed::Contradiction);
    suppressed("Google engineer Ada Gray promoted to director", "", Suppressed::Promotion);
}

#[test]
fn hedges_and_announcements_set_the_status() {
    let extractor = extractor();
    for (title, want) in [
        ("Ada Gray joins OpenAI", Status::Reported),
        ("Ada Gray is reportedly leaving OpenAI", Status::Rumoured),
        ("Sources: Ada Gray is leaving OpenAI", Status::Rumoured),
        ("Ada Gray confirms she is leaving OpenAI", Status::Confirmed),
    ] {
        let tagging = tag(&extractor, title, "", None);
        assert_eq!(tagging.claims.first().map(|claim| claim.status), Some(want), "{title}");
    }
}

#[test]
fn one_move_told_in_title_and_summary_is_one_claim() {
    let tagging = tag(
        &extractor(),
        "OpenAI's head of safety is leaving",
        "Ada Gray, who led safety at OpenAI, is leaving the company to join Anthropic.",
        None,
    );
    assert_eq!(alerts(&tagging.claims), ["Ada Gray; openai; anthropic"]);
    assert_eq!(tagging.claims[0].kind, Kind::Moved);
    assert_eq!(tagging.companies, ["openai", "anthropic"]);
}

#[test]
fn the_full_text_is_read_but_only_its_lead_is_news() {
    let extractor = extractor();
    let lead = "Ada Gray is leaving OpenAI for Anthropic, she said on Monday.";
    let filler = "The market moved little on the day and analysts shrugged. ".repeat(60);
    let first = tag(&extractor, "A change in the field", "", Some(&format!("{lead} {filler}")));
    assert_eq!(alerts(&first.claims), ["Ada Gray; openai; anthropic"]);
    let last = tag(&extractor, "A change in the field", "", Some(&format!("{filler} {lead}")));
    assert!(alerts(&last.claims).is_empty(), "{:?}", last.claims);
    assert_eq!(last.companies, ["openai", "anthropic"]);
}

#[test]
fn evidence_spans_count_in_the_text_as_it_came_in() {
    let summary =
        "Caf\u{e9} news.\u{200b} Ada Gray is joining Open\u{200b}AI &amp; friends \u{2014} today.";
    let tagging = tag(&extractor(), "News", summary, None);
    let evidence = &tagging.claims.first().expect("a claim").evidence;
    let quoted = summary.get(evidence.start..evidence.end).expect("on character borders");
    assert!(quoted.starts_with("Ada Gray"), "{quoted}");
    assert_eq!(evidence.trigger, "joining");
}

#[test]
fn an_unknown_language_is_told_and_never_alerts() {
    let title =
        "Der Forschungschef Ada Gray verlässt OpenAI und wechselt zu Anthropic, sagte die Firma";
    let tagging = tag(&extractor(), title, "", None);
    assert_eq!(tagging.lang.as_deref(), Some("de"));
    assert!(tagging.claims.iter().all(|claim| !claim.alert));
    assert_eq!(tagging.companies, ["openai", "anthropic"]);
}
