//! House rules that the compiler does not know: who may import whom, and that every module says
//! what it is for.

use std::path::{Path, PathBuf};

/// The layers of ARCHITECTURE.md, the lowest first. A module imports only from lower layers.
pub(crate) const LAYERS: &[&[&str]] = &[
    &["model"],
    &["extract", "track", "net"],
    &["feed", "log", "notify", "http", "metrics", "telemetry", "shutdown"],
    &["config"],
    &["stage"],
    &["main", "cli", "app", "lib"],
];

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    assert!(found.len() > 30, "only {} source files found", found.len());
    found
}

fn module_of(path: &Path) -> String {
    let below = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = below.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

fn layer_of(module: &str) -> usize {
    LAYERS.iter().position(|layer| layer.contains(&module)).unwrap_or_else(|| {
        panic!("`{module}` has no layer: add it to the table here and in ARCHITECTURE.md")
    })
}

/// Modules that a source names as `crate::module`, also inside `use crate::{a, b::c}`.
fn imports(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for rest in source.split("crate::").skip(1) {
        let list = match rest.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or(""),
            None => rest,
        };
        let items: Vec<&str> =
            if rest.starts_with('{') { list.split(',').collect() } else { vec![list] };
        for item in items {
            let name: String =
                item.trim().chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            if !name.is_empty() {
                found.push(name);
            }
        }
    }
    found
}

#[test]
fn modules_import_only_from_lower_layers() {
    let known: Vec<&str> = LAYERS.iter().copied().flatten().copied().collect();
    let mut wrong = Vec::new();
    for path in sources() {
        let own = module_of(&path);
        let layer = layer_of(&own);
        let source = std::fs::read_to_string(&path).unwrap();
        for other in imports(&source) {
            if other != own
                && known.contains(&other.as_str())
                && layer_of(&other) >= layer
                && layer < 5
            {
                wrong.push(format!("{} imports `{other}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "upward or sideways imports:\n{}", wrong.join("\n"));
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|path| !std::fs::read_to_string(path).unwrap().starts_with("//!"))
        .map(|path| path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "no module documentation:\n{}", silent.join("\n"));
}

#[test]
fn engines_read_no_clock_file_environment_or_socket() {
    let forbidden = [
        "Utc::now",
        "Instant::now",
        "SystemTime",
        "std::fs",
        "std::env::var",
        "std::net",
        "tokio::",
    ];
    let mut wrong = Vec::new();
    for path in sources() {
        if !["extract", "track", "model"].contains(&module_of(&path).as_str()) {
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap_or("");
        for word in forbidden {
            if code.contains(word) {
                wrong.push(format!("{} uses {word}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "impure engines:\n{}", wrong.join("\n"));
}
