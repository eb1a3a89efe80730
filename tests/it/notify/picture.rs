//! The Slack messages drawn as Slack shows them, so that a person can judge them: from the very
//! bodies that are posted to `docs/slack-card.svg`. `TALENTWIRE_UPDATE=1` draws it anew.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use talentwire::model::{ChangeKind, Kind, Move, Report, Status};
use talentwire::notify::message::{Event, Gathered, Message, MoveNews, News};
use talentwire::notify::receiver::{Form, Letter};

use super::fixtures::{a_move, changed};
use super::receivers::kinds;
use crate::config::equals_file;

const WIDTH: usize = 640;
/// Left edge of a message's text.
const LEFT: usize = 60;
const FONT: &str = "Lato, 'Noto Sans', 'Noto Sans CJK KR', 'DejaVu Sans', sans-serif";

fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

fn report(outlet: &str, minutes: i64, quote: &str, trigger: &str) -> Report {
    Report {
        url: Some("https://ledger.example/1".to_owned()),
        title: quote.to_owned(),
        outlet: outlet.to_owned(),
        lang: None,
        published: Some(now() - TimeDelta::minutes(minutes)),
        quote: quote.to_owned(),
        trigger: trigger.to_owned(),
    }
}

/// The demo's first alert, as it stands after three outlets.
fn of_the_demo() -> Move {
    let english = "Marta Lindqvist, who led pretraining research at OpenAI, is joining Anthropic, \
                   she said on Tuesday.";
    let mut mv = a_move("m1", now());
    mv.person = Some("Marta Lindqvist".to_owned());
    mv.reports = vec![
        report("The Valley Ledger", 4, english, "is joining"),
        report("한빛테크", 2, "마르타 린드크비스트가 앤트로픽으로 이직했다.", "이직"),
        report("Circuit Weekly", 1, "Anthropic hires OpenAI's Marta Lindqvist", "hires"),
    ];
    mv
}

fn rumour() -> Move {
    let quote = "Tomas Okafor, a vice president at Meta, is in talks to join xAI, according to \
                 people familiar with the matter.";
    let mut mv = a_move("m2", now());
    mv.person = Some("Tomas Okafor".to_owned());
    mv.spellings.clear();
    (mv.from_name, mv.to_name) = (Some("Meta".to_owned()), Some("xAI".to_owned()));
    mv.role = Some("vice president".to_owned());
    mv.status = Status::Rumoured;
    mv.reports = vec![report("The Valley Ledger", 0, quote, "in talks to join")];
    mv
}

fn founder() -> Move {
    let mut mv = a_move("m3", now());
    mv.person = Some("Amara Mbeki".to_owned());
    mv.kind = Kind::Founded;
    (mv.to, mv.to_name) = (None, None);
    mv.reports = vec![report("Circuit Weekly", 55, "", "")];
    mv
}

fn news(mv: &Move, event: Event, change: ChangeKind) -> News {
    News::Move(MoveNews { mv: Arc::new(mv.clone()), event, change, at: now() })
}

fn posted(message: Message) -> Value {
    let ids = vec!["m1-1".to_owned()];
    let letter = Letter { ids, message, form: Form::Rich, now: now(), since: now(), thread: None };
    kinds().slack.render(&letter).unwrap().calls.remove(0).1
}

#[test]
fn the_picture_in_the_documentation_shows_what_is_posted() {
    let first = of_the_demo();
    let mut later = changed(&first, ChangeKind::Confirmed, now());
    let sentence = "Anthropic confirmed on Wednesday that Marta Lindqvist has joined.";
    later.reports.push(report("The Valley Ledger", 0, sentence, "has joined"));
    let reported = |mv: &Move| news(mv, Event::Reported, ChangeKind::New);
    let digest = vec![reported(&first), reported(&rumour()), reported(&founder())];
    let drawn = draw(&[
        posted(Message::One(reported(&first))),
        posted(Message::One(reported(&rumour()))),
        posted(Message::One(news(&later, Event::Updated, ChangeKind::Confirmed))),
        posted(Message::Many(Gathered::Backlog, digest)),
    ]);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/slack-card.svg");
    equals_file(&path, &drawn).unwrap();
}

/// A word with its looks.
#[derive(Clone)]
struct Word {
    text: String,
    bold: bool,
    link: bool,
}

/// Reads mrkdwn as Slack does: bold, links, entities.
fn words(mrkdwn: &str) -> Vec<Word> {
    let (mut found, mut bold, mut link) = (Vec::new(), false, false);
    let mut word = String::new();
    let mut rest = mrkdwn.chars();
    while let Some(c) = rest.next() {
        let (was_bold, was_link) = (bold, link);
        match c {
            '*' => bold = !bold,
            '<' => {
                link = true;
                rest.by_ref().find(|c| *c == '|').unwrap();
            }
            '>' => link = false,
            c => word.push(c),
        }
        if matches!(c, '*' | '<' | '>' | ' ') && !word.is_empty() {
            let text = std::mem::take(&mut word);
            found.push(Word { text, bold: was_bold, link: was_link });
        }
    }
    found.push(Word { text: word, bold, link });
    found
}

/// About how wide a text is drawn.
fn width(text: &str, size: usize) -> usize {
    let em = |c: char| match c {
        ' ' | 'i' | 'l' | '.' | ',' | '\'' => 30,
        c if u32::from(c) >= 0x1100 => 100,
        _ => 60,
    };
    text.chars().map(em).sum::<usize>() * size / 100
}

fn wrapped(words: Vec<Word>, size: usize, room: usize) -> Vec<Vec<Word>> {
    let mut lines = vec![Vec::new()];
    let mut used = 0;
    for word in words {
        let wide = width(&word.text, size) + width(&word.text, size) * usize::from(word.bold) / 8;
        if used + wide > room && used > 0 {
            lines.push(Vec::new());
            used = 0;
        }
        used += wide;
        lines.last_mut().unwrap().push(word);
    }
    lines
}

/// The picture, from top to bottom.
struct Canvas {
    svg: String,
    y: usize,
}

impl Canvas {
    fn shape(&mut self, shape: std::fmt::Arguments<'_>) {
        writeln!(self.svg, "{shape}").unwrap();
    }

    fn text(&mut self, x: usize, size: usize, colour: &str, mrkdwn: &str) {
        for line in wrapped(words(mrkdwn), size, WIDTH - 20 - x) {
            self.y += size * 7 / 5;
            let y = self.y;
            write!(self.svg, "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{colour}\">")
                .unwrap();
            for word in line {
                let weight = if word.bold { " font-weight=\"700\"" } else { "" };
                let fill = if word.link { " fill=\"#1264A3\"" } else { "" };
                write!(self.svg, "<tspan{weight}{fill}>{}</tspan>", word.text).unwrap();
            }
            writeln!(self.svg, "</text>").unwrap();
        }
    }

    fn block(&mut self, block: &Value, x: usize) {
        match block["type"].as_str().unwrap() {
            "header" => {
                let text = escaped(block["text"]["text"].as_str().unwrap());
                self.text(x, 18, "#1D1C1D", &format!("*{text}*"));
            }
            "section" => {
                let text = block["text"]["text"].as_str().unwrap();
                let top = self.y;
                match text.strip_prefix("> ") {
                    None => self.text(x, 15, "#1D1C1D", text),
                    Some(quote) => {
                        self.text(x + 14, 15, "#1D1C1D", quote);
                        let (y, height) = (top + 5, self.y - top);
                        self.shape(format_args!(
                            "<rect x=\"{x}\" y=\"{y}\" width=\"4\" height=\"{height}\" rx=\"2\" fill=\"#DDDDDD\"/>"
                        ));
                    }
                }
            }
            "context" => {
                for element in block["elements"].as_array().unwrap() {
                    self.text(x, 13, "#616061", element["text"].as_str().unwrap());
                }
            }
            "actions" => {
                let text = block["elements"][0]["text"]["text"].as_str().unwrap();
                let (y, wide) = (self.y + 10, width(text, 14) + 36);
                self.shape(format_args!(
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"30\" rx=\"4\" fill=\"#FFFFFF\" stroke=\"#BBBABB\"/>"
                ));
                self.y += 10;
                self.text(x + 12, 14, "#1D1C1D", &format!("*{text}*"));
                self.y += 12;
            }
            other => panic!("{other}"),
        }
        self.y += 6;
    }

    fn message(&mut self, body: &Value) {
        let y = self.y + 4;
        self.shape(format_args!(
            "<rect x=\"14\" y=\"{y}\" width=\"36\" height=\"36\" rx=\"6\" fill=\"#4A154B\"/>"
        ));
        self.text(LEFT, 15, "#1D1C1D", "*talentwire*");
        self.y += 4;
        for block in body["blocks"].as_array().into_iter().flatten() {
            self.block(block, LEFT);
        }
        for attachment in body["attachments"].as_array().into_iter().flatten() {
            let (top, colour) = (self.y, attachment["color"].as_str().unwrap());
            for block in attachment["blocks"].as_array().unwrap() {
                self.block(block, LEFT + 16);
            }
            let (y, height) = (top + 4, self.y - top);
            self.shape(format_args!(
                "<rect x=\"{LEFT}\" y=\"{y}\" width=\"4\" height=\"{height}\" rx=\"2\" fill=\"{colour}\"/>"
            ));
        }
        self.y += 22;
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn draw(bodies: &[Value]) -> String {
    let mut canvas = Canvas { svg: String::new(), y: 10 };
    for body in bodies {
        canvas.message(body);
    }
    let (height, svg) = (canvas.y, canvas.svg);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
         font-family=\"{FONT}\" xml:space=\"preserve\">\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#FFFFFF\"/>\n{svg}</svg>\n"
    )
}
