//! The running daemon: waits for a reason to end, reloads, keeps the gauges true, drains.
//!
//! A stage that ends by itself ends the process, non-zero: a supervisor that sees the exit is
//! better than a daemon that looks alive and does nothing.

use std::time::{Duration, Instant};

use anyhow::bail;
use clap::ValueEnum;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use super::queries::Queries;
use super::watch_files::Watched;
use super::{Options, Plan, RETIRED, Reload, Running, Tasks, Wiring, zeros};
use crate::cli::args::StageName;
use crate::config::Config;
use crate::http::Readiness;
use crate::log::{Log, LogError};
use crate::metrics::Metrics;
use crate::model::counted;
use crate::shutdown::{Drained, Request, Signals, drain};
use crate::stage::canary;

/// How often gauges that need the log are read anew, and files looked at with `--watch-config`.
const UPKEEP: Duration = Duration::from_secs(10);

/// What the daemon shares with its HTTP server.
pub(super) struct Shared {
    pub(super) metrics: Metrics,
    pub(super) ready: watch::Sender<Readiness>,
    pub(super) queries: Queries,
    pub(super) canary: canary::Heard,
}

/// The running daemon on one log.
pub(super) struct Daemon<L: Log> {
    log: L,
    /// Whether the log answers.
    answers: fn(&L) -> bool,
    shared: Shared,
    tasks: Tasks,
    stop: CancellationToken,
    /// Why the lag could not be read the last time, which is said once.
    lag_unknown: Option<String>,
}

impl<L: Log> Daemon<L> {
    pub(super) fn new(log: L, answers: fn(&L) -> bool, shared: Shared) -> Self {
        let (tasks, stop) = (Tasks::new(), CancellationToken::new());
        Self { log, answers, shared, tasks, stop, lag_unknown: None }
    }

    pub(super) async fn run(
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
        self.shared.ready.send_replace(rebuilding());
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
        let mut ready = false;
        loop {
            tokio::select! {
                _ = running.rebuilt.recv(), if !ready => {
                    ready = true;
                    self.shared.ready.send_replace(Readiness::Ready);
                    tell_supervisor(&[sd_notify::NotifyState::Ready]);
                }
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
                    self.upkeep(ready).await;
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
                let before = running.live.feeds.borrow().clone();
                zeros::forget(&self.shared.metrics, &before, &plan.config.feeds);
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

    async fn upkeep(&mut self, rebuilt: bool) {
        tell_supervisor(&[sd_notify::NotifyState::Watchdog]);
        let readiness = match (self.answers)(&self.log) {
            false => {
                Readiness::NotReady("the log takes no records; the log lines say why".to_owned())
            }
            true if rebuilt => Readiness::Ready,
            true => rebuilding(),
        };
        self.shared.ready.send_if_modified(|now| {
            let changed = *now != readiness;
            *now = readiness;
            changed
        });
        let lags = tokio::time::timeout(UPKEEP, self.log.lag()).await;
        let unknown = match lags {
            Ok(Ok(lags)) => {
                for (group, topic, lag) in lags {
                    let lag = i64::try_from(lag).unwrap_or(i64::MAX);
                    let labels = [group.as_str(), topic.name()];
                    self.shared.metrics.consumer_lag_records.with_label_values(&labels).set(lag);
                }
                None
            }
            Ok(Err(cause)) => Some(cause.to_string()),
            Err(_) => Some(format!("no answer within {UPKEEP:?}")),
        };
        if let Some(cause) = unknown.as_ref().filter(|_| unknown != self.lag_unknown) {
            warn!(error = cause, "cannot read the lag: {cause}");
        }
        self.lag_unknown = unknown;
    }
}

fn rebuilding() -> Readiness {
    Readiness::NotReady("rebuilding the memory from the log".to_owned())
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
    info!(
        file,
        stages = names(&options.stages),
        feeds,
        receivers,
        "talentwire runs with {} and {}",
        counted(feeds, "feed"),
        counted(receivers, "receiver")
    );
    if plan.config.is_anonymous() {
        warn!("publishers do not learn whom to write to; put a contact into [poll] user_agent");
    }
    if plan.config.routes.is_empty() {
        warn!("no [[route]]: moves are recorded and nobody is told");
    }
}

/// The stages as the command line spells them; none means all.
fn names(stages: &[StageName]) -> String {
    let stages = if stages.is_empty() { StageName::value_variants() } else { stages };
    let names = stages.iter().filter_map(ValueEnum::to_possible_value);
    names.map(|value| value.get_name().to_owned()).collect::<Vec<_>>().join(",")
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
