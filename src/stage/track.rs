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
use crate::model::{ClaimRecord, Kind, Move, Status};
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
    /// The companies that have labels of their own, as they were at the last rebuild.
    watched: Arc<Vec<String>>,
    /// Under which labels each move is counted.
    counted: Counted,
}

/// Labels of each counted move, by its id.
type Counted = HashMap<Box<str>, Labels>;

/// Under which labels a move is counted, in little room: there may be a hundred thousand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Labels {
    from: End,
    to: End,
    kind: Kind,
    status: Status,
}

/// The label of one end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Not known.
    None,
    /// A company without a label of its own.
    Other,
    /// Its place among those that have one.
    Watched(u32),
}

impl Labels {
    fn of(mv: &Move, watched: &[String]) -> Labels {
        let end = |id: &Option<String>| match id {
            None => End::None,
            Some(id) => watched
                .iter()
                .position(|own| own == id)
                .and_then(|place| u32::try_from(place).ok())
                .map_or(End::Other, End::Watched),
        };
        Labels { from: end(&mv.from), to: end(&mv.to), kind: mv.kind, status: mv.status }
    }

    /// From, to, kind and status as metrics write them: watched companies by id, all others as
    /// "other", an unknown end as "none".
    fn texts(self, watched: &[String]) -> [&str; 4] {
        let end = |end: End| match end {
            End::None => "none",
            End::Other => "other",
            End::Watched(place) => watched.get(place as usize).map_or("other", |id| id),
        };
        [end(self.from), end(self.to), self.kind.label(), self.status.label()]
    }
}

impl Track {
    /// A stage that knows nothing until it is rebuilt.
    pub fn new(mut knowledge: watch::Receiver<Knowledge>, metrics: Metrics) -> Self {
        let (tracker, watched) = begin(&mut knowledge);
        Self { knowledge, tracker, metrics, watched, counted: Counted::new() }
    }

    /// Counts a revision instead of the one before it.
    fn count(&mut self, mv: &Move) {
        if let Some(old) = self.counted.remove(mv.id.as_str()) {
            self.metrics.moves.with_label_values(&old.texts(&self.watched)).dec();
        }
        if is_counted(mv) {
            let labels = Labels::of(mv, &self.watched);
            self.count_one(labels, mv.first_seen.timestamp());
            self.counted.insert(mv.id.as_str().into(), labels);
        }
    }

    fn count_one(&self, labels: Labels, first_seen: i64) {
        let labels = labels.texts(&self.watched);
        self.metrics.moves.with_label_values(&labels).inc();
        let [from, to, kind, _] = labels;
        let last = self.metrics.move_last_timestamp_seconds.with_label_values(&[from, to, kind]);
        last.set(last.get().max(first_seen as f64));
    }
}

/// A tracker that knows nothing yet, and the companies that have labels.
fn begin(knowledge: &mut watch::Receiver<Knowledge>) -> (Tracker, Arc<Vec<String>>) {
    let knowledge = knowledge.borrow_and_update();
    (knowledge.tracker(), Arc::clone(&knowledge.watched))
}

fn is_counted(mv: &Move) -> bool {
    mv.is_announced() && !mv.is_reversed()
}

/// What a restart takes from the topic.
struct Memory {
    tracker: Tracker,
    watched: Arc<Vec<String>>,
    /// The labels and first-seen seconds of the moves that count, by id.
    counts: HashMap<Box<str>, (Labels, i64)>,
}

impl Memory {
    /// Takes one record; records of one move come in order.
    fn take(&mut self, received: &Received) {
        let value = received.value.as_deref().unwrap_or_default();
        let Ok(mv) = serde_json::from_slice::<Move>(value) else { return };
        if mv.id == CANARY {
            return;
        }
        self.tracker.restore(&mv);
        if is_counted(&mv) {
            let count = (Labels::of(&mv, &self.watched), mv.first_seen.timestamp());
            self.counts.insert(mv.id.into(), count);
        } else {
            self.counts.remove(mv.id.as_str());
        }
    }
}

impl<L: Log> Stage<L> for Track {
    const NAME: &'static str = "track";

    async fn rebuild(&mut self, log: &L) -> Result<(), LogError> {
        let (tracker, watched) = begin(&mut self.knowledge);
        let scan = Scan { topic: Topic::Moves, partitions: None, since: None };
        let start = Memory { tracker, watched, counts: HashMap::new() };
        let memory = log.fold(scan, start, |memory, received| memory.take(&received)).await?;
        (self.tracker, self.watched) = (memory.tracker, memory.watched);
        self.metrics.moves.reset();
        self.counted =
            memory.counts.iter().map(|(id, (labels, _))| (id.clone(), *labels)).collect();
        for (labels, first_seen) in memory.counts.into_values() {
            self.count_one(labels, first_seen);
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
                    let labels = Labels::of(mv, &self.watched);
                    self.metrics.moves_total.with_label_values(&labels.texts(&self.watched)).inc();
                }
            }
        }
        if outputs.is_empty() { Outcome::Drop(label) } else { Outcome::Emit(label, outputs) }
    }
}
