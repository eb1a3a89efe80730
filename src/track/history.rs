//! Well-known past moves, so that recaps stay quiet from the first day.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use toml::Spanned;

use crate::model::problem::line_of;
use crate::model::{Kind, Problems};

/// The past moves of one `history.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// In file order.
    pub moves: Vec<Past>,
}

/// One past move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// The name in Latin letters.
    pub person: String,
    /// Other spellings.
    pub names: Vec<String>,
    /// Id or name of the company left.
    pub from: Option<String>,
    /// Id or name of the company joined.
    pub to: Option<String>,
    /// What sort of move.
    pub kind: Kind,
    /// When; the first day of a month stands for the month.
    pub date: DateTime<Utc>,
}

/// The file as it is spelled; only [`History::parse`] reads it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default, rename = "move")]
    moves: Vec<Spanned<RawPast>>,
}

/// One `[[move]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPast {
    person: String,
    #[serde(default)]
    names: Vec<String>,
    from: Option<String>,
    to: Option<String>,
    date: Spanned<String>,
    kind: Option<Kind>,
}

impl History {
    /// Reads the text of `history.toml`; an empty one means none. `file` is for the problems.
    ///
    /// # Errors
    /// Every problem at once: what is no TOML, an unknown key, a date that is none or before 1950,
    /// a move without a person or without an end.
    pub fn parse(file: &str, text: &str) -> Result<History, Problems> {
        let mut problems = Problems::default();
        let raw: RawFile = match toml::from_str(text) {
            Ok(raw) => raw,
            Err(error) => {
                let line = error.span().map(|span| line_of(text, span.start));
                problems.add(file, line, "move", error.message());
                return Err(problems);
            }
        };
        let mut history = History::default();
        for raw in raw.moves {
            let line = line_of(text, raw.span().start);
            if let Some(past) = check(file, text, line, raw.into_inner(), &mut problems) {
                history.moves.push(past);
            }
        }
        if problems.is_empty() { Ok(history) } else { Err(problems) }
    }
}

fn check(
    file: &str,
    text: &str,
    line: usize,
    raw: RawPast,
    problems: &mut Problems,
) -> Option<Past> {
    let before = problems.0.len();
    if raw.person.trim().is_empty() {
        problems.add(file, Some(line), "move.person", "must be a name, such as \"Ada Lovelace\"");
    }
    if raw.from.is_none() && raw.to.is_none() {
        problems.add(file, Some(line), "move", "needs `from`, `to` or both");
    }
    if raw.from.is_some() && raw.from == raw.to && raw.kind != Some(Kind::Promoted) {
        problems.add(file, Some(line), "move", "`from` and `to` must be two companies");
    }
    let date = date_of(raw.date.get_ref());
    if date.is_none() {
        let line = line_of(text, raw.date.span().start);
        let what = format!(
            "must be a month such as \"2024-08\" or a day such as \"2024-08-05\", not {:?}",
            raw.date.get_ref()
        );
        problems.add(file, Some(line), "move.date", what);
    }
    let kind = raw.kind.unwrap_or(match (&raw.from, &raw.to) {
        (Some(_), Some(_)) => Kind::Moved,
        (None, _) => Kind::Joined,
        (_, None) => Kind::Left,
    });
    (problems.0.len() == before).then_some(Past {
        person: raw.person,
        names: raw.names,
        from: raw.from,
        to: raw.to,
        kind,
        date: date?,
    })
}

fn date_of(written: &str) -> Option<DateTime<Utc>> {
    let day = NaiveDate::parse_from_str(written, "%Y-%m-%d")
        .or_else(|_| NaiveDate::parse_from_str(&format!("{written}-01"), "%Y-%m-%d"))
        .ok()?;
    let limit = NaiveDate::from_ymd_opt(1950, 1, 1)?;
    Some(day).filter(|day| *day >= limit)?.and_hms_opt(0, 0, 0).map(|time| time.and_utc())
}
