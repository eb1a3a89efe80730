//! The one file that names all stages: build, spawn, wait, drain.
//!
//! A stage that ends by itself ends the process, non-zero: a supervisor that sees the exit is
//! better than a daemon that looks alive and does nothing.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::cli::args::StageName;
use crate::config::{Config, LogSettings, RuleTexts};
use crate::extract::{Extractor, RuleFiles, Rules};
use crate::feed::settings::FeedSettings;
use crate::http::{self, Readiness};
use crate::log::{Log, LogError, Membership, Topic, embedded};
use crate::metrics::Metrics;
use crate::model::{Article, Problems};
use crate::shutdown::{Drained, Request, Signals, drain};
use crate::stage::{canary, poll, runner, tag};

/// How often gauges that need the log are read anew.
const UPKEEP: Duration = Duration::from_secs(10);

/// Tasks with their names; each ends with `Ok` when it was asked to.
pub type Tasks = JoinSet<(&'static str, Result<(), LogError>)>;

/// The engines, as built from the rules.
pub struct Engines {
    /// Articles to claims.
    pub extractor: Arc<Extractor>,
}

impl Engines {
    /// Builds the engines.
    ///
    /// # Errors
    /// Every problem in the rules.
    pub fn build(texts: &RuleTexts) -> Result<Self, Problems> {
        let lexicons =
            texts.lexicons.iter().map(|it| (it.name.as_str(), it.text.as_str())).collect();
        let rules = Rules::parse(&RuleFiles {
            companies: (&texts.companies.name, &texts.companies.text),
            people: (&texts.people.name, &texts.people.text),
            lexicons,
        })?;
        let extractor = Extractor::new(&rules).map_err(|cause| {
            let mut problems = Problems::default();
            problems.add(&texts.companies.name, None, "", format!("too many names: {cause}"));
            problems
        })?;
        Ok(Self { extractor: Arc::new(extractor) })
    }
}

/// What can be replaced while the daemon runs; each stage follows its own part.
pub struct Live {
    /// For `tag`.
    pub extractor: watch::Sender<Arc<Extractor>>,
    /// For `poll`.
    pub feeds: watch::Sender<Arc<Vec<FeedSettings>>>,
}

impl Live {
    /// Starts from a configuration.
    pub fn new(config: &Config, engines: &Engines) -> Self {
        Self {
            extractor: watch::Sender::new(Arc::clone(&engines.extractor)),
            feeds: watch::Sender::new(Arc::new(config.feeds.clone())),
        }
    }

    /// Swaps everything at once.
    pub fn replace(&self, config: &Config, engines: &Engines) {
        self.extractor.send_replace(Arc::clone(&engines.extractor));
        self.feeds.send_replace(Arc::new(config.feeds.clone()));
    }
}

/// Reads the configuration again, for SIGHUP.
pub type Reload = Box<dyn Fn() -> Result<(Config, Engines), Problems> + Send + Sync>;

/// Runs the daemon until it is asked to stop.
///
/// # Errors
/// When it cannot start, when a stage ends by itself, and when the drain was cut off.
pub async fn run(
    config: Config,
    engines: Engines,
    stages: &[StageName],
    reload: Reload,
) -> anyhow::Result<()> {
    let mut signals = Signals::listen().context("cannot listen to signals")?;
    let metrics = Metrics::new().context("metrics")?;
    let (ready, readiness) = watch::channel(Readiness::NotReady("opening the log".to_owned()));
    let stop_http = CancellationToken::new();
    let mut server = JoinSet::new();
    if let Some(listen) = &config.listen {
        let listener = TcpListener::bind(listen)
            .await
            .with_context(|| format!("cannot listen on {listen} ([http] listen)"))?;
        let address = listener.local_addr()?;
        info!(%address, "metrics and health at http://{address}/");
        let state = http_state(&config, &metrics, readiness);
        server.spawn(http::serve(listener, state, stop_http.clone()));
    }
    let settings = config.log.clone();
    let outcome = match settings {
        LogSettings::Embedded(settings) => {
            let log = embedded::Embedded::open(settings).await?;
            let daemon = Daemon { log, metrics, ready, config, stages: stages.to_vec() };
            daemon.run(&engines, &mut signals, &reload).await
        }
    };
    stop_http.cancel();
    let _ended = tokio::time::timeout(Duration::from_secs(2), server.join_next()).await;
    outcome
}

fn http_state(
    config: &Config,
    metrics: &Metrics,
    readiness: watch::Receiver<Readiness>,
) -> http::State {
    let _ = config;
    let nothing: http::Lookup = Arc::new(|_| Box::pin(async { Ok("[]".to_owned()) }));
    http::State {
        registry: metrics.registry.clone(),
        refresh: Arc::new(|| ()),
        readiness,
        moves: Arc::clone(&nothing),
        feeds: nothing,
    }
}

/// The running daemon on one log.
struct Daemon<L: Log> {
    log: L,
    metrics: Metrics,
    ready: watch::Sender<Readiness>,
    config: Config,
    stages: Vec<StageName>,
}

impl<L: Log> Daemon<L> {
    async fn run(
        mut self,
        engines: &Engines,
        signals: &mut Signals,
        reload: &Reload,
    ) -> anyhow::Result<()> {
        let stop = CancellationToken::new();
        let live = Live::new(&self.config, engines);
        let mut tasks = Tasks::new();
        spawn_stages(
            &self.log,
            &self.config,
            &live,
            &self.metrics,
            &self.stages,
            &stop,
            &mut tasks,
        );
        self.ready.send_replace(Readiness::Ready);
        notify_supervisor(&[sd_notify::NotifyState::Ready]);
        let begun = std::time::Instant::now();
        info!(stages = ?self.stages, feeds = self.config.feeds.len(), "talentwire is running");
        let ended = self.watch(&mut tasks, signals, reload, &live).await;
        info!(uptime_seconds = begun.elapsed().as_secs(), "draining");
        self.ready.send_replace(Readiness::NotReady("draining".to_owned()));
        notify_supervisor(&[sd_notify::NotifyState::Stopping]);
        stop.cancel();
        let drained = drain(tasks, signals, self.config.grace).await;
        self.log.close(self.config.grace).await?;
        match (ended, drained) {
            (Some(name), _) => bail!("stage `{name}` ended by itself"),
            (None, Drained::Cut) => {
                bail!("the drain was cut off; what was under way is done again at the next start")
            }
            (None, Drained::Clean) => Ok(()),
        }
    }

    /// Waits for a reason to end; `Some` is the stage that ended by itself.
    async fn watch(
        &mut self,
        tasks: &mut Tasks,
        signals: &mut Signals,
        reload: &Reload,
        live: &Live,
    ) -> Option<&'static str> {
        let mut upkeep = tokio::time::interval(UPKEEP);
        upkeep.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                request = signals.next() => match request {
                    Request::Stop => {
                        info!("stop requested");
                        return None;
                    }
                    Request::Reload => self.reload(reload, live),
                },
                ended = tasks.join_next() => return Some(report_end(ended)),
                _ = upkeep.tick() => self.upkeep().await,
            }
        }
    }

    fn reload(&mut self, reload: &Reload, live: &Live) {
        match reload() {
            Ok((config, engines)) => {
                live.replace(&config, &engines);
                info!(file = config.name, feeds = config.feeds.len(), "configuration reloaded");
                self.config = config;
                self.metrics.config_last_reload_successful.set(1);
            }
            Err(problems) => {
                self.metrics.config_last_reload_successful.set(0);
                for problem in &problems.0 {
                    error!(%problem, "configuration refused, the old one stays: {problem}");
                }
            }
        }
    }

    async fn upkeep(&self) {
        notify_supervisor(&[sd_notify::NotifyState::Watchdog]);
        match self.log.lag().await {
            Ok(lags) => {
                for (group, topic, lag) in lags {
                    let lag = i64::try_from(lag).unwrap_or(i64::MAX);
                    let labels = [group.as_str(), topic.name()];
                    self.metrics.consumer_lag_records.with_label_values(&labels).set(lag);
                }
            }
            Err(cause) => warn!(error = %cause, "cannot read the lag: {cause}"),
        }
    }
}

fn report_end(
    ended: Option<Result<(&'static str, Result<(), LogError>), tokio::task::JoinError>>,
) -> &'static str {
    match ended {
        Some(Ok((name, Ok(())))) => {
            error!(task = name, "`{name}` ended without being asked");
            name
        }
        Some(Ok((name, Err(cause)))) => {
            error!(task = name, error = %cause, "`{name}` failed: {cause}");
            name
        }
        Some(Err(cause)) => {
            error!(error = %cause, "a stage panicked");
            "?"
        }
        None => "none is left",
    }
}

/// Tells systemd; without it this does nothing.
fn notify_supervisor(states: &[sd_notify::NotifyState<'_>]) {
    if let Err(cause) = sd_notify::notify(states) {
        warn!(error = %cause, "cannot reach the service supervisor: {cause}");
    }
}

/// Starts the stages asked for; none means all four.
pub fn spawn_stages<L: Log>(
    log: &L,
    config: &Config,
    live: &Live,
    metrics: &Metrics,
    stages: &[StageName],
    stop: &CancellationToken,
    tasks: &mut Tasks,
) {
    let wanted = |stage: StageName| stages.is_empty() || stages.contains(&stage);
    if wanted(StageName::Poll) {
        let poller = poller(config, live, metrics);
        let (log, stop) = (log.clone(), stop.clone());
        tasks.spawn(async move { ("poll", poll::run(log, poller, stop).await) });
    }
    if wanted(StageName::Poll)
        && let Some(settings) = &config.canary
    {
        let (log, interval, stop) = (log.clone(), settings.interval, stop.clone());
        tasks.spawn(async move { ("canary", canary::run(log, interval, stop).await) });
    }
    if wanted(StageName::Tag) {
        let membership = member_of("tag", Topic::Articles);
        let stage = tag::Tag::new(live.extractor.subscribe(), metrics.clone());
        let (log, metrics, stop) = (log.clone(), metrics.clone(), stop.clone());
        tasks.spawn(
            async move { ("tag", runner::run(log, membership, stage, metrics, stop).await) },
        );
    }
}

fn member_of(group: &str, topic: Topic) -> Membership {
    Membership { group: group.to_owned(), topic, assignment_only: false }
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
