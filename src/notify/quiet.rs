//! Quiet hours of a route. Pure.

use chrono::{DateTime, FixedOffset, NaiveTime, Utc};

/// Hours of the day in which nothing is posted; what arrives is posted together at their end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    /// First quiet minute, local time.
    pub from: NaiveTime,
    /// First minute that is not quiet any more; before `from` where the night lies between.
    pub to: NaiveTime,
    /// Local time's offset from UTC.
    pub offset: FixedOffset,
}

impl Quiet {
    /// Returns when the quiet hours that `now` lies in end, or `None` outside of them.
    pub fn until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let local = now.with_timezone(&self.offset);
        let time = local.time();
        let quiet = if self.from <= self.to {
            self.from <= time && time < self.to
        } else {
            self.from <= time || time < self.to
        };
        if !quiet {
            return None;
        }
        let day =
            if time < self.to { local.date_naive() } else { local.date_naive().succ_opt()? };
        let end = day.and_time(self.to).and_local_timezone(self.offset).single()?;
        Some(end.with_timezone(&Utc))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_over_midnight_end_in_the_morning_of_their_time_zone() {
        let quiet = Quiet {
            from: NaiveTime::from_hms_opt(22, 0, 0).unwrap(),
            to: NaiveTime::from_hms_opt(7, 0, 0).unwrap(),
            offset: FixedOffset::east_opt(9 * 3600).unwrap(),
        };
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(quiet.until(at("2026-11-23T12:00:00Z")), None, "21:00 in Seoul");
        let morning = Some(at("2026-11-23T22:00:00Z"));
        assert_eq!(quiet.until(at("2026-11-23T13:00:00Z")), morning, "22:00 in Seoul");
        assert_eq!(quiet.until(at("2026-11-23T21:59:00Z")), morning, "06:59 in Seoul");
        assert_eq!(quiet.until(at("2026-11-23T22:00:00Z")), None, "07:00 in Seoul");
    }
}
