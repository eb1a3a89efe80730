//! Members of consumer groups on Kafka: what the stage holds. The work is done in a thread of the
//! member's own (`worker`).

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{interval, timeout};

use super::Cluster;
use super::beat::Beat;
use super::worker::Worker;
use crate::log::{Event, LogError, Member, Membership, Topic, Unit};

/// Commands that may wait; a member has one at a time, but those nobody waits for any more
/// remain for a moment.
const QUEUE: usize = 64;
/// Longest wait for a member to leave its group; then it is left to the brokers.
const CLOSE: Duration = Duration::from_secs(10);
/// Calls into librdkafka return well within this; one that does not is stuck for good.
const STUCK: Duration = Duration::from_secs(60);
/// How often a waiting stage looks whether the thread is stuck.
const LOOK: Duration = Duration::from_secs(5);

/// What the stage asks of the thread.
pub(super) enum Command {
    /// The next event.
    Next { max: usize, wait: Duration, reply: oneshot::Sender<Result<Event, LogError>> },
    /// Commit this.
    Commit { unit: Unit, reply: oneshot::Sender<Result<(), LogError>> },
    /// Leave the group and end.
    Close { reply: oneshot::Sender<()> },
}

/// What the stage and the thread share.
#[derive(Default)]
pub(super) struct State {
    /// When the thread last gave a sign of life.
    pub(super) beat: Beat,
    owned: Mutex<Vec<i32>>,
    stop: AtomicBool,
}

impl State {
    /// Tells the stage what it owns.
    pub(super) fn own(&self, partitions: Vec<i32>) {
        *self.owned.lock().unwrap_or_else(PoisonError::into_inner) = partitions;
    }

    /// True when the member is closed or dropped.
    pub(super) fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// A member of a consumer group on Kafka.
pub struct KafkaMember {
    cluster: Arc<Cluster>,
    state: Arc<State>,
    commands: SyncSender<Command>,
}

impl KafkaMember {
    pub(super) fn start(cluster: Arc<Cluster>, membership: Membership) -> Result<Self, LogError> {
        let state = Arc::new(State::default());
        let (commands, queue) = sync_channel(QUEUE);
        let mut worker = Worker::new(cluster.clone(), membership.clone(), state.clone());
        worker.start()?;
        state.beat.now();
        std::thread::Builder::new()
            .name(format!("kafka-{}", membership.group))
            .spawn(move || worker.run(&queue))
            .map_err(|error| LogError::Fatal(format!("no thread for a member: {error}")))?;
        Ok(Self { cluster, state, commands })
    }

    fn send(&self, command: Command) -> Result<(), LogError> {
        self.commands.try_send(command).map_err(|error| match error {
            TrySendError::Full(_) => {
                LogError::Transient("the Kafka client is busy with what was asked before".into())
            }
            TrySendError::Disconnected(_) => super::closed(),
        })
    }

    /// Waits for an answer, and gives the thread up for lost where it is stuck in a call.
    async fn answer<T>(
        &self,
        mut answer: oneshot::Receiver<Result<T, LogError>>,
    ) -> Result<T, LogError> {
        let mut look = interval(LOOK);
        loop {
            tokio::select! {
                result = &mut answer => return result.map_err(|_| super::closed())?,
                _ = look.tick() => {
                    if self.state.beat.age() > STUCK {
                        return Err(LogError::Fatal(format!(
                            "the Kafka client did not return from a call for {STUCK:?}; the \
                             process must be started again"
                        )));
                    }
                }
            }
        }
    }
}

impl Member for KafkaMember {
    async fn next(&mut self, max: usize, wait: Duration) -> Result<Event, LogError> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Next { max, wait, reply })?;
        self.answer(answer).await
    }

    async fn commit(&mut self, unit: Unit) -> Result<(), LogError> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Commit { unit, reply })?;
        self.answer(answer).await
    }

    async fn close(self) {
        let (reply, answer) = oneshot::channel();
        self.state.stop.store(true, Ordering::Relaxed);
        if self.send(Command::Close { reply }).is_ok() {
            drop(timeout(CLOSE, answer).await);
        }
    }

    fn assigned(&self) -> Vec<i32> {
        self.state.owned.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn partition_of(&self, topic: Topic, key: &str) -> i32 {
        self.cluster.partitions.of_key(topic, key)
    }
}

impl Drop for KafkaMember {
    fn drop(&mut self) {
        self.state.stop.store(true, Ordering::Relaxed);
    }
}
