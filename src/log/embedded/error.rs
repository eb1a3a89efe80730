//! What can go wrong in the folder of the embedded log, in words that say what to do.

use std::path::Path;

use rusqlite::ErrorCode;

use crate::log::LogError;

/// A failure before the folder is named in it.
#[derive(Debug)]
pub(super) enum Failure {
    /// SQLite refused.
    Sqlite(rusqlite::Error),
    /// The tables are of a version that this program does not know.
    Version {
        /// Version of the file.
        found: i32,
        /// Version of this program.
        known: i32,
    },
    /// An SQLite file of another program.
    NotOurs,
    /// Headers of a record that cannot be read.
    Headers,
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl Failure {
    /// Names the folder and decides whether trying again can help.
    pub(super) fn at(&self, folder: &Path) -> LogError {
        let folder = folder.display();
        match self {
            Self::Sqlite(error) => sqlite(error, &folder.to_string()),
            Self::Version { found, known } => LogError::Fatal(format!(
                "the log in {folder} has version {found}, this talentwire knows version {known}: \
                 run the version of talentwire that wrote it, or a newer one"
            )),
            Self::NotOurs => LogError::Fatal(format!(
                "{folder}/log.db belongs to another program: choose another [log] path"
            )),
            Self::Headers => LogError::Fatal(damaged(&folder.to_string())),
        }
    }
}

fn damaged(folder: &str) -> String {
    format!(
        "{folder}/log.db is damaged: move the folder away and put back a copy of it, or start \
         with an empty folder"
    )
}

fn sqlite(error: &rusqlite::Error, folder: &str) -> LogError {
    let Some(code) = error.sqlite_error_code() else {
        return LogError::Fatal(format!("the log in {folder} cannot be read: {error}"));
    };
    match code {
        ErrorCode::DiskFull => LogError::Transient(format!(
            "the disk that holds {folder} is full: nothing was written; free some space, it is \
             tried again"
        )),
        ErrorCode::SystemIoFailure | ErrorCode::OutOfMemory => {
            LogError::Transient(format!("reading or writing {folder}/log.db failed: {error}"))
        }
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => LogError::Transient(format!(
            "{folder}/log.db is locked by another program: end it, it is tried again"
        )),
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => LogError::Fatal(format!(
            "{folder} is read-only: give the user that runs talentwire the right to write there, \
             or choose another [log] path"
        )),
        ErrorCode::CannotOpen => LogError::Fatal(format!(
            "{folder}/log.db cannot be opened: the folder must exist and be readable and writable"
        )),
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => LogError::Fatal(damaged(folder)),
        ErrorCode::TooBig => {
            LogError::Fatal(format!("a record is too large for {folder}: {error}"))
        }
        _ => LogError::Fatal(format!("the log in {folder} failed: {error}")),
    }
}
