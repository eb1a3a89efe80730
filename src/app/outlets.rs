//! The notify tasks: one a receiver, replaced together when the configuration is reloaded.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{RETIRED, Tasks};
use crate::config::Config;
use crate::log::Log;
use crate::metrics::Metrics;
use crate::model::Problems;
use crate::net::{self, ClientSettings};
use crate::notify::build::Target;
use crate::notify::outbox::Rules;
use crate::notify::receiver::Receiver;
use crate::notify::retry::Patience;
use crate::stage::notify::{self, Address, Outlet, SystemClock};

/// Builds every receiver of a configuration.
///
/// # Errors
/// What is wrong with addresses, secrets and templates, by receiver; no secret is shown.
pub(super) fn build(config: &Config) -> Result<Vec<Outlet>, Problems> {
    let mut problems = Problems::default();
    let mut places: BTreeMap<String, Vec<Neighbour>> = BTreeMap::new();
    for receiver in &config.receivers {
        let settings = &receiver.settings;
        let client = net::client(&ClientSettings {
            allow_private: receiver.allow_private,
            total_timeout: config.notify.timeout,
            connect_timeout: config.notify.timeout.min(ClientSettings::default().connect_timeout),
            ..ClientSettings::default()
        });
        let built =
            client.map_err(|cause| cause.to_string()).and_then(|client| settings.build(&client));
        match built {
            Ok(receiver) => {
                let interval = settings.interval.unwrap_or(receiver.habits().interval);
                let name = settings.name.clone();
                let there = places.entry(settings.place()).or_default();
                there.push(Neighbour { name, receiver, interval });
            }
            Err(what) => {
                problems.add(&config.name, None, format!("receiver `{}`", settings.name), what);
            }
        }
    }
    if problems.is_empty() {
        Ok(places.into_values().flat_map(at_one_address).collect())
    } else {
        Err(problems)
    }
}

/// One of the receivers at an address.
struct Neighbour {
    name: String,
    receiver: Arc<dyn Receiver>,
    interval: Duration,
}

/// Receivers at one address share its pace: that of the one that wants the longest pauses.
fn at_one_address(neighbours: Vec<Neighbour>) -> Vec<Outlet> {
    let names = neighbours.iter().map(|it| it.name.clone());
    let interval = neighbours.iter().map(|it| it.interval).max().unwrap_or_default();
    let address = Address::of(names, interval);
    let outlet = |it: Neighbour| {
        let address = Arc::clone(&address);
        Outlet { name: it.name, receiver: it.receiver, address }
    };
    neighbours.into_iter().map(outlet).collect()
}

/// What all receivers go by.
fn rules(config: &Config) -> Rules {
    Rules {
        routes: config.routes.clone(),
        silences: Vec::new(),
        patience: Patience { max_age: config.notify.max_age },
        backfill: config.max_age,
        ops: told_of_trouble(config),
        canary: config.canary.as_ref().and_then(|canary| canary.receiver.clone()),
    }
}

/// The receivers that are told when another one is out of order: those that ask for it, else all
/// that people read.
fn told_of_trouble(config: &Config) -> Vec<String> {
    let settings = || config.receivers.iter().map(|receiver| &receiver.settings);
    let asked: Vec<String> = settings().filter(|it| it.ops).map(|it| it.name.clone()).collect();
    if !asked.is_empty() {
        return asked;
    }
    let read = |target: &Target| !matches!(target, Target::Webhook { .. } | Target::Console { .. });
    settings().filter(|it| read(&it.target)).map(|it| it.name.clone()).collect()
}

/// Starts a task for every receiver; all of them end when the token that is returned is
/// cancelled, and count as retired then.
pub(super) fn spawn<L: Log>(
    log: &L,
    config: &Config,
    outlets: Vec<Outlet>,
    metrics: &Metrics,
    stop: &CancellationToken,
    tasks: &mut Tasks,
) -> CancellationToken {
    let retire = stop.child_token();
    let rules = Arc::new(rules(config));
    for outlet in outlets {
        let (log, rules, metrics) = (log.clone(), Arc::clone(&rules), metrics.clone());
        let (retire, stop) = (retire.clone(), stop.clone());
        tasks.spawn(async move {
            let done = notify::run(log, outlet, rules, metrics, SystemClock, retire.clone()).await;
            let retired = retire.is_cancelled() && !stop.is_cancelled();
            (if retired { RETIRED } else { "notify" }, done)
        });
    }
    retire
}
