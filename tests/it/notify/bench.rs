//! The stage with real receivers over real HTTP, on a log in memory and a clock that only moves when
//! somebody waits: what takes a day takes a second.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use talentwire::log::{Record, Topic};
use talentwire::metrics::Metrics;
use talentwire::model::{Move, Secret, Tagged};
use talentwire::notify::build::{ReceiverSettings, Target};
use talentwire::notify::error::DeliveryError;
use talentwire::notify::outbox::Rules;
use talentwire::notify::receiver::{Body, Habits, Letter, Posted, Receiver};
use talentwire::stage::notify::{Address, Clock, Outlet, run};
use tokio_util::sync::CancellationToken;

use super::fixtures::outlet;
use super::receivers::{client, settings};
use super::simulated::{Inner, MemLog, SimClock};
use super::sink::{Got, Say, Sink};

/// Log, clock, rules and receivers of one test.
pub(crate) struct Bench {
    pub(crate) clock: SimClock,
    pub(crate) log: MemLog,
    pub(crate) metrics: Metrics,
    pub(crate) rules: Rules,
    pub(crate) outlets: Vec<Outlet>,
    /// How many posts were under way at once, over all receivers.
    pub(crate) most_in_flight: Arc<AtomicUsize>,
}

impl Bench {
    /// One whose rules are `rules`.
    pub(crate) fn new(rules: &Rules) -> Self {
        let clock = SimClock::new();
        let log = MemLog::new(&clock);
        let metrics = Metrics::new().unwrap();
        let (rules, most_in_flight) = (rules.clone(), Arc::default());
        Self { clock, log, metrics, rules, outlets: Vec::new(), most_in_flight }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// A sink that goes by this clock.
    pub(crate) fn sink(&self, script: impl FnMut(&Got) -> Say + Send + 'static) -> Sink {
        let clock = self.clock.clone();
        Sink::with_clock(move || clock.now(), script)
    }

    pub(crate) fn receiver(&mut self, settings: &ReceiverSettings) {
        let inner = settings.build(&client()).unwrap();
        let in_flight = self.log.in_flight.clone();
        let most_in_flight = self.most_in_flight.clone();
        let timeless = Timeless { inner, in_flight, most_in_flight };
        self.outlets.push(outlet(&settings.name, Arc::new(timeless)));
    }

    /// A plain Slack webhook named `name` at `sink`.
    pub(crate) fn slack(&mut self, name: &str, sink: &Sink) {
        let url = Secret::new(&sink.url("/slack"));
        self.receiver(&settings(name, Target::SlackWebhook { url }));
    }

    /// Lets all receivers share one address.
    pub(crate) fn at_one_address(&mut self) {
        let names = self.outlets.iter().map(|outlet| outlet.name.clone());
        let address = Address::of(names, std::time::Duration::from_secs(1));
        self.outlets.iter_mut().for_each(|outlet| outlet.address = address.clone());
    }

    /// Puts moves on the log, at this time.
    pub(crate) fn publish(&self, moves: &[Move]) {
        for mv in moves {
            self.record(Topic::Moves, &mv.id, Some(serde_json::to_vec(mv).unwrap()));
        }
    }

    /// Puts tagged articles on the log, at this time.
    pub(crate) fn publish_tagged(&self, articles: &[Tagged]) {
        for tagged in articles {
            let value = serde_json::to_vec(tagged).unwrap();
            self.record(Topic::Tagged, &tagged.article.id, Some(value));
        }
    }

    pub(crate) fn record(&self, topic: Topic, key: &str, value: Option<Vec<u8>>) {
        let record = Record { key: key.to_owned(), value, headers: vec![], partition_by: None };
        let now = self.clock.now();
        self.log.inner.lock().unwrap().append(topic, record, now);
    }

    /// Runs every receiver until `done` holds.
    pub(crate) async fn run(
        &self,
        done: impl Fn(&Inner, DateTime<Utc>) -> bool + Send + Sync + 'static,
    ) {
        let stop = CancellationToken::new();
        self.log.stop_when(&stop, done);
        let mut tasks = tokio::task::JoinSet::new();
        for outlet in &self.outlets {
            let (log, rules) = (self.log.clone(), Arc::new(self.rules.clone()));
            let (metrics, clock) = (self.metrics.clone(), self.clock.clone());
            tasks.spawn(run(log, outlet.clone(), rules, metrics, clock, stop.clone()));
        }
        while let Some(ended) = tasks.join_next().await {
            ended.unwrap().unwrap();
        }
    }

    /// Runs until `receiver` has nothing left to tell of the moves.
    pub(crate) async fn run_dry(&self, receiver: &str) {
        let group = format!("notify.{receiver}");
        self.run(move |inner, _| inner.lag(&group, Topic::Moves) == 0).await;
    }

    /// The reasons of dead letters.
    pub(crate) fn dead_letters(&self) -> Vec<String> {
        let inner = self.log.inner.lock().unwrap();
        let reason = |headers: &[(String, Vec<u8>)]| {
            let found = headers.iter().find(|(name, _)| name == "reason").unwrap();
            String::from_utf8(found.1.clone()).unwrap()
        };
        inner.records(Topic::DeadLetters).iter().map(|it| reason(&it.headers)).collect()
    }
}

/// A receiver whose posts take no time by the clock of the bench.
struct Timeless {
    inner: Arc<dyn Receiver>,
    in_flight: Arc<AtomicUsize>,
    most_in_flight: Arc<AtomicUsize>,
}

impl Timeless {
    async fn hold<T>(&self, exchange: impl Future<Output = T>) -> T {
        let others = self.in_flight.fetch_add(1, Ordering::SeqCst);
        self.most_in_flight.fetch_max(others + 1, Ordering::SeqCst);
        let result = exchange.await;
        self.in_flight.fetch_sub(1, Ordering::SeqCst);
        result
    }
}

impl Receiver for Timeless {
    fn habits(&self) -> Habits {
        self.inner.habits()
    }

    fn render(&self, letter: &Letter) -> Result<Body, DeliveryError> {
        self.inner.render(letter)
    }

    fn post<'a>(
        &'a self,
        letter: &'a Letter,
        body: Body,
    ) -> BoxFuture<'a, Result<Posted, DeliveryError>> {
        Box::pin(self.hold(self.inner.post(letter, body)))
    }

    fn find<'a>(
        &'a self,
        letter: &'a Letter,
    ) -> BoxFuture<'a, Result<Option<Posted>, DeliveryError>> {
        Box::pin(self.hold(self.inner.find(letter)))
    }
}
