//! The cases that people ask about.

mod properties;

use super::*;

const SECOND: Duration = Duration::from_secs(1);

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn to_the_second(time: DateTime<Utc>) -> DateTime<Utc> {
    time.with_nanosecond(0).unwrap()
}

fn noon() -> DateTime<Utc> {
    at("2026-03-04T12:00:00Z")
}

/// The contract's defaults.
fn pace() -> Pace {
    Pace { interval: 5 * MINUTE, min: MINUTE, max: HOUR }
}

fn state(feed: &str) -> FeedState {
    FeedState::new(feed, noon())
}

fn with_gap(gap: Duration) -> FeedState {
    FeedState { rhythm: Some(gap.as_secs_f64()), last_new: Some(noon()), ..state("f") }
}

/// Checks that a good poll is followed by about `want`, jitter apart.
#[track_caller]
fn check_wait(state: &FeedState, want: Duration) {
    let got = next_wait(pace(), state, Verdict::Good, noon());
    let near = want.mul_f64(0.89)..=want.mul_f64(1.11);
    assert!(near.contains(&got), "got {}, want about {}", spoken(got), spoken(want));
}

#[test]
fn a_feed_of_unknown_rhythm_gets_the_interval() {
    check_wait(&state("f"), 5 * MINUTE);
}

#[test]
fn the_interval_goes_with_the_square_root_of_the_time_between_entries() {
    check_wait(&with_gap(DAY), 5 * MINUTE);
    check_wait(&with_gap(4 * DAY), 10 * MINUTE);
    check_wait(&with_gap(6 * HOUR), 150 * SECOND);
    check_wait(&with_gap(MINUTE), MINUTE);
    check_wait(&with_gap(1000 * DAY), HOUR);
}

#[test]
fn silence_beyond_the_rhythm_lengthens_the_interval() {
    let silent = FeedState { last_new: Some(noon() - TimeDelta::days(9)), ..with_gap(HOUR) };
    check_wait(&silent, 15 * MINUTE);
}

#[test]
fn something_new_warms_a_feed_and_a_watched_company_makes_it_hot() {
    let mut feed = with_gap(DAY);
    arrived(&mut feed, noon());
    feed.rhythm = Some(DAY.as_secs_f64());
    check_wait(&feed, 150 * SECOND);
    ignite(&mut feed, noon());
    check_wait(&feed, MINUTE);
    let later = noon() + TimeDelta::minutes(16);
    assert!(next_wait(pace(), &feed, Verdict::Good, later) > 4 * MINUTE, "it cools down again");
}

#[test]
fn wishes_lengthen_and_are_capped() {
    let wishes =
        |every| FeedState { wishes: Wishes { every, ..Wishes::default() }, ..with_gap(DAY) };
    check_wait(&wishes(60), 5 * MINUTE);
    check_wait(&wishes(30 * 60), 30 * MINUTE);
    check_wait(&wishes(365 * 24 * 3600), HOUR);
}

#[test]
fn hours_to_skip_are_skipped_up_to_the_longest_interval() {
    let mut feed = with_gap(DAY);
    feed.wishes.skip_hours = 1 << 12;
    let almost_one = at("2026-03-04T12:30:00Z");
    let wait = next_wait(pace(), &feed, Verdict::Good, almost_one);
    assert_eq!(to_the_second(almost_one + to_delta(wait)), at("2026-03-04T13:00:00Z"));
    feed.wishes.skip_hours = (1 << 24) - 1;
    assert_eq!(next_wait(pace(), &feed, Verdict::Good, noon()), HOUR);
}

#[test]
fn days_to_skip_are_skipped_where_the_longest_interval_allows_it() {
    let mut feed = with_gap(DAY);
    feed.wishes.skip_days = 1 << 2; // Wednesday, which 2026-03-04 is
    let wide = Pace { max: 2 * DAY, ..pace() };
    let wait = next_wait(wide, &feed, Verdict::Good, noon());
    assert_eq!(to_the_second(noon() + to_delta(wait)), at("2026-03-05T00:00:00Z"));
}

#[test]
fn errors_back_off_by_one_interval_each_up_to_the_longest() {
    let failed = |failures| {
        let feed = FeedState { failures, ..state("f") };
        next_wait(pace(), &feed, Verdict::Failed, noon())
    };
    for failures in 1..6 {
        let want = (5 * MINUTE * failures).as_secs_f64();
        let got = failed(failures).as_secs_f64();
        assert!((got - want).abs() <= want / 9.0, "after {failures} failures: {got} s");
    }
    assert!(failed(1_000_000) <= HOUR);
}

#[test]
fn retry_after_is_kept_but_clamped_to_a_day() {
    let refused = |value: &str| {
        let retry_after = retry_after(value, noon());
        next_wait(pace(), &state("f"), Verdict::Refused { retry_after }, noon())
    };
    assert!(refused("7200") >= 2 * HOUR && refused("7200") < 3 * HOUR);
    assert!(refused("Wed, 04 Mar 2026 15:00:00 GMT") >= 3 * HOUR);
    assert!(refused("99999999999") <= DAY + DAY / 10);
    assert!(refused("Wed, 04 Mar 2099 15:00:00 GMT") <= DAY + DAY / 10);
    for odd in ["", "soon", "-5", "nan", "Wed, 04 Mar 2020 15:00:00 GMT", "0"] {
        assert!((MINUTE..=HOUR).contains(&refused(odd)), "Retry-After: {odd}");
    }
}

#[test]
fn a_feed_with_one_interval_for_everything_is_polled_exactly_so() {
    let fixed = Pace { interval: SECOND / 5, min: SECOND / 5, max: SECOND / 5 };
    let mut feed = with_gap(1000 * DAY);
    feed.wishes.every = 3600;
    for verdict in [Verdict::Good, Verdict::Failed, Verdict::Refused { retry_after: None }] {
        assert_eq!(next_wait(fixed, &feed, verdict, noon()), SECOND / 5);
    }
}

#[test]
fn new_feeds_are_spread_and_a_few_of_them_begin_at_once() {
    assert!(first_slot("https://a.example/feed", 5 * MINUTE, 60) <= 3 * SECOND);
    assert!(first_slot("https://a.example/feed", 5 * MINUTE, 1_000_000) <= 5 * MINUTE);
    let slots: Vec<Duration> =
        (0..1000).map(|n| first_slot(&format!("feed {n}"), 5 * MINUTE, 100_000)).collect();
    let early = slots.iter().filter(|slot| **slot < 150 * SECOND).count();
    assert!((400..600).contains(&early), "{early} of 1000 in the first half");
}

#[test]
fn a_restart_polls_nothing_early_and_spreads_what_is_overdue() {
    let due_in = |minutes| {
        let feed = FeedState {
            next_poll: noon() + TimeDelta::minutes(minutes),
            last_poll: Some(noon() - TimeDelta::minutes(1)),
            ..state("f")
        };
        resume(pace(), &feed, noon())
    };
    assert_eq!(due_in(4), 4 * MINUTE);
    assert!(due_in(-2) <= 2 * MINUTE);
    assert!(due_in(-60 * 24) <= 5 * MINUTE, "a day of downtime");
}

#[test]
fn a_clock_that_was_wrong_for_years_delays_no_feed() {
    for (next_poll, last_poll) in [
        ("2029-01-01T00:05:00Z", "2029-01-01T00:00:00Z"),
        ("2029-01-01T00:05:00Z", "2026-03-04T11:59:00Z"),
        ("1970-01-01T00:05:00Z", "1970-01-01T00:00:00Z"),
    ] {
        let feed =
            FeedState { next_poll: at(next_poll), last_poll: Some(at(last_poll)), ..state("f") };
        assert!(resume(pace(), &feed, noon()) <= HOUR, "next poll at {next_poll}");
    }
    let burning = FeedState { hot_until: Some(at("2029-01-01T00:00:00Z")), ..with_gap(DAY) };
    check_wait(&burning, 5 * MINUTE);
}

/// Where a clock may go, in seconds from where it was: one that was wrong by years, one that is set
/// by a day, hours of summer time, a night asleep, a leap second.
const JUMPS: [i64; 20] = [
    3_600,
    -3_600,
    86_400,
    -86_400,
    -3 * 31_536_000,
    3 * 31_536_000,
    10 * 31_536_000,
    -10 * 31_536_000,
    3_600,
    -3_600,
    28_800,
    1,
    -1,
    61,
    -61,
    2_592_000,
    -2_592_000,
    31_536_000,
    -31_536_000,
    -7_200,
];

#[test]
fn twenty_jumps_of_the_clock_bring_neither_a_storm_nor_silence() {
    for number in 0..50 {
        let mut state = state(&format!("https://outlet{number}.example/rss"));
        let (mut clock, mut turn) = (noon(), 0);
        for jump in JUMPS {
            // Two hours by the clock that nobody sets.
            let (mut passed, mut polls) = (Duration::ZERO, 0_u32);
            while passed < 2 * HOUR {
                turn += 1;
                polls += 1;
                state.polls = turn;
                state.last_poll = Some(clock);
                if turn % 7 == 0 {
                    arrived(&mut state, clock);
                }
                if turn % 31 == 0 {
                    ignite(&mut state, clock);
                }
                let wait = next_wait(pace(), &state, Verdict::Good, clock);
                assert!((MINUTE..=HOUR).contains(&wait), "{} after {jump} s", spoken(wait));
                state.next_poll = after(clock, wait);
                passed += wait;
                clock += to_delta(wait);
            }
            assert!((2..=120).contains(&polls), "{polls} polls in two hours after {jump} s");
            clock = clock.checked_add_signed(TimeDelta::seconds(jump)).unwrap();
            // The same where it is started anew.
            let wait = resume(pace(), &state, clock);
            assert!(wait <= HOUR, "{} after a start, {jump} s", spoken(wait));
        }
    }
}

#[test]
fn a_feed_is_stale_by_its_own_rhythm() {
    let silent_for = |days| FeedState {
        polls: 50,
        last_new: Some(noon() - TimeDelta::days(days)),
        ..with_gap(HOUR)
    };
    assert!(!is_stale(&silent_for(2), noon()));
    assert!(is_stale(&silent_for(3), noon()));
    let monthly = FeedState { rhythm: Some(30.0 * 86400.0), ..silent_for(100) };
    assert!(!is_stale(&monthly, noon()));
}

#[test]
fn the_dates_of_a_first_document_give_the_rhythm() {
    let mut feed = state("f");
    seeded(&mut feed, (0..10).map(|day| noon() - TimeDelta::days(day)).collect());
    assert_eq!(feed.rhythm, Some(86400.0));
    assert_eq!(feed.last_new, Some(noon()));
    assert_eq!(feed.arrivals, 0);
    let mut dateless = state("f");
    seeded(&mut dateless, Vec::new());
    assert_eq!(dateless.rhythm, None);
}

#[test]
fn durations_are_spoken_as_in_the_configuration() {
    for (seconds, want) in [(59, "59s"), (300, "5m"), (90, "1m30s"), (5400, "1h30m")] {
        assert_eq!(spoken(Duration::from_secs(seconds)), want);
    }
    assert_eq!(spoken(Duration::from_millis(200)), "200ms");
    assert_eq!(spoken(2 * DAY), "2d");
}
