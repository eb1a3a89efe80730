//! The documentation keeps its word: its commands parse, its configurations pass the check, its
//! links lead somewhere, and ARCHITECTURE.md shows the folders and layers that there are.

use std::path::{Path, PathBuf};

use clap::Parser;
use talentwire::cli::args::Cli;

use crate::layers::LAYERS;

fn pages() -> Vec<(PathBuf, String)> {
    let mut paths: Vec<PathBuf> =
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(PathBuf::from).to_vec();
    paths.extend(std::fs::read_dir("docs").unwrap().map(|entry| entry.unwrap().path()));
    paths.retain(|path| path.extension().is_some_and(|end| end == "md"));
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            (path, text)
        })
        .collect()
}

/// The blocks of a page that are fenced as `lang`, each with the number of its first line.
pub(crate) fn blocks(page: &str, lang: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut inside: Option<bool> = None;
    for (number, line) in page.lines().enumerate() {
        // A block inside a list is indented.
        match (line.trim_start().strip_prefix("```"), inside) {
            (Some(info), None) => {
                inside = Some(info == lang);
                if info == lang {
                    found.push((number + 2, String::new()));
                }
            }
            (Some(_), Some(_)) => inside = None,
            (None, Some(true)) => {
                if let Some((_, text)) = found.last_mut() {
                    text.push_str(line);
                    text.push('\n');
                }
            }
            (None, _) => {}
        }
    }
    found
}

/// Splits a line as a shell does, up to a pipe, a redirection or a comment.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    for c in line.chars() {
        match (c, quote) {
            ('\'' | '"', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            ('|' | '>' | '<' | '#' | '&' | ';', None) => break,
            (' ', None) => words.push(std::mem::take(&mut word)),
            (c, _) => word.push(c),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn every_command_in_the_documentation_parses() {
    let mut count = 0;
    for (path, page) in pages() {
        for (first, block) in blocks(&page, "sh") {
            for (number, line) in block.lines().enumerate() {
                // The part behind a pipe is a command of its own.
                for part in line.split(" | ") {
                    let part = part.replace("cargo run --release -- ", "talentwire ");
                    if part.split(' ').next() != Some("talentwire") {
                        continue;
                    }
                    count += 1;
                    let parsed = Cli::try_parse_from(words(&part));
                    let place = format!("{}:{}: {part}", path.display(), first + number);
                    assert!(parsed.is_ok(), "{place}\n{}", parsed.unwrap_err());
                }
            }
        }
    }
    assert!(count > 30, "only {count} commands found");
}

#[test]
fn every_configuration_in_the_documentation_passes_the_check() {
    use talentwire::config::{Files, check};
    let mut count = 0;
    for (path, page) in pages() {
        for (first, block) in blocks(&page, "toml") {
            count += 1;
            let environment = |_: &str| Some("https://example.org/secret".to_owned());
            let Err(found) = check("page", &block, Files::BuiltIn, &environment) else { continue };
            // Secrets and files of the reader's machine are not here.
            let found: Vec<String> = found.0.iter().map(ToString::to_string).collect();
            let found: Vec<&String> =
                found.iter().filter(|it| !it.contains("there is no built-in `")).collect();
            assert!(found.is_empty(), "{}:{first}: {found:#?}", path.display());
        }
    }
    assert!(count >= 6, "only {count} configurations found");
}

#[test]
fn every_link_in_the_documentation_leads_somewhere() {
    for (path, page) in pages() {
        for link in page.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.starts_with("http") || link.starts_with('#') {
                continue;
            }
            let file = link.split('#').next().unwrap();
            let target = path.parent().unwrap_or(Path::new("")).join(file);
            assert!(target.exists(), "{} links to {link}, which is not there", path.display());
        }
    }
}

#[test]
fn the_architecture_names_every_folder_and_file_at_the_top_of_src() {
    let page = std::fs::read_to_string("ARCHITECTURE.md").unwrap();
    for entry in std::fs::read_dir("src").unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        let shown =
            if entry.path().is_dir() { format!("`src/{name}/`") } else { format!("`src/{name}`") };
        assert!(page.contains(&shown), "ARCHITECTURE.md does not name {shown}");
    }
}

#[test]
fn the_layers_of_the_architecture_are_those_of_the_test() {
    let page = std::fs::read_to_string("ARCHITECTURE.md").unwrap();
    for (number, modules) in LAYERS.iter().enumerate() {
        let row = format!("| {number} | {} |", modules.join(", "));
        assert!(page.contains(&row), "ARCHITECTURE.md has no row `{row}`");
    }
}
