//! The real program as a daemon, with a configuration of its own in a temporary folder.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::ops::{Running, free_address, get, wait_for};

/// The daemon; it ends with the test.
pub(crate) struct Daemon {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) address: String,
    running: Running,
}

impl Daemon {
    /// Starts all stages with this configuration behind `[log]` and `[http]`.
    pub(crate) fn start(text: &str) -> Self {
        Self::start_with(text, |command| command)
    }

    /// Starts it with more arguments or another environment.
    pub(crate) fn start_with(text: &str, more: impl FnOnce(&mut Command) -> &mut Command) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), text, more)
    }

    /// Starts it in a folder that is prepared.
    pub(crate) fn start_in(
        folder: tempfile::TempDir,
        text: &str,
        more: impl FnOnce(&mut Command) -> &mut Command,
    ) -> Self {
        let address = free_address();
        write(folder.path(), &address, text);
        let running = spawn(folder.path(), more);
        let daemon = Self { folder, address, running };
        daemon.is_ready();
        daemon
    }

    /// Stops it and starts it again on the same log.
    pub(crate) fn restart_with(
        &mut self,
        text: &str,
        more: impl FnOnce(&mut Command) -> &mut Command,
    ) {
        assert!(self.stop().success(), "{}", self.log());
        self.configure(text);
        self.running = spawn(self.folder.path(), more);
        self.is_ready();
    }

    fn is_ready(&self) {
        wait_for("the daemon", || get(&self.address, "/readyz"));
    }

    /// Replaces the configuration as an editor does: the daemon sees the old file or the new one.
    pub(crate) fn configure(&self, text: &str) {
        write(self.folder.path(), &self.address, text);
    }

    /// The configuration file.
    pub(crate) fn config(&self) -> PathBuf {
        config(self.folder.path())
    }

    pub(crate) fn signal(&self, name: &str) {
        let id = self.running.0.id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
    }

    /// Asks it to end, and waits until it has.
    pub(crate) fn stop(&mut self) -> ExitStatus {
        self.signal("-TERM");
        self.running.0.wait().unwrap()
    }

    /// Waits until it has ended by itself, cleanly; what it logged.
    pub(crate) fn ended(&mut self) -> String {
        let status = self.running.0.wait().unwrap();
        let log = self.log();
        assert!(status.success(), "{status}: {log}");
        log
    }

    /// Waits until a line of the metrics is there.
    pub(crate) fn shows(&self, line: &str) {
        wait_for(line, || {
            get(&self.address, "/metrics").filter(|page| page.lines().any(|it| it == line))
        });
    }

    /// The value of a series; 0 where it is not there.
    pub(crate) fn value(&self, series: &str) -> f64 {
        let page = get(&self.address, "/metrics").unwrap_or_default();
        let found = page.lines().find_map(|line| line.strip_prefix(series)?.trim().parse().ok());
        found.unwrap_or(0.0)
    }

    /// Everything it has logged.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("stderr")).unwrap()
    }

    /// Process id.
    pub(crate) fn id(&self) -> u32 {
        self.running.0.id()
    }
}

fn config(folder: &Path) -> PathBuf {
    folder.join("talentwire.toml")
}

fn spawn(folder: &Path, more: impl FnOnce(&mut Command) -> &mut Command) -> Running {
    let log = std::fs::File::options().create(true).append(true).open(folder.join("stderr"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_talentwire"));
    command.arg("run").arg("-c").arg(config(folder)).env("TALENTWIRE_LOG_FORMAT", "json");
    command.stdout(Stdio::null()).stderr(log.unwrap());
    Running(more(&mut command).spawn().unwrap())
}

fn write(folder: &Path, address: &str, text: &str) {
    let data = folder.join("data").display().to_string();
    let text = format!("[log]\npath = {data:?}\n[http]\nlisten = {address:?}\n{text}");
    std::fs::write(folder.join("new"), text).unwrap();
    std::fs::rename(folder.join("new"), config(folder)).unwrap();
}
