//! The man page: one page that has every command, its arguments and options, so that none of them
//! refers to another page.

use std::io::{self, Write};

use clap::{Arg, Command};

/// What stands at the end of the page: sections, each with lines of roff.
const REST: &str = r#".SH "EXIT STATUS"
0 done; 1 failed; 2 usage; 78 bad configuration.
.SH SIGNALS
.TP
SIGHUP
Read the configuration again; a bad one changes nothing and is logged.
.TP
SIGTERM, SIGINT
Finish what is under way within [shutdown] grace and end; a second one ends at once.
.SH ENVIRONMENT
.TP
TALENTWIRE_CONFIG
The configuration file, as \-\-config.
.TP
TALENTWIRE_LOG
Filter of log lines: error, warn, info, debug, or by module.
.TP
TALENTWIRE_LOG_FORMAT
text or json; text on a terminal, else json.
.SH FILES
.TP
/etc/talentwire/talentwire.toml
The configuration where systemd starts it.
.SH "SEE ALSO"
docs/ of the source: getting\-started, configuration, operating, runbooks.
"#;

/// Writes the page.
pub(super) fn render(mut command: Command, out: &mut impl Write) -> io::Result<()> {
    command.build();
    let man = clap_mangen::Man::new(command.clone());
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    man.render_options_section(out)?;
    writeln!(out, ".SH COMMANDS")?;
    for sub in command.get_subcommands() {
        describe(sub, out)?;
    }
    out.write_all(REST.as_bytes())
}

/// A command, its own options, and the commands below it.
fn describe(command: &Command, out: &mut impl Write) -> io::Result<()> {
    if command.get_name() == "help" {
        return Ok(());
    }
    if command.has_subcommands() {
        for sub in command.get_subcommands() {
            describe(sub, out)?;
        }
        return Ok(());
    }
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace('\n', " ");
    writeln!(out, ".SS \"{}\"", roff(&usage).replace('"', "\\(dq"))?;
    let about = command.get_long_about().or(command.get_about());
    writeln!(out, "{}", roff(&about.map(ToString::to_string).unwrap_or_default()))?;
    let own =
        |arg: &&Arg| !arg.is_global_set() && arg.get_id() != "help" && arg.get_id() != "version";
    for arg in command.get_arguments().filter(own) {
        let help = arg.get_long_help().or(arg.get_help());
        let help = help.map(ToString::to_string).unwrap_or_default();
        writeln!(out, ".TP\n\\fB{}\\fR\n{}", roff(&arg.to_string()), roff(&help))?;
    }
    Ok(())
}

/// Text as roff takes it: no line is mistaken for a request.
fn roff(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    let lines = text.lines().map(|line| match line.starts_with(['.', '\'']) {
        true => format!("\\&{line}"),
        false => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}
