//! Whatever a feed writes, the message says what it says and does nothing.

use std::sync::Arc;

use chrono::Utc;
use proptest::prelude::*;
use serde_json::Value;
use talentwire::model::{ChangeKind, Move, Tagged};
use talentwire::notify::message::{Event, Gathered, Message, MoveNews, News};
use talentwire::notify::receiver::{Form, Letter, Receiver};

use super::fixtures::a_move;
use super::limits::an_article;
use super::receivers::{Kinds, kinds};

/// Pieces that titles of bad will are made of.
const PIECES: &[&str] = &[
    "<!channel>",
    "<!here>",
    "<!everyone>",
    "<@U123ABC>",
    "<#C042>",
    "<!subteam^S1>",
    "|",
    "<",
    ">",
    "&",
    "&amp;",
    "&lt;!channel&gt;",
    "&#60;!here&#62;",
    "<https://evil.example|Reuters>",
    "*",
    "_",
    "~",
    "`",
    "```",
    "> ",
    "\n",
    "\r\n",
    "\u{2028}",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{feff}",
    "\u{0}",
    "\u{1b}[31m",
    "\u{9b}31m",
    "🎉",
    "👩‍👩‍👧",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "@everyone",
    "@here",
    "[x](https://evil.example)",
    "](javascript:alert(1))",
    "\\",
    "\"",
    "'",
    "{{ person }}",
    "{% raw %}",
    "이직",
    "移籍",
    "加入",
    "openai",
    "https://evil.example/?a=b",
    "mailto:a@b",
    "<!date^1^{ago}|x>",
    "\u{e0041}",
    "ﷺ",
    "𒐫",
    " ",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        5 => prop::sample::select(PIECES).prop_map(str::to_owned),
        2 => "[ -~]{1,12}",
        1 => any::<char>().prop_map(String::from),
        1 => "\\PC{1,8}",
    ];
    let pieces = prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat());
    prop_oneof![
        20 => pieces.clone(),
        1 => (pieces, 50..150_usize).prop_map(|(text, times)| text.repeat(times)),
    ]
}

fn hostile_move() -> impl Strategy<Value = Move> {
    let url = prop_oneof![
        2 => Just("https://ledger.example/a?b=1&c=2".to_owned()),
        1 => text(),
        2 => text().prop_map(|text| format!("https://ledger.example/{text}")),
        1 => text().prop_map(|text| format!("https://{text}@evil.example/")),
    ];
    ((text(), text(), text(), text()), (text(), text(), text()), url, 0..9_usize).prop_map(
        |((person, from, to, role), (outlet, quote, trigger), url, more)| {
            let mut mv = a_move("m1", Utc::now());
            mv.person = Some(person);
            mv.from_name = Some(from);
            mv.to_name = Some(to);
            mv.role = Some(role.clone());
            mv.spellings.push(role);
            if let Some(report) = mv.reports.first_mut() {
                report.outlet = outlet;
                report.title = quote.clone();
                report.quote = format!("{quote}{trigger}{quote}");
                report.trigger = trigger;
                report.url = Some(url);
            }
            let first = mv.reports[0].clone();
            mv.reports.extend(std::iter::repeat_n(first, more));
            mv
        },
    )
}

fn letter(message: Message, form: Form) -> Letter {
    let now = Utc::now();
    Letter { ids: vec!["m1-1".to_owned()], message, form, now, since: now, thread: None }
}

/// An article with the same texts, as keyword alerts tell of it.
fn mention_of(mv: &Move) -> Tagged {
    let report = &mv.reports[0];
    let mut tagged = an_article(1, &report.title, Utc::now());
    tagged.article.outlet = report.outlet.clone();
    tagged.article.url = report.url.clone();
    tagged.summary = report.quote.clone();
    tagged.tagging.companies = mv.from_name.iter().chain(&mv.to_name).cloned().collect();
    tagged.tagging.keywords = mv.role.iter().cloned().collect();
    tagged
}

/// Everything that can be said of a move, its first report before all else.
fn letters(mv: &Move) -> Vec<Letter> {
    let news = |event, change| {
        News::Move(MoveNews { mv: Arc::new(mv.clone()), event, change, at: Utc::now() })
    };
    let report = news(Event::Reported, ChangeKind::New);
    let mention = News::Mention(Arc::new(mention_of(mv)));
    vec![
        letter(Message::One(report.clone()), Form::Rich),
        letter(Message::One(report.clone()), Form::Plain),
        letter(Message::One(news(Event::Updated, ChangeKind::Destination)), Form::Rich),
        letter(Message::Many(Gathered::Backlog, vec![report; 5]), Form::Rich),
        letter(Message::Notice(format!("Notice: {}", mv.reports[0].quote)), Form::Rich),
        letter(Message::One(mention.clone()), Form::Rich),
        letter(Message::One(mention.clone()), Form::Plain),
        letter(Message::Many(Gathered::Quiet, vec![mention; 5]), Form::Rich),
    ]
}

/// Every string in a body, with its key.
fn strings<'a>(value: &'a Value, key: &'a str, found: &mut Vec<(&'a str, &'a str)>) {
    match value {
        Value::String(text) => found.push((key, text)),
        Value::Array(items) => items.iter().for_each(|item| strings(item, key, found)),
        Value::Object(fields) => fields.iter().for_each(|(key, item)| strings(item, key, found)),
        _ => {}
    }
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Reads mrkdwn as Slack does: what stands between `<` and `>` is a control sequence. Only links
/// of ours are allowed.
fn check_mrkdwn(text: &str) {
    // A quotation begins like this; no other `>` stands alone.
    let mut rest = text.strip_prefix("> ").unwrap_or(text);
    while let Some((before, after)) = rest.split_once('<') {
        assert!(!before.contains('>'), "open end: {text}");
        let (token, after) = after.split_once('>').unwrap_or_else(|| panic!("half a link: {text}"));
        let (url, label) = token.split_once('|').unwrap_or_else(|| panic!("no label: {text}"));
        let host = url.strip_prefix("https://").or(url.strip_prefix("http://")).expect(token);
        let host = host.split(['/', '?', '#']).next().unwrap();
        assert!(!host.is_empty() && !host.contains('@'), "{token}");
        assert!(!label.contains(['|', '<', '>']), "{token}");
        rest = after;
    }
    assert!(!rest.contains('>'), "open end: {text}");
    let mut entities = text;
    while let Some((_, after)) = entities.split_once('&') {
        let known = ["amp;", "lt;", "gt;"].iter().any(|name| after.starts_with(name));
        assert!(known, "a bare ampersand: {text}");
        entities = after;
    }
}

fn check_slack(body: &Value) {
    let mut all = Vec::new();
    strings(body, "", &mut all);
    for (key, text) in all {
        for bad in ["<!", "<@", "<#", "\u{202e}", "\u{200b}", "\u{0}", "\u{1b}"] {
            assert!(!text.contains(bad), "{key}: {bad:?} in {text:?}");
        }
        if key == "url" {
            assert!(text.starts_with("http") && units(text) <= 3000, "{text}");
        }
    }
    let text = body["text"].as_str().unwrap();
    assert!(!text.is_empty() && units(text) <= 4000);
    check_mrkdwn(text);
    let empty = Vec::new();
    let top = body["blocks"].as_array().unwrap_or(&empty);
    let attached = body.pointer("/attachments/0/blocks").and_then(Value::as_array);
    let blocks: Vec<&Value> = top.iter().chain(attached.unwrap_or(&empty)).collect();
    assert!(blocks.len() <= 50);
    for block in blocks {
        check_block(block);
    }
}

fn check_block(block: &Value) {
    match block["type"].as_str().unwrap() {
        "header" => {
            let text = block["text"]["text"].as_str().unwrap();
            assert!((1..=150).contains(&units(text)), "{text}");
            assert!(!text.contains(['<', '>', '\n']), "{text}");
        }
        "section" => {
            let text = block["text"]["text"].as_str().unwrap();
            assert!((1..=3000).contains(&units(text)), "{}", units(text));
            assert_eq!(block["text"]["verbatim"], true);
            assert!(!text.contains('\n'), "{text}");
            check_mrkdwn(text);
        }
        "context" => {
            let elements = block["elements"].as_array().unwrap();
            assert!((1..=10).contains(&elements.len()));
            for element in elements {
                let text = element["text"].as_str().unwrap();
                assert!(units(text) <= 3000);
                check_mrkdwn(text);
            }
        }
        "actions" => assert_eq!(block["elements"].as_array().unwrap().len(), 1),
        other => panic!("an unforeseen block: {other}"),
    }
}

fn check_discord(body: &Value) {
    assert_eq!(body["allowed_mentions"]["parse"], serde_json::json!([]));
    assert!(units(body["content"].as_str().unwrap()) <= 2000);
    let mut sum = 0;
    for embed in body["embeds"].as_array().unwrap() {
        let title = embed["title"].as_str().unwrap();
        let description = embed["description"].as_str().unwrap();
        assert!(units(title) <= 256 && units(description) <= 4096, "{}", units(description));
        sum += units(title) + units(description);
        assert!(!description.contains("@everyone"), "{description}");
    }
    assert!(sum <= 6000, "{sum}");
}

fn check_all(kinds: &Kinds, mv: &Move) {
    for letter in letters(mv) {
        let render = |receiver: &dyn Receiver| {
            let mut calls = receiver.render(&letter).unwrap().calls;
            calls.remove(0).1
        };
        check_slack(&render(kinds.slack.as_ref()));
        check_slack(&render(kinds.own.as_ref()));
        check_discord(&render(kinds.discord.as_ref()));
        let teams = render(kinds.teams.as_ref()).to_string();
        assert!(teams.len() <= 28 * 1024, "{}", teams.len());
        let ntfy = render(kinds.ntfy.as_ref());
        assert!(ntfy["message"].as_str().unwrap().len() <= 4096);
        let console = render(kinds.console.as_ref());
        let console = console.as_str().unwrap();
        assert!(!console.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\r']), "{console:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 720,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Seven texts of bad will a case: 5,040 of them.
    #[test]
    fn no_generated_text_becomes_a_control_token_or_breaks_a_limit(mv in hostile_move()) {
        check_all(kinds(), &mv);
    }
}

#[test]
fn names_stay_readable_and_known_attacks_do_nothing() {
    let table = include_str!("../../data/notify/hostile_titles.txt");
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let line = line.replace("\\u{202e}", "\u{202e}").replace("\\u{200b}", "\u{200b}");
        let mut mv = a_move("m1", Utc::now());
        mv.person = Some("John Schulman".to_owned());
        mv.reports[0].quote = line.clone();
        mv.reports[0].title = line.clone();
        mv.reports[0].outlet = line;
        let kinds = kinds();
        check_all(kinds, &mv);
        let letter = &letters(&mv)[0];
        for receiver in [&kinds.slack, &kinds.discord, &kinds.teams, &kinds.console] {
            let body = receiver.render(letter).unwrap().calls.remove(0).1.to_string();
            for name in ["John Schulman", "OpenAI", "Anthropic"] {
                assert!(body.contains(name), "{body}");
            }
        }
    }
}

#[test]
fn a_title_of_ten_thousand_characters_is_cut_and_says_so() {
    let mut mv = a_move("m1", Utc::now());
    mv.reports[0].quote = "&".repeat(10_000);
    mv.reports[0].trigger = String::new();
    let body = kinds().slack.render(&letters(&mv)[0]).unwrap().calls.remove(0).1;
    check_slack(&body);
    assert!(body.to_string().contains("&amp;…"), "{body:#}");
}

/// Ten thousand characters of one thing, wherever a feed may put them.
#[test]
fn ten_thousand_characters_of_anything_break_no_kind_of_receiver() {
    let pieces =
        ["&", "<!channel>", "<@U123>", "|", "🎉", "\u{202e}", "a", "이직", "<https://a.b|x>"];
    for piece in pieces {
        let text = piece.repeat(10_000 / piece.chars().count());
        let mut mv = a_move("m1", Utc::now());
        mv.person = Some("John Schulman".to_owned());
        mv.role = Some(text.clone());
        let report = &mut mv.reports[0];
        (report.quote, report.title, report.outlet) = (text.clone(), text.clone(), text.clone());
        report.url = Some(format!("https://ledger.example/{text}"));
        check_all(kinds(), &mv);
        let body = kinds().slack.render(&letters(&mv)[0]).unwrap().calls.remove(0).1.to_string();
        assert!(body.contains("John Schulman") && body.contains("Anthropic"), "{piece}: {body}");
    }
}

#[test]
fn the_trigger_is_bold_in_scripts_without_spaces_too() {
    let mut mv = a_move("m1", Utc::now());
    mv.reports[0].quote = "该公司首席科学家加入新公司。".to_owned();
    mv.reports[0].trigger = "加入".to_owned();
    let body = kinds().slack.render(&letters(&mv)[0]).unwrap().calls.remove(0).1;
    let quote = body.pointer("/attachments/0/blocks/1/text/text").unwrap().as_str().unwrap();
    assert_eq!(quote, "> 该公司首席科学家\u{2009}*加入*\u{2009}新公司。");
}
