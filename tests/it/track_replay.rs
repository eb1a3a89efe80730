//! `talentwire replay` beside the running daemon, on a log without seeded articles.

use std::process::Stdio;
use std::sync::atomic::Ordering;

use crate::ops::{Running, free_address, wait_for};
use crate::track_kill::{Outside, configure, lines, talentwire};

fn entry(name: &str) -> String {
    format!(
        "<item><guid>{name}</guid><link>https://outlet.example/{name}</link>\
         <title>{name} leaves OpenAI for Anthropic</title>\
         <pubDate>Thu, 05 Mar 2026 06:00:00 GMT</pubDate></item>"
    )
}

/// A history that knows the move of one person.
fn history(name: &str) -> String {
    format!(
        "move = [{{ person = \"{name}\", from = \"openai\", to = \"anthropic\", \
         kind = \"moved\", date = \"2026-01-10\" }}]\n"
    )
}

#[test]
fn other_rules_gain_and_lose_alerts_and_nothing_else_happens() {
    let names = ["Ada Thornbury", "Ned Harrowgate", "Zara Quillfeather"];
    let outside = Outside::start(names.map(entry).to_vec());
    outside.shown.store(names.len(), Ordering::SeqCst);
    let folder = tempfile::tempdir().unwrap();
    let (folder, rules) = (folder.path(), folder.path().join("rules"));
    configure(folder, &outside.address, &free_address());
    std::fs::write(folder.join("history.toml"), history("Ada Thornbury")).unwrap();
    std::fs::create_dir(&rules).unwrap();
    std::fs::write(rules.join("history.toml"), history("Ned Harrowgate")).unwrap();
    let _running = Running(talentwire(folder).arg("run").stdout(Stdio::null()).spawn().unwrap());
    wait_for("two alerts", || (outside.told().len() == 2).then_some(()));
    let (moves, told) = (lines(folder, &["moves", "--json"]), outside.told());

    let rules = rules.to_str().unwrap();
    let said = lines(folder, &["replay", "--since", "1d", "--rules", rules, "--json"]);
    let people = |list: &str| {
        let list = said[0][list].as_array().unwrap().iter();
        list.map(|alert| alert["person"].as_str().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!((people("gained"), people("lost")), (vec!["Ada Thornbury"], vec!["Ned Harrowgate"]));
    assert_eq!(said[0]["same"], 1, "{said:#?}");
    assert_eq!((lines(folder, &["moves", "--json"]), outside.told()), (moves, told));
}
