//! `talentwire generate`: the configuration reference, the man page, shell completions.

mod man;

use std::fmt::Write as _;
use std::io::{self, Write};

use clap::CommandFactory;

use super::args::{Cli, GenerateCommand};
use crate::config::duration::format as format_duration;
use crate::config::keys::{Key, Kind, SECTIONS};

/// Writes what was asked for.
///
/// # Errors
/// When the output cannot be written.
pub fn run(command: &GenerateCommand, out: &mut impl Write) -> io::Result<()> {
    match command {
        GenerateCommand::ConfigReference => out.write_all(config_reference().as_bytes()),
        GenerateCommand::Man => man::render(Cli::command(), out),
        GenerateCommand::Completions { shell } => {
            // clap_complete panics where it cannot write, so it writes into memory.
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "talentwire", &mut script);
            out.write_all(&script)
        }
    }
}

/// The configuration reference in Markdown, made from the keys that the checks use.
pub fn config_reference() -> String {
    let mut page = String::from(
        "# Configuration reference\n\n\
         <!-- made by `talentwire generate config-reference`; do not edit -->\n\n\
         One TOML file. Unknown keys are errors, all problems are reported at once. Durations are \
         written `200ms`, `30s`, `5m`, `48h`, `7d`. Paths are relative to the file, except \
         `log.path`, which is relative to the working directory. Every secret can be given as \
         `key`, `key_file` or `key_env`.\n",
    );
    for (name, groups) in SECTIONS {
        // Writing to a String cannot fail.
        let _ignored = write!(
            page,
            "\n## `{name}`\n\n| key | value | default | meaning |\n|---|---|---|---|\n"
        );
        for key in groups.iter().copied().flatten() {
            page.push_str(&row(key));
        }
    }
    page
}

fn row(key: &Key) -> String {
    let default = match (key.default, key.kind) {
        (None | Some(""), _) => String::new(),
        (Some(value), Kind::Bool | Kind::Integer(..) | Kind::Number(..)) => format!("`{value}`"),
        (Some(value), _) => format!("`\"{value}\"`"),
    };
    format!("| `{}` | {} | {default} | {} |\n", key.name, kind(key.kind), key.doc)
}

fn kind(kind: Kind) -> String {
    let words = |list: &[&str]| {
        list.iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(", ")
    };
    let time = |millis| format_duration(std::time::Duration::from_millis(millis));
    match kind {
        Kind::Text => "text".to_owned(),
        Kind::Texts => "list of texts".to_owned(),
        Kind::Bool => "`true`, `false`".to_owned(),
        Kind::Integer(min, max) => format!("{min} to {max}"),
        Kind::Number(min, max) => format!("{min} to {max}"),
        Kind::Duration(min, max) => format!("{} to {}", time(min), time(max)),
        Kind::OneOf(list) => words(list),
        Kind::SomeOf(list) => format!("list of {}", words(list)),
        Kind::Table => "table".to_owned(),
    }
}
