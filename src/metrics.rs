//! Every metric that the daemon exports, declared once, in the order of the flow.
//!
//! The doc comment of a field is its help text. Names follow
//! <https://prometheus.io/docs/practices/naming/>: prefix `talentwire_`, base units, `_total` on
//! counters. Label values come from enums or the configuration, never from the web.

use chrono::{DateTime, Utc};
#[cfg(target_os = "linux")]
use prometheus::process_collector::ProcessCollector;
use prometheus::{
    Gauge, GaugeVec, Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge,
    IntGaugeVec, Opts, Registry,
};

/// Seconds from a few milliseconds to ten minutes: work inside the pipeline and fetches.
const FAST: &[f64] =
    &[0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 600.0];
/// Seconds from one to three days: ages of articles, lateness of polls.
const SLOW: &[f64] = &[
    1.0, 5.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0, 14400.0, 43200.0, 86400.0,
    259_200.0,
];

/// Builds and registers one metric of the right type.
trait Build: Sized {
    fn build(
        registry: &Registry,
        name: &str,
        help: &str,
        labels: &[&str],
        buckets: &[f64],
    ) -> prometheus::Result<Self>;
}

macro_rules! build {
    ($type:ty, |$name:ident, $help:ident, $labels:ident, $buckets:ident| $make:expr) => {
        impl Build for $type {
            #[allow(unused_variables)]
            fn build(
                registry: &Registry,
                $name: &str,
                $help: &str,
                $labels: &[&str],
                $buckets: &[f64],
            ) -> prometheus::Result<Self> {
                let metric = $make?;
                registry.register(Box::new(metric.clone()))?;
                Ok(metric)
            }
        }
    };
}
build!(IntCounter, |name, help, labels, buckets| IntCounter::new(name, help));
build!(IntCounterVec, |name, help, labels, buckets| IntCounterVec::new(
    Opts::new(name, help),
    labels
));
build!(IntGauge, |name, help, labels, buckets| IntGauge::new(name, help));
build!(IntGaugeVec, |name, help, labels, buckets| IntGaugeVec::new(Opts::new(name, help), labels));
build!(Gauge, |name, help, labels, buckets| Gauge::new(name, help));
build!(GaugeVec, |name, help, labels, buckets| GaugeVec::new(Opts::new(name, help), labels));
build!(Histogram, |name, help, labels, buckets| Histogram::with_opts(
    HistogramOpts::new(name, help).buckets(buckets.to_vec())
));
build!(HistogramVec, |name, help, labels, buckets| HistogramVec::new(
    HistogramOpts::new(name, help).buckets(buckets.to_vec()),
    labels
));

macro_rules! metrics {
    ($($(#[doc = $help:literal])+ $name:ident: $type:ty $(, labels $labels:expr)? $(, buckets $buckets:expr)?;)*) => {
        /// Every metric that the daemon exports.
        #[derive(Clone)]
        pub struct Metrics {
            /// Gathers all of them for `/metrics`.
            pub registry: Registry,
            $($(#[doc = $help])+ pub $name: $type,)*
        }

        impl Metrics {
            /// Declares every metric in a fresh registry.
            ///
            /// # Errors
            /// Only when two of them had the same name.
            pub fn new() -> prometheus::Result<Self> {
                let registry = Registry::new();
                // Memory, processor time and open files of this process, where /proc shows them.
                #[cfg(target_os = "linux")]
                registry.register(Box::new(ProcessCollector::for_self()))?;
                $(
                    let labels: &[&str] = metrics!(@or $($labels)?);
                    let buckets: &[f64] = metrics!(@or $($buckets)?);
                    let $name = <$type>::build(
                        &registry,
                        concat!("talentwire_", stringify!($name)),
                        concat!($($help),+).trim(),
                        labels,
                        buckets,
                    )?;
                )*
                Ok(Self { registry, $($name),* })
            }
        }
    };
    (@or) => { &[] };
    (@or $value:expr) => { $value };
}

/// With more feeds than this none has series of its own: `/api/v1/feeds` has all of them.
pub const MOST_SINGLE_FEEDS: usize = 5_000;
/// How a poll of a feed ended, as the label of `feed_polls_total`.
pub const FEED_OUTCOMES: [&str; 2] = ["ok", "failed"];

impl Metrics {
    /// Notes that a consumer group asked the log for records.
    pub fn turned(&self, group: &str, now: DateTime<Utc>) {
        let gauge = self.consumer_last_poll_timestamp_seconds.with_label_values(&[group]);
        gauge.set(now.timestamp_millis() as f64 / 1_000.0);
    }

    /// Shows the series of a configured feed.
    pub fn show_feed(&self, feed: &str) {
        for outcome in FEED_OUTCOMES {
            self.feed_polls_total.with_label_values(&[feed, outcome]);
        }
        self.feed_last_success_timestamp_seconds.with_label_values(&[feed]);
        self.feed_articles_total.with_label_values(&[feed]);
    }

    /// Drops the series of a feed that is no longer configured.
    pub fn forget_feed(&self, feed: &str) {
        // A series that is not there needs no dropping.
        for outcome in FEED_OUTCOMES {
            let _absent = self.feed_polls_total.remove_label_values(&[feed, outcome]);
        }
        let _absent = self.feed_last_success_timestamp_seconds.remove_label_values(&[feed]);
        let _absent = self.feed_articles_total.remove_label_values(&[feed]);
    }
}

metrics! {
    // process
    /// Always 1; the version is a label.
    build_info: IntGaugeVec, labels &["version"];
    /// 1 when the last reload of the configuration succeeded, else 0.
    config_last_reload_successful: IntGauge;
    /// When the configuration was last loaded, in seconds since 1970.
    config_last_reload_success_timestamp_seconds: Gauge;
    /// Tasks of the runtime that are alive.
    runtime_tasks: IntGauge;
    /// Size of the embedded log on disk; 0 on Kafka.
    log_bytes: IntGauge;

    // poll
    /// Polls finished, by result.
    polls_total: IntCounterVec, labels &["result"];
    /// Seconds from the start of a fetch to the end of its body.
    poll_duration_seconds: Histogram, buckets FAST;
    /// Seconds by which polls began after they were due.
    poll_lateness_seconds: Histogram, buckets SLOW;
    /// Feeds by state.
    feeds: IntGaugeVec, labels &["state"];
    /// Polls of each configured feed, by whether they brought an answer that could be read.
    feed_polls_total: IntCounterVec, labels &["feed", "outcome"];
    /// When a poll of each configured feed last succeeded, in seconds since 1970; 0 before that.
    feed_last_success_timestamp_seconds: GaugeVec, labels &["feed"];
    /// Articles of each configured feed that were new while it was watched.
    feed_articles_total: IntCounterVec, labels &["feed"];
    /// Bytes of feed documents after decompression.
    poll_body_bytes_total: IntCounter;
    /// Articles published to the log, by how they came in.
    articles_total: IntCounterVec, labels &["arrival"];
    /// Seconds from an article's publication until it was first seen.
    article_age_seconds: Histogram, buckets SLOW;
    /// Oddities of feeds that were dealt with, by kind.
    feed_oddities_total: IntCounterVec, labels &["kind"];

    // every stage
    /// Records judged, by stage and outcome.
    stage_records_total: IntCounterVec, labels &["stage", "outcome"];
    /// Seconds that a stage took for one batch, commit included.
    stage_batch_duration_seconds: HistogramVec, labels &["stage"], buckets FAST;
    /// Records that a consumer group has still before it.
    consumer_lag_records: IntGaugeVec, labels &["group", "topic"];
    /// When a consumer group last asked the log for records, in seconds since 1970; 0 where it does
    /// not run in this process.
    consumer_last_poll_timestamp_seconds: GaugeVec, labels &["group"];
    /// Records that went to dead-letters, by stage.
    dead_letters_total: IntCounterVec, labels &["stage"];

    // tag
    /// Articles looked into, by language.
    tagged_articles_total: IntCounterVec, labels &["lang"];
    /// Claims by whether they alert, or why not.
    claims_total: IntCounterVec, labels &["lang", "outcome"];

    // track
    /// Moves first reported, by watched company at either end ("other" for the rest, "none" where
    /// unknown), kind and status.
    moves_total: IntCounterVec, labels &["from", "to", "kind", "status"];
    /// Moves known now, by what is known of them now; moves that were reversed count for nobody.
    moves: IntGaugeVec, labels &["from", "to", "kind", "status"];
    /// When the latest move of a pair of companies was first seen, in seconds since 1970.
    move_last_timestamp_seconds: GaugeVec, labels &["from", "to", "kind"];

    // notify
    /// Attempts to deliver, by receiver and outcome.
    deliveries_total: IntCounterVec, labels &["receiver", "outcome"];
    /// Posts whose intent was committed; each one has a delivery or is tried again.
    deliveries_intended_total: IntCounterVec, labels &["receiver"];
    /// Posts left in doubt: by a crash, a lost answer, or a 5xx of a receiver that knows no ids.
    deliveries_in_doubt_total: IntCounterVec, labels &["receiver"];
    /// Posts repeated because the one before was in doubt and the receiver knows no ids.
    deliveries_possible_duplicate_total: IntCounterVec, labels &["receiver"];
    /// Moves that wait for a receiver.
    delivery_queue: IntGaugeVec, labels &["receiver"];
    /// Age of the oldest move that waits for a receiver.
    delivery_queue_oldest_seconds: GaugeVec, labels &["receiver"];
    /// 1 while a receiver is disabled because it refuses for good.
    receiver_disabled: IntGaugeVec, labels &["receiver"];
    /// Seconds from an article's publication to the acknowledged post.
    publish_to_post_seconds: Histogram, buckets SLOW;
    /// Seconds from first seeing an article to the acknowledged post.
    first_seen_to_post_seconds: Histogram, buckets FAST;
    /// Posts made earlier than Retry-After allowed; must stay 0.
    retry_after_violations_total: IntCounter;
    /// Seconds since the canary last arrived.
    canary_age_seconds: Gauge;
    /// Seconds that the latest canary took through all stages.
    canary_latency_seconds: Gauge;
}
