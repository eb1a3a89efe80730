//! `talentwire feeds` as the operator calls it: the configuration, the network, the OPML file.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use futures_util::{StreamExt, stream};

use super::args::FeedsCommand;
use super::{Done, feeds, feeds_advice, feeds_check, feeds_opml, load, logs, runtime};
use crate::config::{self, Config, Files};
use crate::feed::fetch::Fetcher;
use crate::feed::polite::{Gates, Politeness};
use crate::model::counted;

/// Does what the command says.
pub(super) fn run(path: Option<&Path>, command: FeedsCommand) -> Done {
    let config = load(path)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let code = match command {
        FeedsCommand::List { json } => {
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
        FeedsCommand::Check { urls, json } => check_feeds(&config, &urls, json, &mut out)?,
        FeedsCommand::Import { file } => import_feeds(&config, &file, &mut out)?,
        FeedsCommand::Export => {
            let opml = config.opml.as_deref().and_then(|path| config.files.read(path).ok());
            let page = feeds_opml::export(opml.as_ref().map(|it| it.text.as_str()), &config.feeds)
                .map_err(|error| anyhow::anyhow!("line {}: {}", error.line, error.what))?;
            out.write_all(page.as_bytes())?;
            ExitCode::SUCCESS
        }
    };
    out.flush()?;
    Ok(code)
}

pub(super) fn check_feeds(
    config: &Config,
    urls: &[String],
    json: bool,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let mut wanted = config.feeds.clone();
    if !urls.is_empty() {
        wanted.clear();
        for text in urls {
            let url = config::feed_url(text).map_err(anyhow::Error::msg)?;
            let known = config.feeds.iter().find(|feed| feed.url == url).cloned();
            let mut feed = known.unwrap_or_else(|| Arc::new(config.feed_template.clone()));
            Arc::make_mut(&mut feed).url = url;
            wanted.push(feed);
        }
    }
    let bar = indicatif::ProgressBar::new(wanted.len() as u64);
    let gates = Gates::new(Politeness::default());
    let fetcher = Fetcher::new(&config.poll.user_agent, config.poll.concurrency, gates);
    let now = crate::stage::now();
    let mut failed = 0;
    runtime()?.block_on(async {
        // Side by side, so that one that hangs does not hold up the rest; told in order.
        let checks = wanted.iter().map(|feed| feeds_check::check(&fetcher, feed, now));
        let mut checks = stream::iter(checks).buffered(config.poll.concurrency.max(1));
        while let Some(checked) = checks.next().await {
            failed += usize::from(!checked.ok);
            bar.inc(1);
            bar.suspend(|| -> anyhow::Result<()> {
                if json {
                    serde_json::to_writer(&mut *out, &checked)?;
                    writeln!(out)?;
                } else {
                    feeds_advice::print(&checked, now, out)?;
                }
                Ok(out.flush()?)
            })?;
        }
        anyhow::Ok(())
    })?;
    bar.finish_and_clear();
    if !json && wanted.len() > 1 {
        writeln!(out, "{}, {failed} of them failed", counted(wanted.len(), "feed"))?;
    }
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Adds feeds to the OPML file of the configuration; the file is replaced whole or not at all.
fn import_feeds(config: &Config, file: &Path, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let target = config.opml.as_deref().and_then(|path| config.files.on_disk(path));
    let Some(target) = target else {
        if matches!(config.files, Files::BuiltIn) {
            anyhow::bail!("the built-in feeds cannot be added to; name your configuration by -c")
        }
        anyhow::bail!(
            "{} names no OPML file to add to; set [poll] feeds = \"feeds.opml\"",
            config.name
        )
    };
    let theirs = config::files::read_file(file).map_err(anyhow::Error::msg)?;
    let ours = std::fs::read_to_string(&target).unwrap_or_default();
    let imported = feeds_opml::import(&ours, &theirs.text).map_err(|(of_ours, error)| {
        let name = if of_ours { target.as_path() } else { file };
        anyhow::anyhow!("{}:{}: {}", name.display(), error.line, error.what)
    })?;
    let fresh = target.with_extension("opml.new");
    std::fs::write(&fresh, &imported.page)
        .with_context(|| format!("cannot write {}", fresh.display()))?;
    std::fs::rename(&fresh, &target)
        .with_context(|| format!("cannot replace {}", target.display()))?;
    for (line, what) in &imported.refused {
        writeln!(out, "left out: {}:{line}: {what}", file.display())?;
    }
    let (added, known) = (imported.added, imported.known);
    writeln!(out, "feeds added to {}: {added}; there already: {known}", target.display())?;
    Ok(ExitCode::SUCCESS)
}
