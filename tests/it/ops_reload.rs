//! Reload of the real daemon: a bad file changes nothing and shows, a good one is taken over, and
//! a stop drains.

use std::fmt::Write as _;

use crate::ops::{get, wait_for};
use crate::support::daemon::Daemon;

const REFUSED: &str = "talentwire_config_last_reload_successful 0";
const TAKEN: &str = "talentwire_config_last_reload_successful 1";

fn with_receivers(receivers: &[&str]) -> String {
    let mut text = String::new();
    for name in receivers {
        writeln!(text, "[[receiver]]\nname = {name:?}\ntype = \"console\"").unwrap();
    }
    text + "[[route]]\nreceiver = \"first\"\n"
}

fn knows(daemon: &Daemon, receiver: &str) {
    let series = "talentwire_deliveries_total{outcome=\"delivered\",receiver=";
    daemon.shows(&format!("{series}{receiver:?}}} 0"));
}

#[test]
fn a_bad_file_changes_nothing_and_shows_and_a_good_one_is_taken_over() {
    let mut daemon = Daemon::start_with(&with_receivers(&["first"]), |it| it.arg("--watch-config"));
    daemon.shows(TAKEN);

    let bad = "[poll]\nintervall = \"5m\"\n[[route]]\nreceiver = \"nobody\"\n";
    std::fs::write(daemon.config(), bad).unwrap();
    daemon.signal("-HUP");
    daemon.shows(REFUSED);
    assert!(get(&daemon.address, "/readyz").is_some(), "it runs on");
    let log = daemon.log();
    for problem in ["poll.intervall", "route[1].receiver"] {
        assert!(log.contains(problem), "the log does not name {problem}:\n{log}");
    }

    std::fs::remove_file(daemon.config()).unwrap();
    std::fs::create_dir(daemon.config()).unwrap();
    daemon.signal("-HUP");
    wait_for("the complaint about the folder", || {
        daemon.log().contains("is a folder; a file is needed here").then_some(())
    });
    std::fs::remove_dir(daemon.config()).unwrap();

    daemon.configure(&with_receivers(&["first", "second"]));
    daemon.signal("-HUP");
    daemon.shows(TAKEN);
    knows(&daemon, "second");

    // `--watch-config` needs no signal.
    daemon.configure(&with_receivers(&["first", "second", "third"]));
    knows(&daemon, "third");

    let status = daemon.stop();
    assert!(status.success(), "{status}:\n{}", daemon.log());
}

#[test]
fn a_file_that_is_half_written_is_refused_wherever_it_breaks_off() {
    let feed = "[[feed]]\nurl = \"https://outlet.example/rss\"\ninterval = \"5m\"\n";
    let whole = format!("{}{feed}", with_receivers(&["first", "second"]));
    let daemon = Daemon::start(&whole);
    let whole = std::fs::read_to_string(daemon.config()).unwrap();
    // Within a key, within a text, and where a line ends but its section does not.
    for (broken, at) in [
        ("[[feed]]\nu", 1),
        ("https://outlet.exa", 2),
        ("[[feed]]\n", 3),
        ("[[receiver]]\nname = \"second\"\n", 4),
    ] {
        let end = whole.find(broken).unwrap() + broken.len();
        std::fs::write(daemon.config(), whole.get(..end).unwrap()).unwrap();
        daemon.signal("-HUP");
        daemon.shows(REFUSED);
        std::fs::write(daemon.config(), &whole).unwrap();
        daemon.signal("-HUP");
        daemon.shows(TAKEN);
        let taken = daemon.log().matches("configuration reloaded").count();
        assert_eq!(taken, at, "{}", daemon.log());
    }
}

#[test]
fn a_secret_file_that_became_empty_or_a_folder_is_refused_and_the_old_secret_stays() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("slack-url");
    std::fs::write(&secret, "https://hooks.example/services/T0/B0/very-secret\n").unwrap();
    let daemon = Daemon::start(&format!(
        "[[receiver]]\nname = \"slack\"\ntype = \"slack\"\nurl_file = {:?}\n\
         [[route]]\nreceiver = \"slack\"\n",
        secret.display().to_string()
    ));
    daemon.shows(TAKEN);
    std::fs::write(&secret, " \n").unwrap();
    daemon.signal("-HUP");
    daemon.shows(REFUSED);
    assert!(daemon.log().contains("is empty"), "{}", daemon.log());
    std::fs::remove_file(&secret).unwrap();
    std::fs::create_dir(&secret).unwrap();
    daemon.signal("-HUP");
    wait_for("the complaint about the folder", || {
        daemon.log().contains("is a folder").then_some(())
    });
    assert!(get(&daemon.address, "/readyz").is_some(), "it runs on");
    assert!(!daemon.log().contains("very-secret"), "{}", daemon.log());
}
