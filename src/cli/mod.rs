//! The command line: what the operator types.

pub mod args;
pub mod articles;
mod check;
mod commands;
pub mod dead_letters;
mod demo;
pub mod explain;
pub mod feeds;
mod feeds_advice;
mod feeds_check;
mod feeds_command;
mod feeds_opml;
pub mod generate;
mod health;
pub mod logs;
pub mod moves;
mod moves_flow;
mod notes;
pub mod parse;
pub mod replay;
pub mod routes;
pub mod score;
pub mod send_test;
pub mod silence;
pub mod table;
pub mod tag;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;

use self::args::{Cli, Command};
use crate::app::{self, Engines, Plan};
use crate::config::{self, Config};
use crate::model::{Problems, counted};
use crate::telemetry;

/// Exit code for a bad configuration (`EX_CONFIG` of sysexits.h).
const BAD_CONFIGURATION: u8 = 78;

/// How a command failed.
enum Failure {
    /// Something in the files: exit code 78, every problem listed.
    Configuration(Problems),
    /// Anything else: exit code 1.
    Other(anyhow::Error),
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Self::Configuration(problems)
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure
where
    E: OtherError,
{
    fn from(error: E) -> Self {
        Self::Other(error.into())
    }
}

/// Marks errors that end in exit code 1; [`Problems`] is none of them.
trait OtherError {}
impl OtherError for anyhow::Error {}
impl OtherError for io::Error {}
impl OtherError for crate::log::LogError {}
impl OtherError for serde_json::Error {}

type Done = Result<ExitCode, Failure>;

/// Reads the command line, does what it says, and gives the exit code: 0 done, 1 failed, 2 usage,
/// 78 bad configuration.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let format = telemetry::Format::choose(environment("TALENTWIRE_LOG_FORMAT").as_deref());
    let quiet = if is_daemon(&cli) { "info" } else { "warn" };
    let filter = environment("TALENTWIRE_LOG");
    telemetry::start(format, filter.as_deref().unwrap_or(quiet));
    match dispatch(cli) {
        Ok(code) => code,
        Err(Failure::Configuration(problems)) => {
            complain(&problems.to_string());
            let count = problems.0.len();
            complain(&format!("{}; nothing was started", counted(count, "problem")));
            ExitCode::from(BAD_CONFIGURATION)
        }
        Err(Failure::Other(error)) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(Failure::Other(error)) => {
            complain(&format!("talentwire: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// A reader such as `head` that has seen enough is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

fn is_daemon(cli: &Cli) -> bool {
    matches!(cli.command, None | Some(Command::Run(_)))
}

fn complain(text: &str) {
    // Nothing can be done where standard error itself is gone.
    let _gone = writeln!(io::stderr(), "{text}");
}

fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn load(path: Option<&Path>) -> Result<Config, Problems> {
    config::load(path, &environment)
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start threads")
}

fn dispatch(cli: Cli) -> Done {
    let path = cli.config.as_deref();
    match cli.command {
        None => daemon(path, cli.run),
        Some(Command::Run(run)) => daemon(path, run),
        Some(Command::Check(options)) => check::run(path, &options),
        Some(Command::Demo(options)) => demo::run(&options),
        Some(Command::Tag) => tag_lines(path),
        Some(Command::Parse(options)) => Ok(parse::run(&options.files, &mut io::stdout().lock())?),
        Some(Command::Articles(options)) => commands::show_articles(path, options),
        Some(Command::Moves(options)) => commands::show_moves(path, options),
        Some(Command::Explain(options)) => commands::explain_article(path, &options),
        Some(Command::Score(options)) => score_file(path, &options),
        Some(Command::Replay(options)) => commands::replay_history(path, &options),
        Some(Command::Feeds(command)) => feeds_command::run(path, command),
        Some(Command::Routes(command)) => commands::test_routes(path, &command),
        Some(Command::SendTest(options)) => commands::send_sample(path, &options),
        Some(Command::DeadLetters(command)) => commands::dead_letters_command(path, command),
        Some(Command::Silence(command)) => commands::silence_command(path, command),
        Some(Command::Health) => health::run(path),
        Some(Command::Generate(command)) => {
            generate::run(&command, &mut io::stdout().lock())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn daemon(path: Option<&Path>, options: args::RunArgs) -> Done {
    let plan = Plan::new(load(path)?)?;
    let watched = if options.watch_config { plan.config.watched_files(path) } else { Vec::new() };
    let owned = path.map(Path::to_owned);
    let reload: app::Reload = Box::new(move || Plan::new(load(owned.as_deref())?));
    let options = app::Options { stages: options.stage, watched };
    runtime()?.block_on(app::run(plan, options, reload))?;
    Ok(ExitCode::SUCCESS)
}

fn tag_lines(path: Option<&Path>) -> Done {
    let engines = Engines::build(&load(path)?.rules)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    tag::run(&engines.extractor, crate::stage::now(), io::stdin().lock(), &mut out)?;
    Ok(ExitCode::SUCCESS)
}

fn score_file(path: Option<&Path>, options: &args::ScoreArgs) -> Done {
    let engines = Engines::build(&load(path)?.rules)?;
    let mut out = io::stdout().lock();
    score::run(&engines.extractor, crate::stage::now(), options, &mut out)?;
    Ok(ExitCode::SUCCESS)
}
