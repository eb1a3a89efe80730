//! Speed of `Extractor::tag` beside one bare caseless scan of the same bytes.
//!
//! `cargo bench --bench tag` prints MB/s and articles/s for generated headlines, generated
//! articles and, where `../shared/data/corpus` was unpacked to the path in `TAG_CORPUS`, for real ones.

#![allow(clippy::expect_used, missing_docs)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use chrono::{DateTime, Utc};
use talentwire::extract::{Extractor, Input, RuleFiles, Rules};

type Article = (String, String);

fn main() {
    let begun = Instant::now();
    let rules = Rules::parse(&RuleFiles::built_in()).expect("the built-in rules are right");
    let extractor = Extractor::new(&rules).expect("the automata fit");
    println!("start-up {:?}", begun.elapsed());
    let bare = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .ascii_case_insensitive(true)
        .build(rules.gazetteer.spellings())
        .expect("the automaton fits");
    for (name, articles) in sets() {
        measure(name, &articles, &extractor, &bare);
    }
}

fn sets() -> Vec<(&'static str, Vec<Article>)> {
    let mut sets = vec![
        ("headlines, 1 in 20 names a company", generated(20_000, 20, 0)),
        ("headlines, every one names a company", generated(5_000, 1, 0)),
        ("articles of 2 kB, 1 in 20 names a company", generated(5_000, 20, 2_000)),
        ("articles of 2 kB, 1 in 4 names a company", generated(5_000, 4, 2_000)),
    ];
    if let Some(text) =
        std::env::var_os("TAG_CORPUS").and_then(|path| std::fs::read_to_string(path).ok())
    {
        let field =
            |value: &serde_json::Value, key: &str| value[key].as_str().unwrap_or("").to_owned();
        let read = |line: &str| {
            let value: serde_json::Value = serde_json::from_str(line).ok()?;
            Some((field(&value, "title"), field(&value, "summary")))
        };
        sets.push(("corpus", text.lines().filter_map(read).collect()));
    }
    sets
}

/// Articles from a small stock of sentences; every `rate`-th names a company and a move.
fn generated(count: usize, rate: usize, length: usize) -> Vec<Article> {
    const PLAIN: &[&str] = &[
        "City council approves a new budget for parks and schools",
        "Rain is expected in the north while the south stays dry",
        "The museum opens a show of early maps and instruments",
        "Shares closed higher as traders weighed the latest data",
        "Team wins third game in a row after a slow first half",
        "A study links short walks to better sleep in older people",
    ];
    const MOVES: &[&str] = &[
        "Researcher Ada Gray leaves OpenAI to join Anthropic",
        "Meta hires Bo Field from Google to lead robotics",
        "Nvidia unveils a chip and shares rise",
        "Apple opens a store and customers queue",
    ];
    let pick = |list: &'static [&'static str], at: usize| list[at % list.len()];
    (0..count)
        .map(|at| {
            let title = if at % rate == 0 { pick(MOVES, at / rate) } else { pick(PLAIN, at) };
            let mut summary = String::new();
            let mut next = at;
            while summary.len() < length {
                next += 1;
                summary.push_str(pick(PLAIN, next * 7 + at));
                summary.push_str(". ");
            }
            (title.to_owned(), summary)
        })
        .collect()
}

fn measure(name: &str, articles: &[Article], extractor: &Extractor, bare: &AhoCorasick) {
    let bytes: usize = articles.iter().map(|(title, summary)| title.len() + summary.len()).sum();
    let published: DateTime<Utc> = DateTime::UNIX_EPOCH;
    let scan = best(|| {
        for (title, summary) in articles {
            black_box(
                bare.find_iter(title.as_str()).count() + bare.find_iter(summary.as_str()).count(),
            );
        }
    });
    let tag = best(|| {
        for (title, summary) in articles {
            black_box(extractor.tag(&Input {
                id: Some("1"),
                title,
                summary,
                content: None,
                url: None,
                published,
                lang: None,
            }));
        }
    });
    let rate = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    println!(
        "{name}: scan {:.0} MB/s, tag {:.0} MB/s ({:.2} of the scan), {:.0} articles/s",
        rate(scan),
        rate(tag),
        rate(tag) / rate(scan),
        articles.len() as f64 / tag.as_secs_f64()
    );
}

/// The fastest of several runs: the machine may be busy.
fn best(mut run: impl FnMut()) -> Duration {
    let time = |run: &mut dyn FnMut()| {
        let begun = Instant::now();
        run();
        begun.elapsed()
    };
    (0..7).map(|_| time(&mut run)).min().unwrap_or_default()
}
