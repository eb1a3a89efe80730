//! Merges claims into moves.
//!
//! In: `claims`. Out: the revisions of `moves` that each claim causes. The decisions are the
//! engine's (`track`); its memory is rebuilt from the compacted topic `moves`.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::watch;

use super::runner::{Outcome, Stage};
use super::tag::{decode, encode};
use crate::log::{Log, LogError, Received, Scan, Topic};
use crate::metrics::Metrics;
pub use crate::model::moves::CANARY;
use crate::model::{ClaimRecord, Move};
use crate::track::{self, History, Relation, Settings, Tracker};

/// What the tracker goes by; it can be replaced while the stage runs.
#[derive(Clone)]
pub struct Knowledge {
    /// Window and ages.
    pub settings: Settings,
    /// Well-known past moves.
    pub history: Arc<History>,
    /// Listed companies.
    pub relations: Arc<Vec<Relation>>,
    /// Ids of the watched ones, which have labels of their own in metrics.
    pub watched: Arc<Vec<String>>,
}

impl Knowledge {
    /// A tracker that knows nothing but this.
    pub fn tracker(&self) -> Tracker {
        Tracker::new(self.settings.clone(), &self.history, &self.relations)
    }
}

/// The stage.
pub struct Track {
    knowledge: watch::Receiver<Knowledge>,
    tracker: Tracker,
    metrics: Metrics,
    /// Under which labels each move is counted.
    counted: HashMap<String, [String; 4]>,
}

impl Track {
    /// A stage that knows nothing until it is rebuilt.
    pub fn new(mut knowledge: watch::Receiver<Knowledge>, metrics: Metrics) -> Self {
        let tracker = knowledge.borrow_and_update().tracker();
        Self { knowledge, tracker, metrics, counted: HashMap::new() }
    }

    fn count(&mut self, mv: &Move) {
        let watched = Arc::clone(&self.knowledge.borrow().watched);
        let labels = labels(mv, &watched);
        if let Some(old) = self.counted.remove(&mv.id) {
            self.metrics.moves.with_label_values(&refs(&old)).dec();
        }
        if mv.is_announced() && !mv.is_reversed() {
            self.metrics.moves.with_label_values(&refs(&labels)).inc();
            let [from, to, kind, _] = &labels;
            let last =
                self.metrics.move_last_timestamp_seconds.with_label_values(&[from, to, kind]);
            last.set(last.get().max(mv.first_seen.timestamp() as f64));
            self.counted.insert(mv.id.clone(), labels);
        }
    }
}

fn refs(labels: &[String; 4]) -> [&str; 4] {
    labels.each_ref().map(String::as_str)
}

/// Labels of a move: watched companies by id, all others as "other", an unknown end as "none".
fn labels(mv: &Move, watched: &[String]) -> [String; 4] {
    let end = |id: &Option<String>| match id {
        None => "none".to_owned(),
        Some(id) if watched.contains(id) => id.clone(),
        Some(_) => "other".to_owned(),
    };
    [end(&mv.from), end(&mv.to), mv.kind.label().to_owned(), mv.status.label().to_owned()]
}

impl<L: Log> Stage<L> for Track {
    const NAME: &'static str = "track";

    async fn rebuild(&mut self, log: &L) -> Result<(), LogError> {
        let tracker = self.knowledge.borrow_and_update().tracker();
        let scan = Scan { topic: Topic::Moves, partitions: None, since: None };
        let start = (tracker, HashMap::<String, Move>::new());
        let (tracker, latest) = log
            .fold(scan, start, |(tracker, latest), received| {
                let value = received.value.as_deref().unwrap_or_default();
                if let Ok(mv) = serde_json::from_slice::<Move>(value)
                    && mv.id != CANARY
                {
                    tracker.restore(&mv);
                    latest.insert(mv.id.clone(), Move { reports: Vec::new(), ..mv });
                }
            })
            .await?;
        self.tracker = tracker;
        self.metrics.moves.reset();
        self.counted.clear();
        for mv in latest.values() {
            self.count(mv);
        }
        Ok(())
    }

    fn is_stale(&self) -> bool {
        self.knowledge.has_changed().unwrap_or(false)
    }

    fn judge(&mut self, received: &Received) -> Outcome {
        let record: ClaimRecord = match decode(received) {
            Ok(record) => record,
            Err(reason) => return Outcome::Reject(reason),
        };
        let mut verdict = self.tracker.merge(&record, super::now());
        if verdict.outcome == track::Outcome::Canary {
            for mv in &mut verdict.moves {
                mv.id = CANARY.to_owned();
            }
        }
        let label = verdict.outcome.label();
        let mut outputs = Vec::with_capacity(verdict.moves.len());
        for mv in &verdict.moves {
            match encode(&mv.id, mv) {
                Ok(output) => outputs.push((Topic::Moves, output)),
                Err(reason) => return Outcome::Reject(reason),
            }
        }
        if verdict.outcome != track::Outcome::Canary {
            for mv in &verdict.moves {
                self.count(mv);
                if verdict.outcome == track::Outcome::New {
                    let watched = Arc::clone(&self.knowledge.borrow().watched);
                    let labels = labels(mv, &watched);
                    self.metrics.moves_total.with_label_values(&refs(&labels)).inc();
                }
            }
        }
        if outputs.is_empty() { Outcome::Drop(label) } else { Outcome::Emit(label, outputs) }
    }
}
