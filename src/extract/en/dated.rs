//! Dates that show a move to be long past, and spans of time.

use super::chunk::Item;
use super::judge::Facts;
use super::phrase::Reader;
use crate::model::Field;

/// Verbs in the past that do not end in "ed".
const PAST: &[&str] = &[
    "left", "quit", "lost", "went", "took", "got", "won", "gave", "stole", "swapped", "fled",
    "drew", "came", "said", "bid", "cut", "put",
];

/// "Left", "walked out of": the first word of a trigger is the simple past of a verb, or its participle.
pub(super) fn is_simple_past(trigger: &str) -> bool {
    let verb = trigger.split(' ').next().unwrap_or("");
    verb.ends_with("ed") || PAST.contains(&verb)
}

/// A date that lies well before publication follows the trigger, or opens the sentence.
pub(super) fn dated(reader: &Reader<'_>, facts: &Facts<'_>, start: usize, end: usize) -> bool {
    if opens_in_the_past(reader, facts, start) {
        return true;
    }
    for at in facts.index + 1..end.min(facts.index + 14) {
        // "Has left Gana, where she ran sales since 2019": the year tells of the time before.
        let before = matches!(reader.lower(at), "where" | "whose" | "which" | "who");
        if matches!(reader.item(at), Some(Item::Trigger(_))) || before {
            return false;
        }
        if is_past_year(reader, facts, at) || is_long_ago(reader, at) {
            return true;
        }
        if let Some(past) = in_month(reader, facts, at) {
            return past;
        }
    }
    false
}

/// "Left Gana in February and recently joined Dara": the news is the second half.
pub(super) fn goes_on_lately(reader: &Reader<'_>, index: usize, end: usize) -> bool {
    (index + 1..end).any(|at| {
        matches!(reader.lower(at), "recently" | "now" | "just" | "has" | "is")
            && matches!(reader.item(at + 1), Some(Item::Trigger(_)))
            && matches!(reader.item(at.wrapping_sub(1)), Some(Item::And | Item::Comma))
    })
}

/// "After the ouster in 2023, three directors left Gana", "In 2021, Ada Gray quit Gana".
fn opens_in_the_past(reader: &Reader<'_>, facts: &Facts<'_>, start: usize) -> bool {
    let told = facts.trigger.ends_with("ed") || facts.trigger.ends_with("left");
    let opening = matches!(reader.lower(start), "after" | "following" | "in" | "back" | "during");
    told && opening
        && !facts.between.have
        && !facts.between.be
        && (start + 1..facts.phrase_first).any(|at| is_past_year(reader, facts, at))
}

/// "In 2019", "since May 2019", read a year later or more.
fn is_past_year(reader: &Reader<'_>, facts: &Facts<'_>, at: usize) -> bool {
    const BEFORE: &[&str] = &["in", "since", "of", "late", "early", "mid", ","];
    let before = reader.lower(at.wrapping_sub(1));
    let Ok(year) = reader.lower(at).trim_end_matches('s').parse::<i32>() else { return false };
    (1950..2100).contains(&year)
        && (year < facts.year - 1 || year == facts.year - 1 && facts.month > 2)
        && (BEFORE.contains(&before) || month(before).is_some())
}

/// "Two years ago", "last year", "months earlier".
fn is_long_ago(reader: &Reader<'_>, at: usize) -> bool {
    let before = reader.lower(at.wrapping_sub(1));
    match reader.lower(at) {
        "ago" | "before" => matches!(before, "years" | "year" | "months" | "decade" | "decades"),
        "earlier" => matches!(before, "years" | "year" | "months" | "weeks"),
        "year" | "summer" | "autumn" | "fall" | "winter" | "decade" => before == "last",
        _ => false,
    }
}

/// Whether a month named at `at` is past: "May 2025", or "in November" when it is September.
fn in_month(reader: &Reader<'_>, facts: &Facts<'_>, at: usize) -> Option<bool> {
    let (lower, before) = (reader.lower(at), reader.lower(at.wrapping_sub(1)));
    if let Some(month) = month(before)
        && let Ok(year) = lower.parse::<i32>()
        && (1950..2100).contains(&year)
    {
        let now = i64::from(facts.year) * 12 + i64::from(facts.month);
        return Some(now - (i64::from(year) * 12 + i64::from(month)) > 2);
    }
    // "Left in November", told in September: the one before.
    let month = month(lower)?;
    let bare = matches!(before, "in" | "last")
        && reader.lower(at + 1).parse::<i32>().is_err()
        && !facts.between.to
        && reader.lower(facts.index.wrapping_sub(1)) != "will"
        && !facts.trigger.contains("ing")
        && facts.field != Field::Title;
    bare.then_some((i64::from(facts.month) - i64::from(month)).rem_euclid(12) > 2)
}

/// The number of a month's name.
pub(super) fn month(name: &str) -> Option<u32> {
    const MONTHS: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let at = MONTHS.iter().position(|month| *month == name)?;
    u32::try_from(at + 1).ok()
}

impl Reader<'_> {
    /// "After 28 years", "over a decade": the chunk of the last word.
    pub(super) fn span_of_time(&self, index: usize) -> Option<usize> {
        if !matches!(self.lower(index), "after" | "following" | "over") {
            return None;
        }
        let unit = |at: &usize| {
            let lower = self.lower(*at);
            ["years", "year", "months", "weeks", "days", "decade", "decades", "stint", "tenure"]
                .iter()
                .any(|unit| lower == *unit || lower.ends_with(&format!("-{unit}")))
        };
        let inside = |at: &usize| {
            matches!(self.item(*at), Some(Item::Word | Item::Count(_) | Item::And | Item::Poss))
        };
        (index + 1..index + 8).take_while(inside).find(unit)
    }
}
