//! Log lines: text on a terminal, JSON otherwise; always on standard error.
//!
//! `TALENTWIRE_LOG` filters them (the syntax of `tracing_subscriber::EnvFilter`, default `info`);
//! `TALENTWIRE_LOG_FORMAT` is `text` or `json`. Whatever a feed or a receiver wrote, it is spelled
//! out where it could break a line, colour a terminal or turn the text around: see `plain`.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Stderr, Write};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// For collectors: one JSON object a line.
    Json,
}

impl Format {
    /// What `TALENTWIRE_LOG_FORMAT` says, or else by whether standard error is a terminal.
    pub fn choose(asked: Option<&str>) -> Self {
        match asked {
            Some("json") => Format::Json,
            Some("text") => Format::Text,
            _ if std::io::stderr().is_terminal() => Format::Text,
            _ => Format::Json,
        }
    }
}

/// Starts logging; a second call changes nothing. `filter` is an `EnvFilter`; an unreadable one
/// counts as `info`.
pub fn start(format: Format, filter: &str) {
    // What it says comes back as an error as well, which is told where it is handled.
    let filter = format!("rustls_platform_verifier=off,{filter}");
    let (filter, unread) = match EnvFilter::try_new(filter) {
        Ok(filter) => (filter, None),
        Err(cause) => (EnvFilter::new("info"), Some(cause)),
    };
    let colours = format == Format::Text && coloured(&io::stderr());
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(Lines { colours });
    let started = match format {
        Format::Json => builder.json().flatten_event(true).with_current_span(false).try_init(),
        Format::Text => builder.with_ansi(colours).with_target(false).try_init(),
    };
    if started.is_err() {
        tracing::debug!("logging was started before");
    }
    if let Some(cause) = unread {
        tracing::warn!("TALENTWIRE_LOG cannot be read, `info` stands for it: {cause}");
    }
}

/// True where colours help: on a terminal whose user did not ask for none
/// (<https://no-color.org>).
pub fn coloured(to: &impl IsTerminal) -> bool {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    to.is_terminal() && !unwanted
}

/// Standard error, one plain line an event.
#[derive(Debug, Clone, Copy)]
struct Lines {
    /// True where the formatter itself writes colours. Those of others it spells out then.
    colours: bool,
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line { to: io::stderr(), colours: self.colours }
    }
}

/// The formatter hands over each event in one piece.
struct Line {
    to: Stderr,
    colours: bool,
}

impl Write for Line {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        match std::str::from_utf8(event) {
            Ok(text) => self.to.write_all(plain(text, self.colours).as_bytes())?,
            Err(_) => self.to.write_all(event)?,
        }
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Spells out, as JSON does, whatever would break the line before its end, steer a terminal, or
/// turn the direction of the text.
fn plain(event: &str, colours: bool) -> Cow<'_, str> {
    let (line, end) = match event.strip_suffix('\n') {
        Some(line) => (line, "\n"),
        None => (event, ""),
    };
    let steers = |c: char| match c {
        '\t' => false,
        '\u{1b}' => !colours,
        '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        c => c.is_control(),
    };
    if !line.contains(steers) {
        return Cow::Borrowed(event);
    }
    let mut out = String::with_capacity(event.len() + 16);
    for c in line.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c if steers(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    Cow::Owned(out + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_a_line_or_steers_a_terminal() {
        let hostile = "`x`: a\nb\rc \u{1b}[31mred\u{9b}0m \u{202e}dne \u{2028}z\n";
        let line = plain(hostile, false);
        assert_eq!(line, "`x`: a\\nb\\rc \\u001b[31mred\\u009b0m \\u202edne \\u2028z\n");
        assert_eq!(plain("\u{1b}[32mINFO\u{1b}[0m ours\n", true), "\u{1b}[32mINFO\u{1b}[0m ours\n");
        assert_eq!(plain("올트먼\tplain\n", false), "올트먼\tplain\n");
    }

    #[test]
    fn a_line_of_json_stays_json() {
        let event = serde_json::json!({ "message": "a\u{9b}31m \u{202e}b" }).to_string() + "\n";
        let line = plain(&event, false);
        assert!(!line.contains(['\u{9b}', '\u{202e}']));
        let read: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(read["message"], "a\u{9b}31m \u{202e}b");
    }
}
