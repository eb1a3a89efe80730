//! Well-known past moves, so that recaps stay quiet from the first day.

use std::collections::HashMap;

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
        history.share_names();
        if problems.is_empty() { Ok(history) } else { Err(problems) }
    }

    /// A spelling that one move of a person gives counts for all of them.
    fn share_names(&mut self) {
        let mut names: HashMap<String, Vec<String>> = HashMap::new();
        for past in &self.moves {
            let known = names.entry(past.person.clone()).or_default();
            known.extend(past.names.iter().cloned());
            known.sort_unstable();
            known.dedup();
        }
        for past in &mut self.moves {
            if let Some(known) = names.get(&past.person) {
                past.names.clone_from(known);
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../config/history.toml");

    #[test]
    fn the_shipped_file_has_well_over_150_moves_in_both_decades() {
        let history = History::parse("history.toml", SHIPPED).unwrap();
        assert!(history.moves.len() >= 150, "{}", history.moves.len());
        let uncommented = SHIPPED
            .lines()
            .filter(|line| line.trim().starts_with("{ person") && !line.contains("}, # "))
            .count();
        assert_eq!(uncommented, 0, "every move says what kind of source told it");
    }

    #[test]
    fn an_empty_file_means_none() {
        assert_eq!(History::parse("history.toml", "").unwrap(), History::default());
        assert_eq!(History::parse("history.toml", "# nothing\n").unwrap().moves, []);
    }

    #[test]
    fn both_spellings_of_the_file_are_read_and_names_are_shared() {
        let text = "[[move]]\nperson = \"Ada\"\nto = \"openai\"\ndate = \"2024-08\"\nnames = [\"에이다\"]\n\
                    [[move]]\nperson = \"Ada\"\nfrom = \"openai\"\ndate = \"2024-09-05\"\n";
        let history = History::parse("history.toml", text).unwrap();
        assert_eq!(history.moves[1].names, ["에이다"]);
        assert_eq!(history.moves[1].kind, Kind::Left);
        assert_eq!(history.moves[1].date.to_rfc3339(), "2024-09-05T00:00:00+00:00");
    }

    #[test]
    fn every_problem_is_told_with_its_line_and_what_would_be_right() {
        let text = "[[move]]\nperson = \"Ada\"\nfrom = \"openai\"\ndate = \"last year\"\n\n\
                    [[move]]\nperson = \" \"\ndate = \"2024-08\"\n";
        let problems = History::parse("history.toml", text).unwrap_err();
        let told: Vec<String> = problems.0.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "history.toml:4: move.date: must be a month such as \"2024-08\" or a day such as \
                 \"2024-08-05\", not \"last year\"",
                "history.toml:6: move.person: must be a name, such as \"Ada Lovelace\"",
                "history.toml:6: move: needs `from`, `to` or both",
            ]
        );
        let unknown = History::parse("history.toml", "[[move]]\nwho = \"Ada\"\n").unwrap_err();
        assert_eq!(unknown.0[0].line, Some(2), "{unknown}");
        assert!(unknown.to_string().contains("unknown field `who`"), "{unknown}");
    }
}
