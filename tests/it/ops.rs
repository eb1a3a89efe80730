//! What an operator relies on: metrics that Prometheus accepts, every series there from the start,
//! dashboards and alert rules whose every query a real Prometheus answers.
//!
//! The tests that need Debian's package `prometheus` say SKIPPED where it is not installed.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// Longest wait for anything; reached only when the test fails.
const PATIENCE: Duration = Duration::from_secs(120);
/// Panels that may be empty while all is well, as "board: title A"; none at present.
const EMPTY_WHEN_WELL: &[&str] = &[];

const RULES: &str = "deploy/prometheus/rules.yml";

/// Says that a test is skipped.
pub(crate) fn skip(why: &str) {
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    // Not `eprintln!`, which the test harness hides where a test passes.
    writeln!(std::io::stderr(), "SKIPPED {test}: {why}").ok();
}

pub(crate) fn has(program: &str) -> bool {
    let mut command = Command::new(program);
    let command = command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// A program that ends with the test, whatever happens.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ended = self.0.kill();
        let _status = self.0.wait();
    }
}

/// An address that was free a moment ago.
pub(crate) fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

fn demo(address: &str, speed: &str) -> Running {
    let child = Command::new(env!("CARGO_BIN_EXE_talentwire"))
        .args(["demo", "--stay", "--listen", address, "--speed", speed])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    Running(child)
}

/// The body of the answer to a GET; `None` where nobody answers 200.
pub(crate) fn get(address: &str, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    // HTTP/1.0: the answer comes in one piece and ends with the connection.
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {address}\r\n\r\n").ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n")?;
    head.split(' ').nth(1).is_some_and(|status| status == "200").then(|| body.to_owned())
}

pub(crate) fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < PATIENCE, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// Runs a program; an error shows what it said.
fn run(command: &mut Command, input: &str) -> Result<String, String> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|cause| cause.to_string())?;
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout) + String::from_utf8_lossy(&done.stderr);
    if done.status.success() { Ok(said.into_owned()) } else { Err(said.into_owned()) }
}

#[test]
fn every_series_is_there_from_the_first_scrape_and_promtool_finds_nothing() {
    let address = free_address();
    let _demo = demo(&address, "4");
    let page = wait_for("the first scrape", || get(&address, "/metrics"));
    for series in [
        "talentwire_config_last_reload_successful 1",
        "talentwire_polls_total{result=\"parser_panic\"} 0",
        "talentwire_tagged_articles_total{lang=\"ja\"} 0",
        "talentwire_feed_oddities_total{kind=\"gap\"} 0",
        "talentwire_deliveries_intended_total{receiver=\"slack\"} 0",
        "talentwire_deliveries_in_doubt_total{receiver=\"slack\"} 0",
        "talentwire_canary_latency_seconds 0",
        "talentwire_polls_total{result=\"rate_limited\"} 0",
        "talentwire_feeds{state=\"blocked\"} 0",
        "talentwire_articles_total{arrival=\"edit\"} 0",
        "talentwire_feed_oddities_total{kind=\"validators_lie\"} 0",
        "talentwire_stage_records_total{outcome=\"rejected\",stage=\"tag\"} 0",
        "talentwire_stage_records_total{outcome=\"reversed\",stage=\"track\"} 0",
        "talentwire_stage_records_total{outcome=\"silenced\",stage=\"notify\"} 0",
        "talentwire_claims_total{lang=\"ko\",outcome=\"contradiction\"} 0",
        "talentwire_dead_letters_total{stage=\"notify\"} 0",
        "talentwire_deliveries_total{outcome=\"rate_limited\",receiver=\"slack\"} 0",
        "talentwire_deliveries_possible_duplicate_total{receiver=\"slack\"} 0",
        "talentwire_delivery_queue_oldest_seconds{receiver=\"slack\"} 0",
        "talentwire_receiver_disabled{receiver=\"slack\"} 0",
        "talentwire_consumer_lag_records{group=\"tag\",topic=\"articles\"} 0",
        "talentwire_retry_after_violations_total 0",
    ] {
        assert!(page.lines().any(|line| line == series), "no `{series}` in\n{page}");
    }
    let later = wait_for("a delivery", || {
        get(&address, "/metrics")
            .filter(|page| !page.contains("{outcome=\"delivered\",receiver=\"slack\"} 0"))
    });
    let name = |line: &str| line.rsplit_once(' ').map(|(series, _)| series.to_owned());
    let first: Vec<String> = page.lines().filter_map(name).collect();
    let late: Vec<&str> = later
        .lines()
        .filter(|line| !line.starts_with('#') && !line.starts_with("talentwire_move"))
        .filter(|line| name(line).is_some_and(|series| !first.contains(&series)))
        .collect();
    assert!(late.is_empty(), "series that appeared later than the first scrape: {late:#?}");
    if !has("promtool") {
        return skip("promtool is not installed (Debian: package prometheus)");
    }
    for page in [page, later] {
        let said = run(Command::new("promtool").args(["check", "metrics"]), &page);
        assert_eq!(said.as_deref().map(str::trim), Ok(""), "promtool check metrics");
    }
}

#[test]
fn every_alert_fires_when_it_should_and_only_then() {
    let rules = std::fs::read_to_string(RULES).unwrap();
    let cases = std::fs::read_to_string("deploy/prometheus/rules_test.yml").unwrap();
    let runbooks = std::fs::read_to_string("docs/runbooks.md").unwrap();
    let alerts: Vec<&str> =
        rules.lines().filter_map(|line| line.trim().strip_prefix("- alert: ")).collect();
    assert!(alerts.len() >= 10, "only {} alerts found", alerts.len());
    for alert in alerts {
        assert!(cases.contains(&format!("alertname: {alert}")), "no case for {alert}");
        assert!(runbooks.contains(&format!("\n## {alert}\n")), "no runbook for {alert}");
        let anchor = format!("docs/runbooks.md#{}", alert.to_lowercase());
        assert!(rules.contains(&anchor), "no runbook_url to {anchor}");
    }
    if !has("promtool") {
        return skip("promtool is not installed (Debian: package prometheus)");
    }
    let done =
        run(Command::new("promtool").args(["check", "rules", "deploy/prometheus/rules.yml"]), "");
    assert!(done.is_ok(), "{}", done.unwrap_err());
    let tests = ["test", "rules", "deploy/prometheus/rules_test.yml"];
    let done = run(Command::new("promtool").args(tests), "");
    assert!(done.is_ok(), "{}", done.unwrap_err());
}

/// A query and where it stands.
struct Asked {
    place: String,
    query: String,
}

fn panels() -> Vec<Asked> {
    let mut asked = Vec::new();
    for file in ["operations", "talent"] {
        let path = format!("deploy/grafana/dashboards/{file}.json");
        let board: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for panel in board["panels"].as_array().unwrap() {
            let title = panel["title"].as_str().unwrap();
            for target in panel["targets"].as_array().into_iter().flatten() {
                assert_eq!(panel["datasource"]["uid"], "${DS_PROMETHEUS}", "{file}: {title}");
                let query = target["expr"].as_str().unwrap();
                let query = query
                    .replace("$__rate_interval", "1m")
                    .replace("$__range", "5m")
                    .replace("$__interval", "15s");
                assert!(!query.contains("$__"), "{file}: {title}: {query}");
                let id = target["refId"].as_str().unwrap();
                asked.push(Asked { place: format!("{file}: {title} {id}"), query });
            }
        }
    }
    assert!(asked.len() > 40, "only {} queries found", asked.len());
    asked
}

/// What Prometheus answers: how many series have a number, or the error.
fn ask(prometheus: &str, query: &str) -> Result<usize, String> {
    let query: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
    let answer = get(prometheus, &format!("/api/v1/query?query={query}"));
    let answer = answer.ok_or("Prometheus refused the query")?;
    let answer: Value = serde_json::from_str(&answer).map_err(|cause| cause.to_string())?;
    if answer["status"] != "success" {
        return Err(answer.to_string());
    }
    let data = &answer["data"];
    let series = data["result"].as_array().cloned().unwrap_or_default();
    if data["resultType"] == "scalar" {
        return Ok(1);
    }
    Ok(series.iter().filter(|it| it["value"][1].as_str().is_some_and(|v| v != "NaN")).count())
}

/// Whether a query has an answer.
pub(crate) fn sees(prometheus: &str, query: &str) -> Option<()> {
    ask(prometheus, query).ok().filter(|series| *series > 0).map(|_| ())
}

pub(crate) fn prometheus(folder: &Path, rules: &Path, scraped: &str, address: &str) -> Running {
    let rules = std::fs::canonicalize(rules).unwrap();
    let config = format!(
        "global: {{scrape_interval: 1s, evaluation_interval: 1s}}\nrule_files: [{rules:?}]\n\
         scrape_configs:\n  - job_name: talentwire\n    static_configs:\n      \
         - targets: [{scraped:?}]\n"
    );
    std::fs::write(folder.join("prometheus.yml"), config).unwrap();
    let child = Command::new("prometheus")
        .arg(format!("--config.file={}", folder.join("prometheus.yml").display()))
        .arg(format!("--storage.tsdb.path={}", folder.join("data").display()))
        .arg(format!("--web.listen-address={address}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    Running(child)
}

/// Names of the alerts that fire.
pub(crate) fn firing(prometheus: &str) -> Vec<String> {
    let Some(answer) = get(prometheus, "/api/v1/alerts") else { return Vec::new() };
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let alerts = answer["data"]["alerts"].as_array().cloned().unwrap_or_default();
    let firing = alerts.iter().filter(|alert| alert["state"] == "firing");
    firing.filter_map(|alert| Some(alert["labels"]["alertname"].as_str()?.to_owned())).collect()
}

#[test]
fn a_real_prometheus_answers_every_panel_and_rule_during_the_demo_and_no_alert_fires() {
    if !has("prometheus") {
        return skip("prometheus is not installed (Debian: package prometheus)");
    }
    let folder = tempfile::tempdir().unwrap();
    let (scraped, address) = (free_address(), free_address());
    let _prometheus = prometheus(folder.path(), Path::new(RULES), &scraped, &address);
    wait_for("Prometheus", || get(&address, "/-/ready"));
    let _demo = demo(&scraped, "2");
    // Everything in the demo has happened, and there are enough scrapes for rates.
    wait_for("the demo in Prometheus", || {
        let happened = "sum(increase(talentwire_deliveries_total{outcome=\"delivered\"}[1m])) > 1 \
                        and sum(increase(talentwire_articles_total{arrival=\"live\"}[1m])) > 5 \
                        and sum(talentwire_moves) > 1 and sum(count_over_time(up[1m])) > 12";
        ask(&address, happened).ok().filter(|series| *series > 0)
    });
    let mut wrong = String::new();
    for Asked { place, query } in panels() {
        match ask(&address, &query) {
            Err(cause) => writeln!(wrong, "{place}: {cause}\n    {query}").unwrap(),
            Ok(0) if !EMPTY_WHEN_WELL.contains(&place.as_str()) => {
                writeln!(wrong, "{place}: empty\n    {query}").unwrap();
            }
            Ok(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{wrong}");

    let rules: Value = serde_json::from_str(&get(&address, "/api/v1/rules").unwrap()).unwrap();
    let rules = rules["data"]["groups"][0]["rules"].as_array().unwrap().clone();
    assert!(rules.len() >= 10, "only {} rules found", rules.len());
    for rule in rules {
        let name = &rule["name"];
        assert_eq!(rule["health"], "ok", "{name}: {rule}");
        assert!(ask(&address, rule["query"].as_str().unwrap()).is_ok(), "{name}: {rule}");
        // Only what fires at once can be told apart here; the cases of rules_test.yml have hours.
        assert_ne!(rule["state"], "firing", "{name} fires while all is well: {rule}");
    }
}

#[test]
fn docker_compose_mounts_only_files_that_exist() {
    let text = std::fs::read_to_string("docker-compose.yml").unwrap();
    let mounts = text.lines().filter_map(|line| line.trim().strip_prefix("- ./"));
    let paths: Vec<&str> = mounts.filter_map(|line| line.split(':').next()).collect();
    assert!(paths.len() >= 4, "{paths:?}");
    for path in paths {
        assert!(Path::new(path).exists(), "docker-compose.yml mounts ./{path}, which is not there");
    }
}

/// What an operator of such a program asks, each with the metric that answers.
#[test]
fn every_promise_has_its_metric() {
    let metrics = std::fs::read_to_string("src/metrics.rs").unwrap();
    for (promise, name) in [
        ("which build", "build_info"),
        ("reload", "config_last_reload_successful"),
        ("reload", "config_last_reload_success_timestamp_seconds"),
        ("polls of each feed", "feed_polls_total"),
        ("polls by result", "polls_total"),
        ("time of a fetch", "poll_duration_seconds"),
        ("lateness of polls", "poll_lateness_seconds"),
        ("last success of each feed", "feed_last_success_timestamp_seconds"),
        ("feeds by state", "feeds"),
        ("gaps, lies, repairs", "feed_oddities_total"),
        ("articles by arrival", "articles_total"),
        ("articles by feed", "feed_articles_total"),
        ("articles by language", "tagged_articles_total"),
        ("time per stage", "stage_batch_duration_seconds"),
        ("lag", "consumer_lag_records"),
        ("age of the last poll", "consumer_last_poll_timestamp_seconds"),
        ("suppressed, by reason", "claims_total"),
        ("moves", "moves_total"),
        ("publication to post", "publish_to_post_seconds"),
        ("first sight to post", "first_seen_to_post_seconds"),
        ("intended", "deliveries_intended_total"),
        ("sent and failed, by reason", "deliveries_total"),
        ("in doubt", "deliveries_in_doubt_total"),
        ("possible duplicates", "deliveries_possible_duplicate_total"),
        ("dead", "dead_letters_total"),
        ("outbox", "delivery_queue"),
        ("outbox, oldest", "delivery_queue_oldest_seconds"),
        ("outbox and log, bytes", "log_bytes"),
        ("Retry-After kept", "retry_after_violations_total"),
        ("canary", "canary_age_seconds"),
        ("canary", "canary_latency_seconds"),
    ] {
        assert!(metrics.contains(&format!("\n    {name}: ")), "{promise}: no {name}");
    }
}
