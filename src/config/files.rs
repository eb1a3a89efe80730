//! Where configuration files come from: a folder, or the binary itself.

use std::path::{Path, PathBuf};

/// The built-in files, as they stand under `config/`.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("talentwire.toml", include_str!("../../config/talentwire.toml")),
    ("feeds.opml", include_str!("../../config/feeds.opml")),
    ("companies.toml", include_str!("../../config/companies.toml")),
    ("people.toml", include_str!("../../config/people.toml")),
    ("history.toml", include_str!("../../config/history.toml")),
    ("lexicon/en.toml", include_str!("../../config/lexicon/en.toml")),
    ("lexicon/ja.toml", include_str!("../../config/lexicon/ja.toml")),
    ("lexicon/ko.toml", include_str!("../../config/lexicon/ko.toml")),
    ("lexicon/zh.toml", include_str!("../../config/lexicon/zh.toml")),
];

/// A file that was read: the name that a person knows it by, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// For problems.
    pub name: String,
    /// The text.
    pub text: String,
}

/// Where relative paths of a configuration lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Files {
    /// The files of the binary.
    BuiltIn,
    /// A folder.
    Folder(PathBuf),
}

impl Files {
    /// Reads a file; the error says what is wrong with it.
    pub fn read(&self, path: &str) -> Result<Loaded, String> {
        match self {
            Files::BuiltIn => {
                built_in(path).ok_or_else(|| format!("there is no built-in `{path}`"))
            }
            Files::Folder(folder) => read_file(&folder.join(path)),
        }
    }

    /// Reads every `.toml` file of a folder, in order of name.
    pub fn read_folder(&self, path: &str) -> Result<Vec<Loaded>, String> {
        let Files::Folder(folder) = self else {
            let prefix = format!("{path}/");
            return Ok(BUILT_IN
                .iter()
                .filter(|(name, _)| name.starts_with(&prefix))
                .filter_map(|(name, _)| built_in(name))
                .collect());
        };
        let folder = folder.join(path);
        let shown = folder.display();
        let entries = std::fs::read_dir(&folder)
            .map_err(|cause| format!("cannot read the folder `{shown}`: {cause}"))?;
        let mut paths: Vec<PathBuf> = entries
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|end| end == "toml"))
            .collect();
        paths.sort();
        if paths.is_empty() {
            return Err(format!("the folder `{shown}` holds no .toml file, such as en.toml"));
        }
        paths.iter().map(|path| read_file(path)).collect()
    }

    /// Where a relative path leads on disk; `None` for the built-in files.
    pub fn on_disk(&self, path: &str) -> Option<PathBuf> {
        match self {
            Files::BuiltIn => None,
            Files::Folder(folder) => Some(folder.join(path)),
        }
    }
}

/// A built-in file by its path under `config/`.
pub fn built_in(path: &str) -> Option<Loaded> {
    BUILT_IN
        .iter()
        .find(|(name, _)| *name == path)
        .map(|(name, text)| Loaded { name: format!("built-in {name}"), text: (*text).to_owned() })
}

/// Reads a text file; a folder, a missing file and text that is not UTF-8 are named as such.
pub fn read_file(path: &Path) -> Result<Loaded, String> {
    let shown = path.display();
    if path.is_dir() {
        return Err(format!("`{shown}` is a folder; a file is needed here"));
    }
    let bytes = std::fs::read(path).map_err(|cause| format!("cannot read `{shown}`: {cause}"))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Loaded { name: shown.to_string(), text }),
        Err(_) => Err(format!("`{shown}` is not UTF-8 text")),
    }
}
