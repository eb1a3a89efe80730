//! Tests that need a machine of their own: the test binary runs one of its ignored tests again, in
//! namespaces that only root can make.

use std::path::Path;
use std::process::Command;

use crate::ops::skip;

/// Set inside, to the folder that the outer test has made.
const INSIDE: &str = "TALENTWIRE_TEST_NAMESPACE";

/// Runs the ignored test `name` inside; says SKIPPED where that is not permitted.
pub(crate) fn run_inside(kinds: &[&str], name: &str) {
    let permitted = Command::new("unshare").args(kinds).arg("true").output();
    if !permitted.is_ok_and(|output| output.status.success()) {
        return skip("`unshare` is not permitted; run the tests as root");
    }
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new("unshare")
        .args(kinds)
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", name, "--ignored", "--nocapture"])
        .env(INSIDE, folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

/// The folder of the outer test; `None` outside.
pub(crate) fn folder() -> Option<std::path::PathBuf> {
    std::env::var_os(INSIDE).map(Into::into)
}

/// Runs a program that must succeed.
pub(crate) fn run(program: &str, arguments: &[&str]) {
    let output = Command::new(program).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
}

/// Puts a small disk at a folder.
pub(crate) fn mount_small_disk(at: &Path, mebibytes: u32) {
    let size = format!("size={mebibytes}m");
    run("mount", &["-t", "tmpfs", "-o", &size, "tmpfs", &at.display().to_string()]);
}
