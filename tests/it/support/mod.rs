//! What several integration tests need.

pub(crate) mod daemon;
pub(crate) mod namespace;
pub(crate) mod site;

use talentwire::log::embedded::{Embedded, Settings};
use tempfile::TempDir;

/// An embedded log in a folder of its own, which is removed when this is dropped.
pub(crate) struct TempLog {
    /// The folder.
    pub(crate) folder: TempDir,
}

impl TempLog {
    /// A folder without a log yet.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// Opens the log; again after the previous one was closed or dropped.
    pub(crate) async fn open(&self) -> Embedded {
        Embedded::open(Settings::at(self.folder.path())).await.unwrap()
    }
}
