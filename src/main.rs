//! The command line's entry.

use std::process::ExitCode;

use talentwire::cli::tag;
use talentwire::extract::{Extractor, RuleFiles, Rules};

fn main() -> ExitCode {
    let rules = match Rules::parse(&RuleFiles::built_in()) {
        Ok(rules) => rules,
        Err(problems) => {
            eprintln!("{problems}");
            return ExitCode::from(78);
        }
    };
    let done = Extractor::new(&rules).map_err(|error| error.to_string()).and_then(|extractor| {
        let mut output = std::io::BufWriter::new(std::io::stdout().lock());
        tag::run(&extractor, chrono::Utc::now(), std::io::stdin().lock(), &mut output)
            .map_err(|error| error.to_string())
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
