//! Every alert rule fires when its fault is caused for real: a real Prometheus with the rules as
//! shipped, but for their patience, scrapes the real daemon. What is shortened stands in
//! [`HURRY`]; the real windows and thresholds are held to account by `rules_test.yml`.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use crate::ops::{Running, firing, free_address, has, prometheus, skip, wait_for};
use crate::support::daemon::Daemon;
use crate::support::site::{Answer, Site, rss};

/// What is replaced in the rules, beside every `for:`, which becomes a second. Each must be there.
const HURRY: &[(&str, &str)] = &[
    ("successful[5m]", "successful[3s]"),
    ("[10m]", "[15s]"),
    ("oldest_seconds) > 900", "oldest_seconds) > 1"),
    ("lag_records{group!~\"notify.*\"}) > 10000", "lag_records{group!~\"notify.*\"}) > 5"),
    ("timestamp_seconds > 0)) > 600", "timestamp_seconds > 0)) > 4"),
    ("canary_age_seconds) > 1800", "canary_age_seconds) > 8"),
    ("live\"}[6h]", "live\"}[6s]"),
    ("letters_total[1h]", "letters_total[1m]"),
];

/// A Prometheus with the hurried rules that scrapes a daemon.
struct Watch {
    address: String,
    _running: Running,
}

impl Watch {
    fn over(daemon: &Daemon) -> Self {
        let folder = daemon.folder.path();
        let path = hurried(folder.join("rules.yml"));
        let address = free_address();
        let running = prometheus(folder, &path, &daemon.address, &address);
        Self { address, _running: running }
    }

    fn fires(&self, alert: &str) {
        wait_for(alert, || self.firing().iter().any(|name| name == alert).then_some(()));
    }

    fn firing(&self) -> Vec<String> {
        firing(&self.address)
    }

    fn is_quiet_about(&self, alerts: &[&str]) {
        let firing = self.firing();
        let loud: Vec<&&str> =
            alerts.iter().filter(|alert| firing.iter().any(|it| it == **alert)).collect();
        assert!(loud.is_empty(), "{loud:?} fire before their fault");
    }
}

fn hurried(path: PathBuf) -> PathBuf {
    let mut rules = std::fs::read_to_string("deploy/prometheus/rules.yml").unwrap();
    for (patient, hasty) in HURRY {
        assert!(rules.contains(patient), "no `{patient}` in the rules");
        rules = rules.replace(patient, hasty);
    }
    let hasty = |line: &str| match line.split_once("for: ") {
        Some((before, _)) if before.trim().is_empty() => format!("{before}for: 1s\n"),
        _ => format!("{line}\n"),
    };
    std::fs::write(&path, rules.lines().map(hasty).collect::<String>()).unwrap();
    path
}

fn unarmed() -> bool {
    let unarmed = !has("prometheus");
    if unarmed {
        skip("prometheus is not installed (Debian: package prometheus)");
    }
    unarmed
}

fn feed(url: &str) -> String {
    format!(
        "[[feed]]\nurl = {url:?}\ninterval = \"200ms\"\nallow_private_networks = true\n\
         full_text = false\n"
    )
}

fn slack(name: &str, url: &str) -> String {
    format!(
        "[[receiver]]\nname = {name:?}\ntype = \"slack\"\nurl = {url:?}\n\
         allow_private_networks = true\n[[route]]\nreceiver = {name:?}\ncontinue = true\n"
    )
}

#[test]
fn a_blocked_feed_a_refused_configuration_and_a_dead_daemon_alert() {
    if unarmed() {
        return;
    }
    let site = Site::start(|_, _| Answer::new(403, ""));
    let daemon = Daemon::start(&feed(&site.url("/feed")));
    let watch = Watch::over(&daemon);
    watch.fires("TalentwireFeedsBlocked");
    watch.is_quiet_about(&["TalentwireFailedReload"]);

    std::fs::write(daemon.config(), "[poll").unwrap();
    daemon.signal("-HUP");
    watch.fires("TalentwireFailedReload");
    watch.is_quiet_about(&["TalentwireDown"]);

    daemon.signal("-KILL");
    watch.fires("TalentwireDown");
}

#[test]
fn receivers_that_fail_refuse_reject_or_never_answer_alert() {
    if unarmed() {
        return;
    }
    let broken = Arc::new(AtomicBool::new(false));
    let now_broken = Arc::clone(&broken);
    let site = Site::start(move |path, _| {
        let broken = now_broken.load(Ordering::Relaxed);
        match path {
            "/feed" if !broken => Answer::new(200, rss(&[])),
            "/feed" => Answer::new(
                200,
                rss(&[
                    ("1".into(), "Marta Lindqvist leaves OpenAI for Anthropic".into(), 5),
                    ("2".into(), "Jonas Falkberg joins Meta from xAI".into(), 5),
                ]),
            ),
            "/down" => Answer::new(503, "unavailable"),
            "/revoked" => Answer::new(404, "no_service"),
            "/picky" => Answer::new(400, "invalid_payload"),
            _ => Answer::new(200, "ok").after(Duration::from_secs(15)),
        }
    });
    let receivers: String = ["down", "revoked", "picky", "mute"]
        .map(|name| slack(name, &site.url(&format!("/{name}"))))
        .concat();
    let text = format!("[poll]\nfirst_poll = \"alert\"\n{}{receivers}", feed(&site.url("/feed")));
    let daemon = Daemon::start(&text);
    let watch = Watch::over(&daemon);
    let alerts = [
        "TalentwireDeliveriesFailing",
        "TalentwireQueueOld",
        "TalentwireReceiverDisabled",
        "TalentwireDeadLetters",
        "TalentwireStageStuck",
    ];
    wait_for("a scrape", || crate::ops::sees(&watch.address, "talentwire_receiver_disabled == 0"));
    watch.is_quiet_about(&alerts);
    broken.store(true, Ordering::Relaxed);
    for alert in alerts {
        watch.fires(alert);
    }
    watch.is_quiet_about(&["TalentwireDown", "TalentwireFeedsBlocked", "TalentwireLag"]);
}

/// A feed that has something new every second, until it is told to stop.
fn busy_site() -> (Site, Arc<AtomicBool>) {
    let stopped = Arc::new(AtomicBool::new(false));
    let stop = Arc::clone(&stopped);
    let count = AtomicU64::new(0);
    let begun = std::time::Instant::now();
    let site = Site::start(move |path, _| {
        if path == "/old" {
            // Every eight hours, until ten days ago.
            let entries: Vec<_> = (0..20)
                .map(|n| (format!("old-{n}"), format!("Weather report {n}"), 864_000 + n * 28_800))
                .collect();
            return Answer::new(200, rss(&entries));
        }
        if !stop.load(Ordering::Relaxed) {
            count.store(begun.elapsed().as_secs(), Ordering::Relaxed);
        }
        let last = count.load(Ordering::Relaxed);
        let entry = |n| (format!("busy-{n}"), format!("OpenAI opens office {n}"), 0);
        Answer::new(200, rss(&(last.saturating_sub(20)..=last).map(entry).collect::<Vec<_>>()))
    });
    (site, stopped)
}

#[test]
fn stopped_stages_and_silent_feeds_alert() {
    if unarmed() {
        return;
    }
    let (site, stopped) = busy_site();
    let canary = "[canary]\ninterval = \"1s\"\n";
    let text = format!("{canary}{}", feed(&site.url("/busy")));
    let mut daemon = Daemon::start(&text);
    let watch = Watch::over(&daemon);
    wait_for("articles in Prometheus", || {
        let busy = "increase(talentwire_articles_total{arrival=\"live\"}[6s]) > 0";
        crate::ops::sees(&watch.address, busy)
    });
    // The rule is about canaries that no longer come: one must have come through all stages before.
    wait_for("a canary that was heard", || {
        crate::ops::sees(&watch.address, "talentwire_canary_latency_seconds > 0")
    });
    let alerts = [
        "TalentwireNoArticles",
        "TalentwireFeedsStale",
        "TalentwireLag",
        "TalentwireCanaryMissing",
    ];
    watch.is_quiet_about(&alerts);

    // The busy feed falls silent, another one has been for long, and nobody runs tag and track.
    stopped.store(true, Ordering::Relaxed);
    let text = format!("{text}{}", feed(&site.url("/old")));
    daemon.restart_with(&text, |command| command.args(["--stage", "poll,notify"]));
    for alert in alerts {
        watch.fires(alert);
    }
    watch.is_quiet_about(&["TalentwireStageStuck", "TalentwireFeedsBlocked"]);
}

#[test]
fn each_rule_has_its_fault_above() {
    let rules = std::fs::read_to_string("deploy/prometheus/rules.yml").unwrap();
    let here = std::fs::read_to_string("tests/it/ops_alerts.rs").unwrap();
    for alert in rules.lines().filter_map(|line| line.trim().strip_prefix("- alert: ")) {
        assert!(here.contains(&format!("\"{alert}\"")), "no real fault for {alert}");
    }
}
