//! What holds of the schedule whatever the feed, the settings and the clock.

use proptest::prelude::*;

use super::*;

prop_compose! {
    fn any_time()(seconds in -62_000_000_000_i64..200_000_000_000) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }
}

prop_compose! {
    fn any_pace()(millis in prop::array::uniform3(100_u64..3_000_000_000)) -> Pace {
        let mut sorted = millis.map(Duration::from_millis);
        sorted.sort();
        let [min, interval, max] = sorted;
        Pace { interval, min, max }
    }
}

prop_compose! {
    fn any_state()(
        feed in ".{0,20}",
        next_poll in any_time(),
        last_poll in prop::option::of(any_time()),
        last_new in prop::option::of(any_time()),
        rhythm in prop::option::of(prop::num::f64::ANY),
        warm_until in prop::option::of(any_time()),
        hot_until in prop::option::of(any_time()),
        failures in any::<u32>(),
        polls in any::<u64>(),
        (every, fresh_for, skip_hours, skip_days) in any::<(u32, u32, u32, u8)>(),
    ) -> FeedState {
        FeedState {
            last_poll, last_new, rhythm, warm_until, hot_until, failures, polls,
            wishes: Wishes { every, fresh_for, skip_hours, skip_days },
            ..FeedState::new(feed, next_poll)
        }
    }
}

proptest! {
    #[test]
    fn a_wait_lies_between_the_limits(state in any_state(), pace in any_pace(), now in any_time()) {
        for verdict in [Verdict::Good, Verdict::Failed, Verdict::Refused { retry_after: None }] {
            let wait = next_wait(pace, &state, verdict, now);
            prop_assert!((pace.min..=pace.max).contains(&wait), "{verdict:?}: {wait:?}");
        }
    }

    #[test]
    fn wishes_never_shorten(state in any_state(), pace in any_pace(), now in any_time()) {
        let free = FeedState { wishes: Wishes::default(), ..state.clone() };
        let wished = next_wait(pace, &state, Verdict::Good, now);
        prop_assert!(next_wait(pace, &free, Verdict::Good, now) <= wished);
    }

    #[test]
    fn more_failures_never_shorten_by_more_than_jitter(
        state in any_state(), pace in any_pace(), now in any_time(),
    ) {
        let worse = FeedState { failures: state.failures.saturating_add(3), ..state.clone() };
        let first = next_wait(pace, &state, Verdict::Failed, now);
        prop_assert!(next_wait(pace, &worse, Verdict::Failed, now) >= first);
    }

    #[test]
    fn whatever_the_clock_did_a_good_feed_is_polled_again_within_the_longest_interval(
        state in any_state(), pace in any_pace(), now in any_time(),
    ) {
        let good = FeedState { failures: 0, ..state };
        prop_assert!(resume(pace, &good, now) <= pace.max);
    }

    #[test]
    fn after_a_downtime_no_instant_gets_more_than_its_share(
        downtime in 1_i64..10_000_000, pace in any_pace(),
    ) {
        let window = pace.interval.min(MAX_SPREAD).min(Duration::from_secs(downtime as u64));
        let slots: Vec<Duration> = (0..400)
            .map(|n| {
                let next_poll = noon() - TimeDelta::seconds(downtime);
                resume(pace, &FeedState::new(format!("feed {n}"), next_poll), noon())
            })
            .collect();
        for tenth in 0..10 {
            let span = window / 10 * tenth..window / 10 * (tenth + 1);
            let share = slots.iter().filter(|slot| span.contains(slot)).count();
            prop_assert!(share < 100, "{share} of 400 in one tenth of {window:?}");
        }
    }

    #[test]
    fn a_retry_after_of_any_bytes_is_understood_or_ignored(value in ".{0,40}", now in any_time()) {
        let wait = retry_after(&value, now).unwrap_or_default();
        prop_assert!(wait <= MAX_RETRY_AFTER);
    }
}
