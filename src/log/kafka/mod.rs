//! The log on Apache Kafka, or any broker that speaks its protocol.
//!
//! A unit of work is one transaction: records, and the group's offsets with its generation.
//! Consumers read committed records only. librdkafka's calls block and sometimes hang: each member
//! has a thread of its own, everything else runs on blocking threads, clients are closed in the
//! background, and no call is waited for without a limit.

mod beat;
mod context;
mod failure;
mod lag;
mod member;
mod partition;
mod producer;
mod read;
mod settings;
mod topics;
mod worker;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rdkafka::config::FromClientConfigAndContext as _;
use rdkafka::consumer::{BaseConsumer, Consumer};
use tracing::{info, warn};

pub use self::member::KafkaMember;
pub use self::settings::{Sasl, Security, Settings};

use self::beat::Beat;
use self::context::Context;
use self::lag::Lags;
use self::partition::Partitions;
use self::producer::{Failed, Outgoing, Transactions};
use super::{Log, LogError, Membership, Received, Record, Scan, Topic};

/// Begins the metadata of offsets that stand for an assignment and for no consumption.
const ASSIGNMENT: &str = "assignment";
/// First and longest wait between two attempts to reach the brokers.
const BACKOFF: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(10));
/// How often the brokers are asked for a sign of life, and how long that may take.
const PROBE: Duration = Duration::from_secs(5);

/// The log on Kafka. Clones share it.
#[derive(Clone)]
pub struct Kafka {
    shared: Arc<Shared>,
}

struct Shared {
    cluster: Arc<Cluster>,
    publisher: Mutex<Option<Transactions>>,
    lags: Mutex<Lags>,
    ready: Arc<AtomicBool>,
    /// Ends the probe when it is dropped.
    _probe: std::sync::mpsc::Sender<()>,
}

/// What everything that talks to the brokers knows.
struct Cluster {
    settings: Settings,
    partitions: Partitions,
}

impl Kafka {
    /// Reaches the brokers and makes the topics that are missing. Keeps trying, with growing
    /// pauses, until it succeeds; says once that it waits, and why.
    ///
    /// # Errors
    /// [`LogError::Fatal`] when the settings are wrong.
    pub async fn connect(settings: Settings) -> Result<Self, LogError> {
        if let Some((key, what)) = settings.problems().into_iter().next() {
            return Err(LogError::Fatal(format!("[log.kafka] {key} {what}")));
        }
        let mut pause = BACKOFF.0;
        let mut said = None;
        loop {
            let (again, runtime) = (settings.clone(), tokio::runtime::Handle::current());
            match blocking(move || attempt(&again, &runtime)).await {
                Ok((partitions, client)) => {
                    if said.is_some() {
                        info!("Kafka at {} answers", settings.brokers);
                    }
                    return Self::start(settings, partitions, client);
                }
                Err(fatal @ LogError::Fatal(_)) => return Err(fatal),
                Err(error) => {
                    let told = error.to_string();
                    if said.is_none() {
                        warn!("no use of Kafka at {} yet, trying on: {told}", settings.brokers);
                    }
                    said = Some(told);
                }
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(BACKOFF.1);
        }
    }

    fn start(
        settings: Settings,
        partitions: Partitions,
        client: BaseConsumer<Context>,
    ) -> Result<Self, LogError> {
        let ready = Arc::new(AtomicBool::new(true));
        let (stop, stopped) = std::sync::mpsc::channel();
        let (flag, brokers) = (ready.clone(), settings.brokers.clone());
        let topic = settings.topic(Topic::Moves);
        std::thread::Builder::new()
            .name("kafka-probe".to_owned())
            .spawn(move || probe(&client, &brokers, &topic, &flag, &stopped))
            .map_err(|error| LogError::Fatal(format!("no thread for Kafka: {error}")))?;
        let cluster = Arc::new(Cluster { settings, partitions });
        let (publisher, lags) = (Mutex::default(), Mutex::default());
        let shared = Shared { cluster, publisher, lags, ready, _probe: stop };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Whether the brokers answered when they were last asked, at most ten seconds ago.
    pub fn ready(&self) -> bool {
        self.shared.ready.load(Ordering::Relaxed)
    }

    fn publish_now(shared: &Shared, outputs: Vec<(Topic, Record)>) -> Result<(), LogError> {
        let Cluster { settings, partitions } = &*shared.cluster;
        let mut publisher = shared.publisher.lock().unwrap_or_else(PoisonError::into_inner);
        let transactions = match publisher.take() {
            Some(transactions) => transactions,
            None => {
                let id = format!("{}publish.{}", settings.topic_prefix, unique());
                Transactions::open(&settings.producer(&id), Beat::default())?
            }
        };
        let records: Vec<Outgoing> = outputs
            .into_iter()
            .map(|(topic, record)| Outgoing {
                topic: settings.topic(topic),
                partition: partitions.of(topic, &record),
                record,
            })
            .collect();
        let result = transactions.commit(&records, None);
        match result {
            Ok(()) => {
                *publisher = Some(transactions);
                Ok(())
            }
            Err(Failed::Aborted(error)) => {
                *publisher = Some(transactions);
                Err(error)
            }
            Err(Failed::Broken(error)) => Err(error),
            Err(Failed::Fenced) => Err(LogError::Transient("Kafka: publishing was fenced".into())),
            Err(Failed::InDoubt(why)) => Err(LogError::Transient(format!(
                "{why}; whether the records were published is not known"
            ))),
        }
    }
}

/// One attempt to reach the brokers.
fn attempt(
    settings: &Settings,
    runtime: &tokio::runtime::Handle,
) -> Result<(Partitions, BaseConsumer<Context>), LogError> {
    let client = BaseConsumer::from_config_and_context(&settings.client(), Context::default())
        .map_err(|error| failure::failure("making a client", &error))?;
    match topics::ensure(settings, &client, runtime) {
        Ok(partitions) => Ok((partitions, client)),
        Err(error) => {
            retire(client);
            Err(error)
        }
    }
}

/// Asks the brokers for a sign of life until `stop` is dropped; says when they go and come back.
fn probe(
    client: &BaseConsumer<Context>,
    brokers: &str,
    topic: &str,
    ready: &AtomicBool,
    stop: &std::sync::mpsc::Receiver<()>,
) {
    use std::sync::mpsc::RecvTimeoutError::Timeout;
    while stop.recv_timeout(PROBE) == Err(Timeout) {
        let answer = client.fetch_metadata(Some(topic), PROBE);
        let answered = answer.is_ok();
        if ready.swap(answered, Ordering::Relaxed) != answered {
            match answer {
                Ok(_) => info!("Kafka at {brokers} answers again"),
                Err(error) => {
                    let told = client.context().problem().unwrap_or_else(|| error.to_string());
                    warn!("Kafka at {brokers} does not answer: {told}");
                }
            }
        }
        // Serves the client's events; there are no messages.
        drop(client.poll(Duration::ZERO));
    }
}

impl Log for Kafka {
    type Member = KafkaMember;

    async fn join(&self, membership: Membership) -> Result<KafkaMember, LogError> {
        let cluster = self.shared.cluster.clone();
        blocking(move || KafkaMember::start(cluster, membership)).await
    }

    async fn fold<T: Send + 'static>(
        &self,
        scan: Scan,
        start: T,
        mut step: impl FnMut(&mut T, Received) + Send + 'static,
    ) -> Result<T, LogError> {
        let cluster = self.shared.cluster.clone();
        blocking(move || {
            let mut state = start;
            let step = |record| step(&mut state, record);
            read::fold(&cluster.settings, &cluster.partitions, &scan, step)?;
            Ok(state)
        })
        .await
    }

    async fn publish(&self, outputs: Vec<(Topic, Record)>) -> Result<(), LogError> {
        if outputs.is_empty() {
            return Ok(());
        }
        let shared = self.shared.clone();
        blocking(move || Self::publish_now(&shared, outputs)).await
    }

    async fn lag(&self) -> Result<Vec<(String, Topic, u64)>, LogError> {
        let shared = self.shared.clone();
        blocking(move || {
            let Cluster { settings, partitions } = &*shared.cluster;
            let mut lags = shared.lags.lock().unwrap_or_else(PoisonError::into_inner);
            let result = lags.get(settings, partitions);
            if result.is_err() {
                *lags = Lags::default();
            }
            result
        })
        .await
    }

    /// Waits for what is being published; the clients are closed in the background.
    async fn close(&self, limit: Duration) -> Result<(), LogError> {
        let shared = self.shared.clone();
        let closing = blocking(move || {
            drop(shared.publisher.lock().unwrap_or_else(PoisonError::into_inner).take());
            *shared.lags.lock().unwrap_or_else(PoisonError::into_inner) = Lags::default();
            Ok(())
        });
        match tokio::time::timeout(limit, closing).await {
            Ok(result) => result,
            Err(_) => Err(LogError::Transient(format!("Kafka did not answer within {limit:?}"))),
        }
    }
}

fn closed() -> LogError {
    LogError::Fatal("the Kafka client is closed".to_owned())
}

/// Drops a client on a thread of its own: librdkafka may hang in it.
fn retire<T: Send + 'static>(client: T) {
    let thread = std::thread::Builder::new().name("kafka-close".to_owned());
    if let Err(error) = thread.spawn(move || drop(client)) {
        warn!("a Kafka client was closed in place: {error}");
    }
}

/// A text that no other call gives, here or elsewhere.
fn unique() -> String {
    static CALLS: AtomicU64 = AtomicU64::new(0);
    let nanos = chrono::Utc::now().timestamp_nanos_opt().unwrap_or_default();
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    format!("{nanos:x}-{:x}-{call:x}", std::process::id())
}

/// Runs `work`, which waits for the brokers, off the runtime's workers.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, LogError> + Send + 'static,
) -> Result<T, LogError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(closed()),
        },
    }
}
