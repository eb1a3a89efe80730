//! `--watch-config`: notices that a file changed, by its time and size.
//!
//! Looking every few seconds works where events do not: mounted config maps, network folders. A
//! file counts as changed only when two looks in a row agree, so that one that is being written
//! is not read half-way.

use std::path::PathBuf;
use std::time::SystemTime;

type Stamp = Vec<(PathBuf, Option<(SystemTime, u64)>)>;

/// The files and how they looked last.
pub(super) struct Watched {
    roots: Vec<PathBuf>,
    loaded: Stamp,
    last: Stamp,
}

impl Watched {
    /// Watches files, and the files in folders.
    pub(super) fn new(roots: &[PathBuf]) -> Self {
        let now = stamp(roots);
        Self { roots: roots.to_vec(), loaded: now.clone(), last: now }
    }

    /// True once after a change that has settled.
    pub(super) fn changed(&mut self) -> bool {
        if self.roots.is_empty() {
            return false;
        }
        let now = stamp(&self.roots);
        let settled = now == self.last;
        self.last.clone_from(&now);
        if settled && now != self.loaded {
            self.loaded = now;
            return true;
        }
        false
    }
}

fn stamp(roots: &[PathBuf]) -> Stamp {
    let mut files = Vec::new();
    for root in roots {
        match std::fs::read_dir(root) {
            Ok(entries) => files.extend(entries.filter_map(Result::ok).map(|entry| entry.path())),
            Err(_) => files.push(root.clone()),
        }
    }
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let looks = std::fs::metadata(&path).ok();
            let looks = looks.and_then(|meta| Some((meta.modified().ok()?, meta.len())));
            (path, looks)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_counts_once_and_only_when_it_has_settled() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.toml");
        std::fs::write(&file, "x").unwrap();
        let mut watched = Watched::new(&[folder.path().to_owned()]);
        assert!(!watched.changed());
        std::fs::write(&file, "xy").unwrap();
        assert!(!watched.changed(), "seen once: it may still be being written");
        assert!(watched.changed());
        assert!(!watched.changed());
        std::fs::write(folder.path().join("b.toml"), "new").unwrap();
        assert!(!watched.changed());
        assert!(watched.changed());
    }
}
