//! The embedded log: the contract, and what only a folder can go through.

use talentwire::log::embedded::Embedded;

use crate::log_contract::{Backend, contract};
use crate::support::TempLog;

impl Backend for TempLog {
    type Log = Embedded;

    async fn open(&self) -> Embedded {
        Self::open(self).await
    }
}

contract!(Some(TempLog::new()));
