//! Gauges that are read when somebody asks: ages, sizes, tasks.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::LogSettings;
use crate::metrics::Metrics;
use crate::stage::canary;

/// Sets them; called before metrics are gathered. Call this within the runtime.
pub(crate) fn refresh(
    metrics: &Metrics,
    heard: &canary::Heard,
    log: &LogSettings,
) -> Arc<dyn Fn() + Send + Sync> {
    let (metrics, heard) = (metrics.clone(), heard.clone());
    let runtime = tokio::runtime::Handle::current();
    let folder: Option<PathBuf> = match log {
        LogSettings::Embedded(settings) => Some(settings.path.clone()),
        LogSettings::Kafka(_) => None,
    };
    Arc::new(move || {
        metrics.canary_age_seconds.set(heard.age());
        let tasks = runtime.metrics().num_alive_tasks();
        metrics.runtime_tasks.set(i64::try_from(tasks).unwrap_or(i64::MAX));
        if let Some(folder) = &folder {
            metrics.log_bytes.set(i64::try_from(size(folder)).unwrap_or(i64::MAX));
        }
    })
}

/// Bytes of the files in a folder; what cannot be read counts nothing.
fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.filter_map(|entry| entry.metadata().ok()).map(|meta| meta.len()).sum()
}
