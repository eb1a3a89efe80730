//! Reload of the real daemon: a bad file changes nothing and shows, a good one is taken over, and
//! a stop drains. And the alert rules fire when their faults are caused for real.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::ops::{Running, firing, free_address, get, has, prometheus, skip, wait_for};

/// A daemon with a configuration of its own in a temporary folder.
struct Daemon {
    folder: tempfile::TempDir,
    address: String,
    running: Running,
}

impl Daemon {
    fn start(feed: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = free_address();
        write(folder.path(), &address, feed, &["first"]);
        let log = std::fs::File::create(folder.path().join("stderr")).unwrap();
        let running = Command::new(env!("CARGO_BIN_EXE_talentwire"))
            .args(["run", "--watch-config", "-c"])
            .arg(config(folder.path()))
            .env("TALENTWIRE_LOG_FORMAT", "json")
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let daemon = Self { folder, address, running: Running(running) };
        wait_for("the daemon", || get(&daemon.address, "/readyz"));
        daemon
    }

    fn signal(&self, name: &str) {
        let id = self.running.0.id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
    }

    /// Waits until a line of the metrics is there.
    fn shows(&self, line: &str) {
        wait_for(line, || {
            get(&self.address, "/metrics").filter(|page| page.lines().any(|it| it == line))
        });
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("stderr")).unwrap()
    }
}

fn config(folder: &Path) -> PathBuf {
    folder.join("talentwire.toml")
}

fn write(folder: &Path, address: &str, feed: &str, receivers: &[&str]) {
    let mut text = format!(
        "{feed}[log]\npath = {:?}\n[http]\nlisten = {address:?}\n",
        folder.join("data").display().to_string()
    );
    for name in receivers {
        text.push_str(&format!("[[receiver]]\nname = {name:?}\ntype = \"console\"\n"));
    }
    text.push_str("[[route]]\nreceiver = \"first\"\n");
    // As an editor does it: the daemon sees the old file or the new one.
    std::fs::write(folder.join("new"), text).unwrap();
    std::fs::rename(folder.join("new"), config(folder)).unwrap();
}

const REFUSED: &str = "talentwire_config_last_reload_successful 0";
const TAKEN: &str = "talentwire_config_last_reload_successful 1";

#[test]
fn a_bad_file_changes_nothing_and_shows_and_a_good_one_is_taken_over() {
    let mut daemon = Daemon::start("");
    daemon.shows(TAKEN);

    let half = "[poll]\nintervall = \"5m\"\n[[route]]\nreceiver = \"nobody\"\n";
    std::fs::write(config(daemon.folder.path()), half).unwrap();
    daemon.signal("-HUP");
    daemon.shows(REFUSED);
    assert!(get(&daemon.address, "/readyz").is_some(), "it runs on");
    let log = daemon.log();
    for problem in ["poll.intervall", "route[1].receiver"] {
        assert!(log.contains(problem), "the log does not name {problem}:\n{log}");
    }

    std::fs::remove_file(config(daemon.folder.path())).unwrap();
    std::fs::create_dir(config(daemon.folder.path())).unwrap();
    daemon.signal("-HUP");
    wait_for("the complaint about the folder", || {
        daemon.log().contains("is a folder; a file is needed here").then_some(())
    });
    std::fs::remove_dir(config(daemon.folder.path())).unwrap();

    write(daemon.folder.path(), &daemon.address, "", &["first", "second"]);
    daemon.signal("-HUP");
    daemon.shows(TAKEN);
    daemon.shows("talentwire_deliveries_total{outcome=\"delivered\",receiver=\"second\"} 0");

    // `--watch-config` needs no signal.
    write(daemon.folder.path(), &daemon.address, "", &["first", "second", "third"]);
    daemon.shows("talentwire_deliveries_total{outcome=\"delivered\",receiver=\"third\"} 0");

    daemon.signal("-TERM");
    let status = daemon.running.0.wait().unwrap();
    assert!(status.success(), "{status}:\n{}", daemon.log());
}

/// A server that refuses everybody, and the section of a feed there.
fn refusing_feed() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { break };
            let mut request = [0; 4096];
            let _read = stream.read(&mut request);
            let answer = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            let _sent = stream.write_all(answer.as_bytes());
        }
    });
    format!(
        "[[feed]]\nurl = \"http://{address}/feed\"\ninterval = \"200ms\"\n\
         allow_private_networks = true\n"
    )
}

#[test]
fn alerts_fire_when_their_faults_are_caused_for_real() {
    if !has("prometheus") {
        return skip("prometheus is not installed (Debian: package prometheus)");
    }
    let daemon = Daemon::start(&refusing_feed());
    // The rules as shipped, but for their patience, which promtool's cases hold to account.
    let rules = std::fs::read_to_string("deploy/prometheus/rules.yml").unwrap();
    let hasty = |line: &str| match line.split_once("for: ") {
        Some((before, _)) if before.trim().is_empty() => format!("{before}for: 1s\n"),
        _ => format!("{}\n", line.replace("[5m]", "[3s]")),
    };
    let hurried = daemon.folder.path().join("rules.yml");
    std::fs::write(&hurried, rules.lines().map(hasty).collect::<String>()).unwrap();
    let address = free_address();
    let _prometheus = prometheus(daemon.folder.path(), &hurried, &daemon.address, &address);
    let fires = |alert: &str| {
        wait_for(alert, || firing(&address).iter().any(|name| name == alert).then_some(()));
    };
    fires("TalentwireFeedsBlocked");
    assert!(!firing(&address).iter().any(|name| name == "TalentwireFailedReload"));

    std::fs::write(config(daemon.folder.path()), "[poll").unwrap();
    daemon.signal("-HUP");
    fires("TalentwireFailedReload");
    assert!(!firing(&address).iter().any(|name| name == "TalentwireDown"));

    daemon.signal("-KILL");
    fires("TalentwireDown");
}
