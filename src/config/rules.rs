//! `[rules]`: the texts of companies, people, lexicons and history, from files or the binary.

use super::files::{Files, Loaded};
use super::section::Section;

/// The texts that the engines are built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleTexts {
    /// `companies.toml`.
    pub companies: Loaded,
    /// `people.toml`.
    pub people: Loaded,
    /// `history.toml`.
    pub history: Loaded,
    /// One lexicon for each language.
    pub lexicons: Vec<Loaded>,
}

impl RuleTexts {
    /// The files built into the binary.
    pub fn built_in() -> Self {
        let file = |path: &str| {
            let missing = || Loaded { name: path.to_owned(), text: String::new() };
            Files::BuiltIn.read(path).unwrap_or_else(|_| missing())
        };
        Self {
            companies: file("companies.toml"),
            people: file("people.toml"),
            history: file("history.toml"),
            lexicons: Files::BuiltIn.read_folder("lexicon").unwrap_or_default(),
        }
    }

    /// The files of a folder laid out like `config/`; those that are absent stay as they are here.
    pub fn replaced_by(mut self, folder: &std::path::Path) -> Result<Self, String> {
        let files = Files::Folder(folder.to_owned());
        let texts = &mut self;
        let mut found = false;
        for (path, place) in [
            ("companies.toml", &mut texts.companies),
            ("people.toml", &mut texts.people),
            ("history.toml", &mut texts.history),
        ] {
            if folder.join(path).exists() {
                *place = files.read(path)?;
                found = true;
            }
        }
        if folder.join("lexicon").exists() {
            texts.lexicons = files.read_folder("lexicon")?;
            found = true;
        }
        if found {
            return Ok(self);
        }
        Err(format!(
            "`{}` holds no rules: companies.toml, people.toml, history.toml or lexicon/",
            folder.display()
        ))
    }
}

/// Reads the files that `[rules]` names; the built-in ones stand for those it does not.
pub(super) fn check_rules(section: &Section<'_>, files: &Files) -> RuleTexts {
    let mut texts = RuleTexts::built_in();
    for (key, place) in [
        ("companies", &mut texts.companies),
        ("people", &mut texts.people),
        ("history", &mut texts.history),
    ] {
        match section.text(key).map(|path| files.read(&path)) {
            None => {}
            Some(Ok(loaded)) => *place = loaded,
            Some(Err(what)) => section.problem(key, what),
        }
    }
    match section.text("lexicon").map(|path| files.read_folder(&path)) {
        None => {}
        Some(Ok(loaded)) => texts.lexicons = loaded,
        Some(Err(what)) => section.problem("lexicon", what),
    }
    texts
}
