//! Another process that works on a log, to be killed or stopped at any instant.

use std::io::{BufRead, BufReader, Write as _};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use talentwire::log::embedded::{Embedded, Settings as Folder};
use talentwire::log::kafka::{Kafka, Settings};
use talentwire::log::{Event, Log, LogError, Member, Membership, Topic, Unit};

use crate::kafka::impatient;
use crate::log_contract::{after, copies, group, join, record, take};

/// Begins the lines that are for the parent.
const MARK: &str = "child says: ";

/// What the other process does.
#[derive(Clone, Copy)]
pub(crate) enum Work {
    /// Copies articles to `tagged`, says "committed" after each unit.
    Copy,
    /// Takes one claim, says "ready", waits for a line, commits, and says what came of it.
    LateCommit,
    /// The same on `feed-state`, without consuming.
    LateCommitOfAssignment,
}

/// The other process.
pub(crate) struct Child {
    process: std::process::Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Child {
    /// Starts this test binary again.
    pub(crate) fn start(address: String, work: Work) -> Self {
        let work = match work {
            Work::Copy => "copy",
            Work::LateCommit => "late",
            Work::LateCommitOfAssignment => "late-assignment",
        };
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["log_child::works_on_a_log", "--exact", "--ignored", "--nocapture"])
            .env("TALENTWIRE_CHILD", format!("{work} {address}"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = process.stdin.take().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        Self { process, input, output }
    }

    /// The next thing it says.
    pub(crate) fn says(&mut self) -> String {
        let mut line = String::new();
        loop {
            line.clear();
            assert_ne!(self.output.read_line(&mut line).unwrap(), 0, "the child ended");
            if let Some((_, said)) = line.split_once(MARK) {
                return said.trim().to_owned();
            }
        }
    }

    /// Tells it to go on.
    pub(crate) fn go_on(&mut self) {
        writeln!(self.input).unwrap();
    }

    /// Ends it at once (SIGKILL).
    pub(crate) fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Stops it, as if its machine had frozen, or lets it run on.
    pub(crate) fn signal(&self, signal: &str) {
        let number = self.process.id().to_string();
        assert!(Command::new("kill").args([signal, &number]).status().unwrap().success());
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// The other side; does nothing unless it was started by [`Child::start`].
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started by other tests as a process of its own"]
async fn works_on_a_log() {
    let Ok(order) = std::env::var("TALENTWIRE_CHILD") else { return };
    let words: Vec<&str> = order.split(' ').collect();
    match words.as_slice() {
        [work, "embedded", folder] => {
            run(work, Embedded::open(Folder::at(*folder)).await.unwrap()).await;
        }
        [work, "kafka", brokers, prefix] => {
            let mut settings = impatient(Settings::at(*brokers));
            settings.topic_prefix = (*prefix).to_owned();
            run(work, Kafka::connect(settings).await.unwrap()).await;
        }
        other => panic!("{other:?}"),
    }
}

fn say(what: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{MARK}{what}").unwrap();
    out.flush().unwrap();
}

async fn run(work: &str, log: impl Log) {
    match work {
        "copy" => copy(log).await,
        "late" => {
            let mut member = join(&log, group("track", Topic::Claims)).await;
            let records = take(&mut member, 1).await;
            let outputs = vec![(Topic::Moves, record("move", "late"))];
            commit_late(member, Unit { outputs, done: after(&records) }).await;
        }
        _ => {
            let of_poll = group("poll", Topic::FeedState);
            let member = join(&log, Membership { assignment_only: true, ..of_poll }).await;
            let outputs = vec![(Topic::Moves, record("move", "late"))];
            commit_late(member, Unit { outputs, done: Vec::new() }).await;
        }
    }
}

async fn copy(log: impl Log) {
    let mut member = join(&log, group("tag", Topic::Articles)).await;
    loop {
        if let Ok(Event::Records(records)) = member.next(8, Duration::from_secs(1)).await
            && member.commit(copies(&records)).await.is_ok()
        {
            say("committed");
        }
    }
}

async fn commit_late(mut member: impl Member, unit: Unit) {
    say("ready");
    std::io::stdin().read_line(&mut String::new()).unwrap();
    say(match member.commit(unit).await {
        Ok(()) => "committed",
        Err(LogError::Lost) => "lost",
        Err(LogError::Transient(_)) => "transient",
        Err(LogError::Fatal(_)) => "fatal",
    });
}
