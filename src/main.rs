//! The command line's entry: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    talentwire::cli::main()
}
