//! The commands that read or feed the log: arguments in, pure functions in the middle, text out.

mod delivery;

pub(super) use delivery::{dead_letters_command, send_sample, silence_command, test_routes};

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, anyhow};
use chrono::{DateTime, Utc};

use super::args::{ArticlesArgs, ExplainArgs, MovesArgs, ReplayArgs};
use super::logs::ReadLog;
use super::{Done, articles, explain, load, moves, notes, replay, runtime};
use crate::app::Engines;
use crate::config::{self, Config, RuleTexts};
use crate::log::{Scan, Topic};
use crate::model::{Article, ClaimRecord, Move, counted};
use crate::stage::{self, tag};
use crate::telemetry::coloured;
use crate::track::Tracker;

/// A duration that the operator typed.
fn duration(option: &str, text: &str) -> anyhow::Result<Duration> {
    config::duration::parse(text)
        .ok_or_else(|| anyhow!("{option} \"{text}\" is no duration; write 30s, 5m, 48h or 7d"))
}

/// The time that lies so far back.
fn ago(option: &str, text: Option<&str>) -> anyhow::Result<Option<DateTime<Utc>>> {
    let Some(text) = text else { return Ok(None) };
    let back = chrono::Duration::from_std(duration(option, text)?)?;
    let since = stage::now().checked_sub_signed(back);
    since.map(Some).with_context(|| format!("{option} \"{text}\" lies before all time"))
}

fn scan(topic: Topic, since: Option<DateTime<Utc>>) -> Scan {
    Scan { topic, partitions: None, since }
}

fn stdout() -> BufWriter<io::StdoutLock<'static>> {
    BufWriter::new(io::stdout().lock())
}

/// `talentwire articles`.
pub(super) fn show_articles(path: Option<&Path>, options: ArticlesArgs) -> Done {
    let config = load(path)?;
    let since = ago("--since", options.since.as_deref())?;
    let filter = articles::Filter { since, feed: options.feed };
    let articles = runtime()?.block_on(async {
        let log = ReadLog::open(&config.log).await?;
        articles::read(&log, filter).await
    })?;
    let mut out = stdout();
    if options.json {
        articles::print_json(&articles, &mut out)?;
    } else {
        articles::print_table(&articles, &mut out)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Every move of the log in its latest revision, the canary's left out.
async fn read_moves(log: &ReadLog) -> anyhow::Result<Vec<Move>> {
    let found = log
        .fold(scan(Topic::Moves, None), BTreeMap::<String, Move>::new(), |found, received| {
            let value = received.value.as_deref().unwrap_or_default();
            if let Ok(mv) = serde_json::from_slice::<Move>(value)
                && mv.id != stage::track::CANARY
            {
                found.insert(mv.id.clone(), mv);
            }
        })
        .await?;
    Ok(found.into_values().collect())
}

/// A slip in a company's name matches nothing, and nobody would notice.
fn warn_unlisted(engines: &Engines, names: &[String]) -> io::Result<()> {
    let gazetteer = engines.extractor.gazetteer();
    for note in names.iter().filter_map(|name| notes::unlisted(gazetteer, name)) {
        writeln!(io::stderr(), "note: {note}")?;
    }
    Ok(())
}

/// `talentwire moves`.
pub(super) fn show_moves(path: Option<&Path>, options: MovesArgs) -> Done {
    let config = load(path)?;
    let engines = Engines::build(&config.rules)?;
    let named: Vec<String> = options.from.iter().chain(&options.to).cloned().collect();
    // Part of a name is no name: it is compared as it is.
    let company = |name: String| engines.id_of(&name).unwrap_or(name);
    let filter = moves::Filter {
        since: ago("--since", options.since.as_deref())?,
        from: options.from.map(company),
        to: options.to.map(company),
        person: options.person,
        kind: options.kind.as_deref().map(moves::kind).transpose().map_err(|e| anyhow!("{e}"))?,
        status: options
            .status
            .as_deref()
            .map(moves::status)
            .transpose()
            .map_err(|e| anyhow!("{e}"))?,
    };
    let found = runtime()?.block_on(async {
        let log = ReadLog::open(&config.log).await?;
        read_moves(&log).await
    })?;
    let all = found.len();
    let found = filter.select(found);
    let mut out = stdout();
    match (options.flow, options.json, options.csv) {
        (true, true, _) => moves::print_flow_json(&found, &mut out)?,
        (true, _, true) => moves::print_flow_csv(&found, &mut out)?,
        (true, ..) => moves::print_flow(&found, &mut out)?,
        (_, true, _) => moves::print_json(&found, &mut out)?,
        (_, _, true) => moves::print_csv(&found, &mut out)?,
        _ => moves::print_table(&found, all, coloured(&io::stdout()), &mut out)?,
    }
    out.flush()?;
    if found.is_empty() {
        warn_unlisted(&engines, &named)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// `talentwire explain`.
pub(super) fn explain_article(path: Option<&Path>, options: &ExplainArgs) -> Done {
    let config = load(path)?;
    let engines = Engines::build(&config.rules)?;
    let texts = if options.article == "-" {
        explain::Texts::from_stdin()?
    } else {
        runtime()?.block_on(async {
            let log = ReadLog::open(&config.log).await?;
            explain::Texts::from_log(&log, &options.article).await
        })?
    };
    let mut out = stdout();
    explain::run(&engines.extractor, &texts, stage::now(), options, &mut out)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// `talentwire replay`: the articles of the log through the present rules and through others, in
/// memory; nothing is published, nobody is told.
pub(super) fn replay_history(path: Option<&Path>, options: &ReplayArgs) -> Done {
    let config = load(path)?;
    let since = ago("--since", Some(&options.since))?;
    let present = Engines::build(&config.rules)?;
    let texts = match &options.rules {
        Some(folder) => {
            let present = config.rules.clone();
            present.replaced_by(folder).map_err(|what| anyhow!("--rules: {what}"))?
        }
        None => RuleTexts::built_in(),
    };
    let other = Engines::build(&texts)?;
    let articles = runtime()?.block_on(async {
        let log = ReadLog::open(&config.log).await?;
        articles::read(&log, articles::Filter { since, feed: None }).await
    })?;
    let bar = indicatif::ProgressBar::new(2 * articles.len() as u64);
    let run = |engines: &Engines| through(engines, &config, &articles, &bar);
    let (before, after) = (run(&present), run(&other));
    bar.finish_and_clear();
    let comparison = replay::compare(&before, &after);
    let mut out = stdout();
    if options.json {
        replay::print_json(&comparison, &mut out)?;
    } else {
        writeln!(out, "{} since {}", counted(articles.len(), "article"), options.since)?;
        replay::print(&comparison, coloured(&io::stdout()), &mut out)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The moves that the engines make of the articles, as if each came in when it did.
fn through(
    engines: &Engines,
    config: &Config,
    articles: &[Article],
    bar: &indicatif::ProgressBar,
) -> Vec<Move> {
    let mut tracker: Tracker = engines.knowledge(config).tracker();
    let mut found: BTreeMap<String, Move> = BTreeMap::new();
    for article in articles {
        bar.inc(1);
        let tagging = engines.extractor.tag(&tag::input(article));
        for record in tag::claims(article, &tagging) {
            let record: ClaimRecord = record;
            for mv in tracker.merge(&record, article.first_seen).moves {
                found.insert(mv.id.clone(), mv);
            }
        }
    }
    found.into_values().collect()
}
