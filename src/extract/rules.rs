//! The rules of the engine, parsed from files that a person may change.
//!
//! In: the texts of `companies.toml`, `people.toml` and `lexicon/<lang>.toml`. Out: [`Rules`], or
//! every problem with file, line, key and what would be right. No I/O: the caller reads files.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::candidate::Grammar;
use super::company::Gazetteer;
use super::people::People;
use super::{companies_file, en, ja, ko, zh};
use crate::model::Problems;

/// A file's name, as shown in problems, and its text.
pub type NamedText<'a> = (&'a str, &'a str);

/// The texts that rules are parsed from.
#[derive(Debug, Clone)]
pub struct RuleFiles<'a> {
    /// `companies.toml`.
    pub companies: NamedText<'a>,
    /// `people.toml`.
    pub people: NamedText<'a>,
    /// One lexicon for each language.
    pub lexicons: Vec<NamedText<'a>>,
}

impl RuleFiles<'static> {
    /// The files built into the binary.
    pub fn built_in() -> Self {
        Self {
            companies: ("companies.toml", include_str!("../../config/companies.toml")),
            people: ("people.toml", include_str!("../../config/people.toml")),
            lexicons: vec![
                ("lexicon/en.toml", include_str!("../../config/lexicon/en.toml")),
                ("lexicon/ja.toml", include_str!("../../config/lexicon/ja.toml")),
                ("lexicon/ko.toml", include_str!("../../config/lexicon/ko.toml")),
                ("lexicon/zh.toml", include_str!("../../config/lexicon/zh.toml")),
            ],
        }
    }
}

/// Companies, people and the grammar of each language.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The companies, ready to be found.
    pub gazetteer: Arc<Gazetteer>,
    /// Known people.
    pub people: Arc<People>,
    /// Grammars by language.
    pub grammars: BTreeMap<String, Arc<dyn Grammar>>,
}

impl Rules {
    /// Parses all files.
    ///
    /// # Errors
    /// Every problem in every file: file, line, key, what is wrong and what would be right.
    pub fn parse(files: &RuleFiles<'_>) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let gazetteer = companies_file::parse(files.companies, &mut problems);
        let people = match People::parse(files.people.0, files.people.1) {
            Ok(people) => Arc::new(people),
            Err(found) => {
                problems.0.extend(found.0);
                Arc::new(People::default())
            }
        };
        let mut grammars = BTreeMap::new();
        for (file, text) in &files.lexicons {
            match language_of(text) {
                Some(language) => {
                    if let Some(grammar) = grammar(&language, file, text, &people, &mut problems) {
                        grammars.insert(language, grammar);
                    }
                }
                None => problems.add(file, None, "language", "is missing; write language = \"en\""),
            }
        }
        match gazetteer {
            Some(gazetteer) if problems.is_empty() => {
                Ok(Self { gazetteer: Arc::new(gazetteer), people, grammars })
            }
            _ => Err(problems),
        }
    }
}

/// Reads the `language` key; the rest is the business of that language's grammar.
fn language_of(text: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let value = line.trim().strip_prefix("language")?.trim_start().strip_prefix('=')?;
        Some(value.split('#').next()?.trim().trim_matches(['"', '\'']).to_owned())
    })
}

/// The grammar of a language; the one place that knows which languages there are.
fn grammar(
    language: &str,
    file: &str,
    text: &str,
    people: &Arc<People>,
    problems: &mut Problems,
) -> Option<Arc<dyn Grammar>> {
    match language {
        "en" => en::English::parse(file, text, problems).map(|grammar| Arc::new(grammar) as _),
        "ja" => {
            ja::Japanese::parse(file, text, people, problems).map(|grammar| Arc::new(grammar) as _)
        }
        "ko" => {
            ko::Korean::parse(file, text, people, problems).map(|grammar| Arc::new(grammar) as _)
        }
        "zh" => {
            zh::Chinese::parse(file, text, people, problems).map(|grammar| Arc::new(grammar) as _)
        }
        other => {
            let what = format!("no grammar for \"{other}\"; there is one for en, ko, ja and zh");
            problems.add(file, None, "language", what);
            None
        }
    }
}
