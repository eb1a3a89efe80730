//! Which companies a text names, and which words only look like one.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use talentwire::extract::{Extractor, Input, RuleFiles, Rules};

#[track_caller]
fn check(text: &str, want: &[&str]) {
    let rules = Rules::parse(&RuleFiles::built_in()).expect("the built-in rules are right");
    let extractor = Extractor::new(&rules);
    let tagging = extractor.tag(&Input {
        id: None,
        title: text,
        summary: "",
        content: None,
        url: None,
        published: chrono::DateTime::UNIX_EPOCH,
        lang: None,
    });
    assert_eq!(tagging.companies, want, "text: {text}");
}

#[test]
fn names_are_found_in_every_script() {
    check("OpenAI가 앤트로픽 출신을 영입", &["openai", "anthropic"]);
    check("加入OpenAI的研究员", &["openai"]);
    check("アンソロピックとグーグル", &["anthropic", "google"]);
    check("ＯｐｅｎＡＩ and Open\u{200b}AI", &["openai"]);
    check("삼성전자와 네이버의 협력", &["samsung", "naver"]);
}

#[test]
fn look_alikes_are_left_alone() {
    check("A meta-analysis of apple pie", &[]);
    check("Meta-analysis of trials", &[]);
    check("Nikola Tesla was born here", &[]);
    check("메타버스 시장", &[]);
    check("The Amazon rainforest burns", &[]);
    check("They scale a figure of character and cohere", &[]);
    check("OpenAIs and metal and appleseed", &[]);
}

#[test]
fn a_name_that_goes_on_is_that_of_another_house() {
    check("Meta Materials loses its chief", &[]);
    check("Apple Bank names a director", &[]);
    check("Cohere Health names a medical chief", &[]);
    check("Apple Health chief leaves", &["apple"]);
    check("Meta materials scientist leaves", &["meta"]);
    check("Kakao Games and Kakao", &["kakao"]);
}

#[test]
fn short_names_are_found_as_words_only() {
    check("The taxi exits at the exchange", &[]);
    check("SSI hires a researcher", &["safe-superintelligence"]);
    check("missing classics", &[]);
    check("AMD, IBM and LG", &["amd", "ibm", "lg"]);
    check("amd and lg in lower case", &[]);
    check("MELGAR and BIBMEX", &[]);
}

#[test]
fn odd_spellings_hide_no_name() {
    check("Scale\u{a0}AI hires", &["scale-ai"]);
    check("Open&#65;I hires", &["openai"]);
    check("Noah\u{2019}s Ark Lab hires", &["huawei"]);
    check("앤트로픽\u{200b}에서 구글로", &["anthropic", "google"]);
}

#[test]
fn a_longer_word_hides_no_shorter_name() {
    check("Apple Pieces together a plan", &["apple"]);
    check("Slack channelled the funds", &["slack"]);
}

#[test]
fn weak_names_need_company() {
    check("Mistral winds blow", &[]);
    check("French AI startup Mistral raises money", &["mistral-ai"]);
    check("Scale of the problem", &[]);
}

#[test]
fn a_product_hints_and_does_not_name() {
    check("ChatGPT and Gemini compared", &[]);
    check("Google Brain veterans meet", &["google"]);
}

#[test]
fn every_company_of_the_watch_list_is_known_and_watched() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/companies.txt");
    let Ok(list) = std::fs::read_to_string(path) else {
        eprintln!("skipped: no list of companies here");
        return;
    };
    let rules = Rules::parse(&RuleFiles::built_in()).expect("the built-in rules are right");
    for name in list.lines().filter(|line| !line.is_empty()) {
        let known = rules.gazetteer.companies.iter().find(|company| company.name == name);
        assert!(known.is_some_and(|company| company.watched), "{name}");
    }
}

#[test]
fn a_broken_file_is_told_with_line_key_and_remedy() {
    let files = RuleFiles {
        companies: (
            "mine.toml",
            "[[company]]\nid = \"Gana\"\nname = \"Gana\"\nparent = \"nobody\"\n",
        ),
        people: ("people.toml", ""),
        lexicons: vec![(
            "en.toml",
            "language = \"en\"\n[[trigger]]\nkeyword = \"x\"\nclass = \"y\"\nforms = [\"x\"]\nexample = \"z\"\n",
        )],
    };
    let problems = Rules::parse(&files).expect_err("both files are wrong").to_string();
    assert!(
        problems.contains("mine.toml:1: company \"Gana\".id: must be lower-case"),
        "{problems}"
    );
    assert!(problems.contains("\"nobody\" is not the id"), "{problems}");
    assert!(
        problems.contains("en.toml:4: trigger \"x\".class: class must be one of"),
        "{problems}"
    );
}
