//! One process at a time may write in a folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::log::LogError;

/// How long a process that is just ending is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// What came of asking for the lock.
pub(super) enum Taken {
    /// It is ours until the file is dropped.
    Ours(File),
    /// Another process has it.
    Other(Holder),
}

/// Who has the folder open, as far as its lock file says.
pub(super) struct Holder(Option<u32>);

impl Holder {
    /// Says who, where, and what to do.
    pub(super) fn refuse(&self, folder: &Path) -> LogError {
        let who = match self.0 {
            Some(process) => format!("process {process}"),
            None => "another process".to_owned(),
        };
        LogError::Fatal(format!(
            "the folder {} is open in {who}: only one talentwire can run on it; stop that one, or \
             choose another [log] path",
            folder.display()
        ))
    }

    /// Its process id, where the lock file tells.
    pub(super) fn process(&self) -> Option<u32> {
        self.0
    }
}

fn file(folder: &Path) -> PathBuf {
    folder.join("lock")
}

/// Takes the lock of `folder`, waiting a moment where it is held and `patient`.
pub(super) fn take(folder: &Path, patient: bool) -> std::io::Result<Taken> {
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(file(folder))?;
    let until = Instant::now() + PATIENCE;
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if patient && Instant::now() < until => {
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                file.read_to_string(&mut text)?;
                return Ok(Taken::Other(Holder(text.trim().parse().ok())));
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    // Only for the message above: the lock itself is the file system's, and ends with the process.
    // A full disk is no reason not to start.
    sign(&mut file).ok();
    Ok(Taken::Ours(file))
}

fn sign(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

/// Returns who has `folder` open for writing; `None` where nobody has.
pub(super) fn holder(folder: &Path) -> std::io::Result<Option<Holder>> {
    let mut file = match File::open(file(folder)) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    match file.try_lock_shared() {
        Ok(()) => Ok(None),
        Err(TryLockError::WouldBlock) => {
            let mut text = String::new();
            file.read_to_string(&mut text)?;
            Ok(Some(Holder(text.trim().parse().ok())))
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}
