//! `[[route]]`: who is told what.

use std::time::Duration;

use chrono::{FixedOffset, NaiveTime};
use toml::Spanned;
use toml::de::DeValue;

use super::keys::{MATCH, ROUTE};
use super::section::{Document, Section};
use crate::model::{Kind, Status};
use crate::notify::cap::Cap;
use crate::notify::matcher::Matcher;
use crate::notify::quiet::Quiet;
use crate::notify::route::{On, Route};
use crate::notify::seniority::Seniority;

const HOUR: Duration = Duration::from_secs(60 * 60);

/// Reads one `[[route]]`; `receivers` are the names that it may send to.
pub(super) fn check_route<'a>(
    doc: &'a Document<'a>,
    index: usize,
    table: &'a Spanned<DeValue<'a>>,
    receivers: &[&str],
) -> Option<Route> {
    let path = format!("route[{}]", index + 1);
    let section = Section::new(doc, path.clone(), Some(table), &[ROUTE]);
    let Some(receiver) = section.text("receiver") else {
        if !section.has("receiver") {
            section.problem("receiver", "is missing; name a [[receiver]]");
        }
        return None;
    };
    let matcher = Section::new(doc, format!("{path}.match"), section.value("match"), &[MATCH]);
    let route = Route {
        receiver,
        on: if section.text("on").as_deref() == Some("mention") { On::Mention } else { On::Move },
        matcher: check_match(&matcher),
        go_on: section.boolean("continue").unwrap_or(false),
        quiet: check_quiet(&section),
        cap: section
            .integer("max_per_hour")
            .and_then(|count| u32::try_from(count).ok())
            .map(|count| Cap { count, per: HOUR }),
    };
    for (key, what) in route.problems(receivers) {
        if matcher.has(key) { matcher.problem(key, what) } else { section.problem(key, what) }
    }
    Some(route)
}

fn labelled<T: Copy>(section: &Section<'_>, key: &str, all: &[(T, &str)]) -> Vec<T> {
    section
        .texts(key)
        .iter()
        .filter_map(|word| all.iter().find(|(_, label)| label == word).map(|(value, _)| *value))
        .collect()
}

fn check_match(section: &Section<'_>) -> Matcher {
    let kinds: Vec<_> = Kind::ALL.iter().map(|kind| (*kind, kind.label())).collect();
    let statuses: Vec<_> = Status::ALL.iter().map(|status| (*status, status.label())).collect();
    let ranks = [
        (Seniority::Founder, "founder"),
        (Seniority::Executive, "executive"),
        (Seniority::Director, "director"),
        (Seniority::Staff, "staff"),
    ];
    Matcher {
        company: section.texts("company"),
        from: section.texts("from"),
        to: section.texts("to"),
        kind: labelled(section, "kind", &kinds),
        status: labelled(section, "status", &statuses),
        person: section.texts("person"),
        role: section.texts("role"),
        seniority: labelled(section, "seniority", &ranks),
        lang: section.texts("lang"),
        feed: section.texts("feed"),
        min_confidence: section.number("min_confidence"),
        keyword: section.texts("keyword"),
    }
}

fn check_quiet(section: &Section<'_>) -> Option<Quiet> {
    let hours = section.text("quiet_hours")?;
    let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
    let ends = hours.split_once('-').and_then(|(from, to)| Some((time(from)?, time(to)?)));
    let offset = section.text("utc_offset").and_then(|text| text.parse::<FixedOffset>().ok());
    if offset.is_none() {
        section.problem("utc_offset", "must look like \"+09:00\"");
    }
    match ends {
        Some((from, to)) if from != to => Some(Quiet { from, to, offset: offset? }),
        _ => {
            section.problem("quiet_hours", "must look like \"22:00-07:00\"");
            None
        }
    }
}
