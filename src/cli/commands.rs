//! The commands that read or feed the log: arguments in, pure functions in the middle, text out.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use chrono::{DateTime, SecondsFormat, Utc};

use super::args::{
    ArticlesArgs, DeadLettersCommand, ExplainArgs, MovesArgs, ReplayArgs, RoutesCommand,
    SendTestArgs, SilenceCommand,
};
use super::logs::{self, ReadLog};
use super::{
    Done, articles, dead_letters, explain, load, moves, replay, routes, runtime, send_test, silence,
};
use crate::app::Engines;
use crate::config::{self, Config, Receiver, RuleTexts};
use crate::log::{Scan, Topic};
use crate::model::{Article, ClaimRecord, Move};
use crate::net::{self, ClientSettings};
use crate::notify::matcher::Matcher;
use crate::stage::{self, tag};
use crate::track::Tracker;

/// A duration that the operator typed.
fn duration(option: &str, text: &str) -> anyhow::Result<Duration> {
    config::section::parse_duration(text)
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

/// `talentwire moves`.
pub(super) fn show_moves(path: Option<&Path>, options: MovesArgs) -> Done {
    let config = load(path)?;
    let filter = moves::Filter {
        since: ago("--since", options.since.as_deref())?,
        from: options.from,
        to: options.to,
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
        _ => moves::print_table(&found, all, io::stdout().is_terminal(), &mut out)?,
    }
    out.flush()?;
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
        Some(folder) => RuleTexts::folder(folder).map_err(|what| anyhow!("--rules: {what}"))?,
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
        writeln!(out, "{} articles since {}", articles.len(), options.since)?;
        replay::print(&comparison, io::stdout().is_terminal(), &mut out)?;
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

/// `talentwire routes test`.
pub(super) fn test_routes(path: Option<&Path>, command: &RoutesCommand) -> Done {
    let RoutesCommand::Test { subject } = command;
    let config = load(path)?;
    let mv: Move = if subject == "-" {
        serde_json::from_reader(io::stdin().lock()).context(
            "standard input holds no JSON move, such as `talentwire moves --json` prints",
        )?
    } else {
        let found = runtime()?.block_on(async {
            let log = ReadLog::open(&config.log).await?;
            read_moves(&log).await
        })?;
        let known = found.into_iter().find(|mv| mv.id == *subject);
        known.with_context(|| format!("no move in the log has the id `{subject}`"))?
    };
    let silences = runtime()?.block_on(read_silences(&config)).unwrap_or_default();
    let silences: Vec<_> = silences.into_values().collect();
    let page = routes::test(&config.routes, &silences, &mv, stage::now());
    stdout().write_all(page.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// The receiver of that name; an error names those that there are.
fn receiver_named<'a>(config: &'a Config, name: &str) -> anyhow::Result<&'a Receiver> {
    let found = config.receivers.iter().find(|it| it.settings.name == name);
    found.with_context(|| {
        let names: Vec<&str> =
            config.receivers.iter().map(|it| it.settings.name.as_str()).collect();
        format!("no [[receiver]] is named `{name}`; there is: {}", names.join(", "))
    })
}

/// `talentwire send-test`.
pub(super) fn send_sample(path: Option<&Path>, options: &SendTestArgs) -> Done {
    let config = load(path)?;
    let receiver = receiver_named(&config, &options.receiver)?;
    let client = net::client(&ClientSettings {
        allow_private: receiver.allow_private,
        total_timeout: config.notify.timeout,
        ..ClientSettings::default()
    })
    .map_err(|cause| anyhow!("{cause}"))?;
    let sent = runtime()?.block_on(send_test::send_test(&receiver.settings, &client, stage::now()));
    match sent {
        Ok(said) => {
            writeln!(io::stdout(), "{said}")?;
            Ok(ExitCode::SUCCESS)
        }
        Err(what) => Err(anyhow!(what).into()),
    }
}

/// `talentwire dead-letters`.
pub(super) fn dead_letters_command(path: Option<&Path>, command: DeadLettersCommand) -> Done {
    let config = load(path)?;
    runtime()?.block_on(async {
        let log = ReadLog::open(&config.log).await?;
        let letters =
            log.fold(scan(Topic::DeadLetters, None), Vec::new(), dead_letters::collect).await?;
        match command {
            DeadLettersCommand::List { json } => {
                stdout().write_all(dead_letters::list(&letters, json).as_bytes())?;
            }
            DeadLettersCommand::Retry { id } => {
                retry_letters(&config, &letters, id.as_deref()).await?;
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}

async fn retry_letters(
    config: &Config,
    letters: &[dead_letters::DeadLetter],
    id: Option<&str>,
) -> anyhow::Result<()> {
    let wanted: Vec<_> =
        letters.iter().filter(|letter| id.is_none_or(|id| letter.id == id)).collect();
    if let (Some(id), true) = (id, wanted.is_empty()) {
        bail!("no dead letter is named `{id}`; `talentwire dead-letters list` shows them");
    }
    for letter in &wanted {
        let outputs =
            letter.retry(stage::now()).map_err(|what| anyhow!("{}: {what}", letter.id))?;
        logs::submit(&config.log, outputs).await?;
    }
    writeln!(io::stdout(), "{} records published again", wanted.len())?;
    Ok(())
}

async fn read_silences(config: &Config) -> anyhow::Result<silence::Silences> {
    let log = ReadLog::open(&config.log).await?;
    let scan = scan(Topic::Deliveries, None);
    Ok(log.fold(scan, silence::Silences::new(), silence::collect).await?)
}

/// Waits until a reader of the log sees what was submitted, so that a `silence list` behind it tells
/// the truth. A running daemon takes it in within a second; it is safe even where that takes longer.
async fn await_silences(config: &Config, seen: impl Fn(&silence::Silences) -> bool) {
    for _ in 0..50 {
        if read_silences(config).await.is_ok_and(|silences| seen(&silences)) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// `talentwire silence`.
pub(super) fn silence_command(path: Option<&Path>, command: SilenceCommand) -> Done {
    let config = load(path)?;
    runtime()?.block_on(async {
        match command {
            SilenceCommand::List { json } => {
                let silences = read_silences(&config).await?;
                let page = silence::list(&silences, json, stage::now());
                stdout().write_all(page.as_bytes())?;
            }
            SilenceCommand::Add { person, company, receiver, duration: lasting, reason } => {
                if let Some(name) = &receiver {
                    receiver_named(&config, name)?;
                }
                let matcher = Matcher {
                    person: person.into_iter().collect(),
                    company: company.into_iter().collect(),
                    ..Matcher::default()
                };
                let lasting = duration("--for", &lasting)?;
                let what = silence::What { matcher, receiver, reason };
                let (silence, record) =
                    silence::add(what, lasting, stage::now()).map_err(|what| anyhow!(what))?;
                logs::submit(&config.log, vec![record]).await?;
                await_silences(&config, |silences| silences.contains_key(&silence.id)).await;
                let until = silence.until.to_rfc3339_opts(SecondsFormat::Secs, true);
                writeln!(io::stdout(), "silence {} until {until}", silence.id)?;
            }
            SilenceCommand::Expire { id } => {
                let silences = read_silences(&config).await?;
                let record = silence::expire(&silences, &id).map_err(|what| anyhow!(what))?;
                logs::submit(&config.log, vec![record]).await?;
                await_silences(&config, |silences| !silences.contains_key(&id)).await;
                writeln!(io::stdout(), "silence {id} ended")?;
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}
