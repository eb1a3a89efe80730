//! The demo's built-in server: three invented outlets whose feeds grow while it runs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

const SCRIPT: &str = include_str!("script.toml");

/// One article of the script.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// Seconds after the start.
    at: f64,
    outlet: String,
    title: String,
    summary: String,
}

#[derive(Debug, Deserialize)]
struct Script {
    entry: Vec<Entry>,
}

/// The outlets and what they publish when.
#[derive(Debug, Clone)]
pub(super) struct Outlets {
    /// Entries by the outlet's path, in order of time.
    by_path: BTreeMap<String, Vec<Entry>>,
    speed: f64,
    begun: Instant,
    begun_at: DateTime<Utc>,
}

impl Outlets {
    /// Reads the script; `speed` is how many times faster than life it runs.
    pub(super) fn read(speed: f64, now: DateTime<Utc>) -> anyhow::Result<Self> {
        let script: Script = toml::from_str(SCRIPT).context("the demo's script")?;
        let mut by_path: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        let mut names: Vec<String> = Vec::new();
        for entry in script.entry {
            let index = names.iter().position(|name| *name == entry.outlet).unwrap_or_else(|| {
                names.push(entry.outlet.clone());
                names.len() - 1
            });
            by_path.entry(format!("outlet-{}", index + 1)).or_default().push(entry);
        }
        Ok(Self { by_path, speed, begun: Instant::now(), begun_at: now })
    }

    /// Starts the script's clock anew.
    pub(super) fn begin(&mut self, now: DateTime<Utc>) {
        (self.begun, self.begun_at) = (Instant::now(), now);
    }

    /// Paths of the feeds.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.by_path.keys().map(String::as_str)
    }

    /// How many articles there are in all.
    pub(super) fn total(&self) -> usize {
        self.by_path.values().map(Vec::len).sum()
    }

    /// Time from the start until the last article is published.
    pub(super) fn duration(&self) -> Duration {
        let last = self.by_path.values().flatten().map(|entry| entry.at).fold(0.0, f64::max);
        Duration::from_secs_f64(last / self.speed)
    }

    /// The feed at `path` as it stands now.
    fn document(&self, path: &str) -> Option<String> {
        let entries = self.by_path.get(path)?;
        let elapsed = self.begun.elapsed().as_secs_f64() * self.speed;
        let title = entries.first().map_or("", |entry| entry.outlet.as_str());
        let lang = if title.is_ascii() { "en" } else { "ko" };
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\"><channel>\
             <title>{}</title><link>https://{path}.example/</link><language>{lang}</language>",
            escape(title)
        );
        for (index, entry) in entries.iter().enumerate().rev() {
            if entry.at > elapsed {
                continue;
            }
            let offset = chrono::Duration::milliseconds((entry.at / self.speed * 1000.0) as i64);
            // Writing to a String cannot fail.
            let _ignored = write!(
                xml,
                "<item><guid isPermaLink=\"false\">{path}-{index}</guid><title>{}</title>\
                 <link>https://{path}.example/{index}</link><description>{}</description>\
                 <pubDate>{}</pubDate></item>",
                escape(&entry.title),
                escape(&entry.summary),
                (self.begun_at + offset).to_rfc2822(),
            );
        }
        xml.push_str("</channel></rss>");
        Some(xml)
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Serves the feeds until `stop` is cancelled.
pub(super) async fn serve(
    listener: TcpListener,
    outlets: Arc<Outlets>,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let router = Router::new().route("/{path}", get(feed)).with_state(outlets);
    axum::serve(listener, router).with_graceful_shutdown(stop.cancelled_owned()).await
}

async fn feed(State(outlets): State<Arc<Outlets>>, Path(path): Path<String>) -> Response {
    match outlets.document(&path) {
        Some(xml) => {
            ([(header::CONTENT_TYPE, "application/rss+xml; charset=utf-8")], xml).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_has_three_outlets_in_two_languages() {
        let outlets = Outlets::read(1.0, DateTime::UNIX_EPOCH).unwrap();
        assert_eq!(outlets.paths().count(), 3);
        assert!(outlets.total() > 10);
        assert!(outlets.duration() < Duration::from_secs(40));
        let languages: Vec<bool> =
            outlets.by_path.values().map(|entries| entries[0].outlet.is_ascii()).collect();
        assert!(languages.contains(&true) && languages.contains(&false));
    }

    #[test]
    fn a_feed_grows_with_time_and_is_a_feed() {
        let mut outlets = Outlets::read(1.0, Utc::now()).unwrap();
        let path = outlets.paths().next().unwrap().to_owned();
        let early = outlets.document(&path).unwrap().matches("<item>").count();
        outlets.begun -= Duration::from_secs(60);
        let late = outlets.document(&path).unwrap();
        assert!(late.matches("<item>").count() > early);
        assert_eq!(outlets.document("nowhere"), None);
    }
}
