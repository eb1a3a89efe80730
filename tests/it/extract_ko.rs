//! Korean articles in our own words against the shipped rules.

#![expect(clippy::unwrap_used, reason = "a broken rule file must stop the tests")]

use std::fmt::Write as _;

use chrono::{TimeZone, Utc};
use talentwire::extract::{Extractor, Input, RuleFiles, Rules};
use talentwire::model::{Claim, Status};

const CASES: &str = concat!(
    include_str!("../data/extract/ko-moves.txt"),
    include_str!("../data/extract/ko-more.txt"),
    include_str!("../data/extract/ko-fresh.txt"),
    include_str!("../data/extract/ko-hard.txt"),
    include_str!("../data/extract/ko-quiet.txt"),
    include_str!("../data/extract/ko-wide.txt"),
    include_str!("../data/extract/ko-many.txt"),
    include_str!("../data/extract/ko-houses.txt"),
    include_str!("../data/extract/ko-posts.txt"),
    include_str!("../data/extract/ko-learned.txt")
);

fn extractor() -> Extractor {
    let rules = Rules::parse(&RuleFiles::built_in()).unwrap();
    Extractor::new(&rules)
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

/// The lexicon as data.
fn lexicon() -> toml::Table {
    include_str!("../../config/lexicon/ko.toml").parse().unwrap()
}

fn words<'a>(lexicon: &'a toml::Table, list: &str) -> Vec<&'a str> {
    let words = lexicon["lists"][list].as_array().unwrap();
    words.iter().map(|word| word.as_str().unwrap()).collect()
}

#[test]
fn every_trigger_of_the_korean_lexicon_reads_its_own_example() {
    let extractor = extractor();
    for trigger in lexicon()["trigger"].as_array().unwrap() {
        let (keyword, example) =
            (trigger["keyword"].as_str().unwrap(), trigger["example"].as_str().unwrap());
        let published = Utc.with_ymd_and_hms(2026, 11, 20, 9, 0, 0).unwrap();
        let (id, url, lang) = (None, None, Some("ko"));
        let tagging = extractor.tag(&Input {
            id,
            title: example,
            summary: "",
            content: None,
            url,
            published,
            lang,
        });
        assert!(
            tagging.keywords.iter().any(|found| found == keyword),
            "{keyword}: {:?}",
            tagging.keywords
        );
        let told =
            tagging.claims.iter().find(|claim| claim.person.as_deref() == Some("데이비드 모리스"));
        let told = told
            .unwrap_or_else(|| panic!("{keyword}: no claim in `{example}`: {:?}", tagging.claims));
        let promoted = trigger["class"].as_str() == Some("promote");
        assert_eq!(told.alert, !promoted, "{keyword}: `{example}`: {told:?}");
    }
}

/// A list, a sentence with `{}` for each of its words, and whether that sentence alerts.
const LIST_EXAMPLES: &[(&str, &str, bool)] = &[
    ("given_name", "오픈AI 부사장 {} 모리스턴이 앤트로픽으로 이직했다.", true),
    ("past", "{} 데이비드 모리스가 오픈AI를 떠났다.", false),
    ("leave_of_absence", "오픈AI 부사장 데이비드 모리스가 {}을 떠났다.", false),
    ("alliance", "오픈AI, AI {} 합류", false),
    ("institution", "구글 CEO 데이비드 모리스가 AI {} 설립을 제안했다.", false),
    ("looked_back", "오픈AI 부사장 데이비드 모리스 이직 {}", false),
    ("refused", "오픈AI 부사장 데이비드 모리스가 앤트로픽 이직을 {}", false),
    ("open", "구글, 데이비드 모리스 오픈AI 부사장 영입을 {}", false),
    ("denied", "데이비드 모리스 부사장이 오픈AI를 떠난다는 보도를 {}했다.", false),
    ("elsewhere", "오픈AI 부사장 데이비드 모리스가 {}을 떠났다.", false),
];

#[test]
fn every_word_of_a_list_does_what_its_list_says() {
    let (extractor, lexicon) = (extractor(), lexicon());
    let mut wrong = String::new();
    for (list, example, alerts) in LIST_EXAMPLES {
        for word in words(&lexicon, list) {
            // The particle agrees with the last consonant.
            let open = word
                .chars()
                .next_back()
                .is_some_and(|last| (u32::from(last) - 0xac00).is_multiple_of(28));
            let object = if open { format!("{word}를") } else { format!("{word}을") };
            let sentence = example.replace("{}을", &object).replace("{}", word);
            let claims = tag(&extractor, &sentence, "", None);
            if claims.iter().any(|claim| claim.alert) != *alerts {
                writeln!(wrong, "{list}: {sentence}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_role_may_stand_beside_a_name() {
    let (extractor, lexicon) = (extractor(), lexicon());
    let mut wrong = String::new();
    for role in words(&lexicon, "role") {
        let title = format!("오픈AI {role} 데이비드 모리스, 앤트로픽으로 이직");
        let got: Vec<String> = tag(&extractor, &title, "", None)
            .iter()
            .filter(|claim| claim.alert)
            .map(shown)
            .collect();
        if got != ["데이비드 모리스: openai -> anthropic"] {
            writeln!(wrong, "{title}: {got:?}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_long_recap_in_korean_gives_the_one_move_that_is_news() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/origin-article.ko.txt");
    let Ok(article) = std::fs::read_to_string(path) else {
        eprintln!("skipped: the origin article is not present");
        return;
    };
    let extractor = extractor();
    let title = article.lines().find(|line| line.contains("앤트로픽")).unwrap();
    let lead: String = article
        .lines()
        .filter(|line| line.chars().count() > 60)
        .take(2)
        .collect::<Vec<_>>()
        .join("\n");
    for (summary, content) in [("", Some(article.as_str())), (lead.as_str(), None)] {
        let claims = tag(&extractor, title, summary, content);
        let alerting: Vec<&Claim> = claims.iter().filter(|claim| claim.alert).collect();
        assert_eq!(alerting.len(), 1, "{claims:#?}");
        assert_eq!(shown(alerting[0]), "John Schulman: openai -> anthropic");
        assert_eq!(alerting[0].person_as_written.as_deref(), Some("존 슐먼"));
        assert_ne!(alerting[0].status, Status::Denied);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(400))]

    #[test]
    fn any_korean_text_is_read_without_a_panic(
        parts in proptest::collection::vec(proptest::sample::select(PIECES), 0..40),
        noise in "\\PC{0,12}",
    ) {
        let text = format!("{}{noise}", parts.concat());
        for claim in tag(SHARED.get_or_init(extractor), &text, &text, Some(&text)) {
            let range = claim.evidence.start..claim.evidence.end;
            proptest::prop_assert!(text.get(range).is_some(), "off a border: {:?} in {text}", claim.evidence);
            proptest::prop_assert!((0.0..=1.0).contains(&claim.confidence));
        }
    }
}

static SHARED: std::sync::OnceLock<Extractor> = std::sync::OnceLock::new();

const PIECES: &[&str] = &[
    "오픈AI",
    "앤트로픽",
    "메타",
    "Google",
    " ",
    " ",
    " ",
    ", ",
    "…",
    "(",
    ")",
    "\"",
    "'",
    "·",
    ".",
    "?",
    "\n",
    "존 슐먼",
    "슐먼",
    "데이비드 모리스",
    "Jason Merrick",
    "김도현",
    "CTO",
    "부사장",
    "공동창업자",
    "연구원",
    "3명",
    "3",
    "명",
    "가",
    "이",
    "을",
    "를",
    "은",
    "의",
    "로",
    "으로",
    "에서",
    "에",
    "와",
    "출신",
    "전",
    "前",
    "행",
    "이직",
    "합류",
    "영입",
    "퇴사",
    "떠나",
    "떠났다",
    "떠난",
    "뒤",
    "했다",
    "한다고",
    "밝혔다",
    "지난해",
    "2024년",
    "1월",
    "후임",
    "창업",
    "자리를",
    "옮겼다",
    "e\u{301}",
    "👩‍🔬",
    "\u{200b}",
];
