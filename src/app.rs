//! The one file that names all stages: it builds them and starts them; `daemon` waits, reloads
//! and drains.

mod daemon;
mod engines;
pub(crate) mod gauges;
mod outlets;
mod queries;
mod watch_files;
mod zeros;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

pub(crate) use self::daemon::loaded;
use self::daemon::{Daemon, Shared};
pub use self::engines::{Engines, Live};
use self::queries::Queries;
use crate::cli::args::StageName;
use crate::config::{Config, LogSettings};
use crate::http::{self, Readiness};
use crate::log::kafka::Kafka;
use crate::log::{Log, LogError, Membership, Topic, embedded};
use crate::metrics::Metrics;
use crate::model::{Article, Problems};
use crate::shutdown::{Request, Signals};
use crate::stage::notify::Outlet;
use crate::stage::{canary, poll, runner, tag, track};

/// Name of tasks that ended because a reload replaced them.
const RETIRED: &str = "retired";

/// Tasks with their names; each ends with `Ok` when it was asked to.
pub type Tasks = JoinSet<(&'static str, Result<(), LogError>)>;

/// Reads the configuration again and builds everything that can fail.
pub type Reload = Box<dyn Fn() -> Result<Plan, Problems> + Send + Sync>;

/// A configuration that was checked to the end: nothing in it can be refused any more.
pub struct Plan {
    /// The settings.
    pub config: Config,
    /// The engines.
    pub engines: Engines,
    /// The receivers.
    outlets: Vec<Outlet>,
}

impl Plan {
    /// Builds the engines and receivers of a configuration.
    ///
    /// # Errors
    /// Every problem in the rules and the receivers.
    pub fn new(mut config: Config) -> Result<Self, Problems> {
        match (Engines::build(&config.rules), outlets::build(&config)) {
            (Ok(engines), Ok(outlets)) => {
                engines.name_companies(&mut config);
                Ok(Self { config, engines, outlets })
            }
            (engines, outlets) => {
                let mut problems = engines.err().unwrap_or_default();
                problems.0.extend(outlets.err().unwrap_or_default().0);
                Err(problems)
            }
        }
    }
}

/// How the daemon runs.
#[derive(Default)]
pub struct Options {
    /// The stages to run; none means all four.
    pub stages: Vec<StageName>,
    /// Files to watch for changes; a change reloads.
    pub watched: Vec<PathBuf>,
}

/// Runs the daemon until it is asked to stop.
///
/// # Errors
/// When it cannot start, when a stage ends by itself, and when the drain was cut off.
pub async fn run(plan: Plan, options: Options, reload: Reload) -> anyhow::Result<()> {
    let mut signals = Signals::listen().context("cannot listen to signals")?;
    let metrics = Metrics::new().context("metrics")?;
    let (ready, readiness) = watch::channel(Readiness::NotReady("opening the log".to_owned()));
    let queries = Queries::default();
    let canary = canary::Heard::default();
    let stop_http = CancellationToken::new();
    let mut server = JoinSet::new();
    if let Some(listen) = &plan.config.listen {
        let listener = TcpListener::bind(listen)
            .await
            .map_err(|cause| unheard(listen, "[http] listen", &cause))?;
        let address = listener.local_addr()?;
        info!(%address, "metrics and health at http://{address}/");
        let refresh = gauges::refresh(&metrics, &canary, &plan.config.log);
        let state = http::State {
            registry: metrics.registry.clone(),
            refresh,
            readiness,
            moves: queries.moves(),
            feeds: queries.feeds(),
        };
        server.spawn(http::serve(listener, state, stop_http.clone()));
    }
    let settings = plan.config.log.clone();
    let shared = Shared { metrics, ready, queries, canary };
    let outcome = match settings {
        LogSettings::Embedded(settings) => {
            let log = embedded::Embedded::open(settings).await?;
            Daemon::new(log, embedded::Embedded::ready, shared)
                .run(plan, &options, &mut signals, &reload)
                .await
        }
        LogSettings::Kafka(settings) => match connect(*settings, &mut signals).await? {
            Some(log) => {
                Daemon::new(log, Kafka::ready, shared)
                    .run(plan, &options, &mut signals, &reload)
                    .await
            }
            None => Ok(()),
        },
    };
    stop_http.cancel();
    // Requests under way get a moment; the process ends with or without them.
    let _ended = tokio::time::timeout(Duration::from_secs(2), server.join_next()).await;
    outcome
}

/// Why nobody can be served at `listen`, which `key` names.
pub(crate) fn unheard(listen: &str, key: &str, cause: &std::io::Error) -> anyhow::Error {
    let advice = match cause.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!("is another talentwire running? Else {key} chooses another port")
        }
        _ => format!("{key} must be an address of this machine and a port that is allowed"),
    };
    anyhow::anyhow!("cannot listen on {listen}: {cause}; {advice}")
}

/// Reaches the brokers; `None` when a stop was asked for before they answered.
async fn connect(
    settings: crate::log::kafka::Settings,
    signals: &mut Signals,
) -> anyhow::Result<Option<Kafka>> {
    let connecting = Kafka::connect(settings);
    tokio::pin!(connecting);
    loop {
        tokio::select! {
            log = &mut connecting => return Ok(Some(log?)),
            request = signals.next() => match request {
                Request::Stop => {
                    info!("stop requested before the brokers answered");
                    return Ok(None);
                }
                Request::Reload => warn!("reload ignored: the brokers did not answer yet"),
            },
        }
    }
}

/// What runs, as far as a reload replaces it.
pub struct Running {
    live: Live,
    /// Closed when the stages that remember have rebuilt their memory.
    rebuilt: mpsc::Receiver<()>,
    retire_notify: Option<CancellationToken>,
}

/// What every stage is given.
pub struct Wiring<'a, L: Log> {
    /// The log.
    pub log: &'a L,
    /// What is counted.
    pub metrics: &'a Metrics,
    /// When the canary was last heard.
    pub canary: &'a canary::Heard,
    /// The stages to run; none means all four.
    pub stages: &'a [StageName],
    /// Ends all of them.
    pub stop: &'a CancellationToken,
}

impl<L: Log> Wiring<'_, L> {
    fn wanted(&self, stage: StageName) -> bool {
        self.stages.is_empty() || self.stages.contains(&stage)
    }

    /// Starts the stages.
    pub fn start(&self, plan: Plan, tasks: &mut Tasks) -> Running {
        let live = Live::new(&plan.config, &plan.engines);
        let (rebuilding, rebuilt) = mpsc::channel(1);
        if self.wanted(StageName::Poll) {
            self.start_poll(&plan.config, &live, tasks);
        }
        if self.wanted(StageName::Tag) {
            let stage = tag::Tag::new(live.extractor.subscribe(), self.metrics.clone());
            self.start_stage("tag", Topic::Articles, stage, &rebuilding, tasks);
        }
        if self.wanted(StageName::Track) {
            let stage = track::Track::new(live.knowledge.subscribe(), self.metrics.clone());
            self.start_stage("track", Topic::Claims, stage, &rebuilding, tasks);
        }
        let retire_notify = self.start_notify(&plan.config, plan.outlets, tasks);
        Running { live, rebuilt, retire_notify }
    }

    fn start_stage<S: runner::Stage<L>>(
        &self,
        name: &'static str,
        topic: Topic,
        stage: S,
        rebuilding: &runner::Rebuilding,
        tasks: &mut Tasks,
    ) {
        let membership = Membership { group: name.to_owned(), topic, assignment_only: false };
        let (log, metrics, stop) = (self.log.clone(), self.metrics.clone(), self.stop.clone());
        let rebuilding = rebuilding.clone();
        tasks.spawn(async move {
            (name, runner::run(log, membership, stage, metrics, rebuilding, stop).await)
        });
    }

    fn start_poll(&self, config: &Config, live: &Live, tasks: &mut Tasks) {
        let poller = poller(config, live, self.metrics);
        let (log, stop) = (self.log.clone(), self.stop.clone());
        tasks.spawn(async move { ("poll", poll::run(log, poller, stop).await) });
        if let Some(settings) = &config.canary {
            let (log, interval, stop) = (self.log.clone(), settings.interval, self.stop.clone());
            let extractor = live.extractor.subscribe();
            tasks.spawn(
                async move { ("canary", canary::run(log, interval, extractor, stop).await) },
            );
        }
    }

    fn start_notify(
        &self,
        config: &Config,
        outlets: Vec<Outlet>,
        tasks: &mut Tasks,
    ) -> Option<CancellationToken> {
        if !self.wanted(StageName::Notify) {
            return None;
        }
        let retire = outlets::spawn(self.log, config, outlets, self.metrics, self.stop, tasks);
        if let Some(settings) = &config.canary {
            let (log, heard) = (self.log.clone(), self.canary.clone());
            let (metrics, token, stop) = (self.metrics.clone(), retire.clone(), self.stop.clone());
            let end = canary::End::of(settings.receiver.as_deref());
            tasks.spawn(async move {
                let done = canary::listen(log, end, heard, metrics, token.clone()).await;
                (
                    if token.is_cancelled() && !stop.is_cancelled() { RETIRED } else { "canary" },
                    done,
                )
            });
        }
        Some(retire)
    }
}

fn poller(config: &Config, live: &Live, metrics: &Metrics) -> poll::Poller {
    let extractor = live.extractor.subscribe();
    let candidate = move |article: &Article| {
        let extractor = Arc::clone(&extractor.borrow());
        let tagging = extractor.tag(&tag::input(article));
        tagging
            .companies
            .iter()
            .any(|id| extractor.gazetteer().companies.iter().any(|it| it.id == *id && it.watched))
    };
    poll::Poller {
        feeds: live.feeds.subscribe(),
        settings: config.poll.clone(),
        politeness: crate::feed::polite::Politeness::default(),
        candidate: Arc::new(candidate),
        metrics: metrics.clone(),
    }
}
