//! Speed of `Extractor::tag` beside one bare caseless scan of the same bytes, and how its time grows
//! with the length of hostile text.
//!
//! `cargo bench --bench tag` prints, for each set of articles, MB/s of the scan and of the whole
//! tagging in the same run (the best of nine rounds each), the median of the rounds' ratios, and
//! articles/s, all on one core; on Linux in CPU time, so that other work counts little. The sets are
//! generated;
//! with `TAG_CORPUS` set to a file of JSON lines (`title`, `summary`, `lang`), its articles are
//! measured too: as they come, by language, and strung together to texts of 2 kB. Then it tags odd
//! texts of 250 kB, 1 MB and 4 MB, and fails where four times the length takes far more than four
//! times as long. docs/speed.md says what to expect.

#![allow(clippy::expect_used, missing_docs)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use chrono::{DateTime, Utc};
use talentwire::extract::{Extractor, Input, RuleFiles, Rules};

/// Title, summary and the language that the feed tells.
type Article = (String, String, Option<String>);

fn main() {
    let begun = Instant::now();
    let rules = Rules::parse(&RuleFiles::built_in()).expect("the built-in rules are right");
    let extractor = Extractor::new(&rules);
    println!("start-up {:?}", begun.elapsed());
    let bare = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .ascii_case_insensitive(true)
        .build(rules.gazetteer.spellings())
        .expect("the automaton fits");
    for (name, articles) in sets(&extractor) {
        measure(name, &articles, &extractor, &bare);
    }
    growth(&extractor);
}

fn sets(extractor: &Extractor) -> Vec<(&'static str, Vec<Article>)> {
    let mut sets = vec![
        ("headlines, 1 in 20 names a company", generated(20_000, 20, 0)),
        ("headlines, every one names a company", generated(5_000, 1, 0)),
        ("articles of 2 kB, 1 in 20 names a company", generated(5_000, 20, 2_000)),
        ("articles of 2 kB, 1 in 4 names a company", generated(5_000, 4, 2_000)),
    ];
    if let Some(path) = std::env::var_os("TAG_CORPUS") {
        let text = std::fs::read_to_string(path).expect("TAG_CORPUS names a file of JSON lines");
        let all: Vec<Article> = text.lines().filter_map(read).collect();
        for lang in ["en", "ko", "ja", "zh"] {
            let own = all.iter().filter(|article| article.2.as_deref() == Some(lang));
            sets.push((lang, own.cloned().collect()));
        }
        sets.push(("English, 2 kB, 1 in 4 names a company", strung(&all, extractor)));
        let headlines =
            all.iter().map(|(title, _, lang)| (title.clone(), String::new(), lang.clone()));
        sets.push(("corpus, headlines only", headlines.collect()));
        sets.push(("corpus", all));
    }
    sets
}

fn read(line: &str) -> Option<Article> {
    let value: serde_json::Value = serde_json::from_str(line).ok()?;
    let field = |key: &str| value[key].as_str().map(str::to_owned);
    Some((field("title")?, field("summary").unwrap_or_default(), field("lang")))
}

/// English articles strung together to texts of 2 kB: three of four of such as name no company, the
/// fourth with one that does among them.
fn strung(all: &[Article], extractor: &Extractor) -> Vec<Article> {
    let english = all.iter().filter(|article| article.2.as_deref() == Some("en"));
    let names = |article: &&Article| !extractor.tag(&input(article)).companies.is_empty();
    let (named, plain): (Vec<&Article>, Vec<&Article>) = english.partition(names);
    let (mut named, mut plain) = (named.into_iter(), plain.into_iter());
    let mut texts = Vec::new();
    loop {
        let first = if texts.len() % 4 == 0 { named.next() } else { plain.next() };
        let Some((title, summary, lang)) = first else { return texts };
        let mut long = summary.clone();
        while long.len() < 2_000 {
            let Some((title, summary, _)) = plain.next() else { return texts };
            long.push_str(&format!(" {title}. {summary}"));
        }
        texts.push((title.clone(), long, lang.clone()));
    }
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
            (title.to_owned(), summary, None)
        })
        .collect()
}

fn measure(name: &str, articles: &[Article], extractor: &Extractor, bare: &AhoCorasick) {
    let bytes: usize = articles.iter().map(|(title, summary, _)| title.len() + summary.len()).sum();
    let scan = || {
        for (title, summary, _) in articles {
            black_box(bare.find_iter(title).count() + bare.find_iter(summary).count());
        }
    };
    let tag = || {
        for article in articles {
            black_box(extractor.tag(&input(article)));
        }
    };
    let rounds = rounds(scan, tag);
    let (scan, tag) = best(&rounds);
    let mut ratios: Vec<f64> =
        rounds.iter().map(|(scan, tag)| scan.as_secs_f64() / tag.as_secs_f64()).collect();
    ratios.sort_by(f64::total_cmp);
    let rate = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    println!(
        "{name}: scan {:.0} MB/s, tag {:.0} MB/s ({:.2} of the scan), {:.0} articles/s",
        rate(scan),
        rate(tag),
        ratios.get(ratios.len() / 2).copied().unwrap_or_default(),
        articles.len() as f64 / tag.as_secs_f64()
    );
}

fn input((title, summary, lang): &Article) -> Input<'_> {
    Input {
        id: Some("1"),
        title,
        summary,
        content: None,
        url: None,
        published: DateTime::<Utc>::UNIX_EPOCH,
        lang: lang.as_deref(),
    }
}

/// Tags hostile texts of growing length; the time must not grow faster than they do.
fn growth(extractor: &Extractor) {
    let companies = &extractor.gazetteer().companies;
    let names: Vec<&str> = companies.iter().map(|company| company.name.as_str()).collect();
    let (spaced, glued) = (names.join(" ") + " ", names.concat());
    let shapes = [
        ("no spaces", "a"),
        ("company names in a row", spaced.as_str()),
        ("the same without spaces", glued.as_str()),
        ("moves without an end", "Ada Gray leaves OpenAI and "),
        ("sentences that move", "Ada Gray leaves OpenAI to join Anthropic. "),
        ("nested quotes", "“‘\"' "),
        ("brackets", "(["),
        ("right-to-left marks", "\u{202e}OpenAI\u{200f} leaves "),
        ("emoji", "😀"),
        ("marks to compose", "e\u{301}"),
        ("marks alone", "\u{301}"),
        ("entities", "&#8217;&amp;"),
        ("Hangul", "존 슐먼 오픈AI 퇴사 "),
        ("Hangul without spaces", "오픈AI퇴사"),
        ("Han", "谷歌加入离职"),
        ("Kana", "グーグル退社へ"),
        ("weak names", "Meta X "),
        ("broken UTF-8", "\u{fffd}OpenAI\u{fffd}"),
    ];
    for (name, piece) in shapes {
        let times = [250_000, 1_000_000, 4_000_000].map(|length| {
            let text = piece.repeat(length / piece.len());
            let article = (text, String::new(), None);
            let content = Input { content: Some(&article.0), ..input(&article) };
            let run = || {
                black_box(extractor.tag(&input(&article)));
                black_box(extractor.tag(&Input { title: "OpenAI", ..content }));
            };
            best(&rounds(run, || ())).0
        });
        let [first, second, third] = times;
        let ratio = |a: Duration, b: Duration| b.as_secs_f64() / a.as_secs_f64().max(1e-6);
        let (one, two) = (ratio(first, second), ratio(second, third));
        println!("{name}: {first:.1?}, {second:.1?} (x {one:.1}), {third:.1?} (x {two:.1})");
        assert!(
            one.min(two) < 7.0,
            "{name}: four times the text takes {one:.1} and {two:.1} times as long"
        );
    }
}

/// Several runs of each, by turns: the machine may be busy.
fn rounds(scan: impl Fn(), tag: impl Fn()) -> Vec<(Duration, Duration)> {
    let time = |run: &dyn Fn()| {
        let (begun, spent) = (Instant::now(), cpu());
        run();
        match (spent, cpu()) {
            (Some(before), Some(after)) => after.saturating_sub(before),
            _ => begun.elapsed(),
        }
    };
    (0..9).map(|_| (time(&scan), time(&tag))).collect()
}

/// How long this thread has run, where the system tells: it counts when a thread stops.
fn cpu() -> Option<Duration> {
    std::thread::sleep(Duration::from_micros(1));
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    spent.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// The fastest of each.
fn best(rounds: &[(Duration, Duration)]) -> (Duration, Duration) {
    let fastest = rounds.iter().copied().reduce(|a, b| (a.0.min(b.0), a.1.min(b.1)));
    fastest.unwrap_or_default()
}
