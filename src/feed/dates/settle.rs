//! What the numbers of a date are that nothing near them tells.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::Parts;

impl Parts {
    /// Decides what the undecided numbers are, and puts everything together.
    pub(super) fn moment(mut self) -> Option<DateTime<Utc>> {
        if let Some(epoch) = self.epoch {
            return DateTime::from_timestamp(epoch, 0);
        }
        self.settle();
        let year = self.year.map(|year| match year {
            0..=69 => 2000 + year,
            70..=99 => 1900 + year,
            _ => year,
        })?;
        let date = NaiveDate::from_ymd_opt(
            i32::try_from(year).ok()?,
            self.month.unwrap_or(1),
            self.day.unwrap_or(1),
        )?;
        let hour = match (self.hour.unwrap_or(0), self.afternoon) {
            (12, Some(false)) => 0,
            (hour, Some(true)) if hour < 12 => hour + 12,
            (hour, _) => hour,
        };
        if !(0..=24).contains(&hour)
            || !(0..60).contains(&self.minute)
            || !(0..=61).contains(&self.second)
        {
            return None;
        }
        let seconds = hour * 3600 + (self.minute - self.zone.unwrap_or(0)) * 60 + self.second;
        date.and_hms_opt(0, 0, 0)?.and_utc().checked_add_signed(TimeDelta::seconds(seconds))
    }

    fn settle(&mut self) {
        let open = std::mem::take(&mut self.open);
        let numbers: Vec<i64> = open.iter().map(|(value, _)| *value).collect();
        let small = |value: i64| u32::try_from(value).ok();
        match (self.year.is_some(), self.month.is_some(), numbers.as_slice()) {
            // 23 Nov 26; Nov 23 26; 26 Nov 23 is not in use.
            (false, true, [day, year, ..]) => {
                let swapped = *day > 31;
                self.day = self.day.or(small(if swapped { *year } else { *day }));
                self.year = Some(if swapped { *day } else { *year });
            }
            (false, true, [year]) if self.day.is_some() => self.year = Some(*year),
            (true, true, [day, ..]) => self.day = self.day.or(small(*day)),
            // 2026-11-23 and 23.11.2026; 11/23/2026 where only that makes sense.
            (true, false, [first, second, ..]) => {
                let month_first = self.year_first || (*second > 12 && *first <= 12);
                let (month, day) = if month_first { (first, second) } else { (second, first) };
                self.month = small(*month);
                self.day = small(*day);
            }
            (true, false, [month]) => self.month = small(*month),
            // 23/11/26
            (false, false, [first, second, third, ..]) => {
                self.year = Some(*third);
                let (month, day) = if *second > 12 { (first, second) } else { (second, first) };
                self.month = small(*month);
                self.day = small(*day);
            }
            _ => {}
        }
    }
}
