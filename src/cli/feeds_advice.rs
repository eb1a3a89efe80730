//! What was found out about a feed in words for people, with what they can do about it.

use std::io::{self, Write};
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::feeds_check::Checked;
use super::table::clip;
use crate::feed::fetch::FetchError;
use crate::feed::health::PollError;
use crate::feed::schedule;
use crate::feed::{ParseError, Repair};
use crate::net::NetError;

/// Returns what a person can do about a feed that cannot be polled, where there is something.
pub(super) fn advice(error: &PollError) -> Option<String> {
    let error = match error {
        PollError::Fetch(error) => error,
        PollError::Parse(ParseError::Html { feeds }) if feeds.is_empty() => {
            return Some("look for a link to a feed on the site, or for a login in between".into());
        }
        PollError::Parse(ParseError::Html { .. }) => {
            return Some("configure one of these instead".to_owned());
        }
        PollError::Parse(_) => return None,
    };
    let alone = |wait: &Duration| format!("it asks to be left alone for {}", spoken(*wait));
    match error {
        FetchError::Status { retry_after: Some(wait), .. }
        | FetchError::Challenge { retry_after: Some(wait), .. } => Some(alone(wait)),
        FetchError::Challenge { .. } => Some(
            "a browser would pass, a program does not: ask the outlet, or take another feed".into(),
        ),
        FetchError::Status { status: 401, .. } => Some(
            "it wants a name and a password: https://name:password@host/... in the address".into(),
        ),
        FetchError::Status { status: 403 | 451, .. } => Some(
            "some sites admit a program that says who runs it: set [poll] user_agent".to_owned(),
        ),
        FetchError::Status { status: 404 | 410, .. } => {
            Some("look for the feed's new address on its site".to_owned())
        }
        FetchError::Downgrade => Some("configure the http address, if that is meant".to_owned()),
        FetchError::Net(NetError::Timeout(_)) => {
            Some("a larger timeout may help, see [poll] timeout".to_owned())
        }
        FetchError::Net(NetError::TooLarge(_)) => {
            Some("where it is right, set max_body_mib for this feed".to_owned())
        }
        _ => None,
    }
}

/// What a repair means to a person.
pub(super) fn told(repair: Repair) -> &'static str {
    match repair {
        Repair::Encoding => "its encoding is not the declared one, and was detected",
        Repair::Markup => "its markup is broken; what can be read is read",
        Repair::Surroundings => "something stands before its first tag",
        Repair::Truncated => "it ends early; the entry that was cut is left out",
        Repair::Date => "a date cannot be read",
        Repair::FutureDate => "a date lies in the future and counts as now",
        Repair::TooManyEntries => "it has too many entries; the last ones are left out",
        Repair::SecondReader => "its format is odd; only the second reader, feed-rs, knows it",
    }
}

/// Writes what was found out.
///
/// # Errors
/// When the output cannot be written.
pub(super) fn print(checked: &Checked, now: DateTime<Utc>, out: &mut impl Write) -> io::Result<()> {
    if let Some(error) = &checked.error {
        writeln!(out, "FAIL {}\n     {}", checked.url, clip(error, 300))?;
        return match &checked.advice {
            Some(advice) => writeln!(out, "     {advice}"),
            None => Ok(()),
        };
    }
    let Checked { url, format, entries, bytes, took_ms, .. } = checked;
    let s = if *entries == 1 { "entry" } else { "entries" };
    let title = if checked.title.is_empty() { "without a title" } else { &checked.title };
    writeln!(out, "ok   {url}")?;
    writeln!(
        out,
        "     {} ({format}), {entries} {s}, {bytes} bytes in {took_ms} ms",
        clip(title, 60)
    )?;
    writeln!(out, "     {}", rhythm(checked, now))?;
    let honours = match checked.honours_validators {
        Some(true) => " (honoured)",
        Some(false) => " (ignored)",
        None => "",
    };
    if !checked.validators.is_empty() {
        writeln!(out, "     validators: {}{honours}", checked.validators.join(" and "))?;
    }
    for hub in &checked.hubs {
        writeln!(out, "     hub: {}", clip(hub, 80))?;
    }
    for problem in &checked.problems {
        writeln!(out, "     note: {problem}")?;
    }
    Ok(())
}

/// One sentence on how often something comes, and how often it would be looked for.
fn rhythm(checked: &Checked, now: DateTime<Utc>) -> String {
    let every = checked.rhythm.and_then(|gap| Duration::try_from_secs_f64(gap).ok());
    let comes = match every {
        Some(gap) => format!("an entry every {}", spoken(gap)),
        None => "too few dates for a rhythm".to_owned(),
    };
    let newest =
        checked.newest.map_or(String::new(), |newest| match (now - newest).num_seconds() {
            ..=0 => ", the newest just now".to_owned(),
            _ => {
                format!(", the newest {} ago", spoken((now - newest).to_std().unwrap_or_default()))
            }
        });
    format!("{comes}{newest}; polled every {}", checked.interval)
}

/// A duration in whole seconds.
fn spoken(duration: Duration) -> String {
    schedule::spoken(Duration::from_secs(duration.as_secs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(status: u16, retry_after: Option<Duration>) -> PollError {
        FetchError::Status { status, retry_after }.into()
    }

    #[test]
    fn a_refusal_says_what_a_person_can_do() {
        let hour = Some(Duration::from_secs(3600));
        for (error, word) in [
            (status(401, None), "name:password@"),
            (status(403, None), "user_agent"),
            (status(404, None), "new address"),
            (status(410, None), "new address"),
            (status(429, hour), "alone for 1h"),
            (FetchError::from(NetError::Timeout(Duration::from_secs(20))).into(), "timeout"),
            (ParseError::Html { feeds: vec!["https://a.example/rss".into()] }.into(), "one of"),
        ] {
            let advice = advice(&error).unwrap_or_default();
            assert!(advice.contains(word), "{error}: {advice:?}");
        }
        assert_eq!(advice(&status(500, None)), None, "nothing but patience helps");
    }

    fn printed(checked: &Checked) -> String {
        let mut page = Vec::new();
        let now = "2026-03-04T12:00:00Z".parse().unwrap();
        print(checked, now, &mut page).unwrap();
        String::from_utf8(page).unwrap()
    }

    #[test]
    fn a_feed_that_is_fine_takes_three_lines() {
        let checked = Checked {
            url: "https://a.example/rss".to_owned(),
            ok: true,
            title: "가나 News".to_owned(),
            format: "RSS, EUC-KR".to_owned(),
            entries: 1,
            bytes: 900,
            took_ms: 12,
            newest: Some("2026-03-04T09:00:00.25Z".parse().unwrap()),
            rhythm: Some(5400.3),
            interval: "5m".to_owned(),
            ..Checked::default()
        };
        assert_eq!(
            printed(&checked),
            "ok   https://a.example/rss\n     가나 News (RSS, EUC-KR), 1 entry, 900 bytes in 12 ms\n     \
             an entry every 1h30m, the newest 2h59m ago; polled every 5m\n"
        );
    }

    #[test]
    fn what_the_web_says_cannot_steer_the_terminal() {
        let checked = Checked {
            url: "https://a.example/".to_owned(),
            error: Some("it begins with `\u{1b}[2J\n`".to_owned()),
            ..Checked::default()
        };
        assert!(!printed(&checked).contains('\u{1b}'));
        assert_eq!(printed(&checked).lines().count(), 2);
    }
}
