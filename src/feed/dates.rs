//! Dates in every form that feeds write them.
//!
//! No grammar: numbers, names of months and zones are taken as they come, and what each number is
//! follows from its size, its neighbours and the marks between them. Feeds mix RFC 822, ISO 8601,
//! local customs and the names of months in a dozen languages; strict parsers lose such dates.

mod settle;
mod tokens;

use chrono::{DateTime, Utc};

use super::date_words::{MONTHS, ZONES};
use tokens::{Token, tokens};

/// Years that a feed can mean.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2200;
/// Longest date, in bytes.
const LONGEST: usize = 120;

/// Returns the moment that a header of HTTP means, in the three forms that a recipient has to
/// know (RFC 9110 §5.6.7), or in any other that feeds use.
pub(crate) fn http(value: &str) -> Option<DateTime<Utc>> {
    let value = value.trim();
    DateTime::parse_from_rfc2822(value).map_or_else(|_| parse(value), |date| Some(date.to_utc()))
}

/// Returns the moment that `raw` means; without a zone, in UTC, and without a time, at midnight.
///
/// Years outside 1970 to 2200 and days that no calendar has give none.
pub fn parse(raw: &str) -> Option<DateTime<Utc>> {
    let raw = raw.trim();
    if raw.len() > LONGEST || !raw.chars().any(char::is_numeric) {
        return None;
    }
    if let Ok(date) = DateTime::parse_from_rfc3339(raw) {
        return Some(date.to_utc()).filter(in_range);
    }
    let tokens = tokens(raw);
    let mut parts = Parts::default();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += parts.take(token, tokens.get(at + 1..).unwrap_or_default());
    }
    parts.moment().filter(in_range)
}

fn in_range(date: &DateTime<Utc>) -> bool {
    use chrono::Datelike as _;
    YEARS.contains(&date.year())
}

/// What is known of the date so far.
#[derive(Debug, Default)]
struct Parts {
    year: Option<i64>,
    month: Option<u32>,
    day: Option<u32>,
    /// The year stood before any other number: what follows is month, then day.
    year_first: bool,
    /// Numbers that may be day, month or year, in order.
    open: Vec<(i64, usize)>,
    hour: Option<i64>,
    minute: i64,
    second: i64,
    afternoon: Option<bool>,
    zone: Option<i64>,
    /// Seconds or milliseconds since 1970.
    epoch: Option<i64>,
}

impl Parts {
    /// Takes one token; returns how many were used up.
    fn take(&mut self, token: &Token, after: &[Token]) -> usize {
        match token {
            Token::Number { value, digits } => self.number(*value, *digits, after),
            Token::Word(word) => {
                self.word(word);
                1
            }
            Token::Mark('+' | '-' | '−')
                if self.hour.is_some() && self.zone.is_none_or(|zone| zone == 0) =>
            {
                let negative = !matches!(token, Token::Mark('+'));
                self.offset(negative, after)
            }
            Token::Mark(_) => 1,
        }
    }

    fn number(&mut self, value: i64, digits: usize, after: &[Token]) -> usize {
        let word = match after.first() {
            Some(Token::Word(word)) => word.as_str(),
            _ => "",
        };
        if let Some(used) = self.with_unit(value, word) {
            return used;
        }
        if let (None, Some(Token::Mark(':')), Some(Token::Number { value: minute, .. })) =
            (self.hour, after.first(), after.get(1))
        {
            self.hour = Some(value);
            self.minute = *minute;
            return 3 + self.seconds(after.get(2..).unwrap_or_default());
        }
        let dot = matches!(
            (after.first(), after.get(1), after.get(2)),
            (
                Some(Token::Mark('.')),
                Some(Token::Number { digits: 2, .. }),
                None | Some(Token::Mark(' ') | Token::Word(_))
            )
        );
        if dot
            && self.hour.is_none()
            && digits <= 2
            && self.is_dated()
            && let Some(Token::Number { value: minute, .. }) = after.get(1)
        {
            self.hour = Some(value);
            self.minute = *minute;
            return 3;
        }
        match digits {
            8 if self.is_empty() => {
                self.year = Some(value / 10_000);
                self.month = u32::try_from(value / 100 % 100).ok();
                self.day = u32::try_from(value % 100).ok();
            }
            14 if self.is_empty() => {
                self.number(value / 1_000_000, 8, &[]);
                self.clock(value % 1_000_000);
            }
            12 if self.is_empty() => {
                self.number(value / 10_000, 8, &[]);
                self.clock(value % 10_000 * 100);
            }
            9 | 10 if self.is_empty() => self.epoch = Some(value),
            13 if self.is_empty() => self.epoch = Some(value / 1000),
            6 if self.is_dated() && self.hour.is_none() => self.clock(value),
            4 if self.is_dated() && self.year.is_some() && self.hour.is_none() => {
                self.clock(value * 100)
            }
            3 | 4 if self.year.is_none() && value >= 100 => {
                self.year_first = self.open.is_empty();
                self.year = Some(value);
            }
            1 | 2 => self.open.push((value, digits)),
            _ => {}
        }
        1
    }

    /// A number with its unit behind it: Korean, Japanese, Chinese, ordinals, `8pm`.
    fn with_unit(&mut self, value: i64, word: &str) -> Option<usize> {
        let small = u32::try_from(value).ok();
        match word.chars().next()? {
            '年' | '년' => self.year = Some(value),
            '月' | '월' => self.month = small,
            '日' | '일' | '号' | '號' => self.day = small,
            '時' | '时' | '시' | '點' | '点' => self.hour = Some(value),
            '分' | '분' => self.minute = value,
            '秒' | '초' => self.second = value,
            't' if word == "t" && self.open.len() == 2 => {
                self.open.push((value, 2));
            }
            'a' | 'p' if matches!(word, "am" | "pm" | "a" | "p") && self.hour.is_none() => {
                self.hour = Some(value);
                self.afternoon = Some(word.starts_with('p'));
            }
            _ if matches!(word, "st" | "nd" | "rd" | "th" | "er" | "º" | "ª") => self.day = small,
            _ => return None,
        }
        // What follows the sign in the same word is a word of its own.
        let rest: String = word.chars().skip(1).collect();
        if !word.is_ascii() && !rest.is_empty() {
            self.word(&rest);
        }
        Some(2)
    }

    fn word(&mut self, word: &str) {
        match word {
            "pm" | "p" | "오후" | "午後" | "下午" | "晚上" | "μμ" => {
                self.afternoon = Some(true)
            }
            "am" | "a" | "오전" | "午前" | "上午" | "早上" | "凌晨" | "πμ" => {
                self.afternoon = Some(false)
            }
            _ => {}
        }
        if let Some(zone) = ZONES.iter().find(|(name, _)| *name == word)
            && (self.hour.is_some() || word == "z")
        {
            self.zone = self.zone.or(Some(zone.1));
            return;
        }
        if self.month.is_none() && word.chars().count() > 2 {
            self.month =
                MONTHS.iter().find(|(name, _)| word.starts_with(name)).map(|(_, month)| *month);
        }
    }

    /// `:SS`, `.mmm` behind hour and minute; returns how many tokens these were.
    fn seconds(&mut self, after: &[Token]) -> usize {
        match after {
            [
                Token::Mark(':'),
                Token::Number { value, .. },
                Token::Mark('.' | ','),
                Token::Number { .. },
                ..,
            ] => {
                self.second = *value;
                4
            }
            [Token::Mark(':'), Token::Number { value, .. }, ..] => {
                self.second = *value;
                2
            }
            _ => 0,
        }
    }

    /// `+09:00`, `-0500`, `+9`; returns how many tokens these were.
    fn offset(&mut self, negative: bool, after: &[Token]) -> usize {
        let (minutes, used) = match after {
            [
                Token::Number { value: h, digits: 1 | 2 },
                Token::Mark(':'),
                Token::Number { value: m, .. },
                ..,
            ] => (h * 60 + m, 4),
            [Token::Number { value: h, digits: 1 | 2 }, ..] => (h * 60, 2),
            [Token::Number { value, digits: 3 | 4 }, ..] => (value / 100 * 60 + value % 100, 2),
            _ => return 1,
        };
        if minutes <= 18 * 60 {
            self.zone = Some(if negative { -minutes } else { minutes });
        }
        used
    }

    fn clock(&mut self, digits: i64) {
        self.hour = Some(digits / 10_000);
        self.minute = digits / 100 % 100;
        self.second = digits % 100;
    }

    fn is_empty(&self) -> bool {
        self.year.is_none() && self.month.is_none() && self.day.is_none() && self.open.is_empty()
    }

    fn is_dated(&self) -> bool {
        let known = [self.year.is_some(), self.month.is_some(), self.day.is_some()];
        known.iter().filter(|is| **is).count() + self.open.len() >= 3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_date_of_the_table_is_read_as_a_person_reads_it() {
        let table = include_str!("../../tests/data/feeds/dates.tsv");
        let rows: Vec<_> = table.lines().filter(|line| !line.starts_with('#')).collect();
        let wrong: Vec<String> = rows
            .iter()
            .filter_map(|line| {
                let (raw, want) = line.split_once('\t').unwrap();
                let got = parse(raw).map_or("none".to_owned(), |date| date.to_rfc3339());
                let got = got.trim_end_matches("+00:00");
                (got != want).then(|| format!("{raw}: {got}, not {want}"))
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(rows.len() > 60, "only {} rows", rows.len());
    }
    #[test]
    fn every_form_of_an_http_date_is_read() {
        let forms = [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ];
        for form in forms {
            let want = "1994-11-06T08:49:37+00:00";
            assert_eq!(http(form).map(|date| date.to_rfc3339()).as_deref(), Some(want), "{form}");
        }
        assert_eq!(http("0"), None);
    }
}
