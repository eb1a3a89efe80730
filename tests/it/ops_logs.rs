//! The log of the real daemon: nothing from a feed or a receiver breaks a line, what repeats is
//! said once, and the vocabulary in docs/logging.md is the one that the code uses.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::ops::wait_for;
use crate::support::daemon::Daemon;
use crate::support::site::{Answer, Site, rss};

/// What a hostile outlet puts into a headline, and a hostile receiver into its answer.
const HOSTILE: &str = "\u{1b}[31mred\u{1b}[0m \u{9b}32m\u{202e}\r\n\
                       2026-01-01T00:00:00Z ERROR forged line\n{\"level\":\"ERROR\"}";

/// A daemon on a feed of hostile headlines with a receiver that answers in kind, after it has
/// tried to tell of them.
fn harassed(format: &str) -> Daemon {
    let site = Site::start(|path, _| match path {
        "/feed" => Answer::new(
            200,
            rss(&[
                ("1".into(), format!("Marta Lindqvist leaves OpenAI for Anthropic {HOSTILE}"), 5),
                ("2".into(), format!("{HOSTILE} Jonas Falkberg joins Meta from xAI"), 5),
            ]),
        ),
        "/page" => Answer::new(200, format!("<html><title>{HOSTILE}</title></html>")),
        _ => Answer::new(400, HOSTILE),
    });
    let feed = |path: &str| {
        format!("[[feed]]\nurl = {:?}\ninterval = \"200ms\"\nfull_text = false\n", site.url(path))
    };
    let text = format!(
        "[poll]\nfirst_poll = \"alert\"\nallow_private_networks = true\n{}{}\
         [[receiver]]\nname = \"hook\"\ntype = \"webhook\"\nurl = {:?}\n\
         [[route]]\nreceiver = \"hook\"\n",
        feed("/feed"),
        feed("/page"),
        site.url("/hook"),
    );
    let daemon = Daemon::start_with(&text, |command| {
        command.env("TALENTWIRE_LOG_FORMAT", format).env("TALENTWIRE_LOG", "debug,hyper_util=info")
    });
    let parsed = "talentwire_polls_total{result=\"html\"}";
    wait_for("refusals", || {
        (daemon.value(parsed) > 5.0 && daemon.log().contains("did not take a message"))
            .then_some(())
    });
    daemon
}

#[test]
fn a_hostile_headline_breaks_no_line_and_colours_no_terminal() {
    for format in ["text", "json"] {
        let log = harassed(format).log();
        let steering = ['\u{1b}', '\u{9b}', '\u{202e}', '\r', '\u{2028}'];
        assert!(!log.contains(steering), "{format}:\n{log}");
        for line in log.lines() {
            if format == "json" {
                let event: Value = serde_json::from_str(line).expect(line);
                assert!(event["message"].is_string() && event["timestamp"].is_string(), "{line}");
            } else {
                let time = line.split(' ').next().unwrap_or_default();
                let real = chrono::DateTime::parse_from_rfc3339(time);
                assert!(real.is_ok_and(|it| it.timestamp_subsec_micros() > 0), "forged: {line}");
            }
        }
    }
}

#[test]
fn what_repeats_is_said_once() {
    let daemon = harassed("json");
    let log = daemon.log();
    let said = |what: &str| log.lines().filter(|line| line.contains(what)).count();
    assert_eq!(said("/page` cannot be read"), 1, "{log}");
    assert_eq!(said("did not take a message"), 1, "{log}");
}

/// Rust files below a folder.
fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

/// The fields that a call of a log macro names: what stands before its message.
fn fields(call: &str) -> Vec<String> {
    let (mut fields, mut depth, mut piece) = (Vec::new(), 0, String::new());
    for c in call.chars() {
        match c {
            '"' if depth == 0 && piece.trim().is_empty() => return fields,
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                fields.push(std::mem::take(&mut piece));
                continue;
            }
            _ => {}
        }
        piece.push(c);
    }
    fields
}

fn name(field: &str) -> String {
    let name = field.split('=').next().unwrap_or_default();
    let name = name.trim().trim_start_matches(['?', '%']);
    name.rsplit('.').next().unwrap_or_default().to_owned()
}

#[test]
fn the_vocabulary_of_the_documentation_is_that_of_the_code() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let mut used = BTreeSet::new();
    for file in &files {
        for level in ["error!(", "warn!(", "info!(", "debug!("] {
            for call in file.split(level).skip(1) {
                let fields = fields(call).into_iter().filter(|it| !it.contains("target:"));
                used.extend(fields.map(|field| name(&field)));
            }
        }
    }
    assert!(used.len() > 15 && used.contains("receiver"), "{used:?}");
    let page = std::fs::read_to_string("docs/logging.md").unwrap();
    let (_, table) = page.split_once("## Vocabulary").unwrap();
    let (table, _) = table.split_once("\n## ").unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    let said: BTreeSet<String> = rows
        .flat_map(|row| row.split('|').nth(1).unwrap().split(','))
        .map(|word| word.trim().trim_matches('`').to_owned())
        .collect();
    let missing: Vec<_> = used.difference(&said).collect();
    let dead: Vec<_> = said.difference(&used).collect();
    assert!(missing.is_empty() && dead.is_empty(), "not explained {missing:?}; gone {dead:?}");
}
