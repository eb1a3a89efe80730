//! What other processes do with a log that a daemon may have open: read it, hand it records, ask
//! who has it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::reader::Readers;
use super::{Embedded, Opened, Settings, blocking, inbox, lock, schema};
use crate::log::{Log, LogError, Received, Record, Scan, Topic};

/// The embedded log, open for reading only: sees what is committed, beside a running daemon or
/// without one.
#[derive(Clone)]
pub struct Reader {
    readers: Arc<Readers>,
}

/// Opens the log in `folder` for reading.
///
/// # Errors
/// [`LogError::Fatal`] when there is no log in the folder or it cannot be read.
pub async fn open_reader(folder: impl Into<PathBuf>) -> Result<Reader, LogError> {
    let folder = folder.into();
    blocking(move || {
        exists(&folder)?;
        Ok(Reader { readers: Arc::new(Readers::open(&folder)?) })
    })
    .await
}

/// Refuses a folder without a log: a misspelt path must not look like an empty log.
fn exists(folder: &Path) -> Result<(), LogError> {
    // A relative path goes by the folder that the command runs in, which is easily another one.
    let shown = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let shown = shown.display();
    let what = match schema::file(folder).metadata() {
        Ok(file) if file.is_file() => return Ok(()),
        Err(cause) if cause.kind() == std::io::ErrorKind::PermissionDenied => {
            format!("the log in {shown} cannot be read: {cause}; run as the user of the daemon")
        }
        _ => {
            format!("there is no log in {shown}: start `talentwire run` with this [log] path first")
        }
    };
    Err(LogError::Fatal(what))
}

impl Reader {
    /// As [`Log::fold`].
    ///
    /// # Errors
    /// As [`Log::fold`].
    pub async fn fold<T: Send + 'static>(
        &self,
        scan: Scan,
        start: T,
        step: impl FnMut(&mut T, Received) + Send + 'static,
    ) -> Result<T, LogError> {
        super::fold(self.readers.clone(), scan, start, step).await
    }

    /// As [`Log::lag`].
    ///
    /// # Errors
    /// As [`Log::lag`].
    pub async fn lag(&self) -> Result<Vec<(String, Topic, u64)>, LogError> {
        super::lag(self.readers.clone()).await
    }
}

/// What became of submitted records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Submitted {
    /// They are on the log.
    Published,
    /// The process that has the log open publishes them within a few seconds.
    Queued,
}

/// Publishes records from outside of the daemon: itself where the log in `folder` is not open
/// elsewhere, else through the process that has it open. All or nothing, exactly once.
///
/// # Errors
/// [`LogError::Fatal`] when there is no log in the folder or it cannot be written,
/// [`LogError::Transient`] when the disk is full.
pub async fn submit(
    folder: impl Into<PathBuf>,
    outputs: Vec<(Topic, Record)>,
) -> Result<Submitted, LogError> {
    let settings = Settings::at(folder);
    let path = settings.path.clone();
    let opened = blocking(move || {
        exists(&settings.path)?;
        Embedded::try_open(&settings, false)
    })
    .await?;
    match opened {
        Opened::Ours(log) => {
            log.publish(outputs).await?;
            log.close(Duration::from_secs(10)).await?;
            Ok(Submitted::Published)
        }
        Opened::Other(_) => {
            blocking(move || {
                inbox::put(&path, outputs)
                    .map(|()| Submitted::Queued)
                    .map_err(|error| inbox::failure(&path, &error))
            })
            .await
        }
    }
}

/// Returns the process that has the log in `folder` open for writing: `None` where nobody has,
/// `Some(None)` where its number is not known.
///
/// # Errors
/// [`LogError::Fatal`] when the folder cannot be read.
pub fn holder(folder: &Path) -> Result<Option<Option<u32>>, LogError> {
    match lock::holder(folder) {
        Ok(holder) => Ok(holder.map(|holder| holder.process())),
        Err(error) => Err(LogError::Fatal(format!("cannot read {}: {error}", folder.display()))),
    }
}
