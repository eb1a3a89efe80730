//! Feed documents become articles, whatever is wrong with them.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeZone as _, Utc};
use talentwire::feed::{Hints, Seen, parse, read};

/// The shared data, where it is present.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not here", path.display());
    None
}

/// The files of an archive, by name, unpacked with `tar` into a folder that is dropped at the end.
pub(crate) fn unpack(archive: &Path) -> Vec<(String, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    let status = std::process::Command::new("tar")
        .arg("xJf")
        .arg(archive)
        .arg("-C")
        .arg(folder.path())
        .status()
        .unwrap();
    assert!(status.success());
    let mut files = Vec::new();
    let mut folders = vec![folder.path().to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                folders.push(entry.path());
                continue;
            }
            let mut bytes = Vec::new();
            std::fs::File::open(entry.path()).unwrap().read_to_end(&mut bytes).unwrap();
            let name = entry.path().strip_prefix(folder.path()).unwrap().display().to_string();
            files.push((name, bytes));
        }
    }
    files.sort();
    files
}

pub(crate) fn hints(now: DateTime<Utc>) -> Hints<'static> {
    Hints { feed_url: "https://feeds.example/rss", content_type: None, encoding: None, now }
}

#[test]
fn every_real_feed_is_read() {
    let Some(archive) = shared("feeds.tar.xz") else { return };
    let now = Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap();
    let mut feeds = 0;
    for (name, document) in unpack(&archive).into_iter().filter(|(name, _)| name.ends_with(".xml"))
    {
        let feed = parse(&document, &hints(now)).unwrap_or_else(|error| panic!("{name}: {error}"));
        for entry in &feed.entries {
            assert!(!entry.title.is_empty(), "{name}: {entry:?}");
            assert!(
                entry.link.as_deref().is_some_and(|link| link.starts_with("http")),
                "{name}: {entry:?}"
            );
            assert!(entry.raw_date.is_none() || entry.published.is_some(), "{name}: {entry:?}");
        }
        feeds += 1;
    }
    assert!(feeds >= 55, "only {feeds} feeds");
}

#[test]
fn feed_histories_give_exactly_the_articles_that_a_person_counts() {
    let Some(folder) = shared("feed-history") else { return };
    let expected: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("expected.json")).unwrap()).unwrap();
    for (name, want) in expected.as_object().unwrap() {
        let snapshots = unpack(&folder.join(format!("{name}.tar.xz")));
        assert_eq!(snapshots.len() as u64, want["snapshots"].as_u64().unwrap());
        let (mut seen, mut articles, mut edits) = (Seen::default(), Vec::new(), 0);
        for (name, document) in &snapshots {
            let stamp = name.rsplit('-').next().unwrap().trim_end_matches(".xml").parse().unwrap();
            let hints = hints(DateTime::from_timestamp(stamp, 0).unwrap());
            // A restart between any two polls changes nothing.
            let stored = serde_json::to_string(&seen).unwrap();
            seen = serde_json::from_str(&stored).unwrap();
            let reading = read(document, &hints, &mut seen).unwrap();
            articles.extend(reading.new.into_iter().map(|article| article.id));
            edits += reading.edited.len();
        }
        println!("{name}: {} articles, {edits} edits, {} remembered", articles.len(), seen.len());
        let count = articles.len();
        articles.sort();
        articles.dedup();
        assert_eq!(articles.len(), count, "{name}: an id came twice");
        assert_eq!(count as u64, want["articles"].as_u64().unwrap(), "{name}");
    }
}
