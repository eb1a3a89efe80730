//! `talentwire check`: every problem of the configuration at once.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use super::args::CheckArgs;
use super::{Done, feeds_command, load, notes, runtime};
use crate::app::Plan;
use crate::config::{Config, LogSettings};
use crate::feed::polite::domain_of;
use crate::log::kafka::Kafka;

/// How long the brokers may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// Checks the configuration, the rules and templates that it names; with `--online` also what they
/// lead to.
pub(super) fn run(path: Option<&Path>, options: &CheckArgs) -> Done {
    let Plan { config, engines, .. } = Plan::new(load(path)?)?;
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{}: fine. {} feeds, {} receivers, {} routes, {} companies",
        config.name,
        config.feeds.len(),
        config.receivers.len(),
        config.routes.len(),
        engines.extractor.gazetteer().companies.len(),
    )?;
    for note in notes::notes(&config, &engines.extractor.gazetteer().companies) {
        writeln!(out, "note: {note}")?;
    }
    if is_anonymous(&config) {
        writeln!(
            out,
            "note: publishers do not learn whom to write to; put a contact into [poll] user_agent, \
             such as \"talentwire/0.1 (+https://example.org/contact)\""
        )?;
    }
    if options.online { online(&config, &mut out) } else { Ok(ExitCode::SUCCESS) }
}

/// True where others are polled and cannot say that it is too much.
fn is_anonymous(config: &Config) -> bool {
    let agent = &config.poll.user_agent;
    // Loopback has no domain.
    let others = config.feeds.iter().any(|feed| domain_of(&feed.url).is_some());
    others && !agent.contains("://") && !agent.contains('@')
}

/// Reaches what the configuration leads to: the brokers and every feed. Receivers are left alone:
/// the only way to check one is to post to it, which is `send-test`.
fn online(config: &Config, out: &mut impl Write) -> Done {
    if let LogSettings::Kafka(settings) = &config.log {
        let connect = Kafka::connect(settings.as_ref().clone());
        let reached = runtime()?.block_on(async { tokio::time::timeout(PATIENCE, connect).await });
        match reached {
            Ok(Ok(_)) => writeln!(out, "ok   brokers at {}", settings.brokers)?,
            Ok(Err(cause)) => return Err(cause.into()),
            Err(_) => {
                let brokers = &settings.brokers;
                let what = format!("no broker at {brokers} answered within {PATIENCE:?}");
                return Err(anyhow::anyhow!(what).into());
            }
        }
    }
    Ok(feeds_command::check_feeds(config, &[], false, out)?)
}
