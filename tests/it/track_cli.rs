//! What `talentwire moves` and `talentwire replay` print.

use chrono::TimeDelta;
use talentwire::cli::{moves, replay};
use talentwire::model::{Claim, Kind, Move, Status};

use crate::track_claims::{claim, record, start, tracker};

/// The moves that these claims make, an hour apart.
fn made_of(claims: &[Claim]) -> Vec<Move> {
    let mut tracker = tracker();
    let mut topic: Vec<Move> = Vec::new();
    for (number, claim) in claims.iter().enumerate() {
        let seen = start() + TimeDelta::hours(i64::try_from(number).unwrap());
        let record = record(claim.clone(), "Wire", number, seen);
        for of in tracker.merge(&record, seen).moves {
            topic.retain(|old| old.id != of.id);
            topic.push(of);
        }
    }
    topic
}

fn some_moves() -> Vec<Move> {
    let mut founding = claim(Some("홍길동"), Some("meta"), Some("Gana, Inc. \"AI\""));
    founding.role = Some("=HYPERLINK(1)".into());
    let mut group = claim(None, Some("google-deepmind"), Some("anthropic"));
    group.count = 3;
    made_of(&[
        claim(Some("John Schulman"), Some("openai"), Some("anthropic")),
        claim(Some("딜런 스칸디나로"), Some("anthropic"), Some("openai")),
        founding,
        group,
        claim(Some("Sam Altman"), Some("openai"), Some("microsoft")),
        claim(Some("Sam Altman"), None, Some("openai")),
    ])
}

fn printed(print: impl Fn(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    print(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_table_shows_the_latest_move_first_and_colours_only_terminals() {
    let chosen = moves::Filter::default().select(some_moves());
    let plain = printed(|out| moves::print_table(&chosen, 5, false, out));
    let people: Vec<&str> =
        plain.lines().skip(1).map(|line| line.get(18..24).unwrap_or("")).collect();
    assert_eq!(people[0], "Sam Al", "{plain}");
    assert!(plain.contains("reversed") && plain.contains("(3 people)"), "{plain}");
    assert!(plain.ends_with("5 moves\n") && !plain.contains('\u{1b}'));
    let coloured = printed(|out| moves::print_table(&chosen, 5, true, out));
    assert!(coloured.contains("\u{1b}[31m"), "reversed moves are red");
}

#[test]
fn an_empty_table_says_why_it_is_empty() {
    let page = |all: usize| printed(|out| moves::print_table(&[], all, false, out));
    assert_eq!(
        (page(0).as_str(), page(7).as_str()),
        ("no moves yet\n", "none of 7 moves matches\n")
    );
    let one = some_moves().split_off(4);
    let page = printed(|out| moves::print_table(&one, 5, false, out));
    assert!(page.ends_with("1 of 5 moves\n"), "{page}");
}

#[test]
fn the_matrix_keeps_the_unknown_end_apart_from_the_small_ones() {
    let moves = made_of(
        &(0..24)
            .map(|n| {
                let to = format!("Company {n}");
                let name = format!("Person{} Family{n}", char::from(b'a' + n));
                claim(Some(&name), None, Some(&to))
            })
            .collect::<Vec<_>>(),
    );
    let page = printed(|out| moves::print_flow(&moves, out));
    let header = page.lines().next().unwrap();
    assert!(header.contains("15 others") && header.ends_with("sum"), "{page}");
    assert!(page.lines().nth(1).unwrap().starts_with("(unknown)"), "{page}");
}

#[test]
fn filters_take_ids_names_and_every_spelling() {
    let count = |filter: moves::Filter| filter.select(some_moves()).len();
    let from = |name: &str| moves::Filter { from: Some(name.into()), ..Default::default() };
    assert_eq!(count(from("openai")), 2);
    assert_eq!(count(from("Google DeepMind")), 1);
    assert_eq!(count(moves::Filter { person: Some("schulman".into()), ..Default::default() }), 1);
    assert_eq!(count(moves::Filter { person: Some("스칸디나로".into()), ..Default::default() }), 1);
    assert_eq!(count(moves::Filter { kind: Some(Kind::Left), ..Default::default() }), 0);
    assert_eq!(count(moves::Filter { status: Some(Status::Reported), ..Default::default() }), 5);
    let later = moves::Filter { since: Some(start() + TimeDelta::hours(2)), ..Default::default() };
    assert_eq!(count(later), 3);
    let wrong = moves::kind("gone").unwrap_err().to_string();
    assert_eq!(wrong, "`--kind gone`: must be one of joined, left, moved, founded, promoted");
    assert_eq!(moves::status("denied"), Ok(Status::Denied));
}

#[test]
fn json_is_one_move_a_line() {
    let page = printed(|out| moves::print_json(&some_moves(), out));
    let back: Vec<Move> = page.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(back, some_moves());
}

#[test]
fn csv_quotes_what_needs_it_and_defuses_formulas() {
    let page = printed(|out| moves::print_csv(&some_moves(), out));
    let line = page.lines().find(|line| line.contains("홍길동")).unwrap();
    assert!(line.contains("\"Gana, Inc. \"\"AI\"\"\""), "{line}");
    assert!(line.contains(",'=HYPERLINK(1),"), "{line}");
    assert!(page.lines().next().unwrap().starts_with("id,first_seen,"));
}

#[test]
fn the_flow_counts_people_and_a_round_trip_nets_to_zero() {
    let flow = moves::Flow::of(&some_moves());
    let gain = |name: &str| flow.gains().into_iter().find(|gain| gain.0 == name).map(|gain| gain.3);
    assert_eq!(gain("Anthropic"), Some(3), "one in, one out, a group of three in");
    assert_eq!(gain("OpenAI"), Some(0));
    assert_eq!(gain("Microsoft"), None, "Altman went back");
    assert_eq!(gain("Google DeepMind"), Some(-3));
    let page = printed(|out| moves::print_flow(&some_moves(), out));
    assert!(page.contains("from \\ to") && page.contains("net"), "{page}");
    assert!(printed(|out| moves::print_flow(&[], out)).starts_with("no moves that count"));
    let csv = printed(|out| moves::print_flow_csv(&some_moves(), out));
    assert!(
        csv.starts_with("from,to,people\r\n") && csv.contains("Google DeepMind,Anthropic,3\r\n")
    );
    let json = printed(|out| moves::print_flow_json(&some_moves(), out));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["companies"][0]["company"], "Anthropic", "{json}");
    assert_eq!(json["flows"].as_array().unwrap().len(), 4);
}

#[test]
fn a_replay_tells_alerts_gained_lost_and_changed() {
    let present = made_of(&[
        claim(Some("Ada Byron"), Some("openai"), Some("meta")),
        claim(Some("Bob Hope"), Some("openai"), None),
        claim(Some("Carl Sagan"), Some("apple"), Some("nvidia")),
    ]);
    let mut weak = claim(Some("Carl Sagan"), Some("apple"), Some("nvidia"));
    weak.alert = false;
    let other = made_of(&[
        claim(Some("Ada Byron"), Some("openai"), Some("meta")),
        claim(Some("Bob Hope"), Some("openai"), Some("xai")),
        weak,
        claim(Some("Dora Maar"), Some("google"), None),
    ]);
    let comparison = replay::compare(&present, &other);
    let page = printed(|out| replay::print(&comparison, false, out));
    assert_eq!(
        page.lines().filter(|line| !line.starts_with("    ")).collect::<Vec<_>>(),
        [
            "- Carl Sagan: Apple -> Nvidia, moved reported",
            "+ Dora Maar: Google -> ?, left reported",
            "~ Bob Hope: OpenAI -> ?, left reported",
            "  now Bob Hope: OpenAI -> xAI, moved reported",
            "1 alert gained, 1 lost, 1 changed, 1 the same",
        ]
    );
    let json = printed(|out| replay::print_json(&comparison, out));
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["lost"][0]["person"], "Carl Sagan");
    assert_eq!(replay::compare(&present, &present).same, 3);
}
