//! The log as the command line sees it: read beside the running daemon.

use std::time::Duration;

use crate::config::LogSettings;
use crate::log::kafka::{self, Kafka};
use crate::log::{Log, LogError, Received, Record, Scan, Topic, embedded};

/// How long the brokers may take. The daemon waits for them as long as it must; whoever typed a
/// command wants to know.
const PATIENCE: Duration = Duration::from_secs(15);

/// Reaches the brokers.
///
/// # Errors
/// When none answers in time, or what they answer is wrong for good.
pub async fn reach(settings: &kafka::Settings) -> Result<Kafka, LogError> {
    let connecting = Kafka::connect(settings.clone());
    tokio::time::timeout(PATIENCE, connecting).await.unwrap_or_else(|_| {
        let brokers = &settings.brokers;
        Err(LogError::Transient(format!("no broker at {brokers} answered within {PATIENCE:?}")))
    })
}

/// A log that is open for reading.
pub enum ReadLog {
    /// The folder of the embedded log.
    Embedded(embedded::Reader),
    /// The brokers.
    Kafka(Kafka),
}

impl ReadLog {
    /// Opens it.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub async fn open(settings: &LogSettings) -> Result<Self, LogError> {
        match settings {
            LogSettings::Embedded(settings) => {
                Ok(Self::Embedded(embedded::open_reader(settings.path.clone()).await?))
            }
            LogSettings::Kafka(settings) => Ok(Self::Kafka(reach(settings).await?)),
        }
    }

    /// Folds over records, as [`crate::log::Log::fold`] does.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn fold<T: Send + 'static>(
        &self,
        scan: Scan,
        start: T,
        step: impl FnMut(&mut T, Received) + Send + 'static,
    ) -> Result<T, LogError> {
        match self {
            Self::Embedded(reader) => reader.fold(scan, start, step).await,
            Self::Kafka(log) => log.fold(scan, start, step).await,
        }
    }
}

/// Hands records to the log: to the running daemon, or straight into it where none runs.
///
/// # Errors
/// When neither is possible.
pub async fn submit(settings: &LogSettings, outputs: Vec<(Topic, Record)>) -> Result<(), LogError> {
    match settings {
        LogSettings::Embedded(settings) => {
            embedded::submit(settings.path.clone(), outputs).await.map(|_| ())
        }
        LogSettings::Kafka(settings) => reach(settings).await?.publish(outputs).await,
    }
}
