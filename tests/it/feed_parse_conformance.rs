//! The reader agrees with feedparser on feedparser's own test files.
//!
//! They are not part of this project: `TALENTWIRE_FEEDPARSER_SUITE` names a folder with them, or
//! pip fetches them. Python and feedparser say what feedparser reads; chardet is what feedparser
//! detects encodings with, as its own tests expect.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use chrono::{TimeZone as _, Utc};
use serde_json::Value;
use talentwire::feed::{Feed, Hints, html, links, parse};

/// After a failure nobody is made to wait again for so long.
const RETRY_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// Runs a command; true when it succeeded.
fn runs(program: &Path, arguments: &[&str]) -> bool {
    let output = Command::new(program)
        .args(arguments)
        .env("PIP_DISABLE_PIP_VERSION_CHECK", "1")
        .env("PIP_NO_INPUT", "1")
        .output();
    output.is_ok_and(|output| output.status.success())
}

/// A Python with feedparser, and the folder with feedparser's tests; kept under `target/`.
fn suite() -> Option<(PathBuf, PathBuf)> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("feedparser");
    let failed = folder.join("unavailable");
    let modified = std::fs::metadata(&failed).and_then(|it| it.modified());
    if modified.is_ok_and(|at| at.elapsed().is_ok_and(|age| age < RETRY_AFTER)) {
        return None;
    }
    let found = fetched_suite(&folder);
    if found.is_none() {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(failed, "remove this file to try again\n").unwrap();
    }
    found
}

fn fetched_suite(folder: &Path) -> Option<(PathBuf, PathBuf)> {
    let text = |path: &Path| path.display().to_string();
    // Without a network, pip is told to give up at once.
    const PIP: [&str; 7] = ["-m", "pip", "--quiet", "--retries", "0", "--timeout", "5"];
    let python = folder.join("venv/bin/python");
    if !runs(&python, &["-c", "import feedparser, chardet"]) {
        let venv = text(&folder.join("venv"));
        let wanted = ["install", "feedparser==6.0.14", "chardet==5.2.0"];
        let ready = runs(Path::new("python3"), &["-m", "venv", &venv])
            && runs(&python, &[&PIP[..], &wanted].concat());
        ready.then_some(())?;
    }
    if let Some(own) = std::env::var_os("TALENTWIRE_FEEDPARSER_SUITE") {
        return Some((python, own.into()));
    }
    let tests = folder.join("feedparser-6.0.14/tests");
    let archive = folder.join("feedparser-6.0.14.tar.gz");
    let target = text(folder);
    let download = ["download", "--no-binary", ":all:", "--no-deps", "feedparser==6.0.14", "-d"];
    let fetched = tests.exists()
        || (runs(&python, &[&PIP[..], &download, &[&target]].concat())
            && runs(Path::new("tar"), &["xzf", &text(&archive), "-C", &target]));
    fetched.then_some((python, tests))
}

/// What differs between what feedparser says and `feed`, if anything.
fn difference(said: &Value, feed: &Feed, base: &str) -> Option<String> {
    let title = |value: &Value| html::plain(value.as_str().unwrap_or_default());
    let link = |value: &Value| {
        let link = value.as_str().unwrap_or_default().trim();
        let link = if link.is_empty() {
            String::new()
        } else {
            links::resolve(base, link).unwrap_or(link.to_owned())
        };
        links::normalise(&link)
    };
    let entries = said["entries"].as_array().unwrap();
    if entries.len() != feed.entries.len() {
        return Some(format!("{} entries, not {}", feed.entries.len(), entries.len()));
    }
    if title(&said["title"]) != feed.title {
        return Some(format!("feed title {:?}, not {:?}", feed.title, title(&said["title"])));
    }
    entries.iter().zip(&feed.entries).find_map(|(theirs, ours)| {
        let (want, got) = (title(&theirs["title"]), &ours.title);
        if want != *got {
            return Some(format!("title {got:?}, not {want:?}"));
        }
        let (want, got) = (link(&theirs["link"]), ours.link.clone().unwrap_or_default());
        (want != got).then(|| format!("link {got:?}, not {want:?}"))
    })
}

#[test]
fn entries_titles_and_links_are_those_that_feedparser_reads() {
    let Some((python, folder)) = suite() else {
        eprintln!("SKIPPED: python3 with venv and pip, or the network, is missing");
        return;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/feeds/feedparser_says.py");
    let output = Command::new(python).arg(script).arg(&folder).output().unwrap();
    let (mut read, mut differ, mut files) = (0, Vec::new(), 0);
    for said in String::from_utf8(output.stdout).unwrap().lines() {
        let said: Value = serde_json::from_str(said).unwrap();
        let file = said["file"].as_str().unwrap();
        let document = std::fs::read(file).unwrap();
        let base = said["base"].as_str().unwrap_or_default();
        let now = Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap();
        let hints = Hints {
            feed_url: base,
            content_type: said["content_type"].as_str(),
            encoding: None,
            now,
        };
        let ours = parse(&document, &hints);
        assert_ne!(ours.as_ref().err().map(|e| e.label()), Some("parser_panic"), "{file}");
        files += 1;
        if said["read"].as_bool() != Some(true) {
            continue;
        }
        read += 1;
        let difference = match &ours {
            Ok(feed) => difference(&said, feed, base),
            Err(error) => Some(error.to_string()),
        };
        differ.extend(difference.map(|difference| format!("{file}: {difference}")));
    }
    println!(
        "{} of {read} files that feedparser reads differ ({files} files in all)",
        differ.len()
    );
    differ.iter().for_each(|line| println!("{line}"));
    assert!(read > 1_500, "only {read} files in {}", folder.display());
    assert!(differ.len() * 100 <= read, "{} of {read} differ", differ.len());
}
