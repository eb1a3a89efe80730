//! The Slack message: Block Kit within its limits, measured after escaping.
//!
//! Feed text goes into `plain_text` where Slack allows, into escaped mrkdwn with `verbatim`
//! elsewhere, so that nothing in it can mention, link or format.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::card::{Card, Quote, Source};
use super::message::{Gathered, Message, News};
use super::text::{clean, escape_within, literal, slack};
use super::tone::Tone;

/// Most characters in a header.
const HEADER: usize = 150;
/// Most characters in a section's text.
const SECTION: usize = 3000;
/// Most characters in a context element.
const CONTEXT: usize = 2000;
/// Most characters in the fallback text; Slack takes more, people do not.
const FALLBACK: usize = 1000;
/// Most characters of a quotation's parts, together below a section's limit when escaped.
const PART: usize = 900;

/// The whole message.
pub(crate) fn message(message: &Message, now: DateTime<Utc>) -> Value {
    match message {
        Message::One(news) => one(news, now),
        Message::Many(why, news) => many(*why, news, now),
        Message::Notice(text) => aside(":warning:", "#ECB22E", text),
        Message::Canary(_) => aside(":hatched_chick:", &Tone::Plain.hex(), &message.sentence(now)),
    }
}

/// The message without any markup.
pub(crate) fn plain(message: &Message, now: DateTime<Utc>) -> Value {
    wrap(&super::plain::text(message, now, FALLBACK), None, Vec::new())
}

/// A short answer in a move's thread, or a short follow-up message.
pub(crate) fn follow_up(news: &News, now: DateTime<Utc>) -> Value {
    let card = Card::new(news, now);
    let what = card.change.unwrap_or("update");
    let head = format!("{} *{}* — {what}", card.tone.mark(), mrkdwn(&card.headline, 600));
    let mut blocks = vec![section(&head)];
    blocks.extend(card.quote.as_ref().map(|quote| section(&quoted(quote))));
    blocks.extend(context(&sources(&card)));
    blocks.extend(button(card.to_read()));
    wrap(&format!("{what}: {}", card.line()), Some(&card.tone.hex()), blocks)
}

fn one(news: &News, now: DateTime<Utc>) -> Value {
    let card = Card::new(news, now);
    let mut blocks = vec![section(&summary(&card))];
    blocks.extend(card.quote.as_ref().map(|quote| section(&quoted(quote))));
    blocks.extend(context(&sources(&card)));
    blocks.extend(button(card.to_read()));
    let mut body = wrap(&card.line(), Some(&card.tone.hex()), blocks);
    if let Some(object) = body.as_object_mut() {
        object.insert("blocks".to_owned(), json!([header(&card.headline)]));
    }
    body
}

fn many(why: Gathered, news: &[News], now: DateTime<Utc>) -> Value {
    let title = why.title(news.len());
    let mut blocks = vec![header(&title)];
    let mut names = Vec::new();
    for card in news.iter().map(|news| Card::new(news, now)) {
        blocks.push(section(&line(&card)));
        names.push(card.headline);
    }
    let text = format!("{title}: {}", names.join("; "));
    let mut body = wrap(&text, None, Vec::new());
    if let Some(object) = body.as_object_mut() {
        object.insert("blocks".to_owned(), Value::Array(blocks));
    }
    body
}

/// A sentence from talentwire itself.
fn aside(mark: &str, colour: &str, text: &str) -> Value {
    let text = clean(text, 2000);
    wrap(&text, Some(colour), vec![section(&format!("{mark} {}", mrkdwn(&text, 2800)))])
}

/// One line of a message that tells of several moves.
fn line(card: &Card) -> String {
    let mark = card.tone.mark();
    let mut line = format!("{mark} *{}* · {}", mrkdwn(&card.headline, 700), card.tone.word());
    if let Some(change) = card.change {
        line.push_str(&format!(" ({change})"));
    }
    if let Some(first) = &card.first {
        line.push_str(" · ");
        line.push_str(&first.with_age(&linked(first)));
    }
    if card.more_count > 0 {
        line.push_str(&format!(" +{}", card.more_count));
    }
    line
}

/// Status in bold, what changed, role.
fn summary(card: &Card) -> String {
    let mut parts: Vec<String> = card.status().iter().map(|part| mrkdwn(part, 250)).collect();
    if let Some(word) = parts.first_mut() {
        *word = format!("{} *{word}*", card.tone.mark());
    }
    parts.join(" · ")
}

/// Who is quoted, the first outlet and its age, further outlets with links.
fn sources(card: &Card) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(from) = &card.quoted_from {
        lines.push(format!("Quoted from {}", from.with_age(&linked(from))));
    }
    if let Some(first) = &card.first {
        lines.push(format!("First report: {}", first.with_age(&linked(first))));
    }
    if card.more_count > 0 {
        let mut line = format!("+{} more", card.more_count);
        // The limit holds for the whole text, and a link must not be cut in two.
        for source in &card.more {
            let next = linked(source);
            let separator = if line.contains('<') { ", " } else { ": " };
            if line.len() + separator.len() + next.len() > CONTEXT {
                break;
            }
            line.push_str(separator);
            line.push_str(&next);
        }
        lines.push(line);
    }
    lines
}

fn linked(source: &Source) -> String {
    let label = mrkdwn(&source.outlet, 200);
    match &source.url {
        // A link must leave room for its label, and is never cut.
        Some(url) if url.len() < 1500 => format!("<{}|{label}>", url.replace('&', "&amp;")),
        _ => label,
    }
}

/// The sentence as a quotation with its trigger in bold.
fn quoted(quote: &Quote) -> String {
    let before = mrkdwn(&quote.before, PART);
    if quote.trigger.is_empty() {
        return format!("> {before}");
    }
    let trigger = mrkdwn(quote.trigger.trim(), PART);
    let after = mrkdwn(&quote.after, PART);
    // Slack sees a bold mark only beside white space or punctuation; where the script writes no
    // spaces a thin one stands in.
    let open = before.chars().next_back().is_some_and(char::is_alphanumeric);
    let close = after.chars().next().is_some_and(char::is_alphanumeric);
    let thin = |needed: bool| if needed { "\u{2009}" } else { "" };
    format!("> {before}{}*{trigger}*{}{after}", thin(open), thin(close))
}

fn mrkdwn(text: &str, max: usize) -> String {
    escape_within(text, max, slack)
}

fn header(text: &str) -> Value {
    let text = escape_within(text, HEADER, literal);
    json!({"type": "header", "text": {"type": "plain_text", "text": text, "emoji": false}})
}

fn section(mrkdwn: &str) -> Value {
    debug_assert!(mrkdwn.chars().map(char::len_utf16).sum::<usize>() <= SECTION);
    json!({"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn, "verbatim": true}})
}

fn context(lines: &[String]) -> Option<Value> {
    let elements: Vec<Value> = lines
        .iter()
        .map(|line| json!({"type": "mrkdwn", "text": line, "verbatim": true}))
        .collect();
    (!elements.is_empty()).then(|| json!({"type": "context", "elements": elements}))
}

fn button(source: Option<&Source>) -> Option<Value> {
    let url = source?.url.as_ref()?;
    Some(json!({"type": "actions", "elements": [{
        "type": "button",
        "action_id": "read",
        "text": {"type": "plain_text", "text": "Read the article"},
        "url": url,
    }]}))
}

/// The frame of every message: fallback text, colour, no previews of links.
fn wrap(text: &str, colour: Option<&str>, blocks: Vec<Value>) -> Value {
    let text = escape_within(text, FALLBACK, slack);
    let mut body = json!({"text": text, "unfurl_links": false, "unfurl_media": false});
    if let (Some(object), false) = (body.as_object_mut(), blocks.is_empty()) {
        let colour = colour.unwrap_or("#86868B");
        let attachment = json!({"color": colour, "fallback": text, "blocks": blocks});
        object.insert("attachments".to_owned(), json!([attachment]));
    }
    body
}
