//! What a person does at the command line about delivery, with the real program: `check`, `send-test`,
//! `routes test`, `silence`, `dead-letters`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{TimeDelta, Utc};
use serde_json::Value;
use talentwire::model::moves::Attention;

use super::fixtures::a_move;
use super::kills::person;
use super::sink::{Say, Sink};
use crate::ops::wait_for;
use crate::support::daemon::Daemon;
use crate::support::site::{Answer, Site, rss};

/// What a command printed, standard error behind standard output, and its exit code.
struct Said {
    text: String,
    code: i32,
}

fn talentwire(config: &Path, arguments: &[&str], input: &str) -> Said {
    let mut child = Command::new(env!("CARGO_BIN_EXE_talentwire"))
        .args(arguments)
        .arg("-c")
        .arg(config)
        .env("HUSH_SLACK", "https://hooks.example.com/hush-7f3a")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
    let done = child.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&done.stdout) + String::from_utf8_lossy(&done.stderr);
    Said { text: text.into_owned(), code: done.status.code().unwrap() }
}

/// A configuration of its own, with whatever files it names.
fn configured(text: &str, files: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let path = folder.path().join("talentwire.toml");
    let log = folder.path().join("log");
    std::fs::write(&path, format!("[log]\npath = {log:?}\n{text}")).unwrap();
    (folder, path)
}

fn receiver(name: &str, kind: &str, url: &str) -> String {
    format!("[[receiver]]\nname = {name:?}\ntype = {kind:?}\nurl = {url:?}\n")
}

#[test]
fn a_slip_in_a_template_is_found_before_anything_starts() {
    let slack = receiver("slack", "slack", "https://hooks.example.com/hush-7f3a");
    let text = format!("{slack}template = \"card.txt\"\n[[route]]\nreceiver = \"slack\"\n");
    let (_folder, config) = configured(&text, &[("card.txt", "*{{ person }}*\n{{ persn }}\n")]);
    for command in ["check", "run"] {
        let said = talentwire(&config, &[command], "");
        assert_eq!(said.code, 78, "{command}: {}", said.text);
        assert!(said.text.contains("receiver `slack`"), "{command}: {}", said.text);
        assert!(said.text.contains("line 2"), "{command}: {}", said.text);
        assert!(!said.text.contains("hush-7f3a"), "{command}: {}", said.text);
    }
    let (_folder, config) = configured(&text, &[("card.txt", "*{{ person }}*: {{ to }}")]);
    assert_eq!(talentwire(&config, &["check"], "").code, 0);
}

#[test]
fn send_test_says_what_came_of_it_and_what_would_mend_it() {
    let slack = Sink::start(|got| match got.path.as_str() {
        "/good" => Say::ok(),
        "/slow" => Say::header(429, "retry-after", "30"),
        "/picky" => Say::words(400, "invalid_blocks"),
        "/login" => Say::words(200, "<html>Sign in</html>"),
        "/moved" => Say::header(308, "location", "/good"),
        _ => Say::words(404, "no_service"),
    });
    let open = "[poll]\nallow_private_networks = true\n".to_owned();
    let kinds = ["good", "slow", "picky", "login", "moved", "gone"];
    let text = kinds.map(|it| receiver(it, "slack", &slack.url(&format!("/{it}")))).concat();
    let (_folder, config) = configured(&(open + &text), &[]);
    for (name, code, words) in [
        ("good", 0, "`good` (slack) took the sample alert"),
        ("slow", 1, "30 s of rest; wait as long and try again"),
        ("picky", 1, "400, invalid_blocks; check the template"),
        ("login", 1, "answered 200, which is not how an incoming webhook answers"),
        ("moved", 1, "308, which is not how an incoming webhook answers; check the address"),
        ("gone", 1, "404, no_service; the webhook was removed"),
        ("nobody", 1, "no [[receiver]] is named `nobody`; there is: good, slow"),
    ] {
        let said = talentwire(&config, &["send-test", name], "");
        assert_eq!(said.code, code, "{name}: {}", said.text);
        assert!(said.text.contains(words), "{name}: {}", said.text);
        assert!(!said.text.contains(&slack.url("/")), "{name} shows the address: {}", said.text);
    }
    assert_eq!(slack.got().len(), 6, "no redirect was followed, nothing was sent twice");
    let card = slack.got()[0].text();
    assert!(card.contains("Ada Sample") && card.contains("Specimen AI"), "{card}");
}

/// A webhook's address is as dangerous as a feed's: it may lead into one's own network.
#[test]
fn a_receiver_in_the_own_network_is_not_reached_unless_that_is_allowed() {
    let inside = Sink::start(|_| Say::words(204, ""));
    let port = inside.url("").rsplit_once(':').unwrap().1.to_owned();
    let hosts = ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"];
    for (number, host) in hosts.iter().enumerate() {
        let name = format!("r{number}");
        let text = receiver(&name, "webhook", &format!("http://{host}:{port}/hook"));
        let (_folder, config) = configured(&text, &[]);
        let said = talentwire(&config, &["send-test", &name], "");
        assert_ne!(said.code, 0, "{host}: {}", said.text);
        assert_eq!(inside.got().len(), 0, "{host} was reached");
    }
    let text = receiver("hook", "webhook", &inside.url("/hook"));
    let (_folder, config) = configured(&format!("{text}allow_private_networks = true\n"), &[]);
    assert_eq!(talentwire(&config, &["send-test", "hook"], "").code, 0);
    assert_eq!(inside.got().len(), 1);
}

/// Quiet hours are `{quiet}`.
const ROUTED: &str = "[[receiver]]\nname = \"deep\"\ntype = \"console\"\n\
    [[receiver]]\nname = \"all\"\ntype = \"console\"\n\
    [[receiver]]\nname = \"late\"\ntype = \"console\"\n\
    [[route]]\nreceiver = \"deep\"\nmatch = { to = [\"google-deepmind\"] }\n\
    [[route]]\nreceiver = \"all\"\ncontinue = true\nquiet_hours = \"{quiet}\"\n\
    [[route]]\nreceiver = \"late\"\nmatch = { min_confidence = 0.5 }\n\
    [[route]]\nreceiver = \"deep\"\n\
    [[route]]\nreceiver = \"deep\"\non = \"mention\"\nmatch = { keyword = [\"quits\"] }\n";

/// With quiet hours that began an hour ago and end in another.
fn routed() -> (tempfile::TempDir, PathBuf) {
    let time = |hours| (Utc::now() + TimeDelta::hours(hours)).format("%H:%M").to_string();
    let quiet = format!("{}-{}", time(-1), time(1));
    configured(&ROUTED.replace("{quiet}", &quiet), &[])
}

#[test]
fn routes_test_tells_where_a_move_would_go_and_why() {
    let (_folder, config) = routed();
    let mv = serde_json::to_string(&a_move("m1", Utc::now())).unwrap();
    let said = talentwire(&config, &["routes", "test", "-"], &mv);
    assert_eq!(said.code, 0, "{}", said.text);
    let lines: Vec<&str> = said.text.lines().collect();
    assert!(lines[0].starts_with("Marta Lindqvist m1: OpenAI → Anthropic"), "{}", said.text);
    let wanted = "route 1 -> deep: no, to is anthropic, Anthropic, wanted google-deepmind";
    assert_eq!(lines[1].trim(), wanted);
    assert!(lines[2].contains("route 2 -> all: yes, held back by quiet hours until"), "{lines:?}");
    assert_eq!(lines[3].trim(), "route 3 -> late: yes");
    assert_eq!(lines[4].trim(), "route 4 -> deep: would match, but route 3 came first");
    assert!(lines[5].contains("route 5 -> deep: no, listens to on = \"mention\""), "{lines:?}");
    assert_eq!(lines[6], "goes to all, late");
    assert_eq!(lines.len(), 7, "{lines:?}");
}

#[test]
fn a_route_may_name_a_company_in_any_language() {
    let route = |name: &str| {
        let route = format!("[[route]]\nreceiver = \"here\"\nmatch = {{ to = [\"{name}\"] }}\n");
        let receiver = "[[receiver]]\nname = \"here\"\ntype = \"console\"\n";
        let (_folder, config) = configured(&format!("{receiver}{route}"), &[]);
        let mv = serde_json::to_string(&a_move("m1", Utc::now())).unwrap();
        talentwire(&config, &["routes", "test", "-"], &mv).text
    };
    for name in ["앤트로픽", "anthropic", "アンソロピック"] {
        assert!(route(name).ends_with("goes to here\n"), "{name}: {}", route(name));
    }
    for name in ["오픈AI", "앤트"] {
        assert!(!route(name).contains("goes to here"), "{name}: {}", route(name));
    }
}

#[test]
fn routes_test_says_the_same_as_json() {
    let (_folder, config) = routed();
    let mut mv = a_move("m1", Utc::now());
    mv.attention = Attention::Digest;
    let mv = serde_json::to_string(&mv).unwrap();
    let said = talentwire(&config, &["routes", "test", "-", "--json"], &mv);
    let page: Value = serde_json::from_str(&said.text).expect(&said.text);
    assert_eq!(page["move"], "m1");
    assert_eq!(page["attention"], "digest");
    assert_eq!(page["goes_to"], serde_json::json!(["all", "late"]));
    let routes = page["routes"].as_array().unwrap();
    let takes: Vec<bool> = routes.iter().map(|it| it["takes"].as_bool().unwrap()).collect();
    assert_eq!(takes, [false, true, true, false, false]);
    assert_eq!(routes[0]["refused"], "to is anthropic, Anthropic, wanted google-deepmind");
    assert!(routes[1]["quiet_until"].is_string(), "{page:#}");
    assert_eq!((&routes[3]["after"], &routes[3]["refused"]), (&Value::from(3), &Value::Null));
    assert!(routes[4]["refused"].as_str().unwrap().contains("mention"), "{page:#}");

    let said = talentwire(&config, &["routes", "test", "-"], "no move");
    assert_eq!(said.code, 1, "{}", said.text);
    assert!(said.text.contains("holds no JSON move"), "{}", said.text);
}

/// A feed that tells of one move after another, and a receiver that is as picky as it is told to be.
struct World {
    daemon: Daemon,
    slack: Sink,
    picky: Arc<AtomicBool>,
    people: Arc<Mutex<Vec<(String, String)>>>,
}

fn world() -> World {
    let people: Arc<Mutex<Vec<(String, String)>>> = Arc::default();
    let told = people.clone();
    let site = Site::start(move |_, _| {
        let people = told.lock().unwrap();
        let item = |(who, what): &(String, String)| (who.clone(), format!("{who} {what}"), 1);
        Answer::new(200, rss(&people.iter().map(item).collect::<Vec<_>>()))
    });
    let picky = Arc::new(AtomicBool::new(false));
    let is_picky = picky.clone();
    let slack = Sink::start(move |_| match is_picky.load(Ordering::SeqCst) {
        true => Say::words(400, "invalid_payload"),
        false => Say::ok(),
    });
    let text = format!(
        "[poll]\nallow_private_networks = true\nfirst_poll = \"alert\"\nfull_text = false\n\
         [[feed]]\nurl = {:?}\ninterval = \"200ms\"\n{}[[route]]\nreceiver = \"slack\"\n",
        site.url("/feed"),
        receiver("slack", "slack", &slack.url("/slack")),
    );
    World { daemon: Daemon::start(&text), slack, picky, people }
}

impl World {
    fn say(&self, arguments: &[&str]) -> String {
        let said = talentwire(&self.daemon.config(), arguments, "");
        assert_eq!(said.code, 0, "{arguments:?}: {}", said.text);
        said.text
    }

    fn leaves(&self, who: &str, what: &str) {
        let headline = (who.to_owned(), format!("leaves {what}"));
        self.people.lock().unwrap().insert(0, headline);
    }

    /// True where the receiver has told of so many moves or has kept silent about them.
    fn is_judged(&self, moves: usize) -> bool {
        let silent = "talentwire_stage_records_total{outcome=\"silenced\",stage=\"notify\"}";
        let told = "talentwire_deliveries_total{outcome=\"delivered\",receiver=\"slack\"}";
        self.daemon.value(silent) + self.daemon.value(told) >= moves as f64
    }

    fn told_of(&self, who: &str) -> usize {
        self.slack.got().iter().filter(|got| got.text().contains(who)).count()
    }
}

#[test]
fn a_dead_letter_is_listed_tried_again_beside_the_daemon_and_then_off_the_list() {
    let world = world();
    assert_eq!(world.say(&["dead-letters", "list"]), "no dead letters\n");
    world.picky.store(true, Ordering::SeqCst);
    world.leaves("Marta Lindqvist", "OpenAI for Anthropic");
    let line = wait_for("a dead letter", || {
        let list = world.say(&["dead-letters", "list"]);
        list.contains("slack").then_some(list)
    });
    assert!(line.contains("400, invalid_payload"), "{line}");
    let json = world.say(&["dead-letters", "list", "--json"]);
    let letter: Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!(letter["receiver"], "slack");
    assert_eq!(letter["record"]["person"], "Marta Lindqvist");
    assert_eq!(world.told_of("Marta Lindqvist"), 2, "a card and plain text");

    world.picky.store(false, Ordering::SeqCst);
    let id = letter["id"].as_str().unwrap();
    assert!(world.say(&["dead-letters", "retry", id]).starts_with("1 record published again"));
    wait_for("the second try", || (world.told_of("Marta Lindqvist") == 3).then_some(()));
    assert_eq!(world.say(&["dead-letters", "list"]), "no dead letters\n");
    let said = talentwire(&world.daemon.config(), &["dead-letters", "retry", "0-99"], "");
    assert!(
        said.code == 1 && said.text.contains("no dead letter is named `0-99`"),
        "{}",
        said.text
    );
}

#[test]
fn a_silence_is_heard_by_the_running_daemon_and_its_end_too() {
    let world = world();
    let added = world.say(&["silence", "add", "--company", "anthropic", "--for", "1h"]);
    let id = added.split(' ').nth(1).unwrap().to_owned();
    let mv = serde_json::to_string(&a_move("m1", Utc::now())).unwrap();
    let said = talentwire(&world.daemon.config(), &["routes", "test", "-"], &mv);
    assert!(said.text.contains(&format!("silence `{id}` drops it")), "{}", said.text);
    assert!(said.text.contains("goes nowhere"), "{}", said.text);
    // Those who leave before the receiver has heard of it are told.
    let mut number = 0;
    let mut until = |what: &str, others: usize, done: &dyn Fn(&str) -> bool| {
        wait_for(what, || {
            number += 1;
            let who = person(number);
            world.leaves(&who, "OpenAI for Anthropic");
            wait_for("the next one", || world.is_judged(number + others).then_some(()));
            done(&who).then_some(())
        });
    };
    until("the silence", 0, &|who| world.told_of(who) == 0);
    world.leaves("Helena Sandoval", "xAI for Meta");
    wait_for("another company", || (world.told_of("Helena Sandoval") == 1).then_some(()));
    assert!(world.say(&["silence", "expire", &id]).contains("ended"));
    until("the end of the silence", 1, &|who| world.told_of(who) == 1);
    assert_eq!(world.say(&["silence", "list"]), "no silences\n");
}
