//! The one file that names all stages: build, spawn, wait, drain.
//!
//! A stage that ends by itself ends the process, non-zero: a supervisor that sees the exit is
//! better than a daemon that looks alive and does nothing.

mod engines;
mod outlets;
mod queries;
mod watch_files;
mod zeros;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

pub use self::engines::{Engines, Live};
use self::queries::Queries;
use self::watch_files::Watched;
use crate::cli::args::StageName;
use crate::config::{Config, LogSettings};
use crate::http::{self, Readiness};
use crate::log::kafka::Kafka;
use crate::log::{Log, LogError, Membership, Topic, embedded};
use crate::metrics::Metrics;
use crate::model::{Article, Problems};
use crate::shutdown::{Drained, Request, Signals, drain};
use crate::stage::notify::Outlet;
use crate::stage::{canary, poll, runner, tag, track};

/// How often gauges that need the log are read anew, and files looked at with `--watch-config`.
const UPKEEP: Duration = Duration::from_secs(10);
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
    pub fn new(config: Config) -> Result<Self, Problems> {
        match (Engines::build(&config.rules), outlets::build(&config)) {
            (Ok(engines), Ok(outlets)) => Ok(Self { config, engines, outlets }),
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
            .with_context(|| format!("cannot listen on {listen} ([http] listen)"))?;
        let address = listener.local_addr()?;
        info!(%address, "metrics and health at http://{address}/");
        let refresh = canary.refresh(&metrics);
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
            Daemon::new(log, |_| true, shared).run(plan, &options, &mut signals, &reload).await
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

/// What the daemon shares with its HTTP server.
struct Shared {
    metrics: Metrics,
    ready: watch::Sender<Readiness>,
    queries: Queries,
    canary: canary::Heard,
}

/// The running daemon on one log.
struct Daemon<L: Log> {
    log: L,
    /// Whether the log answers.
    answers: fn(&L) -> bool,
    shared: Shared,
    tasks: Tasks,
    stop: CancellationToken,
}

impl<L: Log> Daemon<L> {
    fn new(log: L, answers: fn(&L) -> bool, shared: Shared) -> Self {
        let (tasks, stop) = (Tasks::new(), CancellationToken::new());
        Self { log, answers, shared, tasks, stop }
    }

    async fn run(
        mut self,
        plan: Plan,
        options: &Options,
        signals: &mut Signals,
        reload: &Reload,
    ) -> anyhow::Result<()> {
        let begun = Instant::now();
        let grace = plan.config.grace;
        self.shared.queries.open(&self.log);
        announce(&plan, options, &self.shared.metrics);
        let wiring = Wiring {
            log: &self.log,
            metrics: &self.shared.metrics,
            canary: &self.shared.canary,
            stages: &options.stages,
            stop: &self.stop,
        };
        let running = wiring.start(plan, &mut self.tasks);
        self.shared.ready.send_replace(Readiness::Ready);
        tell_supervisor(&[sd_notify::NotifyState::Ready]);
        let ended = self.watch(running, options, signals, reload).await;
        info!(uptime_seconds = begun.elapsed().as_secs(), "draining");
        self.shared.ready.send_replace(Readiness::NotReady("draining".to_owned()));
        tell_supervisor(&[sd_notify::NotifyState::Stopping]);
        self.stop.cancel();
        let drained = drain(self.tasks, signals, grace).await;
        self.log.close(grace).await?;
        match (ended, drained) {
            (Some(name), _) => bail!("`{name}` ended by itself"),
            (None, Drained::Cut) => {
                bail!("the drain was cut off; what was under way is done again at the next start")
            }
            (None, Drained::Clean) => Ok(()),
        }
    }

    /// Waits for a reason to end; `Some` is the stage that ended by itself.
    async fn watch(
        &mut self,
        mut running: Running,
        options: &Options,
        signals: &mut Signals,
        reload: &Reload,
    ) -> Option<&'static str> {
        let mut upkeep = tokio::time::interval(UPKEEP);
        upkeep.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut files = Watched::new(&options.watched);
        loop {
            tokio::select! {
                request = signals.next() => match request {
                    Request::Stop => {
                        info!("stop requested");
                        return None;
                    }
                    Request::Reload => self.reload(&mut running, &options.stages, reload),
                },
                Some(ended) = self.tasks.join_next() => {
                    if let Some(name) = report_end(ended) {
                        return Some(name);
                    }
                }
                _ = upkeep.tick() => {
                    self.upkeep().await;
                    if files.changed() {
                        info!("a watched file changed");
                        self.reload(&mut running, &options.stages, reload);
                    }
                }
            }
        }
    }

    fn reload(&mut self, running: &mut Running, stages: &[StageName], reload: &Reload) {
        match reload() {
            Ok(plan) => {
                let (name, feeds) = (plan.config.name.clone(), plan.config.feeds.len());
                running.live.replace(&plan.config, &plan.engines);
                loaded(&self.shared.metrics, &plan.config);
                if let Some(retire) = running.retire_notify.take() {
                    retire.cancel();
                }
                let wiring = Wiring {
                    log: &self.log,
                    metrics: &self.shared.metrics,
                    canary: &self.shared.canary,
                    stages,
                    stop: &self.stop,
                };
                running.retire_notify =
                    wiring.start_notify(&plan.config, plan.outlets, &mut self.tasks);
                info!(file = name, feeds, "configuration reloaded");
            }
            Err(problems) => {
                self.shared.metrics.config_last_reload_successful.set(0);
                for problem in &problems.0 {
                    error!(%problem, "configuration refused, the old one stays: {problem}");
                }
            }
        }
    }

    async fn upkeep(&self) {
        tell_supervisor(&[sd_notify::NotifyState::Watchdog]);
        let readiness = if (self.answers)(&self.log) {
            Readiness::Ready
        } else {
            Readiness::NotReady("the brokers do not answer".to_owned())
        };
        self.shared.ready.send_if_modified(|now| {
            let changed = *now != readiness;
            *now = readiness;
            changed
        });
        match tokio::time::timeout(UPKEEP, self.log.lag()).await {
            Ok(Ok(lags)) => {
                for (group, topic, lag) in lags {
                    let lag = i64::try_from(lag).unwrap_or(i64::MAX);
                    let labels = [group.as_str(), topic.name()];
                    self.shared.metrics.consumer_lag_records.with_label_values(&labels).set(lag);
                }
            }
            Ok(Err(cause)) => warn!(error = %cause, "cannot read the lag: {cause}"),
            Err(_) => warn!("cannot read the lag: no answer within {UPKEEP:?}"),
        }
    }
}

/// Shows that a configuration was loaded, and every series that it can have.
pub(crate) fn loaded(metrics: &Metrics, config: &Config) {
    zeros::show(metrics, config);
    metrics.config_last_reload_successful.set(1);
    let now = crate::stage::now().timestamp_millis() as f64 / 1000.0;
    metrics.config_last_reload_success_timestamp_seconds.set(now);
}

fn announce(plan: &Plan, options: &Options, metrics: &Metrics) {
    loaded(metrics, &plan.config);
    let (file, feeds) = (plan.config.name.as_str(), plan.config.feeds.len());
    let receivers = plan.config.receivers.len();
    info!(file, stages = ?options.stages, feeds, receivers, "talentwire runs with {feeds} feeds and {receivers} receivers");
    if plan.config.routes.is_empty() {
        warn!("no [[route]]: moves are recorded and nobody is told");
    }
}

/// `None` for a task that a reload replaced.
fn report_end(
    ended: Result<(&'static str, Result<(), LogError>), tokio::task::JoinError>,
) -> Option<&'static str> {
    match ended {
        Ok((RETIRED, Ok(()))) => None,
        Ok((name, Ok(()))) => {
            error!(task = name, "`{name}` ended without being asked");
            Some(name)
        }
        Ok((name, Err(cause))) => {
            error!(task = name, error = %cause, "`{name}` failed: {cause}");
            Some(name)
        }
        Err(cause) => {
            error!(error = %cause, "a stage panicked");
            Some("a stage")
        }
    }
}

/// Tells systemd; without it this does nothing.
fn tell_supervisor(states: &[sd_notify::NotifyState<'_>]) {
    if let Err(cause) = sd_notify::notify(states) {
        warn!(error = %cause, "cannot reach the service supervisor: {cause}");
    }
}

/// What runs, as far as a reload replaces it.
pub struct Running {
    live: Live,
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
        if self.wanted(StageName::Poll) {
            self.start_poll(&plan.config, &live, tasks);
        }
        if self.wanted(StageName::Tag) {
            let stage = tag::Tag::new(live.extractor.subscribe(), self.metrics.clone());
            self.start_stage("tag", Topic::Articles, stage, tasks);
        }
        if self.wanted(StageName::Track) {
            let stage = track::Track::new(live.knowledge.subscribe(), self.metrics.clone());
            self.start_stage("track", Topic::Claims, stage, tasks);
        }
        let retire_notify = self.start_notify(&plan.config, plan.outlets, tasks);
        Running { live, retire_notify }
    }

    fn start_stage<S: runner::Stage<L>>(
        &self,
        name: &'static str,
        topic: Topic,
        stage: S,
        tasks: &mut Tasks,
    ) {
        let membership = Membership { group: name.to_owned(), topic, assignment_only: false };
        let (log, metrics, stop) = (self.log.clone(), self.metrics.clone(), self.stop.clone());
        tasks
            .spawn(async move { (name, runner::run(log, membership, stage, metrics, stop).await) });
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
            let (token, stop) = (retire.clone(), self.stop.clone());
            let end = canary::End::of(settings.receiver.as_deref());
            tasks.spawn(async move {
                let done = canary::listen(log, end, heard, token.clone()).await;
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
