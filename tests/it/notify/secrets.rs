//! Whatever goes wrong, no secret leaves the process but to the receiver it belongs to.

use std::path::Path;
use std::process::Command;

use super::sink::{Got, Say, Sink};
use crate::ops::{get, wait_for};
use crate::support::daemon::Daemon;
use crate::support::site::{Answer, Site, rss};

/// Part of every secret of the test.
const MARK: &str = "hush7f3a";

/// Answers of all sorts, by what the path ends in.
fn unkind(got: &Got) -> Say {
    let path = got.path.split('?').next().unwrap_or_default();
    match path.rsplit('/').next().unwrap_or_default() {
        _ if path.contains("/api/") => {
            Say::words(200, &format!(r#"{{"ok": false, "error": "{MARK}"}}"#))
        }
        "down" => Say::words(503, MARK),
        "gone" => Say::words(404, "no_service"),
        "moved" => Say::header(302, "location", &format!("https://{MARK}.example/{MARK}")),
        "mute" => Say::Hang,
        "broken" => Say::BreakOff,
        _ => Say::words(400, &format!("invalid_payload {MARK}")),
    }
}

/// A receiver of each kind, its secrets by value, by file and by environment.
fn receivers(slack: &Sink, folder: &Path) -> String {
    let url = |end: &str| slack.url(&format!("/{MARK}/{end}"));
    let file = |name: &str, secret: &str| {
        let path = folder.join(name);
        std::fs::write(&path, format!("{secret}\n")).unwrap();
        path.display().to_string()
    };
    let token_file = file("token", &format!("xoxb-{MARK}"));
    let signing = file("signing", &format!("{MARK}{MARK}{MARK}"));
    let by_file = file("url", &url("gone"));
    let all = [
        ("down", format!("type = \"slack\"\nurl = {:?}", url("down"))),
        ("gone", format!("type = \"slack\"\nurl_file = {by_file:?}")),
        ("moved", "type = \"discord\"\nurl_env = \"HUSH_URL\"".to_owned()),
        ("mute", format!("type = \"webhook\"\nurl = {:?}\nsecret_file = {signing:?}", url("mute"))),
        ("broken", format!("type = \"teams\"\nurl = {:?}", url("broken"))),
        ("picky", format!("type = \"ntfy\"\nurl = {:?}\ntoken_env = \"HUSH_TOKEN\"", url("picky"))),
        (
            "bot",
            format!(
                "type = \"slack\"\ntoken_file = {token_file:?}\nchannel = \"C042\"\nurl = {:?}",
                url("api/")
            ),
        ),
        ("nowhere", format!("type = \"webhook\"\nurl = \"http://127.0.0.1:9/{MARK}\"")),
    ];
    let text = |(name, rest): &(&str, String)| {
        format!(
            "[[receiver]]\nname = {name:?}\n{rest}\n\
             [[route]]\nreceiver = {name:?}\ncontinue = true\n"
        )
    };
    all.iter().map(text).collect()
}

const NAMES: [&str; 8] = ["down", "gone", "moved", "mute", "broken", "picky", "bot", "nowhere"];

/// Gives a command the secrets that lie in the environment.
fn with_secrets<'a>(command: &'a mut Command, slack: &Sink) -> &'a mut Command {
    command
        .env("HUSH_URL", slack.url(&format!("/{MARK}/moved")))
        .env("HUSH_TOKEN", format!("tk_{MARK}"))
        .env("TALENTWIRE_LOG", "trace")
}

fn printed(daemon: &Daemon, slack: &Sink, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_talentwire"));
    let done = with_secrets(&mut command, slack)
        .args(arguments)
        .arg("-c")
        .arg(daemon.config())
        .output()
        .unwrap();
    String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr)
}

/// All files below a folder, as text.
fn contents(folder: &Path, found: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            contents(&path, found);
        } else {
            found.push_str(&String::from_utf8_lossy(&std::fs::read(path).unwrap()));
        }
    }
}

#[test]
fn no_secret_reaches_a_log_line_a_page_a_command_or_the_log_between_the_stages() {
    let (slack, folder) = (Sink::start(unkind), tempfile::tempdir().unwrap());
    let site = Site::start(|_, _| {
        let story = ("1".into(), "Marta Lindqvist leaves OpenAI for Anthropic".into(), 5);
        Answer::new(200, rss(&[story]))
    });
    let text = format!(
        "[poll]\nallow_private_networks = true\nfirst_poll = \"alert\"\nfull_text = false\n\
         [notify]\ntimeout = \"300ms\"\n[[feed]]\nurl = {:?}\ninterval = \"200ms\"\n{}",
        site.url("/feed").replace("http://", &format!("http://ann:{MARK}@")),
        receivers(&slack, folder.path()),
    );
    let daemon = Daemon::start_with(&text, |command| with_secrets(command, &slack));
    wait_for("every receiver to fail", || {
        let log = daemon.log();
        let failed = |name: &&str| log.contains(&format!("receiver `{name}` did not take"));
        NAMES.iter().all(failed).then_some(())
    });
    daemon.signal("-HUP");
    wait_for("the reload", || daemon.log().contains("configuration reloaded").then_some(()));

    let mut shown = vec![("the log lines", daemon.log())];
    for path in ["/metrics", "/healthz", "/readyz", "/api/v1/moves", "/api/v1/feeds"] {
        shown.push((path, get(&daemon.address, path).unwrap()));
    }
    for arguments in [
        &["check"] as &[&str],
        &["dead-letters", "list", "--json"],
        &["moves", "--json"],
        &["articles", "--json"],
        &["feeds", "list", "--json"],
        &["feeds", "check", "--json"],
        &["silence", "list"],
    ] {
        shown.push((arguments[0], printed(&daemon, &slack, arguments)));
    }
    for name in NAMES {
        let said = printed(&daemon, &slack, &["send-test", name]);
        assert!(said.contains("did not take the sample alert"), "{name}: {said}");
        shown.push((name, said));
    }
    let mut stored = String::new();
    contents(&daemon.folder.path().join("data"), &mut stored);
    assert!(stored.contains("Lindqvist"), "that is where the moves are");
    shown.push(("data", stored));
    for (place, text) in &shown {
        let line = text.lines().find(|line| line.contains(MARK)).unwrap_or_default();
        assert!(line.is_empty(), "{place}: {line}");
    }
    let used = |name: &str| slack.got().iter().any(|got| got.header(name).contains(MARK));
    assert!(used("authorization"), "the secrets were in use");
    assert!(slack.got().iter().any(|got| !got.header("webhook-signature").is_empty()));
}
