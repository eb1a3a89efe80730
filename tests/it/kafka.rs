//! A real Apache Kafka for the tests: one broker per run of the test binary.
//!
//! `TALENTWIRE_TEST_KAFKA=host:port` names a broker to use. Otherwise `tests/kafka/broker.sh`
//! starts one where java and mvn are on the PATH. Where there is neither, each test says that it
//! is skipped; with `TALENTWIRE_REQUIRE_KAFKA=1` it fails instead.

use std::io::{BufRead, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use talentwire::log::kafka::{Kafka, Settings};

use crate::log_contract::{Backend, PATIENCE};

/// Topics of one test, on the broker that all of them share.
pub(crate) struct TestKafka {
    /// How the brokers are reached.
    pub(crate) settings: Settings,
}

impl TestKafka {
    /// Topics of their own; `None` where there is no broker, which is said.
    pub(crate) fn new() -> Option<Self> {
        static TESTS: AtomicU32 = AtomicU32::new(0);
        let mut settings = Settings::at(broker().map_err(|why| skip(&why)).ok()?);
        let number = TESTS.fetch_add(1, Ordering::Relaxed);
        let now = chrono::Utc::now().timestamp_millis();
        settings.topic_prefix = format!("t{now}-{}-{number}.", std::process::id());
        Some(Self { settings: impatient(settings) })
    }
}

/// Says that this test is skipped, or fails where it must not be.
pub(crate) fn skip(why: &str) {
    let required = std::env::var("TALENTWIRE_REQUIRE_KAFKA").is_ok_and(|value| value == "1");
    assert!(!required, "TALENTWIRE_REQUIRE_KAFKA=1, but there is no Kafka: {why}");
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    // Not `eprintln!`, which the test harness hides where a test passes.
    writeln!(std::io::stderr(), "SKIPPED {test}: needs Kafka: {why}").ok();
}

/// Soon after a member is killed, the next one has its partitions.
pub(crate) fn impatient(mut settings: Settings) -> Settings {
    settings.options.insert("session.timeout.ms".to_owned(), "3000".to_owned());
    settings.options.insert("heartbeat.interval.ms".to_owned(), "500".to_owned());
    settings
}

impl Backend for TestKafka {
    type Log = Kafka;

    async fn open(&self) -> Kafka {
        let connecting = Kafka::connect(self.settings.clone());
        tokio::time::timeout(PATIENCE, connecting).await.expect("no answer from Kafka").unwrap()
    }

    fn address(&self) -> String {
        format!("kafka {} {}", self.settings.brokers, self.settings.topic_prefix)
    }
}

/// The address of the broker, which is started when this is first asked for.
fn broker() -> Result<String, String> {
    static BROKER: OnceLock<Result<(Option<Broker>, String), String>> = OnceLock::new();
    let started = BROKER.get_or_init(|| match std::env::var("TALENTWIRE_TEST_KAFKA") {
        Ok(address) if !address.is_empty() => Ok((None, address)),
        _ => Broker::start(&[]).map(|broker| {
            let address = broker.address.clone();
            (Some(broker), address)
        }),
    });
    started.as_ref().map(|(_, address)| address.clone()).map_err(Clone::clone)
}

/// A broker of our own. It stops when its standard input ends: with this process, however that
/// ends, or when it is dropped.
pub(crate) struct Broker {
    process: Child,
    /// Its `host:port`.
    pub(crate) address: String,
}

impl Broker {
    /// Starts one, with the arguments of `tests/kafka/broker.sh`.
    pub(crate) fn start(arguments: &[&str]) -> Result<Self, String> {
        for tool in ["java", "mvn"] {
            let version = Command::new(tool).arg("-version").output();
            if !version.is_ok_and(|output| output.status.success()) {
                let why = "is not on the PATH, and TALENTWIRE_TEST_KAFKA is not set";
                return Err(format!("{tool} {why}"));
            }
        }
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/kafka/broker.sh");
        let mut process = Command::new("sh")
            .arg(script)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{script}: {error}"))?;
        let mut address = String::new();
        let stdout = process.stdout.take().ok_or("no output")?;
        BufReader::new(stdout).read_line(&mut address).map_err(|error| error.to_string())?;
        match address.trim() {
            "" => Err(format!("{script} did not start a broker; its output is above")),
            address => Ok(Self { process, address: address.to_owned() }),
        }
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        self.process.wait().ok();
    }
}
