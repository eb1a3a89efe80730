//! Every series present from the start.
//!
//! A counter that appears with its first increment has no rate for it, and an alert on a series
//! that is absent never fires: so each label value that can occur is shown at zero. Only pairs of
//! companies are left out, which are too many; they appear when they are seen.

use std::collections::HashSet;
use std::sync::Arc;

use crate::config::Config;
use crate::feed::document::Repair;
use crate::feed::settings::FeedSettings;
use crate::log::Topic;
use crate::metrics::{MOST_SINGLE_FEEDS, Metrics};
use crate::model::{Health, Suppressed};
use crate::stage::poll::key_of;
use crate::stage::tag::LANGS;
use crate::track::Outcome;

/// Results of polls: of `stage::poll`, `feed::fetch`, `feed::document` and `net`.
const POLLS: &[&str] = &[
    "new",
    "nothing_new",
    "same_body",
    "not_modified",
    "gone",
    "not_found",
    "rate_limited",
    "refused",
    "server_error",
    "status",
    "challenge",
    "redirect",
    "url",
    "scheme",
    "address",
    "dns",
    "connect",
    "tls",
    "timeout",
    "too_large",
    "too_slow",
    "body",
    "protocol",
    "setup",
    "empty",
    "html",
    "not_a_feed",
    "parser_panic",
];
const ARRIVALS: &[&str] = &["live", "seed", "edit", "canary"];
const REPAIRS: &[Repair] = &[
    Repair::Encoding,
    Repair::Markup,
    Repair::Surroundings,
    Repair::Truncated,
    Repair::Date,
    Repair::FutureDate,
    Repair::TooManyEntries,
    Repair::SecondReader,
];
/// Oddities that are no repairs of a document.
const MANNERS: &[&str] = &["gap", "moved", "validators_lie"];
const TAG: &[&str] = &["nothing_found", "tagged", "claimed", "rejected"];
const NOTIFY: &[&str] = &[
    "queued",
    "told",
    "silent",
    "old",
    "same_story",
    "unrouted",
    "silenced",
    "deleted",
    "rejected",
];
/// "delivered", and the labels of `notify::DeliveryError`.
const DELIVERIES: &[&str] = &[
    "delivered",
    "timeout",
    "connect",
    "aborted",
    "rate_limited",
    "unavailable",
    "rejected",
    "refused",
    "render",
];

/// Shows every series that the flow can have, and the configuration as loaded.
pub(crate) fn show(metrics: &Metrics, config: &Config) {
    metrics.build_info.with_label_values(&[env!("CARGO_PKG_VERSION")]).set(1);
    poll(metrics);
    if config.feeds.len() <= MOST_SINGLE_FEEDS {
        config.feeds.iter().for_each(|feed| metrics.show_feed(&key_of(feed)));
    }
    stages(metrics);
    claims(metrics);
    for receiver in &config.receivers {
        self::receiver(metrics, receiver.settings.name.as_str());
    }
}

/// Drops the series of feeds that a reload took away.
pub(crate) fn forget(metrics: &Metrics, before: &[Arc<FeedSettings>], after: &[Arc<FeedSettings>]) {
    let kept: HashSet<String> = after.iter().map(|feed| key_of(feed)).collect();
    let gone = before.iter().map(|feed| key_of(feed)).filter(|feed| !kept.contains(feed));
    gone.for_each(|feed| metrics.forget_feed(&feed));
}

fn receiver(metrics: &Metrics, name: &str) {
    for outcome in DELIVERIES {
        metrics.deliveries_total.with_label_values(&[name, outcome]);
    }
    metrics.deliveries_intended_total.with_label_values(&[name]);
    metrics.deliveries_in_doubt_total.with_label_values(&[name]);
    metrics.deliveries_possible_duplicate_total.with_label_values(&[name]);
    metrics.delivery_queue.with_label_values(&[name]);
    metrics.delivery_queue_oldest_seconds.with_label_values(&[name]);
    metrics.receiver_disabled.with_label_values(&[name]);
    let group = format!("notify.{name}");
    metrics.consumer_last_poll_timestamp_seconds.with_label_values(&[group.as_str()]);
    lag(metrics, &group, Topic::Moves);
}

fn poll(metrics: &Metrics) {
    for result in POLLS {
        metrics.polls_total.with_label_values(&[result]);
    }
    for health in Health::ALL {
        metrics.feeds.with_label_values(&[health.label()]);
    }
    for arrival in ARRIVALS {
        metrics.articles_total.with_label_values(&[arrival]);
    }
    for kind in REPAIRS.iter().map(|repair| repair.label()).chain(MANNERS.iter().copied()) {
        metrics.feed_oddities_total.with_label_values(&[kind]);
    }
}

fn stages(metrics: &Metrics) {
    let track: Vec<&str> =
        Outcome::ALL.iter().map(|outcome| outcome.label()).chain(["rejected"]).collect();
    for (stage, outcomes) in [("tag", TAG), ("track", track.as_slice()), ("notify", NOTIFY)] {
        for outcome in outcomes {
            metrics.stage_records_total.with_label_values(&[stage, outcome]);
        }
        metrics.dead_letters_total.with_label_values(&[stage]);
    }
    for stage in ["tag", "track"] {
        metrics.stage_batch_duration_seconds.with_label_values(&[stage]);
    }
    for group in ["poll", "tag", "track"] {
        metrics.consumer_last_poll_timestamp_seconds.with_label_values(&[group]);
    }
    lag(metrics, "tag", Topic::Articles);
    lag(metrics, "track", Topic::Claims);
}

fn claims(metrics: &Metrics) {
    let reasons = Suppressed::ALL.iter().map(|reason| reason.label());
    let outcomes: Vec<&str> = std::iter::once("alert").chain(reasons).collect();
    for lang in LANGS.iter().copied().chain(["other"]) {
        metrics.tagged_articles_total.with_label_values(&[lang]);
        for outcome in &outcomes {
            metrics.claims_total.with_label_values(&[lang, outcome]);
        }
    }
}

fn lag(metrics: &Metrics, group: &str, topic: Topic) {
    metrics.consumer_lag_records.with_label_values(&[group, topic.name()]);
}
