//! The topics: names, cleanup, retention, partitions.

use std::time::Duration;

/// A topic of DESIGN's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// New articles, keyed by article id.
    Articles,
    /// What poll remembers of each feed, keyed by feed URL.
    FeedState,
    /// Articles with a company or a move keyword, keyed by article id.
    Tagged,
    /// Claims, keyed by person or company pair.
    Claims,
    /// Moves, keyed by move id.
    Moves,
    /// How far each receiver got, keyed by receiver and move id.
    Deliveries,
    /// Records that can never succeed.
    DeadLetters,
}

/// What happens to old records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cleanup {
    /// Deleted after this time.
    Delete(Duration),
    /// The latest record of each key is kept.
    Compact,
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

impl Topic {
    /// Every topic, in the order of the flow.
    pub const ALL: [Topic; 7] = [
        Topic::Articles,
        Topic::FeedState,
        Topic::Tagged,
        Topic::Claims,
        Topic::Moves,
        Topic::Deliveries,
        Topic::DeadLetters,
    ];

    /// Name without the configured prefix.
    pub fn name(self) -> &'static str {
        match self {
            Topic::Articles => "articles",
            Topic::FeedState => "feed-state",
            Topic::Tagged => "tagged",
            Topic::Claims => "claims",
            Topic::Moves => "moves",
            Topic::Deliveries => "deliveries",
            Topic::DeadLetters => "dead-letters",
        }
    }

    /// What happens to old records.
    pub fn cleanup(self) -> Cleanup {
        match self {
            Topic::Articles => Cleanup::Delete(30 * DAY),
            Topic::Tagged | Topic::Claims | Topic::DeadLetters => Cleanup::Delete(90 * DAY),
            Topic::FeedState | Topic::Moves | Topic::Deliveries => Cleanup::Compact,
        }
    }

    /// Partitions of a topic that is created on Kafka. `claims`, `moves` and `deliveries` have
    /// one, so that track sees every name at once.
    pub fn partitions(self) -> i32 {
        match self {
            Topic::Articles | Topic::FeedState | Topic::Tagged => 12,
            Topic::Claims | Topic::Moves | Topic::Deliveries | Topic::DeadLetters => 1,
        }
    }
}
