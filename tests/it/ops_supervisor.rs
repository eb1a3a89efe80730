//! systemd, as far as it can be had without being process 1: what the daemon tells it over its
//! socket, and what `systemd-analyze` says of the unit. And what the images are built from.

use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::ops::{has, skip};
use crate::support::daemon::Daemon;

const UNIT: &str = "deploy/systemd/talentwire.service";

fn key(unit: &str, key: &str) -> String {
    let value = unit.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
    value.unwrap_or_default().to_owned()
}

#[test]
fn systemd_hears_when_it_is_ready_that_it_lives_and_that_it_stops() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let hear = || {
        let mut message = [0; 512];
        let count = socket.recv(&mut message).expect("the supervisor heard nothing for a minute");
        String::from_utf8_lossy(message.get(..count).unwrap()).trim().to_owned()
    };
    let unit = std::fs::read_to_string(UNIT).unwrap();
    let seconds: u64 = key(&unit, "WatchdogSec").parse().unwrap();
    let mut daemon = Daemon::start_with("", |command| {
        command.env("NOTIFY_SOCKET", &path).env("WATCHDOG_USEC", (seconds * 1_000_000).to_string())
    });
    // A beat before it is no fault: systemd counts the watchdog from READY=1 on.
    let first = std::iter::repeat_with(hear).find(|message| message != "WATCHDOG=1");
    assert_eq!(first.as_deref(), Some("READY=1"));
    let begun = std::time::Instant::now();
    for _ in 0..3 {
        assert_eq!(hear(), "WATCHDOG=1");
    }
    assert!(begun.elapsed() < Duration::from_secs(seconds), "the watchdog would have run out");
    assert!(daemon.stop().success());
    let last = std::iter::repeat_with(hear).find(|message| message != "WATCHDOG=1");
    assert_eq!(last.as_deref(), Some("STOPPING=1"));
}

#[test]
fn one_stop_request_that_arrives_twice_at_once_still_drains() {
    let mut daemon = Daemon::start_with("", |command| command);
    let twice = format!("kill -INT {id}; kill -TERM {id}", id = daemon.id());
    assert!(Command::new("sh").args(["-c", &twice]).status().is_ok());
    let log = daemon.ended();
    assert!(!log.contains("cut off"), "{log}");
}

/// `RestartPreventExitStatus=` holds for the main process only (systemd.service(5)).
#[test]
fn a_bad_configuration_is_not_started_again_and_again() {
    let unit = std::fs::read_to_string(UNIT).unwrap();
    assert_eq!(key(&unit, "RestartPreventExitStatus"), "78");
    assert_eq!(key(&unit, "ExecStartPre"), "", "its exit code prevents no restart");
}

#[test]
fn systemd_analyze_finds_nothing_wrong_with_the_unit() {
    if !has("systemd-analyze") {
        return skip("systemd-analyze is not installed (Debian: package systemd)");
    }
    let unit = std::fs::read_to_string(UNIT).unwrap();
    // The program lies elsewhere on this machine, and its man page nowhere.
    let unit = unit.replace("/usr/local/bin/talentwire", env!("CARGO_BIN_EXE_talentwire"));
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("talentwire.service");
    std::fs::write(&copy, unit).unwrap();
    let done = Command::new("systemd-analyze").args(["verify", "--man=no"]).arg(&copy).output();
    let done = done.unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    let ours: Vec<&str> = said.lines().filter(|line| line.contains("talentwire")).collect();
    assert!(done.status.success() && ours.is_empty(), "{said}");
}

#[test]
fn what_the_dockerfile_copies_is_there_and_what_cargo_names_is_copied() {
    let text = std::fs::read_to_string("deploy/Dockerfile").unwrap();
    let ignored = std::fs::read_to_string(".dockerignore").unwrap();
    let mut copied = Vec::new();
    for line in text.lines().filter(|line| line.starts_with("COPY ") && !line.contains("--from")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        copied.extend(words.get(1..words.len() - 1).unwrap().iter().copied());
    }
    for path in &copied {
        assert!(Path::new(path).exists(), "the Dockerfile copies {path}, which is not there");
        assert!(!ignored.lines().any(|line| line == *path), "{path} is ignored");
    }
    // Whatever the program includes at build time, and what Cargo.toml names, must be among them.
    for needed in ["Cargo.toml", "Cargo.lock", "src", "config", "benches"] {
        assert!(copied.contains(&needed), "the Dockerfile does not copy {needed}");
    }
    assert!(text.contains("USER nonroot") && text.contains("HEALTHCHECK"), "{text}");
}
