//! `talentwire check`: every problem of the configuration at once.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use super::args::CheckArgs;
use super::{Done, feeds_command, load, logs, notes, runtime};
use crate::app::Plan;
use crate::config::{Config, LogSettings};
use crate::model::counted;

/// Checks the configuration, the rules and templates that it names; with `--online` also what they
/// lead to.
pub(super) fn run(path: Option<&Path>, options: &CheckArgs) -> Done {
    let Plan { config, engines, .. } = Plan::new(load(path)?)?;
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{}: fine. {}, {}, {}, {}",
        config.name,
        counted(config.feeds.len(), "feed"),
        counted(config.receivers.len(), "receiver"),
        counted(config.routes.len(), "route"),
        counted(engines.extractor.gazetteer().companies.len(), "company"),
    )?;
    for note in notes::notes(&config, engines.extractor.gazetteer()) {
        writeln!(out, "note: {note}")?;
    }
    if config.is_anonymous() {
        writeln!(
            out,
            "note: publishers do not learn whom to write to; put a contact into [poll] user_agent, \
             such as \"talentwire/0.1 (+https://example.org/contact)\""
        )?;
    }
    if options.online { online(&config, &mut out) } else { Ok(ExitCode::SUCCESS) }
}

/// Reaches what the configuration leads to: the brokers and every feed. Receivers are left alone:
/// the only way to check one is to post to it, which is `send-test`.
fn online(config: &Config, out: &mut impl Write) -> Done {
    if let LogSettings::Kafka(settings) = &config.log {
        runtime()?.block_on(logs::reach(settings))?;
        writeln!(out, "ok   brokers at {}", settings.brokers)?;
    }
    Ok(feeds_command::check_feeds(config, &[], false, out)?)
}
