//! Dates that show a move to be long past, and spans of time.

use super::chunk::Item;
use super::judge::Facts;
use super::phrase::Reader;
use crate::model::Field;

/// A date that lies well before publication follows the trigger.
pub(super) fn dated(reader: &Reader<'_>, facts: &Facts<'_>, end: usize) -> bool {
    let near = facts.index + 1..end.min(facts.index + 14);
    for at in near {
        let lower = reader.lower(at);
        if matches!(reader.item(at), Some(Item::Trigger(_))) {
            return false;
        }
        if let Ok(year) = lower.trim_end_matches('s').parse::<i32>()
            && (1950..2100).contains(&year)
            && (year < facts.year - 1 || year == facts.year - 1 && facts.month > 2)
            && matches!(
                reader.lower(at.wrapping_sub(1)),
                "in" | "since"
                    | "of"
                    | "late"
                    | "early"
                    | "mid"
                    | "january"
                    | "february"
                    | "march"
                    | "april"
                    | "may"
                    | "june"
                    | "july"
                    | "august"
                    | "september"
                    | "october"
                    | "november"
                    | "december"
                    | ","
            )
        {
            return true;
        }
        if let Some(month) = month(reader.lower(at.wrapping_sub(1)))
            && let Ok(year) = lower.parse::<i32>()
            && (1950..2100).contains(&year)
        {
            let now = i64::from(facts.year) * 12 + i64::from(facts.month);
            return now - (i64::from(year) * 12 + i64::from(month)) > 2;
        }
        // "Left in November", told in September: the one before.
        if let Some(month) = month(lower)
            && reader.lower(at.wrapping_sub(1)) == "in"
            && reader.lower(at + 1).parse::<i32>().is_err()
            && !facts.between.to
            && reader.lower(facts.index.wrapping_sub(1)) != "will"
            && !facts.trigger.contains("ing")
            && facts.field != Field::Title
        {
            return (i64::from(facts.month) - i64::from(month)).rem_euclid(12) > 2;
        }
        let ago = matches!(lower, "ago" | "before")
            && matches!(
                reader.lower(at.wrapping_sub(1)),
                "years" | "year" | "months" | "decade" | "decades"
            );
        let last_year = lower == "year" && reader.lower(at.wrapping_sub(1)) == "last";
        let earlier = lower == "earlier"
            && matches!(reader.lower(at.wrapping_sub(1)), "years" | "year" | "months" | "weeks");
        if ago || last_year || earlier {
            return true;
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

/// The number of a month's name.
fn month(name: &str) -> Option<u32> {
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
