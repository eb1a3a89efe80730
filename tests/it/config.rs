//! Configuration: each fault is named with its line and key and what would be right, all faults at
//! once, and no secret shows. One file a fault under tests/data/config; `TALENTWIRE_UPDATE=1`
//! writes the expected problems anew, to be read before they are committed.

use std::path::{Path, PathBuf};

use talentwire::cli::generate::config_reference;
use talentwire::config::keys::SECTIONS;
use talentwire::config::{self, Files};
use talentwire::model::Problem;

/// Relative, so that messages name the same path on every machine; tests run in the top folder.
const FOLDER: &str = "tests/data/config";

pub(crate) fn problems(text: &str) -> Vec<Problem> {
    let files = Files::Folder(PathBuf::from(FOLDER));
    match config::check("talentwire.toml", text, files, &|_| None) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.0,
    }
}

fn cases() -> Vec<(String, String)> {
    let mut cases: Vec<(String, String)> = std::fs::read_dir(FOLDER)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    cases.sort();
    assert!(cases.len() > 30, "only {} cases found", cases.len());
    cases
}

/// Holds `found` against a committed file, or writes the file where `TALENTWIRE_UPDATE` is set.
pub(crate) fn equals_file(path: &Path, found: &str) -> Result<(), String> {
    if std::env::var_os("TALENTWIRE_UPDATE").is_some() {
        std::fs::write(path, found).unwrap();
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    if expected == found {
        return Ok(());
    }
    Err(format!("{}:\n--- expected\n{expected}--- found\n{found}", path.display()))
}

#[test]
fn every_fault_is_named_with_its_line_its_key_and_what_would_be_right() {
    let mut wrong = Vec::new();
    for (name, text) in cases() {
        let found: String = problems(&text).iter().map(|problem| format!("{problem}\n")).collect();
        assert!(!found.is_empty(), "{name}.toml was accepted");
        let path = Path::new(FOLDER).join(format!("{name}.txt"));
        wrong.extend(equals_file(&path, &found).err());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_with_one_fault_gives_one_problem() {
    for (name, text) in cases() {
        if name != "many-faults" {
            let found = problems(&text);
            assert_eq!(found.len(), 1, "{name}.toml: {found:#?}");
        }
    }
}

#[test]
fn all_faults_of_a_file_are_reported_at_once() {
    let text = std::fs::read_to_string(format!("{FOLDER}/many-faults.toml")).unwrap();
    let mut found: Vec<(Option<usize>, String)> =
        problems(&text).into_iter().map(|problem| (problem.line, problem.key)).collect();
    found.sort();
    let expected = [
        (3, "poll.intervall"),
        (4, "poll.timeout"),
        (8, "feed[1].interval"),
        (13, "receiver[1].url"),
        (16, "route[1].receiver"),
    ];
    let expected = expected.map(|(line, key)| (Some(line), key.to_owned()));
    assert_eq!(found, expected);
}

#[test]
fn no_secret_shows_in_a_problem() {
    for (name, text) in cases() {
        for problem in problems(&text) {
            assert!(!problem.to_string().contains("very-secret"), "{name}.toml: {problem}");
        }
    }
}

#[test]
fn a_folder_where_the_file_should_be_is_named_as_such() {
    let Err(found) = config::load(Some(Path::new(FOLDER)), &|_| None) else {
        panic!("a folder was read as a configuration")
    };
    assert!(found.to_string().contains("is a folder; a file is needed here"), "{found}");
}

#[test]
fn the_built_in_configuration_is_fine() {
    let found = config::load(None, &|_| None);
    assert!(found.is_ok(), "{}", found.err().unwrap_or_default());
}

#[test]
fn the_commented_file_mentions_every_key() {
    let text = include_str!("../../config/talentwire.toml");
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    let keys = SECTIONS.iter().flat_map(|(section, groups)| {
        groups.iter().copied().flatten().map(move |key| (*section, key.name))
    });
    let missing: Vec<String> = keys
        .filter(|(_, key)| !words.contains(key))
        .map(|(section, key)| format!("{section} {key}"))
        .collect();
    assert!(missing.is_empty(), "config/talentwire.toml does not mention {missing:?}");
}

#[test]
fn the_committed_reference_is_what_the_checks_go_by() {
    let done = equals_file(Path::new("docs/configuration.md"), &config_reference());
    assert!(done.is_ok(), "run `talentwire generate config-reference >docs/configuration.md`");
}

#[test]
fn the_configuration_of_the_compose_file_is_fine() {
    let path = "deploy/kafka/talentwire.toml";
    let text = std::fs::read_to_string(path).unwrap();
    // In its container the feeds lie beside the file.
    let found = config::check(path, &text, Files::BuiltIn, &|_| None);
    assert!(found.is_ok(), "{}", found.err().unwrap_or_default());
}
