//! The command line: what the operator types.

pub mod args;
pub mod articles;
pub mod check;
mod demo;
pub mod explain;
pub mod dead_letters;
pub mod feeds;
pub mod generate;
pub mod health;
pub mod logs;
pub mod moves;
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
use std::time::Duration;

use anyhow::Context;
use clap::Parser;

use self::args::{Cli, Command};
use crate::app::{self, Engines, Plan};
use crate::config::{self, Config};
use crate::model::Problems;
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
            complain(&format!("{} problems; nothing was started", problems.0.len()));
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
        Some(Command::Tag) => tag_lines(path),
        Some(Command::Parse(options)) => Ok(parse::run(&options.files, &mut io::stdout().lock())?),
        Some(Command::Articles(options)) => show_articles(path, options),
        Some(Command::Score(options)) => score_file(path, &options),
        Some(Command::Demo(options)) => demo::run(&options),
        Some(Command::Explain(options)) => explain_article(path, &options),
        Some(Command::Feeds(command)) => feeds_command(path, command),
        Some(Command::Health) => health::run(path),
        Some(Command::Generate(command)) => {
            generate::run(&command, &mut io::stdout().lock())?;
            Ok(ExitCode::SUCCESS)
        }
        Some(_) => Err(anyhow::anyhow!("not there yet").into()),
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

/// A duration that the operator typed.
fn duration(option: &str, text: Option<&str>) -> anyhow::Result<Option<Duration>> {
    let Some(text) = text else { return Ok(None) };
    match config::section::parse_duration(text) {
        Some(duration) => Ok(Some(duration)),
        None => anyhow::bail!("{option} \"{text}\" is no duration; write 30s, 5m, 48h or 7d"),
    }
}

fn show_articles(path: Option<&Path>, options: args::ArticlesArgs) -> Done {
    let config = load(path)?;
    let since = duration("--since", options.since.as_deref())?;
    let filter = articles::Filter::new(crate::stage::now(), since, options.feed);
    let articles = runtime()?.block_on(async {
        let log = logs::ReadLog::open(&config.log).await?;
        articles::read(&log, filter).await
    })?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    if options.json {
        articles::print_json(&articles, &mut out)?;
    } else {
        articles::print_table(&articles, &mut out)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn score_file(path: Option<&Path>, options: &args::ScoreArgs) -> Done {
    let engines = Engines::build(&load(path)?.rules)?;
    let mut out = io::stdout().lock();
    score::run(&engines.extractor, crate::stage::now(), options, &mut out)?;
    Ok(ExitCode::SUCCESS)
}

fn explain_article(path: Option<&Path>, options: &args::ExplainArgs) -> Done {
    let config = load(path)?;
    let engines = Engines::build(&config.rules)?;
    let texts = if options.article == "-" {
        explain::Texts::from_stdin()?
    } else {
        runtime()?.block_on(async {
            let log = logs::ReadLog::open(&config.log).await?;
            explain::Texts::from_log(&log, &options.article).await
        })?
    };
    let mut out = io::stdout().lock();
    explain::run(&engines.extractor, &texts, crate::stage::now(), options, &mut out)?;
    Ok(ExitCode::SUCCESS)
}

fn feeds_command(path: Option<&Path>, command: args::FeedsCommand) -> Done {
    let config = load(path)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let code = match command {
        args::FeedsCommand::List { json } => {
            let states = runtime()?.block_on(async {
                let log = logs::ReadLog::open(&config.log).await?;
                feeds::read(&log).await
            })?;
            let states = feeds::only_configured(states, &config.feeds);
            if json {
                feeds::list_json(&states, &mut out)?;
            } else {
                feeds::list(&states, crate::stage::now(), &mut out)?;
            }
            ExitCode::SUCCESS
        }
        args::FeedsCommand::Check { urls, json } => check_feeds(&config, &urls, json, &mut out)?,
        args::FeedsCommand::Import { file } => import_feeds(&config, &file, &mut out)?,
        args::FeedsCommand::Export => {
            let opml = config.opml.as_deref().and_then(|path| config.files.read(path).ok());
            let page = feeds::export(opml.as_ref().map(|it| it.text.as_str()), &config.feeds)
                .map_err(|error| anyhow::anyhow!("line {}: {}", error.line, error.what))?;
            out.write_all(page.as_bytes())?;
            ExitCode::SUCCESS
        }
    };
    out.flush()?;
    Ok(code)
}

fn check_feeds(
    config: &Config,
    urls: &[String],
    json: bool,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    use crate::feed::{fetch::Fetcher, polite::Gates};
    let mut wanted = config.feeds.clone();
    if !urls.is_empty() {
        wanted.clear();
        for text in urls {
            let url = config::feed_url(text).map_err(anyhow::Error::msg)?;
            let known = config.feeds.iter().find(|feed| feed.url == url).cloned();
            let mut feed = known.unwrap_or_else(|| config.feed_template.clone());
            feed.url = url;
            wanted.push(feed);
        }
    }
    let bar = indicatif::ProgressBar::new(wanted.len() as u64);
    let gates = Gates::new(crate::feed::polite::Politeness::default());
    let fetcher = Fetcher::new(&config.poll.user_agent, config.poll.concurrency, gates);
    let mut fine = true;
    runtime()?.block_on(async {
        for feed in &wanted {
            let checked = feeds::check(&fetcher, feed, crate::stage::now()).await;
            fine &= checked.ok;
            bar.inc(1);
            if json {
                serde_json::to_writer(&mut *out, &checked)?;
                writeln!(out)?;
            } else {
                feeds::print_checked(&checked, out)?;
            }
        }
        anyhow::Ok(())
    })?;
    bar.finish_and_clear();
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Adds feeds to the OPML file of the configuration; the file is replaced whole or not at all.
fn import_feeds(
    config: &Config,
    file: &Path,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let target = config.opml.as_deref().and_then(|path| config.files.on_disk(path));
    let Some(target) = target else {
        anyhow::bail!("{} names no OPML file to add to; set [poll] feeds = \"feeds.opml\"", config.name)
    };
    let theirs = config::files::read_file(file).map_err(anyhow::Error::msg)?;
    let ours = std::fs::read_to_string(&target).unwrap_or_default();
    let (page, added) = feeds::import(&ours, &theirs.text).map_err(|(of_ours, error)| {
        let name = if of_ours { target.as_path() } else { file };
        anyhow::anyhow!("{}:{}: {}", name.display(), error.line, error.what)
    })?;
    let fresh = target.with_extension("opml.new");
    std::fs::write(&fresh, page).with_context(|| format!("cannot write {}", fresh.display()))?;
    std::fs::rename(&fresh, &target)
        .with_context(|| format!("cannot replace {}", target.display()))?;
    writeln!(out, "{added} feeds added to {}", target.display())?;
    Ok(ExitCode::SUCCESS)
}
