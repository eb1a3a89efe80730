//! The reader agrees with feedparser on feedparser's own test files.
//!
//! They are not part of this project: `TALENTWIRE_FEEDPARSER_SUITE` names a folder with them, or
//! pip fetches them. Python and feedparser say what feedparser reads; chardet is what feedparser
//! detects encodings with, as its own tests expect.

use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{TimeZone as _, Utc};
use serde_json::Value;
use talentwire::feed::{Feed, Hints, html, links, parse};

/// Runs a command; true when it succeeded.
fn runs(program: &Path, arguments: &[&str]) -> bool {
    let output = Command::new(program).args(arguments).output();
    output.is_ok_and(|output| output.status.success())
}

/// A Python with feedparser, and the folder with feedparser's tests.
fn suite() -> Option<(PathBuf, PathBuf)> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("feedparser");
    let python = folder.join("venv/bin/python");
    let text = |path: &Path| path.display().to_string();
    if !runs(&python, &["-c", "import feedparser, chardet"]) {
        let ready = runs(Path::new("python3"), &["-m", "venv", &text(&folder.join("venv"))])
            && runs(
                &python,
                &["-m", "pip", "install", "--quiet", "feedparser==6.0.14", "chardet==5.2.0"],
            );
        ready.then_some(())?;
    }
    if let Some(own) = std::env::var_os("TALENTWIRE_FEEDPARSER_SUITE") {
        return Some((python, own.into()));
    }
    let tests = folder.join("feedparser-6.0.14/tests");
    let wanted = [
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-binary",
        ":all:",
        "--no-deps",
        "feedparser==6.0.14",
        "-d",
    ];
    let archive = folder.join("feedparser-6.0.14.tar.gz");
    let fetched = tests.exists()
        || (runs(&python, &[&wanted[..], &[&text(&folder)]].concat())
            && runs(Path::new("tar"), &["xzf", &text(&archive), "-C", &text(&folder)]));
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
        eprintln!("skipped: neither TALENTWIRE_FEEDPARSER_SUITE nor pip gives feedparser's tests");
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
