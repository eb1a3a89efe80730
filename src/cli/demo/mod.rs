//! `talentwire demo`: the whole flow offline, on the real stages, in under a minute.
//!
//! A built-in server publishes three outlets' feeds; the daemon's own stages poll, tag, track and
//! notify on an embedded log in a temporary folder; the console receiver shows the alerts as they
//! would look in Slack; at the end stands what was suppressed and why.

mod outlets;
mod summary;

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use self::outlets::Outlets;
use super::args::DemoArgs;
use super::table::clip;
use super::{Done, Failure, runtime};
use crate::app::{self, Plan, Tasks, Wiring};
use crate::config::{self, Files};
use crate::http::{self, Readiness};
use crate::log::embedded::{Embedded, Settings};
use crate::log::{Event, Log, LogError, Member, Membership, Topic, Unit};
use crate::metrics::Metrics;
use crate::model::{Arrival, Article};
use crate::shutdown::{Request, Signals, drain};
use crate::stage::{canary, runner};
use crate::telemetry::coloured;

/// Time that the last article has to come through.
const TAIL: Duration = Duration::from_secs(4);
/// Time to finish what is under way.
const GRACE: Duration = Duration::from_secs(5);

/// A folder that goes when the demo ends.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> anyhow::Result<Self> {
        let folder = std::env::temp_dir().join(format!("talentwire-demo-{}", std::process::id()));
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left lies in the system's temporary folder, which cleans itself.
        let _left = std::fs::remove_dir_all(&self.0);
    }
}

/// `--speed` as it was typed.
pub(super) fn speed(text: &str) -> Result<f64, String> {
    let speed = text.parse().ok().filter(|speed| (0.1..=20.0).contains(speed));
    speed.ok_or_else(|| "must be a number from 0.1 to 20".to_owned())
}

/// `--listen` as it was typed.
pub(super) fn address(text: &str) -> Result<String, String> {
    match config::is_address(text) {
        true => Ok(text.to_owned()),
        false => Err("write 127.0.0.1:9469".to_owned()),
    }
}

/// Runs the demo.
pub(super) fn run(options: &DemoArgs) -> Done {
    runtime()?.block_on(show(options))
}

async fn show(options: &DemoArgs) -> Done {
    let mut outlets = Outlets::read(options.speed, crate::stage::now())?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let scratch = Scratch::new()?;
    let text = configuration(&outlets, &address.to_string(), &scratch, options);
    let config = config::check("demo", &text, Files::BuiltIn, &|_| None)?;
    let plan = Plan::new(config)?;
    // Building the engines takes a while in a debug build; the script begins after it.
    outlets.begin(crate::stage::now());
    let outlets = Arc::new(outlets);

    let mut signals = Signals::listen()?;
    let log = Embedded::open(Settings::at(scratch.0.join("log"))).await?;
    let metrics = Metrics::new().context("metrics")?;
    app::loaded(&metrics, &plan.config);
    let heard = canary::Heard::default();
    let (stop, stop_server) = (CancellationToken::new(), CancellationToken::new());
    let mut servers = tokio::task::JoinSet::new();
    servers.spawn(outlets::serve(listener, Arc::clone(&outlets), stop_server.clone()));
    if let Some(listen) = &plan.config.listen {
        let listener = TcpListener::bind(listen)
            .await
            .map_err(|cause| app::unheard(listen, "--listen", &cause))?;
        let refresh = app::gauges::refresh(&metrics, &heard, &plan.config.log);
        servers.spawn(http::serve(listener, http_state(&metrics, refresh), stop_server.clone()));
    }
    say(&greeting(&outlets, options.speed))?;

    let mut tasks = Tasks::new();
    let wiring = Wiring { log: &log, metrics: &metrics, canary: &heard, stages: &[], stop: &stop };
    let _running = wiring.start(plan, &mut tasks);
    let (show_log, show_stop) = (log.clone(), stop.clone());
    tasks.spawn(async move { ("demo", show_articles(show_log, show_stop).await) });

    let end = outlets.duration() + TAIL;
    let failed = wait(&mut tasks, &mut signals, (!options.stay).then_some(end)).await;
    stop.cancel();
    drain(tasks, &mut signals, GRACE).await;
    let page = summary::read(&log).await?;
    log.close(GRACE).await?;
    stop_server.cancel();
    let _ended = tokio::time::timeout(Duration::from_secs(1), servers.join_all()).await;
    match failed {
        Some(what) => Err(Failure::Other(anyhow::anyhow!(what))),
        None => {
            say(&page)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Waits for the end of the script; `Some` says what went wrong.
async fn wait(tasks: &mut Tasks, signals: &mut Signals, end: Option<Duration>) -> Option<String> {
    let over = async {
        match end {
            Some(end) => tokio::time::sleep(end).await,
            None => std::future::pending().await,
        }
    };
    tokio::pin!(over);
    loop {
        tokio::select! {
            () = &mut over => return None,
            request = signals.next() => if request == Request::Stop {
                return None;
            },
            Some(ended) = tasks.join_next() => return Some(match ended {
                Ok((name, Ok(()))) => format!("`{name}` ended by itself"),
                Ok((name, Err(cause))) => format!("`{name}` failed: {cause}"),
                Err(cause) => format!("a stage panicked: {cause}"),
            }),
        }
    }
}

fn configuration(
    outlets: &Outlets,
    address: &str,
    scratch: &Scratch,
    options: &DemoArgs,
) -> String {
    let interval = (1000.0 / options.speed).clamp(100.0, 5000.0).round();
    let listen = match &options.listen {
        Some(address) => format!("[http]\nlisten = {address:?}\n"),
        None => "[http]\nenabled = false\n".to_owned(),
    };
    let mut text = format!(
        "[log]\npath = {:?}\n{listen}[poll]\ninterval = \"{interval}ms\"\n\
         allow_private_networks = true\nfull_text = false\n[canary]\ninterval = \"5s\"\n\
         [[receiver]]\nname = \"slack\"\ntype = \"console\"\n[[route]]\nreceiver = \"slack\"\n",
        scratch.0.join("log"),
    );
    for path in outlets.paths() {
        // Writing to a String cannot fail.
        let _ignored = writeln!(text, "[[feed]]\nurl = \"http://{address}/{path}\"");
    }
    text
}

fn http_state(metrics: &Metrics, refresh: Arc<dyn Fn() + Send + Sync>) -> http::State {
    let nothing: http::Lookup = Arc::new(|_| Box::pin(async { Ok("[]".to_owned()) }));
    let (_, readiness) = watch::channel(Readiness::Ready);
    http::State {
        registry: metrics.registry.clone(),
        refresh,
        readiness,
        moves: Arc::clone(&nothing),
        feeds: nothing,
    }
}

fn greeting(outlets: &Outlets, speed: f64) -> String {
    let seconds = (outlets.duration() + TAIL).as_secs();
    format!(
        "talentwire demo: {} outlets publish {} articles in {seconds} s{}. Companies are real, \
         people and events invented.\nEach line is an article that came in; each card is an alert \
         as Slack would show it.\n\n",
        outlets.paths().count(),
        outlets.total(),
        if speed == 1.0 { String::new() } else { format!(" ({speed} times as fast as life)") },
    )
}

fn say(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Prints a line for every article as it comes in.
async fn show_articles(log: Embedded, stop: CancellationToken) -> Result<(), LogError> {
    let membership =
        Membership { group: "demo".to_owned(), topic: Topic::Articles, assignment_only: false };
    let mut member = log.join(membership).await?;
    let dim = coloured(&std::io::stdout());
    while !stop.is_cancelled() {
        let event = tokio::select! {
            event = member.next(100, Duration::from_secs(1)) => event?,
            () = stop.cancelled() => break,
        };
        let Event::Records(records) = event else { continue };
        let mut unit = Unit::default();
        for received in &records {
            runner::advance(&mut unit.done, received);
            let value = received.value.as_deref().unwrap_or_default();
            let Ok(article) = serde_json::from_slice::<Article>(value) else { continue };
            if article.arrival != Arrival::Canary {
                // A terminal that is gone is no reason to stop the flow.
                let _gone = say(&article_line(&article, dim));
            }
        }
        member.commit(unit).await?;
    }
    member.close().await;
    Ok(())
}

fn article_line(article: &Article, dim: bool) -> String {
    let note = match article.arrival {
        Arrival::Seed => "  (there at the first poll: remembered, not alerted)",
        _ => "",
    };
    let time = article.first_seen.with_timezone(&chrono::Local).format("%H:%M:%S");
    let line = format!(
        "{time}  {}  {}{note}",
        pad(&clip(&article.outlet, 20), 20),
        clip(&article.title, 84)
    );
    if dim { format!("\u{1b}[2m{line}\u{1b}[0m\n") } else { format!("{line}\n") }
}

fn pad(text: &str, columns: usize) -> String {
    format!("{text}{:1$}", "", columns.saturating_sub(super::table::width(text)))
}
