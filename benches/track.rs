//! The tracker against 100,000 known moves: merging, restarting, memory.
//!
//! `cargo bench --bench track`. The targets: 100,000 claims a second, a restart under 2 seconds,
//! under 1 kB a move.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use criterion::{BatchSize, Criterion, Throughput, criterion_group};
use talentwire::model::{
    Arrival, ArticleRef, Claim, ClaimRecord, Evidence, Field, Kind, Move, SCHEMA, Status,
    content_id,
};
use talentwire::track::{History, Relation, Settings, Tracker};

const MOVES: usize = 100_000;
const CLAIMS: usize = 20_000;

/// Syllables that make names in Latin and in Hangul.
const SYLLABLES: &[(&str, &str)] = &[
    ("ka", "카"),
    ("to", "토"),
    ("mi", "미"),
    ("ren", "렌"),
    ("sol", "솔"),
    ("ba", "바"),
    ("chi", "치"),
    ("lu", "루"),
    ("dan", "단"),
    ("vel", "벨"),
    ("ma", "마"),
    ("shi", "시"),
    ("no", "노"),
    ("ran", "란"),
    ("pe", "페"),
    ("so", "소"),
    ("ne", "네"),
    ("tim", "팀"),
    ("ga", "가"),
    ("li", "리"),
    ("fo", "포"),
    ("zen", "젠"),
];

fn start() -> DateTime<Utc> {
    "2026-03-01T00:00:00Z".parse().unwrap()
}

/// The name of person `number`, in Latin or in Hangul.
fn name(number: usize, hangul: bool) -> String {
    let mut rest = number;
    let mut syllable = || {
        let (latin, korean) = SYLLABLES[rest % SYLLABLES.len()];
        rest /= SYLLABLES.len();
        if hangul { korean } else { latin }
    };
    let given = [syllable(), syllable()].concat();
    let surname = [syllable(), syllable(), syllable()].concat();
    format!("{given} {surname}")
}

fn company(number: usize) -> String {
    format!("company-{}", number % 60)
}

/// What an article says of the move of person `number`; `variant` says which part of it and how.
fn record(number: usize, variant: usize, article: usize) -> ClaimRecord {
    let seen = start() + TimeDelta::seconds((article % 2_000_000) as i64);
    let (from, to) = (Some(company(number)), Some(company(number / 60 + number + 1)));
    let (from, to, kind) = match variant % 4 {
        0 => (from, None, Kind::Left),
        1 => (None, to, Kind::Joined),
        _ => (from, to, Kind::Moved),
    };
    let written = name(number, variant % 5 == 4);
    let unnamed = variant % 20 == 19;
    let outlet = format!("Outlet {}", article % 200);
    let article = ArticleRef {
        id: content_id(&["article", &article.to_string()]),
        feed: format!("https://outlet-{}.example/feed.xml", article % 200),
        url: Some(format!("https://outlet-{}.example/2026/03/story-{article}", article % 200)),
        title: format!("{written} makes a move that everybody talks about, part {article}"),
        outlet,
        lang: Some("en".into()),
        published: Some(seen - TimeDelta::minutes(5)),
        first_seen: seen,
        arrival: Arrival::Live,
    };
    let text =
        format!("{written}, who led research, is leaving {from:?} to join {to:?} this week.");
    let claim = Claim {
        person: (!unnamed).then(|| written.clone()),
        person_as_written: (!unnamed).then_some(written),
        count: 1,
        from,
        to,
        role: Some("head of research".into()),
        kind,
        status: if variant.is_multiple_of(3) { Status::Rumoured } else { Status::Reported },
        confidence: 0.9,
        alert: true,
        suppressed: None,
        evidence: Evidence {
            field: Field::Title,
            start: 0,
            end: text.len(),
            text,
            trigger: "join".into(),
        },
    };
    let id = content_id(&["claim", &article.id, &variant.to_string()]);
    ClaimRecord { schema: SCHEMA, id, article, claim }
}

fn fresh() -> Tracker {
    let relations: Vec<Relation> = (0..60)
        .map(|number| Relation {
            id: company(number),
            name: format!("Company {number}"),
            parent: (number % 10 == 9).then(|| company(number - 1)),
        })
        .collect();
    Tracker::new(Settings::default(), &History::default(), &relations)
}

/// A month in which 100,000 people moved, with `reports` articles on each.
fn published(reports: usize) -> Vec<Move> {
    let mut tracker = fresh();
    let mut topic = std::collections::HashMap::new();
    for report in 0..reports {
        for number in 0..MOVES {
            let record = record(number, 2 + 4 * report, number + report * MOVES);
            for of in tracker.merge(&record, record.article.first_seen).moves {
                topic.insert(of.id.clone(), of);
            }
        }
    }
    topic.into_values().collect()
}

/// Resident memory of this process in bytes, on Linux.
fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/statm").ok()?;
    Some(status.split(' ').nth(1)?.parse::<usize>().ok()? * 4096)
}

/// The argument of a process that only restores what it is given, and says what memory that takes.
const CHILD: &str = "--memory-of-stdin";

/// Memory of the moves in a process of their own, where nothing was freed before that they could
/// use.
fn memory(title: &str, lines: &[String]) {
    let child = Command::new(std::env::current_exe().unwrap())
        .arg(CHILD)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = child.unwrap();
    let mut stdin = child.stdin.take().unwrap();
    for line in lines {
        writeln!(stdin, "{line}").unwrap();
    }
    drop(stdin);
    let said = child.wait_with_output().unwrap().stdout;
    print!("memory, {title}: {}", String::from_utf8_lossy(&said));
}

fn memory_of_stdin() {
    let mut tracker = fresh();
    let Some(before) = resident() else { return };
    for line in std::io::stdin().lines() {
        tracker.restore(&serde_json::from_str(&line.unwrap()).unwrap());
    }
    let each = |bytes: usize| (bytes - before) / tracker.len().max(1);
    let held = each(resident().unwrap());
    println!("{held} bytes a move ({} moves)", tracker.len());
    std::hint::black_box(&tracker);
}

/// Nanoseconds that this thread has run, on Linux: other processes do not count.
fn on_cpu() -> Option<u64> {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    times.split(' ').next()?.parse().ok()
}

/// One sort of claims at a time, by the time on the processor.
fn sorts_of_claims(moves: &[Move]) {
    let of = |variant: usize| (0..CLAIMS).map(move |n| record(n * 7 % MOVES, variant, MOVES + n));
    let one_end = |mut record: ClaimRecord| {
        record.claim.to = None;
        record.claim.kind = Kind::Left;
        record
    };
    let other_role = |mut record: ClaimRecord| {
        record.claim.role = Some("chief financial officer".into());
        one_end(record)
    };
    let new = (0..CLAIMS).map(|n| record(MOVES + n, 2, MOVES + n));
    let new_one_end = (0..CLAIMS).map(|n| record(MOVES + n, 0, MOVES + n));
    let sorts: [(&str, Vec<ClaimRecord>); 10] = [
        ("a mix", (0..CLAIMS).map(|n| record(n * 7 % MOVES, n, MOVES + n)).collect()),
        ("Latin names", of(2).collect()),
        ("Latin names, one end", of(0).collect()),
        ("names in Hangul", of(14).collect()),
        ("unnamed, both ends", of(19).collect()),
        ("unnamed, one end", of(19).map(one_end).collect()),
        ("unnamed, one end, nobody's role", of(19).map(other_role).collect()),
        ("new people", new.collect()),
        ("new people, one end", new_one_end.collect()),
        ("the same claim again", vec![record(7, 2, 7); CLAIMS]),
    ];
    for (title, claims) in sorts {
        let mut tracker = fresh();
        moves.iter().for_each(|of| tracker.restore(of));
        // The first claim after a restart drops the reports of all moves that are past their window.
        let first = record(MOVES * 3, 2, MOVES * 3);
        tracker.merge(&first, first.article.first_seen);
        let before = on_cpu();
        for claim in &claims {
            std::hint::black_box(tracker.merge(claim, claim.article.first_seen));
        }
        if let (Some(before), Some(after)) = (before, on_cpu()) {
            let each = (after - before) / CLAIMS as u64;
            println!("merge, {title}: {each} ns a claim, {} a second", 1_000_000_000 / each.max(1));
        }
    }
}

/// The same moves over five years, as a daemon that runs for long knows them: one in 60 is of the
/// last 30 days.
fn over_five_years(moves: &[Move]) -> Vec<Move> {
    let earlier = |mut of: Move, place: usize| {
        let back = TimeDelta::days((place % 60 * 30) as i64);
        of.first_seen -= back;
        of.last_seen -= back;
        of.first_published = of.first_published.map(|at| at - back);
        of
    };
    moves.iter().cloned().enumerate().map(|(place, of)| earlier(of, place)).collect()
}

fn track(criterion: &mut Criterion) {
    let moves = published(1);
    println!("all moves of one day:");
    sorts_of_claims(&moves);
    println!("moves of five years:");
    sorts_of_claims(&over_five_years(&moves));
    let lines = |moves: &[Move]| -> Vec<String> {
        moves.iter().map(|of| serde_json::to_string(of).unwrap()).collect()
    };
    memory("three reports each", &lines(&published(3)));
    let lines = lines(&moves);
    memory("one report each", &lines);
    println!(
        "published form: {} bytes a move",
        lines.iter().map(String::len).sum::<usize>() / lines.len()
    );
    if let Some(before) = on_cpu() {
        let mut tracker = fresh();
        for line in &lines {
            tracker.restore(&serde_json::from_str(line).unwrap());
        }
        let after = on_cpu().unwrap_or(before);
        println!("restart: {} ms on the processor", (after - before) / 1_000_000);
    }

    let mut group = criterion.benchmark_group("track");
    group.sample_size(10).measurement_time(Duration::from_secs(10));
    group.throughput(Throughput::Elements(MOVES as u64));
    group.bench_function("restart with 100,000 moves, from JSON", |bench| {
        bench.iter_with_large_drop(|| {
            let mut tracker = fresh();
            for line in &lines {
                tracker.restore(&serde_json::from_str(line).unwrap());
            }
            tracker
        });
    });
    for (title, step) in [("more of known moves", 7), ("half of them new", 17)] {
        let claims: Vec<ClaimRecord> = (0..CLAIMS)
            .map(|n| record(n * step % (MOVES * if step > 7 { 2 } else { 1 }), n, MOVES + n))
            .collect();
        group.throughput(Throughput::Elements(CLAIMS as u64));
        group.bench_function(format!("merge against 100,000 moves, {title}"), |bench| {
            bench.iter_batched(
                || {
                    let mut tracker = fresh();
                    moves.iter().for_each(|of| tracker.restore(of));
                    tracker
                },
                |mut tracker| {
                    for claim in &claims {
                        std::hint::black_box(tracker.merge(claim, claim.article.first_seen));
                    }
                    tracker
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, track);

fn main() {
    if std::env::args().any(|argument| argument == CHILD) {
        return memory_of_stdin();
    }
    benches();
    Criterion::default().configure_from_args().final_summary();
}
