//! The page of metrics: gathered for whoever asks, but not for each of ten thousand in a second.

use std::time::{Duration, Instant};

use axum::body::Bytes;
use prometheus::{Encoder, Registry, TextEncoder};
use tokio::sync::Mutex;

/// How long a page is good. No scraper comes as often; a flood of requests costs one gathering
/// in this time and nothing of the stages'.
const FRESH: Duration = Duration::from_millis(250);

/// The page as it was gathered last. Who comes while it is gathered waits for it.
#[derive(Default)]
pub(super) struct Page(Mutex<Option<(Instant, Bytes)>>);

impl Page {
    /// Returns the page, at most a quarter of a second old.
    ///
    /// # Errors
    /// When a metric has no text form.
    pub(super) async fn get(
        &self,
        registry: &Registry,
        refresh: &(dyn Fn() + Send + Sync),
    ) -> prometheus::Result<Bytes> {
        let mut last = self.0.lock().await;
        if let Some((gathered, page)) = &*last
            && gathered.elapsed() < FRESH
        {
            return Ok(page.clone());
        }
        refresh();
        let mut page = Vec::new();
        TextEncoder::new().encode(&registry.gather(), &mut page)?;
        let page = Bytes::from(page);
        *last = Some((Instant::now(), page.clone()));
        Ok(page)
    }
}
