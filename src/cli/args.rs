//! The command line's grammar. Nothing is done here.

mod delivery;

use std::path::PathBuf;

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

pub use self::delivery::{DeadLettersCommand, SendTestArgs, SilenceCommand};
use crate::config::duration::parse as parse_duration;
use crate::model::{Kind, Status};

/// Watches news feeds and tells Slack, once per real-world move, that a person moved between AI
/// companies.
#[derive(Debug, Parser)]
#[command(name = "talentwire", version, max_term_width = 100, propagate_version = true)]
pub struct Cli {
    /// Configuration file; without it the built-in configuration is used.
    #[arg(short, long, global = true, env = "TALENTWIRE_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// What to do; without a command the daemon runs.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Options of the daemon.
    #[command(flatten)]
    pub run: RunArgs,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the daemon (the default).
    Run(RunArgs),
    /// Show the whole flow offline in under a minute; needs no network and no configuration.
    Demo(DemoArgs),
    /// Check the configuration; every problem is listed at once. Exit code 0, or 78.
    Check(CheckArgs),
    /// Tag articles: one JSON article a line on stdin, one JSON result a line on stdout.
    Tag,
    /// Parse feed documents: one JSON article a line.
    Parse(ParseArgs),
    /// Show what came in, read from the log beside the running daemon.
    Articles(ArticlesArgs),
    /// Show moves, read from the log beside the running daemon.
    Moves(MovesArgs),
    /// Explain an article: mentions, triggers, candidates kept and dropped, and why.
    Explain(ExplainArgs),
    /// Score the engine against labelled articles.
    Score(ScoreArgs),
    /// Run history through other rules, side effects off: alerts gained and lost.
    Replay(ReplayArgs),
    /// Show, check, import and export feeds.
    #[command(subcommand)]
    Feeds(FeedsCommand),
    /// Show where a move would go, and why.
    #[command(subcommand)]
    Routes(RoutesCommand),
    /// Send a sample alert through the real delivery path.
    SendTest(SendTestArgs),
    /// List or retry records that could not be handled.
    #[command(subcommand)]
    DeadLetters(DeadLettersCommand),
    /// Silence alerts for a while.
    #[command(subcommand)]
    Silence(SilenceCommand),
    /// Ask the running daemon whether it is ready; for container health checks. Exit code 0 or 1.
    Health,
    /// Print the configuration reference, a man page or shell completions.
    #[command(subcommand)]
    Generate(GenerateCommand),
}

/// A stage of the daemon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
pub enum StageName {
    /// Feeds to articles.
    Poll,
    /// Articles to claims.
    Tag,
    /// Claims to moves.
    Track,
    /// Moves to receivers.
    Notify,
}

/// Options of the daemon.
#[derive(Debug, Clone, Default, Args)]
pub struct RunArgs {
    /// Run only these stages, separated by commas; without it, all four.
    #[arg(long, value_delimiter = ',', value_name = "STAGES")]
    pub stage: Vec<StageName>,
    /// Reload when the configuration or a rules file changes.
    #[arg(long)]
    pub watch_config: bool,
}

/// Options of `demo`.
#[derive(Debug, Clone, Args)]
pub struct DemoArgs {
    /// How many times faster than life, 0.1 to 20.
    #[arg(long, default_value_t = 1.0, value_name = "FACTOR", value_parser = super::demo::speed)]
    pub speed: f64,
    /// Serve /metrics here while it runs, such as "127.0.0.1:9469".
    #[arg(long, value_name = "ADDRESS", value_parser = super::demo::address)]
    pub listen: Option<String>,
    /// Keep running after the last article, for dashboards.
    #[arg(long)]
    pub stay: bool,
}

/// Options of `check`.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// Also reach the brokers and every feed. (For a receiver: send-test.)
    #[arg(long)]
    pub online: bool,
}

/// Options of `parse`.
#[derive(Debug, Clone, Args)]
pub struct ParseArgs {
    /// Feed documents.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// Options of `articles`.
#[derive(Debug, Clone, Args)]
pub struct ArticlesArgs {
    /// Only what came in within this time, such as "1h".
    #[arg(long, value_name = "DURATION")]
    pub since: Option<String>,
    /// Only this feed (URL or part of it).
    #[arg(long, value_name = "URL")]
    pub feed: Option<String>,
    /// One JSON article a line.
    #[arg(long)]
    pub json: bool,
}

/// Options of `moves`.
#[derive(Debug, Clone, Default, Args)]
pub struct MovesArgs {
    /// Only moves first seen within this time, such as "7d".
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub since: Option<String>,
    /// Only moves from this company.
    #[arg(long, value_name = "COMPANY", value_parser = NonEmptyStringValueParser::new())]
    pub from: Option<String>,
    /// Only moves to this company.
    #[arg(long, value_name = "COMPANY", value_parser = NonEmptyStringValueParser::new())]
    pub to: Option<String>,
    /// Only moves of this person.
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub person: Option<String>,
    /// Only moves of this kind.
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    pub kind: Option<String>,
    /// Only moves of this status.
    #[arg(long, value_name = "STATUS", value_parser = statuses())]
    pub status: Option<String>,
    /// One JSON move a line.
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Comma-separated values with a header.
    #[arg(long)]
    pub csv: bool,
    /// The matrix of origins and destinations with net gains; also as JSON or CSV.
    #[arg(long)]
    pub flow: bool,
}

fn kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(Kind::ALL.iter().map(|kind| kind.label()))
}

fn statuses() -> PossibleValuesParser {
    PossibleValuesParser::new(Status::ALL.iter().map(|status| status.label()))
}

/// Accepts what [`parse_duration`] reads, and keeps it as it was written.
fn duration(text: &str) -> Result<String, String> {
    match parse_duration(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err("write 30s, 5m, 48h or 7d".to_owned()),
    }
}

/// Options of `explain`.
#[derive(Debug, Clone, Args)]
pub struct ExplainArgs {
    /// Link or id of an article in the log, or `-` for one JSON article on stdin.
    #[arg(value_name = "URL|ID|-")]
    pub article: String,
    /// The trace as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Options of `score`.
#[derive(Debug, Clone, Args)]
pub struct ScoreArgs {
    /// Labelled articles, one JSON object a line.
    #[arg(value_name = "FILE")]
    pub gold: PathBuf,
    /// File with the names of the watched companies, one a line; default: the watched ones of
    /// companies.toml.
    #[arg(long, value_name = "FILE")]
    pub watched: Option<PathBuf>,
    /// Show at most this many errors of each class.
    #[arg(long, default_value_t = 0)]
    pub errors: usize,
    /// The figures as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Options of `replay`.
#[derive(Debug, Clone, Args)]
pub struct ReplayArgs {
    /// How far back, such as "30d".
    #[arg(long, default_value = "30d", value_name = "DURATION", value_parser = duration)]
    pub since: String,
    /// Folder with other rules: companies.toml, people.toml, history.toml, lexicon/. What it does
    /// not hold stays as it is; without this option, all are the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
    /// The differences as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `feeds ...`.
#[derive(Debug, Clone, Subcommand)]
pub enum FeedsCommand {
    /// The state of every feed.
    List {
        /// One JSON feed a line.
        #[arg(long)]
        json: bool,
    },
    /// Fetch feeds once and say everything about them.
    Check {
        /// Addresses; without any, the configured feeds.
        urls: Vec<String>,
        /// One JSON report a line.
        #[arg(long)]
        json: bool,
    },
    /// Add the feeds of an OPML file to the one that the configuration names.
    Import {
        /// The OPML file.
        file: PathBuf,
    },
    /// Write the configured feeds as OPML to stdout.
    Export,
}

/// `routes ...`.
#[derive(Debug, Clone, Subcommand)]
pub enum RoutesCommand {
    /// Show where a move would go: its id, or `-` for one JSON move on stdin.
    Test {
        /// Id of a move in the log, or `-`.
        #[arg(value_name = "ID|-")]
        subject: String,
        /// The answer as one JSON object.
        #[arg(long)]
        json: bool,
    },
}

/// `generate ...`.
#[derive(Debug, Clone, Subcommand)]
pub enum GenerateCommand {
    /// The configuration reference in Markdown.
    ConfigReference,
    /// The man page.
    Man,
    /// Completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
