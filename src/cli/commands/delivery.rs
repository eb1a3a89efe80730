//! The commands around delivery: routes, samples, dead letters, silences.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use chrono::SecondsFormat;

use super::{duration, read_moves, scan, stdout, warn_unlisted};
use crate::app::Engines;
use crate::cli::args::{DeadLettersCommand, RoutesCommand, SendTestArgs, SilenceCommand};
use crate::cli::logs::{self, ReadLog};
use crate::cli::{Done, dead_letters, load, routes, runtime, send_test, silence};
use crate::config::{Config, Receiver};
use crate::log::Topic;
use crate::model::{Move, counted, there_is};
use crate::net::{self, ClientSettings};
use crate::notify::matcher::Matcher;
use crate::stage;

/// `talentwire routes test`.
pub(in crate::cli) fn test_routes(path: Option<&Path>, command: &RoutesCommand) -> Done {
    let RoutesCommand::Test { subject, json } = command;
    let mut config = load(path)?;
    Engines::build(&config.rules)?.name_companies(&mut config);
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
    let page = routes::test(&config.routes, &silences, &mv, stage::now(), *json);
    stdout().write_all(page.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// The receiver of that name; an error names those that there are.
fn receiver_named<'a>(config: &'a Config, name: &str) -> anyhow::Result<&'a Receiver> {
    let found = config.receivers.iter().find(|it| it.settings.name == name);
    found.with_context(|| {
        let names: Vec<&str> =
            config.receivers.iter().map(|it| it.settings.name.as_str()).collect();
        format!("no [[receiver]] is named `{name}`; {}", there_is(&names))
    })
}

/// `talentwire send-test`.
pub(in crate::cli) fn send_sample(path: Option<&Path>, options: &SendTestArgs) -> Done {
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
pub(in crate::cli) fn dead_letters_command(
    path: Option<&Path>,
    command: DeadLettersCommand,
) -> Done {
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
    let mut left = Vec::new();
    for letter in &wanted {
        match letter.retry(stage::now()) {
            Ok(outputs) => logs::submit(&config.log, outputs).await?,
            // One that can never be tried again must not hold up those behind it.
            Err(what) => left.push(format!("{}: {what}", letter.id)),
        }
    }
    writeln!(io::stdout(), "{} published again", counted(wanted.len() - left.len(), "record"))?;
    if left.is_empty() {
        return Ok(());
    }
    bail!("{} cannot be tried again: {}", counted(left.len(), "record"), left.join("; "))
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
pub(in crate::cli) fn silence_command(path: Option<&Path>, command: SilenceCommand) -> Done {
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
                let engines = Engines::build(&config.rules)?;
                warn_unlisted(&engines, company.as_slice())?;
                let matcher = Matcher {
                    person: person.into_iter().collect(),
                    company: company.into_iter().collect(),
                    ..Matcher::default()
                };
                let matcher = matcher.with_ids(|name| engines.id_of(name));
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
