//! What a person reads at each kind of receiver: who, from where to where, how sure, who says so.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::Value;
use talentwire::model::{ChangeKind, Move, Report, Status};
use talentwire::notify::message::{Event, Gathered, Message, MoveNews, News};
use talentwire::notify::receiver::{Form, Letter, Receiver};

use super::fixtures::a_move;
use super::limits::an_article;
use super::receivers::kinds;

fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

/// A move that three outlets report, the first one four minutes ago.
fn reported_by_three(status: Status) -> Move {
    let mut mv = a_move("m1", now());
    mv.person = Some("Marta Lindqvist".to_owned());
    mv.status = status;
    let first = mv.reports[0].clone();
    let other = |outlet: &str, path: &str| Report {
        outlet: outlet.to_owned(),
        url: Some(format!("https://{path}.example/1")),
        ..first.clone()
    };
    mv.reports.extend([other("한빛테크", "hanbit"), other("Circuit Weekly", "circuit")]);
    mv.report_count = 3;
    mv
}

fn letter(message: Message) -> Letter {
    let ids = vec!["m1-1".to_owned()];
    Letter { ids, message, form: Form::Rich, now: now(), since: now(), thread: None }
}

fn body(receiver: &dyn Receiver, message: Message) -> Value {
    receiver.render(&letter(message)).unwrap().calls.remove(0).1
}

fn news(mv: Move, event: Event, change: ChangeKind) -> News {
    News::Move(MoveNews { mv: Arc::new(mv), event, change, at: now() })
}

fn report(status: Status) -> Message {
    Message::One(news(reported_by_three(status), Event::Reported, ChangeKind::New))
}

/// The texts of a Slack message from top to bottom.
fn slack_lines(body: &Value) -> Vec<String> {
    let none = Vec::new();
    let attached = body.pointer("/attachments/0/blocks").and_then(Value::as_array);
    let blocks = body["blocks"].as_array().unwrap_or(&none).iter();
    blocks
        .chain(attached.unwrap_or(&none))
        .flat_map(|block| match &block["elements"] {
            Value::Array(elements) => elements.clone(),
            _ => vec![block.clone()],
        })
        .map(|it| it["text"]["text"].as_str().or(it["text"].as_str()).unwrap().to_owned())
        .collect()
}

#[test]
fn the_slack_card_says_who_from_where_to_where_how_sure_and_who_says_so() {
    let body = body(kinds().slack.as_ref(), report(Status::Reported));
    assert_eq!(
        slack_lines(&body),
        [
            "Marta Lindqvist: OpenAI → Anthropic",
            "🔵 *Reported* · research chief · also 마르타 린드크비스트",
            "> Marta Lindqvist, who led research at OpenAI, *is joining* Anthropic.",
            "First report: <https://ledger.example/m1?a=1&amp;b=2|The Valley Ledger>, 4 min ago",
            "+2 more: <https://hanbit.example/1|한빛테크>, \
             <https://circuit.example/1|Circuit Weekly>",
            "Read the article",
        ]
    );
    let button = body.pointer("/attachments/0/blocks/3/elements/0/url");
    assert_eq!(button.unwrap(), "https://ledger.example/m1?a=1&b=2");
    let fallback = "Marta Lindqvist: OpenAI → Anthropic (reported, The Valley Ledger)";
    assert_eq!(body["text"], fallback, "what the notification shows");
}

#[test]
fn an_outlet_that_reports_twice_is_named_once() {
    let mut mv = reported_by_three(Status::Reported);
    let mut again = mv.reports[1].clone();
    again.url = Some("https://hanbit.example/2".to_owned());
    mv.reports.push(again);
    let mut first_again = mv.reports[0].clone();
    first_again.url = None;
    mv.reports.push(first_again);
    let message = Message::One(news(mv, Event::Reported, ChangeKind::New));
    let lines = slack_lines(&body(kinds().slack.as_ref(), message));
    let followed = lines.iter().find(|line| line.starts_with('+')).unwrap();
    assert!(followed.starts_with("+2 more: "), "{followed}");
    assert_eq!(followed.matches("한빛테크").count(), 1, "{followed}");
}

/// A status is a word, a mark and the colour of the bar beside the card.
#[test]
fn each_status_has_its_word_and_its_colour() {
    let mut colours = Vec::new();
    for (status, words) in [
        (Status::Rumoured, "🟡 *Rumoured*"),
        (Status::Reported, "🔵 *Reported*"),
        (Status::Confirmed, "🟢 *Confirmed*"),
        (Status::Denied, "🔴 *Denied*"),
    ] {
        let body = body(kinds().slack.as_ref(), report(status));
        assert!(slack_lines(&body)[1].starts_with(words), "{:?}", slack_lines(&body));
        colours.push(body.pointer("/attachments/0/color").unwrap().to_string());
    }
    colours.dedup();
    assert_eq!(colours.len(), 4, "{colours:?}");
}

#[test]
fn a_keyword_alert_says_what_the_article_says() {
    let tagged = an_article(1, "Chief scientist of OpenAI resigns", now());
    let message = Message::One(News::Mention(Arc::new(tagged)));
    let lines = slack_lines(&body(kinds().slack.as_ref(), message));
    assert_eq!(lines[0], "Chief scientist of OpenAI resigns");
    assert!(lines.iter().any(|line| line.contains("The Valley Ledger")), "{lines:?}");
    assert_eq!(lines.last().unwrap(), "Read the article");
}

#[test]
fn what_waited_is_one_message_with_a_line_for_each() {
    let each = ["Ada", "Bo", "Cy"].map(|name| {
        let mut mv = reported_by_three(Status::Reported);
        mv.person = Some(format!("{name} Sample"));
        news(mv, Event::Reported, ChangeKind::New)
    });
    let message = Message::Many(Gathered::Backlog, each.to_vec());
    let lines = slack_lines(&body(kinds().slack.as_ref(), message));
    assert_eq!(lines.len(), 4, "{lines:?}");
    for (line, name) in lines[1..].iter().zip(["Ada Sample", "Bo Sample", "Cy Sample"]) {
        assert!(line.starts_with(&format!("🔵 *{name}: OpenAI → Anthropic* · Reported")), "{line}");
    }
}

#[test]
fn every_kind_of_receiver_says_the_same_in_its_own_form() {
    let discord = body(kinds().discord.as_ref(), report(Status::Confirmed));
    let embed = &discord["embeds"][0];
    assert_eq!(embed["title"], "Marta Lindqvist: OpenAI → Anthropic");
    assert_eq!(embed["color"], 0x002E_B67D);
    assert_eq!(embed["url"], "https://ledger.example/m1?a=1&b=2");

    let teams = body(kinds().teams.as_ref(), report(Status::Confirmed));
    let attachment = &teams["attachments"][0];
    assert_eq!(attachment["contentType"], "application/vnd.microsoft.card.adaptive");
    let card = &attachment["content"];
    assert_eq!(card["type"], "AdaptiveCard");
    assert_eq!(card["body"][0]["text"], "Marta Lindqvist: OpenAI → Anthropic");
    assert_eq!(card["body"][1]["color"], "Good");
    assert_eq!(card["actions"][0]["url"], "https://ledger.example/m1?a=1&b=2");

    let ntfy = body(kinds().ntfy.as_ref(), report(Status::Confirmed));
    assert_eq!((&ntfy["topic"], &ntfy["priority"]), (&"topic".into(), &4.into()));
    assert_eq!(ntfy["title"], "Marta Lindqvist: OpenAI → Anthropic");
    assert_eq!(ntfy["click"], "https://ledger.example/m1?a=1&b=2");

    let console = body(kinds().console.as_ref(), report(Status::Confirmed));
    for body in [discord, teams, ntfy, console] {
        let text = body.to_string();
        for words in ["Marta Lindqvist", "Confirmed", "is joining", "The Valley Ledger", "4 min"] {
            assert!(text.contains(words), "no {words} in {body:#}");
        }
    }
}
