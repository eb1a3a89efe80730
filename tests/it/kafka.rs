//! A real Apache Kafka for the tests: one broker per run of the test binary.
//!
//! `TALENTWIRE_TEST_KAFKA=host:port` names a broker to use. Otherwise `tests/kafka/broker.sh`
//! starts one where java and mvn are on the PATH. Where there is neither, each test says that it
//! is skipped; with `TALENTWIRE_REQUIRE_KAFKA=1` it fails instead.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use talentwire::log::kafka::{Kafka, Settings};

use crate::log_contract::Backend;

/// Topics of one test, on the broker that all of them share.
pub(crate) struct TestKafka {
    /// How the brokers are reached.
    pub(crate) settings: Settings,
}

impl TestKafka {
    /// Topics of their own; `None` where there is no broker, which is said.
    pub(crate) fn new() -> Option<Self> {
        static TESTS: AtomicU32 = AtomicU32::new(0);
        let address = match broker() {
            Ok(address) => address,
            Err(why) => {
                let required = std::env::var("TALENTWIRE_REQUIRE_KAFKA").is_ok_and(|v| v == "1");
                assert!(!required, "TALENTWIRE_REQUIRE_KAFKA=1, but there is no Kafka: {why}");
                let test = std::thread::current().name().unwrap_or("a test").to_owned();
                // Not `eprintln!`, which the test harness hides where a test passes.
                use std::io::Write as _;
                writeln!(std::io::stderr(), "SKIPPED {test}: needs Kafka: {why}").ok();
                return None;
            }
        };
        let mut settings = Settings::at(address);
        let number = TESTS.fetch_add(1, Ordering::Relaxed);
        let now = chrono::Utc::now().timestamp_millis();
        settings.topic_prefix = format!("t{now}-{}-{number}.", std::process::id());
        // Soon after a member is dropped without a word, the next one has its partitions.
        settings.options.insert("session.timeout.ms".to_owned(), "6000".to_owned());
        Some(Self { settings })
    }
}

impl Backend for TestKafka {
    type Log = Kafka;

    async fn open(&self) -> Kafka {
        Kafka::connect(self.settings.clone()).await.unwrap()
    }
}

/// The address of the broker, which is started when this is first asked for.
fn broker() -> Result<String, String> {
    /// The broker stops when its standard input ends: with this process, however that ends.
    static BROKER: OnceLock<Result<(Option<Child>, String), String>> = OnceLock::new();
    let started = BROKER.get_or_init(|| match std::env::var("TALENTWIRE_TEST_KAFKA") {
        Ok(address) if !address.is_empty() => Ok((None, address)),
        _ => start(),
    });
    started.as_ref().map(|(_, address)| address.clone()).map_err(Clone::clone)
}

fn start() -> Result<(Option<Child>, String), String> {
    for tool in ["java", "mvn"] {
        let version = Command::new(tool).arg("-version").output();
        if !version.is_ok_and(|output| output.status.success()) {
            return Err(format!("{tool} is not on the PATH, and TALENTWIRE_TEST_KAFKA is not set"));
        }
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/kafka/broker.sh");
    let mut child = Command::new("sh")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{script}: {error}"))?;
    let mut address = String::new();
    let stdout = child.stdout.take().ok_or("no output")?;
    BufReader::new(stdout).read_line(&mut address).map_err(|error| error.to_string())?;
    match address.trim() {
        "" => Err(format!("{script} did not start a broker; its output is above")),
        address => Ok((Some(child), address.to_owned())),
    }
}
